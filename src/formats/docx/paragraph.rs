//! A paragraph while it is read: its words, their marks, and where they stand in the XML.

use std::ops::Range;

use super::styles::{Height, ParagraphProperties, RunProperties};
use super::trace::{Part, Piece};
use crate::document::{Mark, MarkKind};

/// A cell of a table around a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub table: u32,
    pub row: u32,
    pub column: u32,
}

/// A paragraph with everything that stands in it.
#[derive(Debug)]
pub struct Paragraph {
    pub part: Part,
    /// Its number in its part, from 0, in the order of the tags.
    pub index: u32,
    pub properties: ParagraphProperties,
    pub cell: Option<Cell>,
    pub text: String,
    pub pieces: Vec<Piece>,
    pub marks: Vec<Mark>,
    pub bookmarks: Vec<String>,
    /// Where comments of medproof start and end, by their ids.
    pub queries: Vec<(String, usize)>,
    /// What its paragraph style says of runs.
    pub style: RunProperties,
    /// The run being read: its number in the paragraph, from 0, and its properties.
    pub run: u32,
    pub runs: u32,
    pub run_properties: RunProperties,
    /// Line breaks that wait for more words: none stand at the end.
    breaks: String,
    /// Bytes of the text in bold.
    bold: usize,
    /// Where the `w:t` being read started in the text.
    words_from: usize,
}

impl Paragraph {
    pub fn new(part: Part, index: u32, cell: Option<Cell>) -> Self {
        Self {
            part,
            index,
            properties: ParagraphProperties::default(),
            cell,
            text: String::new(),
            pieces: Vec::new(),
            marks: Vec::new(),
            bookmarks: Vec::new(),
            queries: Vec::new(),
            style: RunProperties::default(),
            run: 0,
            runs: 0,
            run_properties: RunProperties::default(),
            breaks: String::new(),
            bold: 0,
            words_from: 0,
        }
    }

    /// Goes on with the words of a paragraph whose end was deleted.
    pub fn take_over(&mut self, before: Paragraph) {
        self.text = before.text;
        self.pieces = before.pieces;
        self.marks = before.marks;
        self.bookmarks = before.bookmarks;
        self.queries = before.queries;
        self.breaks = before.breaks;
        self.bold = before.bold;
    }

    pub fn start_run(&mut self) {
        self.run = self.runs;
        self.runs += 1;
        self.run_properties = self.style;
    }

    pub fn start_words(&mut self) {
        self.words_from = self.text.len();
    }

    /// Whether the `w:t` being read has given no words yet.
    pub fn has_no_words(&self) -> bool {
        self.text.len() == self.words_from
    }

    /// Drops the white space at the end of a `w:t` that does not ask to keep it.
    pub fn trim_words(&mut self) {
        let end = self.text.trim_end().len().max(self.words_from);
        self.text.truncate(end);
        while let Some(piece) = self.pieces.last_mut().filter(|piece| piece.end() > end) {
            if piece.start as usize >= end {
                self.pieces.pop();
                continue;
            }
            piece.cut(end);
        }
        for mark in &mut self.marks {
            mark.range.end = mark.range.end.min(end).max(mark.range.start);
        }
    }

    /// Adds words with their bytes in the part; `exact` where both are the same.
    pub fn push(&mut self, words: &str, xml: Range<usize>, exact: bool) {
        if words.is_empty() || self.run_properties.hidden == Some(true) {
            return;
        }
        self.flush_breaks();
        let start = self.text.len();
        // A line end in the XML is only a space.
        self.text.extend(words.chars().map(|c| if matches!(c, '\n' | '\r' | '\0') { ' ' } else { c }));
        let piece = Piece::new(start..self.text.len(), xml, exact, self.index, self.run);
        match self.pieces.last_mut() {
            Some(last) if last.goes_on_with(&piece) => last.append(&piece),
            _ => self.pieces.push(piece),
        }
        self.mark_run(start);
    }

    /// Adds a character that a tag stands for.
    pub fn push_sign(&mut self, sign: char) {
        if self.run_properties.hidden == Some(true) {
            return;
        }
        if sign == '\n' {
            if !self.text.is_empty() {
                self.breaks.push('\n');
            }
            return;
        }
        self.flush_breaks();
        let start = self.text.len();
        self.text.push(sign);
        self.mark_run(start);
    }

    /// Marks the text from `start` to its end; a mark that goes on with one of its kind makes it longer.
    pub fn mark(&mut self, start: usize, kind: MarkKind) {
        let range = start..self.text.len();
        // In broken XML words may have been trimmed behind the start.
        if range.is_empty() || !self.text.is_char_boundary(start) {
            return;
        }
        let recent = self.marks.iter_mut().rev().take(4).find(|mark| mark.range.end == start && mark.kind == kind);
        match (recent, &kind) {
            (Some(mark), MarkKind::Superscript | MarkKind::Subscript | MarkKind::Emphasis | MarkKind::Strong) => mark.range.end = range.end,
            _ => self.marks.push(Mark { range, kind }),
        }
    }

    /// All its words are bold.
    pub fn is_bold(&self) -> bool {
        self.bold > 0 && self.bold >= self.text.trim().len()
    }

    fn mark_run(&mut self, start: usize) {
        let RunProperties { height, bold, italic, .. } = self.run_properties;
        match height {
            Some(Height::Superscript) => self.mark(start, MarkKind::Superscript),
            Some(Height::Subscript) => self.mark(start, MarkKind::Subscript),
            _ => {}
        }
        // What the style of the whole paragraph does sets no word apart.
        if bold == Some(true) {
            self.bold += self.text.len() - start;
            if self.style.bold != Some(true) {
                self.mark(start, MarkKind::Strong);
            }
        }
        if italic == Some(true) && self.style.italic != Some(true) {
            self.mark(start, MarkKind::Emphasis);
        }
    }

    fn flush_breaks(&mut self) {
        self.text.push_str(&self.breaks);
        self.breaks.clear();
    }
}

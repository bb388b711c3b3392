//! The way from the text of a Word file back to its XML, and to places as a person finds them in Word.

use std::ops::Range;

use crate::source::Span;

/// The part of the package that a stretch of text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// `word/document.xml`
    Document,
    /// `word/footnotes.xml`
    Footnotes,
    /// `word/endnotes.xml`
    Endnotes,
    /// A header or footer, of which only the lines on the review of the article are read.
    Margin,
}

/// Where the text of a [`Source`](crate::source::Source) read from a Word file comes from. Numbers that Word counts
/// itself, tabs and line breaks have no run: there is nothing to write back.
#[derive(Debug, Default)]
pub struct Trace {
    /// In order of the text.
    pieces: Vec<Piece>,
    lines: Vec<Line>,
}

/// A stretch of text with the run it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub part: Part,
    /// The paragraph in its part and the run in its paragraph, from 0, in the order of the `w:p` and `w:r` tags.
    pub paragraph: u32,
    pub run: u32,
    /// The bytes of the part, which is UTF-8, that hold the words.
    pub xml: Range<usize>,
    /// The words in the text.
    pub text: Span,
}

/// A place as a person finds it in Word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The heading above, in the text.
    pub heading: Option<Span>,
    /// Which paragraph below that heading, from 1, empty ones not counted; 0 for the heading itself.
    pub paragraph: u32,
    /// The whole paragraph, with the number that Word prints.
    pub words: Span,
}

impl Trace {
    /// The place of a byte of the text; `None` on an empty line.
    pub fn place(&self, offset: u32) -> Option<Place> {
        let line = self.line(offset)?;
        let heading = line.heading.map(|i| self.lines[i as usize].span);
        Some(Place { heading, paragraph: line.number, words: line.span })
    }

    /// The runs that hold a span of the text, in order. Where an entity stands in the XML its run is given whole.
    pub fn runs(&self, span: Span) -> impl Iterator<Item = Run> + '_ {
        let first = self.pieces.partition_point(|piece| piece.end() <= span.start as usize);
        self.pieces[first..].iter().take_while(move |piece| piece.start < span.end).filter_map(move |piece| {
            let part = self.line(piece.start)?.part;
            let piece = piece.clipped(span);
            Some(Run {
                part,
                paragraph: piece.paragraph,
                run: piece.run,
                xml: piece.xml_start as usize..piece.xml_end as usize,
                text: Span::new(piece.start as usize, piece.end()),
            })
        })
    }

    fn line(&self, offset: u32) -> Option<&Line> {
        let i = self.lines.partition_point(|line| line.span.start <= offset).checked_sub(1)?;
        self.lines.get(i).filter(|line| offset <= line.span.end)
    }

    /// Adds a paragraph that was written to the text.
    pub(super) fn add_line(&mut self, part: Part, span: Span, is_heading: bool) {
        let (heading, number) = match self.lines.last() {
            _ if is_heading => (Some(self.lines.len() as u32), 0),
            Some(last) if last.part == part => (last.heading, last.number + 1),
            _ => (None, 1),
        };
        self.lines.push(Line { part, span, heading, number });
    }

    /// Adds the pieces of a paragraph whose words start at `offset` of the text.
    pub(super) fn add_pieces(&mut self, pieces: Vec<Piece>, offset: usize) {
        self.pieces.extend(pieces.into_iter().map(|piece| Piece { start: piece.start + offset as u32, ..piece }));
    }
}

/// A paragraph of the text that is not empty.
#[derive(Debug)]
struct Line {
    part: Part,
    span: Span,
    /// The line of the heading above.
    heading: Option<u32>,
    number: u32,
}

/// A stretch of text from one run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub start: u32,
    length: u32,
    xml_start: u32,
    xml_end: u32,
    /// The text has the bytes of the XML, one by one.
    exact: bool,
    paragraph: u32,
    run: u32,
}

impl Piece {
    pub fn new(text: Range<usize>, xml: Range<usize>, exact: bool, paragraph: u32, run: u32) -> Self {
        Self {
            start: text.start as u32,
            length: text.len() as u32,
            xml_start: xml.start as u32,
            xml_end: xml.end as u32,
            exact: exact && text.len() == xml.len(),
            paragraph,
            run,
        }
    }

    pub fn end(&self) -> usize {
        self.start as usize + self.length as usize
    }

    /// Whether another piece follows directly, in the text and in the XML.
    pub fn goes_on_with(&self, next: &Piece) -> bool {
        self.exact && next.exact && self.end() == next.start as usize && self.xml_end == next.xml_start && self.run == next.run
    }

    pub fn append(&mut self, next: &Piece) {
        self.length += next.length;
        self.xml_end = next.xml_end;
    }

    /// Drops what stands behind an offset of the text.
    pub fn cut(&mut self, end: usize) {
        let length = (end as u32).saturating_sub(self.start).min(self.length);
        if self.exact {
            self.xml_end -= self.length - length;
        }
        self.length = length;
    }

    fn clipped(mut self, span: Span) -> Self {
        if !self.exact {
            return self;
        }
        self.cut(span.end as usize);
        let skip = span.start.saturating_sub(self.start).min(self.length);
        self.start += skip;
        self.xml_start += skip;
        self.length -= skip;
        self
    }
}

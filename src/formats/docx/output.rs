//! From paragraphs to the text that Word shows, and the document over it.

use std::collections::{HashMap, HashSet};

use super::notes::Note;
use super::numbering::{Numbering, Printed};
use super::paragraph::{Cell, Paragraph};
use super::styles::{Role, Styles, role_of_outline};
use super::trace::Trace;
use crate::document::{Block, BlockKind, Document, Format, Mark, MarkKind, Marker};
use crate::prose::Prose;
use crate::source::Span;

/// The text so far with its blocks.
pub struct Output<'s> {
    pub text: String,
    pub document: Document,
    pub trace: Trace,
    styles: &'s Styles,
    numbering: Numbering,
    /// The cell of each block.
    cells: Vec<Option<Cell>>,
    /// The block in which each bookmark stands.
    bookmarks: HashMap<String, usize>,
    /// What the comments of medproof are anchored to, by their ids.
    pub queries: HashMap<String, Span>,
}

impl<'s> Output<'s> {
    pub fn new(styles: &'s Styles, numbering: Numbering) -> Self {
        Self {
            text: String::new(),
            document: Document::new(Format::Docx),
            trace: Trace::default(),
            styles,
            numbering,
            cells: Vec::new(),
            bookmarks: HashMap::new(),
            queries: HashMap::new(),
        }
    }

    /// Writes a paragraph as a line, behind the number that Word prints.
    pub fn paragraph(&mut self, paragraph: Paragraph) {
        let style = self.styles.paragraph(&paragraph.properties);
        let role = match paragraph.properties.outline {
            Some(level) if level < 9 => role_of_outline(level),
            _ => style.role,
        };
        let properties = &paragraph.properties;
        let printed = self.numbering.next(properties.list, properties.style.as_deref(), style.list, self.styles);
        let start = self.text.len();
        if let Some(printed) = &printed {
            self.text.push_str(&printed.text);
        }
        let number = Span::new(start, self.text.len());
        if let Some(printed) = &printed {
            self.text.push_str(printed.gap);
        }
        let kind = kind_of(&paragraph, role, printed.as_ref(), number);
        self.line(paragraph, kind, start, role);
    }

    /// Writes the paragraphs of a note, the first behind its number.
    pub fn note(&mut self, note: &Note, paragraphs: Vec<Paragraph>) {
        for (i, paragraph) in paragraphs.into_iter().enumerate() {
            let start = self.text.len();
            if i == 0 && !note.label.is_empty() {
                self.text.push_str(&note.label);
                // Most notes start with the space that Word puts behind the number.
                self.text.push_str(if paragraph.text.starts_with(char::is_whitespace) { "" } else { " " });
            }
            self.line(paragraph, BlockKind::Footnote { label: note.label.clone() }, start, Role::Body);
        }
    }

    /// Writes a line of a header or footer.
    pub fn margin(&mut self, mut paragraph: Paragraph) {
        // Tables of a footer only set it.
        paragraph.cell = None;
        let start = self.text.len();
        self.line(paragraph, BlockKind::Paragraph, start, Role::Body);
    }

    /// Writes the words of a paragraph whose line starts at `start`.
    fn line(&mut self, paragraph: Paragraph, kind: BlockKind, start: usize, role: Role) {
        let Paragraph { part, cell, text, pieces, marks, bookmarks, queries, .. } = paragraph;
        let offset = self.text.len();
        let lead = text.len() - text.trim_start().len();
        let is_empty = lead == text.len();
        self.text.push_str(&text);
        let span = Span::new(start, self.text.len());
        self.text.push('\n');
        self.trace.add_pieces(pieces, offset);
        for (id, at) in queries {
            let here = Span::at(offset + at.min(text.len()));
            self.queries.entry(id).and_modify(|span| *span = span.cover(here)).or_insert(here);
        }
        for name in bookmarks {
            self.bookmarks.entry(name).or_insert(self.document.blocks.len());
        }
        if is_empty {
            return;
        }
        self.trace.add_line(part, span, matches!(kind, BlockKind::Heading(_)));
        // A table of contents says what the article says elsewhere, with page numbers behind it.
        if role == Role::Contents {
            return;
        }
        let mut prose = Prose::default();
        prose.push_verbatim(&self.text, Span::new(offset + lead, span.end as usize));
        let marks = marks.into_iter().filter_map(|mark| without_lead(mark, lead)).collect();
        self.document.blocks.push(Block { kind, prose, marks, span, quoted: role == Role::Quotation });
        self.cells.push(cell);
    }

    /// The text and the document, with the cells of tables that hold data.
    pub fn finish(mut self, layout: &HashSet<u32>) -> (String, Document, Trace) {
        for (block, cell) in self.document.blocks.iter_mut().zip(&self.cells) {
            if let Some(cell) = cell.filter(|cell| !layout.contains(&cell.table)) {
                let Cell { table, row, column } = cell;
                block.kind = BlockKind::TableCell { table, row, column, head: row == 0 };
            }
        }
        self.drop_links_to_headings();
        for block in &mut self.document.blocks {
            block.marks.sort_by_key(|mark| mark.range.start);
        }
        (self.text, self.document, self.trace)
    }

    /// A link to a heading, a table or a figure cites no reference: it stays a link only where an entry of a list, a note
    /// or a line that starts with a number is its target.
    fn drop_links_to_headings(&mut self) {
        let targets: Vec<bool> = self.document.blocks.iter().map(may_be_entry).collect();
        let bookmarks = &self.bookmarks;
        let stays = |mark: &Mark| match &mark.kind {
            MarkKind::Link(target) => {
                let name = target.strip_prefix('#').unwrap_or("");
                bookmarks.get(name).and_then(|&block| targets.get(block)).is_none_or(|&entry| entry)
            }
            _ => true,
        };
        for block in &mut self.document.blocks {
            block.marks.retain(stays);
        }
    }
}

fn may_be_entry(block: &Block) -> bool {
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Code => false,
        BlockKind::ListItem { .. } | BlockKind::Footnote { .. } => true,
        _ => block.text().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '[' | '(')),
    }
}

fn kind_of(paragraph: &Paragraph, role: Role, printed: Option<&Printed>, number: Span) -> BlockKind {
    match (role, printed) {
        (Role::Heading(level), _) => BlockKind::Heading(level),
        (Role::Code, _) => BlockKind::Code,
        (_, Some(printed)) => {
            let marker = printed.number.map(|n| Marker { number: Some(n), span: number });
            BlockKind::ListItem { marker, depth: printed.level as u8 }
        }
        _ if is_heading_by_hand(paragraph) => BlockKind::Heading(2),
        _ => BlockKind::Paragraph,
    }
}

/// A short paragraph in bold without a full stop is what many authors use for a heading.
fn is_heading_by_hand(paragraph: &Paragraph) -> bool {
    let words = paragraph.text.trim();
    paragraph.cell.is_none()
        && paragraph.is_bold()
        && words.len() <= 120
        && words.split_whitespace().count() <= 12
        && !words.contains(['\n', '\t'])
        && !words.ends_with(['.', ',', ';', ':', '!', '…'])
        && words.chars().any(char::is_alphabetic)
        && !words.chars().any(|c| c.is_ascii_digit())
}

/// A mark in a text whose leading white space was dropped.
fn without_lead(mark: Mark, lead: usize) -> Option<Mark> {
    let range = mark.range.start.saturating_sub(lead)..mark.range.end.saturating_sub(lead);
    (!range.is_empty()).then_some(Mark { range, kind: mark.kind })
}

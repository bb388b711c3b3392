//! Words flowing into blocks as a browser shows them: white space collapsed, markup gone, every place kept.

use super::lists::leading_number;
use crate::document::{Block, BlockKind, Mark, MarkKind, Marker};
use crate::formats::markup::Piece;
use crate::prose::Prose;
use crate::source::Span;

/// The block being written, and the marks open in it.
pub struct Flow<'t> {
    text: &'t str,
    block: Option<Block>,
    /// White space read and not yet written: at the end of a block it is nothing.
    gap: Option<(Gap, Span)>,
    /// Marks opened and not yet closed: by which element, and from where, once a word has come.
    marks: Vec<(usize, Option<usize>, MarkKind)>,
    /// Blocks finished since they were last taken.
    pub done: Vec<Block>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Space,
    Line,
}

/// What the words that come next stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub kind: BlockKind,
    pub quoted: bool,
}

/// The deepest marks kept: beyond, pages are broken, and time must stay linear.
const DEEPEST: usize = 32;

impl<'t> Flow<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, block: None, gap: None, marks: Vec::new(), done: Vec::new() }
    }

    /// Adds the words of a text; the first word opens a block in its setting.
    pub fn words(&mut self, pieces: &[Piece], setting: &mut dyn FnMut() -> Setting) {
        for piece in pieces {
            for (start, end, kind) in stretches(&piece.text) {
                let words = &piece.text[start..end];
                let span =
                    if piece.verbatim { Span::new(piece.span.start as usize + start, piece.span.start as usize + end) } else { piece.span };
                match kind {
                    Stretch::Unseen => {}
                    Stretch::Blank if self.block.as_ref().is_some_and(|block| block.kind == BlockKind::Code) => self.push(words, span),
                    Stretch::Blank => self.space(span),
                    Stretch::Words => {
                        if self.block.is_none() {
                            self.open(setting(), span);
                        }
                        self.fill_gap();
                        self.push(words, span);
                    }
                }
            }
        }
    }

    fn open(&mut self, setting: Setting, span: Span) {
        self.gap = None;
        // A computed number stands where the words of its item start.
        let kind = match setting.kind {
            BlockKind::ListItem { marker: Some(Marker { number, span: nowhere }), depth } if nowhere.is_empty() => {
                BlockKind::ListItem { marker: Some(Marker { number, span: Span::at(span.start as usize) }), depth }
            }
            kind => kind,
        };
        self.block = Some(Block { kind, prose: Prose::default(), marks: Vec::new(), span, quoted: setting.quoted });
    }

    fn push(&mut self, words: &str, span: Span) {
        let Some(block) = &mut self.block else { return };
        let start = block.prose.text().len();
        for (_, from, _) in self.marks.iter_mut().rev().take_while(|(_, from, _)| from.is_none()) {
            *from = Some(start);
        }
        block.span = block.span.cover(span);
        if self.text.get(span.range()) == Some(words) {
            block.prose.push_verbatim(self.text, span);
        } else {
            block.prose.push_decoded(words, span);
        }
    }

    fn fill_gap(&mut self) {
        if let (Some((gap, span)), Some(block)) = (self.gap.take(), &mut self.block) {
            match gap {
                Gap::Space if self.text.get(span.range()) == Some(" ") => block.prose.push_verbatim(self.text, span),
                Gap::Space => block.prose.push_decoded(" ", span),
                Gap::Line => block.prose.push_decoded("\n", span),
            }
        }
    }

    fn space(&mut self, span: Span) {
        if self.block.is_some() && self.gap.is_none() {
            self.gap = Some((Gap::Space, span));
        }
    }

    /// A line break at a tag. Whether one stands here already.
    pub fn line_break(&mut self, span: Span) -> bool {
        let again = matches!(self.gap, Some((Gap::Line, _)));
        if self.block.is_some() && !again {
            self.gap = Some((Gap::Line, span));
        }
        again
    }

    /// Starts a mark that the end of `element` ends.
    pub fn open_mark(&mut self, element: usize, kind: MarkKind) {
        if self.marks.len() < DEEPEST {
            self.marks.push((element, None, kind));
        }
    }

    pub fn close_mark(&mut self, element: usize) {
        while let Some(at) = self.marks.iter().rposition(|(by, ..)| *by == element) {
            let (_, from, kind) = self.marks.remove(at);
            self.end_mark(from, kind);
        }
    }

    fn end_mark(&mut self, from: Option<usize>, kind: MarkKind) {
        if let (Some(from), Some(block)) = (from, &mut self.block) {
            let range = from..block.prose.text().len();
            if !range.is_empty() {
                block.marks.push(Mark { range, kind });
            }
        }
    }

    /// Ends the block. Marks still open go on in the next one.
    pub fn close(&mut self, printed: bool) {
        self.gap = None;
        if self.block.is_none() {
            return;
        }
        for i in 0..self.marks.len() {
            let (_, from, kind) = &mut self.marks[i];
            let (from, kind) = (from.take(), kind.clone());
            self.end_mark(from, kind);
        }
        if let Some(mut block) = self.block.take() {
            block.marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
            self.done.push(if printed { with_printed_number(self.text, block) } else { block });
        }
    }
}

/// Takes the number that stands in the words of an item out of them.
pub fn with_printed_number(text: &str, block: Block) -> Block {
    let Some((number, range)) = leading_number(block.text()) else { return block };
    let marker = Marker { number, span: block.prose.span(range.clone()) };
    let depth = match block.kind {
        BlockKind::ListItem { depth, .. } => depth,
        _ => 0,
    };
    let body = block.text()[range.end..].trim_start();
    let cut = block.text().len() - body.len();
    let mut prose = Prose::default();
    prose.push_part(text, &block.prose, cut..block.text().len());
    let marks = block
        .marks
        .into_iter()
        .filter(|mark| mark.range.end > cut)
        .map(|mark| Mark { range: mark.range.start.saturating_sub(cut)..mark.range.end - cut, kind: mark.kind })
        .collect();
    Block { kind: BlockKind::ListItem { marker: Some(marker), depth }, prose, marks, ..block }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Words,
    Blank,
    /// Soft hyphens and other characters of no width.
    Unseen,
}

/// Splits a text into words with single spaces between them, white space that collapses, and characters that are not seen.
fn stretches(text: &str) -> impl Iterator<Item = (usize, usize, Stretch)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = text[at..].chars().next()?;
        let kind = stretch(first);
        let start = at;
        at = match kind {
            Stretch::Words => words_end(text, start),
            _ => text[start..].find(|c| stretch(c) != kind).map_or(text.len(), |length| start + length),
        };
        Some((start, at, kind))
    })
}

/// Where the words from `start` on end: a single space between two of them is shown as it is.
fn words_end(text: &str, start: usize) -> usize {
    let mut space = None;
    for (i, c) in text[start..].char_indices() {
        match (stretch(c), space) {
            (Stretch::Words, _) => space = None,
            (Stretch::Blank, None) if c == ' ' => space = Some(start + i),
            (_, Some(space)) => return space,
            _ => return start + i,
        }
    }
    space.unwrap_or(text.len())
}

fn stretch(c: char) -> Stretch {
    match c {
        ' ' | '\n' | '\t' | '\r' | '\u{c}' => Stretch::Blank,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\0' => Stretch::Unseen,
        _ => Stretch::Words,
    }
}

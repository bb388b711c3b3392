//! Where comments stand: at their words, or at the best place that can hold one.

use std::collections::HashMap;
use std::ops::Range;

use super::super::trace::{Part, Trace};
use crate::document::{BlockKind, Document, MarkKind};
use crate::source::Span;

/// Where a comment stands.
pub struct Place {
    /// The words in the main part; `None` where it has none.
    pub words: Option<Range<usize>>,
    /// They are others than those that the comment is about.
    pub is_elsewhere: bool,
}

impl Place {
    /// The words of a span. Headers can hold no comment, and a comment in a note keeps LibreOffice from opening the file; that on a
    /// note stands at its reference.
    pub fn of(trace: &Trace, references: &NoteReferences<'_>, span: Span) -> Self {
        let in_text = |span| words_of(trace, span).filter(|(part, _)| *part == Part::Document).map(|(_, words)| words);
        match in_text(span) {
            Some(words) => Self { words: Some(words), is_elsewhere: false },
            None => Self { words: references.at(span).and_then(in_text), is_elsewhere: true },
        }
    }
}

/// The places before the references to notes, by the labels of the notes.
pub struct NoteReferences<'d> {
    document: &'d Document,
    places: HashMap<&'d str, Span>,
}

impl<'d> NoteReferences<'d> {
    pub fn of(document: &'d Document) -> Self {
        let mut places = HashMap::new();
        for block in &document.blocks {
            for mark in &block.marks {
                if let (MarkKind::FootnoteReference(label), Some(before)) =
                    (&mark.kind, block.text().get(..mark.range.start).and_then(|text| text.chars().next_back()))
                {
                    let start = mark.range.start - before.len_utf8();
                    places.entry(label.as_str()).or_insert_with(|| block.prose.span(start..mark.range.start));
                }
            }
        }
        Self { document, places }
    }

    /// The place of the reference to the note in which a span lies.
    fn at(&self, span: Span) -> Option<Span> {
        let behind = self.document.blocks.partition_point(|block| block.span.start <= span.start);
        match &self.document.blocks[behind.checked_sub(1)?].kind {
            BlockKind::Footnote { label } => self.places.get(label.as_str()).copied(),
            _ => None,
        }
    }
}

/// The part that holds a span of the text, and the words in it. What has no words in a run, such as a number that Word counts, has
/// those of its paragraph; an empty one has none.
fn words_of(trace: &Trace, span: Span) -> Option<(Part, Range<usize>)> {
    let words = |span: Span| {
        let mut runs = trace.runs(span);
        let first = runs.next()?;
        let end = runs.take_while(|run| run.part == first.part).last().map_or(first.xml.end, |last| last.xml.end);
        Some((first.part, first.xml.start..end))
    };
    words(span).or_else(|| words(trace.place(span.start)?.words))
}

//! The reference list: where it is, its entries as printed, and what each entry says.

mod fields;
mod list;
mod pages;
mod same_work;

use std::sync::OnceLock;

use crate::document::{BlockKind, Document, Place};
use crate::prose::Prose;
use crate::source::{Source, Span};

pub use fields::{Field, Fields, Kind};
pub use pages::{Form as PageForm, PageRange, page_ranges};
pub use same_work::{Likeness, compare, duplicates};

/// The reference list of an article.
#[derive(Debug, Default)]
pub struct References {
    /// The heading over the list.
    pub heading: Option<Place>,
    /// The entries in the order printed.
    pub entries: Vec<Reference>,
    /// The blocks that hold the list, as indices into the document: from the heading or first entry to the last entry.
    pub blocks: Option<std::ops::Range<usize>>,
}

/// One entry of the list.
#[derive(Debug)]
pub struct Reference {
    /// The number as printed; `None` for an entry without one, or one too large to be a number.
    pub number: Option<u32>,
    /// The printed number with its punctuation.
    pub label: Option<Span>,
    /// The entry without its number, line breaks as spaces.
    pub prose: Prose,
    /// The entry in the source, number included.
    pub span: Span,
    fields: OnceLock<Fields>,
}

impl Reference {
    pub fn new(number: Option<u32>, label: Option<Span>, prose: Prose, span: Span) -> Self {
        Self { number, label, prose, span, fields: OnceLock::new() }
    }

    /// The entry's words.
    pub fn text(&self) -> &str {
        self.prose.text()
    }

    /// The entry's parts, read when first asked for.
    pub fn fields(&self) -> &Fields {
        self.fields.get_or_init(|| fields::read(self.text()))
    }

    /// Where a part of the entry stands in the source.
    pub fn span_of(&self, range: std::ops::Range<usize>) -> Span {
        self.prose.span(range)
    }
}

impl References {
    /// Whether the entries are footnotes or endnotes.
    pub fn are_notes(&self, document: &Document) -> bool {
        let mut blocks = self.blocks.clone().into_iter().flatten();
        blocks.any(|block| matches!(document.blocks[block].kind, BlockKind::Footnote { .. }))
    }

    /// Whether a block of the document belongs to the list.
    pub fn holds_block(&self, block: usize) -> bool {
        self.blocks.as_ref().is_some_and(|range| range.contains(&block))
    }
}

/// Finds the list and splits it by its printed numbers.
pub fn read(source: &Source, document: &Document) -> References {
    list::read(source, document)
}

//! What a format gives: the blocks of an article in reading order, with the words of each.

use std::ops::Range;

use crate::prose::Prose;
use crate::source::Span;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Text,
    Markdown,
    Docx,
}

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Docx => "docx",
        }
    }
}

/// An article as its format shows it.
#[derive(Debug)]
pub struct Document {
    pub format: Format,
    pub blocks: Vec<Block>,
    /// Front matter, in the order written.
    pub metadata: Vec<Metadata>,
    pub comments: Vec<Comment>,
    pub problems: Vec<Problem>,
}

/// A stretch of prose: a paragraph, a heading, a cell.
#[derive(Debug, Clone)]
pub struct Block {
    pub kind: BlockKind,
    pub prose: Prose,
    /// Inline markup by ranges of the prose, in order of their start.
    pub marks: Vec<Mark>,
    /// The whole block in the source, list marker included.
    pub span: Span,
    /// The block stands inside a block quotation.
    pub quoted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Level 1 to 6.
    Heading(u8),
    Paragraph,
    /// `marker` is `None` for bullets and for the further paragraphs of an item. `depth` counts from 0.
    ListItem {
        marker: Option<Marker>,
        depth: u8,
    },
    /// A cell of a table; `row` counts from 0 through each table, the head included.
    TableCell {
        table: u32,
        row: u32,
        column: u32,
        head: bool,
    },
    /// The text of a footnote, by its label.
    Footnote {
        label: String,
    },
    Code,
}

/// The number of a list item as printed, which is not always its place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// `None` for numbers beyond 32 bits.
    pub number: Option<u32>,
    /// The printed number with its punctuation, such as `12.` or `[12]`.
    pub span: Span,
}

/// Inline markup on a range of a block's prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub range: Range<usize>,
    pub kind: MarkKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    Superscript,
    Subscript,
    Emphasis,
    Strong,
    Code,
    /// A link with its target.
    Link(String),
    /// A footnote reference such as `[^3]`, with its label; the range covers the brackets.
    FootnoteReference(String),
    /// An image's alternative text.
    Image,
}

/// A key and a value of the front matter; nested keys are joined with `.`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    pub key: String,
    /// The value as text, never converted: `5/2020`, `no` and `0123` stay what they are.
    pub value: String,
    pub key_span: Span,
    pub value_span: Span,
}

/// A comment of the format, which may hold an instruction to medproof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The text between the comment marks.
    pub text: String,
    pub span: Span,
}

/// Something that could not be read as it was meant, and so was not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub span: Span,
    /// What is wrong, as in a diagnostic.
    pub message: String,
    pub help: String,
}

/// A stretch of the prose of one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index into [`Document::blocks`].
    pub block: u32,
    /// Bytes of the block's prose.
    pub start: u32,
    pub end: u32,
}

impl Place {
    pub fn new(block: usize, range: Range<usize>) -> Self {
        Self { block: block as u32, start: range.start as u32, end: range.end as u32 }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Document {
    pub fn new(format: Format) -> Self {
        Self { format, blocks: Vec::new(), metadata: Vec::new(), comments: Vec::new(), problems: Vec::new() }
    }

    pub fn block(&self, place: Place) -> &Block {
        &self.blocks[place.block as usize]
    }

    /// The words at a place.
    pub fn words(&self, place: Place) -> &str {
        &self.block(place).prose.text()[place.range()]
    }

    /// The source of a place.
    pub fn span(&self, place: Place) -> Span {
        self.block(place).prose.span(place.range())
    }
}

impl Block {
    pub fn text(&self) -> &str {
        self.prose.text()
    }

    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }

    pub fn in_table(&self) -> bool {
        matches!(self.kind, BlockKind::TableCell { .. })
    }

    pub fn marker(&self) -> Option<&Marker> {
        match &self.kind {
            BlockKind::ListItem { marker, .. } => marker.as_ref(),
            _ => None,
        }
    }

    /// The marks that hold a byte of the prose.
    pub fn marks_at(&self, at: usize) -> impl Iterator<Item = &MarkKind> {
        self.marks.iter().filter(move |mark| mark.range.contains(&at)).map(|mark| &mark.kind)
    }
}

//! What a format gives: the blocks of an article in reading order, with the words of each.

use std::collections::HashMap;
use std::ops::Range;

use crate::prose::Prose;
use crate::source::Span;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Text,
    Markdown,
    Html,
    Jats,
    Docx,
}

impl Format {
    /// The format in a word, as reports have it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Jats => "jats",
            Format::Docx => "docx",
        }
    }
}

/// An article as its format shows it.
#[derive(Debug)]
pub struct Document {
    pub format: Format,
    pub blocks: Vec<Block>,
    /// Front matter, or what a page says of itself in `<meta>`, JSON-LD and microdata, in the order written.
    pub metadata: Vec<Metadata>,
    pub comments: Vec<Comment>,
    /// What medproof wrote into the margin of the file before.
    pub queries: Vec<Query>,
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

/// What a block is.
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
    /// An entry of the reference list, where the format says which blocks these are.
    Reference {
        /// What citations name it by: its own id, and those of the works in it.
        ids: Vec<String>,
        /// The number printed before it; `None` where the page counts the entries itself, or names them by author.
        marker: Option<Marker>,
        /// The kind of source in the format's own word, such as `journal` or `book`.
        publication: Option<String>,
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

/// What inline markup says of the words it holds.
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
    /// Words that cite the entries of these ids: the format says what they point at, whatever they look like.
    Reference(Vec<String>),
    /// A part of a reference entry, where the format says what it is.
    Part(Part),
}

/// What the words of a reference entry are, as a format with tags for them says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The whole name of an author; surname and given names stand in it.
    Author,
    Surname,
    GivenNames,
    GroupAuthor,
    /// "et al" behind the authors.
    EtAl,
    /// The title of an article or chapter.
    Title,
    /// The journal, or the title of a book.
    Source,
    Publisher,
    Year,
    Volume,
    Issue,
    FirstPage,
    LastPage,
    /// First and last page together.
    Pages,
    ArticleNumber,
    Doi,
    Pmid,
    Pmcid,
    Accessed,
}

/// A key and a value of the metadata; nested keys of front matter are joined with `.`.
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

/// A finding that medproof wrote into the margin of the file, as a comment to its editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub rule: String,
    /// The words that it is about, as [`Query::short`] has them.
    pub words: String,
    /// The place that it is anchored to; `None` where the words could not hold it.
    pub place: Option<Span>,
    /// An editor has marked it as resolved.
    pub is_resolved: bool,
}

impl Query {
    /// Words as they are told in a comment: on one line, and only the ends of many.
    pub fn short(words: &str) -> String {
        const HEAD: usize = 60;
        const TAIL: usize = 30;
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = words.chars().count();
        if length <= HEAD + TAIL {
            return words;
        }
        words.chars().take(HEAD).chain(['…']).chain(words.chars().skip(length - TAIL)).collect()
    }
}

/// Queries by what they are about.
#[derive(Debug, Default)]
pub struct Queries<'q>(HashMap<&'q str, HashMap<&'q str, Vec<&'q Query>>>);

impl<'q> Queries<'q> {
    /// Sorts queries by their rules and words.
    pub fn of(queries: impl Iterator<Item = &'q Query>) -> Self {
        let mut sorted: HashMap<_, HashMap<_, Vec<_>>> = HashMap::new();
        queries.for_each(|query| sorted.entry(&*query.rule).or_default().entry(&*query.words).or_default().push(query));
        Self(sorted)
    }

    /// Takes out a query about a finding, so that it is about no other, and says whether there was one: of the same rule, at the
    /// same words. Anchors move with their words while text is edited.
    pub fn take(&mut self, rule: &str, span: Span, words: &str) -> bool {
        let Some(queries) = self.0.get_mut(rule).and_then(|by_words| by_words.get_mut(&*Query::short(words))) else { return false };
        let is_here = |query: &&Query| query.place.is_none_or(|place| place.start <= span.end && span.start <= place.end);
        queries.iter().position(is_here).map(|i| queries.swap_remove(i)).is_some()
    }
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
    /// A place by the index of a block and a range of its prose, in bytes.
    pub fn new(block: usize, range: Range<usize>) -> Self {
        Self { block: block as u32, start: range.start as u32, end: range.end as u32 }
    }

    /// The bytes of the block's prose.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Document {
    /// A document without blocks.
    pub fn new(format: Format) -> Self {
        Self { format, blocks: Vec::new(), metadata: Vec::new(), comments: Vec::new(), queries: Vec::new(), problems: Vec::new() }
    }

    /// The block of a place.
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

    /// What the article calls itself: its first heading of the first level, the title of its metadata, or its first heading.
    pub fn title(&self) -> Option<String> {
        let heading = |wanted: fn(u8) -> bool| {
            let found = self.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading(level) if wanted(level)));
            found.map(|block| block.text())
        };
        let metadata = || self.metadata.iter().find(|entry| entry.key.eq_ignore_ascii_case("title")).map(|entry| &*entry.value);
        let title = heading(|level| level == 1).or_else(metadata).or_else(|| heading(|_| true))?;
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        (!title.is_empty()).then_some(title)
    }
}

impl Block {
    /// The words of the block.
    pub fn text(&self) -> &str {
        self.prose.text()
    }

    /// Whether the block is a heading of any level.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }

    /// Whether the block is running text: a paragraph or an item of a list.
    pub fn is_running(&self) -> bool {
        matches!(self.kind, BlockKind::Paragraph | BlockKind::ListItem { .. })
    }

    /// Whether the block is a cell of a table.
    pub fn in_table(&self) -> bool {
        matches!(self.kind, BlockKind::TableCell { .. })
    }

    /// The printed number of a list item.
    pub fn marker(&self) -> Option<&Marker> {
        match &self.kind {
            BlockKind::ListItem { marker, .. } | BlockKind::Reference { marker, .. } => marker.as_ref(),
            _ => None,
        }
    }

    /// The marks that hold a byte of the prose.
    pub fn marks_at(&self, at: usize) -> impl Iterator<Item = &MarkKind> {
        self.marks.iter().filter(move |mark| mark.range.contains(&at)).map(|mark| &mark.kind)
    }
}

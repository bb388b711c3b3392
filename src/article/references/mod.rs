//! The reference list: where it is, its entries as printed, and what each entry says.

mod fields;
pub(super) mod identifiers;
pub mod journal_name;
mod list;
mod marked;
mod name_form;
mod pages;
pub mod record;
mod same_work;
mod seams;
mod signs;

use std::ops::Range;
use std::sync::OnceLock;

use crate::document::{Block, BlockKind, Document, Place};
use crate::prose::Prose;
use crate::source::{Source, Span};
use crate::world::Identifier;

pub use fields::{Element, Field, Fields, Kind, Tags};
pub use identifiers::{Malformed, malformed, registrations};
pub use name_form::NameForm;
pub use pages::{Form as PageForm, PageRange, page_ranges};
pub use same_work::{Likeness, compare, duplicates};
pub use signs::Sign;

/// The reference list of an article.
#[derive(Debug, Default)]
pub struct References {
    /// The heading over the list.
    pub heading: Option<Place>,
    /// The entries in the order printed.
    pub entries: Vec<Reference>,
    /// The blocks that hold the list, as indices into the document, each run from its heading or first entry to its last.
    pub blocks: Vec<Range<usize>>,
}

/// One entry of the list.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The number as printed; `None` for an entry without one, one too large to be a number, or one of a supplement (`e1`).
    pub number: Option<u32>,
    /// The printed number with its punctuation; `None` where the list counts its items itself.
    pub label: Option<Span>,
    /// The entry without its number, line breaks as spaces.
    pub prose: Prose,
    /// The entry in the source, number included.
    pub span: Span,
    /// What citations name the entry by, where the format has names for entries.
    pub ids: Vec<String>,
    /// Its parts as the format tags them.
    pub tags: Tags,
    fields: OnceLock<Fields>,
    signs: OnceLock<Vec<(Sign, Range<usize>)>>,
}

impl Reference {
    /// An entry whose fields are read when they are asked for.
    pub fn new(number: Option<u32>, label: Option<Span>, prose: Prose, span: Span) -> Self {
        Self { number, label, prose, span, ids: Vec::new(), tags: Tags::default(), fields: OnceLock::new(), signs: OnceLock::new() }
    }

    /// The entry's words.
    pub fn text(&self) -> &str {
        self.prose.text()
    }

    /// The first words of the entry, as a message has them.
    pub fn opening(&self) -> String {
        const LONGEST: usize = 60;
        let text = self.text();
        match text.char_indices().nth(LONGEST) {
            Some((i, _)) => format!("{}…", &text[..text[..i].rfind(' ').unwrap_or(i)]),
            None => text.to_owned(),
        }
    }

    /// The entry's parts, read when first asked for.
    pub fn fields(&self) -> &Fields {
        self.fields.get_or_init(|| fields::read_tagged(self.text(), &self.tags))
    }

    /// The page ranges of the entry, with their places in its text. Numbers that look like pages are some where a volume,
    /// a journal or the colon behind a year says so; in a report they may be anything.
    pub fn page_ranges(&self) -> impl Iterator<Item = (Range<usize>, PageRange<'_>)> {
        let fields = self.fields();
        let journal = matches!(fields.kind, Kind::Journal | Kind::Abstract) && fields.container.is_some();
        let pages = fields.pages.as_ref().filter(|pages| {
            fields.volume.is_some() || fields.kind == Kind::Chapter || journal || self.text()[..pages.range.start].trim_end().ends_with(':')
        });
        let range = pages.map_or(0..0, |pages| pages.range.clone());
        let start = range.start;
        page_ranges(&self.text()[range]).map(move |pages| (start + pages.range.start..start + pages.range.end, pages))
    }

    /// Where its words say how the work stands: outside its title, and in the place of the journal, but not within the
    /// name of one.
    pub fn sign(&self, wanted: Sign) -> Option<Range<usize>> {
        let Fields { title, container, .. } = self.fields();
        let titled = |at: usize| title.as_ref().is_some_and(|title| title.range.contains(&at));
        let inside = |at: usize| container.as_ref().is_some_and(|container| container.range.contains(&at) && container.range.start < at);
        self.signs(wanted).find(|range| !titled(range.start) && !inside(range.start))
    }

    /// Every place where its words say how the work stands, its title included.
    pub fn signs(&self, wanted: Sign) -> impl Iterator<Item = Range<usize>> {
        let signs = self.signs.get_or_init(|| signs::find(self.text()));
        signs.iter().filter(move |(sign, _)| *sign == wanted).map(|(_, range)| range.clone())
    }

    /// Where a server of preprints is named, or the DOI of one.
    pub fn preprint_server(&self) -> Option<Range<usize>> {
        let doi = self.fields().doi.as_ref().filter(|doi| identifiers::is_preprint(&doi.text)).map(|doi| doi.range.clone());
        self.sign(Sign::PreprintServer).or(doi)
    }

    /// Whether its words, or the format, call it a preprint.
    pub fn is_called_preprint(&self) -> bool {
        self.signs(Sign::Preprint).next().is_some() || self.tags.publication.as_deref() == Some("preprint")
    }

    /// Whether an identifier leads to the work, wherever it moves.
    pub fn is_identified(&self) -> bool {
        let fields = self.fields();
        fields.doi.is_some() || fields.pmid.is_some() || fields.pmcid.is_some()
    }

    /// The identifiers that it prints, the surest first.
    pub fn identifiers(&self) -> Vec<Identifier> {
        let Fields { doi, pmid, pmcid, .. } = self.fields();
        let number = |field: &Option<Field>| field.as_ref()?.text.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
        let doi = doi.as_ref().map(|doi| Identifier::doi(&identifiers::bare_doi(&doi.text)));
        [number(pmid).map(Identifier::Pmid), number(pmcid).map(Identifier::Pmcid), doi].into_iter().flatten().collect()
    }

    /// The title, or the first words where none was read, in quotation marks and cut to a line.
    pub fn quote(&self) -> String {
        let words = self.fields().title.as_ref().map_or(self.text(), |title| title.text.as_str()).trim();
        let short: String = words.chars().take(80).collect();
        if short.len() < words.len() {
            let whole = short.rsplit_once(' ').map_or(short.as_str(), |(whole, _)| whole);
            format!("“{whole} …”")
        } else {
            format!("“{}”", words.trim_end_matches('.'))
        }
    }

    /// Where a part of the entry stands in the source.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        self.prose.span(range)
    }
}

/// The most entries that lack an element by mistake, whatever the length of the list.
const FEW: usize = 3;

impl References {
    /// The entries that must have an element and lack it. Where more than a quarter of a list lacks it, the list is of a
    /// style that leaves it out, or was not understood, and none is given.
    pub fn lacking(&self, element: Element) -> Vec<&Reference> {
        self.lacking_among(element, |kind| element.is_required(kind))
    }

    /// The same where the caller says which kinds of sources must have it.
    pub fn lacking_among(&self, element: Element, asked: impl Fn(Kind) -> bool) -> Vec<&Reference> {
        let lacks = |entry: &&Reference| asked(entry.fields().kind) && fields::lacks(entry.text(), entry.fields(), element);
        let lacking: Vec<&Reference> = self.listed().filter(lacks).collect();
        // Pages are often all that a list has.
        let style = element != Element::AccessDate && lacking.len() > FEW && lacking.len() * 4 > self.entries.len();
        if style { Vec::new() } else { lacking }
    }

    /// The entries without the lines that stand in a numbered list and have no number: notes, and the foot of the page.
    pub fn listed(&self) -> impl Iterator<Item = &Reference> {
        let numbered = self.entries.iter().any(|entry| entry.number.is_some());
        self.entries.iter().filter(move |entry| !numbered || entry.number.is_some())
    }

    /// The blocks of a document that say something of their own, each with its index: all but the list and code.
    pub fn apart<'d>(&self, document: &'d Document) -> impl Iterator<Item = (usize, &'d Block)> {
        let blocks = document.blocks.iter().enumerate();
        blocks.filter(|(index, block)| block.kind != BlockKind::Code && !self.holds_block(*index))
    }

    /// The heading of another numbered list, as where each section has its own.
    pub fn another_list(&self, source: &Source, document: &Document) -> Option<usize> {
        list::another(source, document, self)
    }

    /// Whether a block of the document belongs to the list.
    pub fn holds_block(&self, block: usize) -> bool {
        let behind = self.blocks.partition_point(|range| range.start <= block);
        self.blocks[..behind].last().is_some_and(|range| range.contains(&block))
    }
}

/// The lists under headings of their own whose printed numbers begin with 1, as runs of blocks; none where the format marks
/// the entries.
pub(super) fn lists_from_one(source: &Source, document: &Document) -> Vec<Range<usize>> {
    let marked = |block: &Block| matches!(block.kind, BlockKind::Reference { .. });
    if document.blocks.iter().any(marked) { Vec::new() } else { list::from_one(source, document) }
}

/// Takes the list that the format marks, or finds it and splits it by its printed numbers.
pub fn read(source: &Source, document: &Document) -> References {
    marked::read(source, document).unwrap_or_else(|| list::read(source, document))
}

//! Statements about when an article was reviewed, updated and published, and by whom.
//!
//! Only what a page says of itself counts: a label such as "Medically reviewed by" at the start of a line or beside
//! another one, and the keys of the front matter. Prose about reviewing, reference entries and a manuscript's history
//! are passed over.

mod bare;
mod byline;
mod credentials;
pub mod due;
pub mod intervals;
mod keys;
mod labels;
mod lines;
mod manuscript;
mod reviewers;
mod tail;
mod text;
mod unreviewed;
mod vocabulary;

use crate::article::dates::{Order, Reading};
use crate::article::references::References;
use crate::document::{Document, Place};
use crate::source::{Source, Span};

pub use byline::is_author;
pub use keys::OwnKeys;
pub(super) use keys::fold;
pub use reviewers::{Degree, Person};

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewKind {
    /// A person looked at the whole page: the only evidence that it is still right.
    Reviewed,
    Updated,
    Published,
    /// The announced date of the next review.
    NextReview,
}

impl ReviewKind {
    /// The kind in a word, as reports have it.
    pub fn name(self) -> &'static str {
        match self {
            ReviewKind::Reviewed => "reviewed",
            ReviewKind::Updated => "updated",
            ReviewKind::Published => "published",
            ReviewKind::NextReview => "next-review",
        }
    }
}

/// A label such as "Medically reviewed by … on …" with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewStatement {
    pub kind: ReviewKind,
    /// `None` where the label stands without a date.
    pub date: Option<StatedDate>,
    pub reviewer: Option<Reviewer>,
    /// The words that say what it is, or the key in the front matter; a bare date is its own label.
    pub label: Span,
    /// From the label to the last of the date and the name.
    pub span: Span,
    pub origin: Origin,
    /// The review is announced as still to be done: "Medically reviewed: pending".
    pub pending: bool,
    /// What the label asks for and does not get.
    pub lacks: Option<Lack>,
    /// The label is "Review date" alone, by which publishers mean the last review or the next one.
    pub open: bool,
    /// It tells up to when the literature was read, and not that the page was looked at.
    pub of_literature: bool,
}

impl ReviewStatement {
    /// The reading of the date, where one is written.
    pub fn reading(&self) -> Option<Reading> {
        self.date.as_ref().map(|date| date.reading)
    }

    /// Whether it speaks English, by its label; keys do.
    pub fn is_english(&self, source: &Source) -> bool {
        self.origin != Origin::Text || vocabulary::is_english(source.slice(self.label))
    }
}

/// What stands not behind a label that asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// "Last reviewed:"
    Date,
    /// "Medically reviewed by"
    Name,
}

/// A date as written in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDate {
    pub reading: Reading,
    /// The date as written; metadata of Word files have no place in the text that shows it.
    pub words: String,
    pub span: Span,
}

/// Who reviewed: people with their degrees, or a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// The words that name them, with titles and degrees.
    pub name: String,
    pub span: Span,
    /// Where the name stands in the text; `None` in metadata.
    pub place: Option<Place>,
}

impl Reviewer {
    /// The people and bodies that the words name.
    pub fn people(&self) -> Vec<Person> {
        reviewers::people(&self.name)
    }
}

/// Where a statement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Text,
    /// The key of the front matter of a text, as written.
    FrontMatter(String),
    /// The key of what a page or file says of itself where no reader sees it: JSON-LD, `<meta>`, properties of Word.
    Hidden(String),
}

impl Origin {
    /// The key, outside the text.
    pub fn key(&self) -> Option<&str> {
        match self {
            Origin::Text => None,
            Origin::FrontMatter(key) | Origin::Hidden(key) => Some(key),
        }
    }
}

/// Finds the review statements of the front matter and the text, in reading order.
pub fn read(source: &Source, document: &Document, references: &References) -> Vec<ReviewStatement> {
    let mut statements = keys::read(source, document);
    statements.extend(text::read(document, references));
    statements.extend(unreviewed::read(document));
    settle_order(source, document, &mut statements);
    settle_open_labels(&mut statements);
    statements
}

/// Reads ambiguous dates in the order that the document's other dates prove, or that is the custom of its language.
fn settle_order(source: &Source, document: &Document, statements: &mut [ReviewStatement]) {
    let ambiguous = |statement: &ReviewStatement| matches!(statement.reading(), Some(Reading::Ambiguous { .. }));
    if !statements.iter().any(ambiguous) {
        return;
    }
    let texts = document.blocks.iter().map(|block| block.text()).chain(document.metadata.iter().map(|entry| entry.value.as_str()));
    let languages = document.metadata.iter().filter(|entry| is_language(&entry.key)).map(|entry| entry.value.as_str());
    let order = Order::of(texts).or_else(|| languages.filter_map(Order::of_language).next());
    for statement in statements.iter_mut() {
        // "Aktualisiert: 03/04/2025" is German, and "Mis à jour le 03/04/2025" French.
        let labelled = statement.origin == Origin::Text && statement.date.as_ref().is_some_and(|date| date.span != statement.label);
        let foreign = labelled && !vocabulary::is_english(source.slice(statement.label));
        let order = order.or(foreign.then_some(Order::DayFirst));
        if let (Some(order), Some(date)) = (order, &mut statement.date) {
            date.reading = date.reading.in_order(order);
        }
    }
}

/// Whether a key says in which language the article is written.
fn is_language(key: &str) -> bool {
    matches!(
        key.to_ascii_lowercase().as_str(),
        "lang" | "language" | "locale" | "inlanguage" | "og:locale" | "dc.language" | "content-language"
    )
}

/// "Review date" beside an earlier date is the date of the next review, as British leaflets print it.
fn settle_open_labels(statements: &mut [ReviewStatement]) {
    let past = statements.iter().filter(|s| !s.open && s.kind != ReviewKind::NextReview).filter_map(|s| s.reading()?.latest()).max();
    for statement in statements.iter_mut().filter(|statement| statement.open) {
        if let (Some(past), Some(date)) = (past, statement.reading().and_then(Reading::earliest))
            && (6..=72).contains(&past.months_until(date.first_day()))
        {
            statement.kind = ReviewKind::NextReview;
            statement.open = false;
        }
    }
}

#[cfg(test)]
mod tests;

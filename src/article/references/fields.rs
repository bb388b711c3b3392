//! The parts of an entry: authors, title, container, year, volume, pages, identifiers, and what kind of source it is.

use std::ops::Range;

/// What kind of source an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Journal,
    Book,
    Chapter,
    WebPage,
    Announcement,
    Guideline,
    Abstract,
    Preprint,
    Report,
    Thesis,
    Registry,
    Dataset,
    DrugLabel,
    /// Nothing tells.
    Unknown,
}

/// A part of an entry: its words, and their range in [`Reference::text`](super::Reference::text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The words, with white space folded.
    pub text: String,
    pub range: Range<usize>,
}

/// The parts of an entry; what is not there, or was not understood, is `None`.
#[derive(Debug, Clone)]
pub struct Fields {
    pub kind: Kind,
    pub authors: Vec<Field>,
    /// The list of authors ends with "et al" or "and others".
    pub et_al: bool,
    pub group_author: Option<Field>,
    pub title: Option<Field>,
    pub container: Option<Field>,
    pub year: Option<Field>,
    pub volume: Option<Field>,
    pub issue: Option<Field>,
    /// Pages or the article number, as printed.
    pub pages: Option<Field>,
    pub doi: Option<Field>,
    pub pmid: Option<Field>,
    pub pmcid: Option<Field>,
    pub url: Option<Field>,
    pub accessed: Option<Field>,
}

/// Reads the parts of an entry.
pub fn read(_text: &str) -> Fields {
    Fields {
        kind: Kind::Unknown,
        authors: Vec::new(),
        et_al: false,
        group_author: None,
        title: None,
        container: None,
        year: None,
        volume: None,
        issue: None,
        pages: None,
        doi: None,
        pmid: None,
        pmcid: None,
        url: None,
        accessed: None,
    }
}

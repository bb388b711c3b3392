//! What kind of source an entry is.

use super::Fields;

/// What kind of source an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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

/// Words that tell a kind wherever they stand, in the order in which they decide; abstracts first.
const SIGNS: &[(Kind, &[&str])] = &[
    (
        Kind::Abstract,
        &["abstr ", "[abstract", "(abstract", "; abstract", "abstract no", "poster presented", "presented at", "conference abstract"],
    ),
    (Kind::Preprint, &["medrxiv", "biorxiv", "arxiv", "preprint", "ssrn", "research square"]),
    (Kind::Registry, &["clinicaltrials.gov", "isrctn", "prospero", "nct0", "who.int/ictrp", "clinicaltrialsregister"]),
    (Kind::Thesis, &["dissertation", "thesis"]),
    (
        Kind::DrugLabel,
        &["prescribing information", "package insert", "summary of product characteristics", "/label/", "product monograph", "drug label"],
    ),
    (
        Kind::Announcement,
        &["press release", "news release", "fda approves", "fda grants", "approves first", "announces ", "accelerated approval"],
    ),
    (Kind::Dataset, &["dataset", "data set", "data supplied", "dryad", "zenodo", "figshare"]),
];

/// Words that tell a kind of a source that is no article of a journal.
const LOOSE_SIGNS: &[(Kind, &[&str])] = &[
    (Kind::Guideline, &["guideline", "guidance", "consensus statement", "recommendations for"]),
    (Kind::Report, &["report", "technical document", "working paper", "white paper", "fact sheet"]),
];

pub(super) fn of(text: &str, fields: &Fields, in_book: bool, published: bool) -> Kind {
    let lower = text.to_lowercase();
    let sign =
        |signs: &[(Kind, &[&str])]| signs.iter().find(|(_, words)| words.iter().any(|word| lower.contains(word))).map(|(kind, _)| *kind);
    let located = fields.volume.is_some() && fields.container.is_some();
    // A place in a journal says more than a word in the title, but for abstracts, which have one too.
    let signs = if located { &SIGNS[..1] } else { SIGNS };
    if let Some(kind) = sign(signs) {
        return kind;
    }
    if in_book {
        return Kind::Chapter;
    }
    if located && !published {
        return Kind::Journal;
    }
    if let Some(kind) = sign(LOOSE_SIGNS) {
        return kind;
    }
    if published {
        return Kind::Book;
    }
    if fields.url.is_some() {
        return Kind::WebPage;
    }
    if fields.container.is_some() && (fields.year.is_some() || fields.doi.is_some() || fields.pages.is_some()) {
        return Kind::Journal;
    }
    Kind::Unknown
}

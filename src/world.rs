//! What registries and sites of the world say of works and links.
//!
//! It is asked for before the rules run, so that they stay pure: a rule looks up what was said, and compares. Each answer is
//! *found*, *not found* or *unknown*; an unknown answer speaks neither for nor against the article.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// All that was said. Empty where nothing was asked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct World {
    /// By identifier, what each service that was asked says of the work, in the order of the services.
    works: HashMap<Identifier, Vec<Said<Work>>>,
    /// By DOI in lower case, whether doi.org knows it.
    registrations: HashMap<Box<str>, Said<Registration>>,
    /// By the text of an entry, the works that each service offers for it, best first; in the order of the services.
    searches: HashMap<Box<str>, Vec<Said<Vec<Work>>>>,
    /// By address, as the article writes it.
    links: HashMap<Box<str>, Said<Reached>>,
    /// By the same address, the copy that an archive has of a page that is gone.
    snapshots: HashMap<Box<str>, Said<Snapshot>>,
}

/// An identifier of a work.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Identifier {
    /// In lower case.
    Doi(Box<str>),
    Pmid(u32),
    /// The digits behind `PMC`.
    Pmcid(u32),
}

/// Who was asked. Answers are told in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    Crossref,
    Pubmed,
    Datacite,
    /// The handle system behind DOIs.
    DoiOrg,
    EuropePmc,
    /// The site that a link leads to.
    Site,
    /// The Internet Archive.
    Archive,
}

/// An answer, with who gave it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said<T> {
    pub by: Service,
    /// The day of the answer.
    pub day: Date,
    /// The first day on which the answer was that of `day`, as far as is known.
    pub since: Date,
    pub answer: Answer<T>,
}

/// What a service says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer<T> {
    Found(T),
    /// The service does not know it, and was asked properly.
    NotFound,
    /// It could not be asked, or what it said was no answer: why, as the end of “could not be checked: …”.
    Unknown(String),
}

/// A DOI that is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Where it leads.
    pub url: Option<String>,
}

/// A link that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reached {
    /// The last address of a chain of redirections, where there was one.
    pub moved_to: Option<String>,
    /// Every step of that chain says that it is for good (301 or 308).
    pub for_good: bool,
    /// The address over https that gives the same page, where the article's is over http.
    pub secure: Option<String>,
}

/// A copy of a page in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub url: String,
    /// When it was made.
    pub day: Date,
}

/// A work as a service describes it. What it does not say is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Work {
    /// In lower case.
    pub doi: Option<Box<str>>,
    pub pmid: Option<u32>,
    pub pmcid: Option<u32>,
    pub kind: WorkKind,
    /// Each form the title has: with its subtitle, without, in the original language. Plain text, the fullest first.
    pub titles: Vec<String>,
    /// In the order of the record.
    pub authors: Vec<Author>,
    /// The years of print, online and other dates of publication, rising.
    pub years: Vec<u16>,
    /// The journal or book, in full and abbreviated.
    pub containers: Vec<String>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    /// Pages or the article number.
    pub pages: Option<String>,
    /// What was published about the work since.
    pub notices: Vec<Notice>,
    /// The works that this one is itself a notice about.
    pub notice_of: Vec<Identifier>,
    /// The DOI of the published version of a preprint.
    pub published_as: Option<Box<str>>,
}

/// What kind of work a record describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkKind {
    Article,
    Preprint,
    Book,
    Chapter,
    Conference,
    Report,
    Dataset,
    Thesis,
    /// A part or companion of a work: a peer review, a figure, a grant, a whole issue or journal.
    Companion,
    #[default]
    Other,
}

/// An author of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Author {
    /// The surname, or the whole name of a group.
    pub family: String,
    /// Given names or initials.
    pub given: String,
    pub is_group: bool,
}

/// Something that was published about a work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    pub kind: NoticeKind,
    /// Of the notice.
    pub doi: Option<Box<str>>,
    /// Of the notice.
    pub pmid: Option<u32>,
    pub day: Option<Date>,
}

/// What a notice does to a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    Retraction,
    PartialRetraction,
    Withdrawal,
    Removal,
    /// Retracted, and published anew.
    Republication,
    Concern,
    Correction,
    Reinstatement,
    /// A newer version or edition of the work came out.
    NewVersion,
    /// A kind that medproof does not know.
    Other,
}

impl World {
    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty() && self.registrations.is_empty() && self.searches.is_empty() && self.links.is_empty()
    }

    /// What each service says of the work with an identifier.
    pub fn works(&self, identifier: &Identifier) -> &[Said<Work>] {
        self.works.get(identifier).map_or(&[], Vec::as_slice)
    }

    /// What doi.org says of a DOI in lower case.
    pub fn registration(&self, doi: &str) -> Option<&Said<Registration>> {
        self.registrations.get(doi)
    }

    /// What each service offers for the text of an entry.
    pub fn search(&self, entry: &str) -> &[Said<Vec<Work>>] {
        self.searches.get(entry).map_or(&[], Vec::as_slice)
    }

    /// What the site says of an address, as the article writes it.
    pub fn link(&self, address: &str) -> Option<&Said<Reached>> {
        self.links.get(address)
    }

    /// What the archive says of an address, as the article writes it.
    pub fn snapshot(&self, address: &str) -> Option<&Said<Snapshot>> {
        self.snapshots.get(address)
    }

    /// Takes what a service says of a work.
    pub fn tell_work(&mut self, identifier: Identifier, said: Said<Work>) {
        insert(self.works.entry(identifier).or_default(), said);
    }

    /// Takes what doi.org says of a DOI in lower case.
    pub fn tell_registration(&mut self, doi: &str, said: Said<Registration>) {
        self.registrations.insert(doi.into(), said);
    }

    /// Takes what a service offers for the text of an entry.
    pub fn tell_search(&mut self, entry: &str, said: Said<Vec<Work>>) {
        insert(self.searches.entry(entry.into()).or_default(), said);
    }

    /// Takes what a site says of an address.
    pub fn tell_link(&mut self, address: &str, said: Said<Reached>) {
        self.links.insert(address.into(), said);
    }

    /// Takes what the archive says of an address.
    pub fn tell_snapshot(&mut self, address: &str, said: Said<Snapshot>) {
        self.snapshots.insert(address.into(), said);
    }
}

/// Puts an answer where its service stands, so that it does not matter who answered first.
fn insert<T>(answers: &mut Vec<Said<T>>, said: Said<T>) {
    let place = answers.partition_point(|other| other.by <= said.by);
    answers.insert(place, said);
}

/// A prefix under which copies of well-known works stand, which searches give before the works themselves.
const COPIES: &str = "10.65215/";

/// Whether a DOI in lower case is that of a copy, which is no version of its work.
pub fn is_copy(doi: &str) -> bool {
    doi.starts_with(COPIES)
}

impl Identifier {
    /// The identifier of a DOI, whatever its letters.
    pub fn doi(doi: &str) -> Self {
        Identifier::Doi(doi.to_lowercase().into())
    }

    /// Where a reader finds the work.
    pub fn url(&self) -> String {
        match self {
            Identifier::Doi(doi) => format!("https://doi.org/{doi}"),
            Identifier::Pmid(pmid) => format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"),
            Identifier::Pmcid(pmcid) => format!("https://pmc.ncbi.nlm.nih.gov/articles/PMC{pmcid}/"),
        }
    }
}

/// As it is printed: `doi:10.…`, `PMID 123`, `PMC123`.
impl std::fmt::Display for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Identifier::Doi(doi) => write!(f, "doi:{doi}"),
            Identifier::Pmid(pmid) => write!(f, "PMID {pmid}"),
            Identifier::Pmcid(pmcid) => write!(f, "PMC{pmcid}"),
        }
    }
}

impl From<Identifier> for String {
    fn from(identifier: Identifier) -> Self {
        identifier.to_string()
    }
}

impl TryFrom<String> for Identifier {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = |digits: &str| digits.trim().parse().map_err(|_| format!("“{digits}” is no number"));
        if let Some(doi) = text.strip_prefix("doi:") {
            return Ok(Identifier::doi(doi));
        }
        match (text.strip_prefix("PMID"), text.strip_prefix("PMC")) {
            (Some(digits), _) => number(digits).map(Identifier::Pmid),
            (_, Some(digits)) => number(digits).map(Identifier::Pmcid),
            _ => Err(format!("“{text}” is no identifier of a work")),
        }
    }
}

impl Work {
    /// Its identifiers, the surest first.
    pub fn identifiers(&self) -> impl Iterator<Item = Identifier> {
        let doi = self.doi.clone().map(Identifier::Doi);
        [self.pmid.map(Identifier::Pmid), self.pmcid.map(Identifier::Pmcid), doi].into_iter().flatten()
    }

    /// Its fullest title; empty where the record has none.
    pub fn title(&self) -> &str {
        self.titles.first().map_or("", String::as_str)
    }
}

impl Service {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Service::Pubmed => "PubMed",
            Service::Crossref => "Crossref",
            Service::Datacite => "DataCite",
            Service::DoiOrg => "doi.org",
            Service::EuropePmc => "Europe PMC",
            Service::Site => "the site",
            Service::Archive => "Internet Archive",
        }
    }
}

impl<T> Answer<T> {
    /// What was found.
    pub fn found(&self) -> Option<&T> {
        match self {
            Answer::Found(found) => Some(found),
            Answer::NotFound | Answer::Unknown(_) => None,
        }
    }
}

impl NoticeKind {
    /// Whether the work does not stand any more.
    pub fn takes_back(self) -> bool {
        use NoticeKind::{Removal, Republication, Retraction, Withdrawal};
        matches!(self, Retraction | Withdrawal | Removal | Republication)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_read_as_they_are_written() {
        for (text, identifier) in
            [("doi:10.1000/é(97)", Identifier::doi("10.1000/É(97)")), ("PMID 123", Identifier::Pmid(123)), ("PMC77", Identifier::Pmcid(77))]
        {
            assert_eq!(Identifier::try_from(text.to_owned()).as_ref(), Ok(&identifier));
            assert_eq!(identifier.to_string().to_lowercase(), text.to_lowercase());
        }
        assert!(Identifier::try_from("ISBN 1".to_owned()).is_err());
    }

    #[test]
    fn it_does_not_matter_who_answers_first() {
        let day = jiff::civil::date(2026, 9, 1);
        let of = |services: [Service; 3]| {
            let mut world = World::default();
            for by in services {
                world.tell_work(Identifier::Pmid(1), Said { by, day, since: day, answer: Answer::NotFound });
                world.tell_search("é", Said { by, day, since: day, answer: Answer::NotFound });
            }
            world
        };
        use Service::{Crossref, EuropePmc, Pubmed};
        assert_eq!(of([EuropePmc, Pubmed, Crossref]), of([Crossref, EuropePmc, Pubmed]));
    }
}

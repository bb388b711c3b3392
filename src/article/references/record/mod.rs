//! Whether a record of a registry describes the work that an entry prints, and where the two differ.
//!
//! Nothing is concluded from one part alone. A title that is the same, or stands within the entry word for word, is the same work
//! unless author and year both speak against it; a title that is another one is another work unless author and year both speak for
//! it; in between, author and year decide, or nobody does. The thresholds are those on which tools that verify references agree.

pub mod found;
mod names;
mod numbers;
mod titles;

use super::{Fields, Kind, Reference};
use crate::world::{Work, WorkKind};

/// What comes of holding an entry against a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The record describes the work.
    Same(Agreements),
    /// It describes another one.
    Other,
    /// Nothing tells.
    Unsure,
}

/// How the parts of an entry agree with a record of its work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreements {
    pub title: Agreement,
    pub first_author: Agreement,
    pub year: Agreement,
    pub volume: Agreement,
    pub first_page: Agreement,
}

/// How a part agrees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Agreement {
    Agrees,
    /// With what the record has.
    Differs(String),
    /// One of the two does not say, or they cannot be compared.
    #[default]
    Unknown,
}

/// From here on a title is the same, with a letter or two astray.
const SAME: f64 = 0.95;
/// From here on it is taken for the same.
const ACCEPTED: f64 = 0.9;
/// Below, it is another one.
const OTHER: f64 = 0.6;
/// So many of the words of another title may stand in the entry by chance.
const BY_CHANCE: f64 = 0.5;

/// Holds an entry against a record.
pub fn compare(entry: &Reference, work: &Work) -> Match {
    let fields = entry.fields();
    let Some(likeness) = titles::likeness(entry.text(), fields.title.as_ref().map(|title| &*title.text), &work.titles) else {
        return Match::Unsure;
    };
    if is_companion(entry, work) {
        return Match::Unsure;
    }
    let agreements = Agreements {
        title: Agreement::Unknown,
        first_author: names::first_author(fields, entry.text(), &work.authors),
        year: year(fields, work),
        volume: numbers::volume(fields, work),
        first_page: numbers::first_page(fields, work),
    };
    let (author, year) = (&agreements.first_author, &agreements.year);
    let speak_for = *author == Agreement::Agrees && *year == Agreement::Agrees;
    let speak_against = author.differs() && year.differs();
    let located = agreements.volume == Agreement::Agrees && agreements.first_page == Agreement::Agrees;
    let with_title = |title| Match::Same(Agreements { title, ..agreements.clone() });
    let found = || Agreement::Differs(work.titles[0].clone());
    let score = likeness.score;
    if score >= ACCEPTED {
        // “Diabetes” is the title of many works.
        let is_enough = if likeness.is_short { speak_for || located } else { !speak_against };
        return if is_enough { with_title(Agreement::Agrees) } else { Match::Unsure };
    }
    if likeness.is_foreign {
        return Match::Unsure;
    }
    if score >= OTHER {
        return if speak_for { with_title(found()) } else { Match::Unsure };
    }
    if speak_for {
        return if located { with_title(found()) } else { Match::Unsure };
    }
    let is_article = matches!(fields.kind, Kind::Journal | Kind::Abstract | Kind::Preprint | Kind::Unknown);
    let is_elsewhere = !located && (author.differs() || year.differs());
    if is_article && is_elsewhere && likeness.shared < BY_CHANCE { Match::Other } else { Match::Unsure }
}

/// Whether a record surely describes the work of an entry that names no record itself.
pub fn is_surely(entry: &Reference, work: &Work) -> bool {
    let title = entry.fields().title.as_ref().map(|title| &*title.text);
    let is_titled = titles::likeness(entry.text(), title, &work.titles).is_some_and(|likeness| likeness.score >= SAME);
    let speak_for = |with: &Agreements| with.first_author == Agreement::Agrees && with.year == Agreement::Agrees;
    is_titled && matches!(compare(entry, work), Match::Same(ref agreements) if speak_for(agreements))
}

/// How alike two titles are, from 0 to 1.
pub fn likeness(one: &str, other: &str) -> f64 {
    titles::ratio(&titles::fold(one), &titles::fold(other))
}

/// Whether an entry is meant for a notice, a comment or the like, by its own words.
pub fn is_about_another(entry: &Reference) -> bool {
    titles::speaks_of_companion(entry.text())
}

/// Whether a record is about the work, such as a comment on it, and not the work: unless the entry is about that itself.
fn is_companion(entry: &Reference, work: &Work) -> bool {
    work.kind == WorkKind::Companion || work.titles.iter().any(|title| titles::opens_as_companion(title)) && !is_about_another(entry)
}

/// A record has dates of print and online, which lie a year apart where the one is in winter; preprints are cited by any of
/// their versions. Books have editions.
fn year(fields: &Fields, work: &Work) -> Agreement {
    let printed = fields.year.as_ref().and_then(|year| year.text.parse::<i32>().ok());
    let (Some(printed), Some(&first), Some(&last)) = (printed, work.years.first(), work.years.last()) else { return Agreement::Unknown };
    let is_book = matches!(work.kind, WorkKind::Book | WorkKind::Chapter) || matches!(fields.kind, Kind::Book | Kind::Chapter);
    let later = if work.kind == WorkKind::Preprint || fields.kind == Kind::Preprint { 3 } else { 1 };
    if (i32::from(first) - 1..=i32::from(last) + later).contains(&printed) {
        Agreement::Agrees
    } else if is_book {
        Agreement::Unknown
    } else {
        Agreement::Differs(if first == last { first.to_string() } else { format!("{first} or {last}") })
    }
}

impl Agreement {
    fn differs(&self) -> bool {
        matches!(self, Agreement::Differs(_))
    }

    /// What two records say together: what either confirms is right.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Agreement::Agrees, _) | (_, Agreement::Agrees) => Agreement::Agrees,
            (Agreement::Differs(words), _) | (_, Agreement::Differs(words)) => Agreement::Differs(words),
            (Agreement::Unknown, Agreement::Unknown) => Agreement::Unknown,
        }
    }
}

impl Agreements {
    /// What two records of the work say together.
    pub fn with(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            first_author: self.first_author.or(other.first_author),
            year: self.year.or(other.year),
            volume: self.volume.or(other.volume),
            first_page: self.first_page.or(other.first_page),
        }
    }
}

#[cfg(test)]
mod tests;

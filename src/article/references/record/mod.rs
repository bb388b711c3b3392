//! Whether a record of a registry describes the work that an entry prints, and where the two differ.
//!
//! Nothing is concluded from one part alone. A title that is the same, or stands within the entry word for word, is the same work
//! unless author and year both speak against it; a title that is another one is another work unless author and year both speak for
//! it; in between, author and year decide, or nobody does. Parts and years of one thing have titles that differ in a letter, so that
//! numbers and letters are looked at by themselves. The thresholds are those on which tools that verify references agree.

pub mod found;
mod names;
mod numbers;
mod titles;

use self::titles::Likeness;
use super::{Kind, Reference, Sign};
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

/// From here on a title is taken for the same.
const ACCEPTED: f64 = 0.9;
/// Below, it is another one.
const OTHER: f64 = 0.6;
/// So many of the words of another title may stand in the entry by chance.
const BY_CHANCE: f64 = 0.5;

/// Holds an entry against a record.
pub fn compare(entry: &Reference, work: &Work) -> Match {
    held(entry, work).0
}

/// Whether a record surely describes the work of an entry that names no record itself: in the words of its title, author and year,
/// and where it stands. A second part, an abstract, a reply or an erratum is often by the same authors in the same year.
pub fn is_surely(entry: &Reference, work: &Work) -> bool {
    let (Match::Same(with), Some(likeness)) = held(entry, work) else { return false };
    let [volume, page] = [&with.volume, &with.first_page];
    // A preprint has the title of the article, and is another version of it.
    let is_preprint = entry.fields().kind == Kind::Preprint;
    if (work.kind == WorkKind::Preprint) != is_preprint {
        return false;
    }
    let is_placed = is_preprint || [volume, page].contains(&&Agreement::Agrees);
    let speak_for = with.first_author == Agreement::Agrees && with.year == Agreement::Agrees;
    likeness.is_exact && speak_for && is_placed && !volume.differs() && !page.differs()
}

/// How much of the title of a record, from 0 to 1, an entry prints.
pub fn resemblance(entry: &Reference, work: &Work) -> f64 {
    titles_of(entry, work).map_or(0.0, |likeness| likeness.score)
}

/// How alike two titles are, from 0 to 1.
pub fn likeness(one: &str, other: &str) -> f64 {
    titles::Pattern::new(&titles::fold(one)).ratio(&titles::fold(other))
}

fn titles_of(entry: &Reference, work: &Work) -> Option<Likeness> {
    titles::likeness(entry.text(), entry.fields().title.as_ref().map(|title| &*title.text), &work.titles)
}

fn held(entry: &Reference, work: &Work) -> (Match, Option<Likeness>) {
    let fields = entry.fields();
    // Chapters are cited by the identifier of their book, which stands in the entry as well.
    let is_holder = work.kind == WorkKind::Book && matches!(fields.kind, Kind::Chapter | Kind::Journal);
    let is_comparable = |likeness: &Likeness| is_comparable(entry, work) && (!is_holder || likeness.is_exact);
    let Some(likeness) = titles_of(entry, work).filter(is_comparable) else { return (Match::Unsure, None) };
    let [volume, first_page] = [numbers::volume(fields, work), numbers::first_page(fields, work)];
    let is_located = volume == Agreement::Agrees && first_page == Agreement::Agrees;
    let agreements = Agreements {
        title: Agreement::Unknown,
        first_author: names::first_author(fields, entry.text(), &work.authors),
        year: year(entry, work, is_located),
        volume,
        first_page,
    };
    (judged(fields.kind, work, likeness, agreements, is_located), Some(likeness))
}

fn judged(kind: Kind, work: &Work, likeness: Likeness, agreements: Agreements, is_located: bool) -> Match {
    let Likeness { score, shared, is_short, is_foreign, is_sibling, is_part, .. } = likeness;
    let (author, year) = (&agreements.first_author, &agreements.year);
    let speak_for = *author == Agreement::Agrees && *year == Agreement::Agrees;
    let with_title = |title| Match::Same(Agreements { title, ..agreements.clone() });
    let found = || Agreement::Differs(work.title().to_owned());
    if score >= OTHER && is_sibling {
        return if speak_for && is_located { with_title(found()) } else { Match::Unsure };
    }
    if score >= ACCEPTED {
        // “Diabetes” is the title of many works.
        let is_enough = if is_short { speak_for || is_located } else { !(author.differs() && year.differs()) };
        return if is_enough { with_title(Agreement::Agrees) } else { Match::Unsure };
    }
    // A translation shares letters with its original, and few words.
    if score >= OTHER && shared >= BY_CHANCE && speak_for && !is_foreign {
        return with_title(if is_part { Agreement::Unknown } else { found() });
    }
    // All else is the same: the title is in another language, or was read wrongly.
    if speak_for && is_located {
        return with_title(Agreement::Unknown);
    }
    let is_article = matches!(kind, Kind::Journal | Kind::Abstract | Kind::Preprint | Kind::Unknown)
        && matches!(work.kind, WorkKind::Article | WorkKind::Preprint | WorkKind::Conference | WorkKind::Other);
    let is_elsewhere = agreements.volume.differs() || agreements.first_page.differs();
    let speak_against = author.differs() || *author == Agreement::Unknown && year.differs() && is_elsewhere;
    let is_other = score < OTHER && shared < BY_CHANCE && !is_foreign && speak_against && agreements.first_page != Agreement::Agrees;
    if is_article && is_other { Match::Other } else { Match::Unsure }
}

/// Whether an entry is meant for a notice, a comment or the like, by its own words.
pub fn is_about_another(entry: &Reference) -> bool {
    let opens = |text: &str| titles::opens_as_companion(text);
    entry.fields().title.as_ref().map_or_else(|| opens(entry.text()), |title| opens(&title.text))
}

/// Whether a record can be that of an entry: a comment, an erratum or a part is no work, unless the entry is one itself.
fn is_comparable(entry: &Reference, work: &Work) -> bool {
    let is_about_another_itself = work.titles.iter().any(|title| titles::opens_as_companion(title));
    work.kind != WorkKind::Companion && is_about_another_itself == is_about_another(entry)
}

/// Before it, journals were not online: a later year in a record may be that in which the volumes were put there.
const ONLINE: i32 = 2000;

/// A record has dates of print and online, which lie a year apart where the one is in winter; preprints are cited by any of
/// their versions. Books have editions, and pages and labels are of the day.
fn year(entry: &Reference, work: &Work, is_located: bool) -> Agreement {
    let fields = entry.fields();
    let printed = fields.year.as_ref().and_then(|year| year.text.parse::<i32>().ok());
    let (Some(printed), Some(&first), Some(&last)) = (printed, work.years.first(), work.years.last()) else { return Agreement::Unknown };
    let later = if work.kind == WorkKind::Preprint || fields.kind == Kind::Preprint { 3 } else { 1 };
    if (i32::from(first) - 1..=i32::from(last) + later).contains(&printed) {
        return Agreement::Agrees;
    }
    let has_editions = matches!(work.kind, WorkKind::Book | WorkKind::Chapter | WorkKind::Report | WorkKind::Dataset)
        || !matches!(fields.kind, Kind::Journal | Kind::Abstract | Kind::Preprint | Kind::Unknown);
    let is_early = printed < i32::from(first) && (printed < ONLINE && is_located || entry.sign(Sign::OnlineFirst).is_some());
    if has_editions || is_early {
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

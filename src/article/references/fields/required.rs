//! What an entry must have by its kind, and whether it lacks it.
//!
//! An element is missing only where the rest of the entry was understood so well that no words or numbers are left which
//! could be it: an entry that was read wrongly is no mistake of its author.

use super::abbreviations::is_abbreviation;
use super::authors::is_group_word;
use super::bodies::is_name_like;
use super::locator::is_month_token;
use super::names::{is_initials, is_name_glued};
use super::numbers::{is_day, is_year};
use super::sentences::is_stem;
use super::tokens::tokens;
use super::{Field, Fields, Kind};
use crate::article::references::signs::{self, Sign};

/// What a reader needs to find a source and to judge its age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    Author,
    Title,
    /// The journal.
    Source,
    Year,
    /// Volume, pages or article number.
    Locator,
    /// The day on which a page was read.
    AccessDate,
}

use Element::{AccessDate, Author, Locator, Source, Title, Year};

/// The elements that AMA and NLM ask for, by kind, as far as their lack can be told from the words of an entry.
/// Announcements and pages often have no date of their own; of which kinds authors are asked, the user says.
const REQUIRED: &[(Kind, &[Element])] = &[
    (Kind::Journal, &[Title, Source, Year, Locator]),
    (Kind::Abstract, &[Year]),
    (Kind::Preprint, &[Year]),
    (Kind::Book, &[Year]),
    (Kind::Chapter, &[Year]),
    (Kind::Thesis, &[Year]),
    (Kind::Report, &[Year, AccessDate]),
    (Kind::Guideline, &[Year, AccessDate]),
    (Kind::WebPage, &[AccessDate]),
    (Kind::Announcement, &[AccessDate]),
    (Kind::DrugLabel, &[AccessDate]),
    // A place in a periodical that is not named.
    (Kind::Unknown, &[Source]),
];

impl Element {
    /// Whether every source of a kind has it.
    pub fn is_required(self, of: Kind) -> bool {
        REQUIRED.iter().any(|(kind, elements)| *kind == of && elements.contains(&self))
    }
}

/// Whether an entry has not an element that its kind asks for.
pub(in super::super) fn lacks(text: &str, fields: &Fields, element: Element) -> bool {
    match element {
        Author => fields.authors.is_empty() && fields.group_author.is_none() && lacks_author(text, fields),
        Title => fields.title.is_none() && lacks_title(text, fields),
        Source => fields.container.is_none() && lacks_source(text, fields),
        Year => fields.year.is_none() && lacks_year(text, fields),
        Locator => fields.volume.is_none() && fields.pages.is_none() && lacks_locator(text, fields),
        AccessDate => fields.accessed.is_none() && lacks_access_date(text, fields),
    }
}

/// Whether an entry says that its work is not out, or not yet in an issue, or that nobody knows when it came out.
fn is_unfinished(text: &str) -> bool {
    let lower = text.to_lowercase();
    let undated =
        ["n.d.", "n. d.", "no date", "undated", "date unknown", "accepted", "under review"].iter().any(|word| lower.contains(word));
    undated || signs::find(text).iter().any(|(sign, _)| matches!(sign, Sign::OnlineFirst | Sign::Unpublished))
}

/// What is published without a name, or under that of the body in its title.
#[rustfmt::skip]
const UNSIGNED: &[&str] = &[
    "report", "statement", "guideline", "guidelines", "guidance", "consensus", "recommendation", "recommendations", "position", "conference",
    "standards", "editorial", "news", "classification", "criteria", "erratum", "correction", "corrections", "correspondence", "notice",
    "update", "summary", "abstracts", "proceedings", "letter", "letters", "reply", "investigators", "declaration", "code", "policy", "who",
];

/// A title stands where the names should, and it is one that somebody must have written.
fn lacks_author(text: &str, fields: &Fields) -> bool {
    let Some(title) = &fields.title else { return false };
    let words = tokens(&title.text);
    let named =
        words.iter().take(8).any(|t| is_initials(t.text) && t.text != "A" || is_name_glued(t.text) || t.is('&') || t.text.len() > 24);
    let unsigned = words.iter().any(|t| t.any(UNSIGNED) || is_group_word(t.text));
    let plain = words.iter().filter(|t| t.text.len() >= 3 && t.text.chars().all(char::is_lowercase)).count();
    let first = words.first().is_some_and(|t| t.is_capital()) && !text[..title.range.start].contains(char::is_alphabetic);
    let placed = match fields.kind {
        Kind::Journal => fields.volume.is_some() && fields.pages.is_some() && fields.container.as_ref().is_some_and(names_journal),
        _ => fields.year.is_some(),
    };
    let others = text.to_lowercase();
    plain >= 3 && first && placed && !named && !unsigned && !["et al", "edited by"].iter().any(|words| others.contains(words))
}

/// The journal follows the names at once.
fn lacks_title(text: &str, fields: &Fields) -> bool {
    let Some(container) = fields.container.as_ref().filter(|container| names_journal(container)) else { return false };
    let located = fields.volume.is_some() && fields.pages.is_some();
    // A body behind persons may be the beginning of a title: `Sax H, The World Health Organization method`.
    let Some(last) = fields.authors.iter().map(|author| author.range.end).max().filter(|_| fields.group_author.is_none()) else {
        return false;
    };
    located && last <= container.range.start && !left_over(text, fields, last..container.range.start).any(|word| word.len() > 3)
}

/// Volume and pages stand behind the title at once.
fn lacks_source(text: &str, fields: &Fields) -> bool {
    let (Some(title), Some(volume), Some(pages)) = (&fields.title, &fields.volume, &fields.pages) else { return false };
    let words = tokens(&title.text);
    let sentence = words.iter().filter(|t| t.is_word()).count() >= 4 && !words.iter().any(|t| t.is('.') || t.is_gap());
    // The name of a journal that no mark parts from the title is written in capitals.
    let open = words.iter().rev().filter(|t| t.is_word()).take(2).any(|t| t.text.starts_with(char::is_lowercase));
    let numbered = volume.text.bytes().all(|b| b.is_ascii_digit()) && pages.text.contains(|c: char| c.is_ascii_digit());
    let signed = !fields.authors.is_empty() && title.range.end <= volume.range.start;
    // `‘Growth of twins’, Thorax,`: what stands behind the quotation is the journal.
    let quoted = ["’,", "”,", "\","].iter().any(|mark| title.text.contains(mark));
    let told =
        quoted || left_over(text, fields, title.range.end..text.len()).any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2);
    sentence && open && numbered && signed && !told && fields.url.is_none()
}

/// No number is a year, in whatever place and calendar.
fn lacks_year(text: &str, fields: &Fields) -> bool {
    let placed = match fields.kind {
        Kind::Journal => fields.volume.is_some() && fields.pages.is_some() && fields.container.as_ref().is_some_and(names_journal),
        _ => fields.container.is_some() && fields.url.is_none() && fields.accessed.is_none(),
    };
    let numbers = |field: &Option<Field>| field.as_ref().map_or(0..0, |field| field.range.clone());
    let pages = if fields.kind == Kind::Journal { numbers(&fields.pages) } else { 0..0 };
    let hidden = [pages, numbers(&fields.doi), numbers(&fields.pmid), numbers(&fields.pmcid), numbers(&fields.url)];
    let dated = tokens(text).iter().any(|t| {
        let year = |word: &str| is_year(word) || word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1300..2600).contains(&year));
        !hidden.iter().any(|range| range.contains(&t.start)) && t.text.split(|c: char| !c.is_ascii_digit()).any(year)
    });
    placed && fields.title.is_some() && !dated && !is_unfinished(text)
}

/// A journal and a year, and no number that could be a volume or page, nor anything else to find the work by.
fn lacks_locator(text: &str, fields: &Fields) -> bool {
    let Some(container) = fields.container.as_ref().filter(|container| names_journal(container)) else { return false };
    let found = fields.doi.is_some() || fields.pmid.is_some() || fields.pmcid.is_some() || fields.url.is_some();
    let entire = fields.title.is_some() && fields.year.is_some() && !fields.authors.is_empty() && fields.issue.is_none();
    if found || !entire || is_unfinished(text) {
        return false;
    }
    // The day of a month is no page.
    let behind = container.range.end..text.len();
    let month = tokens(&text[behind.clone()]).iter().any(is_month_token);
    !left_over(text, fields, behind).any(|word| is_numeral(word) && !(month && is_day(word)))
}

fn is_numeral(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) || word.bytes().all(|b| b"IVXLC".contains(&b))
}

/// Words that give the day of reading, in the languages of reference lists.
#[rustfmt::skip]
const ACCESSED: &[&str] = &[
    "access", "acces", "accès", "accéd", "assessed", "cited", "retrieved", "visited", "viewed", "consult", "browsed", "downloaded", "zugriff", "abgerufen",
    "zuletzt", "checked", "last seen", "acess", "geraadpleegd", "bezocht", "hämtad", "hentet", "erişim", "dostęp",
];

/// Hosts whose pages stay what they are.
#[rustfmt::skip]
const LASTING: &[&str] = &[
    "doi.org", "ncbi.nlm.nih.gov", "pubmed", "clinicaltrials.gov", "isrctn", "arxiv.org", "handle.net", "jstor.org", "archive.org", "biorxiv.org",
    "medrxiv.org", "cran.r-project.org", "perma.cc", "webcitation.org", "europepmc.org", "zenodo.org",
];

/// A page that may change tomorrow, without the day on which it was read.
fn lacks_access_date(text: &str, fields: &Fields) -> bool {
    let Some(url) = &fields.url else { return false };
    let lower = text.to_lowercase();
    let lasting = LASTING.iter().any(|host| url.text.to_lowercase().contains(host)) || fields.doi.is_some() || fields.pmid.is_some();
    // `[July 3, 2009]` behind a link can be nothing else.
    let dated = text[url.range.end..].contains(|c: char| c.is_ascii_digit());
    let placed = fields.volume.is_some() || fields.pages.is_some();
    !lasting && !dated && !placed && !ACCESSED.iter().any(|word| lower.contains(word))
}

/// Words that only names of journals are made of.
const PERIODICAL: &[&str] = &["journal", "j", "lancet", "bmj", "jama", "plos", "annals", "archives", "proceedings", "zeitschrift", "acta"];

/// Shortened words that names of bodies are made of as well.
#[rustfmt::skip]
const BODILY: &[&str] = &[
    "Acad", "Am", "Assoc", "Aust", "Bur", "Br", "Can", "Coll", "Conf", "Eur", "Fed", "Ger", "Hosp", "Inst", "Int", "Natl", "Org", "Publ", "Rep", "Soc", "St",
    "Univ",
];

/// Journals named by plain words, which bodies have in their names too (“Cancer Care Ontario”).
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "Addiction", "Blood", "Brain", "Cancer", "Cell", "Chest", "Circulation", "Diabetes", "Diabetes Care", "Gastroenterology", "Gut", "Heart", "Hepatology",
    "Hypertension", "Nature", "Neurology", "Pain", "Pediatrics", "Radiology", "Science", "Sleep", "Stroke", "Thorax",
];

/// Whether a container is certainly the name of a journal, and of no body that may be an issuer.
fn names_journal(container: &Field) -> bool {
    if PLAIN.contains(&container.text.as_str()) {
        return true;
    }
    let words = tokens(&container.text);
    let short = words.iter().any(|t| (is_abbreviation(t.text) || is_stem(t.text)) && !BODILY.contains(&t.text));
    let periodical = words.iter().any(|t| t.any(PERIODICAL));
    let body = words.iter().any(|t| is_group_word(t.text) || matches!(t.text, "Assoc" | "Coll" | "Inst" | "Soc" | "Univ"));
    is_name_like(&words) && (periodical || short && !body)
}

/// The words of a stretch behind the authors that belong to no part.
fn left_over<'t>(text: &'t str, fields: &'t Fields, stretch: std::ops::Range<usize>) -> impl Iterator<Item = &'t str> {
    const ANNOUNCED: &[&str] = &["doi", "pmid", "pmcid", "https", "http", "org", "and", "et", "al", "available", "from", "vol", "pp"];
    let words = tokens(text.get(stretch.clone()).unwrap_or(""));
    let words = words.into_iter().filter(move |t| t.is_word() && !t.any(ANNOUNCED)).map(move |t| (stretch.start + t.start, t.text));
    words.filter(move |(start, _)| !fields.named().any(|(_, part)| part.range.contains(start))).map(|(_, word)| word)
}

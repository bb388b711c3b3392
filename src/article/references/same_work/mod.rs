//! Whether two entries cite the same work, judged by their words alone.
//!
//! A duplicate repeats title, first author and place. Companion papers share the first words of a title, the authors or a
//! book, and differ in a number, a subtitle or a page: where anything speaks for two works, they are two.

mod key;

use std::cell::OnceCell;
use std::collections::HashMap;

use super::Reference;
use Agreement::{Agree, Conflict, Unknown};
use key::{Key, LEAST};

/// How two entries compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same words.
    Same,
    /// The same work, written differently.
    Near,
    Different,
}

/// Compares two entries.
pub fn compare(a: &Reference, b: &Reference) -> Likeness {
    judge(&Key::of(a), &Key::of(b))
}

/// The entries that repeat an earlier one: `(earlier, later, likeness)` by their places in the list, each later entry once.
///
/// Entries are compared only where they share an identifier, a place or a title, so that the time grows with the list.
pub fn duplicates(entries: &[Reference]) -> Vec<(usize, usize, Likeness)> {
    let mut marks: Vec<(u64, usize)> = Vec::with_capacity(entries.len() * 5);
    for (i, entry) in entries.iter().enumerate() {
        key::marks(entry, |mark| marks.push((mark, i)));
    }
    marks.sort_unstable();
    // Almost every entry shares no mark, and needs no key.
    let mut shared: Vec<(usize, u64)> =
        marks.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1).flatten().map(|&(mark, i)| (i, mark)).collect();
    shared.sort_unstable();
    let keys: Vec<OnceCell<Key<'_>>> = entries.iter().map(|_| OnceCell::new()).collect();
    let key = |i: usize| keys[i].get_or_init(|| Key::of(&entries[i]));
    let mut shelves: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut out = Vec::new();
    for own in shared.chunk_by(|a, b| a.0 == b.0) {
        let later = own[0].0;
        let mut candidates: Vec<usize> = own.iter().filter_map(|(_, mark)| shelves.get(mark)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let found = candidates
            .into_iter()
            .map(|earlier| (earlier, judge(key(earlier), key(later))))
            .find(|(_, likeness)| *likeness != Likeness::Different);
        match found {
            Some((earlier, likeness)) => out.push((earlier, later, likeness)),
            None => {
                for (_, mark) in own {
                    let shelf = shelves.entry(*mark).or_default();
                    if shelf.len() < SHELF {
                        shelf.push(later);
                    }
                }
            }
        }
    }
    out
}

/// The most entries compared under one mark; more share it only in a list that repeats one title all over.
const SHELF: usize = 24;

/// Titles this alike are one title, misspelt; below the lower bound they are two even at one place.
const SAME_TITLE: f64 = 0.95;
const LIKE_TITLE: f64 = 0.8;
/// At one place in one year a title this alike is one work, whoever is named first.
const MISSPELT_TITLE: f64 = 0.85;
/// Titles shorter than this, in letters, are shared by many works.
const SHORT_TITLE: usize = 25;

fn judge(a: &Key<'_>, b: &Key<'_>) -> Likeness {
    if a.words.len() >= LEAST && a.words == b.words {
        return Likeness::Same;
    }
    let shared = Shared::of(a, b);
    let untitled = a.title.is_empty() || b.title.is_empty();
    let near = shortened(a, b) || untitled && shared.is_all() || !untitled && titled(a, b, &shared);
    if near { Likeness::Near } else { Likeness::Different }
}

/// Whether one entry is the other with words shortened, as `Journal of Sleep Medicine` and `J. Sleep Med.`: word by word
/// the same or a beginning, numbers the same.
fn shortened(a: &Key<'_>, b: &Key<'_>) -> bool {
    let alike = |(x, y): (&String, &String)| {
        let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        short == long || short.len() >= 3 && long.starts_with(short.as_str()) && !long.bytes().any(|byte| byte.is_ascii_digit())
    };
    let (a, b) = (a.list(), b.list());
    a.len() >= 8 && a.len() == b.len() && a.iter().zip(b).all(alike)
}

fn titled(a: &Key<'_>, b: &Key<'_>, shared: &Shared) -> bool {
    let alike = similarity(&a.title, &b.title);
    let subtitle = a.title.starts_with(&b.title) || b.title.starts_with(&a.title);
    let part = a.numbers != b.numbers && !subtitle;
    if alike < LIKE_TITLE && !subtitle || part || a.about != b.about || a.edition != b.edition {
        return false;
    }
    if alike == 1.0 || alike >= SAME_TITLE && shared.is_placed() {
        return same_title(a, b, shared);
    }
    // A subtitle left out, a word changed or misspelt: only the place or the identifier can tell.
    let misspelt = alike >= MISSPELT_TITLE && a.title.len() >= SHORT_TITLE && shared.year == Agree;
    let free = shared.author != Conflict && shared.year != Conflict && shared.page != Conflict;
    shared.is_placed() && (misspelt || free) || shared.identifier == Agree && free
}

/// Titles longer than this, in bytes, are compared as a whole only: measuring takes the square of the length.
const LONG_TITLE: usize = 1000;

/// How alike two titles are, from 0 to 1.
fn similarity(a: &str, b: &str) -> f64 {
    match () {
        () if a == b => 1.0,
        () if a.len().max(b.len()) > LONG_TITLE => 0.0,
        () => strsim::normalized_levenshtein(a, b),
    }
}

/// Whether works of one title are one work.
fn same_title(a: &Key<'_>, b: &Key<'_>, shared: &Shared) -> bool {
    if shared.identifier == Conflict && !shared.is_placed() || shared.author == Conflict && !alike_names(a, b) {
        return false;
    }
    if shared.volume == Unknown && shared.page == Unknown {
        // Pages of the web, books and guidelines come again every year under one title.
        let link = Agreement::of(&a.url, &b.url);
        let known = shared.author == Agree || shared.identifier == Agree || link == Agree || a.title.len() >= 2 * SHORT_TITLE;
        let lettered = Agreement::of(&a.letter, &b.letter) == Conflict;
        return shared.year != Conflict && !lettered && link != Conflict && known && a.container_agrees(b);
    }
    // One number may be misprinted where all else agrees; a year may be that of the online version.
    let conflicts = [shared.volume, shared.page, shared.year].iter().filter(|&&part| part == Conflict).count();
    let by_page = shared.page == Agree && shared.volume != Unknown;
    let by_volume = [shared.author, shared.year, shared.volume].iter().all(|&part| part == Agree) && a.title.len() >= 2 * SHORT_TITLE;
    let long = a.title.len() >= SHORT_TITLE || shared.author == Agree;
    long && conflicts <= usize::from(by_page || by_volume && a.container_agrees(b))
}

fn alike_names(a: &Key<'_>, b: &Key<'_>) -> bool {
    let (Some(a), Some(b)) = (&a.author, &b.author) else { return false };
    strsim::normalized_levenshtein(a, b) >= 0.75 || a.starts_with(b.as_str()) || b.starts_with(a.as_str())
}

/// How two entries agree part by part.
struct Shared {
    author: Agreement,
    year: Agreement,
    volume: Agreement,
    /// The first page.
    page: Agreement,
    identifier: Agreement,
}

impl Shared {
    fn of(a: &Key<'_>, b: &Key<'_>) -> Self {
        Self {
            author: Agreement::of(&a.author, &b.author),
            year: Agreement::of(&a.year, &b.year),
            volume: Agreement::of(&a.volume, &b.volume),
            page: Agreement::of(&a.page, &b.page),
            identifier: Agreement::of(&a.doi, &b.doi).or(Agreement::of(&a.pmid, &b.pmid)),
        }
    }

    /// Volume and first page are the same.
    fn is_placed(&self) -> bool {
        self.volume == Agree && self.page == Agree
    }

    /// First author, year, volume and first page are given and the same, which tells a work without its title.
    fn is_all(&self) -> bool {
        self.is_placed() && self.author == Agree && self.year == Agree
    }
}

/// Whether a part that both entries may give is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Agree,
    Conflict,
    /// One of them does not give it.
    Unknown,
}

impl Agreement {
    fn of(a: &Option<String>, b: &Option<String>) -> Self {
        match (a, b) {
            (Some(a), Some(b)) if a == b => Agree,
            (Some(_), Some(_)) => Conflict,
            _ => Unknown,
        }
    }

    fn or(self, other: Self) -> Self {
        if self == Unknown { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;
    use crate::source::Span;

    fn entry(text: &str) -> Reference {
        let mut prose = Prose::default();
        prose.push_verbatim(text, Span::new(0, text.len()));
        Reference::new(None, None, prose, Span::new(0, text.len()))
    }

    fn likeness(a: &str, b: &str) -> Likeness {
        compare(&entry(a), &entry(b))
    }

    const PAPER: &str = "Jönsson AB, de Witt C, Marlow E, Okafor D. Effects of µ-opioid blockade on sleep in adults. Journal of Sleep Medicine. 2011;14(2):201-209. doi:10.1000/jsm.11";

    #[test]
    fn one_work_written_twice_is_found() {
        assert_eq!(likeness(PAPER, PAPER), Likeness::Same);
        for other in [
            "Jönsson AB, de Witt C, et al. Effects of µ-opioid blockade on sleep in adults. J Sleep Med. 2011;14:201-9.",
            "Jönsson, A. B., de Witt, C., Marlow, E., & Okafor, D. (2011). Effects of µ-opioid blockade on sleep in adults. J. Sleep Med., 14, 201–209.",
            "Jonsson A.B., de Witt C., Marlow E., Okafor D.: Effects Of µ-Opioid Blockade On Sleep In Adults. J Sleep Med 2011, 14:201–209.",
        ] {
            assert_eq!(likeness(PAPER, other), Likeness::Near, "{other}");
        }
    }

    #[test]
    fn companions_are_two_works() {
        for other in [
            "Jönsson AB, de Witt C, Marlow E, Okafor D. Effects of µ-opioid blockade on sleep in adults: five-year follow-up. J Sleep Med. 2014;17:80-91.",
            "Jönsson AB, de Witt C, Marlow E, Okafor D. Effects of µ-opioid blockade on sleep in children. J Sleep Med. 2011;14:210-219.",
            "Jönsson AB. Erratum: Effects of µ-opioid blockade on sleep in adults. J Sleep Med. 2011;14:400.",
            "Marlow E. Effects of µ-opioid blockade on sleep in adults. Lancet. 2011;20:5-9.",
        ] {
            assert_eq!(likeness(PAPER, other), Likeness::Different, "{other}");
        }
        let pairs = [
            ("Adler P. Growth of the µ-cell. Part I. J Test. 2001;2:3-9.", "Adler P. Growth of the µ-cell. Part II. J Test. 2001;2:10-19."),
            ("Bern Q. Handbook of care. 2nd ed. London: Test Press; 2001.", "Bern Q. Handbook of care. 3rd ed. London: Test Press; 2009."),
            (
                "Adler P. Sleep. In: Bern Q, ed. Handbook of care. London: Test Press; 2001:3-19. doi:10.1000/book",
                "Coe R. Diet. In: Bern Q, ed. Handbook of care. London: Test Press; 2001:20-31. doi:10.1000/book",
            ),
            (
                "National Care Board. Guideline on sleep in adults, version 1. 2017. https://example.org/sleep",
                "National Care Board. Guideline on sleep in adults, version 2. 2018. https://example.org/sleep",
            ),
            ("Sleep Register Group. µ-Register of sleep studies. 2015a.", "Sleep Register Group. µ-Register of sleep studies. 2015b."),
        ];
        for (a, b) in pairs {
            assert_eq!(likeness(a, b), Likeness::Different, "{b}");
        }
    }

    #[test]
    fn each_later_copy_is_named_once_with_the_first() {
        let list = [PAPER, "Adler P. Another µ study of sleep. J Test. 2001;2:3-9.", PAPER, PAPER].map(entry);
        assert_eq!(duplicates(&list), [(0, 2, Likeness::Same), (0, 3, Likeness::Same)]);
    }
}

//! Year, volume, issue and pages: the run of numbers and marks in which they stand together.

use std::ops::Range;

use super::identifiers::is_month;
use super::numbers::{is_number, is_year};
use super::reading::interpret;
use super::tokens::{Token, is_dash};
use crate::article::shapes::WordList;

/// The numbers of an entry, as ranges of its text.
#[derive(Debug, Default, Clone)]
pub(super) struct Locator {
    pub year: Option<Range<usize>>,
    pub volume: Option<Range<usize>>,
    pub issue: Option<Range<usize>>,
    pub pages: Option<Range<usize>>,
    /// It says "in press", "published online" or the like.
    pub status: bool,
    /// The tokens it takes up.
    pub tokens: Range<usize>,
}

impl Locator {
    /// Whether it tells a place in a periodical or a book, and not only a year.
    pub fn locates(&self) -> bool {
        self.volume.is_some() || self.pages.is_some()
    }

    /// Whether a later run says more than an earlier one; of two that are whole the later stands behind the journal.
    fn beats(&self, earlier: &Locator) -> bool {
        self.volume.is_some() && self.pages.is_some() || self.score() >= earlier.score()
    }

    fn score(&self) -> u32 {
        let year = u32::from(self.year.is_some());
        let pages = 2 * u32::from(self.pages.is_some());
        let volume = 2 * u32::from(self.volume.is_some());
        year + pages + volume + u32::from(self.issue.is_some()) + u32::from(self.status)
    }
}

/// The best run of locating tokens in `tokens[from..]`: the fullest, and of two alike the later.
/// `dated` says that the year was given before.
pub(super) fn find(tokens: &[Token<'_>], from: usize, dated: Option<&str>) -> Option<Locator> {
    let mut best: Option<Locator> = None;
    let mut i = from;
    while i < tokens.len() {
        // Nothing is located before it is named: an entry that begins with a number begins with its title.
        if !starts(tokens, i) || i == 0 {
            i += 1;
            continue;
        }
        let mut end = i;
        while end < tokens.len() && goes_on(&tokens[end]) {
            end += 1;
        }
        let start = if dated.is_none() { past_name(tokens, i) } else { i };
        let found = interpret(tokens, start..end, dated);
        // A lone number inside a sentence is none of a place: `USP 39 NF 34 Fluticasone`.
        let lone = found.year.is_none() && found.pages.is_none() && tokens.get(end).is_some_and(Token::is_word);
        if found.score() > 0 && !lone && best.as_ref().is_none_or(|old| found.beats(old)) {
            best = Some(found);
        }
        i = end.max(i + 1);
    }
    best
}

/// The year of two neighbours, of which the first belongs to the name: `Periodontol 2000. 2001;25:77`, `J Appl Physiol (1985).
/// 2013 Aug;115:613`.
fn past_name(tokens: &[Token<'_>], i: usize) -> usize {
    let is = |k: usize| tokens.get(k).is_some_and(|t| t.text.split(is_dash).all(is_year));
    let is_bracketed = tokens[i].is('(') && tokens.get(i + 2).is_some_and(|t| t.is(')'));
    let named = if is_bracketed { i + 1 } else { i };
    let next = named + if is_bracketed { 2 } else { 1 };
    let next = next + usize::from(tokens.get(next).is_some_and(|t| t.is('.')));
    let goes_on = tokens.get(next + 1).is_some_and(|t| t.is_any(&[';', ',']) || is_bracketed && is_month_token(t));
    if is(named) && tokens.get(next).is_some_and(|t| is_year(t.text)) && goes_on { next } else { i }
}

// What names a number of a locator.
pub(super) static VOLUME: WordList = WordList::new(&["vol", "volume", "bd", "v"]);
pub(super) static ISSUE: WordList = WordList::new(&["no", "nr", "issue", "number", "iss", "num"]);
pub(super) static PAGES: WordList = WordList::new(&["p", "pp", "page", "pages", "pg", "pgs", "article", "art", "id"]);
pub(super) static PART: WordList = WordList::new(&["suppl", "supplement", "supp", "supplementum", "supplements", "pt", "part", "supl"]);
pub(super) static ABSTRACT: WordList = WordList::new(&["abstr", "abstract"]);
/// What locators say beside their numbers.
#[rustfmt::skip]
static NOTES: WordList = WordList::new(&[
    "published", "posted", "preprint", "online", "epub", "e-pub", "ahead", "of", "print", "press", "forthcoming", "accepted", "early",
    "first", "abstr", "abstract", "abstracts",
]);

/// Whether a run of locating tokens begins at `i`.
fn starts(tokens: &[Token<'_>], i: usize) -> bool {
    let token = &tokens[i];
    let next = tokens.get(i + 1);
    if token.is('(') {
        // `(2010)`, `(4):CD004778`, `(Pt 15)`, but not `(2 patients)`.
        return next.is_some_and(|t| is_number(t.text) || t.is_in(&PART) || t.is_in(&ISSUE) || t.is_in(&PAGES))
            && close(tokens, i).is_some();
    }
    if token.is_in(&ABSTRACT) || token.is_in(&VOLUME) || token.is_in(&ISSUE) || token.is_in(&PAGES) || token.is_in(&PART) {
        return next.is_some_and(|t| is_number(t.text) || t.is('.') && tokens.get(i + 2).is_some_and(|t| is_number(t.text)));
    }
    let month = is_month_token(token) && token.is_capital() && next.is_some_and(|t| is_number(t.text) || t.is_any(&[',', '.', ';']));
    let noted = token.any(&["published", "epub", "online", "posted", "preprint"])
        && next.is_some_and(|t| t.is_in(&NOTES) || is_year(t.text) || is_month_token(t));
    let print = token.eq("in") && next.is_some_and(|t| t.eq("press"));
    let closes = next.is_some_and(|t| t.is(')')) && !(i > 0 && tokens[i - 1].is('('));
    let number = !closes && is_number(token.text) && token.text.bytes().any(|b| b.is_ascii_digit()) && !token.text.contains('/');
    number || month || noted || print
}

/// Whether a run goes on with a token.
fn goes_on(token: &Token<'_>) -> bool {
    if !token.is_word() {
        return token.is_any(&[';', ':', ',', '.', '(', ')', '[', ']', '/', '&', '+', '*']) || token.text.chars().all(is_dash);
    }
    is_number(token.text)
        || token.is_in(&VOLUME)
        || token.is_in(&ISSUE)
        || token.is_in(&PAGES)
        || token.is_in(&PART)
        || token.is_in(&NOTES)
        || is_month_token(token)
        || token.any(&["and", "in", "discussion", "quiz", "passim", "a", "b", "th", "n"])
        || token.text.starts_with("discussion")
}

pub(super) fn is_month_token(token: &Token<'_>) -> bool {
    is_month(token.text)
}

/// The index of the bracket that closes the one at `i`.
pub(super) fn close(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let mut depth = 0;
    for (k, token) in tokens.iter().enumerate().skip(i).take(16) {
        if token.is('(') {
            depth += 1;
        } else if token.is(')') {
            depth -= 1;
            if depth == 0 {
                return Some(k);
            }
        }
    }
    None
}

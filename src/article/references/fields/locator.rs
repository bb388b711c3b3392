//! Year, volume, issue and pages: the run of numbers and marks in which they stand together.

use std::ops::Range;

use super::identifiers::is_month;
use super::tokens::{Token, is_dash};

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
        let found = interpret(tokens, i..end, dated);
        // A lone number inside a sentence is none of a place: `USP 39 NF 34 Fluticasone`.
        let lone = found.year.is_none() && found.pages.is_none() && tokens.get(end).is_some_and(Token::is_word);
        if found.score() > 0 && !lone && best.as_ref().is_none_or(|old| found.score() >= old.score()) {
            best = Some(found);
        }
        i = end.max(i + 1);
    }
    best
}

/// A year as printed, such as `2010` or `1963b`.
pub(super) fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4
        && word.len() <= 5
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (1500..2100).contains(&digits.parse().unwrap_or(0))
}

/// A number of a volume or page: digits with a few letters, roman numerals, or a range of them.
pub(super) fn is_number(word: &str) -> bool {
    let mut parts = word.split(is_dash);
    parts.all(|part| {
        let letters = part.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits = part[letters..].bytes().take_while(u8::is_ascii_digit).count();
        let rest = &part[letters + digits..];
        // Letters and eight digits number a trial in a registry.
        let numeric = digits > 0
            && (letters <= 3 || is_roman(&part[..letters]))
            && (letters == 0 || digits < 8)
            && rest.len() <= 3
            && rest.bytes().all(|b| b.is_ascii_alphabetic());
        numeric && !is_ordinal(part) || is_roman(part) || decimal(part)
    })
}

fn is_ordinal(part: &str) -> bool {
    let digits = part.trim_end_matches(|c: char| c.is_ascii_lowercase());
    !digits.is_empty() && matches!(&part[digits.len()..], "st" | "nd" | "rd" | "th") && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `2.5`, `12/13`, and the pages of an appendix, `697.e1`.
fn decimal(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
        && part.contains(['.', '/'])
        && part.replace(".e", ".").bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'/')
}

fn is_roman(part: &str) -> bool {
    (1..=7).contains(&part.len()) && (part.bytes().all(|b| b"ivxlc".contains(&b)) || part.bytes().all(|b| b"IVXLC".contains(&b)))
}

/// A range of pages in one word.
fn is_range(word: &str) -> bool {
    word.contains(is_dash)
}

/// An article number that no volume looks like: `e1001`, `CD000340`, `S176`, `c365`.
fn is_article_number(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    (1..=5).contains(&letters) && word.len() > letters + 1 && word[letters..].bytes().all(|b| b.is_ascii_digit())
}

const VOLUME: &[&str] = &["vol", "volume", "bd", "v"];
const ISSUE: &[&str] = &["no", "nr", "issue", "number", "iss", "num"];
const PAGES: &[&str] = &["p", "pp", "page", "pages", "pg", "pgs", "article", "art", "id"];
const PART: &[&str] = &["suppl", "supplement", "supp", "supplementum", "supplements", "pt", "part", "supl"];
const ABSTRACT: &[&str] = &["abstr", "abstract"];
const NOTES: &[&str] = &[
    "published",
    "posted",
    "preprint",
    "online",
    "epub",
    "e-pub",
    "ahead",
    "of",
    "print",
    "press",
    "forthcoming",
    "accepted",
    "early",
    "first",
    "abstr",
    "abstract",
    "abstracts",
];

fn starts(tokens: &[Token<'_>], i: usize) -> bool {
    let token = &tokens[i];
    let next = tokens.get(i + 1);
    if token.is('(') {
        // `(2010)`, `(4):CD004778`, `(Pt 15)`, but not `(2 patients)`.
        return next.is_some_and(|t| is_number(t.text) || t.any(PART) || t.any(ISSUE) || t.any(PAGES)) && close(tokens, i).is_some();
    }
    if token.any(ABSTRACT) || token.any(VOLUME) || token.any(ISSUE) || token.any(PAGES) || token.any(PART) {
        return next.is_some_and(|t| is_number(t.text) || t.is('.') && tokens.get(i + 2).is_some_and(|t| is_number(t.text)));
    }
    let month = is_month_token(token) && token.is_capital() && next.is_some_and(|t| is_number(t.text) || t.is_any(&[',', '.', ';']));
    let noted = token.any(&["published", "epub", "online", "posted", "preprint"])
        && next.is_some_and(|t| t.any(NOTES) || is_year(t.text) || is_month_token(t));
    let print = token.eq("in") && next.is_some_and(|t| t.eq("press"));
    let closes = next.is_some_and(|t| t.is(')')) && !(i > 0 && tokens[i - 1].is('('));
    let number = !closes && is_number(token.text) && token.text.bytes().any(|b| b.is_ascii_digit()) && !token.text.contains('/');
    number || month || noted || print
}

fn goes_on(token: &Token<'_>) -> bool {
    if !token.is_word() {
        return token.is_any(&[';', ':', ',', '.', '(', ')', '[', ']', '/', '&', '+', '*']) || token.text.chars().all(is_dash);
    }
    is_number(token.text)
        || token.any(VOLUME)
        || token.any(ISSUE)
        || token.any(PAGES)
        || token.any(PART)
        || token.any(NOTES)
        || is_month_token(token)
        || token.any(&["and", "in", "discussion", "quiz", "passim", "a", "b", "th", "n"])
        || token.text.starts_with("discussion")
}

fn is_month_token(token: &Token<'_>) -> bool {
    is_month(&token.text.to_ascii_lowercase())
}

/// The index of the bracket that closes the one at `i`.
fn close(tokens: &[Token<'_>], i: usize) -> Option<usize> {
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

/// Says which number of a run is which.
fn interpret(tokens: &[Token<'_>], run: Range<usize>, dated: Option<&str>) -> Locator {
    let mut out = Locator { tokens: run.clone(), ..Locator::default() };
    let year = find_year(tokens, &run, dated);
    out.year = year.map(|i| tokens[i].range());
    let mut loose: Vec<usize> = Vec::new();
    let mut expects_pages = false;
    let mut expects_issue = false;
    let mut i = run.start;
    while i < run.end {
        let token = &tokens[i];
        if Some(i) == year {
            i += 1;
            continue;
        }
        if token.is('(') {
            let end = close(tokens, i).filter(|&end| end < run.end).unwrap_or(run.end);
            brackets(tokens, i + 1..end, year, !loose.is_empty() || out.volume.is_some(), &mut out);
            i = end + 1;
            continue;
        }
        if is_month_token(token) {
            i += 1 + usize::from(
                tokens.get(i + 1).is_some_and(|t| is_day(t.text)) && !tokens.get(i + 2).is_some_and(|t| t.is_any(&['(', ':'])),
            );
            continue;
        }
        if is_number(token.text) && is_day(token.text) && tokens.get(i + 1).is_some_and(|t| is_month_token(t)) {
            i += 1;
            continue;
        }
        if token.any(ABSTRACT) && out.pages.is_none() && tokens.get(i + 1).is_some_and(|t| is_number(t.text)) {
            out.pages = Some(token.start..tokens[i + 1].end());
            i += 2;
            continue;
        }
        if token.any(PAGES) || token.text.starts_with("discussion") || token.eq("quiz") {
            if !token.any(PAGES) && out.pages.is_some() {
                break;
            }
            expects_pages = true;
        } else if token.any(ISSUE) {
            expects_issue = true;
        } else if token.any(PART) && out.pages.is_none() {
            let end = part_end(tokens, i, run.end);
            out.issue = Some(token.start..tokens[end - 1].end());
            i = end;
            continue;
        } else if token.is(':') && out.pages.is_none() {
            expects_pages = true;
        } else if is_number(token.text) && !token.any(VOLUME) && out.pages.is_none() {
            let spaced_range = tokens.get(i + 1).is_some_and(|t| t.text.chars().all(is_dash))
                && tokens.get(i + 2).is_some_and(|t| is_number(t.text))
                && i + 2 < run.end;
            if expects_issue {
                out.issue = Some(token.range());
                expects_issue = false;
            } else if expects_pages || spaced_range || is_range(token.text) && !loose.is_empty() || is_pages(token.text, loose.is_empty()) {
                let end = pages_end(tokens, i, run.end);
                out.pages = Some(token.start..tokens[end - 1].end());
                i = end;
                continue;
            } else {
                loose.push(i);
            }
        }
        i += 1;
    }
    // `version 1. 2017`: a number that a full stop parts from the year belongs to the title.
    let parted = |v: usize| year == Some(v + 2) && tokens[v + 1].is('.') && out.pages.is_none() && out.issue.is_none();
    if loose.len() == 1 && parted(loose[0]) {
        out.tokens.start = loose[0] + 2;
        loose.clear();
    }
    out.status = tokens[run].iter().any(|t| t.any(&["press", "published", "posted", "epub", "ahead", "forthcoming"]));
    settle(tokens, &loose, &mut out);
    out
}

/// A word that can only be pages where a volume might stand.
fn is_pages(word: &str, first: bool) -> bool {
    is_article_number(word) && (!first || word.len() >= 5 && !word.starts_with(['S', 's'])) || is_range(word) && is_wide(word)
}

/// A range whose ends are not neighbours, as those of a double volume (`12-13`) are.
fn is_wide(word: &str) -> bool {
    let mut ends = word.split(is_dash).map(|end| end.parse::<u64>());
    match (ends.next(), ends.next()) {
        (Some(Ok(first)), Some(Ok(last))) => last != first + 1,
        _ => true,
    }
}

/// A day of a month, or the days of a meeting: `3`, `3-6`.
fn is_day(word: &str) -> bool {
    word.split(is_dash).all(|day| day.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)))
}

/// The numbers that no mark names: volume, issue and pages in this order.
fn settle(tokens: &[Token<'_>], loose: &[usize], out: &mut Locator) {
    let range = |i: usize| Some(tokens[i].range());
    match (loose, out.pages.is_some()) {
        ([], _) => {}
        ([v], _) => out.volume = range(*v),
        ([v, i, ..], true) => {
            out.volume = range(*v);
            out.issue = out.issue.take().or(range(*i));
        }
        ([v, p], false) => {
            out.volume = range(*v);
            out.pages = range(*p);
        }
        ([v, i, p, ..], false) => {
            out.volume = range(*v);
            out.issue = out.issue.take().or(range(*i));
            out.pages = range(*p);
        }
    }
}

/// What stands in brackets: a year, an issue, a supplement with the number of an abstract.
fn brackets(tokens: &[Token<'_>], inside: Range<usize>, year: Option<usize>, after_volume: bool, out: &mut Locator) {
    if inside.is_empty() || year.is_some_and(|year| inside.contains(&year)) {
        return;
    }
    let words = &tokens[inside.clone()];
    if let Some(k) = words.iter().position(|t| t.any(ABSTRACT)) {
        let number = words[k..].iter().find(|t| is_number(t.text));
        if out.pages.is_none()
            && let Some(number) = number
        {
            out.pages = Some(words[k].start..number.end());
        }
        let part = words[..k].iter().rposition(|t| t.is_word()).map(|last| words[0].start..words[last].end());
        out.issue = out.issue.take().or(part);
        return;
    }
    if let Some(k) = words.iter().position(|t| t.any(&["pp", "p", "pages"])) {
        let from = words[k..].iter().position(|t| is_number(t.text)).map(|n| inside.start + k + n);
        if let Some(from) = from {
            out.pages = Some(tokens[from].start..tokens[pages_end(tokens, from, inside.end) - 1].end());
        }
        return;
    }
    let issue = words.iter().any(|t| is_number(t.text) || t.any(PART)) && out.pages.is_none();
    if issue && (after_volume || out.year.is_some()) {
        let first = words.iter().position(|t| t.is_word() && !t.any(ISSUE)).unwrap_or(0);
        let last = words.iter().rposition(|t| t.is_word()).unwrap_or(words.len() - 1);
        if first <= last {
            out.issue = Some(words[first].start..words[last].end());
        }
    }
}

/// The year of a run: in brackets, else at its start or end, else after a comma.
fn find_year(tokens: &[Token<'_>], run: &Range<usize>, dated: Option<&str>) -> Option<usize> {
    let years: Vec<usize> = run.clone().filter(|&i| is_year(tokens[i].text)).collect();
    let bracketed = years.iter().copied().find(|&i| {
        i > run.start
            && tokens[i - 1].is_any(&['(', '['])
            && tokens.get(i + 1).is_some_and(|t| t.is_any(&[')', ']', ',', ' ']) || is_month_token(t))
            || tokens.get(i + 1).is_some_and(|t| t.is(')')) && i > run.start && is_month_token(&tokens[i - 1])
    });
    // A year given before is repeated here at most in the form `2010;12:3`.
    if let Some(dated) = dated {
        return years.into_iter().find(|&i| {
            tokens[i].text == dated && (i == run.start && tokens.get(i + 1).is_some_and(|t| t.is(';')) || Some(i) == bracketed)
        });
    }
    // `Periodontol 2000. 2001;25:77`: of neighbours the last one is the year.
    let is_neighbour = |i: usize, k: usize| k == i + 1 || k == i + 2 && tokens[i + 1].is('.');
    if let [.., first, second] = years[..]
        && bracketed.is_none()
        && is_neighbour(first, second)
        && tokens.get(second + 1).is_some_and(|t| t.is_any(&[';', ',']))
    {
        return Some(second);
    }
    bracketed.or_else(|| {
        years.iter().copied().find(|&i| {
            let before = i.checked_sub(1).filter(|&k| k >= run.start).map(|k| &tokens[k]);
            !before.is_some_and(|t| t.is(':') || t.text.chars().all(is_dash) || t.any(PAGES))
        })
    })
}

/// The end of "Suppl 1", "Pt. 2", "suppl".
fn part_end(tokens: &[Token<'_>], i: usize, end: usize) -> usize {
    let mut k = i + 1;
    if k < end && tokens[k].is('.') && tokens.get(k + 1).is_some_and(|t| is_number(t.text)) {
        k += 1;
    }
    if k < end && is_number(tokens[k].text) && !is_year(tokens[k].text) {
        k += 1;
    }
    k
}

/// The end of pages that start at `i`: `iii–iv, ix–x, 1-59`, `34 – 56`.
fn pages_end(tokens: &[Token<'_>], i: usize, end: usize) -> usize {
    let mut k = i + 1;
    if k + 1 < end && tokens[k].text.chars().all(is_dash) && is_number(tokens[k + 1].text) {
        k += 2;
    }
    while k + 1 < end && tokens[k].is(',') && is_range(tokens[k + 1].text) && is_number(tokens[k + 1].text) {
        k += 2;
    }
    k
}

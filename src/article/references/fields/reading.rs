//! Which number of a locator is which.

use std::ops::Range;

use super::locator::{ABSTRACT, ISSUE, Locator, PAGES, PART, VOLUME, close, is_month_token};
use super::numbers::{is_day, is_number, is_pages, is_range, is_year};
use super::tokens::{Token, is_dash};

/// Says which number of a run is which.
pub(super) fn interpret(tokens: &[Token<'_>], run: Range<usize>, dated: Option<&str>) -> Locator {
    let year = find_year(tokens, &run, dated);
    let out = Locator { tokens: run.clone(), year: year.map(|i| tokens[i].range()), ..Locator::default() };
    let mut reading = Reading { tokens, end: run.end, year, next: Next::Any, loose: Vec::new(), out };
    let mut i = run.start;
    while i < run.end {
        i = reading.step(i);
    }
    let Reading { mut loose, mut out, .. } = reading;
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

/// A run read token by token.
struct Reading<'t, 'a> {
    tokens: &'t [Token<'a>],
    /// Where the run ends.
    end: usize,
    year: Option<usize>,
    next: Next,
    /// The numbers that no mark names.
    loose: Vec<usize>,
    out: Locator,
}

/// What the word or mark before a number says that it is.
#[derive(PartialEq, Eq)]
enum Next {
    Any,
    Issue,
    Pages,
}

impl Reading<'_, '_> {
    /// Reads the token at `i` and returns the next one to read.
    fn step(&mut self, i: usize) -> usize {
        let token = &self.tokens[i];
        let numbered = self.tokens.get(i + 1).is_some_and(|t| is_number(t.text));
        let unpaged = self.out.pages.is_none();
        if Some(i) == self.year {
            return i + 1;
        }
        if token.is('(') {
            let end = close(self.tokens, i).filter(|&end| end < self.end).unwrap_or(self.end);
            let after_volume = !self.loose.is_empty() || self.out.volume.is_some();
            brackets(self.tokens, i + 1..end, self.year, after_volume, &mut self.out);
            return end + 1;
        }
        if let Some(next) = self.date(i) {
            return next;
        }
        if token.is_in(&ABSTRACT) && unpaged && numbered {
            self.out.pages = Some(token.start..self.tokens[i + 1].end());
            return i + 2;
        }
        if token.text.starts_with("discussion") || token.eq("quiz") {
            // Pages of what was said about the work follow its own.
            self.next = Next::Pages;
            return if unpaged { i + 1 } else { self.end };
        }
        if token.is_in(&PART) && unpaged {
            let end = part_end(self.tokens, i, self.end);
            self.out.issue = Some(token.start..self.tokens[end - 1].end());
            return end;
        }
        if token.is_in(&PAGES) || token.is(':') && unpaged {
            self.next = Next::Pages;
        } else if token.is_in(&ISSUE) {
            self.next = Next::Issue;
        } else if is_number(token.text) && !token.is_in(&VOLUME) && unpaged {
            return self.number(i);
        }
        i + 1
    }

    /// A month with its day, before or behind it.
    fn date(&self, i: usize) -> Option<usize> {
        let next = self.tokens.get(i + 1);
        if is_month_token(&self.tokens[i]) {
            let opens = self.tokens.get(i + 2).is_some_and(|t| t.is_any(&['(', ':']));
            return Some(i + 1 + usize::from(next.is_some_and(|t| is_day(t.text)) && !opens));
        }
        (is_day(self.tokens[i].text) && next.is_some_and(is_month_token)).then_some(i + 1)
    }

    fn number(&mut self, i: usize) -> usize {
        let token = &self.tokens[i];
        let dash = self.tokens.get(i + 1).is_some_and(|t| t.text.chars().all(is_dash));
        let spaced_range = dash && i + 2 < self.end && is_number(self.tokens[i + 2].text);
        let first = self.loose.is_empty();
        if self.next == Next::Issue {
            self.out.issue = Some(token.range());
            self.next = Next::Any;
        } else if self.next == Next::Pages || spaced_range || is_range(token.text) && !first || is_pages(token.text, first) {
            let end = pages_end(self.tokens, i, self.end);
            self.out.pages = Some(token.start..self.tokens[end - 1].end());
            return end;
        } else {
            self.loose.push(i);
        }
        i + 1
    }
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
    // Another year, which belongs to the name of the journal.
    if !after_volume && words.iter().all(|t| is_year(t.text)) {
        return;
    }
    if let Some(k) = words.iter().position(|t| t.is_in(&ABSTRACT)) {
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
    let issue = words.iter().any(|t| is_number(t.text) || t.is_in(&PART)) && out.pages.is_none();
    if issue && (after_volume || out.year.is_some()) {
        let first = words.iter().position(|t| t.is_word() && !t.is_in(&ISSUE)).unwrap_or(0);
        let last = words.iter().rposition(|t| t.is_word()).unwrap_or(words.len() - 1);
        if first <= last {
            out.issue = Some(words[first].start..words[last].end());
        }
    }
}

/// The year of a run: in brackets, else at its start or end, else after a comma.
fn find_year(tokens: &[Token<'_>], run: &Range<usize>, dated: Option<&str>) -> Option<usize> {
    let years: Vec<usize> = run.clone().filter(|&i| is_year(tokens[i].text)).collect();
    let is_bracketed = |&i: &usize| {
        i > run.start
            && tokens[i - 1].is_any(&['(', '['])
            && tokens.get(i + 1).is_some_and(|t| t.is_any(&[')', ']', ',', ' ']) || is_month_token(t))
            || tokens.get(i + 1).is_some_and(|t| t.is(')')) && i > run.start && is_month_token(&tokens[i - 1])
    };
    let mut in_brackets = years.iter().copied().filter(is_bracketed);
    let mut bracketed = in_brackets.next();
    // `J Invent Physiol (1985) 115, 613 (2013)`: one behind the journal may be part of its name.
    if bracketed == Some(run.start + 1) && tokens[run.start].is('(') {
        bracketed = in_brackets.next_back().or(bracketed);
    }
    // A year given before is repeated here at most in the form `2010;12:3`.
    if let Some(dated) = dated {
        return years.into_iter().find(|&i| {
            tokens[i].text == dated && (i == run.start && tokens.get(i + 1).is_some_and(|t| t.is(';')) || Some(i) == bracketed)
        });
    }
    // `2011;366(1579):2743`: what stands at a volume is an issue, where the year stands before it or has brackets of its own.
    let is_at_number = |i: usize| i >= run.start + 2 && !tokens[i - 1].spaced && is_number(tokens[i - 2].text);
    if let Some(issue) = bracketed.filter(|&i| is_at_number(i)) {
        let opens = years.first().copied().filter(|&i| i == run.start && tokens[i + 1].is(';'));
        let other = || years.iter().copied().find(|i| *i > issue && is_bracketed(i));
        return opens.or_else(other).or(bracketed);
    }
    bracketed.or_else(|| {
        years.iter().copied().find(|&i| {
            let before = i.checked_sub(1).filter(|&k| k >= run.start).map(|k| &tokens[k]);
            !before.is_some_and(|t| t.is(':') || t.text.chars().all(is_dash) || t.is_in(&PAGES))
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

//! Numbers that may be citations, by their shape and what stands around them.

use std::collections::HashSet;
use std::ops::Range;

use super::numbers::{self, Kind, Member, NumberList, Spacing};
use super::{Citation, Form, flattened, glued, guards};
use crate::document::{Block, BlockKind, Document, Mark, MarkKind, Place};

/// How sure a shape is by itself, before the document is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Only where the list misses just this number at this place.
    Faint,
    /// Only where the number fits the order of citations and nothing else explains it.
    Weak,
    /// Where the number fits the list.
    Medium,
    Strong,
}

/// A number, or a group of them, that may be a citation.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub block: usize,
    /// The group with its brackets.
    pub range: Range<usize>,
    pub list: NumberList,
    pub form: Form,
    pub strength: Strength,
    /// Each number has brackets of its own.
    pub apart: bool,
    /// The numbers link to a place in the article.
    pub linked: bool,
    /// It says that it cites, whatever the style of the article: `(ref. 11; Figure 2)`, or spaces where markup was, as in
    /// `systems( 2 )`.
    pub telling: bool,
}

impl Candidate {
    /// The same with other numbers, each by itself: a range need not be one in them.
    pub fn renumbered(mut self, order: impl Fn(u32) -> u32) -> Self {
        let single = |member: &Member| -> Vec<Member> {
            member.numbers().map(|number| Member { first: order(number), last: None, range: member.range.clone() }).collect()
        };
        self.list.members = self.list.members.iter().flat_map(single).collect();
        self
    }

    /// The citation that it was found to be.
    pub fn into_citation(self, document: &Document) -> Citation {
        let place = Place::new(self.block, self.range);
        let numbers = self.list.numbers().collect();
        Citation { form: self.form, place, span: document.span(place), members: self.list.members, numbers, apart: self.apart }
    }
}

/// Finds the candidates of one block, in order.
pub fn scan(index: usize, block: &Block, out: &mut Vec<Candidate>) {
    let text = block.text();
    if block.kind == BlockKind::Code || guards::is_byline(text) {
        return;
    }
    let first = out.len();
    let superscripts = superscripts(block);
    let raised: HashSet<usize> = superscripts.iter().map(|range| range.start).collect();
    let (codes, links) = (ranges(block, |kind| *kind == MarkKind::Code), ranges(block, is_internal_link));
    let parts: Vec<Range<usize>> = block
        .marks
        .iter()
        .filter(|mark| is_link_to_part(&mark.kind) || is_link_to_named(text, mark))
        .map(|mark| mark.range.clone())
        .collect();
    let mut superscripts = superscripts.iter().peekable();
    let (mut codes, mut links, mut parts) = (codes.iter().peekable(), links.iter().peekable(), parts.iter().peekable());
    let subscripts: HashSet<usize> = ranges(block, |kind| *kind == MarkKind::Subscript).into_iter().map(|range| range.end).collect();
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        for marks in [&mut superscripts, &mut codes, &mut links, &mut parts] {
            while marks.next_if(|range| range.end <= start).is_some() {}
        }
        let c = text[start..].chars().next().expect("found above");
        let found = match superscripts.peek() {
            Some(range) if range.contains(&start) => {
                // What links to a place in the article cites, whatever stands before: `B<sub>12</sub><sup><a href="#r9">9</a></sup>`.
                let linked = links.peek().is_some_and(|link| link.start < range.end);
                let meets = raised.contains(&range.end);
                let found = superscript(text, (*range).clone(), linked, meets).or_else(|| bracketed_superscript(text, start, range));
                // `ηp²`: one digit behind a subscript is an exponent, two as in `B₁₂¹⁹` are not.
                let exponent = |found: &Candidate| !linked && subscripts.contains(&range.start) && found.list.numbers().all(|n| n < 10);
                found.filter(|found| !exponent(found)).map(|found| note_or_number(block, found))
            }
            _ => match c {
                '[' => bracketed(text, start, ('[', ']')),
                '(' => bracketed(text, start, ('(', ')')),
                '^' => caret(text, start),
                _ => bare(text, start, c),
            },
        };
        // Digits that run into a superscript are not its number: `1988` before `<sup>7</sup>`.
        let marks = |range: &Range<usize>| text[range.clone()].chars().all(|c| c == '*' || numbers::is_mark_of_note(c));
        let limit = superscripts.peek().filter(|range| !marks(range)).map(|range| range.start).filter(|&limit| limit > start);
        let found = found.filter(|found| limit.is_none_or(|limit| found.list.members.iter().all(|m| m.range.end < limit)));
        at = match found {
            Some(found)
                if !codes.peek().is_some_and(|code| code.contains(&start))
                    && parts.peek().is_none_or(|part| part.start >= found.range.end) =>
            {
                let Range { start, end } = found.range;
                // A link over more than the numbers, as over the heading `fetch(1)`, leads to what it names.
                let linked = links.peek().is_some_and(|link| link.start < end && link.start + 1 >= start && link.end <= end + 1);
                out.push(Candidate { block: index, linked, strength: if linked { Strength::Strong } else { found.strength }, ..found });
                end
            }
            _ => {
                let end = start + skip(&text[start..], c);
                // Two superscripts may stand side by side, as an exponent and its citation.
                let limit = limit.or(superscripts.peek().map(|range| range.end));
                limit.map_or(end, |limit| end.min(limit))
            }
        };
    }
    guards::drop_enumerations(block, out, first);
}

/// Where the next candidate may start. Bytes tell almost every place at which none does.
fn next_start(text: &str, mut at: usize) -> Option<usize> {
    loop {
        at += text.as_bytes()[at..].iter().position(|byte| matches!(byte, b'[' | b'(' | b'^' | b'0'..=b'9' | 0xc2 | 0xe2))?;
        let c = text[at..].chars().next()?;
        if c.is_ascii() || numbers::digit(c).is_some() {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Bytes to pass over where no candidate starts: a whole run of digits, so that `12345` is looked at once.
fn skip(rest: &str, c: char) -> usize {
    match numbers::digit(c) {
        Some((_, kind)) => rest.find(|c| numbers::digit(c).is_none_or(|(_, other)| other != kind)).unwrap_or(rest.len()),
        None => c.len_utf8(),
    }
}

/// `(8.06)²²⁶` in an article that lists 38 works: an exponent and a citation in one stretch.
pub fn part_from_exponent(text: &str, candidate: &mut Candidate, highest: u32) {
    let [Member { first, last: None, range }] = candidate.list.members.as_mut_slice() else { return };
    let mut digits = text[range.clone()].chars();
    let exponent = digits.next().filter(|&c| matches!(numbers::digit(c), Some((2 | 3, _))));
    let raised = matches!(candidate.form, Form::Superscript | Form::UnicodeSuperscript) && !candidate.linked;
    let base = text[..range.start].ends_with(|c: char| c == ')' || c.is_alphabetic());
    if let Some(exponent) = exponent
        && raised
        && base
        && *first > highest
        && candidate.range == *range
        && let Some(rest) = numbers::list(digits.as_str(), 0, Spacing::Tight)
        && rest.members[0].first <= highest
    {
        *first = rest.members[0].first;
        range.start += exponent.len_utf8();
        candidate.range.start = range.start;
    }
}

pub fn candidate(range: Range<usize>, list: NumberList, form: Form, strength: Strength) -> Candidate {
    Candidate { block: 0, range, list, form, strength, apart: false, linked: false, telling: false }
}

/// The superscript stretches of a block; marks that touch are one.
fn superscripts(block: &Block) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for mark in block.marks.iter().filter(|mark| mark.kind == MarkKind::Superscript && !mark.range.is_empty()) {
        match out.last_mut() {
            Some(last)
                if mark.range.start <= last.end && !digits_meet(block.text(), last.end)
                    || matches!(&block.text()[last.end..mark.range.start], "," | ", " | "-" | "–") =>
            {
                last.end = last.end.max(mark.range.end);
            }
            _ => out.push(mark.range.clone()),
        }
    }
    out
}

/// `−1` and `14` side by side are two numbers.
fn digits_meet(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_digit()) && text[at..].starts_with(|c: char| c.is_ascii_digit())
}

/// `meets`: another superscript stands directly behind.
fn superscript(text: &str, range: Range<usize>, linked: bool, meets: bool) -> Option<Candidate> {
    let inner = text[range.clone()].trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | '*'));
    let start = range.start + text[range.clone()].find(inner)?;
    let list = numbers::list_raised(&text[..range.end], start).filter(|list| list.end == start + inner.len())?;
    let around = if meets { &text[..range.end] } else { text };
    (linked || guards::is_free_superscript(around, &range, &list)).then(|| candidate(range, list, Form::Superscript, Strength::Strong))
}

/// `<sup>[1]</sup><sup>[2]</sup>`, as wikis print two citations.
fn bracketed_superscript(text: &str, start: usize, range: &Range<usize>) -> Option<Candidate> {
    let found = text[start..].starts_with('[').then(|| bracketed(text, start, ('[', ']')))??;
    (found.range.end <= range.end).then_some(Candidate { form: Form::Superscript, strength: Strength::Strong, ..found })
}

/// A superscript that refers to a note, as word processors write them: its form says so.
fn note_or_number(block: &Block, found: Candidate) -> Candidate {
    let is_note = block.marks_at(found.range.start).any(|kind| matches!(kind, MarkKind::FootnoteReference(_)));
    if is_note { Candidate { form: Form::Footnote, ..found } } else { found }
}

fn caret(text: &str, start: usize) -> Option<Candidate> {
    let open = text[start + 1..].starts_with('[');
    let list = numbers::list(text, start + 1 + usize::from(open), Spacing::Loose)?;
    let close = if open { "]^" } else { "^" };
    let range = start..list.end + close.len();
    (text[list.end..].starts_with(close) && guards::is_free_superscript(text, &range, &list))
        .then(|| candidate(range, list, Form::Superscript, Strength::Strong))
}

/// `[4]`, `(4)`, `[^4]`, and such groups side by side: `[1][2]`, `[1], [2]`, `[3]–[5]`, `(1) (3)`.
fn bracketed(text: &str, start: usize, brackets: (char, char)) -> Option<Candidate> {
    let Inside { mut list, form, named } = inside(text, start, brackets)?;
    let strength = match form {
        Form::Footnote => Strength::Strong,
        Form::Parenthesis => guards::parenthesis(text, start..list.end, &list)?,
        _ => guards::bracket(text, start..list.end, &list)?,
    };
    let mut apart = false;
    while let Some((next, joined)) = neighbour(text, list.end, brackets, form) {
        apart = true;
        match (joined, list.members.last_mut(), next.members.first()) {
            (Joined::ByDash, Some(last), Some(first)) if last.last.is_none() && first.last.is_none() => {
                last.last = Some(first.first);
                last.range.end = first.range.end;
                list.members.extend(next.members.into_iter().skip(1));
            }
            _ => list.members.extend(next.members),
        }
        list.end = next.end;
    }
    let range = start..list.end;
    let hollow = form == Form::Parenthesis && text[range.clone()].starts_with("( ") && text[range.clone()].ends_with(" )");
    let telling = named || hollow && strength == Strength::Strong;
    Some(Candidate { apart, telling, ..candidate(range, list, form, strength) })
}

/// Words that lead to a number in brackets.
const LEADS: &[&str] = &["refs. ", "refs ", "ref. ", "ref ", "Refs. ", "Ref. ", "see ", "references ", "reference "];
/// Words that do so in square brackets only: in parentheses a value may follow them.
const FREE_LEADS: &[&str] = &[
    "cf. ",
    "e.g. ",
    "e.g., ",
    "eg ",
    "eg, ",
    "for a review see ",
    "for a review, see ",
    "for review see ",
    "for review, see ",
    "reviewed in ",
    "see also ",
    "see e.g. ",
    "see, e.g., ",
];

/// The numbers between one pair of brackets; the list ends behind the closing one.
struct Inside {
    list: NumberList,
    form: Form,
    /// A word says that they are references.
    named: bool,
}

fn inside(text: &str, start: usize, (open, close): (char, char)) -> Option<Inside> {
    let rest = text[start..].strip_prefix(open)?;
    let footnote = open == '[' && rest.starts_with('^');
    let words = rest.strip_prefix('^').unwrap_or(rest).trim_start();
    let free = FREE_LEADS.iter().find_map(|word| words.strip_prefix(word)).filter(|rest| open == '[' || words_of_reference(rest));
    let words = free.or_else(|| LEADS.iter().find_map(|word| words.strip_prefix(word))).unwrap_or(words);
    // `see references 6–8`
    let words = LEADS.iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words);
    let at = text.len() - words.len();
    let mut list = numbers::list_in_brackets(text, at)?;
    let tail = text[list.end..].trim_start();
    // `[49.]`: the full stop slipped inside.
    let plain = open == '[' && words.starts_with(|c: char| c.is_ascii_digit());
    let tail = tail.strip_prefix('.').filter(|rest| plain && rest.starts_with(close)).unwrap_or(tail);
    let end = text.len() - tail.len();
    // `(ref. 11; Supplementary Figure S1)`: what follows a reference by name is free.
    let named = at > start + 1 && words.len() < rest.trim_start().len() && !footnote;
    let closed = tail.starts_with(close);
    let goes_on = named && tail.starts_with([';', ',']);
    if !closed && !goes_on {
        return None;
    }
    list.end = if closed { end + close.len_utf8() } else { list.end };
    let form = match (footnote, open) {
        (true, _) => Form::Footnote,
        (_, '[') => Form::Bracket,
        _ => Form::Parenthesis,
    };
    Some(Inside { list, form, named: named && words_of_reference(rest) })
}

/// `ref. 11`, `References 3, 4`.
fn words_of_reference(inner: &str) -> bool {
    inner.trim_start().get(..3).is_some_and(|word| word.eq_ignore_ascii_case("ref"))
}

enum Joined {
    ByDash,
    Otherwise,
}

fn neighbour(text: &str, end: usize, brackets: (char, char), form: Form) -> Option<(NumberList, Joined)> {
    let rest = &text[end..];
    let gap = rest.find(brackets.0).filter(|&gap| gap <= 4)?;
    let joined = match rest[..gap].trim() {
        "" | "," if gap <= 2 => Joined::Otherwise,
        dash if form != Form::Parenthesis && dash.chars().count() == 1 && dash.chars().all(numbers::is_dash) => Joined::ByDash,
        _ => return None,
    };
    let Inside { list, form: same, .. } = inside(text, end + gap, brackets)?;
    (same == form && list.numbers().all(|n| n < 1000)).then_some((list, joined))
}

/// A number without any mark: a Unicode superscript, or one that lost its markup.
fn bare(text: &str, start: usize, c: char) -> Option<Candidate> {
    if matches!(numbers::digit(c), Some((_, Kind::Superscript))) {
        let list = numbers::list(text, start, Spacing::Tight)?;
        let range = start..list.end;
        return guards::is_free_superscript(text, &range, &list)
            .then(|| candidate(range, list, Form::UnicodeSuperscript, Strength::Strong));
    }
    if let Some((at, list)) = glued::read(text, start) {
        return Some(candidate(at..list.end, list, Form::Flattened, Strength::Weak));
    }
    let (list, form, strength) = flattened::read(text, start)?;
    let telling = form == Form::Spaced && strength == Strength::Strong && text[list.end..].starts_with(" .");
    Some(Candidate { telling, ..candidate(start..list.end, list, form, strength) })
}

pub fn is_internal_link(kind: &MarkKind) -> bool {
    matches!(kind, MarkKind::Link(target) if target.starts_with('#')) && !is_link_to_part(kind)
}

/// A link to a figure, a table, a section or an affiliation; its number cites nothing.
fn is_link_to_part(kind: &MarkKind) -> bool {
    matches!(kind, MarkKind::Link(target) if target.strip_prefix('#').is_some_and(is_id_of_part))
}

/// A link whose target has the name that stands before its number: `Step <a href="#step-3">3</a>`.
fn is_link_to_named(text: &str, mark: &Mark) -> bool {
    const CITING: &[&str] = &["cit", "fn", "foot", "note", "ref", "source"];
    let MarkKind::Link(target) = &mark.kind else { return false };
    let word = guards::last_word(text[..mark.range.start].trim_end()).to_lowercase();
    let id = target.strip_prefix('#').unwrap_or_default().to_lowercase();
    let named = word.len() > 2 && id.strip_prefix(&*word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    named && !CITING.iter().any(|citing| word.starts_with(citing))
}

/// Ids as publishers and their systems write them: `fig2`, `Tab1`, `F3`, `S1`, `Aff1`. A small `f1` may be a footnote.
fn is_id_of_part(id: &str) -> bool {
    let id = id.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let word = &id[..id.len() - id.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len()];
    let counted = id[word.len()..].trim_start_matches(['-', '_', '.', ':']).starts_with(|c: char| c.is_ascii_digit());
    const PARTS: &[&str] = &["aff", "affiliation", "app", "box", "eq", "fig", "figure", "sec", "section", "supp", "tab", "table", "tbl"];
    counted && (matches!(word, "F" | "S" | "T") || PARTS.iter().any(|part| part.eq_ignore_ascii_case(word)))
}

/// The ranges of the marks of a kind, in order.
fn ranges(block: &Block, wanted: fn(&MarkKind) -> bool) -> Vec<Range<usize>> {
    block.marks.iter().filter(|mark| wanted(&mark.kind)).map(|mark| mark.range.clone()).collect()
}

//! The parts of an entry: authors, title, container, year, volume, pages, identifiers, and what kind of source it is.
//!
//! Identifiers and links are found by their own marks and taken out first; then the names at the start are read, then
//! the run of numbers that locates the work; what stands between is title and container. A part that is not
//! understood is left out, and spoils no other.

mod abbreviations;
mod authors;
mod bodies;
mod identifiers;
mod kind;
mod locator;
mod names;
mod numbers;
mod reading;
mod required;
mod sentences;
mod tagged;
mod titles;
mod tokens;

use std::ops::Range;

use super::signs::{self, Sign};
pub(super) use abbreviations::is_abbreviation;
pub(super) use authors::is_group_word;
pub use kind::Kind;
pub(super) use names::is_particle;
use numbers::is_year;
pub use required::Element;
pub(super) use required::lacks;
pub use tagged::Tags;
use tokens::Token;

/// A part of an entry: its words, and their range in [`Reference::text`](super::Reference::text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The words, with white space folded.
    pub text: String,
    pub range: Range<usize>,
}

/// The parts of an entry; what is not there, or was not understood, is `None`.
#[derive(Debug, Clone)]
pub struct Fields {
    pub kind: Kind,
    pub authors: Vec<Field>,
    /// The list of authors ends with "et al" or "and others".
    pub et_al: bool,
    pub group_author: Option<Field>,
    pub title: Option<Field>,
    /// The journal, the book that holds a chapter, the site, or the publisher of a book.
    pub container: Option<Field>,
    pub year: Option<Field>,
    pub volume: Option<Field>,
    pub issue: Option<Field>,
    /// Pages or the article number, as printed.
    pub pages: Option<Field>,
    pub doi: Option<Field>,
    pub pmid: Option<Field>,
    pub pmcid: Option<Field>,
    pub url: Option<Field>,
    pub accessed: Option<Field>,
}

impl Fields {
    /// The parts that an entry has once, by name, in the order they are shown; authors stand apart.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &Field)> {
        let parts = [
            ("title", &self.title),
            ("container", &self.container),
            ("year", &self.year),
            ("volume", &self.volume),
            ("issue", &self.issue),
            ("pages", &self.pages),
            ("doi", &self.doi),
            ("pmid", &self.pmid),
            ("pmcid", &self.pmcid),
            ("url", &self.url),
            ("accessed", &self.accessed),
        ];
        parts.into_iter().filter_map(|(name, field)| Some((name, field.as_ref()?)))
    }
}

/// Reads the parts of an entry of which the format tags some.
pub fn read_tagged(text: &str, tags: &Tags) -> Fields {
    let mut fields = read(text);
    tagged::overlay(text, tags, &mut fields);
    fields
}

/// The longest text read as an entry, in bytes; anything longer is a text that lost its line breaks.
const LONGEST: usize = 16 << 10;

/// Reads the parts of an entry.
pub fn read(text: &str) -> Fields {
    let text = if text.len() > LONGEST { "" } else { text };
    let found = identifiers::take(text);
    let tokens = tokens::tokens(&found.body);
    let mut authors = authors::read(&tokens);
    let early = early_year(&tokens, &mut authors);
    let from = early.as_ref().map_or(authors.end, |(_, next)| *next);
    let dated = early.as_ref().map(|(i, _)| tokens[*i].text);
    let locator = locator::find(&tokens, from, dated);
    let titles = titles::read(&tokens, from, &authors, locator.as_ref(), early.is_some());
    let year =
        early.map(|(i, _)| tokens[i].range()).or_else(|| locator.as_ref().and_then(|l| l.year.clone())).or_else(|| any_year(&tokens, from));
    let mut locator = locator.unwrap_or_default();
    // The years that data span are no pages too.
    locator.pages = locator.pages.filter(|pages| Some(pages) != year.as_ref());
    let part = |range: Option<Range<usize>>| range.map(|range| field(text, range));
    let mut fields = Fields {
        kind: Kind::Unknown,
        authors: authors.names.into_iter().map(|range| field(text, range)).collect(),
        et_al: authors.et_al,
        group_author: part(authors.group.or(titles.group)),
        title: part(titles.title.and_then(|title| without_status(text, title))),
        container: part(titles.container),
        // The letter of `2010a` tells two works of one year apart, and is none of the year.
        year: part(year.map(|year| year.start..year.start + text[year].trim_end_matches(|c: char| c.is_ascii_lowercase()).len())),
        volume: part(locator.volume),
        issue: part(locator.issue),
        pages: part(locator.pages),
        doi: found.doi,
        pmid: found.pmid,
        pmcid: found.pmcid,
        url: found.url,
        accessed: found.accessed,
    };
    fields.kind = kind::of(text, &fields, titles.in_book, titles.published);
    fields
}

/// A title without the sentence that tells how the work stands, such as “Submitted for publication”.
fn without_status(text: &str, title: Range<usize>) -> Option<Range<usize>> {
    let words = &text[title.clone()];
    let cut = signs::find(words).into_iter().find(|(sign, range)| {
        let before = words[..range.start].trim_end();
        let status = matches!(sign, Sign::OnlineFirst | Sign::Unpublished) && words[range.clone()].contains(' ');
        match before.chars().next_back() {
            Some('.' | '?' | '!') => *sign != Sign::Retracted,
            Some('(' | '[') if before.len() > 1 => *sign != Sign::Retracted,
            Some('(' | '[') | None => status,
            _ => false,
        }
    });
    let Some((_, cut)) = cut else { return Some(title) };
    let kept = words[..cut.start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '(' | '['));
    (!kept.is_empty()).then(|| title.start..title.start + kept.len())
}

/// The part of an entry at a range, white space folded.
fn field(text: &str, range: Range<usize>) -> Field {
    let words = text.get(range.clone()).unwrap_or("");
    let spaced = words.is_ascii() && !words.bytes().any(|byte| byte.is_ascii_whitespace() && byte != b' ');
    let plain = spaced && !words.contains("  ") && words.trim_ascii() == words;
    let text = if plain { words.to_owned() } else { words.split_whitespace().collect::<Vec<_>>().join(" ") };
    Field { text, range }
}

/// The year behind the authors, `(2010)` or `2010.`, and the token after it. A body named before it becomes the author.
fn early_year(tokens: &[Token<'_>], authors: &mut authors::Authors) -> Option<(usize, usize)> {
    let start = authors.end;
    let bracketed = |i: usize| {
        tokens.get(i).is_some_and(|t| t.is('('))
            && tokens.get(i + 1).is_some_and(|t| is_year(t.text))
            && tokens.get(i + 2).is_some_and(|t| t.is_any(&[')', ',']))
    };
    let behind = |year: usize| {
        let close = (year..tokens.len().min(year + 6)).find(|&k| tokens[k].is(')')).unwrap_or(year);
        (close + 1..tokens.len()).find(|&k| !tokens[k].is_any(&['.', ',', ':', ';'])).unwrap_or(tokens.len())
    };
    if bracketed(start) {
        return Some((start + 1, behind(start + 1))).filter(|&(_, next)| next < tokens.len() && tokens[next..].iter().any(Token::is_word));
    }
    if !authors.names.is_empty() {
        let plain = tokens.get(start).is_some_and(|t| is_year(t.text)) && tokens.get(start + 1).is_some_and(|t| t.is_any(&['.', ',', ':']));
        return plain.then(|| (start, start + 2));
    }
    let open = (1..tokens.len().min(24)).find(|&i| bracketed(i))?;
    let next = behind(open + 1);
    let titled = tokens.get(next).is_some_and(|t| t.is_capital() || t.is_any(&['“', '[', '"']));
    let words = tokens[..open].iter().filter(|t| t.is_word()).count();
    if !titled || words > 14 || tokens[..open].iter().any(|t| t.is_any(&[';', '?'])) {
        return None;
    }
    let last = (0..open)
        .rev()
        .find(|&k| tokens[k].is_word() || tokens[k].is(')') || tokens[k].is('.') && tokens[k - 1].any(&["inc", "ltd", "co"]))?;
    authors.group = Some(tokens[0].start..tokens[last].end());
    authors.end = open;
    Some((open + 1, next))
}

/// A year anywhere in the entry, the last one, where no place of its own names it.
fn any_year(tokens: &[Token<'_>], from: usize) -> Option<Range<usize>> {
    let last = |test: &dyn Fn(&str) -> bool| tokens[from..].iter().rfind(|t| test(t.text)).map(Token::range);
    last(&|word| is_year(word))
        .or_else(|| last(&|word| word.split(tokens::is_dash).count() == 2 && word.split(tokens::is_dash).all(is_year)))
}

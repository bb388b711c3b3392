//! What follows a label: a date, a name, "pending", or nothing.

use std::ops::Range;

use super::labels::{Link, label_at, word_at};
use super::reviewers::{has_degree, is_name};
use crate::article::dates::{self, Mention};

/// The words behind a label, by their ranges in the line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tail {
    pub date: Option<Mention>,
    pub reviewer: Option<Range<usize>>,
    pub pending: bool,
    /// A colon or its like stands between the label and what follows.
    pub colon: bool,
    /// A blank to be filled in, such as `____`, or a reading time stands where the date belongs.
    pub blank: bool,
    /// Where the statement ends; the end of the label where nothing follows.
    pub end: usize,
}

impl Tail {
    pub fn is_empty(&self) -> bool {
        self.date.is_none() && self.reviewer.is_none() && !self.pending
    }
}

/// The longest name with degrees that is looked at, in bytes.
const NAME: usize = 240;

/// Reads what follows a label that ends at `start`.
pub(super) fn read(line: &str, start: usize, link: Link) -> Tail {
    let mut tail = Tail { end: start, ..Tail::default() };
    read_into(line, start, link, &mut tail);
    let rest = line[start..].trim_matches(|c: char| !c.is_alphanumeric());
    tail.blank = tail.is_empty() && (rest.is_empty() || is_reading_time(rest) || is_placeholder(rest));
    tail
}

/// What a form has where the date or the name is to be filled in: "[DATE]", "DD/MM/YYYY", "N/A".
fn is_placeholder(words: &str) -> bool {
    const WORDS: &[&str] =
        &["date", "dd/mm/yyyy", "insert date", "insert name", "mm/dd/yyyy", "n/a", "name", "reviewer name", "todo", "yyyy-mm-dd"];
    words.len() < 16 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(words))
}

fn read_into(line: &str, start: usize, mut link: Link, tail: &mut Tail) {
    let mut at = start;
    loop {
        at = skip_gap(line, at, &mut tail.colon);
        let Some(word) = word_at(line, at) else { break };
        match word.text.to_lowercase().as_str() {
            "on" | "in" | "am" | "le" | "il" | "em" | "el" | "of" | "im" | "op" => at = word.end(),
            "by" | "von" | "durch" | "por" | "par" | "da" if link != Link::By => {
                link = Link::By;
                at = word.end();
            }
            _ => break,
        }
    }
    if starts_label(line, at) {
        return;
    }
    if matches!(link, Link::By | Link::Person) && date_at(line, at).is_none() {
        read_name(line, at, tail);
    } else if let Some(mention) = date_at(line, skip_time(line, at)) {
        tail.end = mention.range.end;
        tail.date = Some(mention);
        read_by(line, tail);
    } else if let Some(length) = pending(&line[at..]) {
        tail.pending = true;
        tail.end = at + length;
    } else if tail.colon && has_degree(&line[at..floor(line, at + NAME)]) {
        read_name(line, at, tail);
    }
}

/// Whether the words say that the review is still to come.
pub(super) fn is_pending(words: &str) -> bool {
    pending(words).is_some()
}

fn pending(words: &str) -> Option<usize> {
    const WORDS: &[&str] = &[
        "pending",
        "draft",
        "awaiting",
        "not yet",
        "in progress",
        "in review",
        "to be confirmed",
        "to be reviewed",
        "tbd",
        "tbc",
        "placeholder",
    ];
    let found = WORDS.iter().find(|word| words.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))?;
    let ends = !words[found.len()..].starts_with(char::is_alphanumeric);
    ends.then_some(found.len())
}

/// A date, or a year that nothing but the end of the statement follows.
fn date_at(line: &str, at: usize) -> Option<Mention> {
    dates::starting_at(line, at).or_else(|| dates::year_at(line, at).filter(|mention| closes(line, mention.range.end)))
}

/// "5:42 PM ET," before a date.
fn skip_time(line: &str, at: usize) -> usize {
    let head = &line[at..floor(line, at + 16)];
    let is_time = matches!(head.as_bytes(), [b'0'..=b'9', b':', ..] | [b'0'..=b'9', b'0'..=b'9', b':', ..]);
    head.rfind(", ").filter(|_| is_time).map_or(at, |i| at + i + 2)
}

/// "by" and a name behind a date.
fn read_by(line: &str, tail: &mut Tail) {
    let after = line[tail.end..].trim_start_matches([' ', '\u{a0}', ',', '*', '_', '\n']);
    let at = line.len() - after.len();
    if let Some(word) = word_at(line, at)
        && ["by", "von", "por", "par"].iter().any(|by| word.text.eq_ignore_ascii_case(by))
    {
        let start = skip_gap(line, word.end(), &mut false);
        let mut name = Tail { end: tail.end, ..Tail::default() };
        read_name(line, start, &mut name);
        if name.reviewer.is_some() {
            tail.reviewer = name.reviewer;
            tail.end = name.end;
        }
    }
}

/// A name up to the next date, label, separator or sentence; the date may follow it.
fn read_name(line: &str, start: usize, tail: &mut Tail) {
    let limit = floor(line, start + NAME);
    let quoted = line[..start].ends_with(['"', '\'']);
    let mut end = limit;
    if quoted && let Some(i) = line[start..limit].find(['"']) {
        end = start + i;
    }
    let stop = stop_of_name(line, start, end);
    let mention = dates::find(&line[start..end]).next().map(|m| Mention { range: m.range.start + start..m.range.end + start, ..m });
    let near = mention.filter(|mention| {
        mention.range.start <= stop + 12 && line[stop.min(mention.range.start)..mention.range.start].chars().all(is_joint)
    });
    let name_end = near.as_ref().map_or(stop, |mention| mention.range.start.min(stop));
    let name = trim_name(line, start..name_end);
    if is_name(&line[name.clone()], near.is_some()) {
        tail.end = name.end;
        tail.reviewer = Some(name);
    } else if near.as_ref().is_none_or(|mention| mention.range.start > start) {
        return;
    }
    if let Some(mention) = near {
        tail.end = mention.range.end;
        tail.date = Some(mention);
    }
}

/// What may stand between a name and its date.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '|' | '—' | '–' | '-' | '·' | '•' | ':' | '(' | '.' | ';' | '*')
}

fn stop_of_name(line: &str, start: usize, end: usize) -> usize {
    let text = &line[..end];
    let mut last = '\n';
    for (i, c) in text[start..].char_indices() {
        let at = start + i;
        let rest = &text[at..];
        let stops = match c {
            '\n' | '\t' | '|' | '•' | '·' | '<' | '—' | '"' | '{' | '[' => true,
            '–' | '-' => last == ' ' && rest[c.len_utf8()..].starts_with(' '),
            ' ' => last == ' ',
            '.' => ends_sentence(text, start, at),
            _ if c.is_uppercase() && i > 0 && (!last.is_alphabetic() || last.is_lowercase() || last.is_uppercase()) => {
                starts_label(text, at) || starts_byline(text, at)
            }
            _ => false,
        };
        if stops {
            return at;
        }
        last = c;
    }
    end
}

/// A full stop that is not part of "Dr.", "C.H." or "M.D.".
fn ends_sentence(text: &str, start: usize, dot: usize) -> bool {
    let word = text[start..dot].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let after = &text[dot + 1..];
    let abbreviated = word.chars().count() <= 1
        || ["dr", "dra", "dott", "sra", "prof", "med", "mr", "mrs", "ms", "st", "jr", "sr", "univ", "dipl", "ph"]
            .iter()
            .any(|a| a.eq_ignore_ascii_case(word));
    !abbreviated && (after.is_empty() || after.starts_with(char::is_whitespace))
}

fn trim_name(line: &str, range: Range<usize>) -> Range<usize> {
    let mut words = line[range.clone()].trim_end();
    loop {
        let shorter = words
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '(' | '*' | '_' | '/' | '>' | '\\'));
        let shorter = [" on", " am", " el", " le", " il", " in", " em", " op", " and"]
            .iter()
            .find_map(|w| shorter.strip_suffix(w))
            .unwrap_or(shorter);
        if shorter.len() == words.len() {
            break;
        }
        words = shorter;
    }
    // "Dr. Jane Doe." has a stop of its own, "Jane Doe M.D." has not.
    let bare = words.strip_suffix('.').filter(|bare| bare.rsplit([' ', '.']).next().is_some_and(|last| last.chars().count() > 1));
    let words = bare.unwrap_or(words);
    range.start..range.start + words.len()
}

/// Whether a label of a statement starts here, so that another statement does.
pub(super) fn starts_label(line: &str, at: usize) -> bool {
    label_at(line, at).is_some_and(|label| {
        label.qualified
            || label.link != Link::None
            || line[label.range.end..].trim_start().starts_with(':')
            || dates::starting_at(line, skip_gap(line, label.range.end, &mut false)).is_some()
    })
}

/// Whether another part of a byline starts here.
fn starts_byline(line: &str, at: usize) -> bool {
    const PARTS: &[&str] =
        &["Written by", "Fact checked", "Fact Checked", "Fact-checked", "Author:", "By ", "Edited by", "Source:", "Category:"];
    PARTS.iter().any(|part| line[at..].starts_with(part))
}

/// Whether a statement may end here: nothing follows, or no word that goes on with the sentence.
pub(super) fn closes(line: &str, end: usize) -> bool {
    let rest = line[end..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
    match rest.chars().next() {
        None | Some('<') => true,
        Some(c) if c.is_lowercase() => {
            let word = word_at(rest, 0).map_or("", |word| word.text);
            matches!(word, "by" | "at" | "min" | "br" | "am" | "pm" | "von" | "por" | "par")
                || line[end..].starts_with(['|', '<', '\n', '"', '\\'])
        }
        Some(c) => {
            !c.is_alphabetic()
                || is_reading_time(rest)
                || !line[end..].starts_with(' ')
                || line[end..].starts_with("  ")
                || starts_label(rest, 0)
                || starts_byline(rest, 0)
        }
    }
}

/// "7 min read".
fn is_reading_time(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    rest.len() < words.len() && rest.len() < 20 && ["min", "mins", "minute", "minutes"].iter().any(|min| rest.starts_with(min))
}

/// Passes over white space, punctuation and tags; tells whether a colon or a like mark was among them.
fn skip_gap(line: &str, start: usize, colon: &mut bool) -> usize {
    let mut at = start;
    while let Some(c) = line[at..].chars().next() {
        if c == '<' {
            let Some(length) = tag_length(&line[at..]) else { break };
            at += length;
            continue;
        }
        if c.is_alphanumeric() {
            break;
        }
        *colon |= matches!(c, ':' | '=' | '|' | '—' | '–' | '\t' | '：');
        at += c.len_utf8();
    }
    at
}

/// The length of a tag such as `<p class="x">` at the start of a text.
pub(super) fn tag_length(text: &str) -> Option<usize> {
    let head = &text[..floor(text, 400)];
    let named = head[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    named.then(|| head.find('>')).flatten().map(|i| i + 1)
}

/// The nearest character boundary at or before an offset.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

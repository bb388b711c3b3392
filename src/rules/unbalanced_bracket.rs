use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::document::{Block, Place};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "unbalanced-bracket",
    category: Category::Text,
    summary: "a bracket or quotation mark that is never closed, or never opened",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/unbalanced-bracket.md"),
    make: make::<UnbalancedBracket>,
    defaults: defaults::<UnbalancedBracket>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UnbalancedBracket {}

impl Rule for UnbalancedBracket {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for (index, block) in cx.text().filter(|(_, block)| block.is_running()) {
            let next = cx.document.blocks.get(index + 1).map_or("", Block::text);
            if let Some(at) = unclosed_quotation(block.text(), next).filter(|_| is_whole(block.text())) {
                let words = quoted(block.text(), at, Side::Opened);
                let message = format!("the quotation mark of “{words}” is never closed", words = words.trim_start_matches('“'));
                sink.report(
                    Finding::new(cx.span(Place::new(index, at..at + '“'.len_utf8())), message)
                        .help("Add the other mark, or delete this one"),
                );
            }
            if let Some((at, side)) = unbalanced(block.text()).filter(|_| is_whole(block.text())) {
                let words = quoted(block.text(), at, side);
                let message = match side {
                    Side::Opened => format!("the bracket of “{words}” is never closed"),
                    Side::Closed => format!("the bracket of “{words}” is never opened"),
                };
                sink.report(
                    Finding::new(cx.span(Place::new(index, at..at + 1)), message).help("Add the other bracket, or delete this one"),
                );
            }
        }
    }
}

/// The one opening mark of a paragraph that has no closing one. Marks are typed in many ways: a paragraph with straight, low or
/// doubled single ones, or with one kind on both sides, tells nothing, and a quotation may go on in the next paragraph.
fn unclosed_quotation(text: &str, next: &str) -> Option<usize> {
    let first = text.find('“')?;
    let other = ['"', '„', '‟', '«', '»', '‹', '″', '`'];
    if text.contains(other) || ["’’", "‘‘", "''"].iter().any(|pair| text.contains(pair)) || next.trim_start().starts_with(['“', '"', '‘'])
    {
        return None;
    }
    let mut open = None;
    for (at, mark) in text[first..].match_indices(['“', '”']).map(|(at, mark)| (first + at, mark)) {
        match (mark, open) {
            ("“", None) if !text[..at].ends_with(char::is_alphanumeric) => open = Some(at),
            ("”", Some(_)) => open = None,
            // A mark within a quotation, or one that closes what was never opened.
            _ => return None,
        }
    }
    open.filter(|at| text[*at..].chars().nth(1).is_some_and(|c| !c.is_whitespace()))
}

/// Sentences to their end, without formulas and code: these have brackets of their own kind, and a block that breaks off goes on
/// in another one.
fn is_whole(text: &str) -> bool {
    let body = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || ",-–[]()”\"’*_^ ".contains(c));
    body.ends_with(['.', '?', '!', ':', '…']) && !text.contains(['\\', '$', '=', '{', '∑', '∫', '|', '\u{fffc}'])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Opened,
    Closed,
}

/// The bracket without a partner. `[0, 1)` is an interval, so that any bracket closes any other. Several at once are a formula or
/// a name of chemistry, and no slip.
fn unbalanced(text: &str) -> Option<(usize, Side)> {
    let mut open = Vec::new();
    let mut closed = Vec::new();
    let brackets = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'(' | b')' | b'[' | b']'));
    for (at, byte) in brackets.filter(|&(at, _)| !is_smile(text, at)) {
        match byte {
            b'(' | b'[' => open.push(at),
            _ if open.pop().is_none() && !is_label(text, at) => closed.push(at),
            _ => {}
        }
    }
    match (&open[..], &closed[..]) {
        (&[at], []) => Some((at, Side::Opened)),
        ([], &[at]) => Some((at, Side::Closed)),
        _ => None,
    }
}

/// `1)`, `a)`, `iv)`: the label of an item.
fn is_label(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '—' | ';' | ':')).next().unwrap_or("");
    let roman = !word.is_empty() && word.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    let digits = !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    // `c-d)`, `a,b)`: panels of a figure.
    let panels = word.len() <= 5 && word.split(['-', '–', ',', '&']).all(|part| part.chars().count() <= 1);
    roman || digits || panels
}

fn is_smile(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches('-');
    before.ends_with([':', ';']) && !before.ends_with("::") && text[..at].len() > 1 && before.trim_end_matches([':', ';']).ends_with(' ')
}

/// A few words at the bracket.
fn quoted(text: &str, at: usize, side: Side) -> String {
    let words = match side {
        Side::Opened => text[at..].split_inclusive(char::is_whitespace).take(3).collect::<String>(),
        Side::Closed => {
            let mut words: Vec<&str> = text[..at + 1].rsplit(char::is_whitespace).take(3).collect();
            words.reverse();
            words.join(" ")
        }
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{MarkKind, Place};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "mixed-quotes",
    category: Category::Text,
    summary: "curly and straight quotation marks or apostrophes in one article",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/mixed-quotes.md"),
    make: make::<MixedQuotes>,
    defaults: defaults::<MixedQuotes>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MixedQuotes {}

impl Rule for MixedQuotes {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let (mut curly, mut straight) = (Vec::new(), Vec::new());
        for (index, block) in cx.text() {
            let text = block.text();
            for at in memchr::memchr3_iter(b'"', b'\'', 0xe2, text.as_bytes()) {
                let in_code = || block.marks_at(at).any(|mark| matches!(mark, MarkKind::Code));
                match text[at..].chars().next() {
                    // Feet, inches and minutes follow a number; `5'-end` and `C'` are none of the language.
                    Some('"' | '\'') if is_mark(text, at) && !in_code() => straight.push(Place::new(index, at..at + 1)),
                    Some('“' | '”' | '’' | '‘') => curly.push(Place::new(index, at..at + 3)),
                    _ => {}
                }
            }
        }
        // Double marks are changed back only by knowing which side they stand on, so that only straight ones are mended.
        let (fewer, name, other) =
            if straight.len() < curly.len() { (&straight, "straight", "curly") } else { (&curly, "curly", "straight") };
        let Some((first, rest)) = fewer.split_first() else { return };
        let (count, others) = (fewer.len(), straight.len() + curly.len() - fewer.len());
        let word = word_around(cx.document.block(*first).text(), first.range().start);
        let message = format!("“{word}” has a {name} mark; {count} {} {name} and {others} {other}", if count == 1 { "is" } else { "are" });
        let mut finding = Finding::new(cx.span(*first), message).help(format!("Use {other} quotation marks and apostrophes throughout"));
        for place in rest {
            finding = finding.label(cx.span(*place), "and here");
        }
        if name == "straight" {
            let edits = fewer.iter().filter_map(|place| {
                let block = cx.document.block(*place);
                Some(Edit { span: block.prose.editable(place.range())?, text: turned(block.text(), place.range().start).to_owned() })
            });
            finding = finding.fix(Safety::Unsafe, "Write curly marks", edits.collect());
        }
        sink.report(finding);
    }
}

/// A quotation mark or an apostrophe of the language: beside a letter, and behind no number.
fn is_mark(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    !before.is_some_and(char::is_numeric)
        && (letter(before) || letter(after) || before.is_some_and(|c| ".,;!?)".contains(c)))
        && !(letter(before) && text[..at].chars().rev().nth(1).is_none_or(|c| !c.is_alphabetic()) && !letter(after))
}

/// The curly mark for a straight one.
fn turned(text: &str, at: usize) -> &'static str {
    let opens = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "([—–".contains(c));
    match (&text[at..at + 1], opens) {
        ("\"", true) => "“",
        ("\"", false) => "”",
        (_, true) => "‘",
        (_, false) => "’",
    }
}

fn word_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(char::is_whitespace).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |i| at + i);
    &text[start..end]
}

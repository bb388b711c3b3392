use std::cell::LazyCell;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "shouting",
    category: Category::Text,
    summary: "an ordinary word in capitals for emphasis",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/shouting.md"),
    make: make::<Shouting>,
    defaults: defaults::<Shouting>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Shouting {}

/// Words that are set in capitals for emphasis, and are no abbreviations but for `ALL`. Sorted. Common knowledge; no source.
const WORDS: &[&str] = &[
    "AFTER",
    "ALL",
    "ALWAYS",
    "ANY",
    "BEFORE",
    "BOTH",
    "DAILY",
    "EVERY",
    "IMMEDIATELY",
    "IMPORTANT",
    "MUST",
    "NEVER",
    "NONE",
    "NOT",
    "ONLY",
    "PLEASE",
    "STOP",
    "VERY",
    "WITHOUT",
];

impl Rule for Shouting {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        // Acute lymphoblastic leukaemia is shortened to ALL.
        let leukaemia =
            LazyCell::new(|| cx.document.blocks.iter().any(|block| block.text().contains("(ALL") || block.text().contains("ymphoblastic")));
        for (index, block) in cx.running_text() {
            let text = block.text();
            for Range { start, end } in block.prose.words() {
                let word = &text[start..end];
                let shouted = word.len() > 2 && word.as_bytes()[1].is_ascii_uppercase() && WORDS.binary_search(&word).is_ok();
                if shouted && !(word == "ALL" && *leukaemia) && is_among_small(text, start, end) {
                    let message = format!("“{word}” is in capitals for emphasis");
                    sink.report(
                        Finding::new(cx.span(Place::new(index, start..end)), message).help(format!("Write “{}”", word.to_lowercase())),
                    );
                }
            }
        }
    }
}

/// Words in small letters on both sides, or on one side at an end of the sentence: no heading or warning in capitals.
fn is_among_small(text: &str, start: usize, end: usize) -> bool {
    let small = |word: Option<&str>| word.map(|word| word.chars().any(char::is_lowercase));
    let before = small(text[..start].split_whitespace().next_back());
    let behind = small(text[end..].split_whitespace().find(|word| word.contains(char::is_alphanumeric)));
    matches!((before, behind), (Some(true), Some(true)) | (None, Some(true)) | (Some(true), None))
}

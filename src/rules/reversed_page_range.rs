use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::references::{PageRange, Reference};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "reversed-page-range",
    category: Category::References,
    summary: "a page range ends before it begins",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/reversed-page-range.md"),
    make: make::<ReversedPageRange>,
    defaults: defaults::<ReversedPageRange>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReversedPageRange {}

impl Rule for ReversedPageRange {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in &cx.article.references.entries {
            for (place, range) in entry.page_ranges().filter(|(_, range)| range.is_reversed()) {
                sink.report(finding(entry, place, &range));
            }
        }
    }
}

fn finding(entry: &Reference, place: Range<usize>, range: &PageRange<'_>) -> Finding {
    let message = format!("the pages “{}” end at {}, before they begin at {}", range.text, range.last, range.first);
    let mut finding = Finding::new(entry.span_of(place), message)
        .help("Look the pages up: digits are exchanged, or first and last page are")
        .data("pages", range.text);
    if let Some(number) = entry.number {
        finding = finding.data("numbers", [number].as_slice());
    }
    finding
}

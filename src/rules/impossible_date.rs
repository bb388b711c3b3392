use serde::{Deserialize, Serialize};

use crate::article::dates::Reading;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "impossible-date",
    category: Category::Review,
    summary: "a review statement has a date that no calendar has",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/impossible-date.md"),
    make: make::<ImpossibleDate>,
    defaults: defaults::<ImpossibleDate>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ImpossibleDate {}

impl Rule for ImpossibleDate {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut last = None;
        for date in cx.article.review.iter().filter_map(|statement| statement.date.as_ref()) {
            // "Last updated and reviewed" gives one date to two statements.
            if date.reading == Reading::Impossible && last.replace(date.span) != Some(date.span) {
                let words = cx.source.slice(date.span);
                sink.report(
                    Finding::new(date.span, format!("“{words}” is a date that no calendar has"))
                        .help("Correct the date")
                        .data("date", words),
                );
            }
        }
    }
}

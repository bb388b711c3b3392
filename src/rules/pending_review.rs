use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "pending-review",
    category: Category::Review,
    summary: "the page says that it is not reviewed yet",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/pending-review.md"),
    make: make::<PendingReview>,
    defaults: defaults::<PendingReview>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct PendingReview {}

impl Rule for PendingReview {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut pending = cx.article.review.iter().filter(|statement| statement.pending);
        let Some(first) = pending.next() else { return };
        // Properties of Word files have no place in the text.
        let words = Some(cx.source.slice(first.span)).filter(|words| !words.is_empty()).or(first.origin.key()).unwrap_or_default();
        let message = format!("“{words}” says that the article is not reviewed yet");
        let mut finding =
            Finding::new(first.span, message).help("Have the article reviewed before it is published, then state who reviewed it and when");
        for other in pending.filter(|other| other.span != first.span) {
            finding = finding.label(other.span, "so does this");
        }
        sink.report(finding);
    }
}

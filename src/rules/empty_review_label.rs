use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::review::{Lack, ReviewKind, ReviewStatement};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "empty-review-label",
    category: Category::Review,
    summary: "a review label stands without the date or name that it asks for",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/empty-review-label.md"),
    make: make::<EmptyReviewLabel>,
    defaults: defaults::<EmptyReviewLabel>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct EmptyReviewLabel {}

impl Rule for EmptyReviewLabel {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let statements = &cx.article.review;
        let empty = statements.iter().filter_map(|statement| Some((statement, statement.lacks?)));
        // The words beside a picture may repeat a label whose date stands elsewhere.
        let given: BTreeSet<(ReviewKind, bool)> = statements.iter().flat_map(gives).collect();
        let mut open = empty.filter(|(statement, lack)| !given.contains(&(statement.kind, *lack == Lack::Date)));
        let Some((first, lack)) = open.next() else { return };
        let what = match lack {
            Lack::Date => "date",
            Lack::Name => "name",
        };
        let label = cx.source.slice(first.label);
        let mut finding = Finding::new(first.span, format!("no {what} stands behind “{label}”"))
            .help(format!("Add the {what}, or take the label away"))
            .data("lacks", what);
        for (other, _) in open.filter(|(other, _)| other.label != first.label) {
            finding = finding.label(other.label, "nothing stands behind this either");
        }
        sink.report(finding);
    }
}

/// The kind of a statement with whether it has a date (`true`), a name (`false`), or both.
fn gives(statement: &ReviewStatement) -> impl Iterator<Item = (ReviewKind, bool)> {
    let date = statement.date.as_ref().map(|_| (statement.kind, true));
    let name = statement.reviewer.as_ref().map(|_| (statement.kind, false));
    date.into_iter().chain(name)
}

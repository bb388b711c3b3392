use serde::{Deserialize, Serialize};

use crate::article::dates::Reading;
use crate::article::review::{ReviewKind, ReviewStatement};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-next-review",
    category: Category::Review,
    summary: "the last review is stated and the next one is not",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-next-review.md"),
    make: make::<MissingNextReview>,
    defaults: defaults::<MissingNextReview>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingNextReview {
    /// How long after the last review the next one is suggested.
    months_ahead: u32,
}

impl Default for MissingNextReview {
    fn default() -> Self {
        Self { months_ahead: 36 }
    }
}

impl Rule for MissingNextReview {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let statements = &cx.article.review;
        // "Review date" alone may be the next one.
        if statements.iter().any(|statement| statement.kind == ReviewKind::NextReview || statement.open) {
            return;
        }
        let latest = |statement: &ReviewStatement| statement.reading().and_then(Reading::latest);
        let reviews = statements.iter().filter(|statement| statement.kind == ReviewKind::Reviewed && !statement.of_literature);
        let dated = reviews.filter_map(|statement| Some((latest(statement)?, statement)));
        let Some((date, statement)) = dated.max_by_key(|(date, statement)| (date.last_day(), statement.origin.key().is_none())) else {
            return;
        };
        let message = format!("the last review is dated {date}, and no date is set for the next one");
        let mut finding = Finding::new(statement.span, message).data("date", date.to_string());
        if let Some(next) = date.months_later(self.months_ahead) {
            let help = format!("Add the month of the next review, such as {:04}-{:02}", next.year(), next.month());
            finding = finding.help(help).data("suggested", format!("{:04}-{:02}", next.year(), next.month()));
        }
        sink.report(finding);
    }
}

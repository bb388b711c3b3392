use serde::{Deserialize, Serialize};

use crate::article::dates::{PartialDate, Reading};
use crate::article::review::{Origin, ReviewStatement, StatedDate};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "ambiguous-date",
    category: Category::Review,
    summary: "a review statement has a date that may mean two days",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/ambiguous-date.md"),
    make: make::<AmbiguousDate>,
    defaults: defaults::<AmbiguousDate>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct AmbiguousDate {
    /// The order in which the house writes dates in digits; readers are then taken to know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_order: Option<DateOrder>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DateOrder {
    MonthFirst,
    DayFirst,
}

impl Rule for AmbiguousDate {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        if self.date_order.is_some() {
            return;
        }
        let mut ambiguous: Vec<(&StatedDate, PartialDate, PartialDate)> =
            cx.article.review.iter().filter(is_seen).filter_map(readings).collect();
        ambiguous.sort_by_key(|(date, ..)| date.span);
        // "Last updated and reviewed" gives one date to two statements.
        ambiguous.dedup_by_key(|(date, ..)| date.span);
        let [(first, month_first, day_first), rest @ ..] = ambiguous.as_slice() else { return };
        let words = &first.words;
        let mut finding = Finding::new(first.span, format!("“{words}” may mean {month_first} or {day_first}"))
            .help("Write the name of the month, or the date as YYYY-MM-DD")
            .data("readings", vec![month_first.to_string(), day_first.to_string()]);
        for (other, ..) in rest {
            finding = finding.label(other.span, "so may this");
        }
        sink.report(finding);
    }
}

/// Dates that only machines read are theirs to understand.
fn is_seen(statement: &&ReviewStatement) -> bool {
    !matches!(statement.origin, Origin::Hidden(_))
}

fn readings(statement: &ReviewStatement) -> Option<(&StatedDate, PartialDate, PartialDate)> {
    let date = statement.date.as_ref()?;
    match date.reading {
        Reading::Ambiguous { month_first, day_first } => Some((date, month_first, day_first)),
        _ => None,
    }
}

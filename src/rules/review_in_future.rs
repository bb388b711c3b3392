use serde::{Deserialize, Serialize};

use crate::article::dates::Reading;
use crate::article::review::{ReviewKind, ReviewStatement, StatedDate};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "review-in-future",
    category: Category::Review,
    summary: "a review or update is dated after today, or the next review before the last",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/review-in-future.md"),
    make: make::<ReviewInFuture>,
    defaults: defaults::<ReviewInFuture>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReviewInFuture {}

impl Rule for ReviewInFuture {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for statement in &cx.article.review {
            if let Some(date) = &statement.date
                && is_future(cx, statement, date)
            {
                let what = if statement.kind == ReviewKind::Reviewed { "review" } else { "update" };
                let message = format!("“{}” lies in the future, so the {what} has not taken place", cx.source.slice(date.span));
                sink.report(finding(date, message).help("Correct the date"));
            }
        }
        if let Some((last, next)) = disordered(cx) {
            let (last_words, next_words) = (cx.source.slice(last.span), cx.source.slice(next.span));
            let message = format!("the next review, “{next_words}”, comes before the last one, “{last_words}”");
            sink.report(finding(next, message).label(last.span, "the last review").help("Set the date of the next review anew"));
        }
    }
}

fn finding(date: &StatedDate, message: String) -> Finding {
    let finding = Finding::new(date.span, message);
    match date.reading.exact() {
        Some(exact) => finding.data("date", exact.to_string()),
        None => finding,
    }
}

/// Every reading is later than tomorrow: where the author sits, it may already be tomorrow.
fn is_future(cx: &Cx<'_>, statement: &ReviewStatement, date: &StatedDate) -> bool {
    let done = matches!(statement.kind, ReviewKind::Reviewed | ReviewKind::Updated);
    let tomorrow = || cx.today().tomorrow().unwrap_or(cx.today());
    done && !statement.open && date.reading.earliest().is_some_and(|date| date.first_day() > tomorrow())
}

/// The last review and a next review that is announced for a day before it.
fn disordered<'a>(cx: &Cx<'a>) -> Option<(&'a StatedDate, &'a StatedDate)> {
    let newest = |kind: ReviewKind| {
        let dated =
            cx.article.review.iter().filter(move |statement| statement.kind == kind).filter_map(|statement| statement.date.as_ref());
        dated.filter_map(|date| Some((date.reading.latest()?.last_day(), date))).max_by_key(|(day, _)| *day)
    };
    let (_, last) = newest(ReviewKind::Reviewed)?;
    let (next_day, next) = newest(ReviewKind::NextReview)?;
    let last_day = last.reading.earliest().map(|date| date.first_day())?;
    let known = !matches!(last.reading, Reading::Ambiguous { .. }) || last_day > next_day;
    (known && next_day < last_day).then_some((last, next))
}

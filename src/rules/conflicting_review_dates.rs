use serde::{Deserialize, Serialize};

use crate::article::dates::PartialDate;
use crate::article::review::{Origin, ReviewKind, ReviewStatement, StatedDate};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "conflicting-review-dates",
    category: Category::Review,
    summary: "the page gives two different dates for its last review",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/conflicting-review-dates.md"),
    make: make::<ConflictingReviewDates>,
    defaults: defaults::<ConflictingReviewDates>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ConflictingReviewDates {
    /// Which of the two dates is to stay.
    pick: Pick,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Pick {
    #[default]
    Newest,
    Oldest,
}

impl Rule for ConflictingReviewDates {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for kind in [ReviewKind::Reviewed, ReviewKind::NextReview] {
            let mut dated: Vec<Dated<'_>> = Vec::new();
            for statement in cx.article.review.iter().filter(|statement| statement.kind == kind && is_of_page(cx, statement)) {
                if let Some((stated, date)) = statement.date.as_ref().and_then(|stated| Some((stated, stated.reading.exact()?)))
                    && !dated.iter().any(|known| known.date.agrees_with(date))
                {
                    dated.push(Dated { statement, stated, date });
                    if dated.len() > 2 {
                        break;
                    }
                }
            }
            // Three and more are a history of the page, or a list of other pages.
            if let [first, second] = dated.as_slice()
                && conflict(cx, first, second)
            {
                sink.report(self.finding(kind, first, second));
            }
        }
    }
}

struct Dated<'a> {
    statement: &'a ReviewStatement,
    stated: &'a StatedDate,
    date: PartialDate,
}

/// A statement in the text about the last review of the whole page.
fn is_of_page(cx: &Cx<'_>, statement: &ReviewStatement) -> bool {
    let label = cx.source.slice(statement.label).to_lowercase();
    let partly = ["section", "first", "original", "initial", "previous", "evidence", "topic"].iter().any(|word| label.contains(word));
    statement.origin == Origin::Text && !statement.open && !statement.of_literature && !partly
}

/// Two reviews by different people are two reviews; two dates side by side are a history.
fn conflict(cx: &Cx<'_>, first: &Dated<'_>, second: &Dated<'_>) -> bool {
    let line = |dated: &Dated<'_>| cx.source.position(dated.statement.span.start).line;
    let people = |dated: &Dated<'_>| dated.statement.reviewer.as_ref().map(|reviewer| reviewer.name.clone());
    let others = matches!((people(first), people(second)), (Some(one), Some(other)) if one != other);
    !others && line(second).abs_diff(line(first)) > 3
}

impl ConflictingReviewDates {
    fn finding(&self, kind: ReviewKind, first: &Dated<'_>, second: &Dated<'_>) -> Finding {
        let first_stays = (first.date > second.date) == (self.pick == Pick::Newest);
        let (stays, goes) = if first_stays { (first, second) } else { (second, first) };
        let which = if kind == ReviewKind::Reviewed { "last" } else { "next" };
        let message = format!("the {which} review is dated “{}” here and “{}” elsewhere", goes.stated.words, stays.stated.words);
        let (older, newer) = if first.date <= second.date { (first, second) } else { (second, first) };
        Finding::new(goes.stated.span, message)
            .label(stays.stated.span, "the other date")
            .help(format!("State one date: keep “{}” if it is the right one, and take this one away", stays.stated.words))
            .data("dates", vec![older.date.to_string(), newer.date.to_string()])
    }
}

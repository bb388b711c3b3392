use serde::{Deserialize, Serialize};

use crate::article::review::due;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "next-review-passed",
    category: Category::Review,
    summary: "the announced date of the next review has gone by",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/next-review-passed.md"),
    make: make::<NextReviewPassed>,
    defaults: defaults::<NextReviewPassed>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct NextReviewPassed {}

impl Rule for NextReviewPassed {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        // Where a later review has taken place, that the two dates disagree is for `review-in-future` to say.
        let Some((date, statement)) = due::announced(&cx.article.review) else { return };
        if date.last_day() >= cx.today() {
            return;
        }
        let place = statement.date.as_ref().map_or(statement.span, |stated| stated.span);
        let message = format!("the next review was due “{}”, {} ago", cx.source.slice(place), age(date.last_day(), cx.today()));
        sink.report(
            Finding::new(place, message)
                .help("Have the article reviewed, then state both dates anew")
                .data("date", date.to_string())
                .data("months", date.months_until(cx.today()).max(0) as u32),
        );
    }
}

/// The time since a day: "20 months", "1 day".
fn age(day: jiff::civil::Date, today: jiff::civil::Date) -> String {
    let months = (i32::from(today.year()) - i32::from(day.year())) * 12 + i32::from(today.month()) - i32::from(day.month());
    let months = months - i32::from(day.day() > today.day());
    let (count, unit) = if months > 0 { (months, "month") } else { ((today - day).get_days(), "day") };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

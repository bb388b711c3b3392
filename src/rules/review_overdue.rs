use crate::article::dates::PartialDate;
use crate::article::review::ReviewKind;
use crate::article::review::due::{self, Cycle, Limit};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "review-overdue",
    category: Category::Review,
    summary: "the last review is older than the limit",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/review-overdue.md"),
    make: make::<Cycle>,
    defaults: defaults::<Cycle>,
};

/// The options are how long a review holds.
impl Rule for Cycle {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let Some((date, statement)) = due::newest(&cx.article.review, ReviewKind::Reviewed) else { return };
        if !past(date, self.shortest().saturating_add(self.grace_months), cx.today()) {
            return;
        }
        let Limit { months: limit, topic: critical } = self.limit(cx.document);
        if !past(date, limit.saturating_add(self.grace_months), cx.today()) {
            return;
        }
        let months = date.months_until(cx.today()).max(0) as u32;
        let place = statement.date.as_ref().map_or(statement.span, |stated| stated.span);
        let on = critical.map_or(String::new(), |(topic, _)| format!(" on “{topic}”"));
        let message = format!("reviewed {date}, {months} months ago; the limit{on} is {limit} months");
        let mut finding = Finding::new(place, message)
            .help("Have the article reviewed, then state the new date")
            .data("date", date.to_string())
            .data("months", months)
            .data("limit", limit);
        if statement.label != place {
            finding = finding.label(statement.label, "the newest review of the article");
        }
        if let Some((topic, entry)) = critical {
            finding = finding.label(entry.value_span, "a critical topic").data("topic", topic);
        }
        if past(date, limit.saturating_add(limit / 2), cx.today()) {
            finding = finding.severity(Severity::Error);
        }
        sink.report(finding);
    }
}

/// Whether more than so many months have gone by since the last day of a date.
fn past(date: PartialDate, months: u32, today: jiff::civil::Date) -> bool {
    date.months_later(months).is_some_and(|limit| limit < today)
}

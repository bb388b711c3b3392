use serde::{Deserialize, Serialize};

use crate::article::dates::{PartialDate, Reading};
use crate::article::review::ReviewKind;
use crate::article::topics;
use crate::diagnostic::{Finding, Severity};
use crate::document::Metadata;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "review-overdue",
    category: Category::Review,
    summary: "the last review is older than the limit",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/review-overdue.md"),
    make: make::<ReviewOverdue>,
    defaults: defaults::<ReviewOverdue>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReviewOverdue {
    /// The age that a review may reach. Three years is the longest cycle that most publishers state.
    max_months: u32,
    /// The age that it may reach on a critical topic, where that is less.
    critical_max_months: u32,
    /// The topics on which wrong advice harms most, looked for in tags, categories and keywords.
    critical_topics: Vec<String>,
    /// Months beyond the limit that are let pass.
    grace_months: u32,
}

impl Default for ReviewOverdue {
    fn default() -> Self {
        let topics = ["cancer", "dosage", "drug", "emergency", "mental-health-crisis", "paediatric", "pediatric", "pregnancy", "vaccine"];
        Self { max_months: 36, critical_max_months: 24, critical_topics: topics.map(str::to_owned).to_vec(), grace_months: 1 }
    }
}

impl Rule for ReviewOverdue {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let reviews = cx.article.review.iter().filter(|statement| statement.kind == ReviewKind::Reviewed);
        // An ambiguous date counts as the later of its readings.
        let dated = reviews.filter_map(|statement| Some((statement.reading().and_then(Reading::latest)?, statement)));
        let Some((date, statement)) = dated.max_by_key(|(date, _)| date.last_day()) else { return };
        let lowest = self.max_months.min(self.critical_max_months);
        if !past(date, lowest.saturating_add(self.grace_months), cx.today()) {
            return;
        }
        let critical = (self.critical_max_months < self.max_months).then(|| self.critical_topic(cx)).flatten();
        let limit = if critical.is_some() { self.critical_max_months } else { self.max_months };
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

impl ReviewOverdue {
    /// The first topic of the article that is a critical one.
    fn critical_topic<'a>(&self, cx: &Cx<'a>) -> Option<(&'a str, &'a Metadata)> {
        topics::of(cx.document).find(|(topic, _)| self.critical_topics.iter().any(|critical| topics::names(topic, critical)))
    }
}

/// Whether more than so many months have gone by since the last day of a date.
fn past(date: PartialDate, months: u32, today: jiff::civil::Date) -> bool {
    date.months_later(months).is_some_and(|limit| limit < today)
}

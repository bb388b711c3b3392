//! What the page says of one article before its findings: the verdict with the rules that make it, its review, its sources.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::Serialize;

use super::super::count_of;
use super::{Found, Taken, words};
use crate::article::dates::PartialDate;
use crate::diagnostic::Severity;
use crate::record::Summary;

/// Whether an article may be published as far as medproof can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It has an error.
    Blocked,
    /// It has a warning.
    Work,
    /// It has neither.
    Ready,
}

impl Verdict {
    /// All of them, the worst first.
    pub const ALL: [Verdict; 3] = [Verdict::Blocked, Verdict::Work, Verdict::Ready];

    /// The verdict for style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Blocked => "blocked",
            Verdict::Work => "work",
            Verdict::Ready => "ready",
        }
    }

    /// The verdict for people.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Blocked => "Blocked",
            Verdict::Work => "Needs work",
            Verdict::Ready => "Ready",
        }
    }

    fn of(found: &Found) -> Self {
        match found.keys().next() {
            Some((Reverse(Severity::Error), _)) => Verdict::Blocked,
            Some((Reverse(Severity::Warning), _)) => Verdict::Work,
            _ => Verdict::Ready,
        }
    }
}

#[derive(Serialize)]
pub struct Card {
    pub number: usize,
    pub title: String,
    pub path: String,
    pub verdict: Verdict,
    words_of_verdict: &'static str,
    /// The rules that make the verdict.
    because: Vec<Named>,
    pub owner: Option<String>,
    reviewer: Option<String>,
    /// The last review in words: `May 2020, 6 years 6 months ago`.
    reviewed: Option<String>,
    due: Option<Due>,
    age: Option<Age>,
    sources: Sources,
    length: String,
    errors: usize,
    warnings: usize,
    infos: usize,
    silenced: usize,
    left_out: usize,
    findings: String,
    #[serde(skip)]
    pub found: Found,
    /// Whole months since the last review.
    #[serde(skip)]
    pub months: Option<i32>,
    #[serde(skip)]
    pub due_day: Option<Date>,
}

/// A rule with how often it found something.
#[derive(Serialize)]
struct Named {
    rule: &'static str,
    count: usize,
}

/// When the next review is due.
#[derive(Serialize)]
struct Due {
    day: String,
    /// Where the day comes from, as the end of a sentence.
    basis: String,
    overdue: bool,
}

/// The time since the last review on a bar, in hundredths of its length.
#[derive(Serialize)]
struct Age {
    words: String,
    /// What of it lies before the next review is due.
    fresh: f64,
    /// What lies behind that day.
    late: f64,
}

/// The reference list by state, in hundredths and in words.
#[derive(Serialize)]
struct Sources {
    identified: f64,
    linked: f64,
    bare: f64,
    words: String,
}

impl Card {
    pub fn new(number: usize, taken: Taken, today: Date) -> Self {
        let Taken { summary, found, findings, left_out } = taken;
        let verdict = Verdict::of(&found);
        let reviewed: Option<PartialDate> = summary.reviewed.as_ref().and_then(|date| date.parse().ok());
        let due = due(&summary);
        let because = found.iter().filter(|((Reverse(severity), _), _)| match verdict {
            Verdict::Blocked => *severity == Severity::Error,
            Verdict::Work => *severity == Severity::Warning,
            Verdict::Ready => false,
        });
        let months = reviewed.map(|date| date.months_until(today));
        Self {
            number,
            title: summary.title.clone().unwrap_or_else(|| summary.path.clone()),
            verdict,
            words_of_verdict: verdict.words(),
            because: because.map(|((_, rule), count)| Named { rule, count: *count }).collect(),
            reviewed: reviewed.map(|date| since(date, today)),
            age: reviewed.zip(due.as_ref()).and_then(|(date, (day, _))| age(date, *day, today)),
            due_day: due.as_ref().map(|(day, _)| *day),
            due: due.map(|(day, basis)| Due { day: words::day(&day.to_string()), basis, overdue: day < today }),
            months,
            sources: sources(&summary, &found),
            length: length(&summary),
            errors: summary.counts.errors,
            warnings: summary.counts.warnings,
            infos: summary.counts.infos,
            silenced: summary.silenced,
            path: summary.path,
            owner: summary.owner,
            reviewer: summary.reviewer,
            left_out,
            findings,
            found,
        }
    }
}

/// The day up to which the article should be reviewed again, and what says so.
fn due(summary: &Summary) -> Option<(Date, String)> {
    let due = summary.due.as_ref()?;
    Some((due.day.parse().ok()?, due.why.clone()))
}

fn since(date: PartialDate, today: Date) -> String {
    let day = words::day(&date.to_string());
    match u32::try_from(date.months_until(today)) {
        Ok(months) => format!("{day}, {} ago", words::months(months)),
        Err(_) => format!("{day}, which is still to come"),
    }
}

fn age(reviewed: PartialDate, due: Date, today: Date) -> Option<Age> {
    let days = |from: Date, to: Date| f64::from((to - from).get_days());
    let start = reviewed.last_day();
    let (whole, gone) = (days(start, due), days(start, today));
    let length = whole.max(gone);
    if whole <= 0.0 || gone < 0.0 {
        return None;
    }
    let hundredths = |days: f64| (days / length * 1000.0).round() / 10.0;
    let fresh = hundredths(gone.min(whole));
    let late = hundredths((gone - whole).max(0.0));
    let words =
        if late > 0.0 { "The review has lapsed".to_owned() } else { format!("{:.0} % of the time until the next review is gone", fresh) };
    Some(Age { words, fresh, late })
}

fn sources(summary: &Summary, found: &Found) -> Sources {
    let states = summary.sources;
    let retracted = found.get(&(Reverse(Severity::Error), "retracted-reference")).copied().unwrap_or_default();
    let named = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts = [
        named(states.identified, "with a DOI or PubMed number"),
        named(states.linked, "with a link alone"),
        named(states.bare, "with neither"),
        named(states.preprints, if states.preprints == 1 { "is a preprint" } else { "are preprints" }),
        named(retracted, "known as retracted"),
    ];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let all = summary.references.max(1) as f64;
    let share = |count: usize| (count as f64 / all * 1000.0).round() / 10.0;
    let words = match summary.references {
        0 => "no reference list".to_owned(),
        count if parts.is_empty() => count.to_string(),
        count => format!("{count}: {parts}"),
    };
    Sources { identified: share(states.identified), linked: share(states.linked), bare: share(states.bare), words }
}

fn length(summary: &Summary) -> String {
    let groups = count_of(summary.citations, "citation");
    format!("{}, {groups}, {}", count_of(summary.words, "word"), count_of(summary.medicines, "medicine"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_age_is_measured_against_the_day_it_is_due() {
        let of =
            |reviewed: &str, due: Date| age(reviewed.parse().expect("a date"), due, date(2026, 11, 23)).map(|age| (age.fresh, age.late));
        assert_eq!(of("2025-11-23", date(2027, 11, 23)), Some((50.0, 0.0)));
        assert_eq!(of("2022-11-23", date(2024, 11, 22)), Some((50.0, 50.0)));
        assert_eq!(of("2027-01-01", date(2029, 1, 1)), None);
        assert_eq!(since("2020-05".parse().expect("a date"), date(2026, 11, 23)), "May 2020, 6 years 6 months ago");
    }
}

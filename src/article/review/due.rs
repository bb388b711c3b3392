//! When an article is due for its next review: worked out from what it says, how long a review holds, and the day.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use super::intervals::{self, Interval};
use super::{ReviewKind, ReviewStatement};
use crate::article::dates::{PartialDate, Reading};
use crate::article::topics;
use crate::document::{Document, Metadata};

/// How long a review holds: the options of the rule `review-overdue`, from which a calendar of reviews is made too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cycle {
    /// The age that a review may reach. Three years is the longest cycle that most publishers state.
    pub max_months: u32,
    /// The age that it may reach on a critical topic, where that is less.
    pub critical_max_months: u32,
    /// The topics on which wrong advice harms most, looked for in tags, categories and keywords.
    pub critical_topics: Vec<String>,
    /// Months beyond the limit that are let pass.
    pub grace_months: u32,
}

impl Default for Cycle {
    fn default() -> Self {
        let topics = ["cancer", "dosage", "drug", "emergency", "mental-health-crisis", "paediatric", "pediatric", "pregnancy", "vaccine"];
        Self { max_months: 36, critical_max_months: 24, critical_topics: topics.map(str::to_owned).to_vec(), grace_months: 1 }
    }
}

/// The age that the review of one article may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit<'d> {
    pub months: u32,
    /// The critical topic that makes it shorter, with the metadata that names it.
    pub topic: Option<(&'d str, &'d Metadata)>,
}

impl Cycle {
    /// The shortest limit of any article.
    pub fn shortest(&self) -> u32 {
        self.max_months.min(self.critical_max_months)
    }

    /// The limit of an article.
    pub fn limit<'d>(&self, document: &'d Document) -> Limit<'d> {
        let critical = |topic: &str| self.critical_topics.iter().any(|critical| topics::names(topic, critical));
        let topic = (self.critical_max_months < self.max_months).then(|| topics::of(document).find(|(topic, _)| critical(topic))).flatten();
        Limit { months: if topic.is_some() { self.critical_max_months } else { self.max_months }, topic }
    }
}

/// The newest dated statement of a kind, with its date; an ambiguous one counts as the later of its readings.
pub fn newest(statements: &[ReviewStatement], kind: ReviewKind) -> Option<(PartialDate, &ReviewStatement)> {
    let dated = statements.iter().filter(|statement| statement.kind == kind);
    let dated = dated.filter_map(|statement| Some((statement.reading().and_then(Reading::latest)?, statement)));
    dated.max_by_key(|(date, _)| date.last_day())
}

/// The next review that an article announces, unless a later review has taken place.
pub fn announced(statements: &[ReviewStatement]) -> Option<(PartialDate, &ReviewStatement)> {
    let (date, statement) = newest(statements, ReviewKind::NextReview)?;
    let since = newest(statements, ReviewKind::Reviewed).is_some_and(|(last, _)| last.last_day() > date.last_day());
    (!since).then_some((date, statement))
}

/// Where an article stands between its last review and the next one.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    pub last: Option<LastReview>,
    /// `None` where nothing says when the next review is due.
    pub due: Option<Due>,
    pub state: State,
    /// What is uncertain or contradictory about it, in the order in which a reader should know.
    pub doubts: Vec<Doubt>,
}

/// The newest review of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastReview {
    pub date: PartialDate,
    /// The words that name the reviewers.
    pub reviewer: Option<String>,
}

/// The day up to which the next review is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The last day in time.
    pub day: Date,
    pub basis: Basis,
}

/// What a day is due by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The article announces the date.
    Announced(PartialDate),
    /// The article says how long its reviews hold, in its own words: `6 months`.
    Interval(String),
    /// The settings say how long a review may hold.
    Limit { months: u32, topic: Option<String> },
}

/// Why it is due, in words.
impl std::fmt::Display for Basis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Basis::Announced(date) => write!(f, "announced for {date}"),
            Basis::Interval(words) => write!(f, "the article's interval, “{words}”"),
            Basis::Limit { months, topic } => {
                write!(f, "the limit of {months} month{}", if *months == 1 { "" } else { "s" })?;
                topic.as_ref().map_or(Ok(()), |topic| write!(f, " on “{topic}”"))
            }
        }
    }
}

/// How urgent the next review is, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Overdue,
    DueSoon,
    /// A review is spoken of, and no date of it can be read.
    Undated,
    /// No review is stated.
    Unreviewed,
    /// The article announces no review, and the settings let it be.
    Unscheduled,
    Current,
}

impl State {
    /// All of them, in order.
    pub const ALL: [State; 6] = [State::Overdue, State::DueSoon, State::Undated, State::Unreviewed, State::Unscheduled, State::Current];

    /// The state in words, for people.
    pub fn words(self) -> &'static str {
        match self {
            State::Overdue => "overdue",
            State::DueSoon => "due soon",
            State::Undated => "no readable date",
            State::Unreviewed => "never reviewed",
            State::Unscheduled => "no due date",
            State::Current => "current",
        }
    }

    /// The state in a word, for machines.
    pub fn name(self) -> &'static str {
        match self {
            State::Overdue => "overdue",
            State::DueSoon => "due-soon",
            State::Undated => "undated",
            State::Unreviewed => "never-reviewed",
            State::Unscheduled => "unscheduled",
            State::Current => "current",
        }
    }
}

/// Why an outlook may be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The words of a date that has two readings; the later one was taken.
    Ambiguous { words: String, earliest: PartialDate, latest: PartialDate },
    /// The words of a date that no calendar has, or that lacks its year.
    Unreadable(String),
    /// The article was updated or published, and no review is stated.
    NoReview(ReviewKind, PartialDate),
    /// The review lies ahead.
    InFuture(PartialDate),
    /// The review is announced as still to be done.
    Pending,
    /// "Review date" alone, which may mean the last review or the next one.
    Open(String),
    /// An interval that is no length of time.
    Interval(String),
}

/// Works out the outlook of an article on a day. What is due within the span is due soon. `cycle` is what the settings say;
/// `None` where they let the reviews of the article be.
pub fn outlook(statements: &[ReviewStatement], document: &Document, cycle: Option<&Cycle>, today: Date, within: Span) -> Outlook {
    let mut doubts = Vec::new();
    let reviewed = newest(statements, ReviewKind::Reviewed);
    let interval = intervals::of(document);
    if let Some(Err(words)) = &interval {
        doubts.push(Doubt::Interval(words.clone()));
    }
    let next = announced(statements);
    doubts.extend([reviewed, next].into_iter().flatten().flat_map(|(_, statement)| doubts_of(statement)));
    if reviewed.is_none() {
        let dateless = statements.iter().filter(|statement| statement.kind == ReviewKind::Reviewed);
        doubts.extend(dateless.flat_map(doubts_of));
        let made = [ReviewKind::Updated, ReviewKind::Published].into_iter().find_map(|kind| Some((kind, newest(statements, kind)?.0)));
        doubts.extend(made.map(|(kind, date)| Doubt::NoReview(kind, date)));
    }
    if let Some((date, _)) = reviewed.filter(|(date, _)| date.first_day() > today) {
        doubts.push(Doubt::InFuture(date));
    }
    doubts.dedup();
    let due = next_review(statements, document, cycle);
    let last = reviewed.map(|(date, statement)| LastReview { date, reviewer: reviewer(statements, statement) });
    let state = match &due {
        Some(due) => urgency(due.day, today, within),
        None if cycle.is_none() || last.is_some() => State::Unscheduled,
        // What could not be read may be a review.
        None if has_undated(statements) || !document.problems.is_empty() => State::Undated,
        None => State::Unreviewed,
    };
    Outlook { last, due, state, doubts }
}

/// When the next review of an article is due.
pub fn next_review(statements: &[ReviewStatement], document: &Document, cycle: Option<&Cycle>) -> Option<Due> {
    let date = |found: Option<(PartialDate, &ReviewStatement)>| found.map(|(date, _)| date);
    let (last, next) = (date(newest(statements, ReviewKind::Reviewed)), date(announced(statements)));
    due(last, next, intervals::of(document).and_then(Result::ok), cycle, document)
}

/// The page's own date holds, the earlier where it gives two, unless the settings ask for a review long before it.
fn due(
    last: Option<PartialDate>,
    next: Option<PartialDate>,
    interval: Option<Interval>,
    cycle: Option<&Cycle>,
    document: &Document,
) -> Option<Due> {
    let announced = next.map(|date| Due { day: date.last_day(), basis: Basis::Announced(date) });
    let promised = last.zip(interval).and_then(|(last, interval)| {
        let day = last.last_day().checked_add(interval.span).ok()?;
        Some(Due { day, basis: Basis::Interval(interval.words) })
    });
    let own = announced.into_iter().chain(promised).min_by_key(|due| due.day);
    let Some((last, cycle)) = last.zip(cycle) else { return own };
    let limit = cycle.limit(document);
    let longest = last.months_later(limit.months.saturating_add(cycle.grace_months));
    match own {
        Some(own) if longest.is_none_or(|longest| own.day <= longest) => Some(own),
        _ => {
            let basis = Basis::Limit { months: limit.months, topic: limit.topic.map(|(topic, _)| topic.to_owned()) };
            last.months_later(limit.months).map(|day| Due { day, basis })
        }
    }
}

fn urgency(due: Date, today: Date, within: Span) -> State {
    if due < today {
        State::Overdue
    } else if due <= today.saturating_add(within) {
        State::DueSoon
    } else {
        State::Current
    }
}

fn has_undated(statements: &[ReviewStatement]) -> bool {
    statements.iter().any(|statement| statement.kind == ReviewKind::Reviewed && !statement.pending)
}

/// Who made the review: named in its statement, or in another that has the same date or none.
fn reviewer(statements: &[ReviewStatement], newest: &ReviewStatement) -> Option<String> {
    let date = newest.reading().and_then(Reading::latest);
    let others = statements.iter().filter(|statement| statement.kind == ReviewKind::Reviewed);
    let others = others.filter(|other| match (date, other.reading().and_then(Reading::latest)) {
        (Some(date), Some(other)) => date.agrees_with(other),
        _ => true,
    });
    let reviewer = newest.reviewer.as_ref().or_else(|| others.filter_map(|statement| statement.reviewer.as_ref()).next())?;
    Some(reviewer.name.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn doubts_of(statement: &ReviewStatement) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if statement.pending {
        doubts.push(Doubt::Pending);
    }
    if let Some(date) = &statement.date {
        match date.reading {
            Reading::Ambiguous { month_first, day_first } => {
                let (earliest, latest) = (month_first.min(day_first), month_first.max(day_first));
                doubts.push(Doubt::Ambiguous { words: date.words.clone(), earliest, latest });
            }
            Reading::Impossible | Reading::Yearless => doubts.push(Doubt::Unreadable(date.words.clone())),
            Reading::Exact(_) if statement.open => doubts.push(Doubt::Open(date.words.clone())),
            Reading::Exact(_) => {}
        }
    }
    doubts
}

/// The span within which a review counts as due soon where nobody says otherwise: a quarter of a year to plan it in.
pub fn default_within() -> Span {
    90.days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::source::Source;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);

    /// The outlook of a Markdown article as `state day basis; doubts`.
    fn read(text: &str, cycle: Option<&Cycle>) -> String {
        let source = Source::new("µ.md", text);
        let document = crate::formats::parse(&source, Format::Markdown);
        let article = crate::article::read(&source, &document, &crate::lexicon::Lexicon::default());
        let outlook = outlook(&article.review, &document, cycle, TODAY, default_within());
        let due = outlook.due.map_or(String::new(), |due| format!(" {} {:?}", due.day, due.basis));
        let doubts: String = outlook.doubts.iter().map(|doubt| format!("; {doubt:?}")).collect();
        format!("{}{due}{doubts}", outlook.state.name())
    }

    #[test]
    fn the_next_review_is_due_by_the_page_or_by_the_settings() {
        let limit = "Limit { months: 36, topic: None }";
        let table = [
            ("last_reviewed: 2023-11-22", format!("overdue 2026-11-22 {limit}")),
            ("last_reviewed: 2023-11-23", format!("due-soon 2026-11-23 {limit}")),
            ("last_reviewed: 2024-02", format!("current 2027-02-28 {limit}")),
            ("last_reviewed: 2023", format!("due-soon 2026-12-31 {limit}")),
            (
                "last_reviewed: 2024-06-30\ntags: [µ, Pregnancy]",
                "overdue 2026-06-30 Limit { months: 24, topic: Some(\"Pregnancy\") }".into(),
            ),
            ("last_reviewed: 2026-01-05\nreview_in: 6 months", "overdue 2026-07-05 Interval(\"6 months\")".into()),
            ("last_reviewed: 2026-01-05\nreview_in: 12 blue moons", format!("current 2029-01-05 {limit}; Interval(\"12 blue moons\")")),
            // The month that a page announces is not beyond its limit.
            (
                "last_reviewed: 2024-01-03\nnext_review: 2027-01",
                "due-soon 2027-01-31 Announced(PartialDate { year: 2027, month: Some(1), day: None })".into(),
            ),
            ("last_reviewed: 2020-01-03\nnext_review: 2027-01", format!("overdue 2023-01-03 {limit}")),
            // A review since makes the announcement void.
            ("last_reviewed: 2025-01-03\nnext_review: 2024-12-01", format!("current 2028-01-03 {limit}")),
            ("next_review: 2026-12", "due-soon 2026-12-31 Announced(PartialDate { year: 2026, month: Some(12), day: None })".into()),
            ("title: Café", "never-reviewed".into()),
            (
                "date: 2020-01-01\nupdated: 2026-05",
                "never-reviewed; NoReview(Updated, PartialDate { year: 2026, month: Some(5), day: None })".into(),
            ),
            ("last_reviewed: pending", "never-reviewed; Pending".into()),
            ("last_reviewed: 31/02/2020", "undated; Unreadable(\"31/02/2020\")".into()),
            ("reviewed_by: Ana Ruiz", "undated".into()),
        ];
        for (keys, want) in table {
            assert_eq!(read(&format!("---\n{keys}\n---\n\nCafé.\n"), Some(&Cycle::default())), want, "{keys}");
        }
        assert_eq!(read("---\nlast_reviewed: 2001-01-01\n---\n", None), "unscheduled");
        assert_eq!(read("Café.\n", None), "unscheduled");
        assert_eq!(read("---\ntitle: [Café\n---\n", Some(&Cycle::default())), "undated", "what is not read may be a review");
        let ambiguous = read("---\nlast_reviewed: 9/10/2023\n---\n", Some(&Cycle::default()));
        assert!(ambiguous.starts_with("overdue 2026-10-09 ") && ambiguous.contains("Ambiguous { words: \"9/10/2023\""), "{ambiguous}");
    }
}

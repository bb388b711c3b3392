//! The calendar for machines, version 1: every article on a line of its own, then what was not read, then the sums.

use serde::Serialize;
use serde_json::json;

use super::{Calendar, Row};
use crate::article::review::due::{Basis, Doubt, State};

/// The calendar.
pub fn json(calendar: &Calendar) -> String {
    let articles: Vec<String> = calendar.rows.iter().map(|row| line(&Article::of(calendar, row))).collect();
    let unread: Vec<String> =
        calendar.unread.iter().map(|unread| json!({"path": unread.path, "message": unread.message}).to_string()).collect();
    let counts: serde_json::Map<_, _> = State::ALL.iter().map(|state| (state.name().to_owned(), calendar.count(*state).into())).collect();
    let within = calendar.within.map(|within| format!("{within:#}"));
    format!(
        "{{\n\"version\": 1,\n\"today\": \"{}\",\n\"within\": {},\n\"articles\": [{}],\n\"unread\": [{}],\n\"summary\": {}\n}}\n",
        calendar.today,
        json!(within),
        rows(&articles),
        rows(&unread),
        serde_json::Value::Object(counts)
    )
}

fn rows(rows: &[String]) -> String {
    if rows.is_empty() { String::new() } else { format!("\n{}\n", rows.join(",\n")) }
}

fn line(row: &impl Serialize) -> String {
    serde_json::to_string(row).expect("plain structs are JSON")
}

#[derive(Serialize)]
struct Article<'a> {
    path: &'a str,
    uid: &'a str,
    title: Option<&'a str>,
    owners: &'a [String],
    groups: Vec<String>,
    state: &'static str,
    /// As precise as it is written.
    last_reviewed: Option<String>,
    precision: Option<&'static str>,
    /// The earlier reading of a last review whose date has two.
    earliest: Option<String>,
    reviewer: Option<&'a str>,
    due: Option<String>,
    /// Negative where the review is overdue.
    days_until_due: Option<i32>,
    basis: Option<&'static str>,
    why: Option<String>,
    notes: Vec<String>,
}

impl<'a> Article<'a> {
    fn of(calendar: &Calendar, row: &'a Row) -> Self {
        let due = row.outlook.due.as_ref();
        Self {
            path: &row.path,
            uid: &row.uid,
            title: row.title.as_deref(),
            owners: &row.owners,
            groups: calendar.names(row),
            state: row.outlook.state.name(),
            last_reviewed: row.last(),
            precision: precision(row),
            earliest: earliest(row),
            reviewer: row.reviewer(),
            due: due.map(|due| due.day.to_string()),
            days_until_due: due.map(|due| calendar.days(due)),
            basis: due.map(|due| match due.basis {
                Basis::Announced(_) => "announced",
                Basis::Interval(_) => "interval",
                Basis::Limit { .. } => "limit",
            }),
            why: due.map(|due| due.basis.to_string()),
            notes: row.notes(),
        }
    }
}

/// How precisely the last review is dated.
pub(super) fn precision(row: &Row) -> Option<&'static str> {
    row.outlook.last.as_ref().map(|last| match last.date.to_string().len() {
        4 => "year",
        7 => "month",
        _ => "day",
    })
}

fn earliest(row: &Row) -> Option<String> {
    let last = row.outlook.last.as_ref()?.date;
    row.outlook.doubts.iter().find_map(|doubt| match doubt {
        Doubt::Ambiguous { earliest, latest, .. } if *latest == last => Some(earliest.to_string()),
        _ => None,
    })
}

//! The calendar for spreadsheets, as CSV: every article in a row, with a head.

use super::{Calendar, Row, json};

const HEAD: [&str; 12] =
    ["path", "title", "owner", "state", "last_reviewed", "precision", "reviewer", "due", "days_until_due", "why", "notes", "uid"];

/// The calendar, in UTF-8 with line ends of RFC 4180.
pub fn csv(calendar: &Calendar) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let records = std::iter::once(HEAD.map(str::to_owned)).chain(calendar.rows.iter().map(|row| record(calendar, row)));
    for record in records {
        writer.write_record(record.iter()).expect("rows of one length are written to memory");
    }
    let bytes = writer.into_inner().expect("memory takes what is left");
    String::from_utf8(bytes).expect("text stays text")
}

fn record(calendar: &Calendar, row: &Row) -> [String; 12] {
    let due = row.outlook.due.as_ref();
    let cell = |words: Option<&str>| words.unwrap_or_default().to_owned();
    [
        row.path.clone(),
        inert(cell(row.title.as_deref())),
        inert(row.owners.join("; ")),
        row.outlook.state.name().to_owned(),
        row.last().unwrap_or_default(),
        cell(json::precision(row)),
        inert(cell(row.reviewer())),
        due.map_or(String::new(), |due| due.day.to_string()),
        due.map_or(String::new(), |due| calendar.days(due).to_string()),
        due.map_or(String::new(), |due| due.basis.to_string()),
        row.notes().join("; "),
        inert(row.uid.clone()),
    ]
}

/// Words of an article that a spreadsheet would run as a formula stand behind an apostrophe.
fn inert(words: String) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words }
}

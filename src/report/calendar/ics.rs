//! The calendar as iCalendar (RFC 5545): a whole day, or a task, on the day each review is due.
//!
//! An entry is known by its UID, which comes from the article, so that a calendar that takes the file in again moves the entry
//! rather than adding one. The file that is replaced tells which entries change: those that do not are written as they were; one
//! that does counts up its SEQUENCE, and its DTSTAMP and LAST-MODIFIED are of the day of the run. Where that file is not at
//! hand, SEQUENCE is the number of days from 1970 to the last review, which grows with every review; so does DTSTAMP.
//!
//! Written by hand: the writers at hand draw random numbers and ask the clock, which the core does not. Tests read it back by
//! another's parser.

use std::collections::HashMap;

use super::{Calendar, Row};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole day, which every calendar shows.
    Event,
    /// A task, which can be ticked off, in the programs that know tasks.
    Task,
}

/// The file, for the articles that have a due date. `before` is the file that it replaces.
pub fn ics(calendar: &Calendar, kind: Kind, before: Option<&str>) -> String {
    let before = before.map(entries).unwrap_or_default();
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//medproof//reviews due//EN", "CALSCALE:GREGORIAN"] {
        push(&mut out, line);
    }
    for row in &calendar.rows {
        if let Some(lines) = lines(row, kind) {
            let stamp = format!("{}T000000Z", calendar.today.strftime("%Y%m%d"));
            let revision = Revision { sequence: reviewed_day(row), stamp };
            let revision = match before.get(lines[1].as_str()) {
                Some(old) if old.lines == lines => old.revision.clone(),
                Some(old) => Revision { sequence: revision.sequence.max(old.revision.sequence.saturating_add(1)), ..revision },
                None => revision,
            };
            // Before END.
            let (last, body) = lines.split_last().expect("an entry has lines");
            body.iter().for_each(|line| push(&mut out, line));
            push(&mut out, &format!("SEQUENCE:{}", revision.sequence));
            push(&mut out, &format!("DTSTAMP:{}", revision.stamp));
            push(&mut out, &format!("LAST-MODIFIED:{}", revision.stamp));
            push(&mut out, last);
        }
    }
    push(&mut out, "END:VCALENDAR");
    out
}

/// Which version of an entry it is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Revision {
    sequence: u32,
    stamp: String,
}

/// An entry of the file before.
#[derive(Debug)]
struct Entry {
    /// Its lines, without those of the revision.
    lines: Vec<String>,
    revision: Revision,
}

/// Nothing here depends on the day of the run, so that an entry changes only where the article or its settings do.
fn lines(row: &Row, kind: Kind) -> Option<Vec<String>> {
    let due = row.outlook.due.as_ref()?;
    let name = if kind == Kind::Event { "VEVENT" } else { "VTODO" };
    let day = due.day.strftime("%Y%m%d");
    let mut lines = vec![format!("BEGIN:{name}"), format!("UID:{}", text(&row.uid)), format!("SUMMARY:{}", text(&summary(row)))];
    match (kind, due.day.tomorrow()) {
        (Kind::Event, Ok(next)) => {
            lines.push(format!("DTSTART;VALUE=DATE:{day}"));
            lines.push(format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
            lines.push("TRANSP:TRANSPARENT".into());
        }
        (Kind::Event, Err(_)) => lines.push(format!("DTSTART;VALUE=DATE:{day}")),
        (Kind::Task, _) => {
            lines.push(format!("DUE;VALUE=DATE:{day}"));
            lines.push("STATUS:NEEDS-ACTION".into());
        }
    }
    let mut about = vec![row.path.clone()];
    about.push(match (row.last(), row.reviewer()) {
        (Some(date), Some(reviewer)) => format!("Last review: {date} by {reviewer}"),
        (Some(date), None) => format!("Last review: {date}"),
        (None, _) => "Last review: not stated".into(),
    });
    about.push(format!("Due {}: {}", due.day, due.basis));
    if !row.owners.is_empty() {
        about.push(format!("Owner: {}", row.owners.join("; ")));
        let owners: Vec<String> = row.owners.iter().map(|owner| text(owner)).collect();
        lines.push(format!("CATEGORIES:{}", owners.join(",")));
    }
    about.extend(row.outlook.doubts.iter().map(super::doubt));
    lines.push(format!("DESCRIPTION:{}", text(&about.join("\n"))));
    lines.push(format!("END:{name}"));
    Some(lines)
}

fn summary(row: &Row) -> String {
    format!("Review due: {}", row.name())
}

/// Days from 1970 to the last review; 0 without one.
fn reviewed_day(row: &Row) -> u32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    let days = row.outlook.last.as_ref().and_then(|last| epoch.until(last.date.last_day()).ok()).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

/// The entries of a file of ours, by the line of their UID. Of another's file nothing is found, or nothing that is the same.
fn entries(file: &str) -> HashMap<String, Entry> {
    let unfolded = file.replace("\r\n", "\n").replace("\n ", "");
    let mut found = HashMap::new();
    let mut lines: Vec<String> = Vec::new();
    let mut revision = Revision { sequence: 0, stamp: String::new() };
    for line in unfolded.lines() {
        match line.split_once(':') {
            Some(("BEGIN", _)) => lines = vec![line.to_owned()],
            Some(("SEQUENCE", value)) => revision.sequence = value.parse().unwrap_or(0),
            Some(("DTSTAMP", value)) => value.clone_into(&mut revision.stamp),
            Some(("LAST-MODIFIED", _)) => {}
            Some(("END", "VEVENT" | "VTODO")) => {
                lines.push(line.to_owned());
                if let Some(uid) = lines.get(1).cloned() {
                    found.insert(uid, Entry { lines: std::mem::take(&mut lines), revision: revision.clone() });
                }
            }
            _ => lines.push(line.to_owned()),
        }
    }
    found
}

/// A value of type TEXT.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' => out += "\\n",
            '\\' | ';' | ',' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The longest line, in bytes without its end.
const LONGEST: usize = 75;

/// Adds a line, folded where it is too long, and never inside a character.
fn push(out: &mut String, line: &str) {
    let mut room = LONGEST;
    for c in line.chars() {
        if c.len_utf8() > room {
            *out += "\r\n ";
            room = LONGEST - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    *out += "\r\n";
}

//! The calendar as Markdown, for an issue, a wiki or the summary of a workflow.

use super::{Calendar, Row};

/// The calendar.
pub fn markdown(calendar: &Calendar) -> String {
    let mut out = format!("# Reviews due\n\n{}.\n", escaped(&calendar.line()));
    for (name, rows) in calendar.groups() {
        if !name.is_empty() {
            out += &format!("\n## {}\n", escaped(&name));
        }
        out += "\n| Article | State | Due | Last review | Owner | Notes |\n|---|---|---|---|---|---|\n";
        out.extend(rows.iter().map(|row| line(calendar, row)));
    }
    out
}

fn line(calendar: &Calendar, row: &Row) -> String {
    let due = row.outlook.due.as_ref().map_or(String::new(), |due| {
        let why = format!("{}, {}", calendar.distance(due), due.basis);
        format!("**{}**<br>{}", due.day, escaped(&why))
    });
    let reviewer = row.reviewer().map_or(String::new(), |reviewer| format!("<br>{}", escaped(reviewer)));
    let name = match &row.title {
        Some(title) => format!("{}<br>{}", escaped(title), escaped(&row.path)),
        None => escaped(&row.path),
    };
    let notes: Vec<String> = row.notes().iter().map(|note| escaped(note)).collect();
    format!(
        "| {name} | {} | {due} | {}{reviewer} | {} | {} |\n",
        row.outlook.state.words(),
        row.last().unwrap_or_default(),
        escaped(&row.owners.join("; ")),
        notes.join("<br>")
    )
}

/// Words that are shown as they are, inside a cell of a table.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '@' | '!') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

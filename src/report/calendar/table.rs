//! The calendar for the terminal: a line an article, in columns.

use super::{Calendar, Row};

const HEADINGS: [&str; 6] = ["STATE", "DUE", "", "LAST REVIEW", "OWNER", "ARTICLE"];

/// The longest words in a column but the last, in characters.
const WIDEST: usize = 36;

/// The calendar.
pub fn table(calendar: &Calendar) -> String {
    let groups = calendar.groups();
    let lines: Vec<Vec<[String; 6]>> =
        groups.iter().map(|(_, rows)| rows.iter().map(|row| cells(calendar, row)).collect::<Vec<_>>()).collect();
    let width = |column: usize| {
        let cells = lines.iter().flatten().map(|cells| cells[column].chars().count());
        cells.chain([HEADINGS[column].len()]).max().unwrap_or(0)
    };
    let widths: [usize; 6] = std::array::from_fn(width);
    let mut out = String::new();
    if !groups.is_empty() {
        out += &line(&HEADINGS.map(str::to_owned), &widths);
    }
    for ((name, rows), lines) in groups.iter().zip(&lines) {
        if !name.is_empty() {
            out += &format!("\n{name}\n");
        }
        for (row, cells) in rows.iter().zip(lines) {
            out += &line(cells, &widths);
            for note in row.notes() {
                out += &format!("    {note}\n");
            }
        }
    }
    if !groups.is_empty() {
        out.push('\n');
    }
    out += &calendar.line();
    if calendar.hidden() > 0 {
        out += " (--all lists every article)";
    }
    out + "\n"
}

fn cells(calendar: &Calendar, row: &Row) -> [String; 6] {
    let due = row.outlook.due.as_ref();
    let reviewed = match (row.last(), row.reviewer()) {
        (Some(date), Some(reviewer)) => format!("{date} by {reviewer}"),
        (last, _) => last.unwrap_or_default(),
    };
    let title = row.title.as_ref().map_or(String::new(), |title| format!("  {title}"));
    [
        row.outlook.state.words().to_owned(),
        due.map_or(String::new(), |due| due.day.to_string()),
        due.map_or(String::new(), |due| format!("{}, {}", calendar.distance(due), due.basis)),
        cut(&reviewed),
        cut(&row.owners.join("; ")),
        format!("{}{title}", row.path),
    ]
}

fn cut(words: &str) -> String {
    if words.chars().count() <= WIDEST { words.to_owned() } else { words.chars().take(WIDEST - 1).chain(['…']).collect() }
}

fn line(cells: &[String; 6], widths: &[usize; 6]) -> String {
    let mut out = String::new();
    for (cell, &width) in cells.iter().zip(widths) {
        let cell: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        out += &format!("{cell:<width$}  ");
    }
    out.trim_end().to_owned() + "\n"
}

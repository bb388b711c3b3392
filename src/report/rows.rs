//! Findings as rows of a table, for spreadsheets.

use super::plain::{path, plain};
use super::{Record, Remark, UNREAD, Unread, one_line};

/// The columns, and how wide they are shown, in characters.
pub const COLUMNS: [(&str, u8); 15] = [
    ("path", 32),
    ("line", 7),
    ("column", 8),
    ("end_line", 7),
    ("end_column", 8),
    ("severity", 10),
    ("rule", 26),
    ("category", 12),
    ("message", 60),
    ("advice", 48),
    ("quote", 40),
    ("sentence", 60),
    ("headings", 32),
    ("paragraph", 10),
    ("fingerprint", 20),
];

/// What stands in a cell.
pub enum Cell {
    Empty,
    Number(u32),
    Text(String),
}

impl Cell {
    /// Text as spreadsheets take it.
    pub fn text(text: impl AsRef<str>) -> Self {
        Cell::Text(plain(text.as_ref()).into_owned())
    }
}

pub type Row = [Cell; COLUMNS.len()];

/// The row of a finding.
pub fn finding(record: &Record, remark: &Remark) -> Row {
    let path = path(&record.summary.path);
    let context = &remark.context;
    [
        Cell::text(&path),
        Cell::Number(remark.start.line),
        Cell::Number(remark.start.column),
        Cell::Number(remark.end.line),
        Cell::Number(remark.end.column),
        Cell::text(remark.severity.name()),
        Cell::text(remark.rule),
        Cell::text(remark.category.name()),
        Cell::text(one_line(&remark.message)),
        Cell::text(one_line(remark.advice().unwrap_or_default())),
        Cell::text(&remark.quote),
        Cell::text(format!("{}{}{}", context.before, context.words, context.after)),
        Cell::text(context.headings.join(" › ")),
        context.paragraph.map_or(Cell::Empty, Cell::Number),
        Cell::text(remark.fingerprint(Some(&path))),
    ]
}

/// The row of a file that could not be checked.
pub fn unread(unread: &Unread) -> Row {
    let mut row: Row = std::array::from_fn(|_| Cell::Empty);
    row[0] = Cell::text(path(&unread.path));
    row[5] = Cell::text("error");
    row[6] = Cell::text(UNREAD);
    row[8] = Cell::text(one_line(&unread.message));
    row
}

//! CSV by RFC 4180, a row for each finding, for spreadsheets.
//!
//! It begins with a byte order mark, without which Excel reads µ and “ ” as other characters; machines have `jsonl`.

use super::rows::{self, COLUMNS, Cell};
use super::{Facts, Form, Record, Report, Source, Tally};

pub const FORM: Form =
    Form { name: "csv", about: "a row for each finding, for spreadsheets", reads_source: false, is_binary: false, make: |_| Box::new(Csv) };

struct Csv;

impl Report for Csv {
    fn opening(&self, _: &Facts) -> String {
        format!("\u{feff}{}", table([COLUMNS.map(|(name, _)| name.to_owned())]))
    }

    fn article(&self, record: &Record, _: &Source) -> String {
        table(record.remarks.iter().map(|remark| rows::finding(record, remark).map(shown)))
    }

    fn closing(&mut self, _: &Facts, tally: &Tally) -> Vec<u8> {
        table(tally.unread.iter().map(|unread| rows::unread(unread).map(shown))).into_bytes()
    }
}

fn table<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("rows of one length are written to memory");
    }
    String::from_utf8(writer.into_inner().expect("memory takes everything")).expect("text is UTF-8")
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what could start one.
fn shown(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) if starts_formula(&text) => format!("'{text}"),
        Cell::Text(text) => text,
    }
}

/// Whether a text begins, perhaps behind spaces, as a formula does; the wide forms of the signs are taken for them too.
fn starts_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

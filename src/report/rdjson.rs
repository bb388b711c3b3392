//! The Reviewdog Diagnostic Format, from which reviewdog writes comments with suggestions on pull requests.
//!
//! Its columns count bytes of the line as UTF-8, so the text is looked into. Where there is none, as in a run that was kept,
//! findings have lines and no columns. A suggestion is one stretch of text; edits of one line are told as one.

use serde_json::{Value, json};

use super::{Facts, Form, Record, Remark, Report, Source, Tally, UNREAD, Unread, plain, rows_of_unread, told};
use crate::diagnostic::{Safety, Severity};
use crate::record::{Mending, Replacement};
use crate::source::Position;

pub const FORM: Form = Form {
    name: "rdjson",
    about: "the Reviewdog Diagnostic Format, with suggestions",
    reads_source: true,
    is_binary: false,
    make: |_| Box::new(RdJson),
};

struct RdJson;

impl Report for RdJson {
    fn opening(&self, _: &Facts) -> String {
        "{\n\"source\": {\"name\":\"medproof\"},\n\"diagnostics\": [\n".into()
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn article(&self, record: &Record, source: &Source) -> String {
        let finding = |remark| diagnostic(record, remark, source).to_string();
        record.remarks.iter().map(finding).collect::<Vec<_>>().join(self.separator())
    }

    fn closing(&mut self, _: &Facts, tally: &Tally) -> Vec<u8> {
        (rows_of_unread(tally, self.separator(), |file| unread(file).to_string()) + "\n]\n}\n").into_bytes()
    }
}

fn diagnostic(record: &Record, remark: &Remark, source: &Source) -> Value {
    let severity = match remark.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    };
    let range = range(source, remark.start, remark.end)
        .unwrap_or_else(|| json!({ "start": { "line": remark.start.line }, "end": { "line": remark.end.line } }));
    let mut row = json!({
        "message": told(remark),
        "location": { "path": plain::path(&record.summary.path), "range": range },
        "severity": severity,
        "code": { "value": remark.rule },
    });
    if let Some(suggestion) = remark.fix.as_ref().and_then(|fix| suggestion(source, fix)) {
        row["suggestions"] = json!([suggestion]);
    }
    row
}

fn unread(file: &Unread) -> Value {
    json!({
        "message": file.told(),
        "location": { "path": plain::path(&file.path) },
        "severity": "ERROR",
        "code": { "value": UNREAD },
    })
}

/// The fix as one stretch and its new text. Edits on several lines would carry much of the text between them.
fn suggestion(source: &Source, fix: &Mending) -> Option<Value> {
    let (first, last) = (fix.edits.iter().min_by_key(|edit| edit.start)?, fix.edits.iter().max_by_key(|edit| edit.end)?);
    if fix.safety == Safety::Manual || fix.edits.len() > 1 && first.start.line != last.end.line {
        return None;
    }
    let range = range(source, first.start, last.end)?;
    Some(json!({ "range": range, "text": merged(source, fix)? }))
}

/// What stands between the first and the last edit when all are made.
fn merged(source: &Source, fix: &Mending) -> Option<String> {
    let mut edits: Vec<&Replacement> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut text = String::new();
    let mut at = edits.first()?.start;
    for edit in edits {
        text += source.text().get(source.span(at, edit.start).range())?;
        text += &edit.text;
        at = edit.end;
    }
    Some(text)
}

/// A range with columns in bytes; `None` where the text does not hold it.
fn range(source: &Source, start: Position, end: Position) -> Option<Value> {
    let span = source.span(start, end);
    source.text().get(span.range())?;
    let place = |at: Position, offset: u32| {
        let line = source.line_span(at.line).start;
        // A position of a text that is not this one.
        (line <= offset && source.position(offset) == at).then(|| json!({ "line": at.line, "column": offset - line + 1 }))
    };
    Some(json!({ "start": place(start, span.start)?, "end": place(end, span.end)? }))
}

//! One finding as a reader sees it: its sentence with the words marked, its place, and what to do.

use serde::Serialize;

use super::super::one_line;
use super::words;
use crate::diagnostic::Severity;
use crate::document::Format;
use crate::record::{Record, Remark};

/// The findings of one severity in an article.
#[derive(Serialize)]
pub struct Group<'a> {
    severity: &'static str,
    title: &'static str,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    /// Which finding of the article it is.
    number: usize,
    rule: &'static str,
    place: String,
    message: String,
    /// The sentence up to the marked words.
    before: String,
    marked: Vec<Piece>,
    after: String,
    advice: Option<&'a str>,
    /// The marked words as they would be after the fix.
    suggestion: Option<String>,
    notes: Vec<Note<'a>>,
}

/// A part of the marked words.
#[derive(Serialize)]
struct Piece {
    text: String,
    /// It stands for a character that nobody sees.
    unseen: bool,
}

/// Another place that belongs to the finding.
#[derive(Serialize)]
struct Note<'a> {
    line: Option<u32>,
    quote: String,
    message: &'a str,
}

/// The most characters shown of a sentence before and behind the marked words, of those, and of other words.
const AROUND: usize = 260;
const MARKED: usize = 400;
const QUOTED: usize = 120;

/// What a severity asks of the editor.
pub fn title(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Fix before publishing",
        Severity::Warning => "Check",
        Severity::Info => "Nice to have",
    }
}

/// The first so many findings of an article, the worst first.
pub fn groups(record: &Record, count: usize) -> Vec<Group<'_>> {
    let mut number = 0;
    let mut groups = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let remarks = record.remarks.iter().filter(|remark| remark.severity == severity);
        let rows: Vec<Row<'_>> =
            remarks.take(count - number).zip(number + 1..).map(|(remark, number)| row(record, remark, number)).collect();
        number += rows.len();
        if !rows.is_empty() {
            groups.push(Group { severity: severity.name(), title: title(severity), rows });
        }
    }
    groups
}

fn row<'a>(record: &'a Record, remark: &'a Remark, number: usize) -> Row<'a> {
    let context = &remark.context;
    let (before, cut_before) = words::last(&context.before, AROUND);
    let (after, cut_after) = words::first(&context.after, AROUND);
    let has_lines = has_lines(record);
    let note = |note: &'a crate::record::Note| Note {
        line: has_lines.then_some(note.start.line),
        quote: line_of(&note.quote, QUOTED),
        message: &note.message,
    };
    Row {
        number,
        rule: remark.rule,
        place: place(record, remark),
        message: words::sentence(&one_line(&remark.message)),
        before: if cut_before { format!("… {before}") } else { before.to_owned() },
        marked: pieces(if context.words.is_empty() { &remark.quote } else { &context.words }),
        after: if cut_after { format!("{after} …") } else { after.to_owned() },
        advice: remark.advice(),
        suggestion: suggestion(remark),
        notes: remark.labels.iter().map(note).collect(),
    }
}

/// Whether a reader can count lines: a Word file has none.
fn has_lines(record: &Record) -> bool {
    record.summary.format != Format::Docx
}

/// Headings, paragraph and line: `Dosing › Children, paragraph 2, line 14`.
fn place(record: &Record, remark: &Remark) -> String {
    let context = &remark.context;
    let title = record.summary.title.as_deref();
    let headings = context.headings.iter().map(String::as_str).filter(|heading| Some(*heading) != title);
    let headings = headings.filter(|heading| !heading.is_empty()).collect::<Vec<_>>().join(" › ");
    let paragraph = context.paragraph.map(|paragraph| format!("paragraph {paragraph}"));
    let line = has_lines(record).then(|| format!("line {}", remark.start.line));
    let is_headed = !headings.is_empty();
    let parts = [is_headed.then_some(headings), paragraph, line];
    let place = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    match () {
        () if place.is_empty() => "The article as a whole".into(),
        () if is_headed => place,
        () => words::sentence(&place),
    }
}

/// The marked words, the characters that nobody sees by their names.
fn pieces(marked: &str) -> Vec<Piece> {
    let (marked, cut) = words::first(marked, MARKED);
    let mut pieces: Vec<Piece> = Vec::new();
    let all_gap = !marked.is_empty() && marked.chars().all(char::is_whitespace);
    for c in marked.replace("\r\n", "\n").chars() {
        let unseen = words::is_unseen(c) || c == '\u{a0}' || all_gap;
        let shown = match c {
            ' ' if all_gap => "␣".to_owned(),
            '\n' => " ".to_owned(),
            c if unseen => format!("U+{:04X}", c as u32),
            c => c.to_string(),
        };
        match pieces.last_mut() {
            Some(last) if !unseen && !last.unseen => last.text += &shown,
            _ => pieces.push(Piece { text: shown, unseen }),
        }
    }
    if cut {
        pieces.push(Piece { text: " …".into(), unseen: false });
    }
    pieces
}

/// The words of a finding with its fix made, where it changes nothing but them.
fn suggestion(remark: &Remark) -> Option<String> {
    let fix = remark.fix.as_ref()?;
    let mut text = String::new();
    let mut from = 0;
    for edit in &fix.edits {
        let start = edit.start.offset.checked_sub(remark.start.offset)? as usize;
        let end = edit.end.offset.checked_sub(remark.start.offset)? as usize;
        text += remark.quote.get(from..start)?;
        text += &edit.text;
        from = end;
    }
    text += remark.quote.get(from..)?;
    let is_shown = text.contains(char::is_alphanumeric) && text.chars().count() <= QUOTED && !text.contains(words::is_unseen);
    is_shown.then(|| line_of(&text, QUOTED))
}

/// Words on one line.
fn line_of(text: &str, longest: usize) -> String {
    let line = one_line(text);
    match words::first(&line, longest) {
        (cut, true) => format!("{cut} …"),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_nobody_sees_are_named() {
        let shown = |text: &str| pieces(text).iter().map(|piece| piece.text.clone()).collect::<Vec<_>>().join("|");
        assert_eq!(shown("5\u{200b} µg"), "5|U+200B| µg");
        assert_eq!(shown("  "), "␣|␣");
        assert_eq!(shown("a\u{a0}b\nc"), "a|U+00A0|b c");
        assert_eq!(shown(""), "");
    }
}

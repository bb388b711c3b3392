//! Marking an article as reviewed: the only place where medproof writes the date of a review.
//!
//! What the article states already is written anew in its own form, in the metadata and in the text; nothing else changes. A text
//! is given back only when reading it shows the new review, and all other metadata as they were. Where that cannot be, the
//! article is left as it is and the reason says what to edit.

mod keys;
mod places;
mod plan;
mod written;

use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;

use crate::article::review::ReviewKind;
use crate::article::review::due::{self, Outlook};
use crate::article::review::intervals;
use crate::diagnostic::Edit;
use crate::document::{Format, Metadata};
use crate::linter::{self, Checked, File, Known};
use crate::rules::INTERNAL_ERROR;

/// A review that has taken place.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The reviewer, as the article is to name them.
    pub by: String,
    pub on: Date,
    pub next: Option<Next>,
    /// Whether a Markdown file that states no review gets front matter.
    pub add: bool,
}

/// When the review after it is due.
#[derive(Debug, Clone)]
pub enum Next {
    On(Date),
    /// So long after the review.
    After(Span),
}

impl FromStr for Next {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        if let Ok(day) = words.parse() {
            return Ok(Next::On(day));
        }
        let span = intervals::read(words).map(Next::After);
        span.ok_or_else(|| format!("“{words}” is no day and no length of time; write 2029-05-31, 3y, or 18 months"))
    }
}

impl Next {
    fn day(&self, on: Date) -> Option<Date> {
        match self {
            Next::On(day) => Some(*day).filter(|day| *day > on),
            Next::After(span) => on.checked_add(*span).ok(),
        }
    }
}

/// A marked article.
#[derive(Debug)]
pub struct Marked {
    /// The file as it is to be; as it was where it said so already.
    pub bytes: Vec<u8>,
    /// What the reviewer should know.
    pub notes: Vec<String>,
}

/// Why an article is left as it is, with what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

type Outcome<T> = Result<T, Refusal>;

fn refuse<T>(message: impl Into<String>) -> Outcome<T> {
    Err(Refusal(message.into()))
}

/// Marks an article.
///
/// # Errors
/// A [`Refusal`] where the review cannot be written without changing anything else.
pub fn mark(file: File, known: Known<'_>, mark: &Mark) -> Outcome<Marked> {
    if mark.by.trim().is_empty() || mark.by.contains(char::is_control) {
        return refuse("the reviewer is named on one line, such as --by \"Dr Ana Ruiz\"");
    }
    let next =
        mark.next.as_ref().map(|next| next.day(mark.on).ok_or(Refusal("the next review lies behind this one".into()))).transpose()?;
    let bytes = file.bytes.clone();
    let before = read(file, known, mark.on)?;
    let source = &before.source;
    match before.document.format {
        Format::Docx => return refuse("the review of a Word file is stated in Word: change its date and reviewer there"),
        Format::Jats => return refuse("the review of a JATS file is part of its publishing history: edit its <pub-history> by hand"),
        Format::Text | Format::Markdown | Format::Html => {}
    }
    if !source.is_exact() {
        return refuse("the file is not in UTF-8, and would be written otherwise than it was; save it as UTF-8 first");
    }
    if let Some(problem) = before.document.problems.first() {
        let line = source.position(problem.span.start).line;
        return refuse(format!("line {line}: {}; mend it first, as what stands behind it was not read", problem.message));
    }
    let plan = plan::plan(&before, mark, next)?;
    let text = applied(source.text(), &plan.edits);
    let mark_of_order = bytes.len() - source.text().len();
    let changed = [&bytes[..mark_of_order], text.as_bytes()].concat();
    let again = File { name: source.name().to_owned(), bytes: changed.clone(), format: Some(before.document.format) };
    verify(&before, &read(again, known, mark.on)?, &plan.edits, mark, next)?;
    Ok(Marked { bytes: changed, notes: plan.notes })
}

fn read(file: File, known: Known<'_>, today: Date) -> Outcome<Checked> {
    let checked = linter::check_file(file, &[], known, today).map_err(|error| Refusal(error.to_string()))?;
    match checked.diagnostics.iter().find(|diagnostic| diagnostic.rule == INTERNAL_ERROR.id) {
        Some(failure) => refuse(failure.message.clone()),
        None => Ok(checked),
    }
}

/// The text with the edits, which are sorted and apart.
fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out += &text[at..edit.span.start as usize];
        out += &edit.text;
        at = edit.span.end as usize;
    }
    out + &text[at..]
}

/// Makes sure that the new text says what it is to say, and all else as before.
fn verify(before: &Checked, after: &Checked, edits: &[Edit], mark: &Mark, next: Option<Date>) -> Outcome<()> {
    let by_hand = "; it is left as it is: edit it by hand";
    if let Some(problem) = after.document.problems.first() {
        return refuse(format!("with the new review, {}{by_hand}", problem.message));
    }
    let statements = &after.article.review;
    let Outlook { last, .. } = due::outlook(statements, &after.document, None, mark.on, due::default_within());
    let Some(last) = last else { return refuse(format!("the new date would not be read as that of a review{by_hand}")) };
    if !(last.date.first_day()..=last.date.last_day()).contains(&mark.on) {
        return refuse(format!("the newest review would be that of {}, not of {}{by_hand}", last.date, mark.on));
    }
    let by = mark.by.split_whitespace().collect::<Vec<_>>().join(" ");
    if last.reviewer.as_deref() != Some(&*by) {
        let read = last.reviewer.map_or("nobody".to_owned(), |reviewer| format!("“{reviewer}”"));
        return refuse(format!("the reviewer would be read as {read}, not as “{by}”{by_hand}"));
    }
    if let Some(next) = next {
        let outlook = due::outlook(statements, &after.document, None, mark.on, due::default_within());
        let announced = due::newest(statements, ReviewKind::NextReview).map(|(date, _)| date);
        let by_date = announced.is_some_and(|date| (date.first_day()..=date.last_day()).contains(&next));
        let by_interval = announced.is_none() && outlook.due.is_some_and(|due| due.day >= next);
        if !by_date && !by_interval {
            return refuse(format!("the next review would not be read as that of {next}{by_hand}"));
        }
    }
    let touched = |entry: &Metadata| {
        let whole = entry.key_span.cover(entry.value_span);
        // A value where none stands comes behind the colon.
        let end = whole.end + u32::from(entry.value.is_empty());
        edits.iter().any(|edit| edit.span.start <= end && whole.start <= edit.span.end)
    };
    let kept = before.document.metadata.iter().filter(|entry| !touched(entry)).map(|entry| (&entry.key, &entry.value));
    let mut found = after.document.metadata.iter().map(|entry| (&entry.key, &entry.value));
    for (key, value) in kept {
        if !found.any(|entry| entry == (key, value)) {
            return refuse(format!("`{key}` would change too{by_hand}"));
        }
    }
    Ok(())
}

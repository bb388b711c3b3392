//! Edits of the text as pieces of the XML that are taken out, and words that come in.

use std::ops::Range;

use super::super::trace::{Part, Trace};
use crate::diagnostic::Edit;
use crate::source::Span;

/// An edit in bytes of a part.
#[derive(Debug)]
pub struct Change {
    pub part: Part,
    /// What is taken out, each piece inside one run.
    pub deleted: Vec<Range<usize>>,
    /// What comes in, and behind which byte.
    pub inserted: Option<(usize, String)>,
}

/// The pieces of an edit; `None` where words are touched that stand in no run, such as a number that Word counts, a tab, or the
/// end of a line.
pub fn change(trace: &Trace, text: &str, edit: &Edit) -> Option<Change> {
    if edit.text.contains(char::is_control) {
        return None;
    }
    let Edit { span, text: words } = within(text, edit);
    let mut deleted: Vec<Range<usize>> = Vec::new();
    let mut part = None;
    let mut at = span.start;
    for run in trace.runs(span).filter(|run| !run.text.is_empty()) {
        if run.text.start != at || *part.get_or_insert(run.part) != run.part {
            return None;
        }
        at = run.text.end;
        match deleted.last_mut() {
            // An entity is a piece of its own in one run with the words beside it.
            Some(last) if last.end == run.xml.start => last.end = run.xml.end,
            _ => deleted.push(run.xml),
        }
    }
    if at != span.end {
        return None;
    }
    let end = match deleted.last() {
        Some(last) => last.end,
        None => {
            let before = text[..span.start as usize].chars().next_back()?;
            let run = trace.runs(Span { start: span.start - before.len_utf8() as u32, end: span.start }).last()?;
            part = Some(run.part);
            run.xml.end
        }
    };
    Some(Change { part: part?, deleted, inserted: (!words.is_empty()).then_some((end, words)) })
}

/// The edit without the characters at its ends that stay as they are: their formatting is not its business.
fn within(text: &str, edit: &Edit) -> Edit {
    let old = &text[edit.span.range()];
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(edit.text.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&old[head..], &edit.text[head..]);
    let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let span = Span { start: edit.span.start + head as u32, end: edit.span.end - tail as u32 };
    Edit { span, text: new[..new.len() - tail].to_owned() }
}

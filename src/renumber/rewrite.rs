//! The source in other numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use super::citing::Citing;
use super::listing::List;
use crate::article::citations::digit;
use crate::diagnostic::Edit;
use crate::formats::elements;
use crate::linter::Checked;
use crate::source::Span;

/// Which number becomes which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    /// The new number by the old one; a number that is not here keeps its own.
    pub new: BTreeMap<u32, u32>,
    /// Old numbers whose entries go, as another entry gives their work.
    pub merged: BTreeSet<u32>,
}

impl Map {
    /// The new number of an old one.
    pub fn of(&self, old: u32) -> u32 {
        self.new.get(&old).copied().unwrap_or(old)
    }

    /// The old number whose entry stays, for one whose entry may go.
    pub fn kept(&self, old: u32) -> u32 {
        if !self.merged.contains(&old) {
            return old;
        }
        let new = self.of(old);
        self.new.iter().find(|(other, to)| **to == new && !self.merged.contains(other)).map_or(old, |(other, _)| *other)
    }
}

/// How the numbers of a citation stand after the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// Rising, with ranges as the article has them.
    Sorted,
    /// In the order of the works as they were written, each number by itself.
    AsWritten,
}

/// Writes text and list of an article in other numbers.
///
/// # Errors
/// A citation or an entry cannot be changed without harm to what stands around it.
pub fn rewrite(checked: &Checked, map: &Map, arrangement: Arrangement) -> Result<String, Refusal> {
    let elements = elements::read(checked.source.text(), checked.document.format);
    let list = List::of(checked, &elements)?;
    let mut edits = list.edits(map);
    edits.extend(Citing::of(checked, &elements, &list).edits(map, arrangement)?);
    edits.sort_by_key(|edit| edit.span);
    let text = checked.source.text();
    let mut out = String::with_capacity(text.len() + edits.len());
    let mut at = 0;
    for edit in &edits {
        let whole = text.get(at..edit.span.start as usize).ok_or_else(|| Refusal::Entry(super::place(checked, edit.span)))?;
        out.push_str(whole);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..]);
    Ok(out)
}

/// A stretch of the source with some parts of it written anew, each given in rising order.
pub fn patched(text: &str, span: Span, changes: &[Edit]) -> String {
    let mut out = String::with_capacity(span.len() + 8);
    let mut at = span.start as usize;
    for change in changes {
        out.push_str(&text[at..change.span.start as usize]);
        out.push_str(&change.text);
        at = change.span.end as usize;
    }
    out.push_str(&text[at..span.end as usize]);
    out
}

/// A number in the digits of another one: superscripts stay superscripts.
pub fn print(number: u32, like: &str) -> String {
    let plain = number.to_string();
    if like.is_ascii() {
        plain
    } else {
        plain.bytes().map(|b| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(b - b'0')]).collect()
    }
}

/// The digits at the start of a text: their value and their length in bytes.
pub fn digits(text: &str) -> Option<(u32, usize)> {
    let (mut value, mut length) = (0u32, 0);
    for c in text.chars() {
        let Some((next, _)) = digit(c) else { break };
        value = value.checked_mul(10)?.checked_add(next)?;
        length += c.len_utf8();
    }
    (length > 0).then_some((value, length))
}

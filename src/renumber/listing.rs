//! The list as slots: each holds one entry with all that belongs to it, and entries move from slot to slot.

use std::collections::BTreeMap;

use super::rewrite::{Map, digits, patched, print};
use super::{Refusal, place};
use crate::diagnostic::Edit;
use crate::document::Format;
use crate::formats::elements::Elements;
use crate::linter::Checked;
use crate::source::Span;

/// The numbered entries of the list with their places in the source.
pub struct List<'c> {
    text: &'c str,
    pub slots: Vec<Slot>,
}

/// An entry as it stands.
pub struct Slot {
    pub number: u32,
    pub span: Span,
    /// The digits of its number; `None` where the list counts its entries itself.
    digits: Option<Span>,
    /// What links may name it by.
    pub ids: Vec<String>,
}

/// Elements that hold several entries, even where there is but one.
const HOLDERS: &[&str] =
    &["ol", "ul", "dl", "table", "tbody", "ref-list", "sec", "back", "body", "section", "article", "main", "html", "nav", "footer"];

impl<'c> List<'c> {
    /// Finds where each entry starts and ends.
    ///
    /// # Errors
    /// The places of two entries touch.
    pub fn of(checked: &'c Checked, elements: &Elements<'_>) -> Result<Self, Refusal> {
        let text = checked.source.text();
        let entries: Vec<_> = checked.article.references.entries.iter().collect();
        let starts: Vec<usize> = entries.iter().map(|entry| start(checked, entry.span)).collect();
        let mut slots: Vec<Slot> = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            let Some(number) = entry.number else { continue };
            let before = i.checked_sub(1).map_or(0, |i| entries[i].span.end as usize);
            let after = starts.get(i + 1).copied().unwrap_or(text.len());
            let bounds = Span { start: before.min(starts[i]) as u32, end: after as u32 };
            let end = end(checked, entry.span, after);
            let (start, end) = (widen(elements, starts[i], bounds).start as usize, widen(elements, end - 1, bounds).end as usize);
            let span = Span::new(start.min(starts[i]), end.max(entry.span.end as usize));
            if i > 0 && span.start < slots.last().map_or(0, |slot| slot.span.end) || span.end as usize > after {
                return Err(Refusal::Entry(place(checked, entry.span)));
            }
            let labelled = entry.label.and_then(|label| printed(text, label, number));
            let ids = elements.starting_in(span).flat_map(|element| &element.attributes);
            let ids = ids.filter(|attribute| matches!(attribute.name, "id" | "name")).map(|id| checked.source.slice(id.value).to_owned());
            let valued = || {
                let own = elements.starting_in(span).next()?;
                let value = own.attributes.iter().find(|attribute| attribute.name == "value")?;
                printed(text, value.value, number)
            };
            slots.push(Slot { number, span, digits: labelled.or_else(valued), ids: ids.collect() });
        }
        Ok(Self { text, slots })
    }

    /// The changes that bring the entries into their new order.
    pub fn edits(&self, map: &Map) -> Vec<Edit> {
        let kept: BTreeMap<u32, &Slot> =
            self.slots.iter().filter(|slot| !map.merged.contains(&slot.number)).map(|slot| (map.of(slot.number), slot)).collect();
        let mut edits = Vec::new();
        for (slot, (new, entry)) in self.slots.iter().zip(&kept) {
            let number = entry.digits.map(|span| Edit { span, text: print(*new, &self.text[span.range()]) });
            let text = patched(self.text, entry.span, number.as_slice());
            if text != self.text[slot.span.range()] {
                edits.push(Edit { span: slot.span, text });
            }
        }
        // What stands between two entries goes with the one that is no more.
        let gone = self.slots.windows(2).skip(kept.len().saturating_sub(1));
        edits.extend(gone.map(|pair| Edit { span: Span { start: pair[0].span.end, end: pair[1].span.end }, text: String::new() }));
        edits
    }
}

/// The digits of a number in its label.
fn printed(text: &str, label: Span, number: u32) -> Option<Span> {
    let mut at = label.start as usize;
    while at < label.end as usize {
        let c = text[at..].chars().next()?;
        match digits(&text[at..label.end as usize]) {
            Some((value, length)) if value == number => return Some(Span::new(at, at + length)),
            Some((_, length)) => at += length,
            None => at += c.len_utf8(),
        }
    }
    None
}

/// Where an entry starts with the markup before its number: `**1.**`, `<a id="r1"></a>1.`
fn start(checked: &Checked, entry: Span) -> usize {
    let (text, at) = (checked.source.text(), entry.start as usize);
    if checked.document.format != Format::Markdown {
        return at;
    }
    let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let before = &text[line..at];
    let blank = before.len() - before.trim_start_matches(|c: char| c.is_whitespace() || c == '>').len();
    let mut in_tag = false;
    let bare = before[blank..].chars().all(|c| {
        let is_markup = in_tag || matches!(c, '*' | '_' | '\\' | '<' | '>') || c.is_whitespace();
        in_tag = if in_tag { c != '>' } else { c == '<' };
        is_markup
    });
    if bare { line + blank } else { at }
}

/// Where an entry ends with its block, before the next one.
fn end(checked: &Checked, entry: Span, next: usize) -> usize {
    let own = entry.end as usize;
    if !matches!(checked.document.format, Format::Markdown | Format::Text) {
        return own.max(entry.start as usize + 1);
    }
    let blocks = &checked.document.blocks;
    // Blocks follow the source.
    let before = blocks.partition_point(|block| (block.span.start as usize) < own);
    let block = blocks[..before].iter().rev().take(8).find(|block| block.span.end as usize >= own);
    let end = block.map_or(own, |block| block.span.end as usize).min(next);
    own.max(checked.source.text()[..end].trim_end().len())
}

/// The largest element around a place that stands within bounds; the place itself where there is none.
fn widen(elements: &Elements<'_>, at: usize, bounds: Span) -> Span {
    let place = Span::new(at, at + 1);
    let fits = |&i: &usize| {
        let element = &elements.0[i];
        bounds.contains(element.span) && !HOLDERS.iter().any(|holder| element.name.eq_ignore_ascii_case(holder))
    };
    let around = elements.around(place).into_iter().flat_map(|i| elements.and_ancestors(i));
    around.take_while(fits).last().map_or(place, |i| elements.0[i].span)
}

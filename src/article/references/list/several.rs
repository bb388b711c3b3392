//! Articles with several lists: one that another goes on with, and ones that begin again.

use std::ops::Range;

use super::headings::is_list_heading;
use super::{Line, List, lines, lists_under_headings, unprinted};
use crate::article::references::References;
use crate::document::Document;
use crate::source::Source;

/// A list with those of the others under headings of their own that go on with its numbers, in order: `Methods`, and further
/// works, may stand between.
pub fn with_what_goes_on(lines: &[Line], list: List, mut others: Vec<List>) -> Vec<List> {
    others.retain(|other| other.heading.is_some());
    let mut parts = vec![list];
    loop {
        let (first, last) = (&parts[0], &parts[parts.len() - 1]);
        let behind = others.iter().position(|other| goes_on(lines, last, other));
        let before = others.iter().position(|other| goes_on(lines, other, first));
        match (behind, before) {
            (Some(i), _) => parts.push(others.remove(i)),
            (None, Some(i)) => parts.insert(0, others.remove(i)),
            (None, None) => return parts,
        }
    }
}

/// Whether a list stands behind another one and begins with the next number.
fn goes_on(lines: &[Line], list: &List, next: &List) -> bool {
    let (Some(last), Some(first)) = (list.entries.last(), next.entries.first()) else { return false };
    let follows = number(lines, last).and_then(|number| number.checked_add(1));
    first.start >= last.end && follows.is_some() && follows == number(lines, first)
}

/// The number printed at an entry.
fn number(lines: &[Line], entry: &Range<usize>) -> Option<u32> {
    lines[entry.start].label.as_ref()?.number
}

/// Where another list with numbers of its own starts, under a heading of its own: the heading's block.
pub fn another(source: &Source, document: &Document, references: &References) -> Option<usize> {
    let lines = unprinted::read(document, lines(source, document));
    let others = lists_under_headings(document, &lines).into_iter().filter(|list| {
        let apart = list.heading.is_some_and(|heading| !references.holds_block(heading));
        apart && list.likeness * 2 > list.entries.len() && list.entries.iter().filter(|entry| number(&lines, entry).is_some()).count() > 1
    });
    others.filter_map(|list| list.heading).next()
}

/// The lists under headings whose printed numbers begin with 1, from the heading to the last entry, where there are several.
pub fn from_one(source: &Source, document: &Document) -> Vec<Range<usize>> {
    if document.blocks.iter().filter(|block| is_list_heading(block.text())).nth(1).is_none() {
        return Vec::new();
    }
    let lines = unprinted::read(document, lines(source, document));
    let first = |list: &List| number(&lines, list.entries.first()?);
    let lists = lists_under_headings(document, &lines).into_iter();
    let lists = lists.filter(|list| list.likeness * 2 > list.entries.len() && first(list) == Some(1));
    let run = |list: List| Some(list.heading?..lines[list.entries.last()?.end - 1].block + 1);
    lists.filter_map(run).collect()
}

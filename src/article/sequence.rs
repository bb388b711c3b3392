//! The order in which an article cites its numbers for the first time.

use std::collections::BTreeSet;

use super::citations::{Citation, Citations, Form};
use super::references::References;
use crate::document::{Block, BlockKind, Document};

/// Numbers in the order of their first appearance in the running text, up to the highest that counts. A table or a box is
/// placed where it fits the page, so that numbers which appear first in one say nothing about the order; nor does the mark of
/// a note.
pub fn first_appearances<'a>(document: &Document, citations: &'a Citations, highest: u32) -> Vec<(u32, &'a Citation)> {
    let boxed = boxed(&document.blocks);
    let mut seen = BTreeSet::new();
    let mut firsts = Vec::new();
    for (i, group) in citations.groups.iter().enumerate() {
        let apart = document.block(group.place).in_table() || boxed[group.place.block as usize];
        if is_note_mark(document, group, &citations.groups[i + 1..], &seen) {
            continue;
        }
        let mut numbers: Vec<u32> = group.numbers.iter().copied().filter(|&n| n <= highest).collect();
        numbers.sort_unstable();
        for number in numbers {
            if seen.insert(number) && !apart {
                firsts.push((number, group));
            }
        }
    }
    firsts
}

/// How many groups behind the mark of a note are looked at for its number's turn.
const FARTHEST: usize = 200;

/// Whether a raised number behind an abbreviation in parentheses is the mark of the note that explains it, as journals of
/// nutrition set them: `(CRC)¹²` far ahead of its turn, while 12 is cited again when its turn has come.
fn is_note_mark(document: &Document, group: &Citation, after: &[Citation], seen: &BTreeSet<u32>) -> bool {
    let ([number], Form::Flattened | Form::Superscript | Form::UnicodeSuperscript) = (group.numbers.as_slice(), group.form) else {
        return false;
    };
    let before = document.block(group.place).text()[..group.place.start as usize].trim_end_matches('^');
    let inside = before.strip_suffix(')').and_then(|before| before.rsplit_once('('));
    let abbreviation = inside.is_some_and(|(_, letters)| {
        (2..=8).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
    });
    let next = seen.last().map_or(1, |last| last + 1);
    if !abbreviation || *number <= next || seen.contains(number) {
        return false;
    }
    let after = &after[..after.len().min(FARTHEST)];
    let Some(turn) = after.iter().position(|later| later.numbers.contains(number)) else { return false };
    let between: BTreeSet<u32> = after[..=turn].iter().flat_map(|later| later.numbers.iter().copied()).collect();
    (next..*number).all(|n| between.contains(&n))
}

/// Whether each block stands under a heading such as `Box 1: What is new`, up to the next heading that is not below it.
fn boxed(blocks: &[Block]) -> Vec<bool> {
    let is_box = |text: &str| text.strip_prefix("Box ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let mut open: Option<u8> = None;
    let inside = blocks.iter().map(|block| {
        if let BlockKind::Heading(level) = block.kind
            && open.is_none_or(|above| level <= above)
        {
            open = is_box(block.text()).then_some(level);
        }
        open.is_some()
    });
    inside.collect()
}

/// Whether the list is numbered by the names of the authors (citation-name): its entries rise by their first words, and the
/// first appearances fall all over.
pub fn is_by_name(firsts: &[(u32, &Citation)], references: &References) -> bool {
    falls(firsts) * 4 > firsts.len() && is_alphabetical(references)
}

/// How many first appearances are lower than one before them.
fn falls(firsts: &[(u32, &Citation)]) -> usize {
    let mut highest = 0;
    firsts
        .iter()
        .filter(|(number, _)| {
            highest = highest.max(*number);
            *number < highest
        })
        .count()
}

fn is_alphabetical(references: &References) -> bool {
    let names: Vec<String> =
        references.entries.iter().map(|entry| entry.text().chars().take(4).collect::<String>().to_lowercase()).collect();
    let rising = names.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    names.len() >= 8 && rising * 10 >= (names.len() - 1) * 9
}

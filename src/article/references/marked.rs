//! A reference list whose entries the format itself marks.

use super::{Reference, References, Tags};
use crate::article::citations;
use crate::document::{Block, BlockKind, Document, MarkKind, Marker, Place};
use crate::source::Source;

/// The list, where the format marks its entries.
pub fn read(source: &Source, document: &Document) -> Option<References> {
    let first = document.blocks.iter().position(is_entry)?;
    let heading = first.checked_sub(1).filter(|&above| document.blocks[above].is_heading());
    let mut references =
        References { heading: heading.map(|block| Place::new(block, 0..document.blocks[block].text().len())), ..References::default() };
    let mut numbers = Numbers::new(document);
    for (i, block) in document.blocks.iter().enumerate().skip(first) {
        let BlockKind::Reference { ids, marker, publication } = &block.kind else { continue };
        let follows = document.blocks[..i].last().is_some_and(is_entry);
        match references.blocks.last_mut() {
            Some(run) if run.end == i => run.end = i + 1,
            _ => {
                let headed = i > 0 && document.blocks[i - 1].is_heading();
                references.blocks.push(i - usize::from(headed)..i + 1);
            }
        }
        let number = numbers.of(marker.as_ref(), follows);
        let label = marker.as_ref().filter(|_| !numbers.second).map(|marker| marker.span);
        let parts = block.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Part(part) => Some((part, mark.range.clone())),
            _ => None,
        });
        let tags = Tags { parts: parts.collect(), publication: publication.clone() };
        let words = block.prose.span(0..block.text().len());
        let span = match (block.text().is_empty(), label) {
            (true, _) => block.span,
            (false, Some(label)) => label.cover(words),
            (false, None) => words,
        };
        let mut prose = crate::prose::Prose::default();
        prose.push_part(source.text(), &block.prose, 0..block.text().len());
        references.entries.push(Reference { ids: ids.clone(), tags, ..Reference::new(number, label, prose, span) });
    }
    Some(references)
}

fn is_entry(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Reference { .. })
}

/// The numbers of the entries: as printed, or counted where the text cites by numbers and the page does the counting.
struct Numbers {
    counted: bool,
    last: u32,
    /// The entries belong to a list that numbers its own works from 1 again, or has no numbers where the first one has: its
    /// numbers name others than the text's.
    second: bool,
    /// Numbers are printed.
    printed: bool,
}

impl Numbers {
    fn new(document: &Document) -> Self {
        Self { counted: citations::cites_by_number(document), last: 0, second: false, printed: false }
    }

    /// `follows`: the entry stands directly behind another one.
    fn of(&mut self, marker: Option<&Marker>, follows: bool) -> Option<u32> {
        let number = match marker {
            Some(marker) => marker.number,
            None if self.counted => self.last.checked_add(1),
            None => None,
        };
        let again = number == Some(1) && self.last > 1;
        self.second |= !follows && if marker.is_some() { again } else { self.printed };
        self.printed |= marker.is_some();
        self.last = number.unwrap_or(self.last);
        number.filter(|_| !self.second)
    }
}

//! The line of authors under the title. The raised numbers in it point to where they work, not to references.

use std::ops::Range;

use crate::document::{Block, BlockKind, Document, Mark, MarkKind};
use crate::prose::Prose;

/// The longest line of authors, in bytes.
const LONGEST: usize = 4000;

/// Takes the raised numbers out of lines of authors between the title and the next heading.
pub fn strip_affiliations(text: &str, document: &mut Document) {
    let title = document.blocks.iter().position(|block| block.kind == BlockKind::Heading(1));
    let Some(first) = title.map(|title| title + 1) else { return };
    for block in document.blocks[first..].iter_mut().take_while(|block| !block.is_heading()).take(40) {
        if block.is_running() && block.text().len() <= LONGEST {
            let raised = raised(block);
            if !raised.is_empty() && is_names(&without(block.text(), &raised)) {
                *block = strip(text, block, &raised);
            }
        }
    }
}

fn raised(block: &Block) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for mark in block.marks.iter().filter(|mark| mark.kind == MarkKind::Superscript) {
        match ranges.last_mut() {
            Some(last) if mark.range.start <= last.end => last.end = last.end.max(mark.range.end),
            _ => ranges.push(mark.range.clone()),
        }
    }
    ranges
}

fn without(text: &str, ranges: &[Range<usize>]) -> String {
    kept(text.len(), ranges).map(|range| &text[range]).collect()
}

/// What lies between the ranges.
fn kept(length: usize, ranges: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> {
    let starts = std::iter::once(0).chain(ranges.iter().map(|range| range.end));
    let ends = ranges.iter().map(|range| range.start).chain(std::iter::once(length));
    starts.zip(ends).map(|(start, end)| start..end)
}

/// Whether a line is nothing but names: a few capitalised words between commas.
fn is_names(line: &str) -> bool {
    let names =
        line.split([',', ';', '&', '·', '|', '\n']).flat_map(|part| part.split(" and ")).map(str::trim).filter(|name| !name.is_empty());
    let mut people = 0;
    for name in names {
        let words: Vec<&str> = name.trim_end_matches(['*', '†', '‡', '§', '.']).split_whitespace().collect();
        let capitalised = |word: &&&str| word.starts_with(char::is_uppercase);
        let particles = |word: &&&str| {
            matches!(
                **word,
                "al" | "bin"
                    | "da"
                    | "de"
                    | "del"
                    | "della"
                    | "der"
                    | "di"
                    | "dos"
                    | "el"
                    | "la"
                    | "le"
                    | "ter"
                    | "van"
                    | "von"
                    | "and"
                    | "by"
            )
        };
        if words.len() > 6 || !words.iter().all(|word| capitalised(&word) || particles(&word) || !word.contains(char::is_alphabetic)) {
            return false;
        }
        people += usize::from(words.iter().filter(capitalised).count() >= 2);
    }
    people > 0
}

fn strip(text: &str, block: &Block, ranges: &[Range<usize>]) -> Block {
    let mut prose = Prose::default();
    let mut marks: Vec<Mark> = Vec::new();
    for part in kept(block.text().len(), ranges) {
        let at = prose.text().len();
        prose.push_part(text, &block.prose, part.clone());
        let inside =
            block.marks.iter().filter(|mark| part.start <= mark.range.start && mark.range.end <= part.end && !mark.range.is_empty());
        marks.extend(
            inside
                .map(|mark| Mark { range: mark.range.start - part.start + at..mark.range.end - part.start + at, kind: mark.kind.clone() }),
        );
    }
    Block { prose, marks, kind: block.kind.clone(), ..*block }
}

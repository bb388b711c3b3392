//! Where a finding stands, in the terms of a reader: its sentence, its paragraph, and the headings above.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::sentences;
use crate::document::{Block, BlockKind, Document};
use crate::source::{Source, Span};

/// Words kept on each side in an [`anchor`](Context::anchor), and of the finding itself.
const AROUND: usize = 4;
const WITHIN: usize = 12;

/// The surroundings of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Context {
    /// The sentence up to the finding, as a reader sees it.
    pub before: String,
    /// The words of the finding, as a reader sees them.
    pub words: String,
    /// The sentence behind it.
    pub after: String,
    /// The headings above, the outermost first.
    pub headings: Vec<String>,
    /// Which paragraph or list item under its heading it is, from 1; `None` in headings, tables and footnotes.
    pub paragraph: Option<u32>,
    /// A few words of and around the finding in small letters: what it is known by when the text moves.
    pub anchor: String,
}

impl Context {
    /// The first words of the finding alone in small letters, or its marks where it has no words: the middle of the anchor.
    pub fn core(&self) -> String {
        core(&self.words).join(" ")
    }
}

/// Finds the surroundings of places of one article.
pub struct Contexts<'a> {
    source: &'a Source,
    document: &'a Document,
    /// The blocks by where they start in the source.
    order: Vec<u32>,
    sections: Vec<Section>,
}

/// Where a block stands.
#[derive(Debug, Clone, Copy)]
struct Section {
    /// The heading above.
    heading: Option<u32>,
    paragraph: Option<u32>,
}

impl<'a> Contexts<'a> {
    pub fn new(source: &'a Source, document: &'a Document) -> Self {
        let mut order: Vec<u32> = (0..document.blocks.len() as u32).collect();
        order.sort_by_key(|&block| document.blocks[block as usize].span);
        Self { source, document, order, sections: sections(&document.blocks) }
    }

    pub fn of(&self, span: Span) -> Context {
        let Some(block) = self.block_at(span) else { return self.of_line(span) };
        let found = &self.document.blocks[block];
        let text = found.text();
        let Some(range) = found.prose.range(span) else { return self.of_line(span) };
        let sentence = sentences::around(text, range.start).start..sentences::around(text, range.end).end;
        let section = self.sections[block];
        Context {
            before: words(text[sentence.start.min(range.start)..range.start].trim_start()),
            words: text[range.clone()].to_owned(),
            after: words(text[range.end..sentence.end.max(range.end)].trim_end()),
            headings: self.headings(section.heading),
            paragraph: section.paragraph,
            anchor: anchor(text, range),
        }
    }

    /// What stands in no prose, such as front matter, is shown by its line.
    fn of_line(&self, span: Span) -> Context {
        let text = self.source.text();
        let line = self.source.line_span(self.source.position(span.start).line);
        let (start, end) = (span.start as usize, (span.end as usize).min(text.len()));
        let range = start.clamp(line.start as usize, line.end as usize)..end.clamp(line.start as usize, line.end as usize);
        let Some(words) = text.get(range.clone()) else { return Context::default() };
        let near = sentences::near(text, range.clone(), 300);
        let near = near.start.max(line.start as usize)..near.end.min(line.end as usize);
        let (before, after) = (&text[near.start.min(range.start)..range.start], &text[range.end..near.end.max(range.end)]);
        let local = range.start - before.len();
        Context {
            before: before.to_owned(),
            words: words.to_owned(),
            after: after.to_owned(),
            anchor: anchor(&text[local..range.end + after.len()], range.start - local..range.end - local),
            ..Context::default()
        }
    }

    /// The block that holds the start of a span.
    fn block_at(&self, span: Span) -> Option<usize> {
        let behind = self.order.partition_point(|&block| self.document.blocks[block as usize].span.start <= span.start);
        // Blocks may stand inside others, as items of a list do, so the nearest start is not always it.
        self.order[..behind].iter().rev().take(8).map(|&block| block as usize).find(|&block| {
            let own = self.document.blocks[block].span;
            span.start < own.end || span.start == own.end && own.contains(span)
        })
    }

    fn headings(&self, mut heading: Option<u32>) -> Vec<String> {
        let mut headings = Vec::new();
        while let Some(block) = heading {
            headings.push(words(self.document.blocks[block as usize].text()).trim().to_owned());
            heading = self.sections[block as usize].heading;
        }
        headings.reverse();
        headings
    }
}

/// The heading above each block, and the count of paragraphs since.
fn sections(blocks: &[Block]) -> Vec<Section> {
    let mut open: Vec<(u8, u32)> = Vec::new();
    let mut count = 0;
    let mut sections = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        let paragraph = match &block.kind {
            BlockKind::Heading(level) => {
                while open.last().is_some_and(|&(other, _)| other >= *level) {
                    open.pop();
                }
                None
            }
            BlockKind::Paragraph | BlockKind::ListItem { .. } => {
                count += 1;
                Some(count)
            }
            BlockKind::TableCell { .. } | BlockKind::Footnote { .. } | BlockKind::Reference { .. } | BlockKind::Code => None,
        };
        sections.push(Section { heading: open.last().map(|&(_, heading)| heading), paragraph });
        if let BlockKind::Heading(level) = block.kind {
            open.push((level, index as u32));
            count = 0;
        }
    }
    sections
}

/// One line of a text: every gap is a space.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        out.push(c);
    }
    if gap {
        out.push(' ');
    }
    out
}

/// A few words of and around a range, in small letters. Marks count for nothing, but a finding of marks alone keeps them.
fn anchor(text: &str, range: Range<usize>) -> String {
    let near = sentences::near(text, range.clone(), 100);
    let before: Vec<String> = small_words(&text[near.start..range.start]).collect();
    let after = small_words(&text[range.end..near.end]).take(AROUND);
    let before = before[before.len().saturating_sub(AROUND)..].iter().cloned();
    before.chain(core(&text[range])).chain(after).collect::<Vec<_>>().join(" ")
}

fn core(text: &str) -> Vec<String> {
    let mut within: Vec<String> = small_words(text).take(WITHIN).collect();
    if within.is_empty() {
        within.push(text.chars().take(WITHIN).collect());
    }
    within
}

fn small_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

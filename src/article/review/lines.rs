//! The lines of a document in which a statement may stand.

use crate::article::references::References;
use crate::document::{BlockKind, Document};

/// A line of a block's prose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'d> {
    /// Index of the block in the document.
    pub block: usize,
    /// Where the line starts in the block's prose.
    pub offset: usize,
    pub text: &'d str,
    /// An item of a numbered list, which may be a reference.
    pub numbered: bool,
    /// Table, row and column of a cell.
    pub cell: Option<(u32, u32, u32)>,
}

impl Line<'_> {
    /// The row of a cell.
    pub fn row(&self) -> Option<(u32, u32)> {
        self.cell.map(|(table, row, _)| (table, row))
    }
}

/// The lines in reading order, without code, footnotes and the reference list.
pub(super) fn of<'d>(document: &'d Document, references: &References) -> Vec<Line<'d>> {
    let mut lines = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        if references.holds_block(block) || matches!(content.kind, BlockKind::Code | BlockKind::Footnote { .. }) {
            continue;
        }
        let cell = match content.kind {
            BlockKind::TableCell { table, row, column, .. } => Some((table, row, column)),
            _ => None,
        };
        let mut offset = 0;
        for text in content.text().split('\n') {
            if !text.trim().is_empty() {
                lines.push(Line { block, offset, text, numbered: content.marker().is_some(), cell });
            }
            offset += text.len() + 1;
        }
    }
    lines
}

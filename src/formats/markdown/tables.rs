//! Tables, with the cells beyond the width of the head: GFM drops them, and a citation in one of them is still meant.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::document::BlockKind;
use crate::source::Span;

/// The place in a table.
#[derive(Debug, Default)]
pub struct Table {
    pub count: u32,
    pub row: u32,
    pub column: u32,
    pub head: bool,
    /// What of the row stands behind the last cell that the parser gave.
    pub unread: Span,
}

impl Table {
    pub fn cell(&self) -> BlockKind {
        BlockKind::TableCell { table: self.count, row: self.row, column: self.column, head: self.head }
    }
}

/// The cells in what is left of a row, which starts with the `|` behind the last cell read; `None` for an empty one. A `|`
/// behind a `\` is a character.
pub fn cells(text: &str, row: Span) -> Vec<Option<Span>> {
    let mut cells = Vec::new();
    let mut start = row.start as usize;
    let mut escaped = false;
    for (at, byte) in row.range().zip(text[row.range()].bytes()) {
        match byte {
            b'|' | b'\n' if !escaped => {
                let cell = trimmed(text, start, at);
                // In front of the first `|` stands nothing.
                if cell.is_some() || start > row.start as usize {
                    cells.push(cell);
                }
                start = at + 1;
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    cells.extend(trimmed(text, start, row.end as usize).map(Some));
    cells
}

/// A stretch of text without the white space around it; `None` where nothing else is left.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let words = text.get(start..end)?.trim();
    let start = end - text[start..end].trim_start().len();
    (!words.is_empty()).then(|| Span::new(start, start + words.len()))
}

/// Whether an event is of the kind that a cell may hold: a cell that starts as a list does is none.
pub fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }),
        Event::End(tag) => matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image),
        Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) => true,
        _ => false,
    }
}

//! The tables around a place, row by row and cell by cell.

use super::paragraph::Cell;
use super::xml::{Node, Nodes};

/// The tables around a place, the innermost last.
#[derive(Debug, Default)]
pub struct Tables(Vec<Table>);

#[derive(Debug, Default)]
struct Table {
    id: u32,
    rows: u32,
    cells: u32,
    /// The grid column of this cell and of the next.
    column: u32,
    next: u32,
    /// The row was deleted as a tracked change.
    deleted: bool,
    /// Paragraphs of this cell, and of the longest.
    paragraphs: u32,
    longest: u32,
    headings: u32,
}

impl Tables {
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    pub fn truncate(&mut self, depth: usize) {
        self.0.truncate(depth);
    }

    pub fn start(&mut self, id: u32) {
        self.0.push(Table { id, ..Table::default() });
    }

    pub fn row(&mut self) {
        if let Some(table) = self.0.last_mut() {
            table.rows += 1;
            (table.next, table.deleted) = (0, false);
        }
    }

    pub fn cell(&mut self) {
        if let Some(table) = self.0.last_mut() {
            table.cells += 1;
            table.paragraphs = 0;
            table.column = table.next;
            table.next = table.next.saturating_add(1);
        }
    }

    /// Reads `w:trPr` up to its end.
    pub fn row_properties(&mut self, nodes: &mut Nodes<'_>) {
        let depth = nodes.depth();
        while let Some(node) = nodes.next_inside(depth) {
            if matches!(&node, Node::Open(tag) if tag.name() == "del")
                && let Some(table) = self.0.last_mut()
            {
                table.deleted = true;
            }
        }
    }

    /// Reads `w:tcPr` up to its end.
    pub fn cell_properties(&mut self, nodes: &mut Nodes<'_>) {
        let depth = nodes.depth();
        while let Some(node) = nodes.next_inside(depth) {
            if let Node::Open(tag) = node
                && tag.name() == "gridSpan"
                && let Some(table) = self.0.last_mut()
            {
                table.next = table.column.saturating_add(tag.number("val").unwrap_or(1).max(1));
            }
        }
    }

    /// The cell of a paragraph that starts here, in a table opened at `from` or deeper.
    pub fn paragraph(&mut self, from: usize) -> Option<Cell> {
        let table = self.0.get_mut(from..)?.last_mut()?;
        table.paragraphs += 1;
        table.longest = table.longest.max(table.paragraphs);
        Some(Cell { table: table.id, row: table.rows.saturating_sub(1), column: table.column })
    }

    /// Notes a heading in this cell.
    pub fn heading(&mut self) {
        if let Some(table) = self.0.last_mut() {
            table.headings += 1;
        }
    }

    pub fn row_is_deleted(&self) -> bool {
        self.0.last().is_some_and(|table| table.deleted)
    }

    /// Ends a table; gives its id where it only sets the page: one cell, or cells that hold sections.
    pub fn end(&mut self) -> Option<u32> {
        /// Paragraphs that a cell of data does not have.
        const SECTION: u32 = 6;
        let table = self.0.pop()?;
        (table.cells == 1 || table.headings > 0 && table.longest >= SECTION).then_some(table.id)
    }
}

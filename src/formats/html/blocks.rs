//! From the article on a page to blocks in reading order.

use super::content::Content;
use super::database_links;
use super::flow::{Flow, Setting};
use super::furniture::declares;
use super::lists::{List, leading_number};
use super::page::{Event, Page, is_inline};
use crate::document::{Block, BlockKind, Document, MarkKind, Marker};
use crate::formats::markup::{Tag, mark_of};
use crate::source::Span;

/// Adds the blocks of the article to a document.
pub fn read(text: &str, page: &Page, content: &Content, document: &mut Document) {
    let address = Address::of(page);
    let mut walk =
        Walk { text, page, address, flow: Flow::new(text), around: Vec::new(), label: None, tables: Tables::default(), document };
    for part in &content.parts {
        let mut at = part.start;
        while at < part.end {
            at = match &page.events[at] {
                Event::Open(i) if content.dropped[*i] => {
                    if !is_inline(page.elements[*i].name()) {
                        walk.break_here(page.elements[*i].tag.span);
                    }
                    page.elements[*i].close
                }
                Event::Open(i) => {
                    walk.open(*i);
                    at
                }
                Event::Close(i) => {
                    walk.close(*i);
                    at
                }
                Event::Text(pieces) => {
                    walk.words(pieces);
                    at
                }
            } + 1;
        }
        walk.end();
    }
}

struct Walk<'p, 'd> {
    text: &'p str,
    page: &'p Page,
    address: Address,
    flow: Flow<'p>,
    /// What stands around this place, outermost first.
    around: Vec<(usize, Around)>,
    /// A number that stood alone and may belong to the block that follows.
    label: Option<Block>,
    tables: Tables,
    document: &'d mut Document,
}

#[derive(Debug)]
enum Around {
    Heading(u8),
    Quote,
    Code,
    List(List),
    /// The marker is taken by the first block of the item.
    Item {
        marker: Option<Marker>,
        printed: bool,
        depth: u8,
    },
    /// The words of a definition, or of a caption: several paragraphs are one block.
    Joined,
    Cell {
        head: bool,
    },
    /// A cell that holds parts of a page, not a value.
    Layout,
    Table {
        first_block: usize,
        number: u32,
        row: u32,
        column: u32,
        in_head: bool,
        rows: u32,
    },
}

#[derive(Default)]
struct Tables {
    count: u32,
}

impl Walk<'_, '_> {
    fn open(&mut self, element: usize) {
        let tag = &self.page.elements[element].tag;
        let name = tag.name.as_str();
        if is_inline(name) || name == "math" {
            self.open_inline(element, tag);
            return;
        }
        match name {
            "br" => {
                if self.flow.line_break(tag.span) && self.splits() {
                    self.flush();
                }
                return;
            }
            "img" | "wbr" | "input" | "html" | "body" => return,
            _ => {}
        }
        if let Some(level) = heading_level(tag) {
            self.enter(element, Around::Heading(level));
            return;
        }
        match name {
            "ul" | "ol" | "menu" if !self.in_cell() => {
                let list = List::new(self.page, element);
                self.enter(element, Around::List(list));
            }
            "li" if !self.in_cell() => {
                let item = self.item(element);
                self.enter(element, item);
            }
            "blockquote" if !self.in_cell() => self.enter(element, Around::Quote),
            "pre" if !self.in_cell() => self.enter(element, Around::Code),
            "dt" | "dd" | "figcaption" | "caption" | "summary" if !self.in_cell() => self.enter(element, Around::Joined),
            "table" => {
                let number = self.tables.count;
                self.tables.count += 1;
                self.flush();
                let first_block = self.document.blocks.len();
                self.around.push((element, Around::Table { first_block, number, row: 0, column: 0, in_head: false, rows: 0 }));
            }
            "thead" | "tbody" | "tfoot" => self.in_table(|_, _, in_head, _| *in_head = name == "thead"),
            "tr" => self.in_table(|row, column, _, rows| {
                *row = *rows;
                *rows += 1;
                *column = 0;
            }),
            "td" | "th" => {
                let layout = self.is_layout(element);
                self.enter(element, if layout { Around::Layout } else { Around::Cell { head: name == "th" } });
            }
            _ => self.break_here(tag.span),
        }
    }

    fn enter(&mut self, element: usize, around: Around) {
        self.flush();
        self.around.push((element, around));
    }

    fn close(&mut self, element: usize) {
        let tag = &self.page.elements[element].tag;
        if is_inline(&tag.name) || tag.name == "math" {
            self.flow.close_mark(element);
            return;
        }
        if self.around.last().is_some_and(|(by, _)| *by == element) {
            self.flush();
            if let Some((_, Around::Table { first_block, rows, .. })) = self.around.pop() {
                self.settle_table(first_block, rows);
            }
            if matches!(tag.name.as_str(), "td" | "th") {
                self.in_table(|_, column, _, _| *column += 1);
            }
        } else if !matches!(tag.name.as_str(), "br" | "img" | "wbr" | "input") {
            self.break_here(Span::at(tag.span.end as usize));
        }
    }

    fn end(&mut self) {
        self.flush();
        self.flow = Flow::new(self.text);
        self.around.clear();
        self.document.blocks.extend(self.label.take());
    }

    fn open_inline(&mut self, element: usize, tag: &Tag) {
        if let Some(kind) = mark_of(&tag.name) {
            self.flow.open_mark(element, kind);
        } else if tag.name == "math" || tag.name == "tt" {
            self.flow.open_mark(element, MarkKind::Code);
        } else if tag.name == "a"
            && let Some(href) = tag.value("href")
        {
            self.flow.open_mark(element, MarkKind::Link(self.address.within(href).to_owned()));
        }
        if let Some(kind) = raised_or_lowered(tag) {
            self.flow.open_mark(element, kind);
        }
    }

    fn words(&mut self, pieces: &[crate::formats::markup::Piece]) {
        let around = &mut self.around;
        self.flow.words(pieces, &mut || setting(around));
    }

    /// The edge of a paragraph or a box: a new line where paragraphs join, else a new block.
    fn break_here(&mut self, span: Span) {
        if self.splits() {
            self.flush();
        } else {
            self.flow.line_break(span);
        }
    }

    /// Whether paragraphs stand apart here: those of an item, a cell or a caption are one block.
    fn splits(&self) -> bool {
        !matches!(
            self.around.last(),
            Some((_, Around::Item { .. } | Around::Cell { .. } | Around::Heading(_) | Around::Joined | Around::Code))
        )
    }

    fn in_cell(&self) -> bool {
        matches!(self.around.last(), Some((_, Around::Cell { .. })))
    }

    fn in_table(&mut self, change: impl FnOnce(&mut u32, &mut u32, &mut bool, &mut u32)) {
        if let Some((_, Around::Table { row, column, in_head, rows, .. })) = self.around.last_mut() {
            change(row, column, in_head, rows);
        }
    }

    fn item(&mut self, element: usize) -> Around {
        let depth = self.around.iter().filter(|(_, around)| matches!(around, Around::List(_))).take(256).count();
        let depth = depth.saturating_sub(1).min(255) as u8;
        let item = &self.page.elements[element];
        match self.around.last_mut() {
            Some((_, Around::List(list))) => {
                // A computed number stands nowhere; one that cannot be a number can be pointed at.
                let value = item.tag.attribute("value").map_or(item.tag.span, |value| value.span);
                let span = |number: Option<u32>| if number.is_none() { value } else { Span::at(item.tag.span.end as usize) };
                let marker = list.number(item).map(|number| Marker { number, span: span(number) });
                Around::Item { marker, printed: list.printed, depth }
            }
            _ => Around::Item { marker: None, printed: false, depth },
        }
    }

    /// A cell with headings or tables of its own lays out the page.
    fn is_layout(&self, cell: usize) -> bool {
        let within = self.page.tags(&self.page.elements[cell]).skip(1).take(64);
        within.map(|tag| tag.name.as_str()).any(|name| matches!(name, "table" | "h1" | "h2" | "h3" | "article" | "main"))
    }

    /// Ends the block, and joins a number that stands alone with what follows it.
    fn flush(&mut self) {
        let printed = matches!(self.around.last(), Some((_, Around::Item { printed: true, .. })));
        self.flow.close(printed);
        for block in std::mem::take(&mut self.flow.done) {
            self.add(database_links::cut(self.text, block));
        }
    }

    fn add(&mut self, block: Block) {
        let paragraph = block.kind == BlockKind::Paragraph;
        if let Some(label) = self.label.take() {
            if paragraph && !is_number_alone(&block) {
                let marker = leading_number(label.text()).map(|(number, range)| Marker { number, span: label.prose.span(range) });
                let span = label.span.cover(block.span);
                self.document.blocks.push(Block { kind: BlockKind::ListItem { marker, depth: 0 }, span, ..block });
                return;
            }
            self.document.blocks.push(label);
        }
        if paragraph && is_number_alone(&block) {
            self.label = Some(block);
        } else {
            self.document.blocks.push(block);
        }
    }

    /// A table with a printed number in front of every row is a numbered list.
    fn settle_table(&mut self, first: usize, rows: u32) {
        let blocks = &self.document.blocks[first..];
        let column = |block: &Block| match block.kind {
            BlockKind::TableCell { column, .. } => Some(column),
            _ => None,
        };
        let numbered = rows >= 2
            && blocks.len() == 2 * rows as usize
            && blocks.chunks(2).all(|row| column(&row[0]) == Some(0) && column(&row[1]) == Some(1) && is_number_alone(&row[0]));
        if !numbered {
            return;
        }
        let cells = self.document.blocks.split_off(first);
        let mut cells = cells.into_iter();
        while let (Some(label), Some(words)) = (cells.next(), cells.next()) {
            let marker = leading_number(label.text()).map(|(number, range)| Marker { number, span: label.prose.span(range) });
            let span = label.span.cover(words.span);
            self.document.blocks.push(Block { kind: BlockKind::ListItem { marker, depth: 0 }, span, ..words });
        }
    }
}

/// What a word that comes now stands in.
fn setting(around: &mut [(usize, Around)]) -> Setting {
    let quoted = around.iter().rev().take(64).any(|(_, around)| matches!(around, Around::Quote));
    let mut kind = BlockKind::Paragraph;
    for i in (0..around.len()).rev().take(64) {
        match &mut around[i].1 {
            Around::Heading(level) => kind = BlockKind::Heading(*level),
            Around::Code => kind = BlockKind::Code,
            Around::Item { marker, depth, .. } => kind = BlockKind::ListItem { marker: marker.take(), depth: *depth },
            Around::Cell { head } => {
                let head = *head;
                if let Some((_, Around::Table { number, row, column, in_head, .. })) = around[..i].last() {
                    kind = BlockKind::TableCell { table: *number, row: *row, column: *column, head: *in_head || head && *row == 0 };
                }
            }
            Around::Joined | Around::Layout | Around::Table { .. } => {}
            Around::Quote | Around::List(_) => continue,
        }
        break;
    }
    Setting { kind, quoted }
}

fn heading_level(tag: &Tag) -> Option<u8> {
    match tag.name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ if tag.value("role") == Some("heading") => {
            Some(tag.value("aria-level").and_then(|level| level.parse().ok()).unwrap_or(2).clamp(1, 6))
        }
        _ => None,
    }
}

/// Superscripts and subscripts by style or class.
fn raised_or_lowered(tag: &Tag) -> Option<MarkKind> {
    let style = tag.value("style").unwrap_or_default();
    let has_class =
        |names: &[&str]| tag.value("class").is_some_and(|class| class.split_ascii_whitespace().any(|name| names.contains(&name)));
    if declares(style, "vertical-align", "super") || has_class(&["sup", "super", "superscript"]) && tag.name != "sup" {
        Some(MarkKind::Superscript)
    } else if declares(style, "vertical-align", "sub") || has_class(&["sub", "subscript"]) && tag.name != "sub" {
        Some(MarkKind::Subscript)
    } else {
        None
    }
}

fn is_number_alone(block: &Block) -> bool {
    leading_number(block.text()).is_some_and(|(_, range)| range == (0..block.text().len()))
}

/// Where the page says that it stands, so that a link to itself is known.
#[derive(Debug, Default)]
struct Address(Option<String>);

impl Address {
    fn of(page: &Page) -> Self {
        let canonical =
            page.elements.iter().take(2000).find(|element| element.name() == "link" && element.tag.value("rel") == Some("canonical"));
        let href = canonical.and_then(|element| element.tag.value("href"));
        Self(href.map(|href| href.split('#').next().unwrap_or_default().to_owned()).filter(|href| !href.is_empty()))
    }

    /// A link target; the part behind `#` where it leads into this page.
    fn within<'h>(&self, href: &'h str) -> &'h str {
        match (&self.0, href.find('#')) {
            (Some(address), Some(at)) if at > 0 && (href[..at] == **address || address.ends_with(&href[..at]) && href.starts_with('/')) => {
                &href[at..]
            }
            _ => href,
        }
    }
}

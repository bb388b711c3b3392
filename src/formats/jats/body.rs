//! The prose of an article: which block the words belong to, and in which order the blocks are read.

use quick_xml::events::BytesStart;

use super::tag::{Role, Tag};
use super::words::Words;
use super::{Reading, Slot, Undo, attribute, attributes};
use crate::document::{Block, BlockKind, MarkKind, Marker};
use crate::source::Span;

/// What the words stand in; the innermost one decides what kind of block they make.
#[derive(Debug)]
pub enum Context {
    Heading(u8),
    List {
        ordered: bool,
        items: u32,
    },
    Item {
        marker: Option<Marker>,
    },
    Footnote {
        label: String,
    },
    Cell {
        row: u32,
        column: u32,
        head: bool,
    },
    /// A figure, table or box.
    Float,
    Code,
}

/// The block being gathered.
#[derive(Debug)]
pub struct Gathered {
    kind: BlockKind,
    quoted: bool,
    words: Words,
}

/// Where the reading of a table is.
#[derive(Debug, Default)]
pub struct TableState {
    /// Tables begun so far.
    count: u32,
    row: u32,
    column: u32,
    head: bool,
}

impl Reading<'_> {
    /// An element within the prose.
    pub(super) fn enter_prose(&mut self, tag: Tag, parent: Tag, element: &BytesStart<'_>, span: Span) -> Undo {
        if let Some(kind) = mark(tag, element) {
            self.words().open(kind);
            return Undo::Mark;
        }
        let role = tag.role();
        match role {
            Role::Skip => return self.hide(),
            Role::Object => {
                self.object(span);
                return self.hide();
            }
            Role::Space => {
                self.space(span);
                return Undo::Nothing;
            }
            // In a cell everything is one run of words.
            _ if self.in_cell && (role != Role::Inline || matches!(tag, Tag::Title | Tag::Label | Tag::Fn | Tag::Td | Tag::Th)) => {
                self.space(span);
                return Undo::Space;
            }
            _ => {}
        }
        match tag {
            Tag::Ref => self.enter_entry(element, span),
            Tag::Title if parent == Tag::Caption => Undo::Block,
            Tag::Title => self.enter_context(Context::Heading(self.level())),
            Tag::Label => self.enter_label(parent),
            Tag::List => {
                let ordered = attribute(element, "list-type").is_some_and(|kind| kind == "order" || kind == "ordered");
                self.enter_context(Context::List { ordered, items: 0 })
            }
            Tag::ListItem => self.enter_item(span),
            Tag::Fn => self.enter_footnote(parent),
            Tag::Td | Tag::Th => self.enter_cell(tag),
            Tag::Tr => {
                self.flush();
                (self.table.row, self.table.column) = (self.table.row + 1, 0);
                Undo::Block
            }
            Tag::Thead => {
                self.table.head = true;
                Undo::TableHead
            }
            Tag::Table | Tag::Array => {
                self.flush();
                self.table = TableState { count: self.table.count + 1, ..TableState::default() };
                Undo::Block
            }
            Tag::DispQuote | Tag::VerseGroup => {
                self.flush();
                self.quoted += 1;
                Undo::Quote
            }
            Tag::Code | Tag::Preformat => self.enter_context(Context::Code),
            _ => match role {
                Role::Paragraph => {
                    self.flush();
                    self.paragraphs += 1;
                    Undo::Paragraph
                }
                Role::Container => {
                    self.flush();
                    Undo::Block
                }
                Role::Section => {
                    self.flush();
                    self.sections += 1;
                    Undo::Section
                }
                Role::Float => self.enter_float(Context::Float),
                _ => Undo::Nothing,
            },
        }
    }

    pub(super) fn enter_zone(&mut self) -> Undo {
        self.flush();
        self.prose += 1;
        Undo::Zone
    }

    pub(super) fn enter_title(&mut self) -> Undo {
        self.prose += 1;
        self.contexts.push(Context::Heading(1));
        Undo::Title
    }

    pub(super) fn enter_abstract(&mut self) -> Undo {
        self.prose += 1;
        self.sections += 1;
        Undo::Abstract
    }

    fn enter_context(&mut self, context: Context) -> Undo {
        self.flush();
        self.contexts.push(context);
        Undo::Context
    }

    /// The label of a figure or table is read with its caption; others are numbers that the page prints before something.
    fn enter_label(&mut self, parent: Tag) -> Undo {
        match parent {
            Tag::ListItem => self.capture(Slot::ItemLabel),
            Tag::Fn => self.capture(Slot::FootnoteLabel),
            _ if parent.role() == Role::Float => Undo::Label,
            _ => self.hide(),
        }
    }

    fn enter_item(&mut self, span: Span) -> Undo {
        self.flush();
        let marker = match self.contexts.last_mut() {
            Some(Context::List { ordered, items }) => {
                *items += 1;
                ordered.then(|| Marker { number: Some(*items), span: Span::at(span.start as usize) })
            }
            _ => None,
        };
        self.contexts.push(Context::Item { marker });
        Undo::Context
    }

    /// A note within a paragraph stands apart from it; the notes of a table are paragraphs below it.
    fn enter_footnote(&mut self, parent: Tag) -> Undo {
        let label = String::new();
        match parent {
            Tag::TableWrapFoot => {
                self.flush();
                Undo::Block
            }
            _ if self.paragraphs > 0 => self.enter_float(Context::Footnote { label }),
            _ => self.enter_context(Context::Footnote { label }),
        }
    }

    fn enter_cell(&mut self, tag: Tag) -> Undo {
        self.flush();
        let TableState { row, column, head, .. } = self.table;
        self.table.column += 1;
        self.contexts.push(Context::Cell { row: row.saturating_sub(1), column, head: head || tag == Tag::Th });
        self.in_cell = true;
        Undo::Cell
    }

    /// What stands apart is read behind the paragraph that holds it.
    fn enter_float(&mut self, context: Context) -> Undo {
        let within = self.paragraphs > 0;
        if within {
            self.suspended.push(self.current.take());
        } else {
            self.flush();
        }
        self.contexts.push(context);
        if within { Undo::FloatWithin } else { Undo::Context }
    }

    /// Takes back what entering an element did.
    pub(super) fn leave_prose(&mut self, undo: Undo, end: Span) {
        match undo {
            Undo::Mark => {
                if let Some(current) = &mut self.current {
                    current.words.close();
                }
                return;
            }
            Undo::Space => return self.space(end),
            Undo::Label => return self.leave_label(end),
            _ => self.flush(),
        }
        match undo {
            Undo::Context => {
                self.contexts.pop();
            }
            Undo::Cell => {
                self.contexts.pop();
                self.in_cell = false;
            }
            Undo::TableHead => self.table.head = false,
            Undo::Quote => self.quoted -= 1,
            Undo::Section => self.sections -= 1,
            Undo::Zone => self.prose -= 1,
            Undo::Title => {
                self.contexts.pop();
                self.prose -= 1;
            }
            Undo::Abstract => {
                self.sections -= 1;
                self.prose -= 1;
            }
            Undo::FloatWithin => {
                self.contexts.pop();
                self.current = self.suspended.pop().flatten();
            }
            Undo::Paragraph => {
                self.paragraphs -= 1;
                if self.paragraphs == 0 {
                    self.document.blocks.append(&mut self.deferred);
                }
            }
            _ => {}
        }
    }

    /// "Figure 1" and the title of the figure are two things on one line.
    fn leave_label(&mut self, end: Span) {
        if let Some(current) = &mut self.current
            && !current.words.is_empty()
        {
            let mark = if current.words.text().ends_with(['.', ':', '|']) { " " } else { ". " };
            current.words.insert(mark, end.start);
        }
    }

    /// Sets the printed number of the list item around.
    pub(super) fn label_item(&mut self, label: &str, span: Span) {
        if let Some(Context::Item { marker }) = self.contexts.last_mut() {
            let digits = label.trim_matches(|c: char| !c.is_ascii_digit());
            let number = digits.parse().ok();
            *marker = number.map(|number| Marker { number: Some(number), span });
        }
    }

    pub(super) fn label_footnote(&mut self, printed: String) {
        if let Some(Context::Footnote { label }) = self.contexts.last_mut() {
            *label = printed;
        }
    }

    /// The words of the block here; one is begun where none is.
    pub(super) fn words(&mut self) -> &mut Words {
        if self.current.is_none() {
            let kind = self.kind();
            self.current = Some(Gathered { kind, quoted: self.quoted > 0, words: Words::default() });
        }
        &mut self.current.as_mut().expect("begun above").words
    }

    fn space(&mut self, span: Span) {
        if let Some(current) = &mut self.current {
            current.words.space(span);
        }
    }

    fn kind(&mut self) -> BlockKind {
        let depth = self.contexts.iter().filter(|context| matches!(context, Context::List { .. })).count();
        match self.contexts.last_mut() {
            Some(Context::Heading(level)) => BlockKind::Heading(*level),
            Some(Context::Item { marker }) => BlockKind::ListItem { marker: marker.take(), depth: depth.saturating_sub(1).min(255) as u8 },
            Some(Context::Footnote { label }) => BlockKind::Footnote { label: label.clone() },
            Some(Context::Cell { row, column, head }) => {
                BlockKind::TableCell { table: self.table.count.saturating_sub(1), row: *row, column: *column, head: *head }
            }
            Some(Context::Code) => BlockKind::Code,
            Some(Context::List { .. } | Context::Float) | None => BlockKind::Paragraph,
        }
    }

    /// The level of a title here: the article's own is 1.
    fn level(&self) -> u8 {
        (1 + self.sections).clamp(2, 6) as u8
    }

    /// Ends the block that is being gathered.
    pub(super) fn flush(&mut self) {
        let Some(Gathered { kind, quoted, words }) = self.current.take() else { return };
        let (prose, marks) = words.finish();
        if prose.is_empty() {
            return;
        }
        let span = prose.span(0..prose.text().len());
        self.emit(Block { kind, prose, marks, span, quoted });
    }

    pub(super) fn emit(&mut self, block: Block) {
        if self.suspended.is_empty() {
            self.document.blocks.push(block);
        } else {
            self.deferred.push(block);
        }
    }

    /// A formula or a picture within a sentence is no word, and no gap either.
    fn object(&mut self, span: Span) {
        let text = self.text;
        self.words().decoded(text, "\u{fffc}", span);
    }
}

/// The mark that an element sets on its words.
fn mark(tag: Tag, element: &BytesStart<'_>) -> Option<MarkKind> {
    Some(match tag {
        Tag::Sup => MarkKind::Superscript,
        Tag::Sub => MarkKind::Subscript,
        Tag::Italic => MarkKind::Emphasis,
        Tag::Bold => MarkKind::Strong,
        Tag::Monospace => MarkKind::Code,
        Tag::Xref => {
            let [kind, target] = attributes(element, ["ref-type", "rid"]);
            if !matches!(kind.as_deref(), Some("bibr" | "bib" | "ref")) {
                return None;
            }
            MarkKind::Reference(target.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect())
        }
        Tag::ExtLink | Tag::Uri => MarkKind::Link(attribute(element, "xlink:href").unwrap_or_default()),
        _ => return None,
    })
}

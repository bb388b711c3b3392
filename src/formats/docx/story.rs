//! One part of a Word file from its tags to paragraphs: what is shown is read, deleted and doubled words are not.

use std::collections::HashSet;

use super::fields::{self, Fields};
use super::notes::Notes;
use super::paragraph::Paragraph;
use super::queries::Queries;
use super::relations::Relations;
use super::styles::{Role, Styles, paragraph_properties, run_properties};
use super::symbols;
use super::tables::Tables;
use super::trace::Part;
use super::xml::{Node, Nodes, Tag};
use crate::document::MarkKind;

/// What the parts share.
pub struct Shared<'s> {
    pub styles: &'s Styles,
    pub relations: &'s Relations,
    pub queries: &'s Queries,
    pub notes: &'s mut Notes,
    /// Tables seen so far.
    pub tables: u32,
    /// Tables that only set a page: one cell, or cells that hold sections.
    pub layout: HashSet<u32>,
}

/// How the reading of a part ended.
#[derive(Debug, Default)]
pub struct End {
    /// The byte from which the part could not be read.
    pub damage: Option<usize>,
    /// Documents of other formats stand in it, which only Word unfolds.
    pub unread: u32,
    /// It has a body, as the main part must.
    pub has_body: bool,
}

/// Reads a part and gives its paragraphs in order, each with the `w:id` of the note it stands in.
pub fn read(xml: &str, part: Part, shared: &mut Shared<'_>, emit: &mut dyn FnMut(Paragraph, Option<&str>)) -> End {
    let mut story = Story {
        nodes: Nodes::new(xml),
        part,
        shared,
        emit,
        open: Vec::new(),
        after: Vec::new(),
        carried: None,
        paragraphs: 0,
        tables: Tables::default(),
        boxes: Vec::new(),
        fields: Fields::default(),
        links: Vec::new(),
        controls: Vec::new(),
        alternatives: Vec::new(),
        math: Vec::new(),
        characters: Characters::None,
        note: None,
        unread: 0,
        has_body: false,
    };
    while let Some(node) = story.nodes.next() {
        match node {
            Node::Open(tag) => story.open(&tag),
            Node::Close(tag) => story.close(tag.name()),
            Node::Text { text, at, exact } => story.characters(&text, at, exact),
        }
    }
    story.finish()
}

struct Story<'x, 's, 'r> {
    nodes: Nodes<'x>,
    part: Part,
    shared: &'r mut Shared<'s>,
    emit: &'r mut dyn FnMut(Paragraph, Option<&str>),
    /// The paragraphs around this place: more than one inside a text box.
    open: Vec<Paragraph>,
    /// Paragraphs of text boxes, which come behind the one they are anchored in.
    after: Vec<Paragraph>,
    /// A paragraph whose end was deleted.
    carried: Option<Paragraph>,
    paragraphs: u32,
    tables: Tables,
    boxes: Vec<TextBox>,
    fields: Fields,
    /// The hyperlinks around this place: where each starts in its paragraph, and its target.
    links: Vec<(usize, Option<String>)>,
    controls: Vec<Control>,
    /// For each `mc:AlternateContent` around this place, whether one of its forms was read.
    alternatives: Vec<bool>,
    /// Where the formulas around this place start, and the raised and lowered parts in them.
    math: Vec<usize>,
    characters: Characters,
    /// The `w:id` of the note around this place.
    note: Option<String>,
    unread: u32,
    has_body: bool,
}

/// What characters at this place are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Characters {
    None,
    /// Words, with the white space at both ends.
    Kept,
    /// Words, without it.
    Trimmed,
    Instruction,
}

/// A text box, with what was open around it.
struct TextBox {
    tables: usize,
    fields: fields::Outside,
}

/// A content control.
struct Control {
    cites: bool,
    paragraph: Option<u32>,
    start: usize,
}

impl Story<'_, '_, '_> {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "p" => self.start_paragraph(),
            "pPr" => {
                let properties = paragraph_properties(&mut self.nodes);
                let style = self.shared.styles.paragraph(&properties);
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.style = style.run;
                    paragraph.properties = properties;
                }
            }
            "r" => self.here(Paragraph::start_run),
            "rPr" => {
                let properties = run_properties(&mut self.nodes, self.shared.styles);
                self.here(|paragraph| paragraph.run_properties = properties.or(paragraph.style));
            }
            "t" | "m:t" => {
                let kept = tag.attribute("space").as_deref() == Some("preserve");
                self.characters = if kept { Characters::Kept } else { Characters::Trimmed };
                self.here(Paragraph::start_words);
            }
            "instrText" => self.characters = Characters::Instruction,
            "tab" | "ptab" => self.sign('\t'),
            "br" | "cr" => self.sign('\n'),
            "noBreakHyphen" => self.sign('\u{2011}'),
            "sym" => self.sign(symbols::character(&tag.attribute("font").unwrap_or_default(), &tag.attribute("char").unwrap_or_default())),
            "fldChar" => self.field_character(&tag.attribute("fldCharType").unwrap_or_default()),
            "fldSimple" => {
                let place = self.place();
                self.fields.simple(&tag.attribute("instr").unwrap_or_default(), place);
            }
            "hyperlink" => self.start_link(tag),
            "bookmarkStart" => {
                if let Some(name) = tag.attribute("name") {
                    self.here(|paragraph| paragraph.bookmarks.push(name));
                }
            }
            "commentRangeStart" | "commentRangeEnd" | "commentReference" => self.query_mark(tag),
            "footnoteReference" => self.note_reference(Part::Footnotes, tag),
            "endnoteReference" => self.note_reference(Part::Endnotes, tag),
            "footnote" | "endnote" => self.note = tag.attribute("id"),
            "sdt" => {
                let place = self.place();
                self.controls.push(Control { cites: false, paragraph: place.map(|p| p.0), start: place.map_or(0, |p| p.1) });
            }
            "sdtPr" => self.control_properties(),
            "altChunk" | "subDoc" => self.unread += 1,
            "body" => self.has_body = true,
            name => self.open_structure(name),
        }
    }

    /// Tables, text boxes, formulas, forms of one content, and what is not shown.
    fn open_structure(&mut self, name: &str) {
        match name {
            "tbl" => {
                self.settle();
                self.tables.start(self.shared.tables);
                self.shared.tables += 1;
            }
            "tr" => self.tables.row(),
            "trPr" => self.tables.row_properties(&mut self.nodes),
            "tc" => self.tables.cell(),
            "tcPr" => self.tables.cell_properties(&mut self.nodes),
            "txbxContent" => self.boxes.push(TextBox { tables: self.tables.depth(), fields: self.fields.go_inside() }),
            "mc:AlternateContent" => self.alternatives.push(false),
            "mc:Choice" | "mc:Fallback" => match self.alternatives.last_mut() {
                Some(read) if *read => self.nodes.pass_over(),
                Some(read) => *read = true,
                None => {}
            },
            "m:oMath" | "m:sup" | "m:sub" => {
                let start = self.place().map_or(0, |place| place.1);
                self.math.push(start);
            }
            "m:r" => self.here(|paragraph| paragraph.run_properties = paragraph.style),
            "m:den" => self.sign('/'),
            "del" | "moveFrom" | "delText" | "delInstrText" | "rt" | "tblPr" | "tblGrid" | "sectPr" | "m:rPr" => self.nodes.pass_over(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "t" | "m:t" => {
                if self.characters == Characters::Trimmed {
                    self.here(Paragraph::trim_words);
                }
                self.characters = Characters::None;
            }
            "instrText" => self.characters = Characters::None,
            "fldSimple" => self.end_field(),
            "hyperlink" => {
                if let Some((start, Some(target))) = self.links.pop() {
                    self.here(|paragraph| paragraph.mark(start, MarkKind::Link(target)));
                }
            }
            "sdt" => self.end_control(),
            "tc" | "body" => self.settle(),
            "footnote" | "endnote" => {
                self.settle();
                self.note = None;
            }
            "tbl" => self.shared.layout.extend(self.tables.end()),
            "txbxContent" => {
                self.settle();
                if let Some(outer) = self.boxes.pop() {
                    self.tables.truncate(outer.tables);
                    self.fields.go_outside(outer.fields);
                }
            }
            "mc:AlternateContent" => {
                self.alternatives.pop();
            }
            "m:oMath" | "m:sup" | "m:sub" => {
                let kind = match name {
                    "m:sup" => MarkKind::Superscript,
                    "m:sub" => MarkKind::Subscript,
                    _ => MarkKind::Code,
                };
                if let Some(start) = self.math.pop() {
                    self.here(|paragraph| paragraph.mark(start, kind));
                }
            }
            _ => {}
        }
    }

    fn characters(&mut self, text: &str, at: std::ops::Range<usize>, exact: bool) {
        match self.characters {
            Characters::None => {}
            Characters::Instruction => self.fields.instruction(text),
            Characters::Kept | Characters::Trimmed if self.fields.hide() => {}
            kind => self.here(|paragraph| {
                let lead = if kind == Characters::Trimmed && paragraph.has_no_words() { text.len() - text.trim_start().len() } else { 0 };
                let from = if exact { at.start + lead } else { at.start };
                paragraph.push(&text[lead..], from..at.end, exact);
            }),
        }
    }

    /// Does something to the paragraph at this place, where there is one.
    fn here(&mut self, action: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.open.last_mut() {
            action(paragraph);
        }
    }

    /// The paragraph at this place and the length of its text so far.
    fn place(&self) -> Option<(u32, usize)> {
        self.open.last().map(|paragraph| (paragraph.index, paragraph.text.len()))
    }

    fn sign(&mut self, sign: char) {
        if !self.fields.hide() {
            self.here(|paragraph| paragraph.push_sign(sign));
        }
    }

    fn start_paragraph(&mut self) {
        let cell = self.tables.paragraph(self.boxes.last().map_or(0, |outer| outer.tables));
        let mut paragraph = Paragraph::new(self.part, self.paragraphs, cell);
        self.paragraphs += 1;
        if let Some(before) = self.carried.take() {
            paragraph.take_over(before);
        }
        self.open.push(paragraph);
    }

    fn end_paragraph(&mut self) {
        self.fields.end_paragraph();
        let Some(paragraph) = self.open.pop() else { return };
        if paragraph.cell.is_some() {
            if matches!(self.shared.styles.paragraph(&paragraph.properties).role, Role::Heading(_)) {
                self.tables.heading();
            }
            if self.tables.row_is_deleted() {
                return;
            }
        }
        if paragraph.properties.joins_next {
            self.carried = Some(paragraph);
        } else {
            self.give(paragraph);
        }
    }

    /// Ends a paragraph that waits for one to join it.
    fn settle(&mut self) {
        if let Some(paragraph) = self.carried.take() {
            self.give(paragraph);
        }
    }

    fn give(&mut self, paragraph: Paragraph) {
        if !self.open.is_empty() {
            self.after.push(paragraph);
            return;
        }
        (self.emit)(paragraph, self.note.as_deref());
        for paragraph in self.after.drain(..) {
            (self.emit)(paragraph, self.note.as_deref());
        }
    }

    fn field_character(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.begin(),
            "separate" => {
                let place = self.place();
                self.fields.separate(place);
            }
            "end" => self.end_field(),
            _ => {}
        }
    }

    fn end_field(&mut self) {
        if let Some(shown) = self.fields.end()
            && let Some(here) = self.open.last_mut().filter(|here| Some(here.index) == shown.paragraph)
        {
            shown.mark(here);
        }
    }

    fn start_link(&mut self, tag: &Tag<'_>) {
        let url = tag.attribute("id").and_then(|id| self.shared.relations.target(&id).map(str::to_owned));
        let target = url.or_else(|| tag.attribute("anchor").map(|anchor| format!("#{anchor}")));
        let start = self.place().map_or(0, |place| place.1);
        self.links.push((start, target));
    }

    fn query_mark(&mut self, tag: &Tag<'_>) {
        if let Some(id) = tag.attribute("id").filter(|id| self.shared.queries.has(id)) {
            self.here(|paragraph| paragraph.queries.push((id, paragraph.text.len())));
        }
    }

    fn note_reference(&mut self, part: Part, tag: &Tag<'_>) {
        let id = tag.attribute("id").unwrap_or_default();
        if tag.attribute("customMarkFollows").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on")) {
            self.shared.notes.refer_by_mark(part, id);
            return;
        }
        let label = self.shared.notes.refer(part, id);
        self.here(|paragraph| {
            let start = paragraph.text.len();
            label.chars().for_each(|c| paragraph.push_sign(c));
            paragraph.mark(start, MarkKind::FootnoteReference(label));
        });
    }

    fn control_properties(&mut self) {
        let depth = self.nodes.depth();
        while let Some(node) = self.nodes.next_inside(depth) {
            if let Node::Open(tag) = node
                && tag.name() == "tag"
                && let Some(control) = self.controls.last_mut()
            {
                control.cites = tag.val().is_some_and(|tag| fields::is_citation_tag(&tag));
            }
        }
    }

    fn end_control(&mut self) {
        if let Some(control) = self.controls.pop()
            && control.cites
            && let Some(here) = self.open.last_mut().filter(|here| Some(here.index) == control.paragraph)
        {
            fields::mark_citation(here, control.start);
        }
    }

    fn finish(mut self) -> End {
        self.settle();
        for paragraph in std::mem::take(&mut self.open) {
            self.give(paragraph);
        }
        for paragraph in std::mem::take(&mut self.after) {
            self.give(paragraph);
        }
        End { damage: self.nodes.damage, unread: self.unread, has_body: self.has_body }
    }
}

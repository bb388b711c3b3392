//! Where marks can be put into the XML of a part: inside runs that can be opened, and beside what cannot.

use std::collections::HashMap;
use std::ops::Range;

use super::super::xml::{Node, Nodes, Tag};

/// A place of the words in a part, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// Before the character that starts here.
    Before(usize),
    /// Behind the character that ends here.
    Behind(usize),
}

impl Edge {
    pub fn byte(self) -> usize {
        match self {
            Edge::Before(byte) | Edge::Behind(byte) => byte,
        }
    }
}

/// What stands at an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A run that can be split there, by its index in [`Part::runs`].
    Run(usize),
    /// An element that cannot be opened, such as a drawing; a mark stands at this byte beside it.
    Beside(usize),
}

/// What is known of a part for writing into it.
#[derive(Debug, Default)]
pub struct Part {
    /// The prefix of WordprocessingML with its colon.
    pub prefix: String,
    pub spots: HashMap<Edge, Spot>,
    /// The runs with edges in them, in order.
    pub runs: Vec<Run>,
    /// Where the first paragraph can take a mark that has no place of its own.
    pub first: Option<usize>,
    /// The greatest id of anything in the part.
    pub greatest_id: u32,
}

/// A `w:r` in bytes of its part.
#[derive(Debug)]
pub struct Run {
    pub whole: Range<usize>,
    /// Its start tag.
    pub open: Range<usize>,
    /// Its `w:rPr`.
    pub properties: Option<Range<usize>>,
    pub texts: Vec<Text>,
    /// Its words come from a field, or are a tracked change already: an edit would be lost or mixed up with another's.
    pub is_tied: bool,
}

/// A `w:t` of a run.
#[derive(Debug)]
pub struct Text {
    pub whole: Range<usize>,
    pub content: Range<usize>,
    /// The white space at its ends counts.
    pub is_kept: bool,
}

/// Ids over this are not counted on, since Word takes none over 2^31.
const LARGEST_ID: u32 = 2_000_000_000;

/// Goes through a part and finds what stands at the edges, which are in the order of their bytes.
///
/// # Errors
/// The byte from which it cannot be read.
pub fn find(xml: &str, edges: &[Edge]) -> Result<Part, usize> {
    let mut finder = Finder { xml, edges, next: 0, open: Vec::new(), unit: None, fields: 0, run: None, part: Part::default() };
    let mut nodes = Nodes::new(xml);
    while let Some(node) = nodes.next() {
        let at = nodes.at.clone();
        match node {
            Node::Open(tag) => finder.open(&tag, at),
            Node::Close(_) => finder.close(at),
            Node::Text { .. } => finder.text(at),
        }
    }
    finder.part.prefix = nodes.prefix().to_owned();
    nodes.damage.map_or(Ok(finder.part), Err)
}

/// What an element is to somebody who wants to put a mark into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It holds paragraphs.
    Frame,
    Paragraph,
    /// It holds runs, as a paragraph does.
    Holder,
    Field,
    /// A change that somebody has tracked.
    Change,
    Run,
    Text,
    Properties,
    Other,
}

fn kind(name: &str) -> Kind {
    match name {
        "document" | "body" | "tbl" | "tr" | "tc" | "footnotes" | "footnote" | "endnotes" | "endnote" => Kind::Frame,
        "p" => Kind::Paragraph,
        "hyperlink" | "smartTag" | "customXml" | "sdt" | "sdtContent" | "dir" | "bdo" => Kind::Holder,
        "fldSimple" => Kind::Field,
        "ins" | "moveTo" => Kind::Change,
        "r" => Kind::Run,
        "t" => Kind::Text,
        "rPr" | "pPr" => Kind::Properties,
        _ => Kind::Other,
    }
}

struct Element {
    kind: Kind,
    start: usize,
    /// Edges inside that have to stand behind it.
    behind: Vec<Edge>,
}

struct Finder<'x> {
    xml: &'x str,
    edges: &'x [Edge],
    next: usize,
    open: Vec<Element>,
    /// The outermost element around this place that is neither frame nor holder: a run, or what cannot be opened.
    unit: Option<usize>,
    /// Fields that are open here.
    fields: usize,
    run: Option<Run>,
    part: Part,
}

impl Finder<'_> {
    fn open(&mut self, tag: &Tag<'_>, at: Range<usize>) {
        let name = tag.name();
        let kind = kind(name);
        if let Some(id) = tag.number("id").filter(|&id| id < LARGEST_ID) {
            self.part.greatest_id = self.part.greatest_id.max(id);
        }
        if name == "fldChar" {
            if let Some(run) = &mut self.run {
                run.is_tied = true;
            }
            match tag.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields += 1,
                Some("end") => self.fields = self.fields.saturating_sub(1),
                _ => {}
            }
        }
        let depth = self.open.len();
        match (self.unit, kind) {
            (None, Kind::Frame | Kind::Holder | Kind::Field | Kind::Change) => {}
            (None, Kind::Paragraph) => {
                let is_empty = self.xml[at.clone()].ends_with("/>");
                self.part.first = self.part.first.or((!is_empty).then_some(at.end));
            }
            (None, _) => {
                self.unit = Some(depth);
                if kind == Kind::Run {
                    let is_tied = self.fields > 0 || self.open.iter().any(|element| matches!(element.kind, Kind::Field | Kind::Change));
                    self.run = Some(Run { whole: at.clone(), open: at.clone(), properties: None, texts: Vec::new(), is_tied });
                }
            }
            (Some(unit), Kind::Text) if depth == unit + 1 => {
                if let Some(run) = &mut self.run {
                    let is_kept = tag.attribute("space").as_deref() == Some("preserve");
                    run.texts.push(Text { whole: at.clone(), content: at.end..at.end, is_kept });
                }
            }
            _ => {}
        }
        self.open.push(Element { kind, start: at.start, behind: Vec::new() });
    }

    fn close(&mut self, at: Range<usize>) {
        let Some(element) = self.open.pop() else { return };
        let depth = self.open.len();
        for edge in element.behind {
            self.part.spots.insert(edge, Spot::Beside(at.end));
        }
        let in_unit = self.unit.is_some_and(|unit| depth == unit + 1);
        match element.kind {
            Kind::Text if in_unit => {
                if let Some(text) = self.run.as_mut().and_then(|run| run.texts.last_mut()) {
                    (text.whole.end, text.content.end) = (at.end, at.start);
                }
            }
            Kind::Properties if in_unit => {
                if let Some(run) = &mut self.run {
                    run.properties.get_or_insert(element.start..at.end);
                }
            }
            _ => {}
        }
        if self.unit != Some(depth) {
            return;
        }
        self.unit = None;
        // The properties of a paragraph stand before everything else in it.
        let is_before = |first: usize| self.xml[first..element.start].trim().is_empty();
        if element.kind == Kind::Properties && self.part.first.is_some_and(is_before) {
            self.part.first = Some(at.end);
        }
        if let Some(mut run) = self.run.take() {
            run.whole.end = at.end;
            self.end_run(run);
        }
    }

    /// Takes the edges that lie in a text.
    fn text(&mut self, at: Range<usize>) {
        let from = self.next;
        while self.edges.get(self.next).is_some_and(|edge| edge.byte() <= at.end) {
            self.next += 1;
        }
        let is_open = self.run.is_some() && self.unit.is_some_and(|unit| self.open.len() == unit + 2);
        let is_words = is_open && self.open.last().is_some_and(|element| element.kind == Kind::Text);
        let edges = self.edges;
        for &edge in &edges[from..self.next] {
            let here = match edge {
                Edge::Before(byte) => (at.start..at.end).contains(&byte),
                Edge::Behind(byte) => (at.start + 1..=at.end).contains(&byte),
            };
            // What starts where this text ends belongs to the next one.
            if !here {
                continue;
            }
            if is_words {
                self.part.spots.insert(edge, Spot::Run(self.part.runs.len()));
            } else {
                self.beside(edge);
            }
        }
        while self.next > from && self.edges[self.next - 1].byte() == at.end {
            self.next -= 1;
        }
    }

    /// Puts an edge beside the element around it that cannot be opened.
    fn beside(&mut self, edge: Edge) {
        let Some(unit) = self.unit else { return };
        // A mark needs a paragraph around it.
        if !self.open[..unit].iter().any(|element| element.kind == Kind::Paragraph) {
            return;
        }
        match edge {
            Edge::Before(_) => {
                self.part.spots.insert(edge, Spot::Beside(self.open[unit].start));
            }
            Edge::Behind(_) => self.open[unit].behind.push(edge),
        }
    }

    /// Keeps a run where an edge is in it; one with words that cannot be cut stays whole.
    fn end_run(&mut self, run: Run) {
        let here = |byte: usize| self.edges.partition_point(|edge| edge.byte() < byte);
        let mine = &self.edges[here(run.whole.start)..here(run.whole.end)];
        let mine: Vec<Edge> =
            mine.iter().copied().filter(|edge| self.part.spots.get(edge) == Some(&Spot::Run(self.part.runs.len()))).collect();
        if mine.is_empty() {
            return;
        }
        if self.xml[run.whole.clone()].contains("<![CDATA[") {
            for edge in mine {
                let byte = if matches!(edge, Edge::Before(_)) { run.whole.start } else { run.whole.end };
                self.part.spots.insert(edge, Spot::Beside(byte));
            }
            return;
        }
        self.part.runs.push(run);
    }
}

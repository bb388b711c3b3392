//! Footnotes and endnotes: which text refers to which, under which printed number.

use memchr::memmem;

use super::numbering::in_format;
use super::trace::Part;
use super::xml::{Node, Nodes};

/// A note that the text refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub part: Part,
    /// Its `w:id` in its part.
    pub id: String,
    /// As printed; empty for a mark that the author set.
    pub label: String,
}

/// The notes in the order of their references.
#[derive(Debug)]
pub struct Notes {
    pub referred: Vec<Note>,
    footnotes: Count,
    endnotes: Count,
}

#[derive(Debug)]
struct Count {
    format: String,
    next: u32,
}

impl Notes {
    /// The number formats stand in the settings, and in the sections of the document.
    pub fn new(settings: &str, document: &str) -> Self {
        let count = |tag: &str, usual: &str| {
            let mut count = Count { format: usual.into(), next: 1 };
            for xml in [settings, document] {
                count.read(xml, tag);
            }
            count
        };
        Self { referred: Vec::new(), footnotes: count("footnotePr", "decimal"), endnotes: count("endnotePr", "lowerRoman") }
    }

    /// Takes a reference and gives its printed number.
    pub fn refer(&mut self, part: Part, id: String) -> String {
        let count = if part == Part::Footnotes { &mut self.footnotes } else { &mut self.endnotes };
        let label = in_format(count.next, &count.format);
        count.next = count.next.saturating_add(1);
        self.referred.push(Note { part, id, label: label.clone() });
        label
    }

    /// Takes a reference by a mark that the author set, such as an asterisk.
    pub fn refer_by_mark(&mut self, part: Part, id: String) {
        self.referred.push(Note { part, id, label: String::new() });
    }
}

impl Count {
    /// Reads the first settings of notes in a part.
    fn read(&mut self, xml: &str, tag: &str) {
        let Some(at) = memmem::find(xml.as_bytes(), tag.as_bytes()) else { return };
        let Some(start) = xml[..at].rfind('<') else { return };
        let mut nodes = Nodes::new(&xml[start..]);
        nodes.next();
        let depth = nodes.depth();
        while let Some(node) = nodes.next_inside(depth) {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "numFmt" => self.format = tag.val().filter(|format| format.len() <= 40).unwrap_or_default(),
                "numStart" => self.next = tag.number("val").unwrap_or(1),
                _ => {}
            }
        }
    }
}

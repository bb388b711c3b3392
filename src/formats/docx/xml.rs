//! XML of an Office part, event by event: the only place that knows the parser.
//!
//! Document type definitions are passed over and entities never expanded, so that no bomb can be built from them.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::reader::Reader;

/// An event of a part.
pub enum Node<'x> {
    Open(Tag<'x>),
    Close(EndTag<'x>),
    /// Characters with their bytes in the part; `exact` where both are the same, byte for byte.
    Text {
        text: Cow<'x, str>,
        at: Range<usize>,
        exact: bool,
    },
}

/// A start tag.
pub struct Tag<'x> {
    start: BytesStart<'x>,
    /// Bytes of the prefix, where the name is one of WordprocessingML.
    prefix: usize,
}

/// An end tag.
pub struct EndTag<'x> {
    end: BytesEnd<'x>,
    prefix: usize,
}

impl EndTag<'_> {
    /// See [`Tag::name`].
    pub fn name(&self) -> &str {
        &self.end.name().into_inner()[self.prefix..]
    }
}

impl Tag<'_> {
    /// The name without prefix for WordprocessingML, and with it otherwise: `t`, but `m:t` and `mc:Choice`.
    pub fn name(&self) -> &str {
        &self.start.name().into_inner()[self.prefix..]
    }

    /// The value of an attribute by its local name.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .map(|attribute| unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Cow::into_owned))
    }

    /// `w:val`, which carries the value of nearly every property.
    pub fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// The value of a switch such as `w:b`: on where it stands, unless its value says no.
    pub fn is_on(&self) -> bool {
        self.val().is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// The events of a part. An empty tag is an open and a close.
pub struct Nodes<'x> {
    reader: Reader<&'x [u8]>,
    /// The prefix of WordprocessingML with its colon; known from the root element on.
    prefix: Option<String>,
    /// Tags open now: what is left at the end was cut off.
    depth: usize,
    /// Where the part could not be read on, in bytes from its start.
    pub damage: Option<usize>,
    /// The bytes of the event given last, a whole tag or its characters; none for the end of an empty tag.
    pub at: Range<usize>,
}

/// The namespaces of WordprocessingML: transitional, as Word writes it, and strict.
pub const WORD: [&str; 2] =
    ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

impl<'x> Nodes<'x> {
    pub fn new(xml: &'x str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, prefix: None, depth: 0, damage: None, at: 0..0 }
    }

    /// Passes over everything up to the end of the element just opened.
    pub fn pass_over(&mut self) {
        let depth = self.depth;
        while self.depth >= depth && self.next().is_some() {}
    }

    /// The next event inside the element that stood at `depth` when it was opened; `None` behind its end tag.
    pub fn next_inside(&mut self, depth: usize) -> Option<Node<'x>> {
        self.next().filter(|_| self.depth >= depth)
    }

    /// The prefix of WordprocessingML with its colon, from the root element on.
    pub fn prefix(&self) -> &str {
        self.prefix.as_deref().unwrap_or_default()
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The length of the prefix of a name in the namespace of WordprocessingML.
    fn prefix_of(&self, name: &str) -> usize {
        self.prefix.as_deref().filter(|prefix| name.starts_with(prefix)).map_or(0, str::len)
    }
}

impl<'x> Iterator for Nodes<'x> {
    type Item = Node<'x>;

    /// The next event; `None` at the end or where the XML is broken.
    fn next(&mut self) -> Option<Node<'x>> {
        while self.damage.is_none() {
            let from = self.reader.buffer_position() as usize;
            let event = self.reader.read_event();
            let at = from..self.reader.buffer_position() as usize;
            self.at = at.clone();
            match event {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    if self.prefix.is_none() {
                        self.prefix = Some(word_prefix(&start));
                    }
                    let prefix = self.prefix_of(start.name().into_inner());
                    return Some(Node::Open(Tag { start, prefix }));
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    let prefix = self.prefix_of(end.name().into_inner());
                    return Some(Node::Close(EndTag { end, prefix }));
                }
                Ok(Event::Text(text)) => return Some(Node::Text { text: text.into_inner(), at, exact: true }),
                Ok(Event::CData(text)) => {
                    let (start, text) = (from + "<![CDATA[".len(), text.into_inner());
                    return Some(Node::Text { at: start..start + text.len(), text, exact: true });
                }
                Ok(Event::GeneralRef(entity)) => {
                    let text = match entity.resolve_char_ref() {
                        Ok(Some(c)) => Cow::Owned(c.to_string()),
                        _ => Cow::Borrowed(resolve_predefined_entity(&entity).unwrap_or("\u{fffd}")),
                    };
                    return Some(Node::Text { text, at, exact: false });
                }
                Ok(Event::Eof) => {
                    self.damage = (self.depth > 0).then_some(from);
                    return None;
                }
                Ok(_) => {}
                Err(_) => self.damage = Some(self.reader.error_position() as usize),
            }
        }
        None
    }
}

/// The prefix that the root element gives to WordprocessingML, with its colon; nearly always `w:`.
fn word_prefix(root: &BytesStart<'_>) -> String {
    let declared = root.attributes().with_checks(false).flatten().find(|attribute| WORD.contains(&attribute.value.as_ref()));
    match declared.as_ref().map(|attribute| attribute.key.into_inner()) {
        Some("xmlns") => String::new(),
        Some(name) => format!("{}:", name.trim_start_matches("xmlns:")),
        None => "w:".into(),
    }
}

//! XML as a small tree: records of PubMed have a fixed and shallow shape.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// So deep elements of an answer are nested at most; a formula in a title is the deepest that there is.
const DEEPEST: usize = 100;

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    inside: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The root element of a text; `None` where the text is broken or breaks off.
    pub(super) fn root(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let mut open = vec![Element::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) if open.len() < DEEPEST => open.push(Element::new(&start)?),
                Event::Start(_) => return None,
                Event::Empty(start) => open.last_mut()?.inside.push(Node::Element(Element::new(&start)?)),
                Event::End(_) => {
                    let closed = open.pop()?;
                    open.last_mut()?.inside.push(Node::Element(closed));
                }
                Event::Text(text) => open.last_mut()?.say(&text),
                Event::CData(text) => open.last_mut()?.say(&text),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(character)) => open.last_mut()?.say(character.encode_utf8(&mut [0; 4])),
                    _ => open.last_mut()?.say(resolve_predefined_entity(&name).unwrap_or(" ")),
                },
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        // Where the text breaks off, elements are still open.
        let around = open.pop().filter(|_| open.is_empty())?;
        around.inside.into_iter().find_map(Node::element)
    }

    fn new(start: &BytesStart<'_>) -> Option<Self> {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            attributes.push((attribute.key.as_ref().to_owned(), attribute.value.clone().into_owned()));
        }
        Some(Self { name: start.name().as_ref().to_owned(), attributes, inside: Vec::new() })
    }

    fn say(&mut self, words: &str) {
        match self.inside.last_mut() {
            Some(Node::Text(text)) => text.push_str(words),
            _ => self.inside.push(Node::Text(words.to_owned())),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.inside.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements at a path, as in `Journal/JournalIssue/PubDate`.
    pub(super) fn all<'e>(&'e self, path: &str) -> Vec<&'e Element> {
        path.split('/').fold(vec![self], |found, name| {
            found.into_iter().flat_map(|element| element.elements()).filter(|element| element.name == name).collect()
        })
    }

    /// The first of them.
    pub(super) fn one(&self, path: &str) -> Option<&Element> {
        self.all(path).into_iter().next()
    }

    /// The words of the element at a path, markup left out; `None` where it has none.
    pub(super) fn words(&self, path: &str) -> Option<String> {
        Some(self.one(path)?.text()).filter(|text| !text.is_empty())
    }

    /// The words in the element, markup left out.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather(&self, text: &mut String) {
        for node in &self.inside {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => element.gather(text),
            }
        }
    }
}

impl Node {
    fn element(self) -> Option<Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str =
        "<?xml version=\"1.0\"?><!DOCTYPE a><a b=\"é\"><t>&#xb5;&lt;<i>x</i> &amp;<![CDATA[ y]]></t><c><t>1</t></c><c><t>2</t></c></a>";

    #[test]
    fn words_are_found_by_their_path() {
        let root = Element::root(RECORD.as_bytes()).unwrap();
        assert_eq!((root.name(), root.attribute("b"), root.words("t").as_deref()), ("a", Some("é"), Some("µ<x & y")));
        assert_eq!(root.all("c/t").into_iter().map(Element::text).collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(root.words("c/none"), None);
    }

    #[test]
    fn what_breaks_off_is_nothing() {
        for end in 0..RECORD.len() {
            assert!(Element::root(&RECORD.as_bytes()[..end]).is_none(), "{end}");
        }
        for broken in ["<a></b>", "<a", "words", "<a></a></a>", "<a b=></a>"] {
            assert!(Element::root(broken.as_bytes()).is_none(), "{broken}");
        }
        assert!(Element::root("<a>".repeat(1_000_000).as_bytes()).is_none());
    }
}

//! The elements of a text with markup, each with its whole place from start tag to end tag, for edits that move them.

use crate::document::Format;
use crate::source::Span;

/// An element as written.
#[derive(Debug)]
pub struct Element<'t> {
    pub name: &'t str,
    /// From its start tag to its end tag, or to where it ends without one.
    pub span: Span,
    pub start_tag: Span,
    /// What stands between its tags.
    pub inner: Span,
    pub parent: Option<usize>,
    pub attributes: Vec<Attribute<'t>>,
}

/// An attribute with the place of its value, quotes left out.
#[derive(Debug)]
pub struct Attribute<'t> {
    pub name: &'t str,
    /// The attribute with the blank before it.
    pub whole: Span,
    pub value: Span,
}

/// The elements of a text, in the order of their start tags.
#[derive(Debug, Default)]
pub struct Elements<'t>(pub Vec<Element<'t>>);

impl Elements<'_> {
    /// The innermost element that holds a place.
    pub fn around(&self, span: Span) -> Option<usize> {
        let before = self.0.partition_point(|element| element.span.start <= span.start);
        let last = before.checked_sub(1)?;
        self.and_ancestors(last).find(|&i| self.0[i].span.contains(span))
    }

    /// An element and those around it, innermost first.
    pub fn and_ancestors(&self, element: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(element), |&i| self.0[i].parent)
    }

    /// The elements that start in a place.
    pub fn starting_in(&self, span: Span) -> impl Iterator<Item = &Element<'_>> {
        let first = self.0.partition_point(|element| element.span.start < span.start);
        self.0[first..].iter().take_while(move |element| element.span.start < span.end)
    }
}

/// Reads the elements of a text. Plain text has none.
pub fn read(text: &str, format: Format) -> Elements<'_> {
    let mut reader = Reader { text, is_xml: format == Format::Jats, elements: Vec::new(), open: Vec::new() };
    if matches!(format, Format::Markdown | Format::Html | Format::Jats) {
        reader.read();
    }
    Elements(reader.elements)
}

/// The farthest an end tag looks for its start, so that time stays linear.
const REACH: usize = 256;

/// Elements that HTML writes without an end tag.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements whose text is no markup.
const RAW: &[&str] = &["script", "style", "textarea"];

/// A start tag of the first column ends an open element of the second, unless one of the third stands between.
const IMPLIED: &[(&str, &[&str], &[&str])] = &[
    ("li", &["li"], &["ol", "ul"]),
    ("dt", &["dt", "dd"], &["dl"]),
    ("dd", &["dt", "dd"], &["dl"]),
    ("tr", &["tr"], &["table"]),
    ("td", &["td", "th"], &["tr"]),
    ("th", &["td", "th"], &["tr"]),
    ("p", &["p"], &["li", "td", "div", "section", "article", "body"]),
];

struct Reader<'t> {
    text: &'t str,
    is_xml: bool,
    elements: Vec<Element<'t>>,
    /// The open elements, outermost first.
    open: Vec<usize>,
}

impl<'t> Reader<'t> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', &self.text.as_bytes()[at..]) {
            let start = at + found;
            let rest = &self.text[start..];
            let skip =
                |from: &str, to: &str| rest.starts_with(from).then(|| rest.find(to).map_or(self.text.len(), |i| start + i + to.len()));
            at = if let Some(end) = skip("<!--", "-->").or_else(|| skip("<![CDATA[", "]]>")).or_else(|| skip("<?", ">")) {
                end
            } else if rest.starts_with("<!") {
                let end = rest.find('>').unwrap_or(rest.len());
                let subset = rest[..end].contains('[').then(|| rest.find("]>").map(|i| i + 1)).flatten();
                start + subset.unwrap_or(end).min(rest.len())
            } else if rest[1..].starts_with('/') {
                self.end_tag(start)
            } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.start_tag(start)
            } else {
                start + 1
            };
            at = at.max(start + 1).min(self.text.len());
        }
        self.close_from(0, self.text.len(), self.text.len());
    }

    fn name(&self, at: usize) -> &'t str {
        let rest = &self.text[at..];
        &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(rest.len())]
    }

    fn is(&self, name: &str, other: &str) -> bool {
        if self.is_xml { name == other } else { name.eq_ignore_ascii_case(other) }
    }

    fn start_tag(&mut self, start: usize) -> usize {
        let name = self.name(start + 1);
        let Some((attributes, end)) = attributes(self.text, start + 1 + name.len()) else { return start + 1 };
        self.imply_ends(name, start);
        let span = Span::new(start, end);
        let index = self.elements.len();
        let element = Element { name, span, start_tag: span, inner: Span::at(end), parent: self.open.last().copied(), attributes };
        self.elements.push(element);
        let named = |names: &[&str]| !self.is_xml && names.iter().any(|void| self.is(name, void));
        let is_empty = self.text[..end].ends_with("/>") && (self.is_xml || !named(RAW)) || named(VOID);
        let is_raw = !is_empty && named(RAW);
        if !is_empty {
            self.open.push(index);
        }
        if is_raw {
            let rest = &self.text[end..];
            let close = rest.match_indices("</").find(|(i, _)| rest[i + 2..].get(..name.len()).is_some_and(|other| self.is(name, other)));
            return close.map_or(self.text.len(), |(i, _)| end + i);
        }
        end
    }

    fn end_tag(&mut self, start: usize) -> usize {
        let name = self.name(start + 2);
        let end = self.text[start..].find('>').map_or(self.text.len(), |i| start + i + 1);
        let found = self.open.iter().rposition(|&i| self.is(self.elements[i].name, name));
        if let Some(found) = found.filter(|found| self.open.len() - found <= REACH) {
            self.close_from(found + 1, start, start);
            self.close_from(found, start, end);
        }
        end
    }

    fn imply_ends(&mut self, name: &str, at: usize) {
        let Some((_, ended, barriers)) = IMPLIED.iter().find(|(starts, ..)| !self.is_xml && self.is(name, starts)) else { return };
        for place in (0..self.open.len()).rev().take(REACH) {
            let open = self.elements[self.open[place]].name;
            if barriers.iter().any(|barrier| self.is(open, barrier)) {
                return;
            }
            if ended.iter().any(|ended| self.is(open, ended)) {
                self.close_from(place, at, at);
                return;
            }
        }
    }

    /// Ends the open elements from a place of the stack on. White space before an end without a tag is none of theirs.
    fn close_from(&mut self, place: usize, inner: usize, end: usize) {
        for i in self.open.drain(place.min(self.open.len())..) {
            let element = &mut self.elements[i];
            let from = element.start_tag.end as usize;
            let end = if inner == end { from.max(self.text[..end].trim_end().len()) } else { end };
            element.inner = Span::new(from, inner.max(from));
            element.span = Span::new(element.span.start as usize, end);
        }
    }
}

/// The attributes of a start tag, and where it ends; `None` where it never ends.
fn attributes(text: &str, mut at: usize) -> Option<(Vec<Attribute<'_>>, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    loop {
        let blank = at;
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            at += 1;
        }
        match bytes.get(at)? {
            b'>' => return Some((found, at + 1)),
            b'<' => return None,
            _ => {}
        }
        let start = at;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/' | b'<')) {
            at += 1;
        }
        let name = text.get(start..at)?;
        let mut equals = at;
        while bytes.get(equals).is_some_and(u8::is_ascii_whitespace) {
            equals += 1;
        }
        if bytes.get(equals) != Some(&b'=') {
            at = at.max(start + 1);
            continue;
        }
        at = equals + 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let value = match *bytes.get(at)? {
            quote @ (b'"' | b'\'') => {
                let length = memchr::memchr(quote, &bytes[at + 1..])?;
                let value = Span::new(at + 1, at + 1 + length);
                at += length + 2;
                value
            }
            _ => {
                let length = bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'>').count();
                at += length;
                Span::new(at - length, at)
            }
        };
        found.push(Attribute { name, whole: Span::new(blank, at), value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, format: Format) -> Vec<&str> {
        read(text, format).0.iter().map(|element| &text[element.span.range()]).collect()
    }

    #[test]
    fn elements_are_whole_with_and_without_end_tags() {
        assert_eq!(
            places("<ol><li id=a>µ<br> x\n<li>b</li></ol>", Format::Html),
            ["<ol><li id=a>µ<br> x\n<li>b</li></ol>", "<li id=a>µ<br> x", "<br>", "<li>b</li>"]
        );
        assert_eq!(places("<a><!-- <b> --><b x='>'/><![CDATA[<c>]]></a>", Format::Jats)[1..], ["<b x='>'/>"]);
        assert_eq!(places("<script>if (a<b) x</script> p<0.05 <i>µ</i>", Format::Html)[1..], ["<i>µ</i>"]);
        assert_eq!(places("a <b", Format::Text), [""; 0]);
    }

    #[test]
    fn attributes_have_the_place_of_their_value() {
        let text = "<xref ref-type=\"bibr\" rid='B4 B5'>4</xref>";
        let elements = read(text, Format::Jats);
        let values: Vec<(&str, &str)> = elements.0[0].attributes.iter().map(|a| (a.name, &text[a.value.range()])).collect();
        assert_eq!(values, [("ref-type", "bibr"), ("rid", "B4 B5")]);
        assert_eq!(elements.around(Span::new(34, 35)), Some(0));
    }
}

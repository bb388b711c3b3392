//! A page as balanced events: every element opens and closes, whatever its author left open or crossed.

use std::collections::HashMap;

use crate::document::{Comment, Problem};
use crate::formats::markup::{self, Dialect, Piece, Tag, Token};
use crate::source::Span;

/// A page in reading order.
#[derive(Debug, Default)]
pub struct Page {
    pub events: Vec<Event>,
    pub elements: Vec<Element>,
    pub comments: Vec<Comment>,
    pub problems: Vec<Problem>,
}

#[derive(Debug)]
pub enum Event {
    /// Index of the element.
    Open(usize),
    Close(usize),
    Text(Vec<Piece>),
}

#[derive(Debug)]
pub struct Element {
    pub tag: Tag,
    pub parent: Option<usize>,
    /// The event that opens it and the one that closes it.
    pub open: usize,
    pub close: usize,
}

impl Element {
    pub fn name(&self) -> &str {
        &self.tag.name
    }

    /// Whether an element or a place, given by its event, lies inside.
    pub fn holds(&self, event: usize) -> bool {
        self.open <= event && event <= self.close
    }
}

impl Page {
    pub fn read(text: &str, dialect: Dialect) -> Self {
        let mut builder = Builder { page: Page::default(), open: Vec::new(), counts: HashMap::new(), dialect };
        for token in markup::tokens(text, 0, dialect) {
            builder.token(text, token);
        }
        builder.end();
        builder.page
    }

    /// The words of an element without those that are never shown, white space as written, up to about `limit` bytes.
    pub fn words(&self, element: usize, limit: usize) -> String {
        let mut words = String::new();
        let Element { open, close, .. } = self.elements[element];
        // Empty elements give no words, so that their number is bounded too.
        for event in self.events[open..close].iter().take(limit + 16) {
            if let Event::Text(pieces) = event {
                words.extend(pieces.iter().map(|piece| piece.text.as_str()));
            }
            if words.len() > limit {
                break;
            }
        }
        words
    }

    /// The start tags of an element and all in it.
    pub fn tags(&self, element: &Element) -> impl Iterator<Item = &Tag> {
        // Elements are kept in the order of their start tags.
        let first = self.elements.partition_point(|other| other.open < element.open);
        let end = element.close;
        self.elements[first..].iter().take_while(move |other| other.open < end).map(|other| &other.tag)
    }

    /// The elements around an element, innermost first, without itself.
    pub fn ancestors(&self, element: usize) -> impl Iterator<Item = &Element> {
        std::iter::successors(self.elements[element].parent, |&parent| self.elements[parent].parent).map(|i| &self.elements[i])
    }
}

/// The farthest an end tag looks for its start: browsers give up at such depths too, and time stays linear.
const REACH: usize = 256;

struct Builder {
    page: Page,
    /// The open elements, outermost first.
    open: Vec<usize>,
    /// How many elements of each name are open, so that a stray end tag costs nothing.
    counts: HashMap<String, u32>,
    dialect: Dialect,
}

impl Builder {
    fn token(&mut self, text: &str, token: Token) {
        match token {
            Token::Text(pieces) => self.page.events.push(Event::Text(pieces)),
            Token::Open(tag) => self.start(tag),
            Token::Close(name, span) if name == "br" => {
                self.start(Tag { name, span, ..Tag::default() });
            }
            Token::Close(name, _) => self.finish(&name),
            Token::Comment(words, span) => {
                let raw = &text[span.range()];
                if raw.starts_with("<!--") && !raw.ends_with("-->") && !raw.ends_with("--!>") && span.end as usize == text.len() {
                    self.page.problems.push(unclosed(Span::new(span.start as usize, span.start as usize + 4), "comment", "-->"));
                }
                self.page.comments.push(Comment { text: words, span });
            }
            Token::Doctype(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        self.imply_ends(&tag.name);
        let empty = is_void(&tag.name) || tag.self_closing && (self.dialect == Dialect::Xhtml || is_inline(&tag.name));
        let index = self.page.elements.len();
        let event = self.page.events.len();
        self.page.events.push(Event::Open(index));
        if !empty {
            *self.counts.entry(tag.name.clone()).or_default() += 1;
        }
        self.page.elements.push(Element { tag, parent: self.open.last().copied(), open: event, close: event });
        self.open.push(index);
        if empty {
            self.open.pop();
            self.close(index);
        }
    }

    fn close(&mut self, index: usize) {
        self.page.elements[index].close = self.page.events.len();
        self.page.events.push(Event::Close(index));
    }

    /// The elements that a start tag closes, as `<li>` closes the item before it.
    fn imply_ends(&mut self, name: &str) {
        match name {
            "li" => self.close_within(&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => self.close_within(&["dt", "dd"], &["dl"]),
            "tr" => self.close_within(&["tr"], &["table"]),
            "td" | "th" => self.close_within(&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => self.close_within(&["thead", "tbody", "tfoot", "caption", "colgroup"], &["table"]),
            "option" | "optgroup" => self.close_within(&["option"], &["select", "datalist"]),
            "a" => self.close_within(&["a"], &["td", "th", "li", "p", "div", "section", "article", "table"]),
            "body" => self.close_within(&["head"], &[]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close_within(&["p"], &["td", "th", "li"]);
                self.close_within(&["h1", "h2", "h3", "h4", "h5", "h6"], &["td", "th", "li", "div", "section", "article", "header"]);
            }
            _ if closes_paragraph(name) => self.close_within(&["p"], &["td", "th", "table", "caption", "button", "object"]),
            _ => {}
        }
        if !matches!(name, "head" | "meta" | "link" | "title" | "script" | "style" | "base" | "noscript" | "template") {
            self.close_within(&["head"], &[]);
        }
    }

    /// Closes the innermost open element of these names, unless one of the limits stands in between.
    fn close_within(&mut self, names: &[&str], limits: &[&str]) {
        if names.iter().all(|name| self.counts.get(*name).is_none_or(|&count| count == 0)) {
            return;
        }
        let found = self.reachable().find(|&(_, name)| names.contains(&name) || limits.contains(&name));
        if let Some((depth, name)) = found
            && names.contains(&name)
        {
            self.close_down_to(depth);
        }
    }

    /// The open elements that may still be closed, innermost first, with their depths.
    fn reachable(&self) -> impl Iterator<Item = (usize, &str)> {
        self.open.iter().enumerate().rev().take(REACH).map(|(depth, &i)| (depth, self.page.elements[i].name()))
    }

    /// An end tag. One of an inline element does not reach out of its block, one of a block not out of its cell.
    fn finish(&mut self, name: &str) {
        if self.counts.get(name).is_none_or(|&count| count == 0) {
            return;
        }
        let (inline, of_table) = (is_inline(name), is_of_table(name));
        let found = self.reachable().find(|&(_, other)| {
            other == name || inline && !is_inline(other) || !of_table && matches!(other, "td" | "th" | "caption" | "table" | "template")
        });
        if let Some((depth, other)) = found
            && other == name
        {
            self.close_down_to(depth);
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(index) = self.open.pop() else { return };
            if let Some(count) = self.counts.get_mut(self.page.elements[index].name()) {
                *count = count.saturating_sub(1);
            }
            self.close(index);
        }
    }

    fn end(&mut self) {
        if let Some(&last) = self.open.last() {
            let tag = &self.page.elements[last].tag;
            if is_raw(&tag.name) {
                let problem = unclosed(tag.span, &format!("<{}>", tag.name), &format!("</{}>", tag.name));
                self.page.problems.push(problem);
            }
        }
        self.close_down_to(0);
    }
}

fn unclosed(span: Span, what: &str, end: &str) -> Problem {
    Problem {
        span,
        message: format!("the {what} opened here is never closed, so that nothing behind it is shown"),
        help: format!("Close it with `{end}`; what stands behind it was not checked"),
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param" | "source" | "track" | "wbr"
    )
}

/// Elements whose content is no markup.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "textarea" | "iframe" | "xmp" | "noembed" | "noscript")
}

fn is_of_table(name: &str) -> bool {
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption")
}

/// Elements that stand inside a line.
pub fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
    )
}

fn closes_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "hr"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events as balanced tags.
    fn balanced(html: &str) -> String {
        let page = Page::read(html, Dialect::Html);
        let mut out = String::new();
        for event in &page.events {
            match event {
                Event::Open(i) => out.push_str(&format!("<{}>", page.elements[*i].name())),
                Event::Close(i) => out.push_str(&format!("</{}>", page.elements[*i].name())),
                Event::Text(pieces) => out.extend(pieces.iter().map(|piece| piece.text.as_str())),
            }
        }
        out
    }

    #[test]
    fn what_authors_leave_open_is_closed() {
        assert_eq!(balanced("<p>µ<p>b<div>c"), "<p>µ</p><p>b</p><div>c</div>");
        assert_eq!(balanced("<ul><li>µ<li>b<ul><li>c</ul><li>d</ul>"), "<ul><li>µ</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>");
        assert_eq!(balanced("<table><tr><td>µ<td>b<tr><td>c</table>"), "<table><tr><td>µ</td><td>b</td></tr><tr><td>c</td></tr></table>");
        assert_eq!(balanced("<b>µ<i>b</b>c</i></p>"), "<b>µ<i>b</i></b>c");
        assert_eq!(balanced("<td>µ</div></td>"), "<td>µ</td>");
        assert_eq!(balanced("a<br>b</br><hr/>"), "a<br></br>b<br></br><hr></hr>");
    }

    #[test]
    fn what_swallows_the_rest_is_told() {
        let problems = |html| Page::read(html, Dialect::Html).problems.len();
        assert_eq!((problems("µ<!-- never"), problems("µ<script>x"), problems("µ<p><!-- a -->")), (1, 1, 0));
    }

    #[test]
    fn deep_and_stray_tags_take_linear_time() {
        let depth = 100_000;
        let page = Page::read(&"<div><b>".repeat(depth), Dialect::Html);
        assert_eq!(page.elements.len(), 2 * depth);
        let page = Page::read(&format!("{}{}", "<div>".repeat(depth), "</i></p>".repeat(depth)), Dialect::Html);
        assert_eq!(page.elements.len(), depth);
    }
}

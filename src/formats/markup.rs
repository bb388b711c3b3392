//! HTML as a run of words, tags and comments, each with its exact place: what pages and the HTML inside Markdown share.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use html5gum::{DefaultEmitter, Emitter, ForwardingEmitter, StartTag, State, Token as RawToken, Tokenizer};

use crate::document::MarkKind;
use crate::source::Span;

/// A token of HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    Text(Vec<Piece>),
    Open(Tag),
    Close(String, Span),
    Comment(String, Span),
    /// `<!DOCTYPE …>` with its words behind the name.
    Doctype(String),
}

/// Words that come from one stretch of the source; an entity is a piece of its own.
#[derive(Debug, PartialEq, Eq, Clone)]
pub struct Piece {
    pub text: String,
    pub span: Span,
    /// The words are the source, byte for byte.
    pub verbatim: bool,
}

/// A start tag with the attributes that say something about an article.
#[derive(Debug, PartialEq, Eq, Clone, Default)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<Attribute>,
    pub self_closing: bool,
    pub span: Span,
}

/// An attribute of a start tag, entities decoded.
#[derive(Debug, PartialEq, Eq, Clone)]
pub struct Attribute {
    pub name: &'static str,
    pub value: String,
    /// The value without its quotes.
    pub span: Span,
}

impl Tag {
    /// The value of an attribute; empty for one without value.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }

    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// How a text is read: as HTML, where `<p/>` only opens, or as XHTML, where it also closes and CDATA is text.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Dialect {
    Html,
    Xhtml,
}

/// The tokens of HTML that starts at byte `base` of the file. The words of scripts and styles are texts like others.
pub fn tokens(html: &str, base: usize, dialect: Dialect) -> impl Iterator<Item = Token> {
    let mut inner = DefaultEmitter::<usize>::new_with_span();
    inner.naively_switch_states(true);
    let chunks = Rc::new(RefCell::new(Vec::new()));
    let emitter = Noting { inner, chunks: Rc::clone(&chunks), position: 0, self_closing: false, dialect };
    let mut tokenizer = Tokenizer::new_with_emitter(html, emitter);
    let place = move |span: html5gum::Span<usize>| Span::new(base + span.start.min(html.len()), base + span.end.min(html.len()));
    std::iter::from_fn(move || {
        loop {
            let Ok(token) = tokenizer.next()?;
            return Some(match token {
                RawToken::String(text) => Token::Text(pieces(html, base, text.span.start, &text.value, &mut chunks.borrow_mut())),
                RawToken::StartTag(tag) => Token::Open(start_tag(html, base, tag)),
                RawToken::EndTag(tag) => Token::Close(lossy(&tag.name), place(tag.span)),
                RawToken::Comment(comment) => Token::Comment(lossy(&comment.value), place(comment.span)),
                RawToken::Doctype(doctype) => {
                    let words = doctype.public_identifier.iter().chain(&doctype.system_identifier).map(|word| lossy(word));
                    Token::Doctype(std::iter::once(lossy(&doctype.name)).chain(words).collect::<Vec<_>>().join(" "))
                }
                RawToken::Error(_) => continue,
            });
        }
    })
}

/// The mark of an inline element.
pub fn mark_of(element: &str) -> Option<MarkKind> {
    Some(match element {
        "sup" => MarkKind::Superscript,
        "sub" => MarkKind::Subscript,
        "em" | "i" | "cite" => MarkKind::Emphasis,
        "strong" | "b" => MarkKind::Strong,
        "code" | "kbd" | "samp" => MarkKind::Code,
        _ => return None,
    })
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The pieces of a text token: each chunk as the tokenizer added it, plain neighbours joined. A chunk may end inside a
/// character, a piece never does.
fn pieces(html: &str, base: usize, start: usize, value: &[u8], chunks: &mut Vec<Chunk>) -> Vec<Piece> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut from, mut at) = (start, 0);
    for chunk in chunks.drain(..) {
        let words = at..(at + chunk.length).min(value.len());
        at = words.end;
        let mut end = chunk.end.min(html.len()).max(from);
        // CRLF comes as one line feed whose place ends before the line feed.
        if value[words.clone()] == *b"\n" && html.as_bytes()[..end].ends_with(b"\r") && html.as_bytes()[end..].starts_with(b"\n") {
            end += 1;
        }
        let verbatim = html.as_bytes()[from..end] == value[words.clone()];
        match runs.last_mut() {
            Some(last) if verbatim && last.verbatim => {
                last.words.end = words.end;
                last.source.end = end;
            }
            _ => runs.push(Run { words, source: from..end, verbatim }),
        }
        from = end;
    }
    let piece = |run: Run| Piece {
        text: lossy(&value[run.words]),
        span: Span::new(base + run.source.start, base + run.source.end),
        verbatim: run.verbatim,
    };
    runs.into_iter().map(piece).collect()
}

/// Words of a text token with their source, in bytes.
struct Run {
    words: Range<usize>,
    source: Range<usize>,
    verbatim: bool,
}

/// The attributes that anything asks for.
const KEPT: &[&str] = &[
    "aria-controls",
    "aria-hidden",
    "aria-level",
    "charset",
    "class",
    "content",
    "data-target",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "name",
    "property",
    "rel",
    "reversed",
    "role",
    "start",
    "style",
    "type",
    "value",
    "xml:lang",
    "xmlns",
];

fn start_tag(html: &str, base: usize, tag: StartTag<usize>) -> Tag {
    let attributes = tag
        .attributes
        .iter()
        .filter_map(|(name, value)| {
            let name = KEPT[KEPT.binary_search_by(|known| known.as_bytes().cmp(name)).ok()?];
            let span = value_span(html, value.span.start + name.len());
            let span = Span::new(base + span.start as usize, base + span.end as usize);
            Some(Attribute { name, value: lossy(value), span })
        })
        .collect();
    let span = Span::new(base + tag.span.start.min(html.len()), base + tag.span.end.min(html.len()));
    Tag { name: lossy(&tag.name), attributes, self_closing: tag.self_closing, span }
}

/// The value behind the name of an attribute, without quotes.
fn value_span(html: &str, behind_name: usize) -> Span {
    let bytes = html.as_bytes();
    let blank = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    let equals = blank(behind_name.min(html.len()));
    if bytes.get(equals) != Some(&b'=') {
        return Span::at(behind_name.min(html.len()));
    }
    let start = blank(equals + 1);
    let (start, ends): (usize, fn(u8) -> bool) = match bytes.get(start) {
        Some(b'"') => (start + 1, |b| b == b'"'),
        Some(b'\'') => (start + 1, |b| b == b'\''),
        _ => (start, |b| b.is_ascii_whitespace() || b == b'>'),
    };
    let length = bytes[start..].iter().take_while(|&&b| !ends(b)).count();
    Span::new(start, start + length)
}

/// A stretch of words as the tokenizer added it: its length decoded, and where its source ends.
#[derive(Debug, Clone, Copy)]
struct Chunk {
    length: usize,
    end: usize,
}

/// Notes the place of every chunk of words: between two of them stands an entity or a line ending.
struct Noting {
    inner: DefaultEmitter<usize>,
    chunks: Rc<RefCell<Vec<Chunk>>>,
    position: usize,
    self_closing: bool,
    dialect: Dialect,
}

impl ForwardingEmitter for Noting {
    type Token = RawToken<usize>;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.inner
    }

    fn move_position(&mut self, by: isize) {
        self.position = self.position.saturating_add_signed(by);
        Emitter::move_position(&mut self.inner, by);
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.chunks.borrow_mut().push(Chunk { length: text.len(), end: self.position });
        Emitter::emit_string(&mut self.inner, text);
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: html5gum::Error) {}

    fn init_start_tag(&mut self) {
        self.self_closing = false;
        Emitter::init_start_tag(&mut self.inner);
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
        Emitter::set_self_closing(&mut self.inner);
    }

    /// `<script/>` opens a script in HTML and is a whole one in XHTML.
    fn emit_current_tag(&mut self) -> Option<State> {
        let next = Emitter::emit_current_tag(&mut self.inner);
        next.filter(|_| self.dialect == Dialect::Html || !self.self_closing)
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.dialect == Dialect::Xhtml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<(String, &str)> {
        let mut out = Vec::new();
        for token in tokens(html, 0, Dialect::Html) {
            if let Token::Text(pieces) = token {
                out.extend(pieces.into_iter().map(|piece| (piece.text, &html[piece.span.range()])));
            }
        }
        out
    }

    #[test]
    fn every_entity_is_a_piece_with_its_place() {
        let words = |html| texts(html).into_iter().map(|(text, raw)| format!("{text}={raw}")).collect::<Vec<_>>().join("|");
        assert_eq!(
            words("5&nbsp;µg &lt10&#8217;s &amp;amp; é"),
            "5=5|\u{a0}=&nbsp;|µg =µg |<=&lt|10=10|’=&#8217;|s =s |&=&amp;|amp; é=amp; é"
        );
        assert_eq!(words("AT&T < 5 & more &unknown; &"), "AT&T < 5 & more &unknown; &=AT&T < 5 & more &unknown; &");
        assert_eq!(words("a\r\nb\rc\nµ"), "a=a|\n=\r\n|b=b|\n=\r|c\nµ=c\nµ");
        assert_eq!(words("a&amp"), "a=a|&=&amp");
    }

    #[test]
    fn attributes_have_the_place_of_their_value() {
        let html = "µ<meta name=\"date\" content = '2020&#45;05' onclick=x><li value=4><p hidden>";
        let found: Vec<_> = tokens(html, 0, Dialect::Html)
            .filter_map(|token| match token {
                Token::Open(tag) => Some(tag.attributes),
                _ => None,
            })
            .flatten()
            .map(|attribute| (attribute.name, attribute.value, &html[attribute.span.range()]))
            .collect();
        let want = [("content", "2020-05", "2020&#45;05"), ("name", "date", "date"), ("value", "4", "4"), ("hidden", "", "")];
        assert_eq!(found, want.map(|(name, value, raw)| (name, value.to_owned(), raw)));
    }

    #[test]
    fn scripts_are_text_and_xhtml_closes_them() {
        let html = "<script>if (a<b) '<p>'</script>µ";
        assert_eq!(texts(html), [("if (a<b) '<p>'".to_owned(), "if (a<b) '<p>'"), ("µ".to_owned(), "µ")]);
        let tokens: Vec<_> = tokens("<script src='x'/><![CDATA[µ < 5]]>", 3, Dialect::Xhtml).collect();
        assert!(matches!(&tokens[1], Token::Text(pieces) if pieces[0].text == "µ < 5"));
    }

    proptest::proptest! {
        #[test]
        fn pieces_lead_back_to_the_source(html in "([a-zµ]|&amp;|&lt|&#x41;|&|;|<|>|</|<b>|\"|=|\r|\n|\u{0}|<!--|-->|<script>|</script>| ){0,40}") {
            let mut emitter = DefaultEmitter::<usize>::new_with_span();
            emitter.naively_switch_states(true);
            let plain: String = Tokenizer::new_with_emitter(&html, emitter).filter_map(|Ok(token)| match token {
                RawToken::String(text) => Some(lossy(&text.value)),
                _ => None,
            }).collect();
            let ours: String = tokens(&html, 0, Dialect::Html).filter_map(|token| match token {
                Token::Text(pieces) => Some(pieces.into_iter().map(|piece| piece.text).collect::<String>()),
                _ => None,
            }).collect();
            assert_eq!(plain, ours);
            for dialect in [Dialect::Html, Dialect::Xhtml] {
                for token in tokens(&html, 0, dialect) {
                    let Token::Text(pieces) = token else { continue };
                    let mut end = 0;
                    for piece in pieces {
                        assert!(html.is_char_boundary(piece.span.start as usize) && html.is_char_boundary(piece.span.end as usize));
                        assert!(piece.span.start >= end, "pieces are in order");
                        end = piece.span.end;
                        assert_eq!(piece.verbatim, html[piece.span.range()] == piece.text);
                    }
                }
            }
        }
    }
}

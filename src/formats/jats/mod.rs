//! JATS XML: the archiving, publishing and authoring tag sets, and the NLM DTDs 2 and 3 before them.
//!
//! The XML is read in one pass with a stack of its own, however deep it is nested. DTDs are passed over, entities never
//! expanded. What is not well-formed is told at its place and read on from there.

mod attributes;
mod body;
mod capture;
mod encoding;
mod entities;
mod entry;
mod front;
mod tag;
mod words;

use memchr::memchr;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::document::{Block, Comment, Document, Format, Problem};
use crate::source::{Source, Span};
use attributes::{attribute, attributes};
use body::{Context, Gathered, TableState};
use capture::{Capture, Slot};
use entry::Entry;
use front::PartialDate;
use tag::Tag;

/// Reads a JATS article.
pub fn parse(source: &Source) -> Document {
    let mut reading = Reading::new(source.text());
    reading.read(source);
    reading.finish()
}

/// An article being read.
struct Reading<'s> {
    text: &'s str,
    document: Document,
    stack: Vec<Open>,
    /// An element is open whose words are not read.
    hidden: bool,
    capture: Option<Capture>,
    articles: u32,
    date: Option<PartialDate>,
    /// How many elements around hold prose.
    prose: u32,
    sections: u32,
    paragraphs: u32,
    quoted: u32,
    in_cell: bool,
    contexts: Vec<Context>,
    current: Option<Gathered>,
    /// The blocks that were being gathered where a float or a note stands.
    suspended: Vec<Option<Gathered>>,
    /// What is read behind the paragraph that is open.
    deferred: Vec<Block>,
    table: TableState,
    entry: Option<Entry>,
    room: Vec<entry::Piece>,
    /// Problems found, told or not.
    problems: usize,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    tag: Tag,
    name: Span,
    undo: Undo,
}

/// What is to be taken back when an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undo {
    Nothing,
    Show,
    Capture,
    Date,
    Entry,
    Piece(Tag),
    Alternatives,
    Zone,
    Title,
    Abstract,
    Mark,
    Space,
    Label,
    Block,
    Paragraph,
    Section,
    Context,
    Cell,
    TableHead,
    Quote,
    FloatWithin,
}

/// Problems told one by one; more say nothing new.
const MOST_PROBLEMS: usize = 20;

/// How far up the open elements a crossed end tag is looked for.
const FARTHEST_CROSSING: usize = 64;

impl<'s> Reading<'s> {
    fn new(text: &'s str) -> Self {
        Self {
            text,
            document: Document::new(Format::Jats),
            stack: Vec::new(),
            hidden: false,
            capture: None,
            articles: 0,
            date: None,
            prose: 0,
            sections: 0,
            paragraphs: 0,
            quoted: 0,
            in_cell: false,
            contexts: Vec::new(),
            current: None,
            suspended: Vec::new(),
            deferred: Vec::new(),
            table: TableState::default(),
            entry: None,
            room: Vec::new(),
            problems: 0,
        }
    }

    fn read(&mut self, source: &Source) {
        if let Some(at) = memchr(0, self.text.as_bytes()) {
            let help = "Remove it; the file may have been damaged";
            self.problem(Span::new(at, at + 1), "a NUL character, which XML does not allow".into(), help);
        }
        let mut base = 0;
        // A stray `<` is read as text and the reader set behind it; each time some of the text is scanned again.
        let mut budget = 4 * self.text.len() + (1 << 20);
        loop {
            // The parser takes a byte order mark away at its start, and counts without it.
            while self.text[base..].starts_with('\u{feff}') {
                self.characters(Span::new(base, base + '\u{feff}'.len_utf8()));
                base += '\u{feff}'.len_utf8();
            }
            let mut reader = reader(&self.text[base..]);
            let stray = loop {
                let start = base + reader.buffer_position() as usize;
                match reader.read_event() {
                    Ok(Event::Eof) => return,
                    Ok(event) => {
                        let end = base + reader.buffer_position() as usize;
                        if !self.event(event, Span::new(start, end), source) {
                            break (start, end, None);
                        }
                    }
                    Err(error) => break (start, self.text.len(), Some(error.to_string())),
                }
            };
            let (start, end, error) = stray;
            let at = start + memchr(b'<', &self.text.as_bytes()[start..]).unwrap_or(0);
            if at >= self.text.len() {
                return;
            }
            let why = error.map_or(String::new(), |error| format!(": {error}"));
            self.problem(Span::new(at, at + 1), format!("“<” begins no tag here{why}"), "Write &lt; for the sign, or complete the tag");
            budget = budget.saturating_sub(end - start);
            if budget == 0 {
                self.problem(Span::at(at), "too much of the XML is damaged; nothing is read from here on".into(), "Repair the XML");
                return;
            }
            self.characters(Span::new(at, at + 1));
            base = at + 1;
        }
    }

    /// Takes in one event; false for a tag that is none.
    fn event(&mut self, event: Event<'_>, span: Span, source: &Source) -> bool {
        match event {
            Event::Start(element) if is_name(element.name().as_ref()) => self.start(&element, span),
            Event::Empty(element) if is_name(element.name().as_ref()) => {
                self.start(&element, span);
                self.close(Span::at(span.end as usize));
            }
            Event::Start(_) | Event::Empty(_) => return false,
            Event::End(_) => self.end(span),
            Event::Text(_) => self.characters(span),
            Event::CData(content) => {
                let start = span.start as usize + "<![CDATA[".len();
                self.characters(Span::new(start, start + content.len()));
            }
            Event::GeneralRef(name) => self.reference(&name, span),
            Event::Comment(text) => self.document.comments.push(Comment { text: text.to_string(), span }),
            Event::PI(instruction) => {
                if let Some(rest) = instruction.strip_prefix("medproof") {
                    let text = format!("medproof-{}", rest.trim().trim_start_matches('-'));
                    self.document.comments.push(Comment { text, span });
                }
            }
            Event::Decl(_) => self.declaration(span, source),
            Event::DocType(_) | Event::Eof => {}
        }
        true
    }

    fn declaration(&mut self, span: Span, source: &Source) {
        if let Some(message) = encoding::contradiction(source, &self.text[span.range()]) {
            self.problem(span, message, "Declare the encoding that the file is saved in; letters may have been misread");
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, span: Span) {
        let name = element.name();
        let name = name.as_ref().as_bytes();
        let local = memchr(b':', name).map_or(name, |colon| &name[colon + 1..]);
        let tag = Tag::of(local);
        let undo = if self.hidden || self.capture.is_some() { Undo::Nothing } else { self.enter(tag, element, span) };
        let at = span.start as usize + 1;
        self.stack.push(Open { tag, name: Span::new(at, at + name.len()), undo });
    }

    fn enter(&mut self, tag: Tag, element: &BytesStart<'_>, span: Span) -> Undo {
        let parent = self.stack.last().map_or(Tag::Other, |open| open.tag);
        if self.entry.is_some() {
            self.enter_in_entry(tag, element, span)
        } else if self.prose > 0 {
            self.enter_prose(tag, parent, element, span)
        } else {
            self.enter_front(tag, parent, element, span)
        }
    }

    /// The words of the element are not read.
    fn hide(&mut self) -> Undo {
        self.hidden = true;
        Undo::Show
    }

    /// An end tag: of the element opened last, or of one around it where tags are crossed or left out.
    fn end(&mut self, span: Span) {
        let name = end_name(&self.text[span.range()]);
        let depth = self.stack.iter().rev().take(FARTHEST_CROSSING).position(|open| &self.text[open.name.range()] == name);
        match depth {
            Some(0) => {}
            Some(depth) => {
                let open = self.stack[self.stack.len() - 1];
                let message = format!("<{}> is still open where </{name}> ends what is around it", &self.text[open.name.range()]);
                self.problem(span, message, "Close the elements in the reverse order of their opening");
                for _ in 0..depth {
                    self.close(Span::at(span.start as usize));
                }
            }
            None => {
                self.problem(span, format!("</{name}> ends no element that is open"), "Remove the tag, or open the element");
                return;
            }
        }
        self.close(span);
    }

    /// Ends the element opened last.
    fn close(&mut self, span: Span) {
        let Some(open) = self.stack.pop() else { return };
        match open.undo {
            Undo::Nothing => {}
            Undo::Show => self.hidden = false,
            Undo::Capture => self.settle_capture(span),
            Undo::Date => self.leave_date(),
            Undo::Entry => self.leave_entry(span),
            Undo::Piece(tag) => self.leave_piece(tag, span),
            Undo::Alternatives => self.leave_alternatives(),
            undo => self.leave_prose(undo, span),
        }
    }

    /// Character data.
    fn characters(&mut self, span: Span) {
        if span.is_empty() || self.hidden {
            return;
        }
        let text = self.text;
        if let Some(capture) = &mut self.capture {
            capture.add(&text[span.range()], span);
        } else if self.entry.is_some() {
            self.text_in_entry(span);
        } else if self.prose > 0 && (self.current.is_some() || !text.as_bytes()[span.range()].iter().all(|&b| words::is_white(b))) {
            self.words().text_at(text, span);
        }
    }

    /// `&name;`
    fn reference(&mut self, name: &str, span: Span) {
        if self.hidden {
            return;
        }
        let Some(decoded) = entities::resolve(name) else {
            self.problem(span, format!("“&{name};” stands for nothing that is known"), "Write the character itself, or its number");
            return self.characters(span);
        };
        let text = self.text;
        if let Some(capture) = &mut self.capture {
            capture.add(&decoded, span);
        } else if self.entry.is_some() {
            self.decoded_in_entry(decoded, span);
        } else if self.prose > 0 {
            self.words().decoded(text, &decoded, span);
        }
    }

    fn problem(&mut self, span: Span, message: String, help: &str) {
        self.problems += 1;
        if self.problems <= MOST_PROBLEMS {
            self.document.problems.push(Problem { span, message, help: help.into() });
        }
    }

    /// Ends what is still open, and says what the file lacks.
    fn finish(mut self) -> Document {
        let end = Span::at(self.text.len());
        if let Some(open) = self.stack.last().copied() {
            let message = format!("the file ends, and <{}> is still open", &self.text[open.name.range()]);
            self.problem(open.name, message, "Close the element; the rest of the file may be lost");
        }
        let root = self.stack.first().map(|open| open.name);
        while !self.stack.is_empty() {
            self.close(end);
        }
        self.flush();
        self.document.blocks.append(&mut self.deferred);
        if self.articles == 0 {
            self.document.blocks.clear();
            let help = "Give a JATS file, or name the format of this one";
            self.problem(root.unwrap_or_default(), "the XML holds no <article>, and so nothing was read".into(), help);
        }
        if self.problems > MOST_PROBLEMS {
            let message = format!("{} more problems like these", self.problems - MOST_PROBLEMS);
            self.document.problems.push(Problem { span: end, message, help: "Repair the XML".into() });
        }
        self.document
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// Whether a tag's name can be one: `< 5 mg` is none.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The name in `</name >`.
fn end_name(tag: &str) -> &str {
    let name = tag.strip_prefix("</").unwrap_or(tag);
    name.strip_suffix('>').unwrap_or(name).trim_end()
}

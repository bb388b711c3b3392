//! A run written anew with marks between its characters: its pieces keep their formatting.

use std::ops::Range;

use super::marks::Marks;
use super::spots::Run;

/// What happens at a place of a run, in the order in which it happens at one byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// Deleted words end.
    Undelete,
    /// Words come in, as one tracked change.
    Insert(String),
    /// A comment ends.
    End(u32),
    /// A comment starts.
    Start(u32),
    /// Deleted words start, as one tracked change.
    Delete,
}

/// The run with its events, which are in order of their bytes.
pub fn rewrite(xml: &str, run: &Run, events: &[(usize, Event)], marks: &mut Marks) -> String {
    let mut out = Writer { xml, run, marks, text: String::new(), is_open: false, is_deleting: false, pieces: 0 };
    let prefix = out.marks.prefix.clone();
    let mut at = run.properties.as_ref().map_or(run.open.end, |properties| properties.end);
    let mut events = events.iter().peekable();
    for text in &run.texts {
        let ends_here = |(byte, _): &&&(usize, Event)| *byte <= text.content.end;
        if events.peek().filter(ends_here).is_none() {
            continue;
        }
        out.other(at..text.whole.start);
        at = text.whole.end;
        let mut from = text.content.start;
        while let Some((byte, event)) = events.next_if(|event| ends_here(&event)) {
            out.words(from..*byte, text.is_kept, text.content.clone());
            from = *byte;
            out.event(event);
        }
        out.words(from..text.content.end, text.is_kept, text.content.clone());
    }
    out.other(at..xml[..run.whole.end].rfind("</").unwrap_or(run.whole.end));
    out.close(&prefix);
    out.text
}

struct Writer<'a> {
    xml: &'a str,
    run: &'a Run,
    marks: &'a mut Marks,
    text: String,
    is_open: bool,
    is_deleting: bool,
    /// Pieces of the run so far.
    pieces: usize,
}

impl Writer<'_> {
    fn open(&mut self) {
        if !std::mem::replace(&mut self.is_open, true) {
            self.text.push_str(&self.xml[self.run.open.clone()]);
            self.properties();
        }
    }

    /// Every piece has the properties of the run. A tracked change of them has an id, which must not come twice.
    fn properties(&mut self) {
        if let Some(range) = self.run.properties.clone() {
            let properties = &self.xml[range];
            let copied = if self.pieces > 0 { self.marks.with_new_id(properties) } else { properties.into() };
            self.text.push_str(&copied);
        }
        self.pieces += 1;
    }

    fn close(&mut self, prefix: &str) {
        if std::mem::take(&mut self.is_open) {
            self.text.push_str(&format!("</{prefix}r>"));
        }
    }

    /// Whatever else stands in the run, as it is.
    fn other(&mut self, range: Range<usize>) {
        let other = self.xml.get(range).unwrap_or_default();
        if !other.trim().is_empty() {
            self.open();
            self.text.push_str(other);
        }
    }

    /// Words of a text, or of a part of it.
    fn words(&mut self, range: Range<usize>, is_kept: bool, content: Range<usize>) {
        let mut words = self.xml.get(range.clone()).unwrap_or_default();
        if !is_kept {
            // White space at the ends of the whole text does not count there.
            words = if range.start == content.start { words.trim_start() } else { words };
            words = if range.end == content.end { words.trim_end() } else { words };
        }
        if words.is_empty() {
            return;
        }
        self.open();
        let (prefix, name) = (&self.marks.prefix, if self.is_deleting { "delText" } else { "t" });
        self.text.push_str(&format!(r#"<{prefix}{name} xml:space="preserve">{words}</{prefix}{name}>"#));
    }

    fn event(&mut self, event: &Event) {
        let prefix = self.marks.prefix.clone();
        self.close(&prefix);
        match event {
            Event::Start(id) => self.text.push_str(&self.marks.start(*id)),
            Event::End(id) => self.text.push_str(&self.marks.end(*id)),
            Event::Delete => {
                self.text.push_str(&self.marks.change("del"));
                self.is_deleting = true;
            }
            Event::Undelete => {
                self.text.push_str(&format!("</{prefix}del>"));
                self.is_deleting = false;
            }
            Event::Insert(words) => {
                self.text.push_str(&self.marks.change("ins"));
                self.open();
                let words = super::marks::escaped(words);
                self.text.push_str(&format!(r#"<{prefix}t xml:space="preserve">{words}</{prefix}t>"#));
                self.close(&prefix);
                self.text.push_str(&format!("</{prefix}ins>"));
            }
        }
    }
}

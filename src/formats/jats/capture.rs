//! Words that are no prose: labels, dates and other facts.

use super::tag::Tag;
use super::{Reading, Undo};
use crate::document::Metadata;
use crate::source::Span;

/// Words being read, and where they go.
pub struct Capture {
    slot: Slot,
    text: String,
    span: Option<Span>,
}

pub enum Slot {
    Metadata { key: String, key_span: Span },
    DatePart(Tag),
    ItemLabel,
    FootnoteLabel,
    EntryLabel,
}

impl Reading<'_> {
    pub(super) fn capture(&mut self, slot: Slot) -> Undo {
        self.capture = Some(Capture { slot, text: String::new(), span: None });
        Undo::Capture
    }

    pub(super) fn settle_capture(&mut self, end: Span) {
        let Some(Capture { slot, text, span }) = self.capture.take() else { return };
        let span = span.unwrap_or(Span::at(end.start as usize));
        let text = text.trim().to_owned();
        match slot {
            Slot::Metadata { .. } | Slot::DatePart(_) if text.is_empty() => {}
            Slot::Metadata { key, key_span } => self.document.metadata.push(Metadata { key, value: text, key_span, value_span: span }),
            Slot::DatePart(tag) => self.take_date_part(tag, (text, span)),
            Slot::ItemLabel => self.label_item(&text, span),
            Slot::FootnoteLabel => self.label_footnote(text),
            Slot::EntryLabel => self.label_entry(text, span),
        }
    }
}

impl Capture {
    pub fn add(&mut self, text: &str, span: Span) {
        self.text.push_str(text);
        if !text.trim().is_empty() {
            let lead = text.len() - text.trim_start().len();
            let tail = text.len() - text.trim_end().len();
            let exact = text.len() == span.len();
            let words = if exact { Span::new(span.start as usize + lead, span.end as usize - tail) } else { span };
            self.span = Some(self.span.map_or(words, |before| before.cover(words)));
        }
    }
}

//! The words of one block as they are gathered: white space folded, with the marks that stand over them.

use crate::document::{Mark, MarkKind};
use crate::prose::Prose;
use crate::source::Span;

/// Words, gathered from the pieces that XML gives.
#[derive(Debug, Default)]
pub struct Words {
    prose: Prose,
    marks: Vec<Mark>,
    open: Vec<(MarkKind, usize)>,
    /// White space read, which counts only between words.
    space: Option<Span>,
    /// How many of the open marks belong to words that are tied to attributes, so that no edit may touch them.
    tied: u32,
}

impl Words {
    /// Words with room for what so many tags and texts of an entry give.
    pub fn of_entry(parts: usize) -> Self {
        let prose = Prose::with_capacity(4 * parts, parts / 2);
        Self { prose, marks: Vec::with_capacity(parts / 3), ..Self::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.prose.is_empty()
    }

    /// The words so far.
    pub fn text(&self) -> &str {
        self.prose.text()
    }

    /// Adds character data of the source.
    pub fn text_at(&mut self, source: &str, span: Span) {
        let bytes = source.as_bytes();
        let (mut i, end) = (span.start as usize, span.end as usize);
        while i < end {
            let from = i;
            if is_white(bytes[i]) {
                while i < end && is_white(bytes[i]) {
                    i += 1;
                }
                self.space(Span::new(from, i));
                continue;
            }
            // A single space between words stays in the run; anything else ends it.
            while i < end && (!is_white(bytes[i]) || bytes[i] == b' ' && i + 1 < end && !is_white(bytes[i + 1])) {
                i += 1;
            }
            self.settle_space(source);
            if self.tied > 0 {
                self.prose.push_tied(source, Span::new(from, i));
            } else {
                self.prose.push_verbatim(source, Span::new(from, i));
            }
        }
    }

    /// Adds what an entity stands for.
    pub fn decoded(&mut self, source: &str, text: &str, span: Span) {
        if text.bytes().all(is_white) {
            self.space(span);
            return;
        }
        self.settle_space(source);
        self.prose.push_decoded(text, span);
    }

    /// White space, or markup that reads as such.
    pub fn space(&mut self, span: Span) {
        if !self.prose.is_empty() && self.space.is_none() {
            self.space = Some(span);
        }
    }

    /// Words that the page shows and the source leaves to the style sheet; they replace white space before them.
    pub fn insert(&mut self, text: &str, at: u32) {
        self.space = None;
        self.prose.push_decoded(text, Span::at(at as usize));
    }

    /// Whether white space stands behind the last word.
    pub fn ends_in_space(&self) -> bool {
        self.space.is_some()
    }

    pub fn open(&mut self, kind: MarkKind) {
        self.tied += u32::from(is_tied(&kind));
        self.open.push((kind, self.prose.text().len()));
    }

    /// Closes the mark opened last; one opened in another block is none of this one's.
    pub fn close(&mut self) {
        let Some((kind, start)) = self.open.pop() else { return };
        self.tied -= u32::from(is_tied(&kind));
        let text = self.prose.text();
        let start = start + usize::from(text[start..].starts_with(' '));
        self.marks.push(Mark { range: start..text.len(), kind });
    }

    pub fn finish(mut self) -> (Prose, Vec<Mark>) {
        while !self.open.is_empty() {
            self.close();
        }
        self.marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        (self.prose, self.marks)
    }

    fn settle_space(&mut self, source: &str) {
        if let Some(span) = self.space.take() {
            match &source[span.range()] {
                " " => self.prose.push_verbatim(source, span),
                _ => self.prose.push_decoded(" ", span),
            }
        }
    }
}

/// The number in a cross-reference goes with its `rid`: who edits the one must edit the other.
fn is_tied(kind: &MarkKind) -> bool {
    matches!(kind, MarkKind::Reference(_))
}

pub fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_folds_and_keeps_its_place() {
        let source = " 5 \n\t&#181;g<sup> a</sup> b ";
        let mut words = Words::default();
        words.text_at(source, Span::new(0, 5));
        words.decoded(source, "µ", Span::new(5, 11));
        words.text_at(source, Span::new(11, 12));
        words.open(MarkKind::Superscript);
        words.text_at(source, Span::new(17, 19));
        words.close();
        words.text_at(source, Span::new(25, 28));
        let (prose, marks) = words.finish();
        assert_eq!(prose.text(), "5 µg a b");
        assert_eq!(&prose.text()[marks[0].range.clone()], "a");
        assert_eq!(prose.span(0..1), Span::new(1, 2));
        assert_eq!(prose.span(1..2), Span::new(2, 5));
        assert_eq!(prose.span(2..5), Span::new(5, 12));
    }
}

//! The lines of a source that a report shows, cut to a readable width.
//!
//! miette's own source prints columns in bytes and whole paragraphs of one line, and scans the file for each label.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::source::{Source, Span};

/// Characters shown of a line, at least where a label does not need more.
const WIDTH: usize = 96;
/// Characters kept on each side of a label.
const MARGIN: usize = 32;
/// Characters of the longest label: of a longer one, such as a whole reference, the start is marked.
const LABEL: usize = 72;
/// Bytes of the longest stretch that may be shown as one piece because several labels stand in it.
const PIECE: usize = 4 * LABEL;

/// A source as miette reads it.
pub struct Snippets<'s>(pub &'s Source);

impl Snippets<'_> {
    /// The part of a span that can be marked: inside the text, on character boundaries, not too long.
    pub fn visible(&self, span: Span) -> Span {
        let text = self.0.text();
        let start = floor(text, span.start as usize);
        let end = ceil(text, (span.end as usize).clamp(start, text.len()));
        let words = first_words(&text[start..end], LABEL);
        // A label that ends behind a line would be drawn over the next one.
        Span::new(start, start + words.trim_end().len())
    }

    /// The lines that hold a span, from [`MARGIN`] before to [`MARGIN`] behind it, or more while they stay under [`WIDTH`].
    fn window(&self, span: Span) -> Span {
        let text = self.0.text();
        let (start, end) = (span.start as usize, span.end as usize);
        let margin = MARGIN.max(WIDTH.saturating_sub(end - start) / 2);
        let before = &text[floor(text, start.saturating_sub(4 * margin))..start];
        let behind = &text[end..ceil(text, (end + 4 * margin).min(text.len()))];
        let before = before.rsplit('\n').next().unwrap_or("");
        let behind = behind.split('\n').next().unwrap_or("").trim_end_matches('\r');
        let shown_before = last_words(before, margin + margin.saturating_sub(behind.chars().count()));
        let shown_behind = first_words(behind, margin + margin.saturating_sub(before.chars().count()));
        Span::new(start - shown_before.len(), end + shown_behind.len())
    }
}

impl SourceCode for Snippets<'_> {
    /// No context lines are asked for where only the place is needed.
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, _: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let asked = Span::new(span.offset(), span.offset() + span.len());
        // miette asks whether labels on neighbouring lines can be shown as one piece: not when it would be a wide one.
        if asked.len() > PIECE || self.0.text().get(asked.range()).is_none() {
            return Err(MietteError::OutOfBounds);
        }
        let shown = if before == 0 { asked } else { self.window(asked) };
        let at = self.0.position(shown.start);
        let (line, column) = (at.line as usize - 1, at.column as usize - 1);
        let data = self.0.slice(shown);
        let lines = data.matches('\n').count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name().to_owned(),
            data.as_bytes(),
            SourceSpan::from(shown.range()),
            line,
            column,
            lines,
        )))
    }
}

/// The character boundary at or before a place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The character boundary at or behind a place.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// The end of a line, at most `most` characters, cut between words where there is a gap.
fn last_words(line: &str, most: usize) -> &str {
    let Some((cut, _)) = line.char_indices().rev().nth(most) else { return line };
    let tail = &line[cut..];
    let gap = tail.find(' ').filter(|gap| *gap < tail.len() / 2);
    let start = gap.unwrap_or(tail.chars().next().map_or(0, char::len_utf8));
    tail[start..].trim_start()
}

/// The start of a line, at most `most` characters, cut between words where there is a gap.
fn first_words(line: &str, most: usize) -> &str {
    let Some((cut, _)) = line.char_indices().nth(most) else { return line };
    let head = &line[..cut];
    let gap = head.rfind(' ').filter(|gap| *gap > head.len() / 2);
    head[..gap.unwrap_or(head.len())].trim_end()
}

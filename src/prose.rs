//! The words a reader sees, and the way from them back to the source.

use std::ops::Range;
use std::sync::OnceLock;

use crate::source::Span;

/// Text with markup gone and entities decoded. Rules match here; [`Prose::span`] and [`Prose::editable`] lead back.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    text: String,
    pieces: Vec<Piece>,
    /// Where the words start and end, found when first asked for.
    words: OnceLock<Box<[(u32, u32)]>>,
}

/// A run of the text that comes from one stretch of the source.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it starts in the text, in bytes; it ends where the next one starts.
    at: u32,
    span: Span,
    kind: PieceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PieceKind {
    /// The text is the source, byte for byte.
    Verbatim,
    /// It is so too, and something outside the words has to change with them.
    Tied,
    /// The text stands for a source written otherwise.
    Decoded,
}

impl Piece {
    fn is_exact(&self) -> bool {
        self.kind != PieceKind::Decoded
    }
}

impl Prose {
    /// An empty prose with room for so many bytes in so many pieces.
    pub fn with_capacity(bytes: usize, pieces: usize) -> Self {
        Self { text: String::with_capacity(bytes), pieces: Vec::with_capacity(pieces), words: OnceLock::new() }
    }

    /// The words; ranges of prose are bytes of this text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words: letters and digits, by their bytes. Several readers and rules go through them, so they are found once.
    pub fn words(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + Clone + '_ {
        let words = self.words.get_or_init(|| {
            let mut words = Vec::with_capacity(self.text.len() / 6);
            let mut at = 0;
            while let Some(start) = next_word(&self.text, at) {
                at = end_of_word(&self.text, start);
                words.push((start as u32, at as u32));
            }
            words.into()
        });
        words.iter().map(|&(start, end)| start as usize..end as usize)
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds source text as it stands.
    pub fn push_verbatim(&mut self, source: &str, span: Span) {
        self.push_exact(source, span, PieceKind::Verbatim);
    }

    /// Adds source text as it stands that no fix may change, as markup around it says the same once more.
    pub fn push_tied(&mut self, source: &str, span: Span) {
        self.push_exact(source, span, PieceKind::Tied);
    }

    fn push_exact(&mut self, source: &str, span: Span, kind: PieceKind) {
        if span.is_empty() {
            return;
        }
        self.words.take();
        let at = self.text.len() as u32;
        self.text.push_str(&source[span.range()]);
        match self.pieces.last_mut() {
            Some(last) if last.kind == kind && last.span.end == span.start => last.span.end = span.end,
            _ => self.pieces.push(Piece { at, span, kind }),
        }
    }

    /// Adds text that stands for a stretch of source written otherwise: an entity, a line break, a lost space.
    pub fn push_decoded(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        self.words.take();
        self.pieces.push(Piece { at: self.text.len() as u32, span, kind: PieceKind::Decoded });
        self.text.push_str(text);
    }

    /// Adds a part of another prose with its way back.
    pub fn push_part(&mut self, source: &str, other: &Prose, range: Range<usize>) {
        for (i, piece) in other.pieces.iter().enumerate() {
            let (start, end) = (piece.at as usize, other.end_of(i));
            let (from, to) = (start.max(range.start), end.min(range.end));
            if from >= to {
                continue;
            }
            if piece.is_exact() {
                let base = piece.span.start as usize;
                self.push_exact(source, Span::new(base + from - start, base + to - start), piece.kind);
            } else {
                self.push_decoded(&other.text[from..to], piece.span);
            }
        }
    }

    /// The source of a range of the text. It may cross markup, and it never takes in markup behind its last character.
    pub fn span(&self, range: Range<usize>) -> Span {
        if self.pieces.is_empty() {
            return Span::default();
        }
        if range.is_empty() {
            return Span::at(self.source_offset(range.start));
        }
        let start = self.source_offset(range.start);
        let i = self.piece_at(range.end - 1);
        let piece = self.pieces[i];
        let end = if piece.is_exact() { piece.span.start as usize + (range.end - piece.at as usize) } else { piece.span.end as usize };
        Span::new(start, end)
    }

    /// The source of a range that lies inside one verbatim piece, so that replacing it harms no markup.
    pub fn editable(&self, range: Range<usize>) -> Option<Span> {
        if self.pieces.is_empty() {
            return None;
        }
        let i = self.piece_at(range.start);
        let piece = self.pieces[i];
        (piece.kind == PieceKind::Verbatim && range.end <= self.end_of(i)).then(|| {
            let offset = |at: usize| piece.span.start as usize + (at - piece.at as usize);
            Span::new(offset(range.start), offset(range.end))
        })
    }

    /// The range of the text that shows a stretch of the source: as much of it as stands here; `None` where nothing does.
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        // Pieces follow the source, but for a few that were moved.
        let first = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        let start = self.text_offset(first, span.start)?;
        let last = self.pieces.partition_point(|piece| piece.span.start < span.end);
        let end = match last.checked_sub(1) {
            Some(last) if self.pieces[last].span.end <= span.end => self.end_of(last),
            Some(last) => self.text_offset(last, span.end)?,
            None => start,
        };
        (start <= end && self.text.is_char_boundary(start) && self.text.is_char_boundary(end)).then_some(start..end)
    }

    /// Where a byte of the source stands in the text, or would if it were shown: `piece` is the one that holds it or follows it.
    fn text_offset(&self, piece: usize, offset: u32) -> Option<usize> {
        let found = self.pieces.get(piece)?;
        let inside = if found.is_exact() { offset.saturating_sub(found.span.start) as usize } else { 0 };
        Some((found.at as usize + inside).min(self.end_of(piece)))
    }

    fn source_offset(&self, at: usize) -> usize {
        let i = self.piece_at(at.min(self.text.len()));
        let piece = self.pieces[i];
        if piece.is_exact() {
            piece.span.start as usize + (at.min(self.end_of(i)) - piece.at as usize)
        } else if at >= self.end_of(i) {
            piece.span.end as usize
        } else {
            piece.span.start as usize
        }
    }

    fn piece_at(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.at as usize <= at).max(1) - 1
    }

    fn end_of(&self, piece: usize) -> usize {
        self.pieces.get(piece + 1).map_or(self.text.len(), |next| next.at as usize)
    }
}

/// The next byte at which a letter or digit stands.
pub fn next_word(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    // Most text is plain, and plain bytes need no decoding.
    let plain = rest.bytes().take_while(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).count();
    match rest.as_bytes().get(plain)? {
        byte if byte.is_ascii() => Some(from + plain),
        _ => rest[plain..].find(char::is_alphanumeric).map(|i| from + plain + i),
    }
}

/// Where the letters and digits that start at a byte end.
pub fn end_of_word(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match rest.as_bytes().get(plain) {
        Some(byte) if !byte.is_ascii() => rest[plain..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |i| start + plain + i),
        _ => start + plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_plain_and_other_letters() {
        let text = " — naïve µg, 5-FU";
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(start) = next_word(text, at) {
            at = end_of_word(text, start);
            words.push(&text[start..at]);
        }
        assert_eq!(words, ["naïve", "µg", "5", "FU"]);
        assert_eq!(next_word("…", 0), None);
    }

    /// `a &micro;g <b>bold</b>` as a format would give it.
    fn sample() -> (&'static str, Prose) {
        let source = "a &micro;g <b>bold</b>";
        let mut prose = Prose::default();
        prose.push_verbatim(source, Span::new(0, 2));
        prose.push_decoded("µ", Span::new(2, 9));
        prose.push_verbatim(source, Span::new(9, 11));
        prose.push_verbatim(source, Span::new(14, 18));
        (source, prose)
    }

    #[test]
    fn spans_cross_markup_but_edits_do_not() {
        let (source, prose) = sample();
        assert_eq!(prose.text(), "a µg bold");
        let words = |range: Range<usize>| &source[prose.span(range).range()];
        assert_eq!(words(2..4), "&micro;");
        assert_eq!(words(2..5), "&micro;g");
        assert_eq!(words(4..10), "g <b>bold");
        assert_eq!(words(6..10), "bold");
        assert_eq!(prose.editable(6..10), Some(Span::new(14, 18)));
        for range in [0..1, 2..4, 2..5, 4..10, 6..10, 0..10] {
            assert_eq!(prose.range(prose.span(range.clone())), Some(range));
        }
        assert_eq!(prose.range(Span::new(11, 16)), Some(6..8), "markup shows nothing");
        assert_eq!(prose.range(Span::new(30, 31)), None);
        assert_eq!(prose.editable(4..10), None);
        assert_eq!(prose.editable(2..4), None);
        let mut tied = Prose::default();
        tied.push_verbatim(source, Span::new(9, 11));
        tied.push_tied(source, Span::new(14, 18));
        assert_eq!((tied.span(3..5), tied.editable(3..5)), (Span::new(15, 17), None));
    }

    #[test]
    fn a_part_keeps_its_way_back() {
        let (source, prose) = sample();
        let mut part = Prose::default();
        part.push_part(source, &prose, 2..8);
        assert_eq!(part.text(), "µg bo");
        assert_eq!(&source[part.span(0..5).range()], "&micro;g <b>b");
        assert_eq!(part.span(6..6), Span::at(16));
    }
}

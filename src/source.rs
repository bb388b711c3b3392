//! The text of one file: its bytes decoded once, and the way back from an offset to a line and column.
//!
//! Inside medproof every place is a [`Span`] of byte offsets into [`Source::text`]. Lines, columns and
//! UTF-16 units are worked out only when something is shown.

use std::sync::OnceLock;

use memchr::memchr_iter;

/// A stretch of a source text, in bytes: `start` is the first byte, `end` the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span of two byte offsets; an `end` before `start` is taken as empty at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        let start = start as u32;
        Self { start, end: (end as u32).max(start) }
    }

    /// The empty span at a byte offset.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The bytes, to slice a text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it is a place between two bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the other lies inside this one, or equals it.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A place as people and other tools count it: `line` and `column` from 1, in characters; `offset` in bytes of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Position {
    pub line: u32,
    pub column: u32,
    pub offset: u32,
}

/// How the bytes of a file were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
    /// The text was taken out of a package, such as a Word file.
    Extracted,
}

/// Why a file could not be taken in at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The largest file read, in bytes: spans are 32 bits wide, and a text never is as large.
    #[error("the file has {0} bytes; medproof reads files of up to {limit} bytes", limit = MAX_BYTES)]
    TooLarge(u64),
    #[error("the file is not text: {0}")]
    NotText(&'static str),
    /// A Word file that is damaged, or built as no program builds one.
    #[error("the Word file cannot be opened: {0}")]
    Package(String),
    /// A format that is known and not read, with what to do instead.
    #[error("{0}")]
    Unsupported(String),
}

/// The largest file read, in bytes.
pub const MAX_BYTES: u64 = 512 << 20;

/// Bytes that could not be decoded, as a span of the decoded text (where they stand as U+FFFD).
pub type BadBytes = Vec<Span>;

/// The text of a file with its name.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    encoding: Encoding,
    /// Length of the byte order mark that was taken off, in bytes.
    bom: u32,
    bad: BadBytes,
    lines: OnceLock<Lines>,
}

impl Source {
    /// A source from text in memory.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
        if bom > 0 {
            text.drain(..bom);
        }
        Self { name: name.into(), text, encoding: Encoding::Utf8, bom: bom as u32, bad: Vec::new(), lines: OnceLock::new() }
    }

    /// A source from the text that a package such as a Word file shows: its offsets are none of the file's.
    pub fn extracted(name: impl Into<String>, text: String) -> Self {
        Self { name: name.into(), text, encoding: Encoding::Extracted, bom: 0, bad: Vec::new(), lines: OnceLock::new() }
    }

    /// Decodes the bytes of a file: UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252
    /// where the bytes look like it. Stray bytes in a UTF-8 text become U+FFFD and are kept in [`Source::bad_bytes`].
    ///
    /// # Errors
    /// [`Unreadable`] for a file over [`MAX_BYTES`] or one that holds no text.
    pub fn decode(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Unreadable> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Unreadable::TooLarge(bytes.len() as u64));
        }
        if let Some((encoding, bom)) = encoding_rs::Encoding::for_bom(&bytes)
            && encoding != encoding_rs::UTF_8
        {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[bom..]);
            let kind = if encoding == encoding_rs::UTF_16LE { Encoding::Utf16Le } else { Encoding::Utf16Be };
            let bad = replacement_characters(&text);
            return Ok(Self { encoding: kind, bad, ..Self::new(name, text) });
        }
        if is_binary(&bytes) {
            return Err(Unreadable::NotText("it holds control bytes as programs and pictures do"));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let bytes = error.into_bytes();
                if looks_like_utf8(&bytes) {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let source = Self::new(name, text);
                    Ok(Self { bad: replacement_characters(&source.text), ..source })
                } else {
                    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
                    Ok(Self { encoding: Encoding::Windows1252, ..Self::new(name, text) })
                }
            }
        }
    }

    /// The same file with another text.
    pub fn with_text(&self, text: String) -> Self {
        Self { name: self.name.clone(), text, encoding: self.encoding, bom: self.bom, bad: Vec::new(), lines: OnceLock::new() }
    }

    /// The file as it would be written: its byte order mark and its text. Only an [exact](Source::is_exact) source has these bytes.
    pub fn file(&self) -> String {
        let mark = if self.bom > 0 { "\u{feff}" } else { "" };
        format!("{mark}{}", self.text)
    }

    /// The name shown to the user: a path as given, or a word for standard input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text, without a byte order mark; spans are bytes of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the bytes of the file were read.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Places where bytes could not be decoded.
    pub fn bad_bytes(&self) -> &[Span] {
        &self.bad
    }

    /// Whether offsets of this text are offsets of the file, so that an edit can be written back.
    pub fn is_exact(&self) -> bool {
        self.encoding == Encoding::Utf8 && self.bad.is_empty()
    }

    /// The words at a span. A span out of bounds or inside a character gives the empty string.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Line, column and file offset of a byte offset; an offset past the end counts as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        let lines = self.lines();
        let line = lines.line(offset);
        let column = lines.chars_before(&self.text, offset) - lines.chars_before(&self.text, lines.starts[line] as usize);
        Position { line: line as u32 + 1, column: column + 1, offset: offset as u32 + self.bom }
    }

    /// The span of two places that [`Source::position`] gave.
    pub fn span(&self, start: Position, end: Position) -> Span {
        Span::new((start.offset.saturating_sub(self.bom)) as usize, (end.offset.saturating_sub(self.bom)) as usize)
    }

    /// The span of a line (counted from 1) without its line ending; the last line where there are fewer.
    pub fn line_span(&self, line: u32) -> Span {
        let starts = &self.lines().starts;
        let i = (line.max(1) as usize - 1).min(starts.len() - 1);
        let start = starts[i] as usize;
        let end = starts.get(i + 1).map_or(self.text.len(), |&next| next as usize);
        Span::new(start, start + self.text[start..end].trim_end_matches(['\n', '\r']).len())
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

/// Line starts, and how many characters stand before every [`STEP`]th byte.
#[derive(Debug)]
struct Lines {
    starts: Vec<u32>,
    chars: Vec<u32>,
}

/// Distance of the character counts kept, in bytes: a column costs at most this much counting.
const STEP: usize = 1024;

impl Lines {
    fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|i| i as u32 + 1));
        let mut chars = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            chars.push(count);
            count += count_chars(chunk);
        }
        Self { starts, chars }
    }

    /// The line of an offset, from 0.
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset) - 1
    }

    fn chars_before(&self, text: &str, offset: usize) -> u32 {
        let step = (offset / STEP).min(self.chars.len().saturating_sub(1));
        self.chars.get(step).map_or(0, |&n| n + count_chars(&text.as_bytes()[step * STEP..offset]))
    }
}

/// Characters that start in these bytes of a UTF-8 text.
fn count_chars(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| (byte as i8) >= -0x40).count() as u32
}

fn replacement_characters(text: &str) -> BadBytes {
    text.match_indices('\u{fffd}').map(|(i, found)| Span::new(i, i + found.len())).collect()
}

/// Whether bytes are those of a program, a picture or a package: NULs, or many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let control = head.iter().filter(|&&b| b < 9 || (14..32).contains(&b) && b != 27).count();
    control > 0 && (head.contains(&0) || control * 20 > head.len())
}

/// Whether invalid UTF-8 is still more UTF-8 than Windows-1252: some well-formed sequences, and no more stray bytes.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut stray) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= stray
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_offsets_count_file_bytes() {
        let source = Source::decode("a", b"\xef\xbb\xbf\xc2\xb5g and\r\nmore".to_vec()).unwrap();
        let at = source.text().find("and").unwrap() as u32;
        assert_eq!(source.position(at), Position { line: 1, column: 4, offset: 7 });
        assert_eq!(source.position(source.text().len() as u32).line, 2);
        assert_eq!(source.slice(source.line_span(1)), "µg and");
    }

    #[test]
    fn encodings_are_told_apart() {
        let read = |bytes: &[u8]| Source::decode("a", bytes.to_vec());
        assert_eq!(read(b"caf\xe9 au lait").unwrap().text(), "café au lait");
        assert_eq!(read(b"\xff\xfea\0\xe9\0").unwrap().text(), "aé");
        let damaged = read("µµ damaged \u{e9}".as_bytes().iter().copied().chain([0xff]).collect::<Vec<_>>().as_slice()).unwrap();
        assert_eq!((damaged.encoding(), damaged.bad_bytes().len()), (Encoding::Utf8, 1));
        assert!(matches!(read(b"\x89PNG\r\n\x1a\n\0"), Err(Unreadable::NotText(_))));
        assert!(matches!(read(b"a\0b"), Err(Unreadable::NotText(_))));
        assert_eq!(read(b"").unwrap().position(9), Position { line: 1, column: 1, offset: 0 });
    }

    #[test]
    fn a_column_far_into_a_long_line_is_exact() {
        let text = "é".repeat(5000);
        let source = Source::new("a", text);
        assert_eq!(source.position(9000).column, 4501);
    }
}

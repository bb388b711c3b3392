//! Plain text: paragraphs, headings and lists as they look when pasted from the web or written by hand.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Block, BlockKind, Document, Format, Marker};
use crate::prose::Prose;
use crate::source::Span;

/// Reads plain text. A blank line ends a block; a single line break does so too unless the line was wrapped there.
pub fn parse(text: &str) -> Document {
    let mut document = Document::new(Format::Text);
    let mut run: Vec<Line> = Vec::new();
    let mut at = 0;
    let mut table = Tables::default();
    for raw in text.split_inclusive('\n') {
        let line = Line::new(text, at, at + raw.len());
        at += raw.len();
        if line.words.is_empty() {
            flush(text, &mut run, &mut table, &mut document);
        } else {
            run.push(line);
        }
    }
    flush(text, &mut run, &mut table, &mut document);
    document
}

/// A line without its white space at both ends.
struct Line {
    words: Span,
    /// Characters before the first word.
    indent: usize,
    marker: Option<Marker>,
    /// Where the text behind the marker or bullet starts.
    body: usize,
    bullet: bool,
}

static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:\[(\d{1,12})\]|\((\d{1,12})\))\.?|(\d{1,12})(?:\.-|[.)．）]))(?:[\s↵]+|[•▪]+\s*|$)|^(\d{1,4})\t+")
        .expect("a valid pattern")
});
/// A number glued to the text behind it, as in `1.Smith`.
static GLUED_MARKER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:\[(\d{1,4})\]|(\d{1,4})[.)．）])\p{Lu}").expect("a valid pattern"));

impl Line {
    fn new(text: &str, start: usize, end: usize) -> Self {
        let raw = &text[start..end];
        let trimmed = raw.trim();
        let indent = raw.len() - raw.trim_start().len();
        let words = Span::new(start + indent, start + indent + trimmed.len());
        let mut line = Self { words, indent, marker: None, body: words.start as usize, bullet: false };
        // `•• 3. Author`: a reference of note.
        let of_note = trimmed.trim_start_matches(['•', '●', '▪', '■', '*', ' ']);
        for (numbered, skipped) in [(trimmed, 0), (of_note, trimmed.len() - of_note.len())] {
            if let Some((number, marker, whole)) = marker(numbered) {
                let start = line.body + skipped;
                line.marker = Some(Marker { number, span: Span::new(start, start + marker) });
                line.body = start + whole;
                return line;
            }
        }
        if let Some(rest) = trimmed.strip_prefix(['•', '*', '-', '–', '▪', '◦', '·', '‣'])
            && rest.starts_with(char::is_whitespace)
        {
            line.bullet = true;
            line.body += trimmed.len() - rest.trim_start().len();
        }
        line
    }

    /// Whether tabs part cells: the one behind the number of an entry does not.
    fn is_row(&self, text: &str) -> bool {
        const SENTENCE: usize = 40;
        let body = &text[self.body..self.words.end as usize];
        let punctuated = self.marker.as_ref().is_some_and(|marker| text[marker.span.range()].ends_with(|c: char| !c.is_ascii_digit()));
        let item = self.marker.is_some() && (punctuated || body.len() >= SENTENCE);
        if item { body.contains('\t') } else { text[self.words.range()].contains('\t') }
    }

    fn chars(&self, text: &str) -> usize {
        text[self.words.range()].chars().count()
    }
}

/// The number in front of a line, with the bytes of the printed number and those up to the words behind it.
fn marker(line: &str) -> Option<(Option<u32>, usize, usize)> {
    let (found, glued) = match MARKER.captures(line) {
        Some(found) => (found, false),
        None => (GLUED_MARKER.captures(line)?, true),
    };
    let number = found.iter().skip(1).flatten().next().expect("one group holds the number").as_str().parse().ok();
    let whole = found.get(0).expect("a match").as_str();
    let whole = if glued { whole.len() - whole.chars().next_back().map_or(0, char::len_utf8) } else { whole.len() };
    let printed = line[..whole].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '↵' | '•' | '▪')).len();
    Some((number, printed, whole))
}

#[derive(Default)]
struct Tables {
    count: u32,
}

/// Turns a run of lines without a blank between them into blocks.
fn flush(text: &str, run: &mut Vec<Line>, tables: &mut Tables, document: &mut Document) {
    if run.is_empty() {
        return;
    }
    // Rows of a table pasted from a page have tabs between the cells; a row may have one cell only.
    let rows = run.iter().filter(|line| line.is_row(text)).count();
    if rows > 0 && rows * 2 >= run.len() && run[0].marker.is_none() {
        table(text, run, tables, document);
        run.clear();
        return;
    }
    let wrapped = is_wrapped(text, run);
    let mut last_number: Option<u32> = None;
    let mut open: Option<Block> = None;
    for (i, line) in run.iter().enumerate() {
        let next = run.get(i + 1).and_then(|line| line.marker.as_ref()?.number);
        let starts = starts_item(line, i, last_number, next, open.as_ref());
        let joins = i > 0 && !starts && open.is_some() && (wrapped || continues(text, &run[i - 1], line));
        if !joins {
            document.blocks.extend(open.take());
            let kind = if starts {
                last_number = line.marker.as_ref().and_then(|marker| marker.number).or(last_number);
                BlockKind::ListItem { marker: line.marker.clone(), depth: u8::from(line.indent > 3) }
            } else {
                BlockKind::Paragraph
            };
            let mut prose = Prose::default();
            let start = if starts { line.body } else { line.words.start as usize };
            prose.push_verbatim(text, Span::new(start, line.words.end as usize));
            open = Some(Block { kind, prose, marks: Vec::new(), span: line.words, quoted: false });
        } else if let Some(block) = &mut open {
            let gap = Span::new(block.span.end as usize, line.words.start as usize);
            if text[gap.range()] == *"\n" {
                block.prose.push_verbatim(text, gap);
            } else {
                block.prose.push_decoded("\n", gap);
            }
            block.prose.push_verbatim(text, line.words);
            block.span = block.span.cover(line.words);
        }
    }
    document.blocks.extend(open);
    run.clear();
    mark_heading(document);
}

/// A marker starts an item unless it looks like a number that wrapping moved to the start of a line.
fn starts_item(line: &Line, place: usize, last: Option<u32>, next: Option<u32>, open: Option<&Block>) -> bool {
    if line.bullet {
        return true;
    }
    let Some(marker) = &line.marker else { return false };
    let in_list = open.is_some_and(|block| matches!(block.kind, BlockKind::ListItem { .. }));
    match (place, marker.number, last) {
        (0, ..) => true,
        // A number too large to be one is still an item where it stands in a list: the rules say what is wrong.
        (_, None, _) => in_list,
        (_, Some(number), Some(last)) => number <= last.saturating_add(30),
        (_, Some(number), None) => number <= 1 || in_list || next == number.checked_add(1),
    }
}

/// Lines of nearly one length, each but the last as long as the column allows: text from a mail or a PDF.
fn is_wrapped(text: &str, run: &[Line]) -> bool {
    if run.len() < 2 {
        return false;
    }
    let lengths: Vec<usize> = run.iter().map(|line| line.chars(text)).collect();
    let longest = *lengths.iter().max().expect("two lines");
    // Where every line is whole, from a capital to a full stop, the breaks were set by hand.
    let whole = |line: &Line| text[line.words.range()].starts_with(char::is_uppercase) && text[line.words.range()].ends_with('.');
    if run.len() > 2 && run.iter().all(whole) {
        return false;
    }
    let full = lengths
        .iter()
        .enumerate()
        .filter(|&(i, _)| i + 1 < run.len() && run[i + 1].marker.is_none() && !run[i + 1].bullet)
        .all(|(_, &n)| n * 10 >= longest * 6);
    (40..=130).contains(&longest) && full
}

/// Whether the second line goes on where the first was broken.
fn continues(text: &str, first: &Line, second: &Line) -> bool {
    let before = &text[first.words.range()];
    let length = before.chars().count();
    let ends = before.ends_with(['.', '?', '!', ':', ';']);
    let lower = text[second.words.range()].starts_with(|c: char| c.is_lowercase() || c == '(');
    !ends && (lower || (45..=130).contains(&length))
}

fn table(text: &str, run: &[Line], tables: &mut Tables, document: &mut Document) {
    // A caption may stand above the head.
    let head = run.iter().position(|line| text[line.words.range()].contains('\t')).filter(|_| run.len() > 1);
    for (row, line) in run.iter().enumerate() {
        let mut at = line.words.start as usize;
        for (column, cell) in text[line.words.range()].split('\t').enumerate() {
            let words = cell.trim();
            let start = at + (cell.len() - cell.trim_start().len());
            let span = Span::new(start, start + words.len());
            let mut prose = Prose::default();
            prose.push_verbatim(text, span);
            let kind = BlockKind::TableCell { table: tables.count, row: row as u32, column: column as u32, head: head == Some(row) };
            document.blocks.push(Block { kind, prose, marks: Vec::new(), span, quoted: false });
            at += cell.len() + 1;
        }
    }
    tables.count += 1;
}

/// A short line of its own without a full stop is a heading.
fn mark_heading(document: &mut Document) {
    let Some(block) = document.blocks.last_mut() else { return };
    let words = block.prose.text();
    if block.kind == BlockKind::Paragraph
        && words.len() <= 120
        && !words.contains('\n')
        && words.split_whitespace().count() <= 12
        && words.chars().any(char::is_alphabetic)
        && !words.ends_with(['.', ',', ';', '!', '…'])
        && !words.chars().any(|c| c.is_ascii_digit())
        && words.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
    {
        block.kind = BlockKind::Heading(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<String> {
        parse(text)
            .blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Heading(_) => format!("H {}", block.text()),
                BlockKind::ListItem { marker, .. } => {
                    format!("L{} {}", marker.as_ref().map_or(String::new(), |m| text[m.span.range()].into()), block.text())
                }
                BlockKind::TableCell { row, column, .. } => format!("T{row}{column} {}", block.text()),
                _ => block.text().to_owned(),
            })
            .collect()
    }

    #[test]
    fn paragraphs_headings_and_items() {
        assert_eq!(
            blocks("A µ heading\r\n\r\nOne sentence. Two.\r\n\r\n  1. First\r\n  2. Second\r\n"),
            ["H A µ heading", "One sentence. Two.", "L1. First", "L2. Second"]
        );
        assert_eq!(blocks("a\tµ\nb\tc\n"), ["T00 a", "T01 µ", "T10 b", "T11 c"]);
    }

    #[test]
    fn wrapped_lines_join_and_a_wrapped_year_is_no_item() {
        let wrapped = "[1] Author A, Writer B. A long title that goes over the end of the µ\nline and on. J Test. Published in\n2015. Not an item.\n[2] Another author. Another title. J Test. 2001;2:3-9.\n";
        assert_eq!(
            blocks(wrapped),
            [
                "L[1] Author A, Writer B. A long title that goes over the end of the µ\nline and on. J Test. Published in\n2015. Not an item.",
                "L[2] Another author. Another title. J Test. 2001;2:3-9."
            ]
        );
    }

    #[test]
    fn printed_numbers_are_kept_as_printed() {
        assert_eq!(blocks("1. µ\n2. b\n4. c\n4. d\n999999999999. e\n"), ["L1. µ", "L2. b", "L4. c", "L4. d", "L999999999999. e"]);
    }
}

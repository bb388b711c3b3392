//! Finding the reference list and splitting it into entries by their printed numbers.
//!
//! A list is found by its heading, by Markdown footnotes, or by its entries alone. The printed numbers are kept as
//! they are: a gap, a repeat or a number that wrapping moved to the start of a line breaks nothing.

mod headings;
mod links;
mod several;
mod unprinted;

use std::ops::Range;

use headings::is_list_heading;
use links::is_link_line;
pub use several::{another, from_one};

use super::{Reference, References};
use crate::document::{Block, BlockKind, Document, Format, Place};
use crate::prose::Prose;
use crate::source::{Source, Span};

/// Finds the list and splits it.
pub fn read(source: &Source, document: &Document) -> References {
    let blocks = &document.blocks;
    let lines = unprinted::read(document, lines(source, document));
    let headed = lists_under_headings(document, &lines);
    let footnotes = footnotes(document, &lines);
    // Where both are as likely, the heading decides.
    let mut others: Vec<List> = footnotes.into_iter().chain(headed).filter(|list| list.likeness > 0).collect();
    let best = (0..others.len()).max_by_key(|&i| others[i].likeness).map(|i| others.remove(i));
    let Some(list) = best.or_else(|| list_without_heading(document, &lines)) else {
        return References::default();
    };
    let parts = several::with_what_goes_on(&lines, list, others);
    let heading = parts[0].heading.map(|block| Place::new(block, 0..blocks[block].text().len()));
    let entries = parts.iter().flat_map(|list| &list.entries).map(|entry| reference(source, document, &lines[entry.clone()])).collect();
    let run = |list: &List| {
        let first = list.heading.unwrap_or(lines[list.entries[0].start].block);
        first..list.entries.last().map_or(first, |entry| lines[entry.end - 1].block) + 1
    };
    References { heading, entries, blocks: parts.iter().map(run).collect() }
}

/// A line of the article that may start an entry or go on with one.
struct Line {
    block: usize,
    /// The words behind the number, in the block's prose.
    body: Range<usize>,
    label: Option<Label>,
    kind: LineKind,
    /// A paragraph of plain text that stands directly below the block before it, without a blank line.
    below: bool,
}

impl Line {
    fn new(block: usize, body: Range<usize>, label: Option<Label>, kind: LineKind) -> Self {
        Self { block, body, label, kind, below: false }
    }
}

struct Label {
    /// `None` for a number beyond 32 bits.
    number: Option<u32>,
    span: Span,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum LineKind {
    Heading,
    /// A numbered line, a footnote, or the start of a block.
    Start,
    /// A further line of a block, or a further paragraph of a list item.
    Continuation,
    /// Tables and code end a list.
    Other,
}

/// A list found, as ranges of lines.
struct List {
    heading: Option<usize>,
    entries: Vec<Range<usize>>,
    /// Entries that look like references: how sure this is the list.
    likeness: usize,
}

fn lines(source: &Source, document: &Document) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (i, block) in document.blocks.iter().enumerate() {
        let whole = 0..block.text().len();
        match &block.kind {
            BlockKind::Heading(_) => lines.push(Line::new(i, whole, None, LineKind::Heading)),
            BlockKind::Code | BlockKind::TableCell { .. } | BlockKind::Reference { .. } => {
                lines.push(Line::new(i, whole, None, LineKind::Other))
            }
            BlockKind::ListItem { marker: Some(marker), .. } => {
                let label = Some(Label { number: marker.number, span: marker.span });
                lines.push(Line::new(i, whole, label, LineKind::Start));
            }
            BlockKind::Footnote { label } => {
                let before = Span::new(block.span.start as usize, block.prose.span(0..0).start as usize);
                let first = !before.is_empty() || lines.last().is_none_or(|last: &Line| document.blocks[last.block].kind != block.kind);
                let label = first.then(|| Label { number: label.parse().ok(), span: before });
                let kind = if first { LineKind::Start } else { LineKind::Continuation };
                lines.push(Line::new(i, whole, label, kind));
            }
            BlockKind::ListItem { marker: None, .. } => lines.push(Line::new(i, whole, None, LineKind::Start)),
            BlockKind::Paragraph => paragraph_lines(i, block, &mut lines),
        }
    }
    if document.format == Format::Text {
        for i in 1..lines.len() {
            lines[i].below = is_below(source, &document.blocks[lines[i - 1].block], &document.blocks[lines[i].block]);
        }
    }
    lines
}

/// Whether a paragraph stands directly below another block.
fn is_below(source: &Source, above: &Block, here: &Block) -> bool {
    let between = source.text().get(above.span.end as usize..here.span.start as usize);
    here.kind == BlockKind::Paragraph && between.is_none_or(|between| between.matches('\n').count() < 2)
}

/// A paragraph may hold several entries, each on a line that starts with its number.
fn paragraph_lines(i: usize, block: &Block, lines: &mut Vec<Line>) {
    let text = block.text();
    let mut at = 0;
    for (n, raw) in text.split('\n').enumerate() {
        let (start, end) = (at, at + raw.len());
        at = end + 1;
        let label = printed_number(raw);
        if n > 0 && label.is_none() {
            lines.push(Line::new(i, start..end, None, LineKind::Continuation));
            continue;
        }
        let body = start + label.as_ref().map_or(0, |(_, length, _)| *length);
        let label = label.map(|(number, _, printed)| Label { number, span: block.prose.span(start + printed.start..start + printed.end) });
        lines.push(Line::new(i, body..end, label, LineKind::Start));
    }
}

/// A number in front of a line: its value, the bytes up to the words, and its own range.
pub(crate) fn printed_number(line: &str) -> Option<(Option<u32>, usize, Range<usize>)> {
    let bytes = line.as_bytes();
    let start = line.len() - line.trim_start().len();
    let open = usize::from(matches!(bytes.get(start), Some(b'[' | b'(')));
    let digits = bytes[start + open..].iter().take_while(|b| b.is_ascii_digit()).count();
    let close = start + open + digits;
    let closed = match (open, bytes.get(close)) {
        (1, Some(b']' | b')')) | (0, Some(b'.' | b')')) => true,
        // A number set apart by a tab only, as word processors set entries.
        (0, Some(b'\t')) if (1..=3).contains(&digits) => false,
        _ => return None,
    };
    let end = close + usize::from(closed) + usize::from(open == 1 && bytes.get(close + 1) == Some(&b'.'));
    let rest = &line[end..];
    let gap = rest.len() - rest.trim_start().len();
    let glued = rest.starts_with(char::is_uppercase);
    let plausible = (1..=12).contains(&digits) && (gap > 0 || rest.is_empty() || glued);
    plausible.then(|| (line[start + open..close].parse().ok(), end + gap, start..end))
}

/// The lists under the headings that announce one.
fn lists_under_headings(document: &Document, lines: &[Line]) -> Vec<List> {
    let mut lists = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let block = &document.blocks[line.block];
        let whole = line.body == (0..block.text().len());
        // `6. References`, where all headings are numbered and the list begins with 1.
        let begins = || lines.get(i + 1).and_then(|next| next.label.as_ref()?.number) == Some(1);
        let free = line.label.is_none() || begins();
        if matches!(line.kind, LineKind::Heading | LineKind::Start) && whole && free && is_list_heading(block.text()) {
            let entries = entries_from(document, lines, i + 1);
            if !entries.is_empty() {
                // “Sources” may be foods; “References” over numbered lines are references, whatever they look like.
                let named = block.text().to_lowercase().contains("referen") && lines[entries[0].start].label.is_some();
                let likeness = likeness(document, lines, &entries) + usize::from(named);
                lists.push(List { heading: Some(line.block), entries, likeness });
            }
        }
    }
    lists
}

/// The entries from a line on: numbered ones as long as their numbers go on, else one a block up to the next heading.
fn entries_from(document: &Document, lines: &[Line], start: usize) -> Vec<Range<usize>> {
    // A subheading may come first, as “Guidelines” over the first of several groups.
    let grouped = lines.get(start).is_some_and(|line| line.kind == LineKind::Heading)
        && lines.get(start + 1).is_some_and(|line| line.label.is_some());
    let start = start + usize::from(grouped);
    let Some(first) = lines.get(start) else { return Vec::new() };
    let numbered = first.label.is_some()
        || lines[start..]
            .iter()
            .take(3)
            .take_while(|line| line.kind != LineKind::Heading)
            .any(|line| line.label.as_ref().is_some_and(|label| label.number == Some(1)));
    if !numbered {
        return unnumbered(document, lines, start);
    }
    let from = start + lines[start..].iter().position(|line| line.label.is_some()).unwrap_or(0);
    numbered_run(document, lines, from)
}

/// Numbered entries from `start`; lines without a number go on with the entry before them where more entries follow.
fn numbered_run(document: &Document, lines: &[Line], start: usize) -> Vec<Range<usize>> {
    let mut entries: Vec<Range<usize>> = Vec::new();
    let mut last: u32 = 0;
    let mut i = start;
    while i < lines.len() {
        let line = &lines[i];
        if is_footnote(document, line) != is_footnote(document, &lines[start]) {
            break;
        }
        match &line.label {
            Some(label) if goes_on(label.number, last, entries.len()) => {
                last = label.number.unwrap_or(last);
                entries.push(i..i + 1);
            }
            // A year that wrapping moved to the front, or a page number: words of the entry before.
            Some(label) if label.number.is_some_and(|n| n > last) && !entries.is_empty() => extend(&mut entries, i),
            Some(_) => break,
            None if entries.is_empty() => break,
            None if is_link_line(words(document, line)) => {}
            None if line.kind == LineKind::Continuation || line.below && line.kind == LineKind::Start => extend(&mut entries, i),
            // `4.` alone, with its entry in the next paragraph.
            None if line.kind == LineKind::Start && lines[i - 1].label.is_some() && lines[i - 1].body.is_empty() => extend(&mut entries, i),
            None => match next_entry(document, lines, i, last) {
                // What Markdown takes for code, as it stands far to the right, is no other part of the article.
                Some(next) if line.kind != LineKind::Other || document.blocks[line.block].kind == BlockKind::Code => {
                    if let Some(last) = (i..next).rfind(|&j| !matches!(lines[j].kind, LineKind::Heading | LineKind::Other)) {
                        extend(&mut entries, last);
                    }
                    i = next;
                    continue;
                }
                _ => break,
            },
        }
        i += 1;
    }
    entries
}

fn is_footnote(document: &Document, line: &Line) -> bool {
    matches!(document.blocks[line.block].kind, BlockKind::Footnote { .. })
}

fn extend(entries: &mut [Range<usize>], line: usize) {
    if let Some(entry) = entries.last_mut() {
        entry.end = line + 1;
    }
}

/// The farthest a list may jump ahead from one entry to the next: entries get lost one or a few at a time.
const FARTHEST_GAP: u32 = 30;

fn goes_on(number: Option<u32>, last: u32, so_far: usize) -> bool {
    match number {
        None => so_far > 0,
        Some(number) if so_far == 0 => number <= FARTHEST_GAP,
        // A list that starts again at 1 or 2 after some entries is another list.
        Some(number) if number <= 2 && last >= 4 => false,
        Some(number) => number <= last.saturating_add(FARTHEST_GAP) && number.saturating_add(FARTHEST_GAP) > last,
    }
}

/// A numbered line that goes on with the list after at most three lines without a number, such as a subheading.
fn next_entry(document: &Document, lines: &[Line], from: usize, last: u32) -> Option<usize> {
    let ahead = lines[from..].iter().take(4).position(|line| line.label.is_some())?;
    let number = lines[from + ahead].label.as_ref()?.number?;
    // Under a heading of its own another list goes on.
    let headed = lines[from..from + ahead].iter().any(|line| is_list_heading(words(document, line)));
    (!headed && (number == last.saturating_add(1) || number == last.saturating_add(2))).then_some(from + ahead)
}

/// Entries without numbers: each block up to the next heading, while they look like references.
fn unnumbered(document: &Document, lines: &[Line], start: usize) -> Vec<Range<usize>> {
    let end = start + lines[start..].iter().take_while(|line| matches!(line.kind, LineKind::Start | LineKind::Continuation)).count();
    let mut entries: Vec<Range<usize>> = Vec::new();
    for (i, line) in lines[start..end].iter().enumerate().map(|(i, line)| (start + i, line)) {
        let item = matches!(document.blocks[line.block].kind, BlockKind::ListItem { .. });
        let goes_on = line.kind == LineKind::Continuation || line.below && is_address(words(document, line));
        if goes_on && !entries.is_empty() {
            extend(&mut entries, i);
        } else {
            let was_item =
                entries.last().is_some_and(|entry| matches!(document.blocks[lines[entry.start].block].kind, BlockKind::ListItem { .. }));
            if was_item && !item {
                break;
            }
            // Paragraphs above a bulleted list say what it is.
            if item && !was_item && !entries.iter().any(|entry| looks_like_reference(words(document, &lines[entry.start]))) {
                entries.clear();
            }
            entries.push(i..i + 1);
        }
    }
    let stands = |words: &str| looks_like_reference(words) && !is_imprint(words);
    while entries.last().is_some_and(|entry| !stands(words(document, &lines[entry.start]))) {
        entries.pop();
    }
    entries
}

/// The line of rights at the foot of a page, whose year is none of a source.
fn is_imprint(words: &str) -> bool {
    let words = words.trim_start();
    words.starts_with('©') || words.starts_with("Copyright ©") || words.starts_with("Copyright (c)")
}

/// An address or identifier alone on its line.
fn is_address(words: &str) -> bool {
    let words = words.trim();
    !words.contains(char::is_whitespace) && (words.starts_with("http") || words.starts_with("www.") || words.starts_with("doi"))
        || words.starts_with("doi: ") && words.len() < 80
}

/// Markdown footnotes whose labels are numbers.
fn footnotes(document: &Document, lines: &[Line]) -> Option<List> {
    let mut entries: Vec<Range<usize>> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if !matches!(document.blocks[line.block].kind, BlockKind::Footnote { .. }) {
            continue;
        }
        match &line.label {
            Some(label) if label.number.is_some() => entries.push(i..i + 1),
            None if entries.last().is_some_and(|entry| entry.end == i) => extend(&mut entries, i),
            _ => {}
        }
    }
    let likeness = likeness(document, lines, &entries);
    (!entries.is_empty()).then_some(List { heading: None, entries, likeness })
}

/// A run of numbered lines that are mostly references, the last such run of the article.
fn list_without_heading(document: &Document, lines: &[Line]) -> Option<List> {
    let mut best: Option<List> = None;
    let mut i = 0;
    while i < lines.len() {
        if lines[i].label.is_none() {
            i += 1;
            continue;
        }
        let entries = numbered_run(document, lines, i);
        let Some(last) = entries.last() else {
            i += 1;
            continue;
        };
        let end = last.end;
        let likeness = likeness(document, lines, &entries);
        let likely = entries.len() >= 3 && likeness * 2 >= entries.len();
        if likely && best.as_ref().is_none_or(|list| likeness >= list.likeness) {
            best = Some(List { heading: None, entries, likeness });
        }
        i = end.max(i + 1);
    }
    best
}

fn words<'d>(document: &'d Document, line: &Line) -> &'d str {
    &document.blocks[line.block].text()[line.body.clone()]
}

fn likeness(document: &Document, lines: &[Line], entries: &[Range<usize>]) -> usize {
    entries.iter().filter(|entry| lines[(*entry).clone()].iter().any(|line| looks_like_reference(words(document, line)))).count()
}

/// Words that a source has and running text seldom has: a year, "et al", an identifier, a volume with pages.
pub(crate) fn looks_like_reference(text: &str) -> bool {
    let year = text.as_bytes().windows(4).enumerate().any(|(i, four)| {
        matches!(four, [b'1', b'9', ..] | [b'2', b'0', ..])
            && four.iter().all(u8::is_ascii_digit)
            && !text.as_bytes().get(i + 4).is_some_and(u8::is_ascii_digit)
    });
    year || ["et al", "doi", "http", "www.", "PMID", "ISBN"].iter().any(|word| text.contains(word))
}

fn reference(source: &Source, document: &Document, lines: &[Line]) -> Reference {
    let mut prose = Prose::default();
    let mut span: Option<Span> = None;
    for (i, line) in lines.iter().enumerate() {
        let block = &document.blocks[line.block];
        let (trimmed, body) = trim(block.text(), line.body.clone());
        if i > 0 {
            prose.push_decoded(" ", Span::at(prose.span(prose.text().len()..prose.text().len()).start as usize));
            if let Some(label) = &line.label {
                prose.push_verbatim(source.text(), label.span);
                if !trimmed.is_empty() {
                    prose.push_decoded(" ", Span::at(label.span.end as usize));
                }
            }
        }
        let mut at = body.start;
        for (n, part) in trimmed.split('\n').enumerate() {
            if n > 0 {
                prose.push_decoded(" ", block.prose.span(at - 1..at));
            }
            prose.push_part(source.text(), &block.prose, at..at + part.len());
            at += part.len() + 1;
        }
        let here = block.prose.span(body);
        let here = line.label.as_ref().map_or(here, |label| label.span.cover(here));
        span = Some(span.map_or(here, |span| span.cover(here)));
    }
    let label = lines[0].label.as_ref();
    // A number that the list counts itself is printed and not written: nothing in the source can be pointed at.
    let written = label.map(|label| label.span).filter(|span| !span.is_empty());
    Reference::new(label.and_then(|label| label.number), written, prose, span.unwrap_or_default())
}

fn trim(text: &str, range: Range<usize>) -> (&str, Range<usize>) {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    let trimmed = words.trim();
    (trimmed, start..start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;

    fn entries(format: crate::document::Format, text: &str) -> Vec<(Option<u32>, String)> {
        let source = Source::new("a", text);
        let document = formats::parse(&source, format);
        read(&source, &document).entries.iter().map(|r| (r.number, r.text().to_owned())).collect()
    }

    const TEXT: crate::document::Format = crate::document::Format::Text;
    const MARKDOWN: crate::document::Format = crate::document::Format::Markdown;

    #[test]
    fn a_list_without_heading_keeps_its_gap() {
        let text = "Title µ\n\nText one.1,2 More text.4\n\n\n  1. Author A. One. J Test. 2001;1:1-2.\n  2. Author B. Two. J Test. 2002;2:3-4.\n  4. Agency approves a treatment\n";
        let found = entries(TEXT, text);
        assert_eq!(found.iter().map(|e| e.0).collect::<Vec<_>>(), [Some(1), Some(2), Some(4)]);
        assert_eq!(found[2].1, "Agency approves a treatment");
    }

    #[test]
    fn markdown_forms_of_a_list() {
        let want = vec![(Some(1), "Author A. Oné. 2001.".to_owned()), (Some(2), "Author B. Two. 2002.".to_owned())];
        for text in [
            "# µ\n\nText.\n\n## References\n\n1. Author A. Oné. 2001.\n2. Author B. Two. 2002.\n\n## Further reading\n\n1. Other\n",
            "# µ\n\nText.\n\n**References**\n\n1\\. Author A. Oné. 2001.\n\n2\\. Author B. Two. 2002.\n\n### About\n\nMore\n",
            "# µ\n\nText.\n\nReferences\n----------\n\n[1] Author A. Oné. 2001.\n[2] Author B. Two.\n2002.\n",
            "# µ\n\nText [^1] and [^2].\n\n[^1]: Author A. Oné. 2001.\n[^2]: Author B. Two. 2002.\n",
        ] {
            assert_eq!(entries(MARKDOWN, text), want, "{text}");
        }
    }

    #[test]
    fn repeats_and_huge_numbers_stay_and_other_lists_are_left_out() {
        let text = "µ\n\nReferences\n\n1. A. 2001.\n2. B. 2002.\n2. C. 2003.\n999999999999. D. 2004.\n5. E. 2005.\n\nDisclaimer\n\nThis page does not replace advice.\n";
        let numbers: Vec<_> = entries(TEXT, text).iter().map(|e| e.0).collect();
        assert_eq!(numbers, [Some(1), Some(2), Some(2), None, Some(5)]);
    }

    #[test]
    fn entries_without_numbers_end_at_the_last_one() {
        let text = "µ\n\nSources\n\nAuthor A. One. 2001.\n\nAuthor B. Two. 2002.\n\nAll rights reserved.\n";
        assert_eq!(entries(TEXT, text).len(), 2);
    }
}

//! Tables and figures: their captions, and where the text speaks of them.

use std::ops::Range;

use super::references::References;
use crate::document::{Block, Document, Place};

/// What a float is; each kind is numbered by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FloatKind {
    Table,
    Figure,
}

impl FloatKind {
    /// The kind in a word, as captions have it.
    pub fn name(self) -> &'static str {
        match self {
            FloatKind::Table => "Table",
            FloatKind::Figure => "Figure",
        }
    }
}

/// A number of a table or figure where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Float {
    pub kind: FloatKind,
    pub number: u32,
    pub place: Place,
    /// It stands in the caption of a float, which is read at another time than the text.
    pub in_caption: bool,
}

/// The captions and the mentions, each in reading order.
#[derive(Debug, Default)]
pub struct Floats {
    pub captions: Vec<Float>,
    pub mentions: Vec<Float>,
}

/// Finds captions and mentions. Supplements (`Table S1`, `eTable 1`) are kept elsewhere, and are not read.
pub fn read(document: &Document, references: &References) -> Floats {
    let mut floats = Floats::default();
    // Where a label stands alone, the block behind it is its caption.
    let mut labelled = false;
    for (index, block) in references.apart(document) {
        let caption = caption(block);
        let in_caption = labelled || caption.is_some();
        labelled = caption.is_some_and(|(_, end)| block.text()[end..].trim_matches(['.', ':', ' ']).is_empty());
        for (kind, range) in words(block) {
            match caption {
                Some((number, end)) if range.start == 0 => {
                    floats.captions.push(Float { kind, number, place: Place::new(index, 0..end), in_caption });
                }
                _ => mentions(block.text(), &range, |number, end| {
                    floats.mentions.push(Float { kind, number, place: Place::new(index, range.start..end), in_caption });
                }),
            }
        }
    }
    floats
}

/// The number of a block that is a caption, and where its label ends: `Table 2. Ages`, `Figure 1: …`, `Fig. 3` alone.
fn caption(block: &Block) -> Option<(u32, usize)> {
    let text = block.text();
    let (_, word) = words(block).next().filter(|(_, word)| word.start == 0)?;
    let (number, end) = number_at(text, gap(text, word.end)?)?;
    let rest = &text[end..];
    let closed = rest.trim().is_empty() || rest.starts_with(['.', ':', '|', '—', '–', '\n']) || rest.starts_with("  ");
    let titled = rest.strip_prefix([' ', '\u{a0}', '\u{2003}']).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    (closed || titled && !block.in_table()).then_some((number, end))
}

/// The words *table*, *figure* and their short forms, in any case, with the bytes that each takes.
fn words(block: &Block) -> impl Iterator<Item = (FloatKind, Range<usize>)> + '_ {
    let text = block.text();
    let is_any = |word: &str, names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    block.prose.words().filter_map(move |word| {
        let kind = match &text.as_bytes()[word.clone()] {
            [b'T' | b't', b'A' | b'a', ..] if is_any(&text[word.clone()], &["table", "tables"]) => FloatKind::Table,
            [b'F' | b'f', b'I' | b'i', ..] if is_any(&text[word.clone()], &["fig", "figs", "figure", "figures"]) => FloatKind::Figure,
            _ => return None,
        };
        let end = word.end + usize::from(text[word.end..].starts_with('.'));
        (!is_supplement(&text[..word.start], &text[end..])).then_some((kind, word.start..end))
    })
}

/// `Supplementary Table 3`, `Figure 2—figure supplement 1`.
fn is_supplement(before: &str, after: &str) -> bool {
    const WORDS: [&str; 5] = ["upplementary ", "upplemental ", "upplement ", "ppendix ", "xtended Data "];
    let number = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c.is_whitespace());
    WORDS.iter().any(|word| before.ends_with(word)) || number.trim_start_matches(['—', '–', '-']).starts_with("figure supplement")
}

/// Where the number behind the word may start: behind one space of any kind.
fn gap(text: &str, at: usize) -> Option<usize> {
    let space = text[at..].chars().next().filter(|c| c.is_whitespace())?;
    Some(at + space.len_utf8())
}

/// A number below 1,000 at a byte, with the letter of its panel: `2`, `2A`; and where it ends.
fn number_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let number = text[at..at + digits].parse().ok().filter(|number| (1..1000).contains(number))?;
    let end = at + digits;
    let panel = text[end..].bytes().take_while(u8::is_ascii_alphabetic).count();
    (panel <= 2).then_some((number, end + panel))
}

/// Gives each number of `Tables 2, 3 and 5–7`, ranges expanded, with where it ends.
fn mentions(text: &str, word: &Range<usize>, mut give: impl FnMut(u32, usize)) {
    const LONGEST: u32 = 30;
    const JOINTS: [&str; 9] = [", and ", " and ", " & ", ", ", ",", " to ", "–", "-", "/"];
    let Some(mut at) = gap(text, word.end) else { return };
    let mut last: Option<(u32, bool)> = None;
    while let Some((number, end)) = number_at(text, at) {
        match last {
            Some((first, true)) if (first..first + LONGEST).contains(&number) => (first + 1..=number).for_each(|number| give(number, end)),
            _ => give(number, end),
        }
        let Some(joint) = JOINTS.iter().find(|joint| text[end..].starts_with(**joint)) else { return };
        last = Some((number, matches!(*joint, " to " | "–" | "-")));
        at = end + joint.len();
        // `Fig 1A, B, 2A`: panels of the same figure.
        while let Some(joint) = panel(&text[at..]).and_then(|rest| JOINTS.iter().find(|joint| rest.starts_with(**joint))) {
            at += 1 + joint.len();
        }
    }
}

/// What follows the letter of a panel that stands alone.
fn panel(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c: char| c.is_ascii_alphabetic())?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn captions_and_mentions() {
        let table = [
            ("µ: See Table 2 and Figs 1–3, 5.", "", "Table 2, Figure 1, Figure 2, Figure 3, Figure 5"),
            ("In figs 1A, B, 2A and table 3 of µ; Figure 4—figure supplement 1.", "", "Figure 1, Figure 2, Table 3"),
            ("Table 1. Ages of µ\n\nIn Table 1A and Tables 2 and 3.", "Table 1", "Table 1, Table 2, Table 3"),
            ("Figure 2: The µ\n\nFig. 2B shows it.", "Figure 2", "Figure 2"),
            ("Table S1 and eTable 2, Supplementary Table 3, Table of µ", "", ""),
        ];
        for (text, captions, mentions) in table {
            let source = Source::new("a", text);
            let document = crate::formats::parse(&source, crate::document::Format::Text);
            let references = crate::article::references::read(&source, &document);
            let floats = read(&document, &references);
            let shown = |floats: &[Float]| {
                floats.iter().map(|float| format!("{} {}", float.kind.name(), float.number)).collect::<Vec<_>>().join(", ")
            };
            assert_eq!((shown(&floats.captions).as_str(), shown(&floats.mentions).as_str()), (captions, mentions), "on {text}");
        }
    }
}

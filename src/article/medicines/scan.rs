//! Going through the words of a block for names.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Medicine, Setting};
use crate::article::sentences;
use crate::document::{Block, BlockKind, MarkKind, Place};
use crate::lexicon::{Entry, Lexicon, NameId};
use crate::prose::end_of_word;

pub struct Scanner<'l> {
    lexicon: &'l Lexicon,
    /// The entries met so far.
    entries: HashMap<NameId, Arc<Entry>>,
}

impl<'l> Scanner<'l> {
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, entries: HashMap::new() }
    }

    pub fn block(&mut self, index: usize, block: &Block, out: &mut Vec<Medicine>) {
        let text = block.text();
        let mut surroundings: Option<Surroundings> = None;
        let mut last_end = usize::MAX;
        let mut at = 0;
        for word in block.prose.words() {
            // A name may have taken in this word already.
            if word.start < at {
                continue;
            }
            let Some((start, end, entry)) = self.name_at(text, word.start, last_end) else { continue };
            at = end;
            last_end = end;
            let around = surroundings.get_or_insert_with(|| Surroundings::new(block));
            if holding(&around.raised, start).is_some() || is_address(text, start..end) {
                continue;
            }
            let end = end + suffix(text, end, &entry);
            let joined = out.last().filter(|last| last.place.block == index as u32 && is_joined(text, last.place.end as usize, start));
            out.push(Medicine {
                place: Place::new(index, start..end),
                span: block.prose.span(start..end),
                entry,
                symbol: symbol(text, end, &around.raised).map(|range| Place::new(index, range)),
                setting: setting(block),
                quoted: block.quoted || holding(&around.quotations, start).is_some_and(|quote| end <= quote.end),
                leads: joined.map_or_else(|| leads(text, start), |last| last.leads),
                with_maker: false,
            });
            at = at.max(end);
        }
    }

    /// The name that starts with the word at a byte, or behind a little word glued to it, as in `andVectibix`.
    fn name_at(&mut self, text: &str, word: usize, last_end: usize) -> Option<(usize, usize, Arc<Entry>)> {
        let start = word + glued(&text[word..]);
        let (end, id) = self.lexicon.longest_at(text, start)?;
        if !may_start(text, start, last_end) || text[end..].starts_with("-like") || text[end..].starts_with("-binding") {
            return None;
        }
        let entry = match self.entries.get(&id) {
            Some(entry) => entry.clone(),
            None => self.entries.entry(id).or_insert_with(|| Arc::new(self.lexicon.entry(id))).clone(),
        };
        entry.is_written_as(&text[start..end]).then_some((start, end, entry))
    }
}

/// Little words before which a space was lost: the length of the one that the word starts with before a capital.
fn glued(word: &str) -> usize {
    const LITTLE: [&str; 9] = ["and", "or", "with", "of", "the", "to", "by", "for", "in"];
    // Almost no word has a capital inside, and asks in vain.
    let bytes = word.as_bytes();
    let inside = bytes.iter().skip(2).take(4).any(u8::is_ascii_uppercase);
    if !inside || !bytes[0].is_ascii_lowercase() {
        return 0;
    }
    let is_glued = |little: &&str| word.starts_with(*little) && word[little.len()..].starts_with(|c: char| c.is_ascii_uppercase());
    LITTLE.into_iter().find(is_glued).map_or(0, str::len)
}

/// Behind a hyphen a word is part of another (`anti-insulin`), unless a medicine stands before it.
fn may_start(text: &str, start: usize, last_end: usize) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        Some('-' | '\u{2010}' | '\u{2011}') => {
            let hyphen = text[..start].trim_end_matches(['-', '\u{2010}', '\u{2011}']).len();
            hyphen == last_end || is_locant(&text[..hyphen]) || !before.next().is_some_and(char::is_alphanumeric)
        }
        Some('_' | '@' | '#' | '\\') => false,
        _ => true,
    }
}

/// What is known of a block once a name has been met in it; ranges are in order and apart.
struct Surroundings {
    /// Code, superscripts and footnote references, which hold no names.
    raised: Vec<Range<usize>>,
    quotations: Vec<Range<usize>>,
}

impl Surroundings {
    fn new(block: &Block) -> Self {
        let unread =
            |kind: &MarkKind| matches!(kind, MarkKind::Code | MarkKind::Superscript | MarkKind::Subscript | MarkKind::FootnoteReference(_));
        let raised = block.marks.iter().filter(|mark| unread(&mark.kind)).map(|mark| mark.range.clone()).collect();
        Self { raised, quotations: quotations(block.text()) }
    }
}

/// The range that holds a byte, of ranges in order.
fn holding(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let behind = ranges.partition_point(|range| range.start <= at);
    ranges[..behind].last().filter(|range| range.contains(&at))
}

/// `17β-`: where a group stands in a molecule.
fn is_locant(before: &str) -> bool {
    let start = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    word.chars().count() <= 4 && word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a name is part of a web or mail address or a file name.
fn is_address(text: &str, name: Range<usize>) -> bool {
    const REACH: usize = 200;
    let around = sentences::near(text, name.clone(), REACH);
    let before = &text[around.start..name.start];
    let before = before.rfind(char::is_whitespace).map_or(before, |i| &before[i..]);
    let after = &text[name.end..around.end];
    let after = after.find(char::is_whitespace).map_or(after, |i| &after[..i]);
    let domain = |ends: &str| {
        [".com", ".org", ".net", ".gov", ".edu", ".co.", ".eu", ".html", ".pdf", ".jpg", ".png"].iter().any(|d| ends.starts_with(d))
    };
    before.contains("://") || before.contains("www.") || before.contains('@') || after.contains('@') || domain(after)
}

/// An FDA suffix that is not in the lexicon yet, such as `-abcd` behind a monoclonal antibody.
fn suffix(text: &str, end: usize, entry: &Entry) -> usize {
    const BASES: [&str; 6] = ["mab", "cept", "stim", "vedotin", "deruxtecan", "poetin alfa"];
    let rest = &text.as_bytes()[end..];
    let letters = rest.iter().skip(1).take_while(|b| b.is_ascii_lowercase()).count();
    let whole = rest.get(1 + letters).is_none_or(|b| !b.is_ascii_alphanumeric());
    let known = entry.kind.is_nonproprietary() && BASES.iter().any(|base| entry.name.ends_with(base));
    if known
        && rest.first() == Some(&b'-')
        && letters == 4
        && whole
        && !matches!(&rest[1..5], b"free" | b"only" | b"dose" | b"type" | b"arms")
    {
        5
    } else {
        0
    }
}

/// The trademark symbol behind a name.
fn symbol(text: &str, end: usize, raised: &[Range<usize>]) -> Option<Range<usize>> {
    const SYMBOLS: [&str; 12] = ["®", "™", "℠", "((R))", "(R)", "(r)", "(TM)", "(tm)", "^®^", "^™^", "^TM^", "^R^"];
    let rest = &text[end..];
    let start = text.len() - rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest).len();
    if let Some(found) = SYMBOLS.iter().find(|symbol| text[start..].starts_with(**symbol)) {
        return Some(start..start + found.len());
    }
    // Letters that are raised, or were before the page was copied: `FabrazymeTM`.
    let end_of_letters = end_of_word(text, start);
    match text[start..end_of_letters].trim() {
        "TM" | "R" if holding(raised, start).is_some() => Some(start..end_of_letters),
        "TM" if start == end => Some(start..end_of_letters),
        _ => None,
    }
}

fn setting(block: &Block) -> Setting {
    match block.kind {
        BlockKind::Heading(_) => Setting::Heading,
        BlockKind::TableCell { head: true, .. } => Setting::TableHead,
        BlockKind::TableCell { .. } => Setting::TableCell,
        BlockKind::ListItem { .. } | BlockKind::Reference { .. } => Setting::ListItem,
        BlockKind::Footnote { .. } => Setting::Footnote,
        BlockKind::Paragraph | BlockKind::Code => Setting::Running,
    }
}

/// The parts of a combination: `sacubitril/valsartan`.
fn is_joined(text: &str, end: usize, start: usize) -> bool {
    matches!(text.get(end..start), Some("/" | "-" | "‐" | "‑" | "–" | "+" | " / "))
}

fn leads(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    sentences::starts_at(text, at) || before.len() < at && before.ends_with(['–', '—', '-', '•', '|', '→', '>', '*', '·'])
}

/// The quotations of a text. A mark that is never closed quotes nothing.
fn quotations(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 1000;
    let mut out = Vec::new();
    let mut open: Option<(char, usize)> = None;
    // Only these bytes begin the marks.
    for at in memchr::memchr3_iter(b'"', 0xc2, 0xe2, text.as_bytes()) {
        let Some(c) = text[at..].chars().next() else { break };
        match (open, c) {
            (Some((close, start)), c) if c == close => {
                if at - start <= LONGEST {
                    out.push(start..at);
                }
                open = None;
            }
            (Some((_, start)), _) if at - start <= LONGEST => {}
            (_, '“') => open = Some(('”', at)),
            (_, '„') => open = Some(('“', at)),
            (_, '«') => open = Some(('»', at)),
            (_, '"') if !text[..at].ends_with(char::is_alphanumeric) => open = Some(('"', at)),
            _ => {}
        }
    }
    out
}

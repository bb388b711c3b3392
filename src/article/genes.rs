//! Symbols of genes, proteins and markers in the text, also where they are broken.

use std::ops::Range;

use super::references::References;
use crate::document::{Block, BlockKind, Document, MarkKind, Place};
use crate::lexicon::genes::{Symbol, symbol};
use crate::prose::{end_of_word, next_word};

/// A symbol as it stands in the text.
#[derive(Debug)]
pub struct GeneMention {
    pub place: Place,
    pub symbol: &'static Symbol,
    pub fault: Option<Fault>,
}

/// How a symbol is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// `HER 2`: a space before the digit.
    Spaced,
    /// `BRAFV600E`: no space before the variant, which starts at this byte of the block.
    Glued(usize),
    /// `NTRKs genes`: the plural of a symbol that names genes already.
    Plural,
}

/// Finds the symbols, in reading order. Code and the reference list are not read.
pub fn read(document: &Document, references: &References) -> Vec<GeneMention> {
    let mut out = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Code || references.holds_block(index) {
            continue;
        }
        let text = block.text();
        let mut at = 0;
        while let Some(start) = next_word(text, at) {
            at = end_of_word(text, start);
            // A symbol has a capital first, and a capital, a digit or a hyphen next; no other word is looked at.
            if !matches!(text.as_bytes()[start..], [b'A'..=b'Z', b'A'..=b'Z' | b'0'..=b'9' | b'-', ..]) {
                continue;
            }
            let length = text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
            let token = start..start + length;
            let Some((end, symbol, fault)) = mention(block, token) else { continue };
            at = at.max(end);
            out.push(GeneMention { place: Place::new(index, start..end), symbol, fault });
        }
    }
    out
}

/// The symbol that a token begins with: where it ends, and what is wrong with it.
fn mention(block: &Block, token: Range<usize>) -> Option<(usize, &'static Symbol, Option<Fault>)> {
    let text = block.text();
    let word = &text[token.clone()];
    if text[token.end..].starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut whole = word;
    for _ in 0..4 {
        if let Some(symbol) = symbol(whole) {
            return Some((token.start + whole.len(), symbol, None));
        }
        let Some((before, _)) = whole.rsplit_once('-') else { break };
        whole = before;
    }
    let head = &word[..word.find('-').unwrap_or(word.len())];
    let end = token.start + head.len();
    let (end, symbol, fault) = plural(text, head, end).or_else(|| spaced(text, head, end)).or_else(|| glued(block, head, token.start))?;
    let code = block.marks_at(token.start).any(|mark| matches!(mark, MarkKind::Code));
    (!code && !in_address(text, token.start)).then_some((end, symbol, Some(fault)))
}

fn plural(text: &str, head: &str, end: usize) -> Option<(usize, &'static Symbol, Fault)> {
    let rest = text[end..].strip_prefix([' ', '\u{a0}', '\n'])?;
    let symbol = symbol(head.strip_suffix('s')?)?;
    (rest.starts_with("gene ") || rest.starts_with("genes")).then_some((end, symbol, Fault::Plural))
}

/// `HER 2`, and not `HER 2-year results`, `HER 2.5` or `PMS 2 days`.
fn spaced(text: &str, head: &str, end: usize) -> Option<(usize, &'static Symbol, Fault)> {
    const STATES: [&str; 14] = [
        "positive",
        "negative",
        "targeted",
        "directed",
        "low",
        "enriched",
        "amplified",
        "mutated",
        "mutant",
        "driven",
        "status",
        "specific",
        "overexpress",
        "associated",
    ];
    const UNITS: [&str; 14] = ["day", "week", "month", "year", "hour", "h ", "min", "mg", "ml", "mm", "cm", "kg", "patients", "times"];
    let rest = text[end..].strip_prefix([' ', '\u{a0}', '\n'])?;
    let from = text.len() - rest.len();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) || !head.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let (number, behind) = rest.split_at(digits);
    let symbol = symbol(&format!("{head}{number}"))?;
    let hyphened = behind.strip_prefix(['-', '\u{2010}', '\u{2011}']);
    let goes_on = match hyphened {
        Some(word) => !STATES.iter().any(|state| word.starts_with(state)),
        None => {
            let next = behind.trim_start();
            behind.starts_with(|c: char| c.is_alphanumeric() || c == '%')
                || behind.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
                || behind.starts_with(char::is_whitespace) && UNITS.iter().any(|unit| next.starts_with(unit))
                || is_shouted(next) && is_shouted(text[..end - head.len()].trim_end().rsplit(char::is_whitespace).next().unwrap_or(""))
        }
    };
    (!goes_on).then_some((from + digits, symbol, Fault::Spaced))
}

/// The first word is in capitals, as in a heading all in capitals.
fn is_shouted(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.len() > 2 && word.chars().all(char::is_uppercase)
}

/// `BRAFV600E`: a symbol, an amino acid, its position, and the one that stands there instead. A raised variant is set apart.
fn glued(block: &Block, head: &str, start: usize) -> Option<(usize, &'static Symbol, Fault)> {
    let (symbol, variant) = (3..head.len().saturating_sub(2)).rev().find_map(|length| {
        let (name, variant) = head.split_at(length);
        Some((symbol(name).filter(|_| is_variant(variant))?, start + length))
    })?;
    let raised = block.marks_at(variant).any(|mark| matches!(mark, MarkKind::Superscript | MarkKind::Subscript));
    (!raised).then_some((start + head.len(), symbol, Fault::Glued(variant)))
}

fn is_variant(text: &str) -> bool {
    const AMINO_ACIDS: &[u8] = b"ACDEFGHIKLMNPQRSTVWY";
    let bytes = text.as_bytes();
    let digits = bytes.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    let rest = bytes.get(1 + digits..).unwrap_or(&[]);
    bytes.first().is_some_and(|byte| AMINO_ACIDS.contains(byte))
        && (2..=4).contains(&digits)
        && (rest.is_empty() || rest.len() == 1 && AMINO_ACIDS.contains(&rest[0]))
}

/// Whether the word stands in a link or a name of a file.
fn in_address(text: &str, at: usize) -> bool {
    let before = text[..at].rsplit(char::is_whitespace).next().unwrap_or("");
    before.contains("://") || before.contains("www.") || before.ends_with(['_', '#', '@', '='])
}

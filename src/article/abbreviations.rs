//! Abbreviations of the text: where they are spelt out, and where they are used.

use std::collections::BTreeMap;
use std::ops::Range;

use super::references::References;
use crate::document::{Block, Document, Place};

/// What is known of an abbreviation.
#[derive(Debug, Default)]
pub struct Abbreviation {
    /// Where it stands beside its long form, in reading order.
    pub definitions: Vec<Place>,
    /// Where it stands alone, in reading order.
    pub uses: Vec<Place>,
}

/// Capitals of two to eight letters, also with a plural s, by their letters. Code, headings and the reference list are not read.
pub fn read(document: &Document, references: &References) -> BTreeMap<String, Abbreviation> {
    let mut out: BTreeMap<String, Abbreviation> = BTreeMap::new();
    for (index, block) in references.apart(document).filter(|(_, block)| !block.is_heading()) {
        let text = block.text();
        for word in block.prose.words() {
            let Some(short) = short_form(text, &word) else { continue };
            let place = Place::new(index, word.start..word.start + short.len());
            let abbreviation = out.entry(short.to_owned()).or_default();
            match is_spelt_out(text, &word, short) {
                true => abbreviation.definitions.push(place),
                false if is_shouted(block, &word) => {}
                false => abbreviation.uses.push(place),
            }
        }
    }
    out
}

/// The abbreviation that a word is, without the s of its plural. A part of a longer name (`PD-L1`, `COVID-19`) is none.
fn short_form<'t>(text: &'t str, word: &Range<usize>) -> Option<&'t str> {
    let short = text[word.clone()].trim_end_matches('s');
    let joined = text[..word.start].ends_with(['-', '/', '.', '_', '@', '#']) || text[word.end..].starts_with(['-', '/', '_', '@']);
    ((2..=8).contains(&short.len()) && short.bytes().all(|byte| byte.is_ascii_uppercase()) && !joined).then_some(short)
}

/// Whether the long form stands beside it: `long form (LF)` or `LF (long form)`.
fn is_spelt_out(text: &str, word: &Range<usize>, short: &str) -> bool {
    // The longest long form, in bytes for each letter.
    const REACH: usize = 24;
    let (before, after) = (&text[..word.start], &text[word.end..]);
    if let Some(before) = before.strip_suffix(['(', '[']) {
        let start = (before.len().saturating_sub(REACH * short.len())..).find(|&at| before.is_char_boundary(at)).unwrap_or(0);
        return after.starts_with([')', ']', ',', ';']) && stands_for(&before[start..], short);
    }
    let inside = after.strip_prefix(" (").or(after.strip_prefix(" [")).and_then(|rest| rest.split([')', ']']).next());
    inside.is_some_and(|long| long.len() <= REACH * short.len() && long.contains(' ') && stands_for(long, short))
}

/// Whether the letters of the short form stand in the words before it in their order, the first at the start of a word: from
/// the last letter back, as Schwartz and Hearst (2003) match them.
fn stands_for(long: &str, short: &str) -> bool {
    let long: Vec<char> = long.trim_end().to_lowercase().chars().collect();
    let mut at = long.len();
    for (i, letter) in short.to_lowercase().chars().enumerate().collect::<Vec<_>>().into_iter().rev() {
        loop {
            let Some(before) = at.checked_sub(1) else { return false };
            at = before;
            let starts = at == 0 || !long[at - 1].is_alphanumeric();
            if long[at] == letter && (i > 0 || starts) {
                break;
            }
        }
    }
    true
}

/// A word among others in capitals, as in a warning or a title set so.
fn is_shouted(block: &Block, word: &Range<usize>) -> bool {
    let text = block.text();
    let loud = |word: Option<&str>| word.is_some_and(|word| word.len() > 3 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()));
    loud(text[..word.start].split_whitespace().next_back()) || loud(text[word.end..].split_whitespace().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_forms_are_matched_by_their_letters() {
        let table = [
            ("patients with rheumatoid arthritis ", "RA", true),
            ("the body mass index ", "BMI", true),
            ("magnetic resonance imaging ", "MRI", true),
            ("heart failure with preserved ejection fraction ", "HFPEF", true),
            ("in the United States ", "BMI", false),
            ("µ", "RA", false),
        ];
        for (long, short, want) in table {
            assert_eq!(stands_for(long, short), want, "{short} on {long}");
        }
    }
}

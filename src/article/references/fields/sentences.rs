//! Where the sentences of an entry end, past the dots of abbreviations.

use std::ops::Range;

use super::abbreviations::is_abbreviation;
use super::bodies::is_place;
use super::names::is_initials;
use super::tokens::Token;

/// Splits a stretch of tokens into sentences, without the marks that end them.
pub(super) fn sentences(tokens: &[Token<'_>], range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for i in range.clone() {
        if ends_sentence(tokens, i, range.start) {
            out.push(trim(tokens, start..i + usize::from(tokens[i].is('?'))));
            start = i + 1;
        }
    }
    out.push(trim(tokens, start..range.end));
    out.retain(|part| tokens[part.clone()].iter().any(Token::is_word));
    out
}

/// Takes marks that belong to no sentence from both ends.
pub(super) fn trim(tokens: &[Token<'_>], mut range: Range<usize>) -> Range<usize> {
    let opens = |t: &Token<'_>| t.is_any(&['.', ',', ';', ':', ')', '“', '"', '”', '*', '<', '>']) || t.is_gap();
    let closes = |t: &Token<'_>| t.is_any(&['.', ',', ';', ':', '(', '[', '“', '"', '”', '<', '>', '–', '-']) || t.is_gap();
    while range.start < range.end && opens(&tokens[range.start]) {
        range.start += 1;
    }
    while range.start < range.end && closes(&tokens[range.end - 1]) {
        range.end -= 1;
    }
    range
}

pub(super) fn bytes(tokens: &[Token<'_>], range: &Range<usize>) -> Range<usize> {
    tokens[range.start].start..tokens[range.end - 1].end()
}

/// Whether the mark at `i` ends a sentence of those that begin at `from`, and is not the dot of an abbreviation.
pub(super) fn ends_sentence(tokens: &[Token<'_>], i: usize, from: usize) -> bool {
    let token = &tokens[i];
    if token.is_gap() {
        return true;
    }
    if !token.is_any(&['.', '?', '!']) {
        return false;
    }
    let next = tokens.get(i + 1);
    let quoted = next.is_some_and(|t| t.is_any(&['”', '"', '’', ')', ']']));
    let after = if quoted { tokens.get(i + 2) } else { next };
    let Some(after) = after else { return true };
    if after.is_gap() {
        return !(token.is('.') && i > 0 && is_dotted_short(tokens, i - 1, from));
    }
    if quoted && next.is_some_and(|t| t.is_any(&[')', ']'])) || !(after.is_word() || after.is_any(&['“', '"', '[', '(', '‘'])) {
        return false;
    }
    if after.text.starts_with(char::is_lowercase) && !is_lower_name(after.text) {
        return false;
    }
    // A sentence glued to the dot begins with a capital, and does not follow an initial.
    let glued = after.is_capital() && i > 0 && !is_initials(tokens[i - 1].text);
    if !after.spaced && !glued {
        return false;
    }
    !token.is('.') || i == 0 || !is_dotted_short(tokens, i - 1, from) || is_place(after.text)
}

/// Journals and sites whose names begin with a small letter.
pub(super) fn is_lower_name(word: &str) -> bool {
    let inner = word.chars().skip(1).take(3).any(char::is_uppercase);
    inner || matches!(word, "npj" | "bmj" | "www" | "medRxiv" | "bioRxiv")
}

/// Whether the word at `i`, before a dot, is shortened: `Clin.`, `J.`, `U.S.`, `vs.`, `Rev. 1`.
fn is_dotted_short(tokens: &[Token<'_>], i: usize, from: usize) -> bool {
    let word = tokens[i].text;
    if word == "J" || is_abbreviation(word) || is_stem(word) {
        return true;
    }
    if SHORT.contains(&word) {
        return true;
    }
    // A single letter is short where another dot or the start stands before it: `N. Engl.`, `U. S. A.`, not `vitamin D.`
    let single = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    single && (i <= from || !tokens[i - 1].is_word()) || is_chained(tokens, i, from)
}

/// Words that are shortened in any text.
#[rustfmt::skip]
const SHORT: &[&str] = &["Dr", "Fig", "No", "Prof", "St", "Vol", "approx", "ca", "cf", "no", "subsp", "var", "vol", "vs"];

/// The most words looked back at in a shortened title.
const CHAIN: usize = 4;

/// A word with a capital behind dots of shortened words, as `Support.` in `J. Support. Care`.
fn is_chained(tokens: &[Token<'_>], i: usize, from: usize) -> bool {
    for k in 1..=CHAIN {
        let Some(word) = i.checked_sub(2 * k).filter(|&word| word >= from) else { return false };
        if !tokens[word + 1].is('.') || !tokens[word + 2].is_capital() {
            return false;
        }
        let text = tokens[word].text;
        if text == "J" || is_abbreviation(text) || is_stem(text) {
            return true;
        }
    }
    false
}

/// Shortened words by their endings: `…ol.`, `…iatr.`, `…surg.`, `…ther.`
pub(super) fn is_stem(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.len() >= 5
        && ["iol", "hol", "col", "mol", "rol", "nol", "path", "iatr", "surg", "harm", "othe", "iochem", "diagn", "epid", "vasc"]
            .iter()
            .any(|end| word.ends_with(end))
        && !matches!(word, "Alcohol" | "Protocol" | "Control" | "Cholesterol" | "Glycerol")
}

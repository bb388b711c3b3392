//! Names of bodies, journals, sites and publishers, told by their words and capitals.

use std::ops::Range;

use super::abbreviations::is_abbreviation;
use super::authors::is_group_word;
use super::numbers::is_year;
use super::sentences::{is_lower_name, is_stem, trim};
use super::tokens::Token;

/// The end of the body in `Ministry of Health: Title` and `National Care Network (NCN) Title`.
pub(super) fn body_before_title(tokens: &[Token<'_>], part: &Range<usize>) -> Option<usize> {
    let acronym =
        part.clone().find(|&i| tokens[i].is('(') && tokens.get(i + 2).is_some_and(|t| t.is(')')) && is_acronym(tokens[i + 1].text));
    if let Some(open) = acronym.filter(|&open| open + 3 < part.end && tokens[open + 3].is_capital()) {
        let body = &tokens[part.start..open];
        return (body.iter().any(|t| is_group_word(t.text)) && is_body(body)).then_some(open + 3);
    }
    let colon = part.clone().find(|&i| tokens[i].is(':'))?;
    let body = &tokens[part.start..colon];
    let titled = tokens[colon + 1..part.end].iter().filter(|t| t.is_word()).count() >= 3 && tokens[colon + 1].is_capital();
    (titled && is_body(body) && body.iter().any(|t| is_group_word(t.text))).then_some(colon)
}

fn is_acronym(word: &str) -> bool {
    (2..=8).contains(&word.len()) && word.chars().all(char::is_uppercase)
}

/// Whether words read like the name of a body: a word such names are made of, or all capitals, or capitals throughout.
pub(super) fn is_body(words: &[Token<'_>]) -> bool {
    let named: Vec<_> = words.iter().filter(|t| t.is_word()).collect();
    let capitals = named.iter().filter(|t| t.is_capital()).count();
    let small = named
        .iter()
        .filter(|t| t.any(&["of", "and", "for", "the", "on", "in", "to", "de", "la", "des", "et", "du", "with", "der"]))
        .count();
    let verbs = words
        .iter()
        .any(|t| t.any(&["approves", "grants", "announces", "is", "are", "was", "versus", "how", "what"]) || t.is_any(&['?', '®', ';']));
    if named.is_empty() || named.len() > 16 || verbs {
        return false;
    }
    named.iter().any(|t| is_group_word(t.text)) && capitals * 2 >= named.len() - small
        || named.len() <= 8 && capitals + small == named.len() && !words.iter().any(|t| t.is(':') && named.len() > 6)
}

/// A short name of capitals: a journal or a site.
pub(super) fn is_name_like(words: &[Token<'_>]) -> bool {
    let named: Vec<_> = words.iter().filter(|t| t.is_word()).collect();
    let small = |t: &Token<'_>| t.any(&["of", "and", "for", "the", "on", "in", "de", "la", "des", "et", "du"]);
    !named.is_empty()
        && named.len() <= 10
        && named.iter().any(|t| t.is_capital() || is_lower_name(t.text))
        && named.iter().enumerate().all(|(n, t)| t.is_capital() || is_lower_name(t.text) || small(t) || n == 0 && is_year(t.text))
        && !is_edition(words)
        && !words.iter().any(|t| t.any(&["version"]) || t.text.contains('/'))
}

/// Whether a journal's name goes on behind a full stop.
pub(super) fn is_section(journal: &[Token<'_>], section: &[Token<'_>]) -> bool {
    let named = journal.iter().any(|t| t.any(&["journal", "j", "proceedings", "transactions", "acta", "annals", "archives"]));
    named && journal.len() <= 6 && is_name_like(journal) && is_name_like(section)
}

pub(super) fn looks_like_journal(words: &[Token<'_>]) -> bool {
    is_name_like(words) && words.iter().any(|t| is_journal_word(t))
}

fn is_journal_word(token: &Token<'_>) -> bool {
    is_abbreviation(token.text)
        || is_stem(token.text)
        || token.any(&[
            "journal",
            "lancet",
            "j",
            "bmj",
            "jama",
            "nature",
            "science",
            "annals",
            "archives",
            "plos",
            "proceedings",
            "diabetes",
            "care",
            "cell",
            "cancer",
            "circulation",
            "chest",
            "blood",
            "pain",
            "brain",
            "stroke",
            "reviews",
            "neuroimage",
            "zeitschrift",
            "radiology",
            "gut",
            "heart",
        ])
}

/// `3rd ed`, `2nd edition`, `5th edn`.
pub(super) fn is_edition(words: &[Token<'_>]) -> bool {
    words.len() <= 6 && words.iter().any(|t| t.any(&["ed", "edn", "edition", "aufl", "auflage"]))
}

/// The publisher in `Place: Publisher`, `Place, ST, Publisher` and `Publisher Press`.
pub(super) fn imprint(tokens: &[Token<'_>], part: &Range<usize>) -> Option<Range<usize>> {
    let words = &tokens[part.clone()];
    if let Some(colon) = words.iter().position(|t| t.is(':')) {
        let place = &words[..colon];
        let placed = place.iter().filter(|t| t.is_word()).count() <= 6
            && place.iter().all(|t| !t.is_word() || t.is_capital() || t.any(&["and", "la", "le", "del"]));
        let publisher = trim(tokens, part.start + colon + 1..part.end);
        let named = is_named(&tokens[publisher.clone()]) && publisher.len() <= 16;
        let known = place.iter().any(|t| t.is(',') || is_place(t.text)) || tokens[publisher.clone()].iter().any(|t| is_publisher_word(t));
        if placed && named && (known || place.len() <= 2) {
            return Some(publisher);
        }
    }
    let capitals = words.iter().filter(|t| t.is_word()).all(|t| t.is_capital() || t.any(&["of", "and", "for", "the", "de", "in", "on"]));
    let publisher =
        words.iter().any(|t| is_publisher_word(t)) || words.iter().any(|t| is_group_word(t.text)) && words.iter().any(|t| t.is(','));
    if !capitals || !publisher {
        return None;
    }
    let last_comma = words.iter().rposition(|t| t.is(',')).map(|i| part.start + i + 1);
    let tail = last_comma.map(|start| trim(tokens, start..part.end)).filter(|tail| {
        let tail = &tokens[tail.clone()];
        tail.iter().any(|t| is_publisher_word(t) || is_group_word(t.text)) && !tail[0].any(&["inc", "ltd", "llc", "gmbh", "co"])
    });
    Some(tail.unwrap_or_else(|| part.clone()))
}

/// Whether all words but the small ones have capitals.
pub(super) fn is_named(words: &[Token<'_>]) -> bool {
    !words.is_empty()
        && words.iter().filter(|t| t.is_word()).all(|t| {
            t.is_capital() || t.any(&["of", "and", "for", "the", "de", "in", "on", "der", "la", "du", "des", "e", "y", "et", "und"])
        })
}

pub(super) fn is_publisher_word(token: &Token<'_>) -> bool {
    token.any(&[
        "press",
        "publishing",
        "publishers",
        "publisher",
        "publications",
        "publication",
        "elsevier",
        "wiley",
        "springer",
        "saunders",
        "mosby",
        "lippincott",
        "mcgraw-hill",
        "verlag",
        "routledge",
        "sage",
        "guilford",
        "erlbaum",
        "karger",
        "thieme",
        "books",
        "churchill",
        "blackwell",
        "academic",
        "pearson",
        "macmillan",
        "plenum",
        "dekker",
        "prentice",
        "hall",
    ])
}

pub(super) fn is_place(word: &str) -> bool {
    matches!(
        word,
        "Geneva"
            | "London"
            | "Philadelphia"
            | "Boston"
            | "Oxford"
            | "Cambridge"
            | "Amsterdam"
            | "Berlin"
            | "Paris"
            | "Washington"
            | "Atlanta"
            | "Bethesda"
            | "Chicago"
            | "Rockville"
            | "Basel"
            | "Stuttgart"
            | "Heidelberg"
            | "Edinburgh"
            | "Tokyo"
            | "Beijing"
            | "Copenhagen"
            | "Stockholm"
            | "Toronto"
            | "Sydney"
            | "Melbourne"
            | "Hillsdale"
            | "Mahwah"
            | "York"
            | "Louis"
            | "Dordrecht"
            | "Vienna"
            | "Rome"
            | "Madrid"
            | "Milan"
    )
}

/// Where the journal begins in `… (GetGoal-Duo 1) Diabetes Care`, a title that lost its full stop.
pub(super) fn journal_suffix(tokens: &[Token<'_>], part: &Range<usize>) -> Option<usize> {
    let mut at = part.end;
    let mut known = false;
    while at > part.start {
        let token = &tokens[at - 1];
        let fits = token.is_word() && token.is_capital()
            || token.any(&["of", "the", "and", "for", "de", "in"])
            || token.is('&')
            || token.is('.') && at < part.end;
        if !fits || part.end - at > 12 {
            break;
        }
        known |= is_journal_word(token);
        at -= 1;
    }
    while at < part.end && !tokens[at].is_capital() {
        at += 1;
    }
    (known && at > part.start && at < part.end).then_some(at)
}

/// Where the journal begins in `Title, J. Abbrev.`: behind the last comma before a capital.
pub(super) fn comma_split(tokens: &[Token<'_>], part: &Range<usize>) -> Option<usize> {
    let comma = part.clone().rev().find(|&i| tokens[i].is(',') && tokens.get(i + 1).is_some_and(|t| t.is_capital()))?;
    is_name_like(&tokens[comma + 1..part.end]).then_some(comma + 1)
}

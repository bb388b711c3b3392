//! Title and container: the sentences between the authors and the locator.

use std::ops::Range;

use super::abbreviations::is_abbreviation;
use super::authors::{self, Authors, is_group_word, is_initials};
use super::locator::{Locator, is_number, is_year};
use super::tokens::Token;

/// The words of an entry that are neither persons nor numbers, as ranges of its text.
#[derive(Debug, Default)]
pub(super) struct Titles {
    pub title: Option<Range<usize>>,
    pub container: Option<Range<usize>>,
    pub group: Option<Range<usize>>,
    /// The container is the book that holds the work.
    pub in_book: bool,
    /// The container is a publisher or the issuer of a report.
    pub published: bool,
}

/// Reads the titles between the token `from` and the locator.
pub(super) fn read(tokens: &[Token<'_>], from: usize, authors: &Authors, locator: Option<&Locator>, dated: bool) -> Titles {
    if let Some(book) = chapter(tokens, from) {
        return book;
    }
    let located = locator.filter(|l| l.locates());
    let end = match locator {
        Some(l) if l.locates() || l.tokens.start == from || tokens[l.tokens.start - 1].is_any(&['.', ',', ';', ':', '?', ')']) => {
            l.tokens.start
        }
        _ => tokens.len(),
    };
    let end = end.max(from);
    let mut parts = sentences(tokens, from..end);
    let mut out = Titles::default();
    let quoted = tokens.get(from).is_some_and(|t| t.is_any(&['“', '"', '‘']));
    let nameless = authors.names.is_empty() && authors.group.is_none() && !quoted;
    let behind = locator.map(|l| sentences(tokens, l.tokens.end..tokens.len())).unwrap_or_default();
    if located.is_some() {
        journal(tokens, &mut parts, authors, &mut out);
    } else {
        if parts.len() < 2 && !behind.is_empty() && !dated {
            parts.extend(behind);
        }
        issuer(tokens, &mut parts, nameless, &mut out);
    }
    if nameless && parts.len() > 1 && is_body(&tokens[parts[0].clone()]) {
        let mut group = parts.remove(0);
        while parts.len() > 1 && is_body(&tokens[parts[0].clone()]) && tokens[parts[0].clone()].iter().any(|t| is_group_word(t.text)) {
            group.end = parts.remove(0).end;
        }
        out.group = Some(bytes(tokens, &group));
    } else if let Some(colon) = parts.first().filter(|_| nameless).and_then(|first| body_before_title(tokens, first)) {
        out.group = Some(bytes(tokens, &(parts[0].start..colon)));
        parts[0] = trim(tokens, colon..parts[0].end);
    }
    if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
        out.title = Some(bytes(tokens, &(first.start..last.end)));
    }
    out
}

/// The end of the body in `Ministry of Health: Title` and `National Care Network (NCN) Title`.
fn body_before_title(tokens: &[Token<'_>], part: &Range<usize>) -> Option<usize> {
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

/// With a volume or pages, the last sentence before them names the journal.
fn journal(tokens: &[Token<'_>], parts: &mut Vec<Range<usize>>, authors: &Authors, out: &mut Titles) {
    let placed = |part: &Range<usize>| tokens[part.clone()].iter().any(|t| is_place(t.text) || is_publisher_word(t));
    if let Some(at) = parts.len().checked_sub(1).filter(|&at| at > 0 && placed(&parts[at]) && imprint(tokens, &parts[at]).is_some()) {
        out.container = imprint(tokens, &parts[at]).map(|range| bytes(tokens, &range));
        out.published = true;
        parts.truncate(at);
        return;
    }
    if parts.len() > 1 {
        let mut last = parts.pop().expect("two parts");
        // `American Journal of Physiology. Endocrinology and Metabolism` is one journal.
        if parts.len() > 1 && is_section(&tokens[parts[parts.len() - 1].clone()], &tokens[last.clone()]) {
            last.start = parts.pop().expect("two parts").start;
        }
        out.container = Some(bytes(tokens, &last));
        return;
    }
    let Some(only) = parts.first().cloned() else { return };
    let split = if authors.comma { comma_split(tokens, &only) } else { None };
    let split = split.or_else(|| journal_suffix(tokens, &only)).or_else(|| comma_split(tokens, &only).filter(|_| authors.names.is_empty()));
    match split {
        Some(at) => {
            out.container = Some(bytes(tokens, &(at..only.end)));
            parts[0] = trim(tokens, only.start..at);
            if parts[0].is_empty() {
                parts.clear();
            }
        }
        None if looks_like_journal(&tokens[only.clone()]) => {
            out.container = Some(bytes(tokens, &only));
            parts.clear();
        }
        None => {}
    }
}

/// Without a locator, the last sentence may name the publisher, the site or a journal.
fn issuer(tokens: &[Token<'_>], parts: &mut Vec<Range<usize>>, nameless: bool, out: &mut Titles) {
    let Some(at) = parts.len().checked_sub(1) else { return };
    if let Some(range) = imprint(tokens, &parts[at]).filter(|range| at > 0 || range.start > parts[at].start + 3) {
        out.container = Some(bytes(tokens, &range));
        out.published = true;
        parts.truncate(at);
    } else if at > usize::from(nameless && is_body(&tokens[parts[0].clone()])) && is_name_like(&tokens[parts[at].clone()]) {
        let last = parts.pop().expect("a part");
        out.container = Some(bytes(tokens, &last));
    }
    while parts.len() > 1 && is_edition(&tokens[parts[parts.len() - 1].clone()]) {
        parts.pop();
    }
}

/// `In: Editor A, ed. Book. Place: Publisher`, `In A. Editor (Ed.), Book (pp. 1–9)`, `“Title,” in Book, eds …`.
fn chapter(tokens: &[Token<'_>], from: usize) -> Option<Titles> {
    let at = (from + 1..tokens.len()).find(|&i| {
        let before = &tokens[i - 1];
        let marked = before.is_any(&['.', '?', '!', '”', '"', '’']) || before.is(')') || before.is_gap();
        let opens = tokens[i].text == "In" && tokens.get(i + 1).is_some_and(|t| t.is(':') || t.is_capital() && marked && !is_year(t.text))
            || tokens[i].eq("in")
                && (tokens.get(i + 1).is_some_and(|t| t.is(':'))
                    || before.is_any(&['”', '"']) && tokens.get(i + 1).is_some_and(Token::is_capital));
        opens && i > from + 1
    })?;
    let mut start = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|t| t.is(':')));
    let editors = authors::read(&tokens[start.min(tokens.len())..]);
    if !editors.names.is_empty() {
        start += editors.end;
    }
    while tokens.get(start).is_some_and(|t| t.is_any(&['(', ')', ',', '.', ':']) || t.any(&["eds", "ed", "editors", "editor"])) {
        start += 1;
    }
    let end = (start..tokens.len())
        .find(|&i| {
            ends_sentence(tokens, i, start)
                || tokens[i].is('(')
                || tokens[i].is(';')
                || tokens[i].is(',') && tokens.get(i + 1).is_some_and(|t| is_book_detail(t))
        })
        .unwrap_or(tokens.len());
    let title = trim(tokens, from..at);
    let container = trim(tokens, start..end);
    (!container.is_empty() && !title.is_empty()).then(|| Titles {
        title: Some(bytes(tokens, &title)),
        container: Some(bytes(tokens, &container)),
        in_book: true,
        ..Titles::default()
    })
}

fn is_book_detail(token: &Token<'_>) -> bool {
    token.any(&["vol", "volume", "eds", "ed", "edited", "pp", "p", "editors", "edn", "edition"])
        || is_number(token.text) && token.text.starts_with(|c: char| c.is_ascii_digit())
}

/// Splits a stretch of tokens into sentences, without the marks that end them.
fn sentences(tokens: &[Token<'_>], range: Range<usize>) -> Vec<Range<usize>> {
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
fn trim(tokens: &[Token<'_>], mut range: Range<usize>) -> Range<usize> {
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

fn bytes(tokens: &[Token<'_>], range: &Range<usize>) -> Range<usize> {
    tokens[range.start].start..tokens[range.end - 1].end()
}

/// Whether the mark at `i` ends a sentence of those that begin at `from`, and is not the dot of an abbreviation.
fn ends_sentence(tokens: &[Token<'_>], i: usize, from: usize) -> bool {
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
    let glued_capital = after.is_capital() && i > 0 && !is_initials(tokens[i - 1].text);
    if !after.spaced && !glued_capital {
        return false;
    }
    !token.is('.') || i == 0 || !is_dotted_short(tokens, i - 1, from) || is_place(after.text)
}

/// Journals and sites whose names begin with a small letter.
fn is_lower_name(word: &str) -> bool {
    let inner = word.chars().skip(1).take(3).any(char::is_uppercase);
    inner || matches!(word, "npj" | "bmj" | "www" | "medRxiv" | "bioRxiv")
}

/// Whether the word at `i`, before a dot, is shortened: `Clin.`, `J.`, `U.S.`, `vs.`, `Rev. 1`.
fn is_dotted_short(tokens: &[Token<'_>], i: usize, from: usize) -> bool {
    let word = tokens[i].text;
    if word == "J" || is_abbreviation(word) || is_stem(word) {
        return true;
    }
    if matches!(
        word,
        "vs" | "no"
            | "No"
            | "St"
            | "Dr"
            | "Prof"
            | "cf"
            | "ca"
            | "al"
            | "vol"
            | "Vol"
            | "Inc"
            | "spp"
            | "sp"
            | "var"
            | "subsp"
            | "approx"
            | "Fig"
    ) && !tokens[i].any(&["al", "inc", "sp", "spp"])
    {
        return true;
    }
    // A single letter is short where another dot or the start stands before it: `N. Engl.`, `U. S. A.`, not `vitamin D.`
    let single = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    let chained = i >= from + 2 && tokens[i - 1].is('.') && tokens[i].is_capital() && is_dotted_short(tokens, i - 2, from);
    single && (i <= from || !tokens[i - 1].is_word()) || chained
}

/// Shortened words by their endings: `…ol.`, `…iatr.`, `…surg.`, `…ther.`
fn is_stem(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.len() >= 5
        && ["iol", "hol", "col", "mol", "rol", "nol", "path", "iatr", "surg", "harm", "othe", "iochem", "diagn", "epid", "vasc"]
            .iter()
            .any(|end| word.ends_with(end))
        && !matches!(word, "Alcohol" | "Protocol" | "Control" | "Cholesterol" | "Glycerol")
}

/// Whether words read like the name of a body: a word such names are made of, or all capitals, or capitals throughout.
fn is_body(words: &[Token<'_>]) -> bool {
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
fn is_name_like(words: &[Token<'_>]) -> bool {
    let named: Vec<_> = words.iter().filter(|t| t.is_word()).collect();
    let small = |t: &Token<'_>| t.any(&["of", "and", "for", "the", "on", "in", "de", "la", "des", "et", "du"]);
    !named.is_empty()
        && named.len() <= 10
        && named.iter().all(|t| t.is_capital() || is_lower_name(t.text) || small(t))
        && !is_edition(words)
        && !words.iter().any(|t| t.any(&["version"]) || t.text.contains('/') || t.text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a journal's name goes on behind a full stop.
fn is_section(journal: &[Token<'_>], section: &[Token<'_>]) -> bool {
    let named = journal.iter().any(|t| t.any(&["journal", "j", "proceedings", "transactions", "acta", "annals", "archives"]));
    named && journal.len() <= 6 && is_name_like(journal) && is_name_like(section)
}

fn looks_like_journal(words: &[Token<'_>]) -> bool {
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
fn is_edition(words: &[Token<'_>]) -> bool {
    words.len() <= 6 && words.iter().any(|t| t.any(&["ed", "edn", "edition", "aufl", "auflage"]))
}

/// The publisher in `Place: Publisher`, `Place, ST, Publisher` and `Publisher Press`.
fn imprint(tokens: &[Token<'_>], part: &Range<usize>) -> Option<Range<usize>> {
    let words = &tokens[part.clone()];
    if let Some(colon) = words.iter().position(|t| t.is(':')) {
        let place = &words[..colon];
        let placed = place.iter().filter(|t| t.is_word()).count() <= 6
            && place.iter().all(|t| !t.is_word() || t.is_capital() || t.any(&["and", "la", "le", "del"]));
        let publisher = trim(tokens, part.start + colon + 1..part.end);
        let named = tokens[publisher.clone()].first().is_some_and(|t| t.is_capital()) && publisher.len() <= 16;
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

fn is_publisher_word(token: &Token<'_>) -> bool {
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

fn is_place(word: &str) -> bool {
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
fn journal_suffix(tokens: &[Token<'_>], part: &Range<usize>) -> Option<usize> {
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
fn comma_split(tokens: &[Token<'_>], part: &Range<usize>) -> Option<usize> {
    let comma = part.clone().rev().find(|&i| tokens[i].is(',') && tokens.get(i + 1).is_some_and(|t| t.is_capital()))?;
    is_name_like(&tokens[comma + 1..part.end]).then_some(comma + 1)
}

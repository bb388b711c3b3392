//! Title and container: the sentences between the authors and the locator.

use std::ops::Range;

use super::authors::{self, Authors, is_group_word};
use super::bodies::{
    body_before_title, comma_split, imprint, is_body, is_edition, is_name_like, is_named, is_place, is_publisher_word, is_section,
    journal_suffix, looks_like_journal,
};
use super::locator::Locator;
use super::numbers::{is_number, is_year};
use super::sentences::{bytes, ends_sentence, sentences, trim};
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
    let quoted = tokens.get(from).is_some_and(|t| t.is_any(&['“', '"', '‘']));
    let nameless = authors.names.is_empty() && authors.group.is_none() && !quoted;
    if let Some(data) = if nameless { supplied(tokens, from) } else { None } {
        return data;
    }
    if let Some(book) = chapter(tokens, from, nameless) {
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
    let behind = locator.map(|l| sentences(tokens, l.tokens.end..tokens.len())).unwrap_or_default();
    if located.is_some() && !(nameless && is_report(tokens, &parts)) {
        journal(tokens, &mut parts, authors, &mut out);
    } else if located.is_none() {
        if parts.len() < 2 && !behind.is_empty() && !dated {
            parts.extend(behind);
        }
        issuer(tokens, &mut parts, nameless, &mut out);
    }
    if nameless {
        out.group = take_body(tokens, &mut parts);
    }
    if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
        out.title = Some(bytes(tokens, &(first.start..last.end)));
    }
    out
}

/// A body and a title without a journal, of which the numbers are those of a report.
fn is_report(tokens: &[Token<'_>], parts: &[Range<usize>]) -> bool {
    let [body, title] = parts else { return false };
    let (body, title) = (&tokens[body.clone()], &tokens[title.clone()]);
    is_body(body) && body.iter().any(|t| is_group_word(t.text)) && !is_name_like(title) && !looks_like_journal(title)
}

/// Takes the body that an entry without persons begins with.
fn take_body(tokens: &[Token<'_>], parts: &mut Vec<Range<usize>>) -> Option<Range<usize>> {
    let first = parts.first()?.clone();
    if let Some(end) = body_before_title(tokens, &first) {
        parts[0] = trim(tokens, end..first.end);
        return Some(bytes(tokens, &trim(tokens, first.start..end)));
    }
    let body = |part: &Range<usize>| is_body(&tokens[part.clone()]);
    let words = &tokens[first.clone()];
    let alone = tokens[first.end..].iter().all(|t| !t.is_word() && !t.is_gap());
    if parts.len() == 1 && alone && words.len() <= 9 && is_named(words) && words.iter().any(|t| is_group_word(t.text)) {
        parts.clear();
        return Some(bytes(tokens, &first));
    }
    if parts.len() < 2 || !body(&first) {
        return None;
    }
    let mut group = parts.remove(0);
    if parts.len() > 1 && body(&parts[0]) && tokens[parts[0].clone()].iter().any(|t| is_group_word(t.text)) {
        group.end = parts.remove(0).end;
    }
    Some(bytes(tokens, &group))
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

/// `Deaths data supplied by Body based on the dataset`, `Data supplied by Body using Report`.
fn supplied(tokens: &[Token<'_>], from: usize) -> Option<Titles> {
    let at = (from + 1..tokens.len().saturating_sub(2)).find(|&i| {
        tokens[i].any(&["supplied", "provided"]) && tokens[i + 1].eq("by") && tokens[i - 1].any(&["data", "statistics", "figures"])
    })?;
    let ends = |t: &Token<'_>| t.is_any(&[',', '.', ';', '(']) || t.is_gap();
    let body =
        at + 2..tokens[at + 2..].iter().position(|t| ends(t) || t.any(&["based", "using", "from"])).map_or(tokens.len(), |k| at + 2 + k);
    if body.is_empty() || !is_named(&tokens[body.clone()]) {
        return None;
    }
    let leads = |t: &&Token<'_>| t.any(&["based", "using", "from", "on", "the"]);
    let start = body.end + tokens[body.end..].iter().take_while(leads).count();
    let end = tokens[start..].iter().position(ends).map_or(tokens.len(), |k| start + k);
    let source = (start > body.end && end > start).then(|| bytes(tokens, &(start..end)));
    let lone = at == from + 1;
    let named = bytes(tokens, &(from..at));
    let (title, container) = if lone { (source, None) } else { (Some(named), source) };
    Some(Titles { title, container, group: Some(bytes(tokens, &body)), ..Titles::default() })
}

/// `In: Editor A, ed. Book. Place: Publisher`, `In A. Editor (Ed.), Book (pp. 1–9)`, `“Title,” in Book, eds …`.
fn chapter(tokens: &[Token<'_>], from: usize, nameless: bool) -> Option<Titles> {
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
    let mut parts = sentences(tokens, from..at);
    let group = if nameless { take_body(tokens, &mut parts) } else { None };
    let container = trim(tokens, start..end);
    let (first, last) = (parts.first()?, parts.last()?);
    (!container.is_empty()).then(|| Titles {
        title: Some(bytes(tokens, &(first.start..last.end))),
        group,
        container: Some(bytes(tokens, &container)),
        in_book: true,
        ..Titles::default()
    })
}

fn is_book_detail(token: &Token<'_>) -> bool {
    token.any(&["vol", "volume", "eds", "ed", "edited", "pp", "p", "editors", "edn", "edition"])
        || is_number(token.text) && token.text.starts_with(|c: char| c.is_ascii_digit())
}

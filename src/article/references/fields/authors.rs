//! The names an entry begins with.

use std::ops::Range;

use super::names::{is_name_glued, name};
use super::tokens::Token;
use crate::article::shapes::WordList;

/// The authors of an entry.
#[derive(Debug, Default)]
pub(super) struct Authors {
    /// Each name as a range of the text.
    pub names: Vec<Range<usize>>,
    /// A group named among or behind the persons.
    pub group: Option<Range<usize>>,
    pub et_al: bool,
    /// The first token behind the authors and the mark that closes them.
    pub end: usize,
    /// The names are closed by a comma, as in "A. B. Smith, Title, Journal 3 (2001) 4".
    pub comma: bool,
}

/// Reads the persons at the start of `tokens`.
pub(super) fn read(tokens: &[Token<'_>]) -> Authors {
    let mut out = Authors::default();
    let mut i = 0;
    while let Some(person) = name(tokens, i, !out.names.is_empty()) {
        out.names.push(tokens[i].start..tokens[person.end - 1].end());
        i = person.end;
        out.comma = false;
        let separated = separator(tokens, i);
        if let Some(end) = et_al(tokens, i).or_else(|| et_al(tokens, separated)) {
            out.et_al = true;
            i = end;
            let next = separator(tokens, i);
            if let Some(end) = group(tokens, next).filter(|_| next > i) {
                out.group = Some(tokens[next].start..tokens[end - 1].end());
                i = end;
            }
            break;
        }
        if separated > i {
            if name(tokens, separated, true).is_some() {
                i = separated;
                continue;
            }
            if let Some(end) = group(tokens, separated) {
                out.group = Some(tokens[separated].start..tokens[end - 1].end());
                i = end;
                break;
            }
            out.comma = tokens[i].is(',');
            break;
        }
        // `PenaL. L.ApsteinC. S.` of some exports: the next name is glued to the dot.
        let dot = usize::from(tokens.get(i).is_some_and(|t| t.is('.')));
        if !(person.glued && tokens.get(i + dot).is_some_and(|t| is_name_glued(t.text) && (dot == 0 || !t.spaced))) {
            break;
        }
        i += dot;
    }
    let dated = tokens.get(i).is_some_and(|t| super::is_year(t.text));
    if out.names.len() == 1 && !out.et_al && !dated && !is_closed(tokens, i) {
        return Authors::default();
    }
    out.end = skip_editors(tokens, i);
    out
}

/// Whether a single name is closed as a list of authors is, and does not run on into words.
fn is_closed(tokens: &[Token<'_>], i: usize) -> bool {
    tokens.get(i).is_none_or(|t| t.is_any(&['.', ':', ',', ';', '(', '&', '[']) || t.is_gap() || t.is_capital() || t.any(&["and"]))
}

/// The end of `, `, `; `, ` & `, `, and ` and the like; `i` itself where there is none.
fn separator(tokens: &[Token<'_>], i: usize) -> usize {
    let dot = |k: usize| tokens.get(k).is_some_and(|t| t.is('.'));
    let mut k = i;
    while let Some(token) = tokens.get(k) {
        let dots = dot(k) && (dot(k + 1) || k > i && dot(k - 1));
        let joins = token.is_any(&[',', ';', '&', '…']) || token.any(&["and", "und", "y", "et"]) || dots;
        if !joins || et_al(tokens, k).is_some() {
            break;
        }
        k += 1;
    }
    k
}

/// The end of "et al", "and others", "and colleagues" at `i`.
fn et_al(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let first = tokens.get(i)?;
    let second = tokens.get(i + 1);
    if first.eq("etal") {
        return Some(i + 1);
    }
    let found = first.eq("et") && second.is_some_and(|t| t.any(&["al", "alii", "ai", "coll"]))
        || first.any(&["and", "&"]) && second.is_some_and(|t| t.any(&["others", "colleagues"]))
        || first.is('&') && second.is_some_and(|t| t.eq("others"));
    found.then_some(i + 2)
}

#[rustfmt::skip]
static GROUP_WORDS: WordList = WordList::new(&[
    "group", "groups", "investigators", "collaborators", "collaboration", "collaborative", "consortium", "committee", "network", "team",
    "trialists", "society", "association", "initiative", "study", "trial", "federation", "council", "department", "ministry",
    "organization", "organisation", "agency", "institute", "institutes", "institution", "college", "academy", "administration", "board",
    "foundation", "centre", "center", "centers", "centres", "service", "services", "office", "commission", "union", "university",
    "hospital", "bureau", "authority", "panel", "force", "program", "programme", "inc", "ltd", "corporation", "company", "llc", "gmbh",
    "ag", "plc", "pharmaceuticals", "nations", "bank", "government", "register", "registry", "survey", "forum", "alliance", "school",
    "faculty", "secretariat", "observatory", "statistics", "treasury", "project", "laboratories", "laboratory", "pharma", "division",
    "associates", "members", "workshop", "unit", "working",
]);

/// Whether a word is one that names of bodies are made of.
pub(in super::super) fn is_group_word(word: &str) -> bool {
    GROUP_WORDS.holds(word)
}

/// The end of a group named behind persons: up to the mark that closes the list, if it is short and reads like a body.
fn group(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let end = (i..tokens.len().min(i + 16)).find(|&k| tokens[k].is_any(&['.', ':', '(']) || tokens[k].is_gap())?;
    let named = tokens[i..end].iter().any(|t| is_group_word(t.text)) && tokens[i..end].iter().any(Token::is_capital);
    (end > i && named).then_some(end)
}

/// Behind the names: `(eds)`, `, editors`, and the marks that close the list.
fn skip_editors(tokens: &[Token<'_>], i: usize) -> usize {
    let mut k = i;
    while let Some(token) = tokens.get(k) {
        let editors = token.any(&["eds", "ed", "editors", "editor", "hrsg"])
            || token.is('(') && tokens.get(k + 1).is_some_and(|t| t.any(&["eds", "ed", "editors", "editor"]));
        let closes = token.is_any(&['.', ':', ',', ';']) || token.is(')') && k > i;
        if !(editors || closes) {
            break;
        }
        k += 1;
    }
    k
}

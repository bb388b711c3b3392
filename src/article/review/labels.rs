//! Labels of review statements: "Last medically reviewed on", "Next review due:", "Zuletzt aktualisiert am".
//!
//! A label is read by the roles of its words rather than from a list of whole labels, as every publisher puts the same
//! few words together in its own order.

use std::ops::Range;

use super::ReviewKind;
use super::vocabulary::{Role, role};

/// A label where it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// From the first word to the last, without the colon.
    pub range: Range<usize>,
    pub kind: ReviewKind,
    /// The second kind of "Last updated and reviewed".
    pub also: Option<ReviewKind>,
    /// Words such as "last" or "medically" make clear that the page speaks about itself.
    pub qualified: bool,
    /// It names the act or the person ("Medical review", "Reviewer") rather than saying that it was done.
    pub noun: bool,
    pub link: Link,
    /// "Review date" alone: publishers mean the last review or the next one by it.
    pub open: bool,
    /// It speaks of the literature and not of the page: "Literature review current through".
    pub literature: bool,
    /// Where the date or the name is looked for.
    pub tail: usize,
}

/// What a label ends with, and so what must follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Link {
    #[default]
    None,
    By,
    On,
    /// "Reviewer": a name follows.
    Person,
}

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub text: &'t str,
    pub start: usize,
}

impl Token<'_> {
    pub fn end(self) -> usize {
        self.start + self.text.len()
    }
}

/// The word that starts at a byte; capitals start a new one: `MDReviewed`, `lastReviewed`, `ofMay`.
pub(super) fn word_at(text: &str, start: usize) -> Option<Token<'_>> {
    let rest = &text[start..];
    // Most words are small letters behind one of any size.
    let plain = rest.bytes().skip(1).take(40).take_while(u8::is_ascii_lowercase).count() + 1;
    if rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && rest.as_bytes().get(plain).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphabetic())
    {
        return Some(Token { text: &rest[..plain], start });
    }
    let mut chars = rest.char_indices().take_while(|(i, c)| c.is_alphabetic() && *i < 40).peekable();
    let mut end = 0;
    let (mut small, mut capitals) = (false, 0);
    while let Some((i, c)) = chars.next() {
        let before_small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
        if c.is_uppercase() && (small || capitals > 0 && before_small) {
            break;
        }
        capitals = if c.is_uppercase() { capitals + 1 } else { 0 };
        small = c.is_lowercase();
        end = i + c.len_utf8();
    }
    (end > 0).then(|| Token { text: &rest[..end], start })
}

/// The words of the longest label that is read.
const LONGEST: usize = 16;

/// The label whose first word starts at a byte.
pub(super) fn label_at(text: &str, start: usize) -> Option<Label> {
    let mut read = Read { end: start, next: start, ..Read::default() };
    // What was read up to the last word that surely belongs to the label.
    let mut firm = read.clone();
    for _ in 0..LONGEST {
        let Some(word) = word_at(text, read.next) else { break };
        let Some(role) = role(word.text) else { break };
        if matches!(role, Role::By | Role::On) && read.heads.is_empty() && !read.seen.current {
            break;
        }
        // "Reviewed Last updated" is two labels, "Last updated and reviewed" and "Reviewed/Revised" are one.
        let joined = read.joined || text[read.end..word.start].contains(['/', '&']);
        if role.is_head() && !firm.heads.is_empty() && !joined {
            read = firm.clone();
            break;
        }
        read.take(text, word, role);
        if role.is_head() || matches!(role, Role::By | Role::On | Role::Date | Role::Due) {
            firm = read.clone();
        }
        if matches!(role, Role::By | Role::On) {
            break;
        }
    }
    let words = start..read.next.max(read.end);
    if read.heads.is_empty() && read.seen.current && (read.link == Link::On || ends_as_of(&text[words.clone()])) {
        read.heads.push((ReviewKind::Updated, false));
        read.end = start + text[words].trim_end().len();
        read.link = Link::On;
    }
    let mut label = finish(start..read.end, &read)?;
    // "Última actualización de este tema:" goes on to its colon.
    let next = read.next.max(read.end);
    if text[next..].trim_start().starts_with(':') {
        label.tail = next;
    }
    Some(label)
}

/// A label as far as it was read.
#[derive(Debug, Clone, Default)]
struct Read {
    /// What was done, and whether a noun names it.
    heads: Vec<(ReviewKind, bool)>,
    seen: Seen,
    link: Link,
    /// "and" was the last word.
    joined: bool,
    /// The end of the label, and where its next word would start.
    end: usize,
    next: usize,
}

impl Read {
    fn take(&mut self, text: &str, word: Token<'_>, role: Role) {
        match role {
            Role::By => self.link = Link::By,
            Role::On => self.link = Link::On,
            Role::Done(kind) => self.heads.push((kind, false)),
            Role::Noun(kind) => {
                // "Date for review"
                self.seen.due |= kind == ReviewKind::Reviewed && text[..word.start].trim_end().to_lowercase().ends_with(" for");
                self.heads.push((kind, true));
            }
            Role::Person => {
                self.heads.push((ReviewKind::Reviewed, true));
                self.link = Link::Person;
            }
            _ => self.seen.note(role, self.heads.is_empty()),
        }
        self.joined = role == Role::And;
        // "and" and "of" belong to a label only where more of it follows.
        if !matches!(role, Role::And | Role::Filler | Role::Subject) {
            self.end = word.end();
        }
        self.next = next_word(text, word.end());
    }
}

/// "Current as of": nothing else says that something was done.
fn ends_as_of(words: &str) -> bool {
    words.trim_end().to_ascii_lowercase().ends_with("as of")
}

/// What the words beside the heads said.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    qualifier: bool,
    subject: bool,
    auxiliary: bool,
    date: bool,
    next: bool,
    due: bool,
    current: bool,
    literature: bool,
}

impl Seen {
    fn note(&mut self, role: Role, before_head: bool) {
        match role {
            Role::Subject if before_head => self.subject = true,
            Role::Auxiliary => self.auxiliary = true,
            Role::Qualifier => self.qualifier = true,
            Role::Literature => (self.qualifier, self.literature) = (true, true),
            Role::Date => self.date = true,
            Role::Next => self.next = true,
            Role::Due => self.due = true,
            Role::Current => self.current = true,
            _ => {}
        }
    }
}

fn finish(range: Range<usize>, read: &Read) -> Option<Label> {
    let &Read { ref heads, seen, link, .. } = read;
    let &(mut kind, _) = heads.first()?;
    let noun = heads.iter().all(|&(_, noun)| noun);
    let mut also = heads.iter().map(|&(kind, _)| kind).find(|&other| other != kind);
    // "Nächste Aktualisierung", "Next update due": publishers who update announce it so.
    if (seen.next || seen.due) && heads.iter().any(|&(kind, _)| matches!(kind, ReviewKind::Reviewed | ReviewKind::Updated)) {
        (kind, also) = (ReviewKind::NextReview, None);
    } else if seen.next {
        return None;
    } else if seen.current && kind == ReviewKind::Reviewed {
        also = None;
    }
    let qualified =
        seen.qualifier || seen.date || seen.next || seen.due || seen.subject && (seen.auxiliary || !noun) || link == Link::Person;
    let open = kind == ReviewKind::Reviewed && noun && seen.date && !seen.qualifier && link == Link::None;
    Some(Label { tail: range.end, range, kind, also, qualified, noun, link, open, literature: seen.literature })
}

/// The place of the next word of a label: spaces, strokes and underscores may stand between.
fn next_word(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let gap = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '_', '-', '‑', '/', '&', '*']);
    text.len() - gap.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_by_their_words() {
        use ReviewKind::{NextReview, Published, Reviewed, Updated};
        let table = [
            ("Last medically reviewed on May", "Last medically reviewed on", Reviewed, Link::On),
            ("Medically Reviewed By: X", "Medically Reviewed By", Reviewed, Link::By),
            ("Reviewed and approved by X", "Reviewed and approved by", Reviewed, Link::By),
            ("This section has been reviewed and approved by the", "This section has been reviewed and approved by", Reviewed, Link::By),
            ("Fact-Checked and Medically Reviewed", "Fact-Checked and Medically Reviewed", Reviewed, Link::None),
            ("Primary Medical Reviewer: X", "Primary Medical Reviewer", Reviewed, Link::Person),
            ("Next review due: 2", "Next review due", NextReview, Link::None),
            ("Nächste geplante Aktualisierung: 2", "Nächste geplante Aktualisierung", NextReview, Link::None),
            ("Planned review date: 2", "Planned review date", NextReview, Link::None),
            ("Date for review: 2", "Date for review", NextReview, Link::None),
            ("To be reviewed: 2", "To be reviewed", NextReview, Link::None),
            ("Laatst bijgewerkt op 2", "Laatst bijgewerkt op", Updated, Link::On),
            ("Date of next review: 2", "Date of next review", NextReview, Link::None),
            ("Page Last Updated: 2", "Page Last Updated", Updated, Link::None),
            ("lastReviewed: 2", "lastReviewed", Reviewed, Link::None),
            ("medically_reviewed_by: X", "medically_reviewed_by", Reviewed, Link::By),
            ("Current as of: May 2018", "Current as of", Updated, Link::On),
            ("Literature review current through: May 2018", "Literature review current through", Reviewed, Link::On),
            ("Zuletzt aktualisiert am: 2", "Zuletzt aktualisiert am", Updated, Link::On),
            ("Dernière mise à jour : 2", "Dernière mise à jour", Updated, Link::None),
            ("Date reviewed: May", "Date reviewed", Reviewed, Link::None),
            ("Last full review/revision May 2020", "Last full review/revision", Reviewed, Link::None),
            ("Reviewed for medical accuracy by X", "Reviewed for medical accuracy by", Reviewed, Link::By),
            ("Date of issue: 5", "Date of issue", Published, Link::None),
        ];
        for (text, words, kind, link) in table {
            let label = label_at(text, 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&text[label.range], label.kind, label.link), (words, kind, link), "{text}");
        }
        assert_eq!(label_at("Last Updated and Reviewed: 2", 0).unwrap().also, Some(Reviewed));
        assert!(label_at("Review date: 2", 0).unwrap().open);
        assert!(!label_at("Last review date: 2", 0).unwrap().open);
        for text in ["Written by X", "Fact checked by X", "Current medicine", "The page", "Next steps", "Next publication"] {
            assert_eq!(label_at(text, 0), None, "{text}");
        }
    }
}

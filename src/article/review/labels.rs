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
    /// Where the date or the name is looked for.
    pub tail: usize,
}

/// What a label ends with, and so what must follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
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
    let mut heads: Vec<(ReviewKind, bool)> = Vec::new();
    let mut seen = Seen::default();
    let mut link = Link::None;
    let mut end = start;
    let mut at = start;
    for _ in 0..LONGEST {
        let Some(word) = word_at(text, at) else { break };
        let Some(role) = role(word.text) else { break };
        match role {
            Role::By | Role::On if heads.is_empty() && !seen.current => break,
            // "Review by May 2027" stays open until the date is seen.
            Role::By => link = Link::By,
            Role::On => link = Link::On,
            Role::Done(kind) => heads.push((kind, false)),
            Role::Noun(kind) => heads.push((kind, true)),
            Role::Person => {
                heads.push((ReviewKind::Reviewed, true));
                link = Link::Person;
            }
            _ => seen.note(role, heads.is_empty()),
        }
        // "and" and "of" end a label only where more of it follows.
        if !matches!(role, Role::And | Role::Filler | Role::Subject) || link != Link::None {
            end = word.end();
        }
        if matches!(link, Link::By | Link::On) {
            break;
        }
        at = next_word(text, word.end());
    }
    if heads.is_empty() && seen.current && link == Link::On || heads.is_empty() && seen.as_of(&text[start..at.max(end)]) {
        heads.push((ReviewKind::Updated, false));
        end = text[..at].trim_end().len();
        link = Link::On;
    }
    let mut label = finish(start..end, &heads, seen, link)?;
    // "Última actualización de este tema:" goes on to its colon.
    if text[at.max(end)..].trim_start().starts_with(':') {
        label.tail = at.max(end);
    }
    Some(label)
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
    count: u8,
}

impl Seen {
    fn note(&mut self, role: Role, before_head: bool) {
        self.count = self.count.saturating_add(1);
        match role {
            Role::Subject if before_head => self.subject = true,
            Role::Auxiliary => self.auxiliary = true,
            Role::Qualifier => self.qualifier = true,
            Role::Date => self.date = true,
            Role::Next => self.next = true,
            Role::Due => self.due = true,
            Role::Current => self.current = true,
            _ => {}
        }
    }

    /// "Current as of": nothing else says that something was done.
    fn as_of(self, words: &str) -> bool {
        self.current && words.trim_end().to_ascii_lowercase().ends_with("as of")
    }
}

fn finish(range: Range<usize>, heads: &[(ReviewKind, bool)], seen: Seen, link: Link) -> Option<Label> {
    let &(mut kind, _) = heads.first()?;
    let noun = heads.iter().all(|&(_, noun)| noun);
    let mut also = heads.iter().map(|&(kind, _)| kind).find(|&other| other != kind);
    if (seen.next || seen.due) && heads.iter().any(|&(kind, _)| kind == ReviewKind::Reviewed) {
        (kind, also) = (ReviewKind::NextReview, None);
    } else if seen.next {
        return None;
    } else if seen.current && kind == ReviewKind::Reviewed {
        also = None;
    }
    let qualified =
        seen.qualifier || seen.date || seen.next || seen.due || seen.subject && (seen.auxiliary || !noun) || link == Link::Person;
    let open = kind == ReviewKind::Reviewed && noun && seen.date && seen.count == 1 && link == Link::None;
    Some(Label { tail: range.end, range, kind, also, qualified, noun, link, open })
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
        for text in ["Written by X", "Fact checked by X", "Current medicine", "The page", "Next steps", "Next update"] {
            assert_eq!(label_at(text, 0), None, "{text}");
        }
    }
}

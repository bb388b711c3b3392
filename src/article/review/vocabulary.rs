//! The words that labels are made of, in the languages that medical pages are copied from. Common knowledge; no source.

use std::sync::LazyLock;

use super::ReviewKind::{self, Published, Reviewed, Updated};

/// The part a word plays in a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// "page", "this article": what the label speaks of.
    Subject,
    /// "was", "has been".
    Auxiliary,
    /// "last", "medically", "scheduled".
    Qualifier,
    /// "literature": a qualifier that speaks of what was read.
    Literature,
    /// "of", "for", "the": says nothing by itself.
    Filler,
    /// "and", and the strokes that stand for it.
    And,
    Date,
    Next,
    /// "due" and "planned" make a review the next one.
    Due,
    /// "reviewed", "updated".
    Done(ReviewKind),
    /// "review", "update".
    Noun(ReviewKind),
    /// "reviewer".
    Person,
    By,
    On,
    /// "current" of "current as of".
    Current,
}

impl Role {
    /// The word says by itself what a statement is about.
    pub fn is_head(self) -> bool {
        matches!(self, Role::Done(_) | Role::Noun(_) | Role::Person)
    }
}

/// The part of a word, in any case.
pub(super) fn role(word: &str) -> Option<Role> {
    if word.len() > LONGEST {
        return None;
    }
    // Almost every word is plain and asks in vain: no allocation for it.
    let mut plain = [0; LONGEST];
    let lower;
    let lower = if word.is_ascii() {
        let bytes = &mut plain[..word.len()];
        bytes.copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        &*bytes
    } else {
        lower = word.to_lowercase();
        lower.as_bytes()
    };
    static SLOTS: LazyLock<Slots> = LazyLock::new(Slots::new);
    SLOTS.find(lower)
}

/// Whether a label speaks English, by the word that says what was done.
pub(super) fn is_english(label: &str) -> bool {
    let mut words = label.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.any(|word| ENGLISH.iter().any(|head| word.eq_ignore_ascii_case(head)))
}

/// The English words that say what was done; those of other languages are written day first.
const ENGLISH: &[&str] = &[
    "approval",
    "created",
    "current",
    "date",
    "dated",
    "edited",
    "issue",
    "issued",
    "modified",
    "posted",
    "publication",
    "published",
    "release",
    "released",
    "review",
    "reviewed",
    "reviewer",
    "reviewers",
    "revised",
    "revision",
    "update",
    "updated",
];

/// The longest word that has a part, in bytes.
const LONGEST: usize = 20;

/// Places of [`WORDS`], by first letter, last letter and length: most words of a text meet an empty slot.
struct Slots([Option<&'static (&'static str, Role)>; 1024]);

impl Slots {
    fn new() -> Self {
        let mut slots = [None; 1024];
        for row in WORDS {
            let mut slot = slot(row.0.as_bytes());
            while slots[slot].is_some() {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = Some(row);
        }
        Self(slots)
    }

    fn find(&self, word: &[u8]) -> Option<Role> {
        let mut slot = slot(word);
        while let Some((known, role)) = self.0[slot] {
            if known.as_bytes() == word {
                return Some(*role);
            }
            slot = (slot + 1) % self.0.len();
        }
        None
    }
}

fn slot(word: &[u8]) -> usize {
    let end = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    (end(word.first()) * 31 + end(word.last()) * 151 + word.len() * 67) % 1024
}

/// Sorted by word, in lower case.
const WORDS: &[(&str, Role)] = &[
    ("accuracy", Role::Qualifier),
    ("actual", Role::Current),
    ("actualización", Role::Noun(Updated)),
    ("actualizada", Role::Done(Updated)),
    ("actualizado", Role::Done(Updated)),
    ("aggiornamento", Role::Noun(Updated)),
    ("aggiornata", Role::Done(Updated)),
    ("aggiornato", Role::Done(Updated)),
    ("aktualisiert", Role::Done(Updated)),
    ("aktualisierung", Role::Noun(Updated)),
    ("also", Role::Qualifier),
    ("am", Role::On),
    ("and", Role::And),
    ("approval", Role::Noun(Published)),
    ("approved", Role::Qualifier),
    ("article", Role::Subject),
    ("artículo", Role::Subject),
    ("as", Role::Filler),
    ("atualizado", Role::Done(Updated)),
    ("atualização", Role::Noun(Updated)),
    ("be", Role::Due),
    ("bearbeitet", Role::Done(Updated)),
    ("been", Role::Auxiliary),
    ("beoordeeld", Role::Done(Reviewed)),
    ("bijgewerkt", Role::Done(Updated)),
    ("by", Role::By),
    ("checked", Role::Qualifier),
    ("clinical", Role::Qualifier),
    ("clinically", Role::Qualifier),
    ("completa", Role::Qualifier),
    ("content", Role::Subject),
    ("created", Role::Done(Published)),
    ("current", Role::Current),
    ("da", Role::By),
    ("data", Role::Date),
    ("date", Role::Date),
    ("dated", Role::Date),
    ("datum", Role::Date),
    ("de", Role::Filler),
    ("del", Role::Filler),
    ("der", Role::Filler),
    ("dernière", Role::Qualifier),
    ("deze", Role::Subject),
    ("di", Role::Filler),
    ("document", Role::Subject),
    ("door", Role::By),
    ("due", Role::Due),
    ("durch", Role::By),
    ("edited", Role::Done(Updated)),
    ("el", Role::On),
    ("em", Role::On),
    ("entry", Role::Subject),
    ("erstellt", Role::Done(Published)),
    ("esta", Role::Subject),
    ("este", Role::Subject),
    ("expert", Role::Qualifier),
    ("expertly", Role::Qualifier),
    ("fachlich", Role::Qualifier),
    ("fact", Role::Qualifier),
    ("factsheet", Role::Subject),
    ("fecha", Role::Date),
    ("first", Role::Qualifier),
    ("for", Role::Filler),
    ("full", Role::Qualifier),
    ("fully", Role::Qualifier),
    ("gecontroleerd", Role::Done(Reviewed)),
    ("geplant", Role::Due),
    ("geplante", Role::Due),
    ("geplanter", Role::Due),
    ("geprüft", Role::Done(Reviewed)),
    ("gepubliceerd", Role::Done(Published)),
    ("gewijzigd", Role::Done(Updated)),
    ("geändert", Role::Done(Updated)),
    ("guide", Role::Subject),
    ("has", Role::Auxiliary),
    ("hasta", Role::On),
    ("herzien", Role::Done(Updated)),
    ("herziening", Role::Noun(Updated)),
    ("il", Role::On),
    ("information", Role::Subject),
    ("issue", Role::Noun(Published)),
    ("issued", Role::Done(Published)),
    ("jour", Role::Noun(Updated)),
    ("la", Role::Filler),
    ("laatst", Role::Qualifier),
    ("laatste", Role::Qualifier),
    ("last", Role::Qualifier),
    ("latest", Role::Qualifier),
    ("le", Role::On),
    ("leaflet", Role::Subject),
    ("letzte", Role::Qualifier),
    ("literatur", Role::Literature),
    ("literatura", Role::Literature),
    ("literature", Role::Literature),
    ("material", Role::Subject),
    ("medical", Role::Qualifier),
    ("medically", Role::Qualifier),
    ("medisch", Role::Qualifier),
    ("medizinisch", Role::Qualifier),
    ("medizinische", Role::Qualifier),
    ("mis", Role::Qualifier),
    ("mise", Role::Qualifier),
    ("modified", Role::Done(Updated)),
    ("most", Role::Qualifier),
    ("más", Role::Qualifier),
    ("médica", Role::Qualifier),
    ("médicalement", Role::Qualifier),
    ("médicamente", Role::Qualifier),
    ("next", Role::Next),
    ("nächste", Role::Next),
    ("nächster", Role::Next),
    ("nächstes", Role::Next),
    ("of", Role::Filler),
    ("on", Role::On),
    ("op", Role::On),
    ("original", Role::Qualifier),
    ("originally", Role::Qualifier),
    ("page", Role::Subject),
    ("pagina", Role::Subject),
    ("par", Role::By),
    ("pdq", Role::Subject),
    ("planned", Role::Due),
    ("por", Role::By),
    ("post", Role::Subject),
    ("posted", Role::Done(Published)),
    ("primary", Role::Qualifier),
    ("prochain", Role::Next),
    ("prochaine", Role::Next),
    ("prossima", Role::Next),
    ("prossimo", Role::Next),
    ("próxima", Role::Next),
    ("próximo", Role::Next),
    ("prüfung", Role::Noun(Reviewed)),
    ("pubblicato", Role::Done(Published)),
    ("publicada", Role::Done(Published)),
    ("publicado", Role::Done(Published)),
    ("publication", Role::Noun(Published)),
    ("publicação", Role::Noun(Published)),
    ("published", Role::Done(Published)),
    ("publié", Role::Done(Published)),
    ("página", Role::Subject),
    ("recently", Role::Qualifier),
    ("reciente", Role::Qualifier),
    ("release", Role::Noun(Published)),
    ("released", Role::Done(Published)),
    ("relecture", Role::Noun(Reviewed)),
    ("relu", Role::Done(Reviewed)),
    ("review", Role::Noun(Reviewed)),
    ("reviewed", Role::Done(Reviewed)),
    ("reviewer", Role::Person),
    ("reviewers", Role::Person),
    ("revisada", Role::Done(Reviewed)),
    ("revisado", Role::Done(Reviewed)),
    ("revised", Role::Done(Updated)),
    ("revision", Role::Noun(Updated)),
    ("revisionato", Role::Done(Reviewed)),
    ("revisione", Role::Noun(Reviewed)),
    ("revisión", Role::Noun(Reviewed)),
    ("revisto", Role::Done(Reviewed)),
    ("revisão", Role::Noun(Reviewed)),
    ("révision", Role::Noun(Updated)),
    ("révisé", Role::Done(Updated)),
    ("révisée", Role::Done(Updated)),
    ("scheduled", Role::Due),
    ("scientific", Role::Qualifier),
    ("scientifically", Role::Qualifier),
    ("section", Role::Subject),
    ("sheet", Role::Subject),
    ("since", Role::Filler),
    ("stand", Role::Noun(Updated)),
    ("summary", Role::Subject),
    ("tema", Role::Subject),
    ("text", Role::Subject),
    ("the", Role::Filler),
    ("this", Role::Subject),
    ("through", Role::On),
    ("to", Role::Filler),
    ("topic", Role::Subject),
    ("ultima", Role::Qualifier),
    ("ultimo", Role::Qualifier),
    ("update", Role::Noun(Updated)),
    ("updated", Role::Done(Updated)),
    ("validé", Role::Done(Reviewed)),
    ("veröffentlicht", Role::Done(Published)),
    ("veröffentlichung", Role::Noun(Published)),
    ("volgende", Role::Next),
    ("vom", Role::On),
    ("von", Role::By),
    ("was", Role::Auxiliary),
    ("website", Role::Subject),
    ("will", Role::Auxiliary),
    ("zuletzt", Role::Qualifier),
    ("à", Role::Filler),
    ("änderung", Role::Noun(Updated)),
    ("ärztlich", Role::Qualifier),
    ("ärztliche", Role::Qualifier),
    ("última", Role::Qualifier),
    ("überarbeitet", Role::Done(Updated)),
    ("überarbeitung", Role::Noun(Updated)),
    ("überprüft", Role::Done(Reviewed)),
    ("überprüfung", Role::Noun(Reviewed)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_unique() {
        for pair in WORDS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} {}", pair[0].0, pair[1].0);
        }
    }
}

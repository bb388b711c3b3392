use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::sentences;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{MarkKind, Place};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "misspelled-medicine",
    category: Category::Medicines,
    summary: "a word that is one letter away from the name of a medicine",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Manual),
    spec: include_str!("../../fixtures/rules/misspelled-medicine.md"),
    make: make::<MisspelledMedicine>,
    defaults: defaults::<MisspelledMedicine>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MisspelledMedicine {
    /// Words that are right as they stand.
    allow: Vec<String>,
}

impl Rule for MisspelledMedicine {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut words: BTreeMap<String, Met> = BTreeMap::new();
        for (index, block) in cx.own_text() {
            let text = block.text();
            for range in block.prose.words().filter(|word| word.len() >= SHORTEST) {
                let start = range.start;
                // A flattened citation may be glued to the word.
                let word = text[range].trim_end_matches(|c: char| c.is_ascii_digit());
                let end = start + word.len();
                if word.len() < SHORTEST || !stands_alone(text, start, end) {
                    continue;
                }
                let Some((word, name)) = misspelled(cx, word) else { continue };
                if block.marks_at(start).any(|mark| matches!(mark, MarkKind::Code)) || !sentences::is_english(text, start) {
                    continue;
                }
                let place = Place::new(index, start..end);
                words.entry(word).or_insert_with(|| Met { name, places: Vec::new() }).places.push(place);
            }
        }
        for (word, met) in words {
            if !self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(&word)) && is_credible(cx, &word, &met) {
                report(cx, &met, sink);
            }
        }
    }
}

/// A misspelled word has as many letters.
const SHORTEST: usize = 6;

/// A word in all its places.
struct Met {
    name: &'static str,
    places: Vec<Place>,
}

/// The word in lower case and the name that it misspells. Capitals inside a word make it a name of another kind.
fn misspelled(cx: &Cx<'_>, word: &str) -> Option<(String, &'static str)> {
    let rest = word.get(1..)?;
    if !rest.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if word.as_bytes()[0].is_ascii_lowercase() {
        return cx.lexicon.misspelled(word).map(|name| (word.to_owned(), name));
    }
    let word = word.to_ascii_lowercase();
    cx.lexicon.misspelled(&word).map(|name| (word, name))
}

/// A part of a longer term, an address or an identifier is no word of its own.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let before = start.checked_sub(1).map_or(b' ', |i| bytes[i]);
    let after = bytes.get(end).copied().unwrap_or(b' ');
    let inside = bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    let joined_before = matches!(before, b'-' | b'_' | b'@' | b'#' | b'\\' | b'\'' | b'&' | b'.');
    let joined_after = matches!(after, b'_' | b'@' | b'\\') || after == b'.' && inside;
    !joined_before && !joined_after
}

/// Whether the word is an error and no word that the lexicon lacks: a capital where none belongs makes it a name, and so does
/// a title in the list that has it too.
fn is_credible(cx: &Cx<'_>, word: &str, met: &Met) -> bool {
    let named = || cx.article.medicines.iter().any(|medicine| cx.words(medicine.place).eq_ignore_ascii_case(met.name));
    let capital = met.places.iter().all(|&place| {
        let text = cx.document.block(place).text();
        cx.words(place).starts_with(|c: char| c.is_ascii_uppercase()) && !sentences::starts_at(text, place.start as usize)
    });
    let cited = || {
        let holds = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|other| other.eq_ignore_ascii_case(word));
        cx.article.references.entries.iter().any(|entry| holds(entry.text()))
    };
    (!capital || named()) && !cited()
}

fn report(cx: &Cx<'_>, met: &Met, sink: &mut Sink<'_>) {
    let first = met.places[0];
    let words = cx.words(first);
    let name = if words.starts_with(|c: char| c.is_ascii_uppercase()) { capitalized(met.name) } else { met.name.to_owned() };
    let times = match met.places.len() {
        1 => String::new(),
        count => format!(", {count} times"),
    };
    let mut finding = Finding::new(cx.span(first), format!("“{words}” is no known medicine, but “{name}” is{times}"))
        .help(format!("Check the name; write “{name}” if it is meant"))
        .data("word", words)
        .data("name", met.name);
    for &place in &met.places[1..] {
        finding = finding.label(cx.span(place), "here too");
    }
    if let Some(span) = cx.document.block(first).prose.editable(first.range()) {
        finding = finding.fix(Safety::Manual, format!("Write “{name}”"), vec![Edit { span, text: name }]);
    }
    sink.report(finding);
}

fn capitalized(name: &str) -> String {
    name[..1].to_ascii_uppercase() + &name[1..]
}

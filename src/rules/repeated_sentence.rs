use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::article::sentences;
use crate::diagnostic::{Finding, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "repeated-sentence",
    category: Category::Text,
    summary: "the same sentence stands twice",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/repeated-sentence.md"),
    make: make::<RepeatedSentence>,
    defaults: defaults::<RepeatedSentence>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RepeatedSentence {
    /// Shorter sentences may stand several times.
    min_words: usize,
}

impl Default for RepeatedSentence {
    fn default() -> Self {
        Self { min_words: 8 }
    }
}

impl Rule for RepeatedSentence {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut met: HashMap<u64, Place> = HashMap::new();
        for (index, block) in cx.running_text() {
            for range in sentences::all(block.text()) {
                let place = Place::new(index, range);
                // Shorter ones cannot have the words, and are not hashed.
                if cx.words(place).len() < self.min_words * 4 {
                    continue;
                }
                let (hash, words) = folded(cx.words(place));
                if words < self.min_words {
                    continue;
                }
                match met.entry(hash) {
                    Vacant(entry) => {
                        entry.insert(place);
                    }
                    Occupied(first) => sink.report(finding(cx, *first.get(), place)),
                }
            }
        }
    }
}

fn finding(cx: &Cx<'_>, first: Place, again: Place) -> Finding {
    let start: String = cx.words(again).split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    Finding::new(cx.span(again), format!("the sentence “{start} …” stands twice"))
        .label(cx.span(first), "it stands here first")
        .help("Keep one of them")
}

/// A hash of the letters of a sentence in small letters, and how many words it has. Numbers count: what differs in one says
/// another thing; the digits of citations do not stand in words.
fn folded(sentence: &str) -> (u64, usize) {
    let mut hasher = DefaultHasher::new();
    let mut words = 0;
    let bare = sentence.trim_end_matches(|c: char| c.is_ascii_digit() || ",–-[]^() ".contains(c));
    for word in bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        match word.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
            true => word.to_lowercase().hash(&mut hasher),
            false => word.hash(&mut hasher),
        }
    }
    (hasher.finish(), words)
}

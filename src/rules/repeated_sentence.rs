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
    summary: "the same sentence stands twice, word for word or nearly",
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
        let mut met: HashMap<u64, (Place, u64)> = HashMap::new();
        for (index, block) in cx.running_text() {
            for range in sentences::all(block.text()) {
                let place = Place::new(index, range);
                // Shorter ones cannot have the words, and are not hashed.
                if cx.words(place).len() < self.min_words * 4 {
                    continue;
                }
                let folded = Folded::new(cx.words(place));
                if folded.words < self.min_words {
                    continue;
                }
                match met.entry(folded.core) {
                    Vacant(entry) => {
                        entry.insert((place, folded.whole));
                    }
                    Occupied(first) => {
                        let (first, whole) = *first.get();
                        sink.report(finding(cx, first, place, if whole == folded.whole { "" } else { ", with little words changed" }));
                    }
                }
            }
        }
    }
}

fn finding(cx: &Cx<'_>, first: Place, again: Place, how: &str) -> Finding {
    let start: String = cx.words(again).split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    Finding::new(cx.span(again), format!("the sentence “{start} …” stands twice{how}"))
        .label(cx.span(first), "it stands here first")
        .help("Keep one of them")
}

/// Words that come and go as a sentence is copied and change nothing of what it says.
const LITTLE: [&str; 12] = ["a", "also", "an", "furthermore", "however", "moreover", "that", "the", "then", "therefore", "thus", "which"];

/// A sentence by the letters of its words in small letters. Numbers count: what differs in one says another thing; the digits of
/// citations do not stand in words.
struct Folded {
    whole: u64,
    /// Without little words.
    core: u64,
    words: usize,
}

impl Folded {
    fn new(sentence: &str) -> Self {
        let (mut whole, mut core, mut words) = (DefaultHasher::new(), DefaultHasher::new(), 0);
        let bare = sentence.trim_end_matches(|c: char| c.is_ascii_digit() || ",–-[]^() ".contains(c));
        for word in bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words += 1;
            let lower;
            let word = if word.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
                lower = word.to_lowercase();
                lower.as_str()
            } else {
                word
            };
            word.hash(&mut whole);
            if LITTLE.binary_search(&word).is_err() {
                word.hash(&mut core);
            }
        }
        Folded { whole: whole.finish(), core: core.finish(), words }
    }
}

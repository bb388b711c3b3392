use serde::{Deserialize, Serialize};

use crate::article::sentences;
use crate::diagnostic::{Finding, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "long-sentence",
    category: Category::Text,
    summary: "a sentence with more words than a reader holds",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/long-sentence.md"),
    make: make::<LongSentence>,
    defaults: defaults::<LongSentence>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct LongSentence {
    /// The most words of a sentence.
    words: usize,
}

impl Default for LongSentence {
    fn default() -> Self {
        Self { words: 45 }
    }
}

impl Rule for LongSentence {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for (index, block) in cx.running_text() {
            for range in sentences::all(block.text()) {
                let sentence = &block.text()[range.clone()];
                let count = sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
                // A list between semicolons is read item by item.
                if count > self.words && sentence.matches(';').count() < 3 {
                    let start: String = sentence.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
                    let message = format!("“{start} …” has {count} words, more than {}", self.words);
                    sink.report(
                        Finding::new(cx.span(Place::new(index, range)), message)
                            .help("Make two sentences of it")
                            .data("words", count as u32),
                    );
                }
            }
        }
    }
}

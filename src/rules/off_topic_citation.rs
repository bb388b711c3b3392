use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::citations::Citation;
use crate::article::medicines::Medicine;
use crate::article::references::Reference;
use crate::article::sentences::near;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "off-topic-citation",
    category: Category::Citations,
    summary: "the words before a citation share no subject word with the titles it cites",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/off-topic-citation.md"),
    make: make::<OffTopicCitation>,
    defaults: defaults::<OffTopicCitation>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct OffTopicCitation {
    /// The fewest subject words that text and title must have to be compared.
    least_words: u8,
}

impl Default for OffTopicCitation {
    fn default() -> Self {
        Self { least_words: 5 }
    }
}

/// The beginnings of words that tell a subject: enough of a word to join `metastatic` and `metastases`.
type Subject = BTreeSet<String>;

impl Rule for OffTopicCitation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let entries: BTreeMap<u32, (&Reference, Subject)> =
            cx.article.references.entries.iter().filter_map(|entry| Some((entry.number?, (entry, title(entry))))).collect();
        let common = common(entries.values().map(|(_, subject)| subject));
        for group in &cx.article.citations.groups {
            let block = cx.document.block(group.place);
            if block.in_table() || block.is_heading() {
                continue;
            }
            let cited: Option<Vec<_>> = group.numbers.iter().map(|number| entries.get(number)).collect();
            let Some(cited) = cited.filter(|cited| !cited.is_empty()) else { continue };
            let words = passage(cx, group);
            let least = usize::from(self.least_words);
            let told = |subject: &Subject| subject.difference(&common).count() >= least;
            if !told(&words) || !cited.iter().all(|(_, subject)| told(subject)) {
                continue;
            }
            let shares = |subject: &Subject| subject.iter().any(|word| !common.contains(word) && words.contains(word));
            if cited.iter().any(|(entry, subject)| shares(subject) || is_named(cx, group, entry)) {
                continue;
            }
            let (entry, _) = cited[0];
            let lead = lead(block.text(), group);
            let message = format!("what stands before “{lead}” shares no subject word with the title it cites");
            let title = entry.fields().title.as_ref().map_or(0..0, |title| title.range.clone());
            let finding = Finding::new(group.span, message).label(entry.span_of(title), "the title cited");
            sink.report(finding.help("Look whether the number is the right one").data("numbers", group.numbers.as_slice()));
        }
    }
}

/// Whether the words before a citation name the first author of the work: `Marlow et al.4`
fn is_named(cx: &Cx<'_>, group: &Citation, entry: &Reference) -> bool {
    let text = cx.document.block(group.place).text();
    let surname = entry.fields().authors.first().and_then(|author| author.text.split_whitespace().find(|word| word.chars().count() > 2));
    surname.is_some_and(|surname| text[before(text, group)].contains(surname.trim_end_matches(',')))
}

/// The citation with the word before it.
fn lead<'a>(text: &'a str, group: &Citation) -> &'a str {
    let range = group.place.range();
    let before = text[..range.start].trim_end();
    let start = before.rfind(char::is_whitespace).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    &text[start..range.end]
}

fn title(entry: &Reference) -> Subject {
    let fields = entry.fields();
    let mut words = fields.title.as_ref().map(|title| subject(&title.text)).unwrap_or_default();
    if words.len() >= 3 {
        words.extend(fields.container.iter().flat_map(|journal| subject(&journal.text)));
    }
    words
}

/// How far before a citation its subject is looked for, in bytes: what the sentence calls `they` was named before.
const REACH: usize = 800;

fn before(text: &str, group: &Citation) -> Range<usize> {
    let start = group.place.range().start;
    near(text, start..start, REACH).start..start
}

/// The subject of the words before a citation, with the ingredients of the medicines they name.
fn passage(cx: &Cx<'_>, group: &Citation) -> Subject {
    let text = cx.document.block(group.place).text();
    let range = before(text, group);
    let mut words = subject(&text[range.clone()]);
    let medicines = &cx.article.medicines;
    let start = |medicine: &Medicine| (medicine.place.block, medicine.place.start as usize);
    let (from, to) = ((group.place.block, range.start), (group.place.block, range.end));
    let first = medicines.partition_point(|medicine| start(medicine) < from);
    for medicine in medicines[first..].iter().take_while(|medicine| start(medicine) < to) {
        words.extend(medicine.entry.ingredients().into_iter().flat_map(subject));
    }
    words
}

/// Words of more than a third of the titles, which are the subject of the whole article and tell nothing of one entry.
fn common<'a>(titles: impl Iterator<Item = &'a Subject>) -> Subject {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    let mut all = 0;
    for title in titles {
        all += 1;
        title.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| count * 3 > all && *count > 1).map(|(word, _)| word.clone()).collect()
}

/// The beginnings of the long words, abbreviations and names of a text.
fn subject(text: &str) -> Subject {
    const BEGINNING: usize = 6;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        let letters = word.chars().count();
        letters >= 4 || letters >= 2 && word.chars().filter(|c| c.is_uppercase() || c.is_ascii_digit()).count() >= 2
    });
    let words =
        words.map(str::to_lowercase).filter(|word| word.contains(char::is_alphabetic) && GENERAL.binary_search(&word.as_str()).is_err());
    words.map(|word| word.chars().take(BEGINNING).collect()).collect()
}

/// Words that stand in a sentence on any subject, sorted.
#[rustfmt::skip]
const GENERAL: &[&str] = &[
    "about", "after", "also", "although", "among", "analysis", "approach", "area", "associated", "association", "because", "been",
    "before", "being", "between", "both", "case", "clinical", "compared", "comparison", "controlled", "could", "data", "different",
    "double", "during", "each", "effect", "effective", "effectiveness", "effects", "efficacy", "from", "group", "have", "having", "help",
    "high", "however", "including", "international", "into", "journal", "level", "levels", "like", "long", "many", "more", "most", "much",
    "national", "need", "number", "only", "other", "over", "part", "patient", "patients", "people", "phase", "placebo", "randomised",
    "randomized", "recent", "report", "research", "results", "review", "risk", "role", "several", "should", "significant", "since",
    "some", "studies", "study", "such", "systematic", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "time", "treated", "treatment", "trial", "trials", "under", "update", "used", "using", "versus", "very", "were", "what",
    "when", "where", "which", "while", "will", "with", "within", "without", "would", "years", "your",
];

#[cfg(test)]
mod tests {
    #[test]
    fn general_words_are_sorted() {
        assert!(super::GENERAL.is_sorted_by(|a, b| a < b));
    }
}

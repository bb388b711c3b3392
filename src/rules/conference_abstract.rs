use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::references::{Reference, Sign};
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "conference-abstract",
    category: Category::References,
    summary: "a source is an abstract of a meeting",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/conference-abstract.md"),
    make: make::<ConferenceAbstract>,
    defaults: defaults::<ConferenceAbstract>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ConferenceAbstract {
    /// How old an abstract that is labelled as one may be, in years.
    max_years: i16,
}

impl Default for ConferenceAbstract {
    fn default() -> Self {
        Self { max_years: 2 }
    }
}

impl Rule for ConferenceAbstract {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.listed() {
            let Some((range, labelled)) = abstract_words(entry) else { continue };
            let year = entry.fields().year.as_ref().and_then(|year| year.text.parse::<i16>().ok());
            let age = year.map(|year| cx.today().year() - year);
            let message = match age.filter(|age| *age > self.max_years) {
                Some(age) => format!("“{}” cites an abstract that is {age} years old", &entry.text()[range.clone()]),
                None if labelled => continue,
                None => format!("“{}” cites an abstract, which the entry does not say behind its title", &entry.text()[range.clone()]),
            };
            let finding =
                within(entry, range, message).help("Cite the full article where it has appeared; else put “[abstract]” behind the title");
            sink.report(finding);
        }
    }
}

/// The words that say that the source is an abstract, and whether they are its label.
fn abstract_words(entry: &Reference) -> Option<(Range<usize>, bool)> {
    let text = entry.text();
    let title = entry.fields().title.as_ref().map_or(0..0, |title| title.range.clone());
    let named = entry.signs(Sign::Abstract).find_map(|range| {
        let (before, after) = (text[..range.start].trim_end(), text[range.end..].trim_start_matches(['s', '.']).trim_start());
        if before.ends_with(['[', '(']) && after.starts_with([']', ')']) {
            return Some((range, true));
        }
        // Within a title it is a word like others.
        if title.contains(&range.start) {
            return None;
        }
        let number = number_end(after).map(|length| range.start..text.len() - after.len() + length);
        if after.is_empty() { Some((range, true)) } else { Some((number?, false)) }
    });
    named.or_else(|| Some((entry.sign(Sign::Presented)?, false)))
}

/// Where the number of an abstract ends, as in `LBA3`, `no. 12`, `#5`.
fn number_end(after: &str) -> Option<usize> {
    let number = after.trim_start_matches(|c: char| c == '#' || c == ':' || c.is_whitespace());
    let number = ["no. ", "no ", "nr. ", "number "].iter().find_map(|word| number.strip_prefix(word)).unwrap_or(number);
    let length = number.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.'))).unwrap_or(number.len());
    let words = number[..length].trim_end_matches('.');
    words.contains(|c: char| c.is_ascii_digit()).then_some(after.len() - number.len() + words.len())
}

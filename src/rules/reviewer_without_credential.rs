use serde::{Deserialize, Serialize};

use crate::article::review::{Person, ReviewKind};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "reviewer-without-credential",
    category: Category::Review,
    summary: "a reviewer is named without a degree or profession",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/reviewer-without-credential.md"),
    make: make::<ReviewerWithoutCredential>,
    defaults: defaults::<ReviewerWithoutCredential>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReviewerWithoutCredential {}

impl Rule for ReviewerWithoutCredential {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let statements = cx.article.review.iter().filter(|statement| statement.kind == ReviewKind::Reviewed);
        let reviewers: Vec<_> = statements.filter_map(|statement| statement.reviewer.as_ref()).collect();
        // Metadata often carries the bare name of someone whom the page shows with the degree.
        let credited = reviewers.iter().flat_map(|reviewer| reviewer.people()).any(|person| is_credited(&person));
        for reviewer in &reviewers {
            for person in reviewer.people() {
                let name = &reviewer.name[person.name.clone()];
                if is_credited(&person) || person.board || !is_full_name(name) || credited && reviewer.place.is_none() {
                    continue;
                }
                let span = reviewer.place.map_or(reviewer.span, |place| cx.document.block(place).prose.span(inside(place.range(), &person.name)));
                sink.report(
                    Finding::new(span, format!("“{name}” is named as the reviewer without a degree or profession"))
                        .help("Add what qualifies the reviewer, such as a degree or “consultant dermatologist”")
                        .data("name", name),
                );
                return;
            }
        }
    }
}

fn is_credited(person: &Person) -> bool {
    person.title.is_some() || person.profession || !person.degrees.is_empty()
}

/// A given name and a surname, all with capitals: anything else may be a body or a brand.
fn is_full_name(name: &str) -> bool {
    const PARTICLES: &[&str] = &["al", "bin", "da", "de", "del", "della", "der", "di", "du", "la", "van", "von", "zu"];
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '‑'));
    (2..=4).contains(&words.len()) && words.iter().all(|word| letters(word) && (word.starts_with(char::is_uppercase) || PARTICLES.contains(word)))
}

/// A part of a range that starts at its beginning.
fn inside(whole: std::ops::Range<usize>, part: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    whole.start + part.start..whole.start + part.end
}

use serde::{Deserialize, Serialize};

use crate::article::review::{Person, ReviewKind, Reviewer};
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
        for reviewer in reviewers {
            let people = reviewer.people();
            let bare: Vec<&Person> = people.iter().filter(|person| is_bare(person, &reviewer.name)).collect();
            // Two bare names are more often the peers of a journal.
            if let [person] = bare.as_slice()
                && (reviewer.place.is_some() || !credited)
            {
                sink.report(finding(cx, reviewer, person));
                return;
            }
        }
    }
}

fn is_credited(person: &Person) -> bool {
    person.title.is_some() || person.profession || !person.degrees.is_empty()
}

/// A full name with nothing behind it, be it a degree, a profession or a place of work.
fn is_bare(person: &Person, words: &str) -> bool {
    !is_credited(person) && !person.board && person.range.end == person.name.end && is_full_name(&words[person.name.clone()])
}

/// A given name and a surname, all with capitals: anything else may be a body or a brand.
fn is_full_name(name: &str) -> bool {
    const PARTICLES: &[&str] = &["al", "bin", "da", "de", "del", "della", "der", "di", "du", "la", "van", "von", "zu"];
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '‑'));
    (2..=4).contains(&words.len())
        && words.iter().all(|word| letters(word) && (word.starts_with(char::is_uppercase) || PARTICLES.contains(word)))
}

fn finding(cx: &Cx<'_>, reviewer: &Reviewer, person: &Person) -> Finding {
    let name = &reviewer.name[person.name.clone()];
    let span = match reviewer.place {
        Some(place) => {
            let start = place.range().start;
            cx.document.block(place).prose.span(start + person.name.start..start + person.name.end)
        }
        None => reviewer.span,
    };
    Finding::new(span, format!("“{name}” is named as the reviewer without a degree or profession"))
        .help("Add what qualifies the reviewer, such as a degree or “consultant dermatologist”")
        .data("name", name)
}

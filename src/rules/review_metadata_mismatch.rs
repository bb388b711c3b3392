use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::review::{Origin, ReviewKind, ReviewStatement, Reviewer, StatedDate};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};
use crate::source::Span;

pub static RULE: Entry = Entry {
    id: "review-metadata-mismatch",
    category: Category::Review,
    summary: "the date or reviewer that readers see differs from the metadata",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/review-metadata-mismatch.md"),
    make: make::<ReviewMetadataMismatch>,
    defaults: defaults::<ReviewMetadataMismatch>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReviewMetadataMismatch {}

impl Rule for ReviewMetadataMismatch {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for kind in [ReviewKind::Reviewed, ReviewKind::NextReview] {
            if let Some((seen, key, hidden)) = differing_dates(cx, kind) {
                let what = if kind == ReviewKind::Reviewed { "the review" } else { "the next review" };
                let message = format!("{what} is dated “{}” in the text and “{}” in `{key}`", seen.words, hidden.words);
                let finding = Finding::new(seen.span, message).help("Find out which date is right, and give it in both places");
                sink.report(labelled(finding, hidden.span, &format!("`{key}`")).data("key", key));
            }
        }
        if let Some((seen, hidden)) = differing_reviewers(cx) {
            let message = format!("“{}” is the reviewer in the text and “{}” in the metadata", seen.name, hidden.name);
            let finding = Finding::new(seen.span, message).help("Name the same reviewer in both places");
            sink.report(labelled(finding, hidden.span, "the metadata"));
        }
    }
}

/// Properties of Word files have no place in the text.
fn labelled(finding: Finding, span: Span, what: &str) -> Finding {
    if span.is_empty() { finding } else { finding.label(span, format!("{what} says this")) }
}

fn of_kind<'a>(cx: &Cx<'a>, kind: ReviewKind, in_text: bool) -> impl Iterator<Item = &'a ReviewStatement> {
    let statements = cx.article.review.iter();
    statements.filter(move |statement| {
        statement.kind == kind && (statement.origin == Origin::Text) == in_text && !statement.open && !statement.of_literature
    })
}

/// The newest date of the text and that of the metadata, where no date of the one agrees with any of the other.
fn differing_dates<'a>(cx: &Cx<'a>, kind: ReviewKind) -> Option<(&'a StatedDate, &'a str, &'a StatedDate)> {
    let dated = |in_text| {
        let statements = of_kind(cx, kind, in_text).filter_map(|statement| Some((statement, statement.date.as_ref()?)));
        statements.filter_map(|(statement, stated)| Some((statement, stated, stated.reading.exact()?)))
    };
    // A page has a date or two; more than these few would only take time.
    let hidden: Vec<_> = dated(false).take(MOST).collect();
    let (statement, newest, _) = hidden.iter().max_by_key(|(.., date)| date.last_day())?;
    if dated(true).any(|(.., seen)| hidden.iter().any(|(.., hidden)| seen.agrees_with(*hidden))) {
        return None;
    }
    let (_, seen, _) = dated(true).max_by_key(|(.., date)| date.last_day())?;
    Some((seen, statement.origin.key()?, newest))
}

/// How many dates of the metadata are compared.
const MOST: usize = 16;

/// Reviewers of text and metadata who share no name.
fn differing_reviewers<'a>(cx: &Cx<'a>) -> Option<(&'a Reviewer, &'a Reviewer)> {
    let named = |in_text| of_kind(cx, ReviewKind::Reviewed, in_text).filter_map(|statement| statement.reviewer.as_ref());
    let (seen, hidden) = (named(true).next()?, named(false).next()?);
    let names = |in_text| named(in_text).flat_map(names).collect::<BTreeSet<_>>();
    let (all_seen, all_hidden) = (names(true), names(false));
    (!all_seen.is_empty() && !all_hidden.is_empty() && all_seen.is_disjoint(&all_hidden)).then_some((seen, hidden))
}

/// The words of the names in lower case; none where the reviewer is a body, which goes by many names.
fn names(reviewer: &Reviewer) -> Vec<String> {
    let people = reviewer.people();
    if people.iter().any(|person| person.board) {
        return Vec::new();
    }
    let words = people.iter().flat_map(|person| reviewer.name[person.name.clone()].split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
}

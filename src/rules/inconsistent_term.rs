use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::shapes::Shapes;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "inconsistent-term",
    category: Category::Text,
    summary: "one word is written with and without its hyphen, or against the house list",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/inconsistent-term.md"),
    make: make::<InconsistentTerm>,
    defaults: defaults::<InconsistentTerm>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct InconsistentTerm {
    /// The house's own list: each preferred term with the forms that it replaces.
    terms: BTreeMap<String, Vec<String>>,
}

impl Rule for InconsistentTerm {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let hyphened = hyphened(cx);
        for (closed, joined) in closed(cx, &hyphened) {
            report(cx, &hyphened[&closed], &joined, sink);
        }
        for (preferred, variants) in &self.terms {
            for variant in variants {
                for place in places_of(cx, variant) {
                    let words = cx.words(place);
                    let mut finding = Finding::new(cx.span(place), format!("“{words}” is “{preferred}” in the list of terms"))
                        .help(format!("Write “{preferred}”"));
                    if let Some(span) = cx.document.block(place).prose.editable(place.range()) {
                        finding = finding.fix(Safety::Unsafe, format!("Write “{preferred}”"), vec![Edit { span, text: preferred.clone() }]);
                    }
                    sink.report(finding);
                }
            }
        }
    }
}

/// Words of two parts with a hyphen, by their letters without it.
fn hyphened(cx: &Cx<'_>) -> BTreeMap<String, Vec<Place>> {
    const PART: usize = 3;
    let mut out: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (index, block) in cx.text() {
        let text = block.text();
        let bytes = text.as_bytes();
        for at in memchr::memchr_iter(b'-', bytes) {
            let before = bytes[..at].iter().rev().take_while(|byte| byte.is_ascii_lowercase()).count();
            let behind = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
            // A capital starts a sentence or a heading.
            let before = before + usize::from(bytes[..at - before].last().is_some_and(u8::is_ascii_uppercase));
            let (start, end) = (at - before, at + 1 + behind);
            let alone = !text[..start].ends_with(|c: char| c.is_alphanumeric() || "-–/._@".contains(c))
                && !text[end..].starts_with(|c: char| c.is_alphanumeric() || "-–/_@".contains(c));
            if before >= 2 && behind >= PART && before + behind >= 7 && alone && !parts_meaning(&text[start..at].to_lowercase()) {
                out.entry(format!("{}{}", text[start..at].to_lowercase(), &text[at + 1..end])).or_default().push(Place::new(index, start..end));
            }
        }
    }
    out
}

/// Behind these the hyphen tells two words apart: `re-cover` and `recover`, `un-ionized` and `unionized`.
fn parts_meaning(first: &str) -> bool {
    matches!(first, "re" | "un" | "co" | "de")
}

/// The hyphenless words of the text that stand with a hyphen elsewhere, with their places.
fn closed(cx: &Cx<'_>, hyphened: &BTreeMap<String, Vec<Place>>) -> BTreeMap<String, Vec<Place>> {
    let shapes = Shapes::of(&hyphened.keys().map(String::as_str).collect::<Vec<_>>());
    let mut out: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (index, block) in cx.text() {
        let text = block.text();
        for range in block.prose.words() {
            if !shapes.may_hold(&text[range.clone()]) {
                continue;
            }
            // A capital starts a sentence or a heading.
            let word = text[range.clone()].to_lowercase();
            if hyphened.contains_key(&word) {
                out.entry(word).or_default().push(Place::new(index, range));
            }
        }
    }
    out
}

/// One note for a pair of forms, at the first place of the rarer one.
fn report(cx: &Cx<'_>, hyphened: &[Place], closed: &[Place], sink: &mut Sink<'_>) {
    let (fewer, usual) = if hyphened.len() <= closed.len() { (hyphened, closed) } else { (closed, hyphened) };
    let (first, usual_words) = (fewer[0], cx.words(usual[0]).to_lowercase());
    let edits = fewer.iter().filter_map(|place| {
        let capital = cx.words(*place).starts_with(|c: char| c.is_ascii_uppercase());
        let text = if capital { format!("{}{}", usual_words[..1].to_uppercase(), &usual_words[1..]) } else { usual_words.clone() };
        Some(Edit { span: cx.document.block(*place).prose.editable(place.range())?, text })
    });
    let message =
        format!("“{}” is written “{usual_words}” elsewhere ({} of {} times)", cx.words(first), usual.len(), usual.len() + fewer.len());
    let mut finding = Finding::new(cx.span(first), message).help("Choose one form").fix(
        Safety::Unsafe,
        format!("Write “{usual_words}” throughout"),
        edits.collect(),
    );
    for place in &fewer[1..] {
        finding = finding.label(cx.span(*place), "and here");
    }
    sink.report(finding);
}

/// Where a term stands as whole words, in any case.
fn places_of(cx: &Cx<'_>, term: &str) -> Vec<Place> {
    let mut out = Vec::new();
    for (index, block) in cx.text() {
        let text = block.text();
        for start in block.prose.words().map(|word| word.start) {
            let end = start + term.len();
            let same = !term.is_empty() && text.get(start..end).is_some_and(|words| words.eq_ignore_ascii_case(term));
            if same && !text[end..].starts_with(char::is_alphanumeric) && !text[..start].ends_with('-') {
                out.push(Place::new(index, start..end));
            }
        }
    }
    out
}

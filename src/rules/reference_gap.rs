use serde::{Deserialize, Serialize};

use crate::article::numbering::in_words;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "reference-gap",
    category: Category::References,
    summary: "the numbers of the list skip: an entry was lost",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/reference-gap.md"),
    make: make::<ReferenceGap>,
    defaults: defaults::<ReferenceGap>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReferenceGap {}

impl Rule for ReferenceGap {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let (numbering, entries) = (&cx.article.numbering, &cx.article.references.entries);
        let missing: Vec<u32> = numbering.missing().collect();
        let mut told = 0;
        for pair in entries.windows(2) {
            let (Some(a), Some(b)) = (pair[0].number, pair[1].number) else { continue };
            let lost: Vec<u32> = missing.iter().copied().filter(|n| a < *n && *n < b).collect();
            if lost.is_empty() {
                continue;
            }
            told += 1;
            let span = pair[1].label.unwrap_or(pair[1].span);
            let plural = if lost.len() == 1 { "entry" } else { "entries" };
            let verb = if lost.len() == 1 { "is" } else { "are" };
            let mut finding = Finding::new(span, format!("the list goes from {a} to {b}: {plural} {} {verb} missing", in_words(&lost)))
                .label(pair[0].label.unwrap_or(pair[0].span), format!("{a} stands here"))
                .help(advice(cx, &lost, missing.len()))
                .data("numbers", lost.as_slice());
            for number in lost.iter().filter(|n| numbering.cited.contains_key(n)) {
                let group = &cx.article.citations.groups[numbering.cited[number]];
                finding = finding.label(group.span, format!("{number} is cited here"));
            }
            sink.report(finding);
            if told == MANY {
                return;
            }
        }
    }
}

/// More gaps than this in one list say nothing new.
const MANY: usize = 20;

/// The root cause, where the text tells it: a lost entry, or numbers that were never adjusted.
fn advice(cx: &Cx<'_>, lost: &[u32], gaps: usize) -> String {
    let numbering = &cx.article.numbering;
    let cited: Vec<u32> = lost.iter().copied().filter(|n| numbering.cited.contains_key(n)).collect();
    let others = numbering.undefined().filter(|n| !lost.contains(n)).count();
    let rest = if gaps == lost.len() && others == 0 { "; the other numbers of list and text fit each other" } else { "" };
    if cited.is_empty() {
        format!("Restore what was lost, or renumber text and list: nothing cites {}{rest}", in_words(lost))
    } else {
        format!("Restore entry {}, which the text cites; do not renumber{rest}", in_words(&cited))
    }
}

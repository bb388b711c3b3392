use serde::{Deserialize, Serialize};

use crate::article::citations::Pointer;
use crate::article::numbering::in_words;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "undefined-citation",
    category: Category::Citations,
    summary: "a citation number has no entry in the reference list",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/undefined-citation.md"),
    make: make::<UndefinedCitation>,
    defaults: defaults::<UndefinedCitation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UndefinedCitation {}

/// From this many unknown numbers on, and more unknown than known, the list itself is at fault: one finding says so.
const MANY: usize = 6;

impl Rule for UndefinedCitation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        dangling(cx, sink);
        let numbering = &cx.article.numbering;
        let undefined: Vec<u32> = numbering.undefined().collect();
        if undefined.len() >= MANY && undefined.len() * 2 > numbering.cited.len() {
            let first = &cx.article.citations.groups[numbering.cited[&undefined[0]]];
            sink.report(
                Finding::new(
                    first.span,
                    format!("{} of the {} cited numbers have no entry in the list", undefined.len(), numbering.cited.len()),
                )
                .help("Check that the list is complete and that its numbers are those of the text")
                .data("numbers", undefined.as_slice()),
            );
            return;
        }
        for group in &cx.article.citations.groups {
            let mut missing: Vec<u32> = group.numbers.iter().copied().filter(|n| undefined.binary_search(n).is_ok()).collect();
            missing.sort_unstable();
            missing.dedup();
            if missing.is_empty() {
                continue;
            }
            let (verb, list) = (if missing.len() == 1 { "has" } else { "have" }, in_words(&missing));
            let mut finding =
                Finding::new(group.span, format!("“{}”: {list} {verb} no entry in the reference list", cx.words(group.place)))
                    .help("Add the entry, or correct the number")
                    .data("numbers", missing.as_slice());
            if let Some(neighbour) = cx.article.references.entries.iter().rfind(|entry| entry.number.is_some_and(|n| n < missing[0])) {
                let number = neighbour.number.unwrap_or_default();
                let ends = numbering.highest() == Some(number);
                let note =
                    if ends { format!("the list ends with {number}") } else { format!("the list goes from {number} on without {list}") };
                finding = finding.label(neighbour.label.unwrap_or(neighbour.span), note);
            }
            sink.report(finding);
        }
    }
}

/// Citations that the format ties to an entry which is not there, where no number tells it.
fn dangling(cx: &Cx<'_>, sink: &mut Sink<'_>) {
    let (citations, entries) = (&cx.article.citations, &cx.article.references.entries);
    if entries.is_empty() {
        return;
    }
    let lost: Vec<&Pointer> = citations.pointers.iter().filter(|pointer| pointer.entry.is_none() && !told_by_number(cx, pointer)).collect();
    if lost.len() >= MANY && lost.len() * 2 > citations.pointers.len() {
        let message = format!("{} of the {} links from citations to entries lead nowhere", lost.len(), citations.pointers.len());
        sink.report(Finding::new(lost[0].span, message).help("Check that the list is complete and that its ids are those of the text"));
        return;
    }
    for pointer in lost {
        let words = cx.words(pointer.place);
        sink.report(
            Finding::new(pointer.span, format!("“{words}” points at “{}”, and no entry of the list has this id", pointer.id))
                .help("Add the entry, or correct the id")
                .data("id", pointer.id.as_str()),
        );
    }
}

/// Whether a number of the citation has no entry either, which is told of the whole group.
fn told_by_number(cx: &Cx<'_>, pointer: &Pointer) -> bool {
    let groups = &cx.article.citations.groups;
    let behind = groups.partition_point(|group| (group.place.block, group.place.start) <= (pointer.place.block, pointer.place.start));
    let Some(group) = groups[..behind].last().filter(|group| group.place.block == pointer.place.block) else { return false };
    let own = group
        .members
        .iter()
        .filter(|member| member.range.start < pointer.place.end as usize && (pointer.place.start as usize) < member.range.end);
    own.flat_map(|member| [Some(member.first), member.last]).flatten().any(|n| !cx.article.numbering.listed.contains(&n))
}

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "unlinked-reference",
    category: Category::References,
    summary: "an entry that no citation links to",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/unlinked-reference.md"),
    make: make::<UnlinkedReference>,
    defaults: defaults::<UnlinkedReference>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UnlinkedReference {}

impl Rule for UnlinkedReference {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let citations = &cx.article.citations;
        // Without links nothing can be said.
        if citations.pointers.is_empty() {
            return;
        }
        let linked: BTreeSet<usize> = citations.pointers.iter().filter_map(|pointer| pointer.entry).collect();
        if citations.style.form.is_some() { numbered(cx, &linked, sink) } else { named(cx, &linked, sink) }
    }
}

/// By names and years no citation is known but those that link.
fn named(cx: &Cx<'_>, linked: &BTreeSet<usize>, sink: &mut Sink<'_>) {
    let entries = &cx.article.references.entries;
    let unlinked: Vec<_> = (0..entries.len()).filter(|i| !linked.contains(i)).map(|i| &entries[i]).collect();
    if unlinked.len() > 3 && unlinked.len() * 2 > entries.len() {
        let message = format!("{} of the {} entries are not linked from any citation", unlinked.len(), entries.len());
        sink.report(Finding::new(unlinked[0].span, message).help("Link the citations of the text to their entries"));
        return;
    }
    for entry in unlinked {
        sink.report(
            Finding::new(entry.span, format!("no citation links to “{}”", entry.opening()))
                .help("Cite it in the text, link the citation to it, or move it to a list for further reading")
                .data("ids", entry.ids.clone()),
        );
    }
}

/// By numbers an entry may be cited where the link was forgotten; one that is not cited at all is `uncited-reference`.
fn numbered(cx: &Cx<'_>, linked: &BTreeSet<usize>, sink: &mut Sink<'_>) {
    let citations = &cx.article.citations;
    let links: BTreeSet<(u32, u32)> = citations.pointers.iter().map(|pointer| (pointer.place.block, pointer.place.start)).collect();
    let entries = cx.article.references.entries.iter().enumerate();
    for entry in entries.filter(|(i, _)| !linked.contains(i)).map(|(_, entry)| entry) {
        let first = entry.number.and_then(|number| cx.article.numbering.cited.get(&number));
        let Some(group) = first.map(|&first| &citations.groups[first]) else { continue };
        // Inside a range of two links the numbers between need none.
        let place = group.place;
        if links.range((place.block, place.start)..(place.block, place.end)).next().is_none() {
            sink.report(
                Finding::new(
                    entry.span,
                    format!("no citation links to reference {}: “{}”", entry.number.unwrap_or_default(), entry.opening()),
                )
                .label(group.span, "cited here without a link")
                .help("Link the citation to the entry")
                .data("ids", entry.ids.clone()),
            );
        }
    }
}

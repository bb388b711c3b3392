use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "unlinked-reference",
    category: Category::References,
    summary: "an entry without a number that no citation links to",
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
        let (citations, entries) = (&cx.article.citations, &cx.article.references.entries);
        // By numbers `uncited-reference` says it; without links nothing can be said.
        if citations.style.form.is_some() || citations.pointers.is_empty() {
            return;
        }
        let linked: BTreeSet<usize> = citations.pointers.iter().filter_map(|pointer| pointer.entry).collect();
        let unlinked: Vec<_> = (0..entries.len()).filter(|i| !linked.contains(i)).map(|i| &entries[i]).collect();
        if unlinked.len() > 3 && unlinked.len() * 2 > entries.len() {
            let message = format!("{} of the {} entries are not linked from any citation", unlinked.len(), entries.len());
            sink.report(Finding::new(unlinked[0].span, message).help("Link the citations of the text to their entries"));
            return;
        }
        for entry in unlinked {
            sink.report(
                Finding::new(entry.span, format!("no citation links to “{}”", opening(entry.text())))
                    .help("Cite it in the text, link the citation to it, or move it to a list for further reading")
                    .data("ids", entry.ids.clone()),
            );
        }
    }
}

/// The first words of an entry.
fn opening(text: &str) -> String {
    let end = text.char_indices().nth(60).map_or(text.len(), |(i, _)| text[..i].rfind(' ').unwrap_or(i));
    if end < text.len() { format!("{}…", &text[..end]) } else { text.to_owned() }
}

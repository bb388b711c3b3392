use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::numbering::in_words;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "uncited-reference",
    category: Category::References,
    summary: "an entry of the numbered list that the text never cites",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/uncited-reference.md"),
    make: make::<UncitedReference>,
    defaults: defaults::<UncitedReference>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UncitedReference {
    /// Below this share of cited entries, in percent, one note names them all: the citations were probably lost on copying.
    least_cited_percent: u8,
}

impl Default for UncitedReference {
    fn default() -> Self {
        Self { least_cited_percent: 60 }
    }
}

impl Rule for UncitedReference {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let (numbering, entries) = (&cx.article.numbering, &cx.article.references.entries);
        if cx.article.citations.style.form.is_none() || numbering.cited.is_empty() {
            return;
        }
        // A link cites its entry even where another number is printed: that is the matter of `misdirected-citation`.
        let linked: BTreeSet<usize> = cx.article.citations.pointers.iter().filter_map(|pointer| pointer.entry).collect();
        let uncited: Vec<_> = entries
            .iter()
            .enumerate()
            .filter(|(i, entry)| entry.number.is_some_and(|n| !numbering.cited.contains_key(&n)) && !linked.contains(i))
            .map(|(_, entry)| entry)
            .collect();
        let share = 100 - 100 * uncited.len() / entries.len().max(1);
        if uncited.len() > 3 && share < self.least_cited_percent as usize {
            let numbers: Vec<u32> = uncited.iter().filter_map(|entry| entry.number).collect();
            sink.report(
                Finding::new(uncited[0].label.unwrap_or(uncited[0].span), format!("{} of the {} entries are not cited: {}", uncited.len(), entries.len(), in_words(&numbers)))
                    .severity(Severity::Info)
                    .help("Cite them in the text, move them to a list for further reading, or check that the citations were not lost on the way here")
                    .data("numbers", numbers.as_slice()),
            );
            return;
        }
        for entry in uncited {
            let number = entry.number.unwrap_or_default();
            sink.report(
                Finding::new(entry.span, format!("reference {number} is never cited: “{}”", entry.opening()))
                    .help("Cite it in the text, or move it to a list for further reading")
                    .data("numbers", [number].as_slice()),
            );
        }
    }
}

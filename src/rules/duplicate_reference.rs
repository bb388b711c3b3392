use serde::{Deserialize, Serialize};

use crate::article::references::{Likeness, Reference, duplicates};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "duplicate-reference",
    category: Category::References,
    summary: "the list gives the same work twice",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/duplicate-reference.md"),
    make: make::<DuplicateReference>,
    defaults: defaults::<DuplicateReference>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct DuplicateReference {}

impl Rule for DuplicateReference {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let entries = &cx.article.references.entries;
        for (earlier, later, likeness) in duplicates(entries) {
            let (first, second) = (&entries[earlier], &entries[later]);
            let how = match likeness {
                Likeness::Same => "word for word",
                _ => "written differently",
            };
            let mut finding = Finding::new(second.span, message(first, second, how))
                .label(first.span, "the same work stands here first")
                .help("Keep one of them, cite it by its number in both places, and renumber the list");
            if let (Some(a), Some(b)) = (first.number, second.number) {
                finding = finding.data("numbers", [a, b].as_slice());
            }
            sink.report(finding);
        }
    }
}

fn message(first: &Reference, second: &Reference, how: &str) -> String {
    match (first.number, second.number) {
        (Some(a), Some(b)) => format!("references {a} and {b} cite the same work, {how}: {}", second.quote()),
        _ => format!("Two references cite the same work, {how}: {}", second.quote()),
    }
}

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::document::BlockKind;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-reference-heading",
    category: Category::References,
    summary: "the list of references has no heading",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-reference-heading.md"),
    make: make::<MissingReferenceHeading>,
    defaults: defaults::<MissingReferenceHeading>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingReferenceHeading {}

impl Rule for MissingReferenceHeading {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let references = &cx.article.references;
        let (Some(first), None, [run, ..]) = (references.entries.first(), references.heading, references.blocks.as_slice()) else { return };
        // A list that the format itself marks needs no heading to be found, and footnotes stand under none.
        let marked = |kind: &BlockKind| matches!(kind, BlockKind::Reference { .. } | BlockKind::Footnote { .. });
        if cx.document.blocks[run.clone()].iter().any(|block| marked(&block.kind)) {
            return;
        }
        let count = references.entries.len();
        let finding = Finding::new(first.span, format!("the list of {count} references has no heading"));
        sink.report(finding.help("Write a heading such as “References” over the list"));
    }
}

use serde::{Deserialize, Serialize};

use crate::article::numbering::in_words;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-reference-list",
    category: Category::Citations,
    summary: "the text cites by numbers, and there is no list",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-reference-list.md"),
    make: make::<MissingReferenceList>,
    defaults: defaults::<MissingReferenceList>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingReferenceList {}

impl Rule for MissingReferenceList {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let groups = &cx.article.citations.groups;
        if !cx.article.references.entries.is_empty() || cx.article.citations.style.form.is_none() || groups.len() < 2 {
            return;
        }
        let numbers: Vec<u32> = cx.article.numbering.cited.keys().copied().collect();
        sink.report(
            Finding::new(groups[0].span, format!("the text cites {} by number, and no reference list was found", in_words(&numbers)))
                .label(groups[1].span, "cited here too")
                .help(
                    "Add the list under a heading “References”; a list that a script loads or that stands in another file is not seen here",
                )
                .data("numbers", numbers.as_slice()),
        );
    }
}

use serde::{Deserialize, Serialize};

use crate::article::references::Element;
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-source",
    category: Category::References,
    summary: "an entry has volume and pages, and names no journal",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-source.md"),
    make: make::<MissingSource>,
    defaults: defaults::<MissingSource>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingSource {}

impl Rule for MissingSource {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.lacking(Element::Source) {
            let message = format!("the entry names no journal for {}", entry.quote());
            sink.report(about(entry, message).help("Add the journal before its volume"));
        }
    }
}

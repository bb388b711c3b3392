use serde::{Deserialize, Serialize};

use crate::article::references::Element;
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-locator",
    category: Category::References,
    summary: "an entry gives a journal without volume, pages or article number",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-locator.md"),
    make: make::<MissingLocator>,
    defaults: defaults::<MissingLocator>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingLocator {}

impl Rule for MissingLocator {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.lacking(Element::Locator) {
            let journal = entry.fields().container.as_ref().map_or("", |container| container.text.as_str());
            let message = format!("“{journal}” has no volume, pages or article number");
            sink.report(about(entry, message).help("Add volume and pages, the article number, or the DOI"));
        }
    }
}

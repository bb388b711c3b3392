use serde::{Deserialize, Serialize};

use crate::article::references::Element;
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-title",
    category: Category::References,
    summary: "an entry gives no title",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-title.md"),
    make: make::<MissingTitle>,
    defaults: defaults::<MissingTitle>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingTitle {}

impl Rule for MissingTitle {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.lacking(Element::Title) {
            let journal = entry.fields().container.as_ref().map_or("", |container| container.text.as_str());
            let message = format!("no title stands between the authors and “{journal}”");
            sink.report(about(entry, message).help("Add the title of the article"));
        }
    }
}

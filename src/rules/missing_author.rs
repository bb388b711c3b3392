use serde::{Deserialize, Serialize};

use crate::article::references::Element;
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-author",
    category: Category::References,
    summary: "an entry for an article in a journal names no author",
    severity: Severity::Warning,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-author.md"),
    make: make::<MissingAuthor>,
    defaults: defaults::<MissingAuthor>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingAuthor {}

impl Rule for MissingAuthor {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.lacking(Element::Author) {
            let message = format!("the entry names no author of {}", entry.quote());
            sink.report(about(entry, message).help("Add the authors, or the body that signs the article"));
        }
    }
}

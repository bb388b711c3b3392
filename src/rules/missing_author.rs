use serde::{Deserialize, Serialize};

use crate::article::references::{Element, Kind};
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-author",
    category: Category::References,
    summary: "an entry names no author",
    severity: Severity::Warning,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-author.md"),
    make: make::<MissingAuthor>,
    defaults: defaults::<MissingAuthor>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingAuthor {
    /// The kinds of sources that must have an author.
    kinds: Vec<Kind>,
}

impl Default for MissingAuthor {
    fn default() -> Self {
        Self { kinds: vec![Kind::Journal] }
    }
}

impl Rule for MissingAuthor {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.lacking_among(Element::Author, |kind| self.kinds.contains(&kind)) {
            let message = format!("the entry names no author of {}", entry.quote());
            sink.report(about(entry, message).help("Add the authors, or the body that signs the article"));
        }
    }
}

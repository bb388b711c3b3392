use serde::{Deserialize, Serialize};

use crate::article::references::Element;
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-year",
    category: Category::References,
    summary: "an entry gives no year",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-year.md"),
    make: make::<MissingYear>,
    defaults: defaults::<MissingYear>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingYear {}

impl Rule for MissingYear {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.lacking(Element::Year) {
            let message = format!("the entry gives no year for {}", entry.quote());
            sink.report(about(entry, message).help("Add the year of publication"));
        }
    }
}

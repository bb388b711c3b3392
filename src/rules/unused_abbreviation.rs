use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "unused-abbreviation",
    category: Category::Text,
    summary: "an abbreviation is given and never used",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/unused-abbreviation.md"),
    make: make::<UnusedAbbreviation>,
    defaults: defaults::<UnusedAbbreviation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UnusedAbbreviation {}

impl Rule for UnusedAbbreviation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for (short, abbreviation) in cx.article.abbreviations(cx.document) {
            let ([only], []) = (&abbreviation.definitions[..], &abbreviation.uses[..]) else { continue };
            let message = format!("“{short}” is given here and never used");
            sink.report(Finding::new(cx.span(*only), message).help("Leave out the abbreviation"));
        }
    }
}

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "unreadable-part",
    category: Category::Text,
    summary: "a part of the file cannot be read, so it is not checked",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/unreadable-part.md"),
    make: make::<UnreadablePart>,
    defaults: defaults::<UnreadablePart>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnreadablePart {}

impl Rule for UnreadablePart {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for problem in &cx.document.problems {
            sink.report(Finding::new(problem.span, &problem.message).help(&problem.help));
        }
    }
}

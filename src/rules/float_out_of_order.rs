use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::floats::{Float, FloatKind};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "float-out-of-order",
    category: Category::Text,
    summary: "tables or figures are first mentioned out of their order",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/float-out-of-order.md"),
    make: make::<FloatOutOfOrder>,
    defaults: defaults::<FloatOutOfOrder>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct FloatOutOfOrder {}

impl Rule for FloatOutOfOrder {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let floats = cx.article.floats(cx.document);
        for kind in [FloatKind::Table, FloatKind::Figure] {
            let numbers: BTreeSet<u32> = floats.captions.iter().filter(|float| float.kind == kind).map(|float| float.number).collect();
            let mut waiting = numbers.clone();
            let in_text = |float: &&Float| float.kind == kind && !float.in_caption && numbers.contains(&float.number);
            for float in floats.mentions.iter().filter(in_text) {
                let first = waiting.remove(&float.number);
                // One that is never mentioned is told by its own rule.
                let later = |number: u32| floats.mentions.iter().filter(in_text).find(|other| other.number == number);
                let passed = waiting.iter().copied().filter(|number| *number < float.number).find_map(later);
                if let Some(passed) = passed.filter(|_| first) {
                    report(cx, float, passed, sink);
                    break;
                }
            }
        }
    }
}

/// One note for a kind, at the first jump.
fn report(cx: &Cx<'_>, float: &Float, passed: &Float, sink: &mut Sink<'_>) {
    let kind = float.kind.name();
    let message = format!("{kind} {} is mentioned before {kind} {}", float.number, passed.number);
    let finding = Finding::new(cx.span(float.place), message)
        .label(cx.span(passed.place), format!("{kind} {} first appears here", passed.number))
        .help("Number them in the order of their first mention")
        .data("numbers", [float.number, passed.number].as_slice());
    sink.report(finding);
}

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::citations::Citation;
use crate::article::numbering::in_words;
use crate::article::sequence::{first_appearances, is_by_name};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "citation-out-of-order",
    category: Category::Citations,
    summary: "numbers do not first appear in rising order",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/citation-out-of-order.md"),
    make: make::<CitationOutOfOrder>,
    defaults: defaults::<CitationOutOfOrder>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct CitationOutOfOrder {
    order: Order,
}

impl Default for CitationOutOfOrder {
    fn default() -> Self {
        Self { order: Order::Auto }
    }
}

/// In what order the list is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Order {
    /// By first citation, unless the list is in the order of the authors' names.
    Auto,
    /// By first citation (citation-sequence).
    Sequence,
    /// By name (citation-name): nothing to check.
    Alphabetical,
}

impl Rule for CitationOutOfOrder {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let numbering = &cx.article.numbering;
        let Some(highest) = numbering.highest() else { return };
        if self.order == Order::Alphabetical {
            return;
        }
        let firsts: Vec<(u32, &Citation)> = first_appearances(cx.document, &cx.article.citations, highest);
        // For each first appearance: the lower numbers that appear only later, and were not told yet.
        let mut jumps: Vec<(u32, &Citation, Vec<u32>)> = Vec::new();
        let mut late: BTreeSet<u32> = firsts.iter().map(|(n, _)| *n).collect();
        let mut told: BTreeSet<u32> = BTreeSet::new();
        for &(number, group) in &firsts {
            late.remove(&number);
            let before: Vec<u32> = late.range(..number).copied().filter(|n| !told.contains(n)).collect();
            if !before.is_empty() {
                told.extend(&before);
                jumps.push((number, group, before));
            }
        }
        if self.order == Order::Auto && is_by_name(&firsts, &cx.article.references) {
            return;
        }
        let order: Vec<u32> = firsts.iter().map(|(n, _)| *n).collect();
        // A number without an entry may stand for any work: the new numbers are not known before it is settled.
        let undefined: Vec<u32> = numbering.undefined().filter(|n| *n <= highest).collect();
        let advice = if undefined.is_empty() {
            renumbering(&order)
        } else {
            format!(
                "Settle {} first, which the list lacks; then renumber text and list together in the order of first citation",
                in_words(&undefined)
            )
        };
        for (number, group, skipped) in jumps {
            let mut numbers = vec![number];
            numbers.extend(&skipped);
            let mut finding =
                Finding::new(group.span, format!("“{}”: {number} is cited before {}", cx.words(group.place), in_words(&skipped)))
                    .help(advice.clone())
                    .data("numbers", numbers.as_slice())
                    .data("order", order.as_slice());
            if let Some((_, later)) = firsts.iter().find(|(n, _)| *n == skipped[0]) {
                finding = finding.label(later.span, format!("{} first appears here", skipped[0]));
            }
            sink.report(finding);
        }
    }
}

/// Says how the list would be numbered by first citation.
fn renumbering(order: &[u32]) -> String {
    const SHOWN: usize = 12;
    let moved: Vec<String> = order.iter().zip(1..).filter(|&(&old, new)| old != new).map(|(old, new)| format!("{old}→{new}")).collect();
    let more = if moved.len() > SHOWN { format!(" and {} more", moved.len() - SHOWN) } else { String::new() };
    format!("Renumber text and list together in the order of first citation: {}{more}", moved[..moved.len().min(SHOWN)].join(", "))
}

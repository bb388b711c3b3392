use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::numbering::in_words;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "repeated-in-citation",
    category: Category::Citations,
    summary: "a citation group names a number twice",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/repeated-in-citation.md"),
    make: make::<RepeatedInCitation>,
    defaults: defaults::<RepeatedInCitation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RepeatedInCitation {}

impl Rule for RepeatedInCitation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for group in &cx.article.citations.groups {
            let mut seen = BTreeSet::new();
            let mut twice: Vec<u32> = Vec::new();
            let mut edits = Vec::new();
            let mut fixable = !group.apart && group.is_plain(cx.document);
            for (i, member) in group.members.iter().enumerate() {
                let again: Vec<u32> = member.numbers().filter(|n| !seen.insert(*n)).collect();
                if again.is_empty() {
                    continue;
                }
                twice.extend(&again);
                // A lone number that is there already goes away with the comma before it; ranges that overlap are the author's to sort out.
                let lone = member.last.is_none() && i > 0;
                let prose = &cx.document.block(group.place).prose;
                match prose.editable(group.members[i.saturating_sub(1)].range.end..member.range.end) {
                    Some(span) if lone => edits.push(Edit { span, text: String::new() }),
                    _ => fixable = false,
                }
            }
            if twice.is_empty() {
                continue;
            }
            twice.sort_unstable();
            twice.dedup();
            let mut finding = Finding::new(group.span, format!("“{}” cites {} twice", cx.words(group.place), in_words(&twice)))
                .help("Name each number once")
                .data("numbers", twice.as_slice());
            if fixable {
                finding = finding.fix(Safety::Safe, "Name each number once", edits);
            }
            sink.report(finding);
        }
    }
}

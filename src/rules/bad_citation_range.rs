use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "bad-citation-range",
    category: Category::Citations,
    summary: "a citation range runs backwards, is empty, or passes the end of the list",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/bad-citation-range.md"),
    make: make::<BadCitationRange>,
    defaults: defaults::<BadCitationRange>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct BadCitationRange {}

impl Rule for BadCitationRange {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let highest = cx.article.numbering.highest();
        for group in &cx.article.citations.groups {
            for member in &group.members {
                let Some(last) = member.last else { continue };
                let first = member.first;
                let what = if last < first {
                    format!("runs backwards, from {first} to {last}")
                } else if last == first {
                    format!("goes from {first} to {first}")
                } else if let Some(highest) = highest.filter(|&highest| last > highest) {
                    format!("passes the end of the list, which is {highest}")
                } else {
                    continue;
                };
                let block = cx.document.block(group.place);
                sink.report(
                    Finding::new(
                        block.prose.span(member.range.clone()),
                        format!("the range “{}” {what}", &block.text()[member.range.clone()]),
                    )
                    .help("Correct the numbers; the intended end is not known")
                    .data("numbers", [first, last].as_slice()),
                );
            }
        }
    }
}

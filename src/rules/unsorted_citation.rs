use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "unsorted-citation",
    category: Category::Citations,
    summary: "the numbers of a citation group do not rise",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/unsorted-citation.md"),
    make: make::<UnsortedCitation>,
    defaults: defaults::<UnsortedCitation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UnsortedCitation {}

impl Rule for UnsortedCitation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for group in &cx.article.citations.groups {
            let members = &group.members;
            let backwards = members.iter().any(|m| m.last.is_some_and(|last| last <= m.first));
            let falls = members.windows(2).any(|pair| pair[1].first < pair[0].first);
            if backwards || !falls {
                continue;
            }
            let text = cx.document.block(group.place).text();
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|member| member.first);
            let words: Vec<&str> = sorted.iter().map(|member| &text[member.range.clone()]).collect();
            let mut finding = Finding::new(group.span, format!("“{}” is not in rising order", cx.words(group.place)))
                .help(format!("Write {}", words.join(",")))
                .data("numbers", group.numbers.as_slice());
            let prose = &cx.document.block(group.place).prose;
            let edits: Option<Vec<Edit>> = members
                .iter()
                .zip(&words)
                .map(|(member, word)| prose.editable(member.range.clone()).map(|span| Edit { span, text: (*word).to_owned() }))
                .collect();
            // A page behind a number, as in `2(p4),1`, would stay behind when the numbers move.
            if let Some(edits) = edits.filter(|_| group.is_plain(cx.document) && !group.apart) {
                finding = finding.fix(Safety::Safe, format!("Write {}", words.join(",")), edits);
            }
            sink.report(finding);
        }
    }
}

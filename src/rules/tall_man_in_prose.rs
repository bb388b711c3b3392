use serde::{Deserialize, Serialize};

use crate::article::medicines::Setting;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "tall-man-in-prose",
    category: Category::Medicines,
    summary: "capitals of dispensing labels in running text",
    severity: Severity::Info,
    default: false,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/tall-man-in-prose.md"),
    make: make::<TallManInProse>,
    defaults: defaults::<TallManInProse>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TallManInProse {}

impl Rule for TallManInProse {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        if cx.document.blocks.iter().any(|block| teaches(block.text())) {
            return;
        }
        for medicine in &cx.article.medicines {
            let words = cx.words(medicine.place);
            if !medicine.is_plain_generic()
                || medicine.quoted
                || !matches!(medicine.setting, Setting::Running | Setting::ListItem)
                || !is_tall_man(words)
            {
                continue;
            }
            let plain = words.to_lowercase();
            let mut finding = Finding::new(medicine.span, format!("“{words}” has the capitals of a dispensing label"))
                .help(format!("Write “{plain}” in running text"))
                .data("name", medicine.entry.name.as_str());
            if let Some(span) = cx.document.block(medicine.place).prose.editable(medicine.place.range()).filter(|_| !medicine.leads) {
                finding = finding.fix(Safety::Safe, format!("Write “{plain}”"), vec![Edit { span, text: plain }]);
            }
            sink.report(finding);
        }
    }
}

/// Capitals beside small letters inside one word: `predniSONE`, `DOXOrubicin`.
fn is_tall_man(words: &str) -> bool {
    let capitals = |word: &str| word.bytes().skip(1).filter(u8::is_ascii_uppercase).count();
    words.split(' ').any(|word| capitals(word) >= 2 && word.bytes().any(|byte| byte.is_ascii_lowercase()))
}

/// An article on the practice shows it.
fn teaches(text: &str) -> bool {
    ["tall man", "tall-man", "Tall man", "Tall Man", "Tall-man", "TALLman"]
        .iter()
        .any(|name| memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some())
}

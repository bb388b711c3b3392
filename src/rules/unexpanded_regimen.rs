use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Setting};
use crate::diagnostic::{Finding, Severity};
use crate::lexicon::Kind;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "unexpanded-regimen",
    category: Category::Medicines,
    summary: "a regimen or an abbreviated medicine whose components the article never names",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/unexpanded-regimen.md"),
    make: make::<UnexpandedRegimen>,
    defaults: defaults::<UnexpandedRegimen>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UnexpandedRegimen {
    /// Abbreviations that need no expansion.
    allow: Vec<String>,
}

impl Default for UnexpandedRegimen {
    fn default() -> Self {
        Self { allow: vec!["nab-paclitaxel".to_owned()] }
    }
}

impl Rule for UnexpandedRegimen {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut seen: HashSet<&str> = HashSet::new();
        for medicine in &cx.article.medicines {
            let short = matches!(medicine.kind(), Kind::Regimen | Kind::Abbreviation);
            let running = matches!(medicine.setting, Setting::Running | Setting::ListItem) && !medicine.quoted;
            let name = medicine.entry.name.as_str();
            if !short || !running || self.allow.iter().any(|allowed| allowed == name) || !seen.insert(name) || is_expanded(cx, medicine) {
                continue;
            }
            let contents = medicine.entry.ingredients().join(", ");
            let words = cx.words(medicine.place);
            sink.report(
                Finding::new(medicine.span, format!("“{words}” is never expanded"))
                    .help(format!("Write “{words} ({contents})” where it first stands"))
                    .data("name", name)
                    .data("contents", contents),
            );
        }
    }
}

/// Whether the article names what the abbreviation stands for: each of its components somewhere, or words of its own in a
/// parenthesis beside it, or the abbreviation in one behind them.
fn is_expanded(cx: &Cx<'_>, short: &Medicine) -> bool {
    let named =
        |key: &&str| cx.article.medicines.iter().any(|other| other.kind() != short.kind() && other.entry.ingredients().contains(key));
    if short.entry.ingredients().iter().all(named) {
        return true;
    }
    let mentions = cx.article.medicines.iter().filter(|other| other.entry.name == short.entry.name);
    mentions.into_iter().any(|mention| {
        let text = cx.document.block(mention.place).text();
        let before = text[..mention.place.start as usize].trim_end();
        let after = text[mention.end()..].trim_start();
        before.ends_with(['(', '[', '=']) || after.starts_with(['(', '=', ':', '['])
    })
}

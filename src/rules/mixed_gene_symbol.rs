use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::genes::GeneMention;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "mixed-gene-symbol",
    category: Category::Genes,
    summary: "one symbol is written in two forms",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/mixed-gene-symbol.md"),
    make: make::<MixedGeneSymbol>,
    defaults: defaults::<MixedGeneSymbol>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MixedGeneSymbol {}

impl Rule for MixedGeneSymbol {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut by_symbol: BTreeMap<&str, Vec<&GeneMention>> = BTreeMap::new();
        for mention in cx.article.genes(cx.document) {
            // A glued variant or a plural is no other form of the symbol, and a broken one is told by its own rule.
            if mention.fault.is_none() {
                by_symbol.entry(mention.symbol.text).or_default().push(mention);
            }
        }
        for mentions in by_symbol.values() {
            report(cx, mentions, sink);
        }
    }
}

/// One finding for a symbol, at the first place of its rarer forms.
fn report(cx: &Cx<'_>, mentions: &[&GeneMention], sink: &mut Sink<'_>) {
    let form = |mention: &GeneMention| cx.words(mention.place);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    mentions.iter().for_each(|mention| *counts.entry(form(mention)).or_default() += 1);
    // The commonest form, and of equally common ones the first to appear.
    let first_of = |word: &str| mentions.iter().position(|mention| form(mention) == word);
    let Some(usual) = counts.keys().copied().max_by_key(|word| (counts[word], std::cmp::Reverse(first_of(word)))) else { return };
    let others: Vec<&&GeneMention> = mentions.iter().filter(|mention| form(mention) != usual).collect();
    let Some((first, rest)) = others.split_first() else { return };
    let message = format!("“{}” is written “{usual}” elsewhere ({} of {} times)", form(first), counts[usual], mentions.len());
    let edits = others.iter().filter_map(|mention| {
        let span = cx.document.block(mention.place).prose.editable(mention.place.range())?;
        Some(Edit { span, text: usual.to_owned() })
    });
    let mut finding = Finding::new(cx.span(first.place), message)
        .help(format!("Choose one form; “{}” is the one of the nomenclature", first.symbol.text))
        .data("forms", counts.keys().map(|form| (*form).to_owned()).collect::<Vec<_>>())
        .fix(Safety::Unsafe, format!("Write “{usual}” throughout"), edits.collect());
    for mention in rest {
        finding = finding.label(cx.span(mention.place), "here too");
    }
    sink.report(finding);
}

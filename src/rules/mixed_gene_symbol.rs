use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::genes::{Form, Gene};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "mixed-gene-symbol",
    category: Category::Genes,
    summary: "two forms of one symbol in one article",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/mixed-gene-symbol.md"),
    make: make::<MixedGeneSymbol>,
    defaults: defaults::<MixedGeneSymbol>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct MixedGeneSymbol {}

impl Rule for MixedGeneSymbol {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut symbols: BTreeMap<&str, Vec<(&str, Vec<&Gene>)>> = BTreeMap::new();
        // What `malformed-gene-symbol` reports is no second form.
        for gene in cx.article.genes.iter().filter(|gene| matches!(gene.form, Form::Approved | Form::Other)) {
            let forms = symbols.entry(gene.symbol).or_default();
            let words = cx.words(gene.place);
            match forms.iter_mut().find(|(form, _)| *form == words) {
                Some((_, places)) => places.push(gene),
                None => forms.push((words, vec![gene])),
            }
        }
        for forms in symbols.values().filter(|forms| forms.len() > 1) {
            // Of forms used equally often the one met first is meant.
            let Some(meant) = forms.iter().rev().max_by_key(|(_, places)| places.len()) else { continue };
            for (words, places) in forms.iter().filter(|(words, _)| *words != meant.0) {
                report(cx, words, places, meant.0, meant.1[0], sink);
            }
        }
    }
}

fn report(cx: &Cx<'_>, words: &str, places: &[&Gene], meant: &str, other: &Gene, sink: &mut Sink<'_>) {
    let mut finding = Finding::new(cx.span(places[0].place), format!("“{words}” and “{meant}” are two forms of one symbol"))
        .label(cx.span(other.place), "the other form")
        .help(format!("Write “{meant}” throughout"))
        .data("symbol", other.symbol);
    for gene in &places[1..] {
        finding = finding.label(cx.span(gene.place), "here too");
    }
    let edit = |gene: &&Gene| {
        let span = cx.document.block(gene.place).prose.editable(gene.place.range())?;
        Some(Edit { span, text: meant.to_owned() })
    };
    if let Some(edits) = places.iter().map(edit).collect() {
        finding = finding.fix(Safety::Unsafe, format!("Write “{meant}”"), edits);
    }
    sink.report(finding);
}

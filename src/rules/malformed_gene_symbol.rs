use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::genes::{Form, Gene};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::MarkKind;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "malformed-gene-symbol",
    category: Category::Genes,
    summary: "a gene symbol broken by a space, a plural s or a variant glued to it",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/malformed-gene-symbol.md"),
    make: make::<MalformedGeneSymbol>,
    defaults: defaults::<MalformedGeneSymbol>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct MalformedGeneSymbol {}

impl Rule for MalformedGeneSymbol {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut forms: BTreeMap<&str, Vec<&Gene>> = BTreeMap::new();
        for gene in cx.article.genes.iter().filter(|gene| is_malformed(cx, gene)) {
            forms.entry(cx.words(gene.place)).or_default().push(gene);
        }
        for (words, genes) in forms {
            report(cx, words, &genes, sink);
        }
    }
}

/// A variant that is raised stands apart although its letters touch the symbol, and marked parts may have lost their space.
fn is_malformed(cx: &Cx<'_>, gene: &Gene) -> bool {
    let block = cx.document.block(gene.place);
    match gene.form {
        Form::Spaced | Form::Plural => true,
        Form::Glued { symbol } => {
            let cut = (gene.place.start + symbol) as usize;
            !block.marks_at(cut).any(|mark| matches!(mark, MarkKind::Superscript | MarkKind::Subscript | MarkKind::Emphasis))
                && !block.marks.iter().any(|mark| mark.range.end == cut)
        }
        Form::Approved | Form::Other => false,
    }
}

/// The form that is right.
fn right(gene: &Gene, words: &str) -> String {
    match gene.form {
        Form::Glued { symbol } => {
            let (symbol, variant) = words.split_at(symbol as usize);
            format!("{symbol} {variant}")
        }
        _ => gene.symbol.to_owned(),
    }
}

fn report(cx: &Cx<'_>, words: &str, genes: &[&Gene], sink: &mut Sink<'_>) {
    let first = genes[0];
    let right = right(first, words);
    let problem = match first.form {
        Form::Spaced => "has a space inside the symbol",
        Form::Plural => "has a plural s that is no part of the symbol",
        _ => "has its variant glued to the symbol",
    };
    let shown = if first.form == Form::Plural { " genes" } else { "" };
    let times = match genes.len() {
        1 => String::new(),
        count => format!(", {count} times"),
    };
    let mut finding = Finding::new(cx.span(first.place), format!("“{words}{shown}” {problem}{times}"))
        .help(format!("Write “{right}”"))
        .data("symbol", first.symbol);
    for gene in &genes[1..] {
        finding = finding.label(cx.span(gene.place), "here too");
    }
    let edit = |gene: &&Gene| {
        let span = cx.document.block(gene.place).prose.editable(gene.place.range())?;
        Some(Edit { span, text: right.clone() })
    };
    if let Some(edits) = genes.iter().map(edit).collect() {
        finding = finding.fix(Safety::Safe, format!("Write “{right}”"), edits);
    }
    sink.report(finding);
}

use serde::{Deserialize, Serialize};

use crate::article::genes::{Form, Gene};
use crate::diagnostic::{Finding, Severity};
use crate::document::{Format, MarkKind};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "roman-gene-symbol",
    category: Category::Genes,
    summary: "a gene symbol without italics",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/roman-gene-symbol.md"),
    make: make::<RomanGeneSymbol>,
    defaults: defaults::<RomanGeneSymbol>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RomanGeneSymbol {}

impl Rule for RomanGeneSymbol {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        if cx.document.format == Format::Text {
            return;
        }
        let mut roman = cx
            .article
            .genes
            .iter()
            .filter(|gene| gene.is_gene && gene.form == Form::Approved && is_called_gene(cx, gene) && !is_italic(cx, gene));
        let Some(first) = roman.next() else { return };
        let words = cx.words(first.place);
        let mut finding = Finding::new(cx.span(first.place), format!("“{words}” is called a gene and not in italics"))
            .help("Set symbols of genes in italics, and those of proteins in roman type")
            .data("symbol", first.symbol);
        for gene in roman {
            finding = finding.label(cx.span(gene.place), "here too");
        }
        sink.report(finding);
    }
}

fn is_called_gene(cx: &Cx<'_>, gene: &Gene) -> bool {
    let behind = &cx.document.block(gene.place).text()[gene.place.end as usize..];
    [" gene", " mutation", " variant", " allele"].iter().any(|word| behind.starts_with(word))
}

fn is_italic(cx: &Cx<'_>, gene: &Gene) -> bool {
    cx.document.block(gene.place).marks_at(gene.place.start as usize).any(|mark| *mark == MarkKind::Emphasis)
}

use serde::{Deserialize, Serialize};

use crate::article::genes::GeneMention;
use crate::diagnostic::{Finding, Severity};
use crate::document::{Format, MarkKind};
use crate::lexicon::genes::SymbolKind;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "roman-gene-symbol",
    category: Category::Genes,
    summary: "gene symbols stand in roman where others are in italics",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/roman-gene-symbol.md"),
    make: make::<RomanGeneSymbol>,
    defaults: defaults::<RomanGeneSymbol>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RomanGeneSymbol {}

impl Rule for RomanGeneSymbol {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        // Plain text has no italics to miss.
        if cx.document.format == Format::Text {
            return;
        }
        let roman: Vec<&GeneMention> = cx.article.genes(cx.document).iter().filter(|mention| is_roman(cx, mention)).collect();
        let Some((first, rest)) = roman.split_first() else { return };
        let words = cx.words(first.place);
        let more = match rest.len() {
            0 => String::new(),
            1 => ", nor is 1 more".to_owned(),
            count => format!(", nor are {count} more"),
        };
        let mut finding = Finding::new(cx.span(first.place), format!("the gene “{words}” is not in italics{more}"))
            .help("Set symbols of genes in italics, and those of proteins in roman");
        for mention in rest {
            finding = finding.label(cx.span(mention.place), "and this one");
        }
        sink.report(finding);
    }
}

/// The text calls it a gene, outside a heading, and no markup makes it italic.
fn is_roman(cx: &Cx<'_>, mention: &GeneMention) -> bool {
    const NOUNS: [&str; 8] = ["gene", "mutation", "mutant", "allele", "locus", "deletion", "amplification", "rearrangement"];
    let block = cx.document.block(mention.place);
    let behind = block.text()[mention.place.end as usize..].trim_start_matches([' ', '-', '\u{a0}']);
    mention.symbol.kind == SymbolKind::Gene
        && !block.is_heading()
        && NOUNS.iter().any(|noun| behind.starts_with(noun))
        && !block.marks_at(mention.place.start as usize).any(|mark| matches!(mark, MarkKind::Emphasis))
}

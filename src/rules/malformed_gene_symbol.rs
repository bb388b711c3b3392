use serde::{Deserialize, Serialize};

use crate::article::genes::{Fault, GeneMention};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "malformed-gene-symbol",
    category: Category::Genes,
    summary: "a gene symbol broken by a space, a plural or a glued variant",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/malformed-gene-symbol.md"),
    make: make::<MalformedGeneSymbol>,
    defaults: defaults::<MalformedGeneSymbol>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MalformedGeneSymbol {}

impl Rule for MalformedGeneSymbol {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for mention in cx.article.genes(cx.document) {
            let Some(fault) = mention.fault else { continue };
            let (range, wrong, right) = told(mention, fault, cx.words(mention.place));
            let words = &cx.document.block(mention.place).text()[range.clone()];
            let mut finding = Finding::new(cx.document.block(mention.place).prose.span(range.clone()), format!("“{words}” {wrong}"))
                .help(format!("Write “{right}”"))
                .data("symbol", mention.symbol.text);
            if let Some(span) = cx.document.block(mention.place).prose.editable(range) {
                finding = finding.fix(Safety::Safe, format!("Write “{right}”"), vec![Edit { span, text: right }]);
            }
            sink.report(finding);
        }
    }
}

/// The bytes of the block that are wrong, what is wrong with them, and what should stand there.
fn told(mention: &GeneMention, fault: Fault, words: &str) -> (std::ops::Range<usize>, &'static str, String) {
    let range = mention.place.range();
    let symbol = mention.symbol.text;
    match fault {
        Fault::Spaced => (range, "has a space inside the symbol", symbol.to_owned()),
        Fault::Glued(variant) => {
            let right = format!("{symbol} {}", &words[variant - range.start..]);
            (range, "has no space between gene and variant", right)
        }
        Fault::Plural => (range, "gives the symbol a plural before “genes”", symbol.to_owned()),
    }
}

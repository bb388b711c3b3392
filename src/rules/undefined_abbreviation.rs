use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "undefined-abbreviation",
    category: Category::Text,
    summary: "an abbreviation is used and never spelt out",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/undefined-abbreviation.md"),
    make: make::<UndefinedAbbreviation>,
    defaults: defaults::<UndefinedAbbreviation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UndefinedAbbreviation {
    /// Further abbreviations that the readers know.
    known: Vec<String>,
}

/// Abbreviations that every reader of health pages knows, and capitals that are no abbreviations of words. Sorted. Common
/// knowledge, and the AMA Manual of Style, 13.11, for what need not be expanded.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "AIDS", "AM", "AND", "ANOVA", "BA", "BC", "BCE", "BID", "BMJ", "BS", "BSC", "CDC", "CE", "CEO", "CI", "DC", "DNA", "DO", "DOI",
    "DVD", "EDTA", "EMA", "ESC", "ET", "EU", "FAQ", "FDA", "GMT", "HIV", "HTML", "HTTP", "ID", "IM", "IQ", "ISBN", "ISSN", "IT", "IV",
    "JAMA", "LLC", "LTD", "MA", "MD", "MPH", "MRI", "MSC", "NASA", "NEJM", "NHS", "NICE", "NIH", "NO", "NOT", "OK", "OR", "PA", "PDF",
    "PH", "PHD", "PM", "PMC", "PMID", "PO", "QID", "RNA", "SAS", "SC", "SD", "SE", "SEM", "SPSS", "TID", "TV", "UK", "UN", "URL", "US",
    "USA", "UV", "VS", "WHO",
];

impl Rule for UndefinedAbbreviation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for (short, abbreviation) in cx.article.abbreviations(cx.document) {
            let known = KNOWN.binary_search(&short.as_str()).is_ok()
                || self.known.contains(short)
                || short.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
                || cx.article.genes.iter().any(|gene| gene.symbol == short)
                || cx.article.medicines.iter().any(|medicine| medicine.entry.name == *short);
            if known || !abbreviation.definitions.is_empty() || abbreviation.uses.len() < 2 {
                continue;
            }
            let message = format!("“{short}” is used {} times and never spelt out", abbreviation.uses.len());
            sink.report(
                Finding::new(cx.span(abbreviation.uses[0]), message)
                    .help("Give the words at its first mention, with the abbreviation in brackets"),
            );
        }
    }
}

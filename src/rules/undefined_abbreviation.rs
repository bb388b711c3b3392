use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::document::Place;
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
                || cx.article.medicines.iter().any(|medicine| medicine.entry.name == *short);
            if known || !abbreviation.definitions.is_empty() {
                continue;
            }
            // `HER` of `HER 2` is a part of a symbol.
            let uses: Vec<Place> = abbreviation.uses.iter().copied().filter(|place| !is_gene(cx, *place)).collect();
            let [first, _, ..] = uses[..] else { continue };
            let message = format!("“{short}” is used {} times and never spelt out", uses.len());
            sink.report(
                Finding::new(cx.span(first), message).help("Give the words at its first mention, with the abbreviation in brackets"),
            );
        }
    }
}

/// Whether a place lies in the symbol of a gene.
fn is_gene(cx: &Cx<'_>, place: Place) -> bool {
    let behind = cx.article.genes.partition_point(|gene| gene.place <= Place { end: u32::MAX, ..place });
    cx.article.genes[..behind]
        .last()
        .is_some_and(|gene| gene.place.block == place.block && gene.place.range().contains(&(place.start as usize)))
}

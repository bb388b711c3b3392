use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, between, is_connector, mismatches};
use crate::diagnostic::{Finding, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "brand-generic-mismatch",
    category: Category::Medicines,
    summary: "a brand and a nonproprietary name that do not belong together",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/brand-generic-mismatch.md"),
    make: make::<BrandGenericMismatch>,
    defaults: defaults::<BrandGenericMismatch>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct BrandGenericMismatch {}

impl Rule for BrandGenericMismatch {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let medicines = &cx.article.medicines;
        for (name, said) in mismatches(cx.document, medicines) {
            report(cx, &medicines[name], &medicines[said], sink);
        }
        for (i, brand) in medicines.iter().enumerate() {
            if let Some(said) = called_generic(cx, i, brand) {
                let place = Place { end: said as u32, ..brand.place };
                let message = format!("“{}” is a brand name, not a generic name", brand.entry.name);
                sink.report(
                    Finding::new(cx.span(place), message)
                        .help(format!("Call it a brand of {}", contents(brand)))
                        .data("brand", brand.entry.name.as_str())
                        .data("expected", contents(brand)),
                );
            }
        }
    }
}

/// Where the statement ends that calls a brand, or a list of brands, generic names.
fn called_generic(cx: &Cx<'_>, index: usize, brand: &Medicine) -> Option<usize> {
    const STATEMENTS: [&str; 3] = ["generic name", "generic drug", "generic medic"];
    if !brand.is_brand() || brand.entry.guard.is_some() {
        return None;
    }
    let medicines = &cx.article.medicines;
    // The first brand of a list speaks for it.
    if index > 0 && medicines[index - 1].is_brand() && is_connector(between(cx.document, &medicines[index - 1], brand)) {
        return None;
    }
    let mut last = index;
    while last + 1 < medicines.len()
        && medicines[last + 1].is_brand()
        && is_connector(between(cx.document, &medicines[last], &medicines[last + 1]))
    {
        last += 1;
    }
    let start = medicines[last].end();
    let text = cx.document.block(brand.place).text();
    let mut rest = text[start..].strip_prefix(' ')?;
    rest = ["are ", "is ", "were ", "was "].iter().find_map(|verb| rest.strip_prefix(verb))?;
    for word in ["both ", "all ", "the ", "a ", "two ", "three ", "common "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let statement = STATEMENTS.iter().find(|statement| rest.starts_with(**statement))?;
    let end = text.len() - rest.len() + statement.len();
    Some(text[end..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |i| end + i))
}

fn report(cx: &Cx<'_>, name: &Medicine, said: &Medicine, sink: &mut Sink<'_>) {
    let (brand, generic) = if name.is_brand() { (name, said) } else { (said, name) };
    let expected = contents(brand);
    sink.report(
        Finding::new(brand.span, format!("“{}” is {expected}, not “{}”", cx.words(brand.place), cx.words(generic.place)))
            .label(generic.span, "said to be the same medicine")
            .help(format!("Check which of the two is meant; the nonproprietary name of {} is {expected}", brand.entry.name))
            .data("brand", brand.entry.name.as_str())
            .data("generic", generic.entry.name.as_str())
            .data("expected", expected),
    );
}

/// What a brand contains, in words.
fn contents(brand: &Medicine) -> String {
    let readings: Vec<String> = brand.entry.readings.iter().map(|reading| reading.join(" and ")).collect();
    readings.join(" or ")
}

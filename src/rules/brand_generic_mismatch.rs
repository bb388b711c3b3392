use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Pair, Setting, is_connector, pairs};
use crate::diagnostic::{Finding, Severity};
use crate::document::Place;
use crate::lexicon::{Guard, Standing};
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
        for pair in pairs(cx.document, medicines) {
            if let Some(said) = mismatch(cx, &pair) {
                report(cx, &medicines[pair.name], &medicines[said], sink);
            }
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

/// The first name that a pair brings to the wrong partner.
fn mismatch(cx: &Cx<'_>, pair: &Pair) -> Option<usize> {
    let medicines = &cx.article.medicines;
    let name = &medicines[pair.name];
    let said = || pair.said.clone().filter(|&other| can_be_judged(&medicines[other]));
    if !can_be_judged(name) {
        return None;
    }
    // Together with the names listed before it: `ipilimumab plus nivolumab (Yervoy and Opdivo)`.
    let partners: Vec<&Medicine> = chain(cx, pair.name).map(|i| &medicines[i]).collect();
    let agrees = |other: usize| partners.iter().any(|partner| partner.shares_ingredient(&medicines[other]));
    if name.is_brand() {
        // Several generics behind a brand are its ingredients, or a list in which the brand is one example.
        let disagree = pair.said.clone().all(|other| can_be_judged(&medicines[other]) && !agrees(other));
        return (disagree && (pair.said.len() == 1 || is_combination(cx, pair))).then_some(pair.said.start);
    }
    said().find(|&other| !agrees(other))
}

/// Names whose contents are known well enough: no vaccine or blood product, whose names are descriptions, no mineral or
/// vitamin, and no substance that only a register knows.
fn can_be_judged(medicine: &Medicine) -> bool {
    (medicine.is_brand() || medicine.is_plain_generic())
        && medicine.entry.standing != Standing::Unapproved
        && medicine.entry.guard != Some(Guard::Substance)
        && !medicine.is_described()
        && medicine.setting != Setting::Footnote
}

/// The names of a list that ends with this one, this one first.
fn chain<'a>(cx: &'a Cx<'_>, last: usize) -> impl Iterator<Item = usize> + 'a {
    const MOST: usize = 8;
    let medicines = &cx.article.medicines;
    let mut next = Some(last);
    std::iter::from_fn(move || {
        let this = next?;
        next = this.checked_sub(1).filter(|&before| is_connector(between(cx, &medicines[before], &medicines[this])));
        Some(this)
    })
    .take(MOST)
}

fn is_combination(cx: &Cx<'_>, pair: &Pair) -> bool {
    let medicines = &cx.article.medicines;
    pair.said.clone().skip(1).all(|i| matches!(between(cx, &medicines[i - 1], &medicines[i]).trim(), "/" | "-" | "–" | "+"))
}

/// The words between two names of one block.
fn between<'a>(cx: &Cx<'a>, first: &Medicine, second: &Medicine) -> &'a str {
    if first.place.block != second.place.block {
        return "another block";
    }
    cx.document.block(first.place).text().get(first.end()..second.place.start as usize).unwrap_or("overlap")
}

/// Where the statement ends that calls a brand, or a list of brands, generic names.
fn called_generic(cx: &Cx<'_>, index: usize, brand: &Medicine) -> Option<usize> {
    const STATEMENTS: [&str; 3] = ["generic name", "generic drug", "generic medic"];
    if !brand.is_brand() || brand.entry.guard.is_some() {
        return None;
    }
    let medicines = &cx.article.medicines;
    // The first brand of a list speaks for it.
    if index > 0 && medicines[index - 1].is_brand() && is_connector(between(cx, &medicines[index - 1], brand)) {
        return None;
    }
    let mut last = index;
    while last + 1 < medicines.len() && medicines[last + 1].is_brand() && is_connector(between(cx, &medicines[last], &medicines[last + 1])) {
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

//! Pairs of names that the text brings together and that do not belong together.

use super::{Medicine, Pair, Setting, is_connector, pairs};
use crate::document::Document;
use crate::lexicon::{Guard, Standing};

/// The names and, for each, the one that is wrongly said to be the same medicine, as indices.
pub fn mismatches(document: &Document, medicines: &[Medicine]) -> Vec<(usize, usize)> {
    pairs(document, medicines).iter().filter_map(|pair| Some((pair.name, mismatch(document, medicines, pair)?))).collect()
}

/// The first name that a pair brings to the wrong partner.
fn mismatch(document: &Document, medicines: &[Medicine], pair: &Pair) -> Option<usize> {
    let name = &medicines[pair.name];
    let said = || pair.said.clone().filter(|&other| can_be_judged(&medicines[other]));
    if !can_be_judged(name) {
        return None;
    }
    // Together with the names listed before it: `ipilimumab plus nivolumab (Yervoy and Opdivo)`.
    let partners: Vec<&Medicine> = chain(document, medicines, pair.name).map(|i| &medicines[i]).collect();
    let agrees = |other: usize| partners.iter().any(|partner| partner.shares_ingredient(&medicines[other]));
    if name.is_brand() {
        // Several generics behind a brand are its ingredients, or a list in which the brand is one example.
        let disagree = pair.said.clone().all(|other| can_be_judged(&medicines[other]) && !agrees(other));
        return (disagree && (pair.said.len() == 1 || is_combination(document, medicines, pair))).then_some(pair.said.start);
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
fn chain<'a>(document: &'a Document, medicines: &'a [Medicine], last: usize) -> impl Iterator<Item = usize> + 'a {
    const MOST: usize = 8;
    let mut next = Some(last);
    std::iter::from_fn(move || {
        let this = next?;
        next = this.checked_sub(1).filter(|&before| is_connector(between(document, &medicines[before], &medicines[this])));
        Some(this)
    })
    .take(MOST)
}

fn is_combination(document: &Document, medicines: &[Medicine], pair: &Pair) -> bool {
    pair.said.clone().skip(1).all(|i| matches!(between(document, &medicines[i - 1], &medicines[i]).trim(), "/" | "-" | "–" | "+"))
}

/// The words between two names of one block.
pub fn between<'a>(document: &'a Document, first: &Medicine, second: &Medicine) -> &'a str {
    if first.place.block != second.place.block {
        return "another block";
    }
    document.block(first.place).text().get(first.end()..second.place.start as usize).unwrap_or("overlap")
}

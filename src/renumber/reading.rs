//! An article as it is read where the order of its numbers says nothing, and what may be read in two ways.

use std::collections::{BTreeSet, HashSet};

use super::Refusal;
use super::place;
use super::rewrite::Map;
use crate::article::citations::{self, Citations, Form};
use crate::article::numbering::Numbering;
use crate::document::{Document, Place};
use crate::linter::Checked;

/// Reads the citations once more, whatever their order; `names` are words that end with a number which cites nothing.
///
/// # Errors
/// A number may cite or not.
pub fn without_order(mut checked: Checked, names: &BTreeSet<String>) -> Result<Checked, Refusal> {
    let (citations, mut doubts) = citations::read_without_order(&checked.document, &checked.article.references);
    doubts.retain(|place| !names.contains(word(&checked.document, *place)));
    refuse(&checked, &doubts)?;
    checked.article.citations = citations;
    Ok(without_names(checked, names))
}

/// An article whose names are not read as citations.
pub fn without_names(mut checked: Checked, names: &BTreeSet<String>) -> Checked {
    let Checked { document, article, .. } = &mut checked;
    article.citations.groups.retain(|group| !names.contains(word(document, group.place)));
    article.numbering = Numbering::new(&article.citations, &article.references);
    checked
}

/// Makes sure that no number is read otherwise in the new order. Where nothing marks a citation, the order of the others tells
/// it from a dose or a name: a text in wrong order may be misread, and what is misread cannot be renumbered.
///
/// # Errors
/// A number would be.
pub fn same_in_order(checked: &Checked, map: &Map, names: &BTreeSet<String>) -> Result<(), Refusal> {
    let Checked { document, article, .. } = checked;
    if !matches!(article.citations.style.form, Some(Form::Flattened | Form::Spaced | Form::Parenthesis)) {
        return Ok(());
    }
    let ordered = citations::read_in_order(document, &article.references, |number| map.of(number));
    let places = |citations: &Citations| -> HashSet<Place> { citations.groups.iter().map(|group| group.place).collect() };
    let (read, ordered) = (places(&article.citations), places(&ordered));
    let mut doubts: Vec<Place> = read.symmetric_difference(&ordered).copied().collect();
    doubts.retain(|place| !names.contains(word(document, *place)));
    doubts.sort_unstable();
    refuse(checked, &doubts)
}

/// The word that a number is glued to, with the number; the number alone where there is none.
fn word(document: &Document, at: Place) -> &str {
    let text = document.block(at).text();
    let before = text[..at.range().start].trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '-' | '–'));
    text[before.len()..at.range().end].trim_start_matches(['-', '–'])
}

/// Refuses to go on with doubts, and says how to settle them.
fn refuse(checked: &Checked, doubts: &[Place]) -> Result<(), Refusal> {
    const MOST: usize = 12;
    let Some(first) = doubts.first() else { return Ok(()) };
    let is_name = |word: &&str| word.contains(char::is_alphabetic) && !word.contains(',') && word.ends_with(char::is_numeric);
    let names: BTreeSet<&str> = doubts.iter().map(|place| word(&checked.document, *place)).filter(is_name).collect();
    let more = if doubts.len() > 1 { format!(", and {} more", doubts.len() - 1) } else { String::new() };
    let first = place(checked, checked.document.span(*first));
    let advice = if names.is_empty() {
        "mark it as the citations are marked, or write it otherwise".to_owned()
    } else {
        let list = names.iter().take(MOST).copied().collect::<Vec<_>>().join(",");
        format!("those that are parts of names are told by --names {list}{}", if names.len() > MOST { ",…" } else { "" })
    };
    Err(Refusal::Doubtful(format!("{first}{more}; {advice}")))
}

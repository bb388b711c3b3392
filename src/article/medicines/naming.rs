//! Several names of one substance: whether one explains another, and writing one for another.

use super::{Medicine, between};
use crate::diagnostic::Edit;
use crate::document::Document;

/// Whether another name of the same substance stands beside a mention, as in `acetaminophen (paracetamol)`, so that each
/// explains the other.
pub fn is_explained_beside(document: &Document, medicines: &[Medicine], index: usize) -> bool {
    let this = &medicines[index];
    let explains = |first: &Medicine, second: &Medicine| {
        first.entry.name != second.entry.name && is_gloss(between(document, first, second)) && first.shares_ingredient(second)
    };
    index.checked_sub(1).is_some_and(|before| explains(&medicines[before], this))
        || medicines.get(index + 1).is_some_and(|next| explains(this, next))
}

/// Whether the words between two names make them names of one thing.
fn is_gloss(between: &str) -> bool {
    const LONGEST: usize = 60;
    const WORDS: [&str; 7] = ["known as", "called", "former", "now", "i.e.", "or", "="];
    let mark = between.trim();
    matches!(mark, "(" | "[" | "/" | "," | "-" | "–")
        || between.len() <= LONGEST
            && WORDS.iter().any(|word| mark.trim_matches(|c: char| ",( ".contains(c)).starts_with(word) || mark.ends_with("known as"))
}

/// Writes another name, in lower case, for each mention with the capital that the mention has; `None` where markup is in the way.
pub fn rename(document: &Document, mentions: &[&Medicine], name: &str) -> Option<Vec<Edit>> {
    let edit = |mention: &&Medicine| {
        let span = document.block(mention.place).prose.editable(mention.place.range())?;
        let capital = document.words(mention.place).starts_with(|c: char| c.is_uppercase());
        let text = if capital { name[..1].to_uppercase() + &name[1..] } else { name.to_owned() };
        Some(Edit { span, text })
    };
    mentions.iter().map(edit).collect()
}

//! Renumbering: the list in the order of first citation, and every citation in the text along with it.
//!
//! Text and list move together or not at all. A plan says which number becomes which, the source is rewritten by it, and the
//! new text is read again: only where every citation cites the same works as before is it given out.

mod citing;
mod listing;
mod plan;
mod proof;
mod reading;
mod rewrite;

use std::collections::BTreeSet;

pub use plan::{Plan, Reason, Row};
pub use proof::hold;
pub use rewrite::{Arrangement, Map, rewrite};

use crate::linter::Checked;
use crate::source::Span;

/// What the user asks for beside the new order.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Numbers that are cited and not listed, of works that are missing: each keeps a number of its own, open in the list.
    pub assume_missing: BTreeSet<u32>,
    /// Words that end with a number which cites nothing, as `CO2`.
    pub names: BTreeSet<String>,
    /// Entries that give one work twice are not merged.
    pub keep_duplicates: bool,
}

/// An article in its new numbers.
#[derive(Debug)]
pub struct Renumbered {
    pub plan: Plan,
    /// The new text; `None` where nothing changes.
    pub text: Option<String>,
}

/// Why an article is not renumbered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("it cites by authors and years")]
    AuthorYear,
    #[error("no numbers in its text cite")]
    NoCitations,
    #[error("it has no numbered reference list")]
    NoList,
    #[error("its list is in the order of the authors' names, which is an order of its own")]
    ByName,
    #[error("several lists of references have numbers of their own, and a citation may mean any of them")]
    SeveralLists,
    #[error("two entries of the list have the number {0}, so that its citations may mean either")]
    Repeated(u32),
    #[error("the number of an entry cannot be read: {0}")]
    Unreadable(String),
    #[error(
        "{numbers} {} cited and not in the list, first in {place}, so that nobody can tell which work is meant; \
         mend that first, or keep the number{} open with --assume-missing {list}",
        if *.one { "is" } else { "are" },
        if *.one { "" } else { "s" }
    )]
    Undefined { numbers: String, list: String, place: String, one: bool },
    #[error("{0} is in the list, and cannot be assumed missing")]
    NotMissing(u32),
    #[error("{0} is not cited, and cannot be assumed missing")]
    NotCited(u32),
    #[error("the citation in {0} is written in a way that cannot be changed safely")]
    Citation(String),
    #[error("the entry in {0} cannot be moved safely")]
    Entry(String),
    #[error("it is not sure whether a number cites, and one that is passed over would lead to another work: {0}")]
    Doubtful(String),
    #[error("the result could not be proved right: {0}")]
    Unproved(String),
}

/// Works out the new numbers of an article and its text in them. `again` checks the same article with another text.
///
/// # Errors
/// The new numbers are not sure, or the text cannot be changed without doubt; nothing is changed then.
pub fn renumber(checked: &Checked, wishes: &Wishes, again: impl Fn(&Checked, String) -> Checked) -> Result<Renumbered, Refusal> {
    if !checked.article.parts.is_empty() {
        return Err(Refusal::SeveralLists);
    }
    let plan = plan::make(checked, wishes)?;
    if !plan.changes() {
        return Ok(Renumbered { plan, text: None });
    }
    if checked.article.references.another_list(&checked.source, &checked.document).is_some() {
        return Err(Refusal::SeveralLists);
    }
    let checked = reading::without_order(again(checked, checked.source.text().to_owned()), &wishes.names)?;
    let plan = plan::make(&checked, wishes)?;
    let map = plan.map();
    reading::same_in_order(&checked, &map, &wishes.names)?;
    let text = rewrite(&checked, &map, Arrangement::Sorted)?;
    hold(&checked, &reading::without_names(again(&checked, text.clone()), &wishes.names), &map)?;
    Ok(Renumbered { plan, text: Some(text) })
}

/// A place of an article for people: `line 12: “[3]”`.
fn place(checked: &Checked, span: Span) -> String {
    const LONGEST: usize = 40;
    let words: String = checked.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(LONGEST).collect();
    let more = if short.len() < words.len() { "…" } else { "" };
    format!("line {}: “{short}{more}”", checked.source.position(span.start).line)
}

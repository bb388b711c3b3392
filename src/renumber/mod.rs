//! Renumbering: the list in the order of first citation, and every citation in the text along with it.
//!
//! Text and list move together or not at all. A plan says which number becomes which, the source is rewritten by it, and the
//! new text is read again: only where every citation cites the same works as before is it given out.

mod citing;
mod listing;
mod plan;
mod proof;
mod rewrite;

use std::collections::{BTreeSet, HashSet};

pub use plan::{Plan, Reason, Row};
pub use proof::hold;
pub use rewrite::{Arrangement, Map, rewrite};

use crate::article::citations::{self, Citations, Form};
use crate::article::numbering::Numbering;
use crate::linter::Checked;
use crate::source::Span;

/// What the user asks for beside the new order.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Numbers that are cited and not listed, of works that are missing: each keeps a number of its own, open in the list.
    pub assume_missing: BTreeSet<u32>,
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
    #[error("several lists of references have their own numbers each")]
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
    #[error("whether the number in {0} cites is not sure, and the order of the numbers, which is to change, cannot tell")]
    Doubtful(String),
    #[error("the result could not be proved right: {0}")]
    Unproved(String),
}

/// Works out the new numbers of an article and its text in them. `again` checks the same article with another text.
///
/// # Errors
/// The new numbers are not sure, or the text cannot be changed without doubt; nothing is changed then.
pub fn renumber(checked: &Checked, wishes: &Wishes, again: impl Fn(&Checked, String) -> Checked) -> Result<Renumbered, Refusal> {
    let plan = plan::make(checked, wishes)?;
    if !plan.changes() {
        return Ok(Renumbered { plan, text: None });
    }
    let (plan, checked) = &without_order(checked, wishes, &again)?;
    let map = plan.map();
    if let Some(doubt) = doubt(checked, &map) {
        return Err(Refusal::Doubtful(place(checked, doubt)));
    }
    let text = rewrite(checked, &map, Arrangement::Sorted)?;
    hold(checked, &again(checked, text.clone()), &map)?;
    Ok(Renumbered { plan: plan.clone(), text: Some(text) })
}

/// The plan and the article as it is read where the order of its numbers says nothing.
fn without_order(checked: &Checked, wishes: &Wishes, again: &impl Fn(&Checked, String) -> Checked) -> Result<(Plan, Checked), Refusal> {
    let mut checked = again(checked, checked.source.text().to_owned());
    let article = &mut checked.article;
    let (citations, doubts) = citations::read_without_order(&checked.document, &article.references);
    if let Some((first, others)) = doubts.split_first() {
        let more = if others.is_empty() { String::new() } else { format!(" and of {} more", others.len()) };
        return Err(Refusal::Doubtful(place(&checked, checked.document.span(*first)) + &more));
    }
    article.citations = citations;
    article.numbering = Numbering::new(&article.citations, &article.references);
    Ok((plan::make(&checked, wishes)?, checked))
}

/// Whether nothing but a place marks what cites.
fn is_plain(citations: &Citations) -> bool {
    matches!(citations.style.form, Some(Form::Flattened | Form::Spaced | Form::Parenthesis))
}

/// A number that would be read otherwise in the new order. Where nothing marks a citation, the order of the others tells it
/// from a dose or a name: a text in wrong order may be misread, and what is misread cannot be renumbered.
fn doubt(checked: &Checked, map: &Map) -> Option<Span> {
    let Checked { document, article, .. } = checked;
    if !is_plain(&article.citations) {
        return None;
    }
    let ordered = citations::read_in_order(document, &article.references, |number| map.of(number));
    let places = |citations: &Citations| citations.groups.iter().map(|group| group.place).collect::<Vec<_>>();
    let (read, ordered) = (places(&article.citations), places(&ordered));
    let (ours, theirs): (HashSet<_>, HashSet<_>) = (read.iter().collect(), ordered.iter().collect());
    let differs = read.iter().find(|place| !theirs.contains(place)).or(ordered.iter().find(|place| !ours.contains(place)));
    differs.map(|place| document.span(*place))
}

/// A place of an article for people: `line 12: “[3]”`.
fn place(checked: &Checked, span: Span) -> String {
    const LONGEST: usize = 40;
    let words: String = checked.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(LONGEST).collect();
    let more = if short.len() < words.len() { "…" } else { "" };
    format!("line {}: “{short}{more}”", checked.source.position(span.start).line)
}

//! Citations in the text, and the style in which an article cites.
//!
//! A document has one dominant style. Every number that may cite is gathered first with its shape; then the evidence of
//! the whole article (the form, how much of the list it covers, rising first appearances) decides on the style, and the
//! candidates are read by it. A number missing from the list is still a citation where its form and place say so.

mod candidates;
mod columns;
mod doubt;
mod flattened;
mod glued;
mod guards;
mod marked;
mod names;
mod numbers;
mod side;
mod style;

pub(crate) use marked::cites_by_number;
pub use numbers::{Member, digit};
pub use side::Side;

use std::collections::HashSet;

use candidates::Candidate;
use style::Order;

use crate::article::references::References;
use crate::document::{Document, Place};
use crate::source::Span;

/// How a citation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A superscript that lost its markup on copying: `mutation.4,5,6`.
    Flattened,
    /// A number set apart by a space, as some sites copy superscripts: `patients 2`.
    Spaced,
    /// Unicode superscripts: `mutation.⁴`.
    UnicodeSuperscript,
    /// Superscript markup: `<sup>4</sup>` or `^4^`.
    Superscript,
    /// `[4]`.
    Bracket,
    /// `(4)`.
    Parenthesis,
    /// `[^4]`.
    Footnote,
    /// A linked number without brackets.
    Link,
}

/// The style of an article: which form its citations have, and on what evidence.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// `None` where the article does not cite by numbers.
    pub form: Option<Form>,
    /// The article cites by author and year.
    pub author_year: bool,
    /// A sentence for people: what speaks for this reading.
    pub why: String,
}

impl Form {
    /// The form in words, such as "flattened superscript".
    pub fn name(self) -> &'static str {
        match self {
            Form::Flattened => "flattened superscript",
            Form::Spaced => "spaced number",
            Form::UnicodeSuperscript => "Unicode superscript",
            Form::Superscript => "superscript",
            Form::Bracket => "bracketed number",
            Form::Parenthesis => "number in parentheses",
            Form::Footnote => "footnote",
            Form::Link => "linked number",
        }
    }
}

impl Style {
    /// The style in words.
    pub fn name(&self) -> &'static str {
        match self.form {
            Some(form) => form.name(),
            None if self.author_year => "author and year",
            None => "none",
        }
    }
}

/// The citations of an article in reading order, and the style they are written in.
#[derive(Debug, Default)]
pub struct Citations {
    pub style: Style,
    pub groups: Vec<Citation>,
    /// Where the format marks the citations: each entry that one points at, in reading order.
    pub pointers: Vec<Pointer>,
}

/// A citation as the format marks it, to one entry.
#[derive(Debug, Clone)]
pub struct Pointer {
    /// The words that point.
    pub place: Place,
    pub span: Span,
    /// What the entry is named by.
    pub id: String,
    /// The entry, as an index into the list; `None` where no entry has this name.
    pub entry: Option<usize>,
}

/// A group of numbers that cite together, such as `4,5,6` or `[1, 3-5]`.
#[derive(Debug, Clone)]
pub struct Citation {
    pub form: Form,
    /// The whole group, brackets included.
    pub place: Place,
    pub span: Span,
    /// The numbers and ranges as written; their ranges are in the prose of the block.
    pub members: Vec<Member>,
    /// The numbers, ranges expanded, in the order written.
    pub numbers: Vec<u32>,
    /// Each number has brackets or a link of its own, as in `[1][2]`.
    pub apart: bool,
}

impl Citation {
    /// Whether nothing but numbers stands in the group: no page, letter or mark that belongs to one of them.
    pub fn is_plain(&self, document: &Document) -> bool {
        let words = document.words(self.place).replace(" and ", ",");
        words.chars().all(|c| c.is_numeric() || c.is_whitespace() || " ,;&^[]()，、‚˒ʼ⸴".contains(c) || numbers::is_dash(c))
    }
}

/// Finds the citations of the text; the reference list itself cites nothing.
pub fn read(document: &Document, references: &References) -> Citations {
    if let Some(marked) = marked::read(document, references) {
        return marked;
    }
    let listed = references.entries.iter().filter_map(|entry| entry.number).collect();
    let (style, kept) = style::choose(document, references, listed, candidates(document, references), Order::Told);
    let groups = kept.into_iter().map(|candidate| candidate.into_citation(document)).collect();
    Citations { style, groups, pointers: Vec::new() }
}

/// Finds the citations as they would be read if each number were the one that `order` gives for it; the citations have the
/// numbers that are written. Where nothing but the order tells a citation from a dose, a text in wrong order is misread, and
/// one may ask whether it would be read alike in the right one.
pub fn read_in_order(document: &Document, references: &References, order: impl Fn(u32) -> u32) -> Citations {
    if let Some(marked) = marked::read(document, references) {
        return marked;
    }
    let written = candidates(document, references);
    let ordered = written.iter().cloned().map(|candidate| candidate.renumbered(&order)).collect();
    let listed = references.entries.iter().filter_map(|entry| entry.number).map(&order).collect();
    let (style, kept) = style::choose(document, references, listed, ordered, Order::Told);
    let places: HashSet<(usize, usize)> = kept.iter().map(|candidate| (candidate.block, candidate.range.start)).collect();
    let kept = written.into_iter().filter(|candidate| places.contains(&(candidate.block, candidate.range.start)));
    Citations { style, groups: kept.map(|candidate| candidate.into_citation(document)).collect(), pointers: Vec::new() }
}

/// Finds the citations of an article whose numbers are in no order, so that the order says nothing of what cites, with the
/// places that may be read either way.
pub fn read_without_order(document: &Document, references: &References) -> (Citations, Vec<Place>) {
    if let Some((marked, doubt)) = marked::read_with_doubt(document, references) {
        return (marked, doubt.into_iter().collect());
    }
    let listed = references.entries.iter().filter_map(|entry| entry.number).collect();
    let found = candidates(document, references);
    let (style, kept) = style::choose(document, references, listed, found.clone(), Order::Lost);
    let read: HashSet<(usize, usize)> = kept.iter().map(|candidate| (candidate.block, candidate.range.start)).collect();
    let doubts = style.form.map(|form| doubt::doubts(document, references, form, &found, &read)).unwrap_or_default();
    let groups = kept.into_iter().map(|candidate| candidate.into_citation(document)).collect();
    (Citations { style, groups, pointers: Vec::new() }, doubts)
}

/// The numbers of the text that may cite.
fn candidates(document: &Document, references: &References) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (i, block) in document.blocks.iter().enumerate().filter(|(i, _)| !references.holds_block(*i)) {
        candidates::scan(i, block, &mut found);
    }
    if let Some(highest) = references.entries.iter().filter_map(|entry| entry.number).max() {
        for candidate in &mut found {
            candidates::part_from_exponent(document.blocks[candidate.block].text(), candidate, highest);
        }
        columns::cite(document, references, &mut found);
    }
    found
}

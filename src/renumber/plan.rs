//! Which number becomes which.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::rewrite::Map;
use super::{Refusal, Wishes, place};
use crate::article::numbering::in_words;
use crate::article::references::{Field, Likeness, Reference, duplicates};
use crate::article::sequence;
use crate::document::Format;
use crate::linter::Checked;

/// The new numbers of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// A row for each number of the list and each hole, in the new order.
    pub rows: Vec<Row>,
    /// Pairs that look like one work and may be two: they are told, and not merged.
    pub alike: Vec<(u32, u32)>,
}

/// What becomes of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub old: u32,
    pub new: u32,
    pub reason: Reason,
}

/// Why a number becomes what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// By its first citation.
    Cited,
    /// It is not cited, and stands behind the others.
    Uncited,
    /// The same work as another entry, into which it goes.
    Merged,
    /// Cited and not in the list: the number is kept open.
    Missing,
}

impl Plan {
    /// Whether any number changes.
    pub fn changes(&self) -> bool {
        self.rows.iter().any(|row| row.old != row.new)
    }

    /// The map by which text and list are rewritten.
    pub fn map(&self) -> Map {
        let merged = self.rows.iter().filter(|row| row.reason == Reason::Merged).map(|row| row.old).collect();
        Map { new: self.rows.iter().map(|row| (row.old, row.new)).collect(), merged }
    }
}

/// The numbers that change, each in a line: `7 → 3`.
impl fmt::Display for Plan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changed = self.rows.iter().filter(|row| row.old != row.new || row.reason == Reason::Missing);
        for (i, Row { old, new, reason }) in changed.enumerate() {
            let note = match reason {
                Reason::Cited => "",
                Reason::Uncited => "  not cited",
                Reason::Merged => "  the same work, merged",
                Reason::Missing => "  not in the list, kept open",
            };
            write!(out, "{}{old:>5} → {new}{note}", if i > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

/// Makes the plan.
///
/// # Errors
/// The new numbers are not sure.
pub fn make(checked: &Checked, wishes: &Wishes) -> Result<Plan, Refusal> {
    let article = &checked.article;
    let (citations, references) = (&article.citations, &article.references);
    if citations.style.author_year {
        return Err(Refusal::AuthorYear);
    }
    let listed = listed(checked)?;
    if citations.groups.is_empty() {
        return Err(Refusal::NoCitations);
    }
    settle_missing(checked, wishes)?;
    let firsts = sequence::first_appearances(&checked.document, citations, u32::MAX);
    let merged = if wishes.keep_duplicates { Merged::default() } else { Merged::of(&references.entries, &listed) };
    let mut order = appearances(checked);
    if sequence::is_by_name(&firsts, references) {
        return Err(Refusal::ByName);
    }
    // Where the running text has them in order already, numbers that appear first in a table stay where they are.
    let in_text = first_of_each(firsts.iter().map(|(number, _)| merged.kept(*number)));
    if in_text.is_sorted() {
        order.sort_unstable();
    }
    let order = first_of_each(order.into_iter().map(|number| merged.kept(number)));
    let cited: BTreeSet<u32> = order.iter().copied().collect();
    let mut rows: Vec<Row> = Vec::new();
    for number in order {
        let reason = if listed.contains_key(&number) { Reason::Cited } else { Reason::Missing };
        rows.push(Row { old: number, new: rows.len() as u32 + 1, reason });
    }
    let uncited = listed.keys().filter(|number| !cited.contains(number) && merged.kept(**number) == **number);
    for &old in uncited {
        rows.push(Row { old, new: rows.len() as u32 + 1, reason: Reason::Uncited });
    }
    let new: BTreeMap<u32, u32> = rows.iter().map(|row| (row.old, row.new)).collect();
    let gone = listed.keys().map(|&old| (old, merged.kept(old))).filter(|(old, kept)| old != kept);
    rows.extend(gone.map(|(old, kept)| Row { old, new: new[&kept], reason: Reason::Merged }));
    rows.sort_by_key(|row| (row.new, row.reason == Reason::Merged, row.old));
    Ok(Plan { rows, alike: merged.alike })
}

/// The entries by their numbers.
fn listed(checked: &Checked) -> Result<BTreeMap<u32, usize>, Refusal> {
    let entries = &checked.article.references.entries;
    let mut listed = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        match entry.number {
            Some(number) if listed.insert(number, i).is_some() => return Err(Refusal::Repeated(number)),
            Some(_) => {}
            None if entry.label.is_some() => return Err(Refusal::Unreadable(place(checked, entry.span))),
            // What a format marks as an entry is one: it belongs to another list.
            None if checked.document.format == Format::Jats && !listed.is_empty() => return Err(Refusal::SeveralLists),
            None => {}
        }
    }
    if listed.is_empty() { Err(Refusal::NoList) } else { Ok(listed) }
}

/// Every number that is cited and not listed has to be named by the user.
fn settle_missing(checked: &Checked, wishes: &Wishes) -> Result<(), Refusal> {
    let numbering = &checked.article.numbering;
    for number in &wishes.assume_missing {
        if numbering.listed.contains(number) {
            return Err(Refusal::NotMissing(*number));
        }
        if !numbering.cited.contains_key(number) {
            return Err(Refusal::NotCited(*number));
        }
    }
    let undefined: Vec<u32> = numbering.undefined().filter(|number| !wishes.assume_missing.contains(number)).collect();
    let Some(first) = undefined.iter().filter_map(|number| numbering.cited.get(number)).min() else { return Ok(()) };
    let place = place(checked, checked.article.citations.groups[*first].span);
    let list = undefined.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
    Err(Refusal::Undefined { numbers: in_words(&undefined), list, place, one: undefined.len() == 1 })
}

/// The numbers cited, in the order written, each as often as it is.
fn appearances(checked: &Checked) -> Vec<u32> {
    let (citations, entries) = (&checked.article.citations, &checked.article.references.entries);
    let mut places: Vec<((u32, u32), u32)> = Vec::new();
    for group in &citations.groups {
        places.extend(group.numbers.iter().map(|&number| ((group.place.block, group.place.start), number)));
    }
    // Citations by words point at entries too.
    for pointer in &citations.pointers {
        let number = pointer.entry.and_then(|entry| entries[entry].number);
        let within = |group: &crate::article::citations::Citation| {
            group.place.block == pointer.place.block && (group.place.start..=group.place.end).contains(&pointer.place.start)
        };
        let before =
            citations.groups.partition_point(|group| (group.place.block, group.place.start) <= (pointer.place.block, pointer.place.start));
        if !citations.groups[..before].last().is_some_and(within) {
            places.extend(number.map(|number| ((pointer.place.block, pointer.place.start), number)));
        }
    }
    places.sort_by_key(|(place, _)| *place);
    places.into_iter().map(|(_, number)| number).collect()
}

fn first_of_each(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut seen = BTreeSet::new();
    numbers.filter(|number| seen.insert(*number)).collect()
}

/// Entries that give one work.
#[derive(Debug, Default)]
struct Merged {
    /// The number that goes, and the one it goes into.
    into: BTreeMap<u32, u32>,
    alike: Vec<(u32, u32)>,
}

impl Merged {
    fn of(entries: &[Reference], listed: &BTreeMap<u32, usize>) -> Self {
        let mut merged = Self::default();
        for (earlier, later, likeness) in duplicates(entries) {
            let (Some(first), Some(second)) = (entries[earlier].number, entries[later].number) else { continue };
            if !listed.contains_key(&first) || !listed.contains_key(&second) {
                continue;
            }
            if likeness == Likeness::Same || same_identifier(&entries[earlier], &entries[later]) {
                merged.into.insert(second, first);
            } else {
                merged.alike.push((first, second));
            }
        }
        merged
    }

    /// The number that stays of those of one work.
    fn kept(&self, number: u32) -> u32 {
        let mut number = number;
        while let Some(&into) = self.into.get(&number) {
            number = into;
        }
        number
    }
}

/// Whether two entries have one DOI or one PMID.
fn same_identifier(a: &Reference, b: &Reference) -> bool {
    let (a, b) = (a.fields(), b.fields());
    let same = |a: &Option<Field>, b: &Option<Field>| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a.text.eq_ignore_ascii_case(&b.text));
    same(&a.doi, &b.doi) || same(&a.pmid, &b.pmid)
}

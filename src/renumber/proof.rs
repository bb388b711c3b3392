//! That an article in new numbers cites what it cited before.

use std::collections::{BTreeMap, BTreeSet};

use super::rewrite::Map;
use super::{Refusal, place};
use crate::article::citations::Citation;
use crate::linter::Checked;

/// Compares an article before and behind its renumbering: every citation cites the same works, the list gives the same
/// entries under their new numbers, links lead to the same entries, and no other word is changed.
///
/// # Errors
/// The first difference, in words.
pub fn hold(before: &Checked, after: &Checked, map: &Map) -> Result<(), Refusal> {
    let (old, new) = (Works::of(before), Works::of(after));
    let expected: BTreeMap<u32, &str> =
        old.works.iter().filter(|(number, _)| !map.merged.contains(number)).map(|(number, work)| (map.of(*number), *work)).collect();
    if expected != new.works {
        let differs = expected.iter().find(|(number, work)| new.works.get(number) != Some(work)).map(|(number, _)| *number);
        return Err(unproved(format!("entry {} of the new list would not be what it has to be", differs.unwrap_or_default())));
    }
    let (groups, others) = (&before.article.citations.groups, &after.article.citations.groups);
    for (group, other) in groups.iter().zip(others) {
        let works = |group: &Citation| -> BTreeSet<u32> { group.numbers.iter().map(|number| map.of(*number)).collect() };
        if works(group) != other.numbers.iter().copied().collect() {
            return Err(unproved(format!("the citation in {} would cite other works", place(before, group.span))));
        }
    }
    if groups.len() != others.len() {
        let count = |n: usize| format!("{n} citation{}", if n == 1 { "" } else { "s" });
        return Err(unproved(format!("it has {}, and {} would be read behind it", count(groups.len()), count(others.len()))));
    }
    if let (Some(group), false) = (groups.first(), words(before) == words(after)) {
        let differs = words(before).iter().zip(&words(after)).position(|(a, b)| a != b);
        let span = differs.and_then(|i| before.document.blocks.get(i)).map_or(group.span, |block| block.span);
        return Err(unproved(format!("other words than its numbers would change, as in {}", place(before, span))));
    }
    if new.astray > old.astray {
        return Err(unproved("a link would lead to another entry than it shows".to_owned()));
    }
    Ok(())
}

fn unproved(why: String) -> Refusal {
    Refusal::Unproved(why)
}

/// The works of a list.
struct Works<'c> {
    /// The words of each entry by its number.
    works: BTreeMap<u32, &'c str>,
    /// Citations that point at an entry which their group does not name.
    astray: usize,
}

impl<'c> Works<'c> {
    fn of(checked: &'c Checked) -> Self {
        let entries = &checked.article.references.entries;
        let works = entries.iter().filter_map(|entry| Some((entry.number?, entry.text()))).collect();
        let groups = &checked.article.citations.groups;
        let astray = checked.article.citations.pointers.iter().filter(|pointer| {
            let Some(number) = pointer.entry.map(|entry| entries[entry].number) else { return true };
            let place = (pointer.place.block, pointer.place.start);
            let before = groups.partition_point(|group| (group.place.block, group.place.start) <= place);
            let around = groups[..before].last().filter(|group| group.place.block == place.0 && place.1 <= group.place.end);
            around.is_some_and(|group| number.is_none_or(|number| !group.numbers.contains(&number)))
        });
        Self { works, astray: astray.count() }
    }
}

/// The words of the article without its citations and its list, a text for each block.
fn words(checked: &Checked) -> Vec<String> {
    let document = &checked.document;
    let mut groups = checked.article.citations.groups.iter().peekable();
    let mut words = Vec::new();
    for (i, block) in document.blocks.iter().enumerate() {
        let text = block.text();
        let (mut kept, mut at) = (String::new(), 0);
        while let Some(group) = groups.next_if(|group| group.place.block as usize <= i) {
            let (start, end) = (group.members.first(), group.members.last());
            if let (Some(start), Some(end)) = (start, end)
                && group.place.block as usize == i
                && start.range.start >= at
            {
                kept.push_str(&text[at..start.range.start]);
                at = end.range.end;
            }
        }
        kept.push_str(&text[at..]);
        if !checked.article.references.holds_block(i) {
            words.push(kept);
        }
    }
    words
}

//! Fixing an article: its fixes are applied round by round until it is settled, and never change what it says.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, edited};
use crate::linter::Checked;
use crate::source::Span;

/// Rounds until an article has to be settled: a fix may uncover another, a few times at most.
const ROUNDS: usize = 10;

/// An article after its fixes.
#[derive(Debug)]
pub struct Fixed {
    pub checked: Checked,
    /// What was changed of the first text, in order.
    pub edits: Vec<Edit>,
    /// How many fixes of each rule were made.
    pub made: BTreeMap<&'static str, usize>,
    /// Fixes that were left out, each by its rule and message, with the reason.
    pub refused: BTreeMap<(&'static str, String), Refusal>,
}

/// Why a fix that was asked for is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Citations or references would be others than before.
    #[error("it would change what the article cites")]
    OtherCitations,
    /// What is mended in one place would be wrong in another.
    #[error("it would give rise to another finding")]
    NewFindings,
    /// Two rules undo what the other one did.
    #[error("it does not settle, as another fix undoes it")]
    Restless,
    /// The format holds no other words there.
    #[error("its place in the file cannot be edited")]
    Unplaced,
}

/// A text that an article may get.
#[derive(Debug)]
pub struct Draft {
    pub text: String,
    /// The edits of the first text that lead to it, in order.
    pub edits: Vec<Edit>,
}

/// Applies the wanted fixes until nothing changes. `again` checks the same article with another text, or says why it cannot be
/// written.
///
/// Before a round of fixes is taken, the new text is read again: it must cite the same works in the same places, and no rule
/// may find more than before. Where it does not, the fixes to blame are looked for and left out, and the rest is tried without
/// them.
pub fn settle(
    checked: Checked,
    wanted: impl Fn(&Diagnostic) -> bool,
    again: impl Fn(&Checked, &Draft) -> Result<Checked, Refusal>,
) -> Fixed {
    let mut fixed = Fixed { checked, edits: Vec::new(), made: BTreeMap::new(), refused: BTreeMap::new() };
    let mut rounds = 0;
    loop {
        let is_open = |d: &&Diagnostic| wanted(d) && d.fix.is_some() && !fixed.refused.contains_key(&(d.rule, d.message.clone()));
        let open: Vec<&Diagnostic> = fixed.checked.diagnostics.iter().filter(is_open).collect();
        let Some(round) = Round::of(&fixed.checked, &fixed.edits, &open) else { break };
        if rounds == ROUNDS {
            fixed.refused.extend(round.made.iter().map(|d| ((d.rule, d.message.clone()), Refusal::Restless)));
            break;
        }
        let refusal = match tried(&fixed.checked, &round, &again) {
            Ok(after) => {
                round.made.iter().for_each(|d| *fixed.made.entry(d.rule).or_default() += 1);
                (fixed.checked, fixed.edits) = (after, round.draft.edits);
                rounds += 1;
                continue;
            }
            Err(refusal) => refusal,
        };
        let blamed = match blamed(&fixed.checked, &fixed.edits, &round.made, &again) {
            blamed if blamed.is_empty() => round.made.iter().map(|d| (*d, refusal)).collect(),
            blamed => blamed,
        };
        fixed.refused.extend(blamed.into_iter().map(|(d, refusal)| ((d.rule, d.message.clone()), refusal)).collect::<Vec<_>>());
    }
    fixed
}

/// The fixes that are refused on their own, found by halves. Empty where only all together are refused.
fn blamed<'d>(
    checked: &Checked,
    before: &[Edit],
    fixes: &[&'d Diagnostic],
    again: &impl Fn(&Checked, &Draft) -> Result<Checked, Refusal>,
) -> Vec<(&'d Diagnostic, Refusal)> {
    let Some(round) = Round::of(checked, before, fixes) else { return Vec::new() };
    let Err(refusal) = tried(checked, &round, again) else { return Vec::new() };
    match fixes {
        [one] => vec![(one, refusal)],
        fixes => {
            let (left, right) = fixes.split_at(fixes.len() / 2);
            let mut found = blamed(checked, before, left, again);
            found.extend(blamed(checked, before, right, again));
            found
        }
    }
}

/// The article after a round, where that says the same.
fn tried(checked: &Checked, round: &Round<'_>, again: &impl Fn(&Checked, &Draft) -> Result<Checked, Refusal>) -> Result<Checked, Refusal> {
    let after = again(checked, &round.draft)?;
    refusal(checked, &after).map_or(Ok(after), Err)
}

/// One pass over the text: fixes sorted by place, none touching another, each whole or not at all.
struct Round<'d> {
    draft: Draft,
    made: Vec<&'d Diagnostic>,
}

impl<'d> Round<'d> {
    /// `before` are the edits that led to this text. `None` when nothing changes. Of two fixes that touch the first in the text wins; the other may come in the next round.
    fn of(checked: &Checked, before: &[Edit], diagnostics: &[&'d Diagnostic]) -> Option<Self> {
        let text = checked.source.text();
        let mut fixes: Vec<(&'d Diagnostic, &Fix)> =
            diagnostics.iter().filter_map(|d| Some((*d, d.fix.as_ref()?))).filter(|(_, fix)| !fix.edits.is_empty()).collect();
        fixes.sort_by_key(|(_, fix)| fix.edits.iter().map(|edit| edit.span).min());
        let mut edits: BTreeMap<Span, &Edit> = BTreeMap::new();
        let mut made = Vec::new();
        for (diagnostic, fix) in fixes {
            if fix.edits.iter().all(|edit| is_free(edit, &edits)) {
                edits.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
                made.push(diagnostic);
            }
        }
        let edits: Vec<Edit> = edits.into_values().cloned().collect();
        let after = edited(text, &edits);
        (after != text).then(|| Self { draft: Draft { text: after, edits: joined(before, text, &edits) }, made })
    }
}

/// The edits that do at once what `first` does, which gives the text `between`, and then `next` does to that.
fn joined(first: &[Edit], between: &str, next: &[Edit]) -> Vec<Edit> {
    // What was changed before and is to be changed now, by places of the text between. `grown` is by how much that text is longer.
    let mut grown = 0;
    let mut parts: Vec<(Span, Option<&Edit>, i64)> = Vec::with_capacity(first.len() + next.len());
    for edit in first {
        let start = (i64::from(edit.span.start) + grown) as usize;
        let growth = edit.text.len() as i64 - edit.span.len() as i64;
        parts.push((Span::new(start, start + edit.text.len()), None, growth));
        grown += growth;
    }
    parts.extend(next.iter().map(|edit| (edit.span, Some(edit), 0)));
    parts.sort_by_key(|part| part.0);
    let (mut joined, mut parts, mut grown) = (Vec::new(), parts.into_iter().peekable(), 0);
    while let Some(&(mut span, ..)) = parts.peek() {
        let (start, grown_before) = (span.start, grown);
        let mut now = Vec::new();
        while let Some((part, edit, growth)) = parts.next_if(|part| part.0.start <= span.end) {
            span = span.cover(part);
            grown += growth;
            now.extend(edit.map(|edit| Edit { span: Span { start: part.start - start, end: part.end - start }, text: edit.text.clone() }));
        }
        let first = Span::new((i64::from(span.start) - grown_before) as usize, (i64::from(span.end) - grown) as usize);
        joined.push(Edit { span: first, text: edited(&between[span.range()], &now) });
    }
    joined
}

/// Whether no edit touches another. Two edits at one place cannot both be right: neither their texts nor their order is known
/// to agree.
fn is_free(edit: &Edit, taken: &BTreeMap<Span, &Edit>) -> bool {
    let last = Span { start: edit.span.end, end: u32::MAX };
    taken.range(..=last).next_back().is_none_or(|(other, _)| other.end < edit.span.start)
}

/// Why a text is not taken for one that says the same.
fn refusal(before: &Checked, after: &Checked) -> Option<Refusal> {
    if works(before) != works(after) {
        return Some(Refusal::OtherCitations);
    }
    let (old, new) = (found(before), found(after));
    new.iter().any(|(rule, count)| old.get(rule).is_none_or(|old| old < count)).then_some(Refusal::NewFindings)
}

/// The numbers of each group of citations, and those of the list.
fn works(checked: &Checked) -> (Vec<BTreeSet<u32>>, Vec<Option<u32>>) {
    let groups = checked.article.citations.groups.iter().map(|group| group.numbers.iter().copied().collect()).collect();
    (groups, checked.article.references.entries.iter().map(|entry| entry.number).collect())
}

fn found(checked: &Checked) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    for diagnostic in &checked.diagnostics {
        *found.entry(diagnostic.rule).or_default() += 1;
    }
    found
}

/// Whether there is a fix, and one at least as safe.
pub fn is_at_least(diagnostic: &Diagnostic, least: Safety) -> bool {
    diagnostic.fix.as_ref().is_some_and(|fix| fix.safety >= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_of_two_rounds_are_those_of_one() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.into() };
        let first = "aµ bb cc dd";
        for (one, two) in [
            (vec![], vec![edit(1, 3, "b")]),
            (vec![edit(1, 3, "")], vec![edit(1, 2, "-")]),
            (vec![edit(0, 1, "xyz"), edit(7, 9, "c")], vec![edit(2, 3, "w"), edit(5, 6, ""), edit(9, 10, "kkk")]),
            (vec![edit(4, 6, "b"), edit(7, 7, "+")], vec![edit(0, 8, "all")]),
            (vec![edit(4, 6, "bbb")], vec![edit(4, 5, ""), edit(6, 7, "")]),
        ] {
            let between = edited(first, &one);
            let joined = joined(&one, &between, &two);
            assert_eq!(edited(first, &joined), edited(&between, &two), "{one:?} {two:?}");
        }
    }
}

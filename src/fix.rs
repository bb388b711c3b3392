//! Fixing an article: its fixes are applied round by round until it is settled, and never change what it says.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::linter::Checked;
use crate::source::Span;

/// Rounds until an article has to be settled: a fix may uncover another, a few times at most.
const ROUNDS: usize = 10;

/// An article after its fixes.
#[derive(Debug)]
pub struct Fixed {
    pub checked: Checked,
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
}

/// Applies the wanted fixes until nothing changes. `again` checks the same article with another text.
///
/// Before a round of fixes is taken, the new text is read again: it must cite the same works in the same places, and no rule
/// may find more than before. Where it does not, the fixes to blame are looked for and left out, and the rest is tried without
/// them.
pub fn settle(checked: Checked, wanted: impl Fn(&Diagnostic) -> bool, again: impl Fn(&Checked, String) -> Checked) -> Fixed {
    let mut fixed = Fixed { checked, made: BTreeMap::new(), refused: BTreeMap::new() };
    let mut rounds = 0;
    loop {
        let is_open = |d: &&Diagnostic| wanted(d) && d.fix.is_some() && !fixed.refused.contains_key(&(d.rule, d.message.clone()));
        let open: Vec<&Diagnostic> = fixed.checked.diagnostics.iter().filter(is_open).collect();
        let Some(round) = Round::of(&fixed.checked, &open) else { break };
        if rounds == ROUNDS {
            fixed.refused.extend(round.made.iter().map(|d| ((d.rule, d.message.clone()), Refusal::Restless)));
            break;
        }
        let after = again(&fixed.checked, round.text);
        let Some(refusal) = refusal(&fixed.checked, &after) else {
            round.made.iter().for_each(|d| *fixed.made.entry(d.rule).or_default() += 1);
            fixed.checked = after;
            rounds += 1;
            continue;
        };
        let blamed = match blamed(&fixed.checked, &round.made, &again) {
            blamed if blamed.is_empty() => round.made.iter().map(|d| (*d, refusal)).collect(),
            blamed => blamed,
        };
        fixed.refused.extend(blamed.into_iter().map(|(d, refusal)| ((d.rule, d.message.clone()), refusal)).collect::<Vec<_>>());
    }
    fixed
}

/// The fixes that are refused on their own, found by halves. Empty where only all together are refused.
fn blamed<'d>(checked: &Checked, fixes: &[&'d Diagnostic], again: &impl Fn(&Checked, String) -> Checked) -> Vec<(&'d Diagnostic, Refusal)> {
    let Some(round) = Round::of(checked, fixes) else { return Vec::new() };
    let Some(refusal) = refusal(checked, &again(checked, round.text)) else { return Vec::new() };
    match fixes {
        [one] => vec![(one, refusal)],
        fixes => {
            let (left, right) = fixes.split_at(fixes.len() / 2);
            let mut found = blamed(checked, left, again);
            found.extend(blamed(checked, right, again));
            found
        }
    }
}

/// One pass over the text: fixes sorted by place, none touching another, each whole or not at all.
struct Round<'d> {
    text: String,
    made: Vec<&'d Diagnostic>,
}

impl<'d> Round<'d> {
    /// `None` when nothing changes. Of two fixes that touch the first in the text wins; the other may come in the next round.
    fn of(checked: &Checked, diagnostics: &[&'d Diagnostic]) -> Option<Self> {
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
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for edit in edits.values() {
            out.push_str(&text[at..edit.span.start as usize]);
            out.push_str(&edit.text);
            at = edit.span.end as usize;
        }
        out.push_str(&text[at..]);
        (out != text).then_some(Self { text: out, made })
    }
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

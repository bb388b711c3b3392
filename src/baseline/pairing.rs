//! Which finding of then is which finding of now.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, VecDeque};

use super::{Entry, is_acceptable, is_safety};
use crate::record::Remark;

/// How many comparisons of reworded findings of one rule in one article are made; beyond that, only equal ones are paired.
const MOST_COMPARED: usize = 10_000;

/// What a finding is known by when the text moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key<'a> {
    pub rule: Cow<'a, str>,
    /// Words of the finding and around it.
    pub near: Cow<'a, str>,
    /// Words of the finding alone.
    pub words: Cow<'a, str>,
    pub safety: bool,
}

impl<'a> Key<'a> {
    pub fn of(remark: &'a Remark) -> Self {
        let (near, words) = (one_line(&remark.context.anchor), one_line(&remark.context.core()));
        Self { rule: remark.rule.into(), near: near.into(), words: words.into(), safety: is_safety(remark) }
    }
}

impl<'a> From<&'a Entry> for Key<'a> {
    fn from(entry: &'a Entry) -> Self {
        let text = |text: &'a String| Cow::Borrowed(text.as_str());
        Self { rule: text(&entry.rule), near: text(&entry.near), words: text(&entry.words), safety: entry.safety }
    }
}

/// For each finding the known one that it is, each at most once: equal ones first, in their order, then reworded ones.
pub fn pair(known: &[Key<'_>], found: &[Key<'_>]) -> Vec<Option<usize>> {
    let mut waiting: HashMap<(&str, &str, bool), VecDeque<usize>> = HashMap::new();
    for (i, key) in known.iter().enumerate() {
        waiting.entry((&key.rule, &key.near, key.safety)).or_default().push_back(i);
    }
    let mut pairs: Vec<Option<usize>> = Vec::with_capacity(found.len());
    for key in found {
        let mut next = |safety| waiting.get_mut(&(&*key.rule, &*key.near, safety)).and_then(VecDeque::pop_front);
        // What was known as harmless does not stand for what is not.
        pairs.push(if key.safety { next(true) } else { next(false).or_else(|| next(true)) });
    }
    pair_reworded(known, found, &mut pairs);
    pairs
}

/// Marks the findings of now that are none of then.
pub fn mark_new(remarks: &mut [Remark], then: &[Remark]) {
    let (known, found): (Vec<Key<'_>>, Vec<Key<'_>>) = (then.iter().map(Key::of).collect(), remarks.iter().map(Key::of).collect());
    let is_new: Vec<bool> = pair(&known, &found).iter().map(Option::is_none).collect();
    for (remark, is_new) in remarks.iter_mut().zip(is_new) {
        remark.is_new = Some(is_new || !is_acceptable(remark));
    }
}

/// Pairs what is left by likeness, the most alike first.
fn pair_reworded(known: &[Key<'_>], found: &[Key<'_>], pairs: &mut [Option<usize>]) {
    let mut is_left = vec![true; known.len()];
    pairs.iter().flatten().for_each(|&i| is_left[i] = false);
    let mut left: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (j, _) in found.iter().enumerate().filter(|&(j, key)| pairs[j].is_none() && !key.safety) {
        left.entry(&found[j].rule).or_default().1.push(j);
    }
    for (i, key) in known.iter().enumerate().filter(|&(i, key)| is_left[i] && !key.safety) {
        if let Some((knowns, _)) = left.get_mut(&*key.rule) {
            knowns.push(i);
        }
    }
    for (knowns, founds) in left.values().filter(|(knowns, founds)| knowns.len() * founds.len() <= MOST_COMPARED) {
        let alike = |&i: &usize, &j: &usize| likeness(&known[i], &found[j]).map(|likeness| (std::cmp::Reverse(likeness), i, j));
        let mut candidates: Vec<_> = knowns.iter().flat_map(|i| founds.iter().filter_map(move |j| alike(i, j))).collect();
        candidates.sort_unstable();
        for (_, i, j) in candidates {
            if pairs[j].is_none() && std::mem::take(&mut is_left[i]) {
                pairs[j] = Some(i);
            }
        }
    }
}

/// How much two findings of one rule are the same one, in thousandths; `None` where they are two. A word or two may differ
/// around the finding, and all may around a longer one whose own words stayed; half of its own words stay in any case.
fn likeness(known: &Key<'_>, found: &Key<'_>) -> Option<usize> {
    let same_words = known.words == found.words && known.words.split(' ').count() >= 4;
    let around = share(&known.near, &found.near);
    let is_same = share(&known.words, &found.words) >= 500 && (around >= 750 || same_words);
    is_same.then_some(around + usize::from(same_words) * 1000)
}

/// How many of the words of two texts are in both, in thousandths of the longer one.
fn share(one: &str, other: &str) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    one.split(' ').for_each(|word| *counts.entry(word).or_default() += 1);
    let mut take = |word: &str| counts.get_mut(word).filter(|count| **count > 0).map(|count| *count -= 1).is_some();
    let (longer, shared) = (one.split(' ').count().max(other.split(' ').count()), other.split(' ').filter(|word| take(word)).count());
    shared * 1000 / longer
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys<'a>(rows: &[&'a str]) -> Vec<Key<'a>> {
        let key = |row: &&'a str| {
            let (safety, row) = row.strip_prefix('!').map_or((false, *row), |row| (true, row));
            let (words, near) = row.split_once('|').expect("words | near");
            Key { rule: "doubled-word".into(), near: near.into(), words: words.into(), safety }
        };
        rows.iter().map(key).collect()
    }

    #[test]
    fn findings_are_paired_one_to_one() {
        type Row<'t> = (&'t [&'t str], &'t [&'t str], &'t [Option<usize>]);
        let table: &[Row<'_>] = &[
            // Of two equal ones, one is left; a third is new.
            (&["is is|it is is so", "is is|it is is so"], &["is is|it is is so"], &[Some(0)]),
            (&["is is|it is is so"], &["is is|it is is so", "is is|it is is so"], &[Some(0), None]),
            // A word beside it changed; all words around a short one did; all around a long one did.
            (&["is is|a dose of µ is is enough for"], &["is is|a dose of β is is enough for"], &[Some(0)]),
            (&["is is|a dose of µ is is enough for"], &["is is|we think that it is is wrong to"], &[None]),
            (&["a b c d|one two three a b c d"], &["a b c d|a b c d four five six"], &[Some(0)]),
            // Another finding at the same place.
            (&["is is|a dose of µ is is enough for it"], &["enough enough|dose of µ is enough enough for it all"], &[None]),
            // The most alike wins, whatever the order.
            (&["x|a b c d x e f g h"], &["x|a b c k x e f g i", "x|a b c d x e f g j"], &[None, Some(0)]),
            // What can do harm is known by its very words, and only where it was accepted as such.
            (&["!is is|a dose of µ is is enough for"], &["!is is|a dose of β is is enough for"], &[None]),
            (&["is is|it is is so"], &["!is is|it is is so"], &[None]),
            (&["!is is|it is is so"], &["!is is|it is is so"], &[Some(0)]),
            (&["!is is|it is is so"], &["is is|it is is so"], &[Some(0)]),
            (&[], &["is is|it is is so"], &[None]),
        ];
        for (known, found, want) in table {
            assert_eq!(pair(&keys(known), &keys(found)), *want, "{known:?} {found:?}");
        }
    }
}

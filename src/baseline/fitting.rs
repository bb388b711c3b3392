//! Which entries of a baseline accept which findings of an article.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Baseline, Entry, Key, is_acceptable, pair};
use crate::record::Remark;

/// Fewer words than these around a finding stand in many articles, and tell nothing of where an article went.
const TELLING_WORDS: usize = 5;

/// The paths of a baseline where no article is any more, by what was found there.
#[derive(Debug, Default)]
pub struct Gone {
    paths: Vec<String>,
    found: HashMap<(String, String), Vec<usize>>,
}

impl Gone {
    pub fn new(baseline: &Baseline, exists: impl Fn(&str) -> bool) -> Self {
        let mut gone = Self::default();
        for (path, entries) in baseline.articles.iter().filter(|(path, _)| !exists(path)) {
            for entry in entries {
                gone.found.entry((entry.rule.clone(), entry.near.clone())).or_default().push(gone.paths.len());
            }
            gone.paths.push(path.clone());
        }
        gone
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// The path that an article stood at before: where more than half of the entries are among the findings.
    fn former(&self, baseline: &Baseline, remarks: &[Remark]) -> Option<&str> {
        if self.paths.is_empty() {
            return None;
        }
        let mut left: HashMap<(usize, &str), u64> = HashMap::new();
        let mut votes: HashMap<usize, (u32, bool)> = HashMap::new();
        for remark in remarks {
            let Key { rule, near, .. } = Key::of(remark);
            let is_telling = near.split(' ').count() >= TELLING_WORDS;
            let Some(((_, near), paths)) = self.found.get_key_value(&(rule.into_owned(), near.into_owned())) else { continue };
            for &path in paths {
                let entries = &baseline.articles[&self.paths[path]];
                let left = left
                    .entry((path, near))
                    .or_insert_with(|| entries.iter().filter(|entry| entry.near == *near).map(|entry| u64::from(entry.count)).sum());
                if *left > 0 {
                    *left -= 1;
                    let (count, told) = votes.entry(path).or_default();
                    *count += 1;
                    *told |= is_telling;
                }
            }
        }
        let all = |path: usize| baseline.articles[&self.paths[path]].iter().map(|entry| u64::from(entry.count)).sum::<u64>();
        let likely = votes.into_iter().filter(|&(path, (count, told))| told && u64::from(count) * 2 > all(path));
        likely.max_by_key(|&(path, (count, _))| (count, std::cmp::Reverse(path))).map(|(path, _)| self.paths[path].as_str())
    }
}

/// How the entries of a baseline and the findings of an article fit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fit {
    /// The path in the baseline whose entries they are: that of the article, or where it stood before.
    pub home: Option<String>,
    /// For each finding its entry, by its place under that path.
    pub takes: Vec<Option<usize>>,
    /// For each entry how many findings it takes; `None` where its rule did not run.
    pub used: Vec<Option<u32>>,
}

impl Baseline {
    /// Fits the findings of the article at a path. `runs` says whether a rule ran on it.
    pub fn fit(&self, path: &str, gone: &Gone, remarks: &[Remark], runs: impl Fn(&str) -> bool, today: Date) -> Fit {
        let home = if self.articles.contains_key(path) { Some(path) } else { gone.former(self, remarks) };
        let entries = home.map_or(&[][..], |home| &self.articles[home]);
        let acceptable: Vec<usize> = (0..remarks.len()).filter(|&i| is_acceptable(&remarks[i])).collect();
        let found: Vec<Key<'_>> = acceptable.iter().map(|&i| Key::of(&remarks[i])).collect();
        // An entry that holds comes before one that has expired, and none stands there more often than it could be used.
        let most = |entry: &Entry| (entry.count as usize).min(found.len());
        let mut places: Vec<usize> = (0..entries.len()).flat_map(|i| std::iter::repeat_n(i, most(&entries[i]))).collect();
        places.sort_by_key(|&i| entries[i].is_expired(today));
        let known: Vec<Key<'_>> = places.iter().map(|&i| Key::from(&entries[i])).collect();
        let mut takes = vec![None; remarks.len()];
        // What is not found where medproof failed may be there.
        let is_whole = acceptable.len() == remarks.len();
        let mut used: Vec<Option<u32>> = entries.iter().map(|entry| (is_whole && runs(&entry.rule)).then_some(0)).collect();
        for (taken, i) in pair(&known, &found).into_iter().zip(acceptable) {
            takes[i] = taken.map(|place| places[place]);
            if let Some(entry) = takes[i] {
                *used[entry].get_or_insert(0) += 1;
            }
        }
        Fit { home: home.map(str::to_owned), takes, used }
    }

    /// Which findings an entry accepts that still holds.
    pub fn accepted(&self, fit: &Fit, today: Date) -> Vec<bool> {
        let entries = fit.home.as_ref().and_then(|home| self.articles.get(home)).map_or(&[][..], Vec::as_slice);
        fit.takes.iter().map(|taken| taken.is_some_and(|entry| !entries[entry].is_expired(today))).collect()
    }
}

//! What a run tells of the entries of a baseline: which still accept something, and what the baseline is after it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Baseline, Entry, Fit};

/// How the articles of a run fit the baseline.
#[derive(Debug, Default)]
pub struct Ledger {
    fits: BTreeMap<String, Fit>,
    /// The articles whose entries are at a path: itself, or where it moved to.
    heirs: BTreeMap<String, Vec<String>>,
}

/// An entry after a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'b> {
    pub path: &'b str,
    pub entry: &'b Entry,
    pub state: State,
    /// How many findings it takes.
    pub used: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It accepts as many findings as it says.
    Accepted,
    /// It takes fewer findings than it says, or none.
    Stale,
    /// Its findings are there, and its time is over.
    Expired,
    /// Its article was not read, or its rule did not run.
    Unchecked,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Accepted => "accepted",
            State::Stale => "stale",
            State::Expired => "expired",
            State::Unchecked => "unchecked",
        }
    }
}

impl Ledger {
    /// Whether an article was noted: one file may be asked for under two names.
    pub fn knows(&self, path: &str) -> bool {
        self.fits.contains_key(path)
    }

    /// Takes note of an article.
    pub fn note(&mut self, path: String, fit: Fit) {
        if self.knows(&path) {
            return;
        }
        if let Some(home) = &fit.home {
            self.heirs.entry(home.clone()).or_default().push(path.clone());
        }
        self.fits.insert(path, fit);
    }

    /// The paths whose articles moved, and where to.
    pub fn moves(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.heirs.iter().filter(|(home, heirs)| !heirs.contains(home)).map(|(home, heirs)| (home.as_str(), heirs.as_slice()))
    }

    /// Every entry of the baseline. `deleted` says whether a rule would have run on an article that is gone from what was
    /// checked.
    pub fn standings<'b>(&self, baseline: &'b Baseline, today: Date, deleted: impl Fn(&str, &str) -> bool) -> Vec<Standing<'b>> {
        let mut standings = Vec::new();
        for (path, entries) in &baseline.articles {
            for (i, entry) in entries.iter().enumerate() {
                let used = self.used(path, i).or_else(|| deleted(path, &entry.rule).then_some(0));
                let state = match used {
                    None => State::Unchecked,
                    Some(0) => State::Stale,
                    Some(_) if entry.is_expired(today) => State::Expired,
                    Some(used) if used < entry.count => State::Stale,
                    Some(_) => State::Accepted,
                };
                standings.push(Standing { path, entry, state, used: used.unwrap_or(0) });
            }
        }
        standings
    }

    /// How many findings an entry takes; where an article has become two, the most that it takes in one.
    fn used(&self, path: &str, entry: usize) -> Option<u32> {
        self.heirs.get(path)?.iter().filter_map(|heir| self.fits[heir].used[entry]).max()
    }

    /// The baseline without what is stale, at the paths where the articles now are, and with more entries.
    pub fn renewed(
        &self,
        baseline: &Baseline,
        fresh: BTreeMap<String, Vec<Entry>>,
        deleted: impl Fn(&str, &str) -> bool,
        stays: impl Fn(&Entry) -> bool,
    ) -> Baseline {
        let mut articles = fresh;
        for (path, entries) in &baseline.articles {
            let Some(heirs) = self.heirs.get(path) else {
                let left = entries.iter().filter(|entry| !deleted(path, &entry.rule));
                articles.entry(path.clone()).or_default().extend(left.cloned());
                continue;
            };
            for heir in heirs {
                let used = |i: usize| self.fits[heir].used[i];
                let left = entries.iter().enumerate().filter(|&(i, entry)| used(i).is_none_or(|used| used > 0 && stays(entry)));
                let left = left.map(|(i, entry)| Entry { count: used(i).unwrap_or(entry.count), ..entry.clone() });
                articles.entry(heir.clone()).or_default().extend(left);
            }
        }
        let mut renewed = Baseline { written: baseline.written, articles };
        renewed.tidy();
        renewed
    }
}

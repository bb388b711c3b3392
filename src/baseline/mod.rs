//! The baseline: findings that were accepted when medproof was adopted, so that only what comes after them is told.
//!
//! An entry knows a finding by its rule and the words around it, never by its line, so that it holds when text is inserted
//! above. Entries and findings of an article are matched one to one: of two equal findings, one entry accepts one.

mod file;
mod fitting;
mod ledger;
mod pairing;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::record::Remark;
use crate::rule::Category;
use crate::rules::INTERNAL_ERROR;

pub use file::{Unusable, read};
pub use fitting::{Fit, Gone};
pub use ledger::{Ledger, Standing, State};
pub use pairing::{Key, mark_new, pair};

/// The name of the file, looked for beside `medproof.toml`.
pub const FILE_NAME: &str = "medproof-baseline.toml";

/// The findings that are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    /// The day it was last changed by medproof.
    pub written: Option<Date>,
    /// By path, relative to the folder of the file, with `/` between folders.
    pub articles: BTreeMap<String, Vec<Entry>>,
}

/// A finding, or several equal ones, of an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub rule: String,
    /// The words of the finding and around it, in small letters.
    pub near: String,
    /// The words of the finding alone.
    pub words: String,
    /// Whether it may accept a [finding that can do harm](is_safety).
    pub safety: bool,
    /// The day it was accepted.
    pub since: Option<Date>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    pub reason: Option<String>,
    /// How many equal findings it accepts; last, so that entries are in order which differ in it alone.
    pub count: u32,
}

impl Entry {
    /// An entry that accepts a finding.
    pub fn of(remark: &Remark, since: Date) -> Self {
        let Key { rule, near, words, safety } = Key::of(remark);
        let (rule, near, words) = (rule.into_owned(), near.into_owned(), words.into_owned());
        Self { rule, near, words, safety, count: 1, since: Some(since), until: None, reason: None }
    }

    /// Whether it no longer accepts anything.
    pub fn is_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

impl Baseline {
    /// How many findings it accepts.
    pub fn count(&self) -> u64 {
        self.articles.values().flatten().map(|entry| u64::from(entry.count)).sum()
    }

    /// Puts entries in their order and equal ones together, and leaves out articles without any.
    pub fn tidy(&mut self) {
        for entries in self.articles.values_mut() {
            entries.sort();
            entries.dedup_by(|later, first| {
                let same = *later == Entry { count: later.count, ..first.clone() };
                if same {
                    first.count = first.count.saturating_add(later.count);
                }
                same
            });
        }
        self.articles.retain(|_, entries| !entries.is_empty());
    }
}

/// Whether a finding may do harm when nobody sees it: an error on a medicine or a dose. It is accepted only by an entry that was
/// made for such findings, and whose words are the very same.
pub fn is_safety(remark: &Remark) -> bool {
    remark.category == Category::Medicines && remark.severity == Severity::Error
}

/// Whether a finding may be accepted at all: that medproof failed on an article is none of the article's.
pub fn is_acceptable(remark: &Remark) -> bool {
    remark.rule != INTERNAL_ERROR.id
}

//! How often each rule was right when its alarms on real articles were read and judged.
//!
//! `fixtures/precision` holds the verdicts, a file for each rule, and `tests/precision.rs` counts them.

/// The verdicts on the alarms of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    /// Alarms that were read.
    pub read: u32,
    /// Those that a copy editor would have marked too.
    pub right: u32,
}

impl Precision {
    /// The share of right alarms, from 0 to 1.
    pub fn share(self) -> f64 {
        f64::from(self.right) / f64::from(self.read)
    }
}

/// What is known of a rule; `None` where no alarm of it was met or read.
pub fn of(id: &str) -> Option<Precision> {
    let row = include_str!("precision.tsv").lines().find_map(|line| line.strip_prefix(id)?.strip_prefix('\t'))?;
    let (read, right) = row.split_once('\t')?;
    Some(Precision { read: read.parse().ok()?, right: right.parse().ok()? })
}

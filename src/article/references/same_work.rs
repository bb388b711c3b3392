//! Whether two entries cite the same work.

use super::Reference;

/// How two entries compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same words.
    Same,
    /// The same work, written differently.
    Near,
    Different,
}

/// Compares two entries.
pub fn compare(_a: &Reference, _b: &Reference) -> Likeness {
    Likeness::Different
}

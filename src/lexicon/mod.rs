//! Medicine names and other word lists.

/// The word lists that rules and readers look things up in.
#[derive(Debug, Default)]
pub struct Lexicon {}

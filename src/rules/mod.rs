//! The list of rules. A rule is one file here, one specification in `fixtures/rules`, and one word in this list.

use crate::rule::Entry;

pub use internal_error::RULE as INTERNAL_ERROR;
pub use unused_ignore::RULE as UNUSED_IGNORE;

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        /// Every rule, in alphabetical order of the ids.
        pub static RULES: &[&Entry] = &[$(&$name::RULE),*];
    };
}

rules![doubled_word, internal_error, unreadable_part, unused_ignore,];

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Entry> {
    RULES.iter().copied().find(|entry| entry.id == id)
}

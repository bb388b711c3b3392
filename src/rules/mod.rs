//! The list of rules. A rule is one file here, one specification in `fixtures/rules`, and one word in this list.

use crate::rule::Entry;

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        /// Every rule, in alphabetical order of the ids.
        pub static RULES: &[&Entry] = &[$(&$name::RULE),*];
    };
}

rules![brand_generic_mismatch, brand_without_generic, capitalized_generic, doubled_word, inconsistent_trademark, lowercase_brand];

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Entry> {
    RULES.iter().copied().find(|entry| entry.id == id)
}

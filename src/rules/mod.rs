//! The list of rules. A rule is one file here, one specification in `fixtures/rules`, and one word in this list.

use crate::rule::Entry;

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        /// Every rule, in alphabetical order of the ids.
        pub static RULES: &[&Entry] = &[$(&$name::RULE),*];
    };
}

rules![
    bad_citation_range,
    citation_out_of_order,
    doubled_word,
    misnumbered_reference,
    missing_reference_list,
    mixed_citation_style,
    reference_gap,
    repeated_in_citation,
    uncited_reference,
    uncollapsed_citation,
    undefined_citation,
    unsorted_citation,
];

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Entry> {
    RULES.iter().copied().find(|entry| entry.id == id)
}

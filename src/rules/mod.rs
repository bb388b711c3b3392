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

rules![
    ambiguous_date,
    bad_citation_range,
    bare_title,
    brand_generic_mismatch,
    brand_without_generic,
    capitalized_generic,
    citation_out_of_order,
    conflicting_review_dates,
    doubled_reviewer_title,
    doubled_word,
    duplicate_reference,
    empty_review_label,
    impossible_date,
    inconsistent_trademark,
    internal_error,
    lowercase_brand,
    misdirected_citation,
    misnumbered_reference,
    missing_next_review,
    missing_reference_list,
    missing_review_date,
    missing_reviewer,
    mixed_citation_style,
    mixed_page_ranges,
    next_review_passed,
    pending_review,
    reference_gap,
    repeated_in_citation,
    reversed_page_range,
    review_in_future,
    review_metadata_mismatch,
    review_overdue,
    reviewer_without_credential,
    uncited_reference,
    uncollapsed_citation,
    undefined_citation,
    unlinked_reference,
    unreadable_part,
    unsorted_citation,
    unused_ignore,
];

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Entry> {
    RULES.iter().copied().find(|entry| entry.id == id)
}

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
    bad_citation_range,
    bare_title,
    brand_generic_mismatch,
    brand_without_generic,
    capitalized_generic,
    citation_glued_to_number,
    citation_out_of_order,
    doubled_word,
    duplicate_reference,
    et_al_form,
    impossible_date,
    inconsistent_author_form,
    inconsistent_journal_form,
    inconsistent_title_case,
    inconsistent_trademark,
    internal_error,
    lowercase_brand,
    misdirected_citation,
    misnumbered_reference,
    misplaced_citation,
    missing_reference_heading,
    missing_reference_list,
    missing_review_date,
    mixed_citation_style,
    mixed_page_ranges,
    next_review_passed,
    off_topic_citation,
    reference_gap,
    reference_punctuation,
    repeated_in_citation,
    reversed_page_range,
    review_in_future,
    review_overdue,
    uncited_claim,
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

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
    citation_out_of_order,
    dangerous_dose,
    doubled_word,
    duplicate_reference,
    impossible_date,
    inconsistent_trademark,
    internal_error,
    look_alike_medicine,
    lowercase_brand,
    malformed_gene_symbol,
    misdirected_citation,
    misnumbered_reference,
    missing_reference_list,
    missing_review_date,
    misspelled_medicine,
    mixed_citation_style,
    mixed_gene_symbol,
    mixed_medicine_names,
    mixed_page_ranges,
    next_review_passed,
    outdated_medicine_name,
    reference_gap,
    repeated_in_citation,
    reversed_page_range,
    review_in_future,
    review_overdue,
    roman_gene_symbol,
    tall_man_in_prose,
    uncited_reference,
    uncollapsed_citation,
    undefined_citation,
    unexpanded_regimen,
    unlinked_reference,
    unreadable_part,
    unsorted_citation,
    unused_ignore,
    withdrawn_medicine,
];

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Entry> {
    RULES.iter().copied().find(|entry| entry.id == id)
}

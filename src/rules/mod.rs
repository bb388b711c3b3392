//! The list of rules. A rule is one file here, one specification in `fixtures/rules`, and one word in this list.

use crate::rule::{Category, Entry};

pub use dead_link::RULE as DEAD_LINK;
pub use internal_error::RULE as INTERNAL_ERROR;
pub use review_overdue::RULE as REVIEW_OVERDUE;
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
    citation_glued_to_number,
    citation_out_of_order,
    conference_abstract,
    conflicting_review_dates,
    dangerous_dose,
    dead_link,
    doubled_reviewer_title,
    doubled_word,
    duplicate_reference,
    empty_review_label,
    et_al_form,
    float_out_of_order,
    hidden_character,
    impossible_date,
    inconsistent_author_form,
    inconsistent_journal_form,
    inconsistent_term,
    inconsistent_title_case,
    inconsistent_trademark,
    insecure_link,
    internal_error,
    long_sentence,
    look_alike_medicine,
    lowercase_brand,
    malformed_gene_symbol,
    malformed_identifier,
    misattributed_identifier,
    misdirected_citation,
    misnumbered_reference,
    misplaced_citation,
    missing_access_date,
    missing_author,
    missing_identifier,
    missing_language_label,
    missing_locator,
    missing_next_review,
    missing_reference_heading,
    missing_reference_list,
    missing_review_date,
    missing_reviewer,
    missing_source,
    missing_title,
    missing_year,
    misspelled_medicine,
    mixed_citation_style,
    mixed_gene_symbol,
    mixed_medicine_names,
    mixed_page_ranges,
    mixed_quotes,
    next_review_passed,
    off_topic_citation,
    outdated_medicine_name,
    pending_review,
    percent_range,
    personal_communication,
    published_preprint,
    redefined_abbreviation,
    redirected_link,
    reference_gap,
    reference_mismatch,
    reference_not_found,
    reference_punctuation,
    relative_time,
    repeated_in_citation,
    repeated_sentence,
    retracted_reference,
    reversed_page_range,
    review_in_future,
    review_metadata_mismatch,
    review_overdue,
    reviewer_without_credential,
    roman_gene_symbol,
    roman_phase,
    shouting,
    spacing,
    stale_online_first,
    tall_man_in_prose,
    unbalanced_bracket,
    unchecked_source,
    uncited_claim,
    uncited_float,
    uncited_reference,
    uncollapsed_citation,
    undefined_abbreviation,
    undefined_citation,
    unexpanded_regimen,
    unlabeled_preprint,
    unlinked_reference,
    unreadable_part,
    unresolved_doi,
    unsorted_citation,
    unused_abbreviation,
    unused_ignore,
    weak_source,
    weak_url,
    web_residue,
    withdrawn_medicine,
];

/// The rules that judge by what registries say of works.
pub const ASKING_FOR_WORKS: &[&str] = &[
    "misattributed-identifier",
    "missing-identifier",
    "published-preprint",
    "reference-mismatch",
    "reference-not-found",
    "retracted-reference",
    "unresolved-doi",
];

/// The rules that judge by where links lead.
pub const ASKING_FOR_LINKS: &[&str] = &["dead-link", "insecure-link", "redirected-link"];

/// Whether a rule says something that only the world can tell, so that its silence means nothing where that was not asked.
pub fn asks(id: &str) -> bool {
    ASKING_FOR_WORKS.contains(&id) || ASKING_FOR_LINKS.contains(&id) || find(id).is_some_and(|entry| entry.category == Category::Online)
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Entry> {
    RULES.iter().copied().find(|entry| entry.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_judges_by_the_world_has_it_asked() {
        let asking = || ASKING_FOR_WORKS.iter().chain(ASKING_FOR_LINKS);
        assert!(asking().all(|id| find(id).is_some()), "a rule that does not exist");
        // It only tells what others were not answered.
        let by_others = "unchecked-source";
        for entry in RULES.iter().filter(|entry| entry.category == Category::Online && entry.id != by_others) {
            assert_eq!(asking().filter(|id| **id == entry.id).count(), 1, "{}", entry.id);
        }
    }
}

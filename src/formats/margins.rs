//! What stands around an article on every page: the header and footer of a site, or of a Word file. It is no text of the
//! article, and it may hold the one line that dates it.

/// Whether words speak of a review or an update.
pub fn mentions_review(words: &str) -> bool {
    let words = words.to_lowercase();
    const LABELS: &[&str] =
        &["reviewed", "last updated", "page updated", "last modified", "last update", "review due", "next review", "last revised"];
    LABELS.iter().any(|label| words.contains(label))
}

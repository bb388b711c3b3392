//! Lines of links that sites put below each entry, and that are copied with the list.

/// Words of the links that sites put below an entry.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    "abstract", "ads", "article", "cas", "central", "crossref", "doi", "free", "full", "google", "in", "isi", "link", "links", "mathscinet", "medline",
    "of", "pdf", "pmc", "pmid", "publisher", "pubmed", "scholar", "science", "scopus", "search", "text", "view", "web",
];

/// `Article`, `PubMed`, `CrossRef Full Text | Google Scholar`: a line of links below an entry, and none of its words.
pub fn is_link_line(text: &str) -> bool {
    const LONGEST: usize = 80;
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    text.len() <= LONGEST && words.peek().is_some() && words.all(|word| LINKS.binary_search(&word.to_lowercase().as_str()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_lines_are_told() {
        assert!(LINKS.is_sorted());
        for line in ["Article", "CrossRef Full Text | Google Scholar", "[PubMed]", "View in Scopus"] {
            assert!(is_link_line(line), "{line}");
        }
        for line in ["", "2.", "Baker B. Tea. J Test Med. 2002;2:1-9. PubMed", "Methods"] {
            assert!(!is_link_line(line), "{line}");
        }
    }
}

//! The headings that announce a reference list.

/// Headings of reference lists, folded: English, and the languages whose health pages were read.
const HEADINGS: &[&str] = &[
    "article references",
    "article sources",
    "bibliografia",
    "bibliografía",
    "bibliographie",
    "bibliography",
    "citations",
    "cited literature",
    "cited references",
    "cited works",
    "einzelnachweise",
    "endnotes",
    "evidence and references",
    "fuentes",
    "list of references",
    "literatur",
    "literatura",
    "literature",
    "literature cited",
    "literature references",
    "literaturverzeichnis",
    "literatuur",
    "literatuurlijst",
    "notes and references",
    "quellen",
    "quellenangaben",
    "reference",
    "reference list",
    "references",
    "references and further reading",
    "references and notes",
    "references and resources",
    "references and sources",
    "references cited",
    "referencias",
    "referencias bibliográficas",
    "referenties",
    "referências",
    "referências bibliográficas",
    "resources and references",
    "riferimenti",
    "riferimenti bibliografici",
    "références",
    "références bibliographiques",
    "scientific references",
    "selected references",
    "sources",
    "sources and references",
    "works cited",
    "参考文献",
];

/// Whether a line announces a reference list.
pub(super) fn is_list_heading(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let folded: String = text.to_lowercase().replace('&', "and");
    let words = folded.trim_matches(|c: char| !c.is_alphabetic()).split_whitespace().collect::<Vec<_>>().join(" ");
    HEADINGS.binary_search(&words.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_sorted_and_found() {
        assert!(HEADINGS.is_sorted());
        assert!(is_list_heading("REFERENCES:") && is_list_heading("Sources & References") && is_list_heading("## References"));
        assert!(!is_list_heading("Reference ranges") && !is_list_heading("Sources of iron in food"));
    }
}

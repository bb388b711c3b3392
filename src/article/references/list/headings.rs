//! The headings that announce a reference list.

/// Headings of reference lists, folded: English, and the languages whose health pages were read.
const HEADINGS: &[&str] = &[
    "article references",
    "article sources",
    "bibliografia",
    "bibliografie",
    "bibliografía",
    "bibliographic references",
    "bibliographical references",
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
    "irodalom",
    "kaynaklar",
    "key references",
    "kirjallisuus",
    "list of references",
    "literatur",
    "literatura",
    "literaturangaben",
    "literature",
    "literature cited",
    "literature references",
    "literaturverzeichnis",
    "literatuur",
    "literatuurlijst",
    "litteratur",
    "lähteet",
    "notes and references",
    "numbered references",
    "piśmiennictwo",
    "quellen",
    "quellenangaben",
    "referanser",
    "reference",
    "reference list",
    "referencer",
    "references",
    "references and further reading",
    "references and notes",
    "references and resources",
    "references and sources",
    "references cited",
    "referencias",
    "referencias bibliográficas",
    "referenser",
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
    "supporting literature",
    "works cited",
    "źródła",
    "литература",
    "список литературы",
    "المراجع",
    "参考文献",
    "引用文献",
    "文献",
    "참고문헌",
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

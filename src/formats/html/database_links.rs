//! The links behind an entry that lead to the work: “[DOI] [PubMed] [Google Scholar]”. They are no words of the entry.

use crate::document::{Block, BlockKind, Mark, MarkKind};
use crate::prose::Prose;

/// What such links say, in lower case, sorted.
const LABELS: &[&str] = &[
    "abstract",
    "abstract/free full text",
    "ads",
    "article",
    "cas",
    "crossref",
    "doi",
    "europe pmc",
    "find it @ stanford",
    "free full text",
    "full text",
    "full text (pdf)",
    "full-text",
    "google scholar",
    "isi",
    "link",
    "mathscinet",
    "medline",
    "openurl",
    "pdf",
    "pmc free article",
    "pubmed",
    "pubmed abstract",
    "pubmed central",
    "pubmed/ncbi",
    "scopus",
    "view",
    "view article",
    "view pdf",
    "view record in scopus",
    "web of science",
];

/// Cuts the links off the end of an item, or of a paragraph that ends with several.
pub fn cut(text: &str, block: Block) -> Block {
    let item = matches!(block.kind, BlockKind::ListItem { .. });
    if !(item || block.kind == BlockKind::Paragraph) || !block.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Link(_))) {
        return block;
    }
    let words = block.text();
    let (mut end, mut count) = (words.len(), 0);
    let mut links: Vec<&Mark> = block.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Link(_))).collect();
    links.sort_by_key(|mark| mark.range.end);
    while let Some(link) = links.pop() {
        let between = words.get(link.range.end..end).unwrap_or("x");
        let label = words[link.range.clone()].trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_lowercase();
        if !between.chars().all(is_separator) || LABELS.binary_search(&label.as_str()).is_err() {
            break;
        }
        end = link.range.start;
        count += 1;
    }
    let rest = words[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | '|' | '·' | '•' | ','));
    if count == 0 || rest.len() < 20 || !item && count < 2 {
        return block;
    }
    let end = rest.len();
    let mut prose = Prose::default();
    prose.push_part(text, &block.prose, 0..end);
    let marks = block.marks.into_iter().filter(|mark| mark.range.start < end);
    let marks = marks.map(|mark| Mark { range: mark.range.start..mark.range.end.min(end), kind: mark.kind }).collect();
    Block { prose, marks, ..block }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '|' | '·' | '•' | ',' | ';' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_sorted() {
        assert!(LABELS.is_sorted());
    }
}

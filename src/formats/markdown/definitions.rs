//! Link definitions `[4]: https://…` that are references: the parser makes links of `[4]`, and readers see citations.

use pulldown_cmark::LinkType;

use crate::document::{Block, BlockKind};
use crate::prose::Prose;
use crate::source::Span;

/// What the links with numbers for labels say of their definitions.
#[derive(Debug, Default)]
pub struct NumberedLinks {
    /// There is a citation such as `[4]`.
    cite: bool,
    /// There is a link with words, such as `[the study][4]`.
    have_words: bool,
}

impl NumberedLinks {
    /// Whether a link is a citation to the reader: `[1]` with a definition `[1]: …`, and `[1][3]`, which is two.
    pub fn cites(&mut self, kind: LinkType, label: &str, raw: &str) -> bool {
        let numbered = is_number(label);
        let bare = || raw.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'[' | b']'));
        let cites = numbered && (kind == LinkType::Shortcut || kind == LinkType::Reference && bare());
        self.cite |= numbered && cites;
        self.have_words |= numbered && !cites;
        cites
    }

    /// Whether the definitions serve citations alone.
    pub fn are_references(&self) -> bool {
        self.cite && !self.have_words
    }
}

/// How many bytes close the brackets of a citation, of which the text before was read: `]`, and `][3]` of `[1][3]`.
pub fn closing(rest: &str) -> usize {
    let Some(behind) = rest.strip_prefix(']') else { return 0 };
    let second = behind.strip_prefix('[').map_or(0, |label| label.bytes().take_while(u8::is_ascii_digit).count());
    if second > 0 && rest[second + 2..].starts_with(']') { second + 3 } else { 1 }
}

/// What the reader of the article sees behind `[4]`: a footnote, where the label of a definition is a number.
pub fn footnote(text: &str, label: &str, span: Span) -> Option<Block> {
    let raw = &text[span.range()];
    let start = raw.find("]:").filter(|_| is_number(label))? + 2;
    let words = raw[start..].trim();
    let at = span.end as usize - raw[start..].trim_start().len();
    let mut prose = Prose::default();
    prose.push_verbatim(text, Span::new(at, at + words.len()));
    let kind = BlockKind::Footnote { label: label.to_owned() };
    (!prose.is_empty()).then(|| Block { kind, prose, marks: Vec::new(), span, quoted: false })
}

fn is_number(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit())
}

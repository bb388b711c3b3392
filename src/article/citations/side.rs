//! On which side of a mark of punctuation a citation stands.

use super::{Citation, Form};
use crate::document::Block;

/// The side of the mark on which a citation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// `disease.1`
    After,
    /// `disease1.`
    Before,
}

impl Citation {
    /// The mark that the citation stands at, where it stands in prose, and the side.
    pub fn side(&self, block: &Block) -> Option<(char, Side)> {
        let text = block.text();
        let range = self.place.range();
        let (before, after) = (text[..range.start].trim_end(), &text[range.end..]);
        // A mark behind a space is no mark of this citation, unless brackets part it: `disease. [1]`.
        let apart = matches!(self.form, Form::Bracket | Form::Parenthesis | Form::Link | Form::Spaced);
        if before.len() < range.start && !apart {
            return None;
        }
        let behind = after.chars().next().filter(|c| is_mark(*c));
        // Behind the mark of a quotation it cites the quotation, and stands where all styles put it.
        let ahead = before.trim_end_matches(')').chars().next_back().filter(|c| is_mark(*c));
        match (ahead, behind) {
            (None, Some(mark)) if ends(mark, &after[1..]) => Some((mark, Side::Before)),
            (Some('.'), None) if is_abbreviated(before) || !ends('.', after) => None,
            // A comma or colon before brackets that open a new part: `see, [1]`.
            (Some(mark), None) if ends(mark, after) && (mark == '.' || before.len() == range.start) => Some((mark, Side::After)),
            _ => None,
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':')
}

/// Whether what follows fits a mark: a sentence or nothing behind a full stop, white space behind the others.
fn ends(mark: char, after: &str) -> bool {
    let rest = after.trim_start();
    match mark {
        _ if rest.is_empty() => true,
        '.' => rest.len() < after.len() && rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(' | '‘')),
        _ => rest.len() < after.len(),
    }
}

/// `et al.5`, `vs.5`, `U.S.5`: the full stop belongs to the word.
fn is_abbreviated(before: &str) -> bool {
    let head = before.trim_end_matches(')').trim_end_matches('.');
    let word = super::guards::last_word(head);
    let capital = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    capital || matches!(word, "al" | "vs" | "etc" | "approx" | "ca" | "cf" | "Dr" | "Prof" | "Inc" | "Ltd" | "Co" | "St" | "No" | "Fig")
}

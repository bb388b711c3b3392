//! Statements about when an article was reviewed, updated and published, and by whom.

use crate::document::Document;
use crate::source::Span;

/// A label such as "Medically reviewed by … on …" with what it says.
#[derive(Debug, Clone)]
pub struct ReviewStatement {
    pub span: Span,
}

/// Finds the review statements of the text and the front matter, in reading order.
pub fn read(_document: &Document) -> Vec<ReviewStatement> {
    Vec::new()
}

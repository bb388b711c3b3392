//! Citations in the text, and the style in which an article cites.

use crate::article::references::References;
use crate::document::{Document, Place};
use crate::source::Span;

/// The citations of an article in reading order, and the style they are written in.
#[derive(Debug, Default)]
pub struct Citations {
    pub groups: Vec<Citation>,
}

/// A group of numbers that cite together, such as `4,5,6` or `[1, 3-5]`.
#[derive(Debug, Clone)]
pub struct Citation {
    pub place: Place,
    pub span: Span,
    /// The numbers, ranges expanded, in the order written.
    pub numbers: Vec<u32>,
}

/// Finds the citations.
pub fn read(_document: &Document, _references: &References) -> Citations {
    Citations::default()
}

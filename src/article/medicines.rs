//! Medicine names in the running text.

use crate::article::references::References;
use crate::document::{Document, Place};
use crate::lexicon::Lexicon;

/// A medicine name where it stands.
#[derive(Debug, Clone)]
pub struct Medicine {
    pub place: Place,
}

/// Finds the medicine names of the text, in reading order.
pub fn read(_document: &Document, _references: &References, _lexicon: &Lexicon) -> Vec<Medicine> {
    Vec::new()
}

//! Finding the reference list and splitting it into entries.

use super::References;
use crate::document::Document;
use crate::source::Source;

pub fn read(_source: &Source, _document: &Document) -> References {
    References::default()
}

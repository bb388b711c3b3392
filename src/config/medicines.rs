//! Medicine names that the user adds to the word list.

use serde::Deserialize;

/// A row `[[medicines]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExtraMedicine {
    /// The name as it is to be written, such as `Neuvita`.
    pub name: String,
    /// Whether the name is a brand or a generic name.
    pub kind: MedicineKind,
    /// The generic name behind a brand.
    pub generic: Option<String>,
}

/// What kind of name a medicine's name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MedicineKind {
    Brand,
    Generic,
}

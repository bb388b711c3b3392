//! Medicine names that the user adds to the word list.

use serde::Deserialize;

use crate::source::Span;

/// A row `[[medicines]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExtraMedicine {
    /// The name as it is to be written, such as `Neuvita`.
    pub name: String,
    /// Whether the name is a brand or a generic name.
    pub kind: MedicineKind,
    /// The generic name behind a brand, or the generic names of a combination.
    #[serde(default, deserialize_with = "one_or_more")]
    pub generic: Vec<String>,
    /// The name in the file.
    #[serde(skip)]
    pub span: Span,
}

/// What kind of name a medicine's name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MedicineKind {
    Brand,
    Generic,
}

fn one_or_more<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a name or a list of names")]
    enum OneOrMore {
        One(String),
        More(Vec<String>),
    }
    Ok(match OneOrMore::deserialize(deserializer)? {
        OneOrMore::One(name) => vec![name],
        OneOrMore::More(names) => names,
    })
}

//! Names that a user adds in the configuration.

use std::collections::BTreeMap;

use fst::raw::{Builder, Fst};

use super::{Entry, Kind, Lexicon, Standing, walk};

/// A name of the user: `{ name = "Exampla", kind = "brand", generic = "pembrolizumab" }`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnName {
    /// As it should be written.
    pub name: String,
    pub kind: OwnKind,
    /// The nonproprietary names of what it contains. A generic without any stands for itself; with one it is a variant
    /// of that name.
    #[serde(default, alias = "generic", deserialize_with = "one_or_many")]
    pub ingredients: Vec<String>,
}

/// What a name of the user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnKind {
    Generic,
    Brand,
}

/// A row that is not a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the medicine “{name}” {problem}")]
pub struct BadName {
    /// Which row, counted from 0.
    pub row: usize,
    pub name: String,
    pub problem: NameProblem,
}

/// Why a row is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    #[error("has no letter")]
    NoLetter,
    #[error("starts or ends with a character that no word starts or ends with")]
    Edge,
    #[error("is longer than {limit} bytes", limit = MAX_NAME)]
    TooLong,
    #[error("is a brand without the nonproprietary name of what it contains")]
    NoIngredient,
    #[error("has an ingredient without a name")]
    EmptyIngredient,
    #[error("is listed twice")]
    Twice,
}

/// The longest name taken, in bytes.
pub const MAX_NAME: usize = 200;

pub(super) struct OwnNames {
    names: Fst<Vec<u8>>,
    entries: Vec<Entry>,
}

impl OwnNames {
    pub fn new(rows: impl IntoIterator<Item = OwnName>, known: &Lexicon) -> Result<Self, BadName> {
        let mut keys = BTreeMap::new();
        let mut entries = Vec::new();
        for (row, own) in rows.into_iter().enumerate() {
            let bad = |problem| BadName { row, name: own.name.clone(), problem };
            let entry = entry(&own, known).map_err(bad)?;
            if keys.insert(walk::key(&entry.name), entries.len() as u64).is_some() {
                return Err(bad(NameProblem::Twice));
            }
            entries.push(entry);
        }
        let mut builder = Builder::memory();
        for (key, row) in keys {
            builder.insert(key, row).expect("keys of a map are sorted and unique");
        }
        Ok(Self { names: builder.into_fst(), entries })
    }

    pub fn names(&self) -> &Fst<Vec<u8>> {
        &self.names
    }

    pub fn entry(&self, row: u32) -> Entry {
        self.entries[row as usize].clone()
    }
}

fn entry(own: &OwnName, known: &Lexicon) -> Result<Entry, NameProblem> {
    let name = own.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !name.chars().any(char::is_alphabetic) {
        return Err(NameProblem::NoLetter);
    }
    if !name.starts_with(char::is_alphanumeric) || !name.ends_with(|c: char| c.is_alphanumeric() || ").+".contains(c)) {
        return Err(NameProblem::Edge);
    }
    if name.len() > MAX_NAME {
        return Err(NameProblem::TooLong);
    }
    if own.ingredients.iter().any(|ingredient| ingredient.trim().is_empty()) {
        return Err(NameProblem::EmptyIngredient);
    }
    let mut keys: Vec<String> = own.ingredients.iter().flat_map(|ingredient| keys_of(ingredient, known)).collect();
    let kind = match own.kind {
        OwnKind::Brand if keys.is_empty() => return Err(NameProblem::NoIngredient),
        OwnKind::Brand => Kind::Brand,
        OwnKind::Generic => Kind::Generic,
    };
    if keys.is_empty() {
        keys = keys_of(&name, known);
    }
    Ok(Entry { name, kind, standing: Standing::Current, guard: None, case_attested: true, readings: vec![keys] })
}

/// The keys of an ingredient: those of a known nonproprietary name, else its own lower-case name.
fn keys_of(ingredient: &str, known: &Lexicon) -> Vec<String> {
    let ingredient = ingredient.trim();
    match known.get(ingredient) {
        Some(entry) if entry.kind != Kind::Brand => entry.readings.into_iter().next().unwrap_or_default(),
        _ => vec![ingredient.to_lowercase()],
    }
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        Many(Vec<String>),
    }
    Ok(match serde::Deserialize::deserialize(deserializer)? {
        Names::One(name) => vec![name],
        Names::Many(names) => names,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, kind: OwnKind, ingredients: &[&str]) -> OwnName {
        OwnName { name: name.into(), kind, ingredients: ingredients.iter().map(|&s| s.to_owned()).collect() }
    }

    #[test]
    fn own_names_win_and_share_keys() {
        let rows = [
            own("Exampla Forté", OwnKind::Brand, &["paracetamol"]),
            own("Keytruda", OwnKind::Brand, &["examplumab"]),
            own("examplumab", OwnKind::Generic, &[]),
        ];
        let lexicon = Lexicon::with_extra(rows).unwrap();
        assert_eq!(lexicon.get("exampla forté").unwrap().ingredients(), ["acetaminophen"]);
        assert_eq!(lexicon.get("Keytruda").unwrap().ingredients(), ["examplumab"]);
        assert_eq!(lexicon.get("Opdivo").unwrap().ingredients(), ["nivolumab"]);
        assert_eq!(lexicon.get("Examplumab").unwrap().kind, Kind::Generic);
    }

    #[test]
    fn a_malformed_row_is_named() {
        let table = [
            (own("", OwnKind::Generic, &[]), NameProblem::NoLetter),
            (own("12 µ!", OwnKind::Generic, &[]), NameProblem::Edge),
            (own("12", OwnKind::Generic, &[]), NameProblem::NoLetter),
            (own("-Exampla", OwnKind::Generic, &[]), NameProblem::Edge),
            (own(&"a".repeat(MAX_NAME + 1), OwnKind::Generic, &[]), NameProblem::TooLong),
            (own("Exampla", OwnKind::Brand, &[]), NameProblem::NoIngredient),
            (own("Exampla", OwnKind::Brand, &[" "]), NameProblem::EmptyIngredient),
            (own("FIRST", OwnKind::Generic, &[]), NameProblem::Twice),
        ];
        for (bad, want) in table {
            let error = Lexicon::with_extra([own("first", OwnKind::Generic, &[]), bad]).unwrap_err();
            assert_eq!((error.row, error.problem), (1, want));
        }
    }

    #[test]
    fn rows_are_read_from_a_configuration() {
        let read = |text: &str| toml::from_str::<OwnName>(text);
        assert_eq!(read("name = 'X'\nkind = 'brand'\ngeneric = 'y'").unwrap(), own("X", OwnKind::Brand, &["y"]));
        assert_eq!(read("name = 'X'\nkind = 'brand'\ningredients = ['y', 'z']").unwrap(), own("X", OwnKind::Brand, &["y", "z"]));
        assert!(read("name = 'X'\nkind = 'drug'").is_err());
        assert!(read("kind = 'brand'").is_err());
    }
}

//! Facts about substances beside their names: the lists that a name is on, withdrawals, names taken for each other. Small tables,
//! read when a first article names a medicine.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The rows of a table without its comments and column names, as cells.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

/// A list of nonproprietary names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameList {
    /// United States Adopted Names.
    Usan,
    /// International Nonproprietary Names.
    Inn,
    /// British Approved Names.
    Ban,
}

static VARIANTS: LazyLock<HashMap<&str, Variant>> = LazyLock::new(|| {
    let variant = |cells: Vec<&'static str>| Variant { name: cells[0], substance: cells[1], lists: cells[2] };
    rows(include_str!("variants.tsv")).map(|cells| (cells[0], variant(cells))).collect()
});

/// One of several nonproprietary names of a substance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    pub name: &'static str,
    /// What all names of the substance share.
    pub substance: &'static str,
    lists: &'static str,
}

impl Variant {
    /// The variant of a name in lower case.
    pub fn of(name: &str) -> Option<Variant> {
        VARIANTS.get(name).copied()
    }

    /// The name that a list has for a substance.
    pub fn listed(substance: &str, list: NameList) -> Option<Variant> {
        VARIANTS
            .values()
            .filter(|variant| variant.substance == substance && variant.is_on(list))
            .min_by_key(|variant| variant.name)
            .copied()
    }

    /// The name was given up.
    pub fn is_former(&self) -> bool {
        self.lists == "former"
    }

    /// Whether the name is on a list.
    pub fn is_on(&self, list: NameList) -> bool {
        let word = match list {
            NameList::Usan => "usan",
            NameList::Inn => "inn",
            NameList::Ban => "ban",
        };
        self.lists.split(',').any(|other| other == word)
    }
}

/// The years in which a substance went off the markets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    pub us: Option<i16>,
    pub eu: Option<i16>,
}

impl Withdrawal {
    /// The withdrawal of a substance by its key.
    pub fn of(substance: &str) -> Option<Withdrawal> {
        static WITHDRAWALS: LazyLock<HashMap<&str, Withdrawal>> = LazyLock::new(|| {
            let years = |cells: Vec<&str>| Withdrawal { us: cells[1].parse().ok(), eu: cells[2].parse().ok() };
            rows(include_str!("withdrawn.tsv")).map(|cells| (cells[0], years(cells))).collect()
        });
        WITHDRAWALS.get(substance).copied()
    }
}

/// The pairs of names that are taken for each other.
pub fn confusable_pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(include_str!("confusable.tsv")).filter_map(|cells| cells[0].split_once(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn rows_are_well_formed_and_their_names_known() {
        let lexicon = Lexicon::default();
        let generic =
            |name: &str| assert!(lexicon.get(name).is_some_and(|entry| !entry.ingredients().is_empty()), "{name} is not in the lexicon");
        for cells in rows(include_str!("variants.tsv")) {
            generic(cells[0]);
            assert!(cells[2].split(',').all(|list| ["usan", "inn", "ban", "former"].contains(&list)), "{cells:?}");
            let variant = Variant::of(cells[0]).expect("a variant");
            assert!(Variant::of(variant.substance).is_some_and(|first| !first.is_former()), "{cells:?}");
        }
        for cells in rows(include_str!("withdrawn.tsv")) {
            generic(cells[0]);
            let gone = Withdrawal::of(cells[0]).expect("a withdrawal");
            assert!(gone.us.or(gone.eu).is_some_and(|year| (1960..2030).contains(&year)), "{cells:?}");
        }
        for (first, second) in confusable_pairs() {
            generic(first);
            generic(second);
        }
    }
}

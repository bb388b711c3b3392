//! From the research data (`lexicon.tsv` in the folder that `MEDPROOF_DATA` names) and our additions to our own table: what is
//! left out, merged and guarded.

use std::collections::BTreeMap;
use std::path::Path;

use crate::table::{KINDS, Row, Table};

pub fn gather(data: &Path, added: Table, ordinary: &BTreeMap<String, String>) -> Table {
    let path = data.join("lexicon.tsv");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let fact = Fact::new(line);
        let key = fact.name.to_lowercase();
        let verdict = ordinary.get(&key).map(String::as_str);
        if verdict == Some("absent") || !fact.is_wanted() {
            continue;
        }
        merge(&mut rows, fact.row(verdict));
    }
    added.rows.into_iter().for_each(|row| merge(&mut rows, row));
    Table { rows: rows.into_values().collect() }
}

struct Fact<'a> {
    name: &'a str,
    kind: &'a str,
    ingredients: &'a str,
    regions: &'a str,
    status: &'a str,
    tier: &'a str,
    case: &'a str,
    common: &'a str,
}

impl<'a> Fact<'a> {
    fn new(line: &'a str) -> Self {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, kind, ingredients, regions, status, tier, _year, _sources, case, common] = cells[..] else {
            panic!("ten cells: {line}")
        };
        let kind = if kind == "abbrev" { "abbreviation" } else { kind };
        Fact { name, kind, ingredients, regions, status, tier, case, common }
    }

    /// Trade names that only chemical registers know are mostly not medicines any more, and collide with surnames,
    /// companies and words; very short names collide with abbreviations; names with brackets are not written in prose.
    fn is_wanted(&self) -> bool {
        let brand = self.kind == "brand";
        let shouted = self.name.len() <= 5 && self.name.chars().all(|c| c.is_ascii_uppercase());
        KINDS.contains(&self.kind)
            && (3..=70).contains(&self.name.len())
            && self.name.chars().all(|c| c.is_ascii_alphanumeric() || " -.&+'".contains(c))
            && self.name.chars().any(|c| c.is_ascii_alphabetic())
            && !(brand && (self.tier == "2" || shouted || self.name.len() == 3 && self.case == "derived"))
    }

    fn row(&self, verdict: Option<&str>) -> Row {
        let brand = self.kind == "brand";
        let everyday = if brand { "smlw" } else { "smw" };
        let guard = match verdict {
            Some("medicine") => "",
            Some(kind) => kind,
            None if self.common.is_empty() || !everyday.contains(self.common) => "",
            None if brand => "word",
            None => "substance",
        };
        let sold = ["marketed", "authorised", "listed", "approved"].iter().any(|word| self.status.contains(word));
        let standing = match (brand, self.status) {
            (true, _) if !sold => "former",
            (false, "inn-only") => "unapproved",
            _ => "current",
        };
        Row {
            name: self.name.to_owned(),
            kind: self.kind.to_owned(),
            readings: vec![self.ingredients.split("; ").map(str::to_owned).collect()],
            regions: self.regions.to_owned(),
            standing: standing.to_owned(),
            case: if brand && self.case == "derived" { "guessed".to_owned() } else { String::new() },
            guard: guard.to_owned(),
        }
    }
}

/// A second row of the same name is another product under it.
fn merge(rows: &mut BTreeMap<String, Row>, row: Row) {
    let Some(known) = rows.get_mut(&row.name.to_lowercase()) else {
        rows.insert(row.name.to_lowercase(), row);
        return;
    };
    for reading in row.readings {
        if !known.readings.contains(&reading) {
            known.readings.push(reading);
        }
    }
    if row.standing == "current" {
        known.standing = row.standing;
    }
}

//! The committed table: one row a name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub const KINDS: [&str; 7] = ["generic", "salt", "biosimilar", "suffixed", "brand", "abbreviation", "regimen"];

const HEADER: &str = "\
# Names of medicines. Generated: see CONTRIBUTING.md; do not edit by hand, edit ordinary.tsv or the gathering.
# Source: FDA/NLM GSRS UNII names (2025-06), Drugs@FDA (2022, 2026-07), FDA novel approvals (2026-07), Purple Book (2026-06),
#   NDC directory (2019-04), CMS Part D names (2016-2023) and RxNorm names (2026-07): public domain. Source: European Medicines
#   Agency, table of medicines (2025-10), © European Medicines Agency, reuse with acknowledgement. Contains information licensed
#   under the Open Government Licence – Canada (Health Canada, Drug Product Database, 2026-04) and under the Open Government
#   Licence v3.0 (NHS website, 2025). DrugBank open data vocabulary (2026-04): CC0. Regimens, abbreviations and British names
#   by the medproof authors. Names and relations are changed and combined; no agency endorses this table.
# Licence: as above for the facts; MIT OR Apache-2.0 for the arrangement.
# Date: 2026-11-23
# ingredients: keys by their United States name, joined by `; `, readings of one name by ` | `; empty: the name is its own key.
# standing: current | former | unapproved. case: guessed where no source shows capitals. guard: see ordinary.tsv.
name\tkind\tingredients\tregions\tstanding\tcase\tguard
";

#[derive(Debug)]
pub struct Row {
    /// As it should be written.
    pub name: String,
    pub kind: String,
    /// What it contains; several where products under one name differ.
    pub readings: Vec<Vec<String>>,
    pub regions: String,
    pub standing: String,
    pub case: String,
    pub guard: String,
}

#[derive(Debug)]
pub struct Table {
    pub rows: Vec<Row>,
}

impl Table {
    pub fn parse(text: &str) -> Table {
        let rows = lines(text).map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, kind, ingredients, regions, standing, case, guard] = cells[..] else { panic!("seven cells: {line}") };
            let own = || vec![vec![name.to_lowercase()]];
            let split = |s: &str| s.split("; ").map(str::to_owned).collect();
            let readings = if ingredients.is_empty() { own() } else { ingredients.split(" | ").map(split).collect() };
            let [kind, regions, standing, case, guard] = [kind, regions, standing, case, guard].map(str::to_owned);
            Row { name: name.to_owned(), kind, readings, regions, standing, case, guard }
        });
        Table { rows: rows.collect() }
    }

    pub fn to_tsv(&self) -> String {
        let mut out = HEADER.to_owned();
        for row in &self.rows {
            let own = row.readings.len() == 1 && row.readings[0] == [row.name.to_lowercase()];
            let readings: Vec<String> = row.readings.iter().map(|reading| reading.join("; ")).collect();
            let ingredients = if own { String::new() } else { readings.join(" | ") };
            let Row { name, kind, regions, standing, case, guard, .. } = row;
            writeln!(out, "{name}\t{kind}\t{ingredients}\t{regions}\t{standing}\t{case}\t{guard}").unwrap();
        }
        out
    }
}

/// The rows of a table without its comments and column names.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1)
}

/// `ordinary.tsv`: a lower-case word and what it is besides a medicine.
pub fn ordinary(text: &str) -> BTreeMap<String, String> {
    lines(text).map(|line| line.split_once('\t').expect("two cells")).map(|(word, kind)| (word.to_owned(), kind.to_owned())).collect()
}

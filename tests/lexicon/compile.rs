//! From the table to the files that the program embeds. `src/lexicon/embedded.rs` reads them and describes the layout.

use std::collections::BTreeMap;

use fst::raw::Fst;
use medproof::lexicon::Beginnings;

use crate::table::{KINDS, Row, Table};

pub struct Compiled {
    pub names: Vec<u8>,
    pub entries: Vec<u8>,
    pub beginnings: Vec<u8>,
}

pub fn compile(table: &Table) -> Compiled {
    let keys: BTreeMap<&str, u16> = table.rows.iter().flat_map(|row| row.readings.iter().flatten()).map(|key| (key.as_str(), 0)).collect();
    let keys: BTreeMap<&str, u16> =
        keys.into_keys().enumerate().map(|(i, key)| (key, u16::try_from(i).expect("under 65,536 ingredients"))).collect();
    let mut entries = Vec::new();
    entries.extend(u32::try_from(keys.len()).unwrap().to_le_bytes());
    let mut end = 0u32;
    for key in keys.keys() {
        entries.extend(end.to_le_bytes());
        end += u32::try_from(key.len()).unwrap();
    }
    entries.extend(end.to_le_bytes());
    entries.extend(keys.keys().flat_map(|key| key.bytes()));
    let mut names = fst::raw::Builder::memory();
    for row in &table.rows {
        names.insert(row.name.to_lowercase(), entries.len() as u64).expect("the table is sorted");
        entry(row, &keys, &mut entries);
    }
    let names = names.into_inner().unwrap();
    let beginnings = Beginnings::of(&Fst::new(&names).unwrap()).bytes().to_vec();
    Compiled { names, entries, beginnings }
}

/// The names to which misspelled words are corrected, one a line: generic names of one word that belong to approved substances,
/// as `spelling.tsv` has judged them.
pub fn spelled(table: &Table, judged: &BTreeMap<String, String>) -> String {
    let plain = |name: &str| name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let rows = table.rows.iter().filter(|row| row.kind == "generic" && row.standing == "current" && plain(&row.name));
    let judged_as = |kind: &'static str| judged.iter().filter(move |(_, verdict)| *verdict == kind).map(|(word, _)| word.clone());
    let mut names: std::collections::BTreeSet<String> = rows.map(|row| row.name.to_lowercase()).chain(judged_as("name")).collect();
    judged_as("absent").for_each(|word| {
        names.remove(&word);
    });
    names.into_iter().map(|name| name + "\n").collect()
}

fn entry(row: &Row, keys: &BTreeMap<&str, u16>, out: &mut Vec<u8>) {
    let kind = KINDS.iter().position(|kind| *kind == row.kind).expect("a known kind") as u8;
    let standing = ["current", "former", "unapproved"].iter().position(|s| *s == row.standing).expect("a known standing") as u8;
    let guard = ["", "word", "name", "substance"].iter().position(|g| *g == row.guard).expect("a known guard") as u8;
    let guessed = u8::from(!row.case.is_empty());
    out.extend([kind, standing | guard << 2 | guessed << 4, u8::try_from(row.name.len()).unwrap()]);
    out.extend(row.name.bytes());
    out.push(u8::try_from(row.readings.len()).unwrap());
    for reading in &row.readings {
        out.push(u8::try_from(reading.len()).unwrap());
        out.extend(reading.iter().flat_map(|key| keys[key.as_str()].to_le_bytes()));
    }
}

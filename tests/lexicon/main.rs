//! The medicine table and what is generated from it.
//!
//! Three steps, each checked on every run and written with `BLESS=1`:
//! the research data (only where `MEDPROOF_DATA` names a copy), `added.tsv` and `ordinary.tsv` give `medicines.tsv`; that
//! table gives the automaton and the payload that the program embeds. Users need none of this.

mod compile;
mod gather;
mod table;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use table::{Row, Table};

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon")
}

/// A file of the lexicon, as it is after blessing.
fn fresh(name: &str) -> String {
    LazyLock::force(&FRESH);
    read(name)
}

fn read(name: &str) -> String {
    let path = home().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// Brings the generated files up to date under `BLESS=1`, before any test reads them.
static FRESH: LazyLock<()> = LazyLock::new(|| {
    if blessing() {
        generate();
    }
});

#[test]
fn generated_files_are_up_to_date() {
    LazyLock::force(&FRESH);
    generate();
}

/// Makes each file, and compares or writes it.
fn generate() {
    if let Some(data) = std::env::var_os("MEDPROOF_DATA") {
        let ordinary = table::ordinary(&read("ordinary.tsv"));
        let made = gather::gather(Path::new(&data), Table::parse(&read("added.tsv")), &ordinary).to_tsv();
        if blessing() {
            std::fs::write(home().join("medicines.tsv"), &made).unwrap();
        }
        assert!(made == read("medicines.tsv"), "medicines.tsv is not what the data gives; write it with BLESS=1");
    }
    let table = Table::parse(&read("medicines.tsv"));
    let spelled = compile::spelled(&table, &table::ordinary(&read("spelling.tsv")));
    let compiled = compile::compile(&table);
    let files = [
        ("medicines.fst", compiled.names),
        ("medicines.bin", compiled.entries),
        ("medicines.beginnings", compiled.beginnings),
        ("spelled.txt", spelled.into_bytes()),
    ];
    for (name, bytes) in files {
        let path = home().join(name);
        if blessing() && std::fs::read(&path).ok().as_deref() != Some(&bytes) {
            std::fs::write(&path, &bytes).unwrap();
        }
        assert!(std::fs::read(&path).is_ok_and(|old| old == bytes), "{name} is stale; write it with BLESS=1 cargo test --test lexicon");
    }
}

#[test]
fn tables_are_sorted_unique_and_say_where_they_come_from() {
    for name in
        ["medicines.tsv", "ordinary.tsv", "added.tsv", "spelling.tsv", "variants.tsv", "withdrawn.tsv", "confusable.tsv", "genes.tsv"]
    {
        let text = fresh(name);
        let header: String = text.lines().take_while(|line| line.starts_with('#')).collect();
        for word in ["Source", "Licence", "Date"] {
            assert!(header.contains(word), "{name} does not name its {word}");
        }
        let keys: Vec<String> = table::lines(&text).map(|line| line.split('\t').next().unwrap().to_lowercase()).collect();
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{name}: “{}” and “{}” are not sorted and unique", pair[0], pair[1]);
        }
        assert!(text.len() < 2 << 20, "{name} is larger than 2 MB");
    }
}

#[test]
fn every_ordinary_word_is_used() {
    let table = Table::parse(&fresh("medicines.tsv"));
    for (word, kind) in table::ordinary(&fresh("ordinary.tsv")) {
        let listed = table.rows.iter().any(|row| row.name.to_lowercase() == word);
        assert_eq!(listed, kind != "absent", "{word} is {kind} in ordinary.tsv");
    }
}

#[test]
fn added_names_are_in_the_table_under_known_ingredients() {
    let table = Table::parse(&fresh("medicines.tsv"));
    let keys = |rows: &[Row]| rows.iter().flat_map(|row| row.readings.iter().flatten().cloned()).collect::<Vec<_>>();
    let known = keys(&table.rows);
    for row in Table::parse(&fresh("added.tsv")).rows {
        assert!(table.rows.iter().any(|other| other.name == row.name), "{} is not in medicines.tsv", row.name);
        let own = row.name.to_lowercase();
        for key in row.readings.iter().flatten() {
            let uses = known.iter().filter(|other| *other == key).count();
            assert!(*key == own || uses > 1, "{}: no other name has the ingredient {key}", row.name);
        }
    }
}

#[test]
fn rows_are_well_formed() {
    for Row { name, kind, readings, standing, case, guard, .. } in Table::parse(&fresh("medicines.tsv")).rows {
        assert!(table::KINDS.contains(&kind.as_str()), "{name}: {kind}");
        assert!(["current", "former", "unapproved"].contains(&standing.as_str()), "{name}: {standing}");
        assert!(["", "guessed"].contains(&case.as_str()), "{name}: {case}");
        assert!(["", "word", "name", "substance"].contains(&guard.as_str()), "{name}: {guard}");
        assert!(readings.iter().all(|reading| !reading.is_empty() && reading.iter().all(|key| !key.is_empty())), "{name}");
    }
}

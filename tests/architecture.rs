//! The table of who may import whom: a module imports only from its left, and the core touches nothing of the world.

use std::path::{Path, PathBuf};

use regex::Regex;

/// The modules from left to right; those of one row may import each other.
const ROWS: &[&[&str]] = &[
    &["source", "prose"],
    &["diagnostic"],
    &["document"],
    &["formats", "lexicon", "retractions", "world"],
    &["article"],
    &["rule"],
    &["rules", "precision"],
    &["config"],
    &["suppress", "linter", "fix", "mark", "renumber"],
    &["record"],
    &["baseline"],
    &["report"],
    &["online"],
    &["cli", "lsp", "web"],
    &["lib", "main"],
];

/// The modules that may print, exit, read the environment and start threads.
const PROGRAMS: &[&str] = &["cli", "lsp", "web", "main"];

/// Crates that only these modules may name.
const CRATES: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("ctrlc", &["cli"]),
    ("indicatif", &["cli"]),
    ("notify", &["cli"]),
    ("rayon", &["cli"]),
    ("csv", &["report/calendar/spreadsheet", "report/csv", "report/mod", "retractions"]),
    ("rust_xlsxwriter", &["report/xlsx"]),
    ("rmp_serde", &["cli"]),
    ("xxhash_rust", &["cli", "record"]),
    ("miette", &["cli", "report/full", "report/snippet"]),
    ("futures_util", &["online"]),
    ("reqwest", &["online"]),
    ("rusqlite", &["online"]),
    ("rustls", &["online"]),
    ("tokio", &["online"]),
];

#[test]
fn modules_import_from_their_left_only() {
    let imports = Regex::new(r"\bcrate::(?:(\w+)|\{([^}]*)\})").unwrap();
    let mut wrong = Vec::new();
    for (path, module, code) in sources() {
        let row = row_of(&module).unwrap_or_else(|| panic!("{path}: src/{module} has no place in the table"));
        for found in imports.captures_iter(&code) {
            let names = found.get(1).or(found.get(2)).map_or("", |names| names.as_str());
            let names = names.split(',').filter_map(|name| name.trim().split("::").next()).filter(|name| !name.is_empty());
            for name in names.filter(|name| *name != module) {
                // A name that is no module is a macro or an item at the root.
                if row_of(name).is_some_and(|other| other > row) {
                    wrong.push(format!("{path} imports crate::{name}, which stands to its right"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_see_no_other_rule_and_nothing_of_the_world() {
    let forbidden = Regex::new(
        r"\bcrate::(?:rules|formats|config|report|online|cli|linter|suppress)\b|\bsuper::|\bstd::(?:fs|env|net|time|process|thread)\b",
    )
    .unwrap();
    for (path, module, code) in sources() {
        if module == "rules" && !path.ends_with("rules/mod.rs") {
            assert!(forbidden.find(&code).is_none(), "{path} uses {}", forbidden.find(&code).map_or("", |found| found.as_str()));
        }
    }
}

#[test]
fn only_the_programs_touch_the_world() {
    let world =
        Regex::new(r"\be?print(?:ln)?!|\bstd::(?:fs|env|net|process|thread)\b|\bTimestamp::now\b|\bZoned::now\b|\bSystemTime\b").unwrap();
    for (path, module, code) in sources() {
        if !PROGRAMS.contains(&module.as_str()) && module != "online" {
            assert!(world.find(&code).is_none(), "{path} uses {}", world.find(&code).map_or("", |found| found.as_str()));
        }
    }
}

#[test]
fn crates_stay_in_their_rooms() {
    for (name, rooms) in CRATES {
        let uses = Regex::new(&format!(r"\b{name}(?:_\w+)?::")).unwrap();
        for (path, ..) in sources().iter().filter(|(_, _, code)| uses.is_match(code)) {
            assert!(rooms.iter().any(|room| path.starts_with(&format!("src/{room}"))), "{path} uses {name}");
        }
    }
}

fn row_of(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// Every source file: its path, the module of the first level it belongs to, and its code without comments and tests.
fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    let comment = Regex::new(r"(?m)//.*$").unwrap();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let relative = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let module = relative.trim_start_matches("src/").trim_end_matches(".rs").split('/').next().unwrap_or_default().to_owned();
        (relative, module, comment.replace_all(code, "").into_owned())
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

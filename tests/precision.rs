//! The verdicts on alarms that were read: each file of `fixtures/precision` is well formed, what is counted from
//! them is fresh (`BLESS=1 cargo test --test precision` writes it), and a rule that is often wrong is off by default.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use medproof::precision::Precision;
use medproof::rules::{RULES, find};

/// A rule with a smaller share of right alarms is off by default.
const LEAST_SHARE: f64 = 0.9;

/// Of fewer alarms the share says little.
const LEAST_READ: u32 = 10;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The verdicts of each rule, counted.
fn counted() -> BTreeMap<String, Precision> {
    let files = std::fs::read_dir(root().join("fixtures/precision")).expect("fixtures/precision");
    // A file without rows says that the set was looked through and gave no alarm.
    files.map(|file| count(&file.expect("a file").path())).filter(|(_, precision)| precision.read > 0).collect()
}

fn count(path: &Path) -> (String, Precision) {
    let rule = path.file_stem().expect("a name").to_string_lossy().into_owned();
    assert!(find(&rule).is_some(), "{}: no rule has this id", path.display());
    let text = std::fs::read_to_string(path).expect("verdicts in UTF-8");
    assert!(text.starts_with("# set: "), "{rule}: the first line names the set that was read");
    let rows: Vec<Vec<&str>> = text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    let mut precision = Precision { read: 0, right: 0 };
    for row in &rows {
        let [article, place, verdict, _note] = row[..] else { panic!("{rule}: a row has article, place, verdict and note: {row:?}") };
        assert!(["right", "wrong"].contains(&verdict), "{rule}: {article} {place} is {verdict}");
        precision.read += 1;
        precision.right += u32::from(verdict == "right");
    }
    let places: Vec<_> = rows.iter().map(|row| (row[0], position(row[1]))).collect();
    assert!(places.is_sorted(), "{rule}: rows are sorted by article, then by place");
    (rule, precision)
}

/// `12:5` as numbers.
fn position(place: &str) -> (u32, u32) {
    let number = |part: &str| part.parse().unwrap_or_else(|_| panic!("{place} is no line and column"));
    let (line, column) = place.split_once(':').unwrap_or((place, "1"));
    (number(line), number(column))
}

#[test]
fn what_is_counted_is_fresh() {
    let counted = counted();
    let mut table = String::new();
    let mut page = String::from(
        "# How often each rule is right\n\n\
         Alarms of each rule on real articles were read and judged: would a careful copy editor have marked this? The first line of\n\
         each file in `fixtures/precision` says what was read and how closely; where few alarms were met, the share says little.\n\
         The articles are open-access journal articles as published and in other formats, and consumer pages; none of\n\
         them is part of this project, so the verdicts in `fixtures/precision` name article and place only. This page is counted\n\
         from them by `BLESS=1 cargo test --test precision`. A rule that was right in less than nine of ten is off by default,\n\
         where at least ten were met.\n\n\
         | rule | default | alarms read | right | share |\n|---|---|---|---|---|\n",
    );
    for (rule, precision) in &counted {
        let Precision { read, right } = *precision;
        let on = if find(rule).is_some_and(|entry| entry.default) { "on" } else { "off" };
        let _ = writeln!(table, "{rule}\t{read}\t{right}");
        let _ = writeln!(page, "| {rule} | {on} | {read} | {right} | {:.2} |", precision.share());
    }
    let without: Vec<&str> = RULES.iter().map(|entry| entry.id).filter(|id| !counted.contains_key(*id)).collect();
    if !without.is_empty() {
        let _ = write!(page, "\nNo alarm of these rules was met there: {}.\n", without.join(", "));
    }
    fresh("src/precision.tsv".into(), &table);
    fresh("docs/precision.md".into(), &page);
}

fn fresh(path: PathBuf, text: &str) {
    let file = root().join(&path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, text).expect("a file");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == text, "{} is stale: run BLESS=1 cargo test --test precision", path.display());
}

#[test]
fn rules_that_are_often_wrong_are_off() {
    for (rule, precision) in counted() {
        let on = find(&rule).is_some_and(|entry| entry.default);
        assert!(
            !on || precision.read < LEAST_READ || precision.share() >= LEAST_SHARE,
            "{rule} is on by default and right in {precision:?} only"
        );
    }
}

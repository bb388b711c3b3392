//! The file of a baseline: TOML that a person can review, with an entry a line in an order that stays.

use std::fmt::{self, Write as _};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use super::{Baseline, Entry};

/// The version of the form.
const VERSION: i64 = 1;

const HEAD: &str = "\
# Findings that are accepted, so that medproof tells only of others. `medproof baseline write` and `prune` keep this file.
# An entry may be given a reason and a last day: reason = \"kept as an archive copy\", until = 2027-06-30
";

/// Why a text is no baseline that can be read.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    #[error("line {line}: {message}")]
    Toml { line: usize, message: String },
    #[error("this baseline has version {0}, and this medproof reads version {VERSION}; it is left as it is")]
    Version(i64),
    #[error("this is no baseline of medproof: it says no version")]
    NoVersion,
}

/// Reads a baseline.
///
/// # Errors
/// The text is no TOML, has another version, or an entry has a key that is none.
pub fn read(text: &str) -> Result<Baseline, Unusable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let unusable = |error: toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        Unusable::Toml {
            line: 1 + text.as_bytes()[..start].iter().filter(|&&byte| byte == b'\n').count(),
            message: error.message().to_owned(),
        }
    };
    let head: toml::Table = toml::from_str(text).map_err(unusable)?;
    match head.get("version").and_then(toml::Value::as_integer) {
        Some(VERSION) => {}
        Some(other) => return Err(Unusable::Version(other)),
        None => return Err(Unusable::NoVersion),
    }
    let file: FileIn = toml::from_str(text).map_err(unusable)?;
    let mut baseline = Baseline { written: file.written.map(|day| day.0), ..Baseline::default() };
    for (path, entries) in file.articles {
        baseline.articles.insert(path, entries.into_iter().map(Entry::from).collect());
    }
    baseline.tidy();
    Ok(baseline)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileIn {
    #[serde(rename = "version")]
    _version: i64,
    written: Option<Day>,
    #[serde(default)]
    articles: std::collections::BTreeMap<String, Vec<EntryIn>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryIn {
    rule: String,
    words: String,
    near: Option<String>,
    #[serde(default = "one")]
    count: u32,
    #[serde(default)]
    safety: bool,
    since: Option<Day>,
    until: Option<Day>,
    reason: Option<String>,
}

fn one() -> u32 {
    1
}

/// A day, as a date of TOML or in quotes.
struct Day(Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let text = match &value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        text.parse().map(Day).map_err(|_| serde::de::Error::custom("a day is written as YYYY-MM-DD, such as 2027-06-30"))
    }
}

impl From<EntryIn> for Entry {
    fn from(entry: EntryIn) -> Self {
        let EntryIn { rule, words, near, count, safety, since, until, reason } = entry;
        let near = near.unwrap_or_else(|| words.clone());
        Self { rule, near, words, count, safety, since: since.map(|day| day.0), until: until.map(|day| day.0), reason }
    }
}

/// The text of the file.
impl fmt::Display for Baseline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}version = {VERSION}")?;
        if let Some(written) = self.written {
            writeln!(f, "written = {written}")?;
        }
        f.write_str("\n[articles]\n")?;
        for (path, entries) in &self.articles {
            writeln!(f, "{} = [", quoted(path))?;
            entries.iter().try_for_each(|entry| writeln!(f, "    {},", line(entry)))?;
            f.write_str("]\n")?;
        }
        Ok(())
    }
}

fn line(entry: &Entry) -> String {
    let mut out = format!("{{ rule = {}, words = {}", quoted(&entry.rule), quoted(&entry.words));
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = write!(out, ", {key} = {value}");
        }
    };
    add("near", (entry.near != entry.words).then(|| quoted(&entry.near)));
    add("count", (entry.count != 1).then(|| entry.count.to_string()));
    add("safety", entry.safety.then(|| "true".to_owned()));
    add("since", entry.since.map(|day| day.to_string()));
    add("until", entry.until.map(|day| day.to_string()));
    add("reason", entry.reason.as_deref().map(quoted));
    out + " }"
}

/// A string of TOML on one line, in which everything can be seen.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\'' => out.push(c),
            c if c.escape_debug().len() > 1 => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let entry = |near: &str, words: &str| Entry {
            rule: "doubled-word".into(),
            near: near.into(),
            words: words.into(),
            count: 1,
            safety: false,
            since: Some(jiff::civil::date(2026, 11, 25)),
            until: None,
            reason: None,
        };
        let odd =
            Entry { reason: Some("\"it\\\" 'is'\n\u{200b}µ🙂 ]]\"\"\"".into()), count: 3, safety: true, ..entry("a\u{0}\u{202e}b", "") };
        let dated = Entry { until: Some(jiff::civil::date(2027, 6, 30)), ..entry("it is is so", "is is") };
        let mut baseline = Baseline { written: Some(jiff::civil::date(2026, 11, 25)), ..Baseline::default() };
        baseline.articles.insert("a/µ \"b\".md".into(), vec![dated.clone(), odd, dated.clone(), entry("x", "x")]);
        baseline.articles.insert("none.md".into(), Vec::new());
        baseline.tidy();
        assert_eq!(baseline.articles.len(), 1);
        assert_eq!(baseline.count(), 6);
        let text = baseline.to_string();
        assert_eq!(text.lines().filter(|line| line.starts_with("    {")).count(), 3, "an entry a line:\n{text}");
        assert!(
            text.contains(
                "{ rule = \"doubled-word\", words = \"is is\", near = \"it is is so\", count = 2, since = 2026-11-25, until = 2027-06-30 }"
            ),
            "{text}"
        );
        assert!(!text.contains(['\u{200b}', '\u{202e}', '\u{0}']), "{text}");
        assert_eq!(read(&text).expect("a baseline"), baseline);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let entry = |more: &str| format!("version = 1\n[articles]\n\"µ.md\" = [\n  {{ rule = \"x\", words = \"µ\"{more} }},\n]\n");
        assert!(read(&entry("")).is_ok_and(|baseline| baseline.articles["µ.md"][0].near == "µ"));
        assert!(read(&entry(", until = \"2027-06-30\"")).is_ok_and(|baseline| baseline.articles["µ.md"][0].until.is_some()));
        let table = [
            ("version = 2\nsomething = 'else'\n".to_owned(), "has version 2, and this medproof reads version 1"),
            ("".to_owned(), "says no version"),
            ("version = 'x'".to_owned(), "says no version"),
            ("{\"version\": 1}".to_owned(), "line 1: "),
            ("version = 1\nentries = []".to_owned(), "line 2: unknown field `entries`"),
            (entry(", untill = 2027-01-01"), "line 4: unknown field `untill`"),
            (entry(", until = 3"), "line 4: a day is written as YYYY-MM-DD"),
            (entry(", count = -1"), "line 4: "),
        ];
        for (text, want) in table {
            let error = read(&text).expect_err(&text).to_string();
            assert!(error.contains(want), "{text}\n{error}");
        }
    }
}

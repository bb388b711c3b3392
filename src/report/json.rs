//! JSON, version 1: a run for machines, which medproof itself can read again.
//!
//! Lines and columns count from 1, in characters; offsets are bytes of the file (of its text as UTF-8 where the file is
//! in another encoding). One finding and one article stand on a line each. The findings come first, as they are made; the
//! articles and the sums follow when all is read, so that a run of any length is written without being held.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Facts, Form, Record, Remark, Report, Source, Summary, Tally, Unread};
use crate::record::Counts;

pub const FORM: Form =
    Form { name: "json", about: "everything, as one JSON object", reads_source: false, is_binary: false, make: |_| Box::new(Json) };

/// The version of the form. Fields may be added; one that goes or changes its meaning makes a new version.
pub(super) const VERSION: u32 = 1;

struct Json;

impl Report for Json {
    fn opening(&self, facts: &Facts) -> String {
        format!("{{\n\"version\": {VERSION},\n\"today\": \"{}\",\n\"diagnostics\": [\n", facts.today)
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn article(&self, record: &Record, _: &Source) -> String {
        let path = &*record.summary.path;
        record.remarks.iter().map(|remark| line(&RowOut { path, remark })).collect::<Vec<_>>().join(self.separator())
    }

    fn closing(&mut self, facts: &Facts, tally: &Tally) -> Vec<u8> {
        let articles: Vec<String> = tally.articles.iter().map(line).collect();
        let unread: Vec<String> = tally.unread.iter().map(line).collect();
        let (articles, unread) = (rows(&articles), rows(&unread));
        let (rules, sums) = (line(&facts.rules), line(&Sums::of(tally)));
        format!("\n],\n\"articles\": [{articles}],\n\"unread\": [{unread}],\n\"rules\": {rules},\n\"summary\": {sums}\n}}\n").into_bytes()
    }
}

fn rows(rows: &[String]) -> String {
    if rows.is_empty() { String::new() } else { format!("\n{}\n", rows.join(",\n")) }
}

pub(super) fn line(row: &impl Serialize) -> String {
    serde_json::to_string(row).expect("plain structs are JSON")
}

#[derive(Serialize)]
struct RowOut<'a> {
    path: &'a str,
    #[serde(flatten)]
    remark: &'a Remark,
}

/// What was read and found in all.
#[derive(Serialize)]
pub(super) struct Sums {
    articles: usize,
    unread: usize,
    references: usize,
    citations: usize,
    medicines: usize,
    #[serde(flatten)]
    counts: Counts,
    silenced: usize,
    looked_up: usize,
    unchecked: usize,
    accepted: usize,
    older: usize,
}

impl Sums {
    pub(super) fn of(tally: &Tally) -> Self {
        Self {
            articles: tally.articles.len(),
            unread: tally.unread.len(),
            references: tally.sum(|article| article.references),
            citations: tally.sum(|article| article.citations),
            medicines: tally.sum(|article| article.medicines),
            counts: tally.counts(),
            silenced: tally.sum(|article| article.silenced),
            looked_up: tally.sum(|article| article.looked_up),
            unchecked: tally.sum(|article| article.unchecked),
            accepted: tally.sum(|article| article.accepted),
            older: tally.sum(|article| article.older),
        }
    }
}

/// A run that was written as JSON.
#[derive(Debug)]
pub struct Saved {
    pub facts: Facts,
    pub records: Vec<Record>,
    pub unread: Vec<Unread>,
}

/// Why a text is no run that can be read.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    #[error("this is no report of medproof as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("this report has version {0}, and this medproof reads version {VERSION}")]
    Version(u32),
    #[error("“{0}” is no day")]
    Day(String),
}

/// Reads a run again.
///
/// # Errors
/// The text is no such JSON, or of another version.
pub fn read(text: &str) -> Result<Saved, Unusable> {
    #[derive(Deserialize)]
    struct Head {
        version: u32,
    }
    #[derive(Deserialize)]
    struct Run {
        today: String,
        rules: Vec<String>,
        diagnostics: Vec<Row>,
        articles: Vec<Summary>,
        unread: Vec<Unread>,
    }
    #[derive(Deserialize)]
    struct Row {
        path: String,
        #[serde(flatten)]
        remark: Remark,
    }
    let head: Head = serde_json::from_str(text)?;
    if head.version != VERSION {
        return Err(Unusable::Version(head.version));
    }
    let run: Run = serde_json::from_str(text)?;
    let mut remarks: HashMap<String, Vec<Remark>> = HashMap::new();
    for row in run.diagnostics {
        remarks.entry(row.path).or_default().push(row.remark);
    }
    let record = |summary: Summary| Record { remarks: remarks.remove(&summary.path).unwrap_or_default(), summary };
    let records = run.articles.into_iter().map(record).collect();
    let today = run.today.parse().map_err(|_| Unusable::Day(run.today))?;
    let rules = run.rules.iter().filter_map(|id| crate::rules::find(id)).map(|entry| entry.id).collect();
    Ok(Saved { facts: Facts { today, rules }, records, unread: run.unread })
}

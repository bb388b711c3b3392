//! Counts of findings by rule and by folder, for people: where to begin.

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, Form, Record, Report, Tally, count_of};
use crate::diagnostic::Severity;
use crate::record::{Counts, RuleId};

pub const FORM: Form = Form {
    name: "statistics",
    about: "counts of the findings by rule and by folder",
    reads_source: false,
    is_binary: false,
    make: |_| Box::new(Statistics::default()),
};

/// How many folders are named, those with the most findings first.
const FOLDERS_SHOWN: usize = 30;

#[derive(Default)]
struct Statistics {
    rules: BTreeMap<(RuleId, Severity), Row>,
    folders: BTreeMap<String, Folder>,
}

#[derive(Default)]
struct Row {
    findings: usize,
    articles: usize,
    fixes: usize,
}

#[derive(Default)]
struct Folder {
    articles: usize,
    counts: Counts,
}

impl Report for Statistics {
    fn take(&mut self, record: &Record) {
        for remark in &record.remarks {
            let row = self.rules.entry((remark.rule, remark.severity)).or_default();
            row.findings += 1;
            row.fixes += usize::from(remark.fix.is_some());
        }
        let kinds: BTreeSet<_> = record.remarks.iter().map(|remark| (remark.rule, remark.severity)).collect();
        for kind in kinds {
            self.rules.entry(kind).or_default().articles += 1;
        }
        let path = &record.summary.path;
        let folder = path.rfind(['/', '\\']).map_or(".", |end| &path[..end.max(1)]);
        let folder = self.folders.entry(folder.to_owned()).or_default();
        folder.articles += 1;
        folder.counts = [folder.counts, record.summary.counts].into_iter().sum();
    }

    fn closing(&mut self, _: &Facts, _: &Tally) -> Vec<u8> {
        let mut out = rules(&self.rules);
        if self.folders.len() > 1 {
            out += "\n";
            out += &folders(&self.folders);
        }
        out.into_bytes()
    }
}

fn rules(rules: &BTreeMap<(RuleId, Severity), Row>) -> String {
    let mut rows: Vec<_> = rules.iter().collect();
    rows.sort_by_key(|(kind, row)| (std::cmp::Reverse(row.findings), **kind));
    let named = |severity: &str, rule: &str| format!("{severity:8}  {rule}");
    let head = vec!["findings".to_owned(), "articles".to_owned(), "with a fix".to_owned(), named("severity", "rule")];
    let cells = rows.into_iter().map(|((rule, severity), row)| {
        let numbers = [row.findings, row.articles, row.fixes].map(|count| count.to_string());
        numbers.into_iter().chain([named(severity.name(), rule)]).collect()
    });
    table(std::iter::once(head).chain(cells).collect())
}

fn folders(folders: &BTreeMap<String, Folder>) -> String {
    let mut rows: Vec<_> = folders.iter().collect();
    let findings = |folder: &Folder| folder.counts.errors + folder.counts.warnings + folder.counts.infos;
    rows.sort_by_key(|(name, folder)| (std::cmp::Reverse((folder.counts.errors, findings(folder))), *name));
    let head = ["errors", "warnings", "info", "articles", "folder"].map(str::to_owned).to_vec();
    let cells = rows.iter().take(FOLDERS_SHOWN).map(|(name, Folder { articles, counts })| {
        let numbers = [counts.errors, counts.warnings, counts.infos, *articles];
        numbers.iter().map(usize::to_string).chain([(*name).clone()]).collect()
    });
    let mut out = table(std::iter::once(head).chain(cells).collect());
    if rows.len() > FOLDERS_SHOWN {
        out += &format!("{} not shown\n", count_of(rows.len() - FOLDERS_SHOWN, "more folder"));
    }
    out
}

/// Columns side by side: numbers to the right, the last one, a name, as it is.
fn table(rows: Vec<Vec<String>>) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (1..rows[0].len()).map(|column| width(column - 1)).collect();
    let line = |row: &Vec<String>| {
        let numbers: String = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}  ")).collect();
        format!("{numbers}{}\n", row[widths.len()])
    };
    rows.iter().map(line).collect()
}

//! Outputs: what a person or a machine gets to see of a run.
//!
//! A run may hold many thousand articles, so an output is made article by article: what a [`Record`] holds is turned into text
//! and let go. What stays is one [`Summary`] each, from which every output makes its end. An output that has to see all
//! findings before it says anything keeps what it needs of them in [`Report::take`].

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Severity;
use crate::record::{Counts, Record, Remark, Summary};
use crate::source::Source;

pub mod calendar;
pub mod checkstyle;
pub mod concise;
pub mod csv;
#[cfg(feature = "cli")]
pub mod full;
pub mod github;
pub mod gitlab;
pub mod guide;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod parsed;
mod plain;
pub mod rdjson;
mod rows;
pub mod sarif;
#[cfg(feature = "cli")]
mod snippet;
pub mod statistics;
mod tally;
mod worst;
#[cfg(feature = "cli")]
pub mod xlsx;

pub use tally::{Tally, Unread};

/// One output of a run while it is written.
pub trait Report: Send + Sync {
    /// What stands before everything else.
    fn opening(&self, _: &Facts) -> String {
        String::new()
    }

    /// What stands between the texts of two articles.
    fn separator(&self) -> &'static str {
        ""
    }

    /// The text of an article. Articles are worked out beside each other and written in the order of their names. The source
    /// is empty unless the output [reads it](Form::reads_source).
    fn article(&self, _: &Record, _: &Source) -> String {
        String::new()
    }

    /// Takes note of an article, in the order of their names.
    fn take(&mut self, _: &Record) {}

    /// What stands behind everything else; bytes, since a workbook is no text.
    fn closing(&mut self, _: &Facts, _: &Tally) -> Vec<u8> {
        Vec::new()
    }
}

/// What holds for a whole run.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The day the articles are judged on.
    pub today: jiff::civil::Date,
    /// The rules that may have run on some article.
    pub rules: BTreeSet<&'static str>,
}

/// An output by its name.
#[derive(Debug)]
pub struct Form {
    pub name: &'static str,
    /// What it is, without a full stop.
    pub about: &'static str,
    /// Whether it shows more of the article's text than a record holds.
    pub reads_source: bool,
    /// Whether it cannot be shown on a terminal.
    pub is_binary: bool,
    pub make: fn(Look) -> Box<dyn Report>,
}

/// How an output looks to a person.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub colour: Colour,
    /// Nothing but the findings is shown.
    pub quiet: bool,
}

/// Whether escape codes for colours go into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Never,
    Always,
}

/// Every output, those for people first.
pub static FORMS: &[Form] = &[
    #[cfg(feature = "cli")]
    full::FORM,
    concise::FORM,
    markdown::FORM,
    csv::FORM,
    #[cfg(feature = "cli")]
    xlsx::FORM,
    statistics::FORM,
    html::FORM,
    json::FORM,
    jsonl::FORM,
    sarif::FORM,
    github::FORM,
    gitlab::FORM,
    junit::FORM,
    checkstyle::FORM,
    rdjson::FORM,
];

impl Form {
    /// An output by its name.
    pub fn find(name: &str) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.name == name)
    }
}

/// What stands in place of a rule where a file could not be checked.
const UNREAD: &str = "unread";

/// How often one rule is shown per article in reports for people; machines get every finding.
const SHOWN_PER_RULE: usize = 20;

/// The findings a person is shown, and how many of each rule are left out.
struct Shown<'a> {
    findings: Vec<&'a Remark>,
    left_out: BTreeMap<&'static str, (Severity, usize)>,
}

fn shown(remarks: &[Remark]) -> Shown<'_> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = Shown { findings: Vec::new(), left_out: BTreeMap::new() };
    for remark in remarks {
        let count = seen.entry(remark.rule).or_default();
        *count += 1;
        if *count <= SHOWN_PER_RULE {
            out.findings.push(remark);
        } else {
            let (severity, left) = out.left_out.entry(remark.rule).or_insert((remark.severity, 0));
            *severity = (*severity).max(remark.severity);
            *left += 1;
        }
    }
    out
}

/// `1 error`, `2 errors`.
fn count_of(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// What is wrong and what to do, on a line each.
fn told(remark: &Remark) -> String {
    let lines = [Some(&*remark.message), remark.advice()];
    lines.into_iter().flatten().map(one_line).collect::<Vec<_>>().join("\n")
}

/// The headings above a finding, the outermost first, and its paragraph.
fn sections(remark: &Remark) -> Vec<String> {
    let paragraph = remark.context.paragraph.map(|number| format!("paragraph {number}"));
    remark.context.headings.iter().cloned().chain(paragraph).collect()
}

/// The rows of files that could not be checked, behind those of all articles.
fn rows_of_unread(tally: &Tally, separator: &str, row: impl Fn(&Unread) -> String) -> String {
    let rows = tally.unread.iter().map(row).collect::<Vec<_>>().join(separator);
    let is_first = tally.counts() == Counts::default();
    if is_first || rows.is_empty() { rows } else { format!("{separator}{rows}") }
}

/// A message on one line: it may quote words that go over a line end.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

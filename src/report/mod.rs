//! Outputs: what a person or a machine gets to see of a run.
//!
//! A run may hold many thousand articles, so an output is made article by article: what
//! [`Checked`](crate::linter::Checked) holds is turned into text and let go. What stays is one [`ArticleSummary`] each,
//! from which every output makes its end.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};

pub mod calendar;
pub mod concise;
#[cfg(feature = "cli")]
pub mod full;
pub mod json;
pub mod parsed;
#[cfg(feature = "cli")]
mod snippet;
mod summary;

pub use summary::{ArticleSummary, Counts, Tally, Unread};

/// How often one rule is shown per article in reports for people; machines get every finding.
const SHOWN_PER_RULE: usize = 20;

/// The findings a person is shown, and how many of each rule are left out.
struct Shown<'a> {
    findings: Vec<&'a Diagnostic>,
    left_out: BTreeMap<&'static str, (Severity, usize)>,
}

fn shown(diagnostics: &[Diagnostic]) -> Shown<'_> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = Shown { findings: Vec::new(), left_out: BTreeMap::new() };
    for diagnostic in diagnostics {
        let count = seen.entry(diagnostic.rule).or_default();
        *count += 1;
        if *count <= SHOWN_PER_RULE {
            out.findings.push(diagnostic);
        } else {
            let (severity, left) = out.left_out.entry(diagnostic.rule).or_insert((diagnostic.severity, 0));
            *severity = (*severity).max(diagnostic.severity);
            *left += 1;
        }
    }
    out
}

/// `1 error`, `2 errors`.
fn count_of(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

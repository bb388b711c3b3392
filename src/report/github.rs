//! Workflow commands of GitHub Actions: annotations at the lines of a pull request.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step and drops the others without a word. So the worst are
//! told, infos as notices, and the last notice says how many more there are.

use super::worst::{Worst, rank};
use super::{Facts, Form, Record, Remark, Report, Tally, UNREAD, Unread, count_of, one_line, plain, sections, told};
use crate::diagnostic::Severity;

pub const FORM: Form = Form {
    name: "github",
    about: "annotations for GitHub Actions, the worst ten of each severity",
    reads_source: false,
    is_binary: false,
    make: |_| Box::new(GitHub::default()),
};

/// How many annotations of a kind are shown of a step.
const SHOWN: usize = 10;

struct GitHub {
    errors: Worst<String>,
    warnings: Worst<String>,
    /// One less, as the last notice counts what is left.
    notices: Worst<String>,
}

impl Default for GitHub {
    fn default() -> Self {
        Self { errors: Worst::new(SHOWN), warnings: Worst::new(SHOWN), notices: Worst::new(SHOWN - 1) }
    }
}

impl Report for GitHub {
    fn take(&mut self, record: &Record) {
        for remark in &record.remarks {
            let kind = match remark.severity {
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                Severity::Info => &mut self.notices,
            };
            kind.take(rank(remark), || finding(record, remark));
        }
    }

    fn closing(&mut self, _: &Facts, tally: &Tally) -> Vec<u8> {
        // A file that nobody looked at is worse than any finding.
        let unread = tally.unread.iter().take(SHOWN).map(unread);
        let errors: Vec<String> = unread.chain(self.errors.iter().cloned()).take(SHOWN).collect();
        let found = tally.unread.len() + self.errors.left_out + self.errors.len();
        let left = found - errors.len() + self.warnings.left_out + self.notices.left_out;
        let mut lines: Vec<String> = errors.into_iter().chain(self.warnings.iter().cloned()).chain(self.notices.iter().cloned()).collect();
        if left > 0 {
            let more = count_of(left, "more finding");
            lines.push(format!("::notice title=medproof::{more} not shown, as GitHub takes ten of each kind"));
        }
        lines.into_iter().map(|line| line + "\n").collect::<String>().into_bytes()
    }
}

fn finding(record: &Record, remark: &Remark) -> String {
    let kind = match remark.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (remark.start, remark.end);
    let mut place = format!("file={}", property(&plain::path(&record.summary.path)));
    let mut message = told(remark);
    if record.summary.has_lines() {
        place += &format!(",line={},endLine={},col={}", start.line, end.line, start.column);
        // GitHub refuses an end column where the lines differ.
        if start.line == end.line {
            place += &format!(",endColumn={}", end.column);
        }
    } else {
        message += &format!("\n{}", place_in_words(remark));
    }
    format!("::{kind} {place},title={}::{}", property(&format!("medproof: {}", remark.rule)), data(&message))
}

fn unread(file: &Unread) -> String {
    let message = data(&file.told());
    format!("::error file={},title={}::{message}", property(&plain::path(&file.path)), property(&format!("medproof: {UNREAD}")))
}

/// Where a finding is in a file without lines.
fn place_in_words(remark: &Remark) -> String {
    let context = &remark.context;
    let sections = sections(remark).join(" › ");
    let sentence = one_line(&format!("{}{}{}", context.before, context.words, context.after));
    if sections.is_empty() { format!("“{sentence}”") } else { format!("{sections}: “{sentence}”") }
}

/// What stands behind the `::` of a command.
fn data(text: &str) -> String {
    plain::plain(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

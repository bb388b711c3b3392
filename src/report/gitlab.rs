//! The report of GitLab's Code Quality, as shown in merge requests.
//!
//! GitLab tells findings by their fingerprint, which therefore has the path in it and not the line.

use serde_json::{Value, json};

use super::{Facts, Form, Record, Remark, Report, Source, Tally, UNREAD, Unread, one_line, plain, rows_of_unread};
use crate::diagnostic::Severity;

pub const FORM: Form =
    Form { name: "gitlab", about: "a Code Quality report for GitLab", reads_source: false, is_binary: false, make: |_| Box::new(GitLab) };

struct GitLab;

impl Report for GitLab {
    fn opening(&self, _: &Facts) -> String {
        "[\n".into()
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn article(&self, record: &Record, _: &Source) -> String {
        record.remarks.iter().map(|remark| finding(record, remark).to_string()).collect::<Vec<_>>().join(self.separator())
    }

    fn closing(&mut self, _: &Facts, tally: &Tally) -> Vec<u8> {
        (rows_of_unread(tally, self.separator(), |file| unread(file).to_string()) + "\n]\n").into_bytes()
    }
}

fn finding(record: &Record, remark: &Remark) -> Value {
    let path = plain::path(&record.summary.path);
    let severity = match remark.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    };
    let (start, end) = (remark.start, remark.end);
    json!({
        "description": one_line(&remark.message),
        "check_name": remark.rule,
        "fingerprint": remark.fingerprint(Some(&path)),
        "severity": severity,
        "location": { "path": path, "lines": { "begin": start.line, "end": end.line } },
    })
}

fn unread(file: &Unread) -> Value {
    json!({
        "description": file.told(),
        "check_name": UNREAD,
        "fingerprint": file.fingerprint(),
        "severity": "blocker",
        "location": { "path": plain::path(&file.path), "lines": { "begin": 1, "end": 1 } },
    })
}

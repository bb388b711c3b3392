//! JUnit XML: an article is a suite, a finding a test.
//!
//! Errors and warnings are failed tests. Infos pass and say what they have to say in their output, as Jenkins calls a build
//! with a failed test unstable; an article without findings is one test that passes, as suites without tests are left out.
//! GitLab knows a test by class and name, so a name holds no line and is the only one of its kind in the article.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::plain::{self, xml};
use super::{Facts, Form, Record, Remark, Report, Source, Tally, UNREAD, one_line, told};
use crate::diagnostic::Severity;

pub const FORM: Form = Form {
    name: "junit",
    about: "JUnit XML: a suite for each article, a test for each finding",
    reads_source: false,
    is_binary: false,
    make: |_| Box::new(JUnit),
};

struct JUnit;

impl Report for JUnit {
    fn opening(&self, _: &Facts) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"medproof\">\n".into()
    }

    fn article(&self, record: &Record, _: &Source) -> String {
        let path = &record.summary.path;
        let counts = record.summary.counts;
        let mut seen: HashMap<String, u32> = HashMap::new();
        let mut tests: String = record.remarks.iter().map(|remark| finding(path, remark, &mut seen)).collect();
        if record.remarks.is_empty() {
            tests = test(path, "no findings", "");
        }
        suite(path, record.remarks.len().max(1), counts.errors + counts.warnings, 0, &tests)
    }

    fn closing(&mut self, _: &Facts, tally: &Tally) -> Vec<u8> {
        let mut out = String::new();
        for unread in &tally.unread {
            let message = xml(&unread.told());
            let error = format!("<error message=\"{message}\" type=\"{UNREAD}\">{message}</error>");
            out += &suite(&unread.path, 1, 0, 1, &test(&unread.path, UNREAD, &error));
        }
        (out + "</testsuites>\n").into_bytes()
    }
}

fn suite(path: &str, tests: usize, failures: usize, errors: usize, inside: &str) -> String {
    let name = xml(&plain::path(path));
    format!(
        "<testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\">\n{inside}</testsuite>\n"
    )
}

fn finding(path: &str, remark: &Remark, seen: &mut HashMap<String, u32>) -> String {
    let message = one_line(&remark.message);
    let mut name = format!("{}: {message}", remark.rule);
    let count = seen.entry(name.clone()).or_default();
    *count += 1;
    if *count > 1 {
        let _ = write!(name, " ({count})");
    }
    let (line, column, severity) = (remark.start.line, remark.start.column, remark.severity.name());
    // GitLab shows the text and not the message, so the text says all.
    let text = xml(&format!("{}:{line}:{column}: {severity}: {}", plain::path(path), told(remark)));
    let inside = match remark.severity {
        Severity::Error | Severity::Warning => format!("<failure message=\"{}\" type=\"{severity}\">{text}</failure>", xml(&message)),
        Severity::Info => format!("<system-out>{text}</system-out>"),
    };
    test(path, &name, &inside)
}

fn test(path: &str, name: &str, inside: &str) -> String {
    let (path, name) = (xml(&plain::path(path)), xml(name));
    let head = format!("<testcase classname=\"{path}\" name=\"{name}\" file=\"{path}\"");
    if inside.is_empty() { format!("{head}/>\n") } else { format!("{head}>{inside}</testcase>\n") }
}

//! One line per finding: `path:line:column severity rule: message`.

use std::fmt::Write as _;

use super::{Form, Record, Report, Source, count_of, one_line, shown};

pub const FORM: Form =
    Form { name: "concise", about: "a line for each finding", reads_source: false, is_binary: false, make: |_| Box::new(Concise) };

struct Concise;

impl Report for Concise {
    fn article(&self, record: &Record, _: &Source) -> String {
        let mut out = String::new();
        let shown = shown(&record.remarks);
        let path = &record.summary.path;
        for r in shown.findings {
            let message = one_line(&r.message);
            let _ = writeln!(out, "{path}:{}:{} {} {}: {message}", r.start.line, r.start.column, r.severity.name(), r.rule);
        }
        for (rule, (severity, count)) in shown.left_out {
            let _ = writeln!(out, "{path} {} {rule}: {} not shown", severity.name(), count_of(count, "more finding"));
        }
        out
    }
}

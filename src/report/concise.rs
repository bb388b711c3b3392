//! One line per finding: `path:line:column severity rule: message`.

use std::fmt::Write as _;

use super::{count_of, shown};
use crate::linter::Checked;

/// The findings of an article.
pub fn article(checked: &Checked) -> String {
    let mut out = String::new();
    let shown = shown(&checked.diagnostics);
    let path = checked.source.name();
    for d in shown.findings {
        let at = checked.source.position(d.span.start);
        let _ = writeln!(out, "{path}:{}:{} {} {}: {}", at.line, at.column, d.severity.name(), d.rule, one_line(&d.message));
    }
    for (rule, (severity, count)) in shown.left_out {
        let _ = writeln!(out, "{path} {} {rule}: {} not shown", severity.name(), count_of(count, "more finding"));
    }
    out
}

/// A message may quote words that go over a line end.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Markdown for a job summary or a comment: the verdict, the counts by rule, and a section for each article.
//!
//! GitHub refuses a summary of more than 1 MiB whole, so whole sections are left out, those of the mildest articles first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::plain::{self, markdown};
use super::worst::{Worst, rank};
use super::{Facts, Form, Record, Remark, Report, Tally, count_of, shown};
use crate::diagnostic::Severity;

pub const FORM: Form = Form {
    name: "markdown",
    about: "a summary with a section for each article",
    reads_source: false,
    is_binary: false,
    make: |_| Box::new(Markdown::default()),
};

/// The most bytes of a whole summary, and of its sections alone.
const BYTES: usize = 900 << 10;
const SECTIONS: usize = BYTES - (128 << 10);

/// How many files that could not be checked are named, and how many characters of a path or message are shown.
const UNREAD: usize = 50;
const CHARS: usize = 300;

struct Markdown {
    rules: BTreeMap<&'static str, Counted>,
    sections: Worst<String>,
}

impl Default for Markdown {
    fn default() -> Self {
        Self { rules: BTreeMap::new(), sections: Worst::new(SECTIONS) }
    }
}

/// The findings of a rule.
#[derive(Default)]
struct Counted {
    findings: BTreeMap<Severity, usize>,
    articles: usize,
}

impl Report for Markdown {
    fn take(&mut self, record: &Record) {
        let Some(worst) = record.remarks.iter().map(rank).max() else { return };
        let mut here: BTreeMap<&str, ()> = BTreeMap::new();
        for remark in &record.remarks {
            let counted = self.rules.entry(remark.rule).or_default();
            *counted.findings.entry(remark.severity).or_default() += 1;
            counted.articles += usize::from(here.insert(remark.rule, ()).is_none());
        }
        let section = section(record);
        self.sections.take_sized(worst, section.len(), section);
    }

    fn closing(&mut self, facts: &Facts, tally: &Tally) -> Vec<u8> {
        let mark = match tally.counts() {
            _ if !tally.unread.is_empty() => "❌",
            counts if counts.errors > 0 => "❌",
            counts if counts.warnings > 0 => "⚠️",
            _ => "✅",
        };
        let mut out = format!("# medproof\n\n{mark} **{}**\n\nJudged as of {}.\n", markdown(&tally.line()), facts.today);
        self.table(&mut out);
        unread(tally, &mut out);
        self.sections.iter().for_each(|section| out += section);
        if self.sections.left_out > 0 {
            let _ = write!(out, "\nLeft out for its length: {} with findings.\n", count_of(self.sections.left_out, "article"));
        }
        out.into_bytes()
    }
}

impl Markdown {
    /// The rules with the most findings of the worst severity first.
    fn table(&self, out: &mut String) {
        if self.rules.is_empty() {
            return;
        }
        *out += "\n| rule | errors | warnings | infos | articles |\n|---|--:|--:|--:|--:|\n";
        let mut rules: Vec<_> = self.rules.iter().collect();
        let order = [Severity::Error, Severity::Warning, Severity::Info];
        let counts = |counted: &Counted| order.map(|severity| counted.findings.get(&severity).copied().unwrap_or_default());
        rules.sort_by_key(|(_, counted)| std::cmp::Reverse(counts(counted)));
        for (rule, counted) in rules {
            let [errors, warnings, infos] = counts(counted).map(|count| if count == 0 { String::new() } else { count.to_string() });
            let _ = writeln!(out, "| `{rule}` | {errors} | {warnings} | {infos} | {} |", counted.articles);
        }
    }
}

fn unread(tally: &Tally, out: &mut String) {
    if tally.unread.is_empty() {
        return;
    }
    *out += "\n## Could not be checked\n\n";
    for file in tally.unread.iter().take(UNREAD) {
        let _ = writeln!(out, "- **{}**: {}", short(&plain::path(&file.path)), short(&file.message));
    }
    if let Some(more) = tally.unread.len().checked_sub(UNREAD).filter(|&more| more > 0) {
        let _ = writeln!(out, "- and {}", count_of(more, "more file"));
    }
}

fn section(record: &Record) -> String {
    let mut out = format!("\n## {}\n\n", short(&plain::path(&record.summary.path)));
    let shown = shown(&record.remarks);
    for remark in shown.findings {
        finding(record, remark, &mut out);
    }
    for (rule, (severity, count)) in shown.left_out {
        let _ = writeln!(out, "- **{}** `{rule}`: {} not shown", severity.name(), count_of(count, "more finding"));
    }
    out
}

fn finding(record: &Record, remark: &Remark, out: &mut String) {
    let place = match remark.context.paragraph {
        Some(paragraph) if !record.summary.has_lines() => format!("paragraph {paragraph}"),
        _ => format!("line {}", remark.start.line),
    };
    let headings = remark.context.headings.join(" › ");
    let under = if headings.is_empty() { String::new() } else { format!(", {}", short(&headings)) };
    let _ = writeln!(out, "- **{}** `{}` {place}{under}: {}", remark.severity.name(), remark.rule, short(&remark.message));
    let context = &remark.context;
    if !(context.words.trim().is_empty() || context.before.is_empty() && context.after.is_empty()) {
        let after = format!("{}{}", gap_behind(&context.words), context.after);
        let _ = writeln!(out, "  > {}<b>{}</b>{}", last(&context.before), short(&context.words), first(&after));
    }
    if let Some(advice) = remark.advice() {
        let _ = writeln!(out, "\n  {}", short(advice));
    }
}

/// A text as Markdown on one line, cut where it is very long.
fn short(text: &str) -> String {
    match text.char_indices().nth(CHARS) {
        Some((cut, _)) => format!("{}…", markdown(&text[..cut])),
        None => markdown(text),
    }
}

/// The end of what stands before a finding; the gap to it stays.
fn last(text: &str) -> String {
    match text.char_indices().rev().nth(CHARS / 2) {
        Some((cut, _)) => format!("…{}{}", markdown(&text[cut..]), gap_behind(text)),
        None => format!("{}{}", markdown(text), gap_behind(text)),
    }
}

/// The start of what stands behind a finding; the gap to it stays.
fn first(text: &str) -> String {
    let gap = if text.starts_with(char::is_whitespace) { " " } else { "" };
    match text.char_indices().nth(CHARS / 2) {
        Some((cut, _)) => format!("{gap}{}…", markdown(&text[..cut])),
        None => format!("{gap}{}", markdown(text)),
    }
}

fn gap_behind(text: &str) -> &'static str {
    if text.ends_with(char::is_whitespace) { " " } else { "" }
}

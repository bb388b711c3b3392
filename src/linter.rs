//! One article from its text to its diagnostics.

use crate::article::{self, Article};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Format};
use crate::formats;
use crate::lexicon::Lexicon;
use crate::rule::{Cx, Entry, Rule, Sink};
use crate::source::Source;

/// A rule ready to run.
pub struct Enabled {
    pub entry: &'static Entry,
    pub rule: Box<dyn Rule>,
    /// A severity set by the user.
    pub severity: Option<Severity>,
}

/// An article with everything read from it and found in it.
#[derive(Debug)]
pub struct Checked {
    pub source: Source,
    pub document: Document,
    pub article: Article,
    /// Sorted by place, then rule.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a source and runs rules over it.
pub fn check(source: Source, format: Format, rules: &[Enabled], lexicon: &Lexicon, today: jiff::civil::Date) -> Checked {
    let document = formats::parse(&source, format);
    let article = article::read(&source, &document, lexicon);
    let mut diagnostics = Vec::new();
    let cx = Cx { source: &source, document: &document, article: &article, lexicon, today };
    for enabled in rules {
        enabled.rule.check(&cx, &mut Sink::new(enabled.entry, enabled.severity, &mut diagnostics));
    }
    diagnostics.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    Checked { source, document, article, diagnostics }
}

/// The rules that run when nothing is selected, with their defaults.
pub fn default_rules() -> Vec<Enabled> {
    crate::rules::RULES
        .iter()
        .filter(|entry| entry.default)
        .map(|entry| Enabled { entry, rule: (entry.make)(None).expect("defaults are valid"), severity: None })
        .collect()
}

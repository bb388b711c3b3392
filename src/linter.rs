//! One article from its text to its diagnostics.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::article::{self, Article};
use crate::diagnostic::{Diagnostic, Finding};
use crate::document::{Document, Format};
use crate::formats;
use crate::lexicon::Lexicon;
pub use crate::rule::Enabled;
use crate::rule::{Cx, Sink};
use crate::rules;
use crate::source::{Source, Span};
use crate::suppress;

/// An article with everything read from it and found in it.
#[derive(Debug)]
pub struct Checked {
    pub source: Source,
    pub document: Document,
    pub article: Article,
    /// Sorted by place, then rule.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings an ignore comment silenced.
    pub silenced: usize,
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
    let silenced = suppress::apply(&source, &document, rules, &mut diagnostics);
    diagnostics.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    Checked { source, document, article, diagnostics, silenced }
}

/// [`check`], for a run that one article must not stop: where medproof itself fails, the result is an empty article
/// with one `internal-error`.
pub fn check_or_report_failure(source: Source, format: Format, rules: &[Enabled], lexicon: &Lexicon, today: jiff::civil::Date) -> Checked {
    let name = source.name().to_owned();
    guarded(name, format, || check(source, format, rules, lexicon, today))
}

// A panic leaves nothing half-changed behind: the source is dropped, and rules and word lists are only read.
fn guarded(name: String, format: Format, work: impl FnOnce() -> Checked) -> Checked {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let reason =
            panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        let mut diagnostics = Vec::new();
        let finding = Finding::new(Span::at(0), format!("medproof fails on this article, which is not checked: {reason}"))
            .help("Report this as a bug of medproof, with the article if you may share it");
        Sink::new(&rules::INTERNAL_ERROR, None, &mut diagnostics).report(finding);
        let (source, document) = (Source::new(name, ""), Document::new(format));
        let article = article::read(&source, &document, &Lexicon::default());
        Checked { source, document, article, diagnostics, silenced: 0 }
    })
}

/// The rules that run when nothing is selected, with their defaults.
pub fn default_rules() -> Vec<Enabled> {
    rules::RULES
        .iter()
        .filter(|entry| entry.default)
        .map(|entry| Enabled { entry, rule: (entry.make)(None).expect("defaults are valid"), severity: None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_becomes_a_finding() {
        let checked = guarded("µ.md".into(), Format::Markdown, || panic!("the {} is empty", "set"));
        let [finding] = checked.diagnostics.as_slice() else { panic!("one finding") };
        assert_eq!((finding.rule, checked.source.name()), ("internal-error", "µ.md"));
        assert!(finding.message.ends_with("the set is empty"));
    }
}

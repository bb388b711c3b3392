//! The report for people: each finding with its sentence, its labels and what to do about it.

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, SourceSpan, ThemeCharacters, ThemeStyles};

use super::snippet::Snippets;
use super::{Tally, count_of, shown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::linter::Checked;
use crate::source::{Source, Span};

/// Whether escape codes for colours go into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Never,
    Always,
}

/// Columns that messages and help are wrapped to.
const COLUMNS: usize = 100;

/// The findings of an article.
pub fn article(checked: &Checked, colour: Colour) -> String {
    let handler = handler(colour);
    let mut out = String::new();
    let shown = shown(&checked.diagnostics);
    for diagnostic in shown.findings {
        render(&handler, &checked.source, diagnostic, &mut out);
    }
    for (rule, (severity, count)) in shown.left_out {
        out += &format!("{} {rule}: {} not shown in {}\n\n", severity.name(), count_of(count, "more finding"), checked.source.name());
    }
    out
}

/// The end of the report.
pub fn closing(tally: &Tally) -> String {
    tally.line() + "\n"
}

/// One finding or mistake at its place in a text.
pub fn one(source: &Source, diagnostic: &Diagnostic, colour: Colour) -> String {
    let mut out = String::new();
    render(&handler(colour), source, diagnostic, &mut out);
    out
}

fn handler(colour: Colour) -> GraphicalReportHandler {
    let styles = match colour {
        Colour::Always => ThemeStyles::ansi(),
        Colour::Never => ThemeStyles::none(),
    };
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles };
    GraphicalReportHandler::new_themed(theme).with_width(COLUMNS).with_context_lines(1).with_links(false).without_syntax_highlighting()
}

fn render(handler: &GraphicalReportHandler, source: &Source, diagnostic: &Diagnostic, out: &mut String) {
    let snippets = Snippets(source);
    let report = Report { labels: labels(&snippets, diagnostic), snippets, diagnostic };
    // Writing into a string fails only where the snippet cannot be read; the finding is then said without it.
    if handler.render_report(out, &report).is_err() {
        let at = source.position(diagnostic.span.start);
        *out += &format!("{}:{}:{} {}", source.name(), at.line, at.column, diagnostic.message);
    }
    out.push('\n');
}

/// A diagnostic as miette reads it.
struct Report<'a> {
    snippets: Snippets<'a>,
    diagnostic: &'a Diagnostic,
    labels: Vec<LabeledSpan>,
}

fn labels(snippets: &Snippets<'_>, diagnostic: &Diagnostic) -> Vec<LabeledSpan> {
    let place = |span: Span| SourceSpan::from(snippets.visible(span).range());
    let related = diagnostic.labels.iter().map(|label| LabeledSpan::new_with_span(Some(label.message.clone()), place(label.span)));
    std::iter::once(LabeledSpan::new_primary_with_span(None, place(diagnostic.span))).chain(related).collect()
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic { rule, severity, message, .. } = self.diagnostic;
        write!(f, "{}[{rule}]: {message}", severity.name())
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let fix = self.diagnostic.fix.as_ref().map(|fix| &fix.title);
        self.diagnostic.help.as_ref().or(fix).map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippets)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

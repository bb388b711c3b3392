//! The report for people: each finding with its sentence, its labels and what to do about it.

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, SourceSpan, ThemeCharacters, ThemeStyles};

use super::snippet::Snippets;
use super::{Colour, Facts, Form, Look, Record, Remark, Report, Source, Tally, count_of, shown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub const FORM: Form = Form {
    name: "full",
    about: "each finding with its words, for people",
    reads_source: true,
    is_binary: false,
    make: |look| Box::new(Full(look)),
};

/// Columns that messages and help are wrapped to.
const COLUMNS: usize = 100;

struct Full(Look);

impl Report for Full {
    fn article(&self, record: &Record, source: &Source) -> String {
        let handler = handler(self.0.colour);
        let mut out = String::new();
        let shown = shown(&record.remarks);
        for remark in shown.findings {
            render(&handler, source, &Snippet::of_remark(source, remark), &mut out);
        }
        for (rule, (severity, count)) in shown.left_out {
            let path = &record.summary.path;
            out += &format!("{} {rule}: {} not shown in {path}\n\n", severity.name(), count_of(count, "more finding"));
        }
        out
    }

    fn closing(&mut self, _: &Facts, tally: &Tally) -> Vec<u8> {
        if self.0.quiet { Vec::new() } else { (tally.line() + "\n").into_bytes() }
    }
}

/// One finding or mistake at its place in a text.
pub fn one(source: &Source, diagnostic: &Diagnostic, colour: Colour) -> String {
    let mut out = String::new();
    render(&handler(colour), source, &Snippet::of_diagnostic(diagnostic), &mut out);
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

fn render(handler: &GraphicalReportHandler, source: &Source, snippet: &Snippet<'_>, out: &mut String) {
    let snippets = Snippets(source);
    let place = |span: Span| SourceSpan::from(snippets.visible(span).range());
    let related = snippet.labels.iter().map(|(span, message)| LabeledSpan::new_with_span(Some((*message).to_owned()), place(*span)));
    let primary = LabeledSpan::new_primary_with_span(None, place(snippet.span));
    let shown = Drawn { labels: std::iter::once(primary).chain(related).collect(), snippets: &snippets, snippet };
    // Writing into a string fails only where the snippet cannot be read; the finding is then said without it.
    if handler.render_report(out, &shown).is_err() {
        let at = source.position(snippet.span.start);
        *out += &format!("{}:{}:{} {}", source.name(), at.line, at.column, snippet.message);
    }
    out.push('\n');
}

/// What is shown of a finding.
struct Snippet<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    span: Span,
    labels: Vec<(Span, &'a str)>,
}

impl<'a> Snippet<'a> {
    fn of_remark(source: &Source, remark: &'a Remark) -> Self {
        Self {
            rule: remark.rule,
            severity: remark.severity,
            message: &remark.message,
            help: remark.advice(),
            span: source.span(remark.start, remark.end),
            labels: remark.labels.iter().map(|note| (source.span(note.start, note.end), &*note.message)).collect(),
        }
    }

    fn of_diagnostic(diagnostic: &'a Diagnostic) -> Self {
        Self {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            span: diagnostic.span,
            labels: diagnostic.labels.iter().map(|label| (label.span, &*label.message)).collect(),
        }
    }
}

/// A finding as miette reads it.
struct Drawn<'a> {
    snippets: &'a Snippets<'a>,
    snippet: &'a Snippet<'a>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Snippet { rule, severity, message, .. } = self.snippet;
        write!(f, "{}[{rule}]: {message}", severity.name())
    }
}

impl fmt::Debug for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.snippet.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.snippet.help.map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.snippets)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

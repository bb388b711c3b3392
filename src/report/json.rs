//! JSON, version 1: the findings of a run for machines.
//!
//! Lines and columns count from 1, in characters; offsets are bytes of the file (of its text as UTF-8 where the file is
//! in another encoding). One finding and one article stand on a line each. The findings come first, as they are made; the
//! articles and the sums follow when all is read, so that a run of any length is written without being held.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{ArticleSummary, Tally};
use crate::article::dates::Reading;
use crate::article::medicines::Medicine;
use crate::article::references::{Field, Reference};
use crate::article::review::ReviewStatement;
use crate::diagnostic::{Datum, Diagnostic, Fix};
use crate::linter::Checked;
use crate::rules;
use crate::source::{Position, Source, Span};

/// The start of the output, up to the first finding.
pub fn opening(today: jiff::civil::Date) -> String {
    format!("{{\n\"version\": 1,\n\"today\": \"{today}\",\n\"diagnostics\": [")
}

/// The findings of an article, each after a comma: [`opening`] is followed by these without the very first one.
pub fn article(checked: &Checked) -> String {
    checked.diagnostics.iter().map(|d| format!(",\n{}", line(&Out::new(&checked.source, d)))).collect()
}

/// The end of the output: the articles and the sums.
pub fn closing(tally: &Tally) -> String {
    let articles: Vec<String> = tally.articles.iter().map(|article| line(&ArticleOut::new(article))).collect();
    let unread: Vec<String> = tally.unread.iter().map(|file| line(&UnreadOut { path: &file.path, message: &file.message })).collect();
    let summary = line(&SummaryOut::new(tally));
    format!("\n],\n\"articles\": [{}],\n\"unread\": [{}],\n\"summary\": {summary}\n}}\n", rows(&articles), rows(&unread))
}

fn rows(rows: &[String]) -> String {
    if rows.is_empty() { String::new() } else { format!("\n{}\n", rows.join(",\n")) }
}

fn line(row: &impl Serialize) -> String {
    serde_json::to_string(row).expect("plain structs are JSON")
}

#[derive(Serialize)]
struct Out<'a> {
    rule: &'a str,
    category: &'a str,
    severity: &'a str,
    path: &'a str,
    message: &'a str,
    quote: &'a str,
    help: Option<&'a str>,
    start: Position,
    end: Position,
    labels: Vec<LabelOut<'a>>,
    data: &'a BTreeMap<&'static str, Datum>,
    fix: Option<FixOut<'a>>,
}

#[derive(Serialize)]
struct LabelOut<'a> {
    message: &'a str,
    quote: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct FixOut<'a> {
    title: &'a str,
    safety: &'a str,
    edits: Vec<EditOut<'a>>,
}

#[derive(Serialize)]
struct EditOut<'a> {
    start: Position,
    end: Position,
    text: &'a str,
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    path: &'a str,
    format: &'a str,
    references: usize,
    citations: usize,
    style: &'a str,
    review: Option<&'a str>,
    medicines: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    silenced: usize,
}

#[derive(Serialize)]
struct UnreadOut<'a> {
    path: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct SummaryOut {
    articles: usize,
    unread: usize,
    references: usize,
    citations: usize,
    medicines: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    silenced: usize,
}

impl<'a> Out<'a> {
    fn new(source: &'a Source, d: &'a Diagnostic) -> Self {
        let (start, end) = ends(source, d.span);
        let label = |label: &'a crate::diagnostic::Label| {
            let (start, end) = ends(source, label.span);
            LabelOut { message: &label.message, quote: source.slice(label.span), start, end }
        };
        Self {
            rule: d.rule,
            category: rules::find(d.rule).map_or("", |entry| entry.category.name()),
            severity: d.severity.name(),
            path: source.name(),
            message: &d.message,
            quote: source.slice(d.span),
            help: d.help.as_deref(),
            start,
            end,
            labels: d.labels.iter().map(label).collect(),
            data: &d.data,
            // Places of a text that had to be decoded are not places of the file, so its fixes cannot be written back.
            fix: d.fix.as_ref().filter(|_| source.is_exact()).map(|fix| FixOut::new(source, fix)),
        }
    }
}

impl<'a> FixOut<'a> {
    fn new(source: &Source, fix: &'a Fix) -> Self {
        let edit = |edit: &'a crate::diagnostic::Edit| {
            let (start, end) = ends(source, edit.span);
            EditOut { start, end, text: &edit.text }
        };
        Self { title: &fix.title, safety: fix.safety.name(), edits: fix.edits.iter().map(edit).collect() }
    }
}

impl<'a> ArticleOut<'a> {
    fn new(article: &'a ArticleSummary) -> Self {
        Self {
            path: &article.path,
            format: article.format.name(),
            references: article.references,
            citations: article.citations,
            style: article.style,
            review: article.reviewed.as_deref(),
            medicines: article.medicines,
            errors: article.counts.errors,
            warnings: article.counts.warnings,
            infos: article.counts.infos,
            silenced: article.silenced,
        }
    }
}

impl SummaryOut {
    fn new(tally: &Tally) -> Self {
        let counts = tally.counts();
        Self {
            articles: tally.articles.len(),
            unread: tally.unread.len(),
            references: tally.sum(|article| article.references),
            citations: tally.sum(|article| article.citations),
            medicines: tally.sum(|article| article.medicines),
            errors: counts.errors,
            warnings: counts.warnings,
            infos: counts.infos,
            silenced: tally.sum(|article| article.silenced),
        }
    }
}

fn ends(source: &Source, span: Span) -> (Position, Position) {
    (source.position(span.start), source.position(span.end))
}

/// What was read from one article: the output of `medproof parse -o json`.
pub fn parse(checked: &Checked) -> String {
    let article = &checked.article;
    let style = &article.citations.style;
    let value = json!({
        "version": 1,
        "path": checked.source.name(),
        "format": checked.document.format.name(),
        "style": {"name": style.name(), "why": style.why},
        "citations": citations(checked),
        "references": references(checked),
        "review": review(checked),
        "medicines": medicines(checked),
    });
    serde_json::to_string_pretty(&value).expect("plain values are JSON") + "\n"
}

/// The words of a span with its ends, and with what is known of it.
fn placed(source: &Source, span: Span, facts: Value) -> Value {
    let (start, end) = ends(source, span);
    let mut out = facts;
    out["quote"] = source.slice(span).into();
    out["start"] = json!(start);
    out["end"] = json!(end);
    out
}

fn citations(checked: &Checked) -> Vec<Value> {
    let groups = &checked.article.citations.groups;
    groups.iter().map(|c| placed(&checked.source, c.span, json!({"numbers": c.numbers, "form": c.form}))).collect()
}

fn references(checked: &Checked) -> Vec<Value> {
    let text = |field: &Option<Field>| field.as_ref().map(|field| field.text.clone());
    let entry = |r: &Reference| {
        let f = r.fields();
        let fields = json!({
            "kind": f.kind,
            "authors": f.authors.iter().chain(&f.group_author).map(|a| &a.text).collect::<Vec<_>>(),
            "title": text(&f.title), "container": text(&f.container), "year": text(&f.year), "volume": text(&f.volume),
            "issue": text(&f.issue), "pages": text(&f.pages), "doi": text(&f.doi), "pmid": text(&f.pmid),
            "pmcid": text(&f.pmcid), "url": text(&f.url), "accessed": text(&f.accessed),
        });
        placed(&checked.source, r.span, json!({"number": r.number, "text": r.text(), "fields": fields}))
    };
    checked.article.references.entries.iter().map(entry).collect()
}

fn review(checked: &Checked) -> Vec<Value> {
    checked.article.review.iter().map(|statement| placed(&checked.source, statement.span, statement_facts(statement))).collect()
}

fn statement_facts(statement: &ReviewStatement) -> Value {
    let mut facts = json!({
        "kind": statement.kind,
        "date": statement.reading().and_then(Reading::exact).map(|date| date.to_string()),
        "reviewer": statement.reviewer.as_ref().map(|reviewer| &reviewer.name),
        "pending": statement.pending,
        "key": statement.origin.key(),
    });
    match statement.reading() {
        Some(Reading::Ambiguous { month_first, day_first }) => facts["ambiguous"] = json!([month_first.to_string(), day_first.to_string()]),
        Some(Reading::Impossible) => facts["impossible"] = json!(true),
        _ => {}
    }
    facts
}

fn medicines(checked: &Checked) -> Vec<Value> {
    let facts = |m: &Medicine| json!({"name": m.entry.name, "kind": m.entry.kind, "ingredients": m.entry.ingredients()});
    checked.article.medicines.iter().map(|medicine| placed(&checked.source, medicine.span, facts(medicine))).collect()
}

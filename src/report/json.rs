//! JSON, version 1. Lines and columns count from 1, in characters; offsets are bytes of the file.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::dates::Reading;
use crate::article::review::{Origin, ReviewStatement};
use crate::diagnostic::{Datum, Diagnostic};
use crate::linter::Checked;
use crate::rules;
use crate::source::{Position, Source, Span};

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    today: String,
    diagnostics: Vec<DiagnosticOut<'a>>,
}

#[derive(Serialize)]
struct DiagnosticOut<'a> {
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
}

#[derive(Serialize)]
struct LabelOut<'a> {
    message: &'a str,
    quote: &'a str,
    start: Position,
    end: Position,
}

/// The findings of a run.
pub fn check(run: &[Checked], today: jiff::civil::Date) -> String {
    let diagnostics = run.iter().flat_map(|checked| checked.diagnostics.iter().map(|d| diagnostic(&checked.source, d))).collect();
    serde_json::to_string_pretty(&Output { version: 1, today: today.to_string(), diagnostics }).expect("JSON of plain structs")
}

fn diagnostic<'a>(source: &'a Source, d: &'a Diagnostic) -> DiagnosticOut<'a> {
    let (start, end) = ends(source, d.span);
    DiagnosticOut {
        rule: d.rule,
        category: rules::find(d.rule).map_or("", |entry| entry.category.name()),
        severity: d.severity.name(),
        path: source.name(),
        message: &d.message,
        quote: source.slice(d.span),
        help: d.help.as_deref(),
        start,
        end,
        labels: d
            .labels
            .iter()
            .map(|label| {
                let (start, end) = ends(source, label.span);
                LabelOut { message: &label.message, quote: source.slice(label.span), start, end }
            })
            .collect(),
        data: &d.data,
    }
}

fn ends(source: &Source, span: Span) -> (Position, Position) {
    (source.position(span.start), source.position(span.end))
}

/// What was read from one article: the shape of `medproof parse -o json`.
pub fn parse(checked: &Checked) -> String {
    let place = |span: Span| {
        let (start, end) = ends(&checked.source, span);
        serde_json::json!({"quote": checked.source.slice(span), "start": start, "end": end})
    };
    let citations: Vec<_> = checked
        .article
        .citations
        .groups
        .iter()
        .map(|c| {
            let mut out = serde_json::json!({"numbers": c.numbers});
            out.as_object_mut().expect("an object").extend(place(c.span).as_object().expect("an object").clone());
            out
        })
        .collect();
    let references: Vec<_> = checked
        .article
        .references
        .entries
        .iter()
        .map(|r| {
            let (start, end) = ends(&checked.source, r.span);
            let f = r.fields();
            let text = |field: &Option<crate::article::references::Field>| field.as_ref().map(|field| field.text.clone());
            serde_json::json!({"number": r.number, "text": r.text(), "start": start, "end": end, "fields": {
                "kind": f.kind,
                "authors": f.authors.iter().chain(&f.group_author).map(|a| &a.text).collect::<Vec<_>>(),
                "title": text(&f.title), "container": text(&f.container), "year": text(&f.year), "volume": text(&f.volume),
                "issue": text(&f.issue), "pages": text(&f.pages), "doi": text(&f.doi), "pmid": text(&f.pmid), "pmcid": text(&f.pmcid),
                "url": text(&f.url), "accessed": text(&f.accessed),
            }})
        })
        .collect();
    let review: Vec<_> = checked.article.review.iter().map(|statement| review(&checked.source, statement)).collect();
    let medicines: Vec<_> = checked
        .article
        .medicines
        .iter()
        .map(|m| {
            let mut out = serde_json::json!({"name": m.entry.name, "kind": m.entry.kind, "ingredients": m.entry.ingredients()});
            out.as_object_mut().expect("an object").extend(place(m.span).as_object().expect("an object").clone());
            out
        })
        .collect();
    serde_json::to_string_pretty(&serde_json::json!({"style": {"name": checked.article.citations.style.name(), "why": checked.article.citations.style.why}, "citations": citations, "references": references, "review": review, "medicines": medicines}))
        .expect("JSON")
}

fn review(source: &Source, statement: &ReviewStatement) -> serde_json::Value {
    let (start, end) = ends(source, statement.span);
    let date = statement.reading().and_then(Reading::exact).map(|date| date.to_string());
    let mut out = serde_json::json!({
        "kind": statement.kind,
        "date": date,
        "reviewer": statement.reviewer.as_ref().map(|reviewer| &reviewer.name),
        "pending": statement.pending,
        "key": match &statement.origin {
            Origin::Text => None,
            Origin::FrontMatter(key) => Some(key),
        },
        "quote": source.slice(statement.span),
        "start": start,
        "end": end,
    });
    match statement.reading() {
        Some(Reading::Ambiguous { month_first, day_first }) => {
            out["ambiguous"] = serde_json::json!([month_first.to_string(), day_first.to_string()])
        }
        Some(Reading::Impossible) => out["impossible"] = serde_json::json!(true),
        _ => {}
    }
    out
}

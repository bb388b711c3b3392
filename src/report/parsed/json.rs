//! What was read from an article, for machines: `medproof parse -o json`.

use serde_json::{Value, json};

use crate::article::dates::Reading;
use crate::article::medicines::Medicine;
use crate::article::references::{Field, Reference};
use crate::article::review::ReviewStatement;
use crate::linter::Checked;
use crate::source::{Source, Span};

/// The citations, references, review statements and medicines of an article.
pub fn text(checked: &Checked) -> String {
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
    let (start, end) = (source.position(span.start), source.position(span.end));
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

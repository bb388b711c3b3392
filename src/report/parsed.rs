//! What was read from an article, for people: `medproof parse`.

pub mod json;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::article::Article;
use crate::article::dates::Reading;
use crate::article::medicines::Medicine;
use crate::article::references::Reference;
use crate::linter::Checked;
use crate::source::Span;

/// The citations, references, review statements and medicines of an article, each with its line.
pub fn text(checked: &Checked) -> String {
    let mut out = format!("{} ({})\n", checked.source.name(), checked.document.format.name());
    citations(&mut out, checked);
    references(&mut out, checked);
    review(&mut out, checked);
    names(&mut out, checked);
    problems(&mut out, checked);
    out
}

fn citations(out: &mut String, checked: &Checked) {
    let citations = &checked.article.citations;
    let _ = writeln!(out, "\nCitation style: {}", citations.style.name());
    if !citations.style.why.is_empty() {
        let _ = writeln!(out, "  {}", citations.style.why);
    }
    heading(out, "Citations", citations.groups.len());
    for group in &citations.groups {
        let numbers = group.numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "  line {}: “{}” cites {numbers}", line(checked, group.span), quote(checked, group.span));
    }
}

fn references(out: &mut String, checked: &Checked) {
    let entries = &checked.article.references.entries;
    heading(out, "References", entries.len());
    for entry in entries {
        reference(out, entry, line(checked, entry.span));
    }
}

fn review(out: &mut String, checked: &Checked) {
    let statements = &checked.article.review;
    heading(out, "Review statements", statements.len());
    for statement in statements {
        let date = statement.reading().map_or("no date".to_owned(), date);
        let by = statement.reviewer.as_ref().map_or(String::new(), |reviewer| format!(" by {}", reviewer.name));
        let (kind, line) = (statement.kind.name(), line(checked, statement.span));
        let _ = writeln!(out, "  line {line}: {kind} {date}{by}, from “{}”", quote(checked, statement.span));
    }
}

fn names(out: &mut String, checked: &Checked) {
    let names = medicines(&checked.article);
    heading(out, "Medicines", names.len());
    for (name, mentions) in names {
        let lines: Vec<String> = mentions.iter().map(|medicine| line(checked, medicine.span).to_string()).collect();
        let contains = match mentions[0].entry.ingredients() {
            ingredients if mentions[0].is_brand() && !ingredients.is_empty() => format!(" ({})", ingredients.join(", ")),
            _ => String::new(),
        };
        let _ = writeln!(out, "  {name}{contains}: line {}", lines.join(", "));
    }
}

fn problems(out: &mut String, checked: &Checked) {
    let problems = &checked.document.problems;
    if !problems.is_empty() {
        heading(out, "Not read", problems.len());
    }
    for problem in problems {
        let _ = writeln!(out, "  line {}: {}", line(checked, problem.span), problem.message);
    }
}

/// The mentions of each name.
fn medicines(article: &Article) -> BTreeMap<&str, Vec<&Medicine>> {
    let mut names: BTreeMap<&str, Vec<&Medicine>> = BTreeMap::new();
    for medicine in &article.medicines {
        names.entry(&medicine.entry.name).or_default().push(medicine);
    }
    names
}

fn date(reading: Reading) -> String {
    match reading {
        Reading::Ambiguous { month_first, day_first } => format!("{month_first} or {day_first}"),
        reading => reading.exact().map_or("impossible date".to_owned(), |date| date.to_string()),
    }
}

fn heading(out: &mut String, name: &str, count: usize) {
    let _ = writeln!(out, "\n{name}: {}", if count == 0 { "none".to_owned() } else { count.to_string() });
}

fn line(checked: &Checked, span: Span) -> u32 {
    checked.source.position(span.start).line
}

fn quote(checked: &Checked, span: Span) -> String {
    checked.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn reference(out: &mut String, entry: &Reference, line: u32) {
    let number = entry.number.map_or("unnumbered".to_owned(), |number| number.to_string());
    let _ = writeln!(out, "  {number} (line {line}): {}", entry.text());
    let fields = entry.fields();
    let _ = writeln!(out, "      kind: {}", serde_json::json!(fields.kind).as_str().unwrap_or_default());
    let authors = fields.authors.iter().chain(&fields.group_author).map(|author| author.text.as_str()).collect::<Vec<_>>().join("; ");
    if !authors.is_empty() {
        let _ = writeln!(out, "      authors: {authors}{}", if fields.et_al { "; et al" } else { "" });
    }
    for (name, field) in fields.named() {
        let _ = writeln!(out, "      {name}: {}", field.text);
    }
}

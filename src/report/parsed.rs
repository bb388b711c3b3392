//! What was read from an article, for people: `medproof parse`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::article::Article;
use crate::article::dates::Reading;
use crate::article::medicines::Medicine;
use crate::article::references::{Field, Reference};
use crate::article::review::ReviewKind;
use crate::linter::Checked;
use crate::source::Span;

/// The citations, references, review statements and medicines of an article, each with its line.
pub fn text(checked: &Checked) -> String {
    let mut out = String::new();
    let article = &checked.article;
    let style = &article.citations.style;
    let _ = writeln!(out, "{} ({})", checked.source.name(), checked.document.format.name());
    let _ = writeln!(out, "\nCitation style: {}", style.name());
    if !style.why.is_empty() {
        let _ = writeln!(out, "  {}", style.why);
    }
    let line = |span: Span| checked.source.position(span.start).line;
    let quote = |span: Span| checked.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    heading(&mut out, "Citations", article.citations.groups.len());
    for group in &article.citations.groups {
        let _ = writeln!(out, "  line {}: “{}” cites {}", line(group.span), quote(group.span), numbers(&group.numbers));
    }
    heading(&mut out, "References", article.references.entries.len());
    for entry in &article.references.entries {
        reference(&mut out, entry, line(entry.span));
    }
    heading(&mut out, "Review statements", article.review.len());
    for statement in &article.review {
        let date = statement.reading().map_or("no date".to_owned(), date);
        let by = statement.reviewer.as_ref().map_or(String::new(), |reviewer| format!(" by {}", reviewer.name));
        let _ = writeln!(out, "  line {}: {} {date}{by}, from “{}”", line(statement.span), statement.kind.name(), quote(statement.span));
    }
    heading(&mut out, "Medicines", medicine_count(article));
    for (name, mentions) in medicines(article) {
        let lines: Vec<String> = mentions.iter().map(|medicine| line(medicine.span).to_string()).collect();
        let ingredients = mentions[0].entry.ingredients().join(", ");
        let contains = if mentions[0].is_brand() && !ingredients.is_empty() { format!(" ({ingredients})") } else { String::new() };
        let _ = writeln!(out, "  {name}{contains}: line {}", lines.join(", "));
    }
    if !checked.document.problems.is_empty() {
        heading(&mut out, "Not read", checked.document.problems.len());
        for problem in &checked.document.problems {
            let _ = writeln!(out, "  line {}: {}", line(problem.span), problem.message);
        }
    }
    out
}

/// The date of the last review as precise as it is written, for the closing line.
pub(super) fn last_review(article: &Article) -> Option<String> {
    let reviewed = article.review.iter().filter(|statement| statement.kind == ReviewKind::Reviewed);
    reviewed.filter_map(|statement| statement.reading()?.exact()).max().map(|date| date.to_string())
}

/// How many different medicines the text names, brands and generic names counted apart.
pub(super) fn medicine_count(article: &Article) -> usize {
    medicines(article).len()
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

fn numbers(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

fn reference(out: &mut String, entry: &Reference, line: u32) {
    let number = entry.number.map_or("unnumbered".to_owned(), |number| number.to_string());
    let _ = writeln!(out, "  {number} (line {line}): {}", entry.text());
    let fields = entry.fields();
    let authors = fields.authors.iter().chain(&fields.group_author).map(|author| author.text.as_str()).collect::<Vec<_>>().join("; ");
    if !authors.is_empty() {
        let _ = writeln!(out, "      authors: {authors}{}", if fields.et_al { "; et al" } else { "" });
    }
    let named: [(&str, &Option<Field>); 11] = [
        ("title", &fields.title),
        ("container", &fields.container),
        ("year", &fields.year),
        ("volume", &fields.volume),
        ("issue", &fields.issue),
        ("pages", &fields.pages),
        ("doi", &fields.doi),
        ("pmid", &fields.pmid),
        ("pmcid", &fields.pmcid),
        ("url", &fields.url),
        ("accessed", &fields.accessed),
    ];
    for (name, field) in named {
        if let Some(field) = field {
            let _ = writeln!(out, "      {name}: {}", field.text);
        }
    }
}

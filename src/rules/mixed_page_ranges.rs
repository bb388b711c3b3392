use serde::{Deserialize, Serialize};

use crate::article::references::{PageForm, Reference};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};
use crate::source::Span;

pub static RULE: Entry = Entry {
    id: "mixed-page-ranges",
    category: Category::References,
    summary: "page ranges are shortened in some entries and whole in others",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/mixed-page-ranges.md"),
    make: make::<MixedPageRanges>,
    defaults: defaults::<MixedPageRanges>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MixedPageRanges {}

/// The page range of an entry that could be written in either form.
struct Place<'a> {
    number: Option<u32>,
    pages: &'a str,
    span: Span,
    form: PageForm,
    /// The first page has two digits, where many who shorten write both pages out: `71-79` beside `321-28`.
    low: bool,
}

impl Rule for MixedPageRanges {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let places = cx.article.references.entries.iter().filter_map(place);
        let (short, mut whole): (Vec<_>, Vec<_>) = places.partition(|place| place.form == PageForm::Shortened);
        if !short.is_empty() && !short.iter().any(|place| place.low) {
            whole.retain(|place| !place.low);
        }
        // Of two forms in equal use the shortened one is named: a whole range is never wrong.
        let (few, many, form, other) =
            if short.len() <= whole.len() { (short, whole, "shortened", "whole") } else { (whole, short, "whole", "shortened") };
        let (Some((first, rest)), Some(example)) = (few.split_first(), many.first()) else { return };
        let message = format!(
            "{} {} {form} (“{}”), and {} {} {other} (“{}”)",
            few.len(),
            if rest.is_empty() { "page range is" } else { "page ranges are" },
            first.pages,
            many.len(),
            if many.len() == 1 { "is" } else { "are" },
            example.pages
        );
        let mut finding = Finding::new(first.span, message)
            .help("Write all page ranges of the list in one form")
            .data("pages", few.iter().map(|place| place.pages.to_owned()).collect::<Vec<_>>());
        for place in rest {
            finding = finding.label(place.span, format!("{form} here too"));
        }
        let numbers: Vec<u32> = few.iter().filter_map(|place| place.number).collect();
        if !numbers.is_empty() {
            finding = finding.data("numbers", numbers.as_slice());
        }
        sink.report(finding);
    }
}

fn place(entry: &Reference) -> Option<Place<'_>> {
    let (place, range) = entry.page_ranges().next().filter(|(_, range)| !range.is_reversed())?;
    Some(Place {
        number: entry.number,
        pages: range.text,
        span: entry.span_of(place),
        form: range.form()?,
        low: range.first.number() < 100,
    })
}

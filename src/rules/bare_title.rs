use serde::{Deserialize, Serialize};

use crate::article::references::{Fields, Kind, Reference};
use crate::diagnostic::{Finding, Severity};
use crate::document::MarkKind;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "bare-title",
    category: Category::References,
    summary: "an entry is a title and nothing else",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/bare-title.md"),
    make: make::<BareTitle>,
    defaults: defaults::<BareTitle>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct BareTitle {}

impl Rule for BareTitle {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in &cx.article.references.entries {
            let fields = entry.fields();
            if !is_bare(entry, fields) || is_linked(cx, entry) {
                continue;
            }
            let missing = match fields.kind {
                Kind::Announcement => "Name who announced it, with the date and the link",
                _ => "Name the author or issuer, the date, and where it can be found",
            };
            let span = entry.span_of(0..entry.text().trim_end().len());
            let mut finding =
                Finding::new(span, format!("{} is a title without author, issuer, date or link", entry.quote())).help(missing);
            if let Some(number) = entry.number {
                finding = finding.data("numbers", [number].as_slice());
            }
            sink.report(finding);
        }
    }
}

/// The fewest words of a title; shorter entries are headings, abbreviations or remnants, which say something else.
const WORDS: usize = 4;

/// Whether nothing but one sentence stands there: no names, numbers of a place, date, identifier, link, journal or publisher.
fn is_bare(entry: &Reference, fields: &Fields) -> bool {
    let text = entry.text().trim();
    let identified = fields.doi.is_some() || fields.pmid.is_some() || fields.pmcid.is_some() || fields.url.is_some();
    let placed = fields.container.is_some()
        || fields.volume.is_some()
        || fields.pages.is_some()
        || fields.year.is_some()
        || fields.accessed.is_some();
    let named = !fields.authors.is_empty() || fields.group_author.is_some();
    let title = fields.title.as_ref().is_some_and(|title| title.range.len() * 10 >= text.len() * 9);
    let words = || text.split_whitespace().filter(|word| word.starts_with(char::is_alphanumeric)).count();
    title && !identified && !placed && !named && words() >= WORDS && !tells_more(text)
}

/// Whether the words of an entry are a link, which readers follow to the source.
fn is_linked(cx: &Cx<'_>, entry: &Reference) -> bool {
    let blocks = &cx.document.blocks;
    let first = blocks.partition_point(|block| block.span.end <= entry.span.start);
    blocks[first..].iter().take_while(|block| block.span.start < entry.span.end).any(|block| {
        let mut links = block.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Link(_)));
        links.any(|link| block.prose.span(link.range.clone()).overlaps(entry.span))
    })
}

/// Signs of an issuer, a continuation or a note in the words themselves.
fn tells_more(text: &str) -> bool {
    let lower = text.to_lowercase();
    let signs = [
        "personal communication",
        "unpublished",
        "data on file",
        "supplied by",
        "in press",
        "submitted",
        "see ",
        "ibid",
        "available",
        "www.",
        "://",
        "isbn",
        "press release",
        "package insert",
        "prescribing information",
    ];
    signs.iter().any(|sign| lower.contains(sign)) || text.ends_with([':', ',', ';']) || text.contains('@')
}

use serde::{Deserialize, Serialize};

use crate::article::references::record::found::{Record, searched, under};
use crate::article::references::record::{Match, compare, resemblance};
use crate::article::references::{Field, Kind, Reference};
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};
use crate::world::{Answer, Service};

pub static RULE: Entry = Entry {
    id: "reference-not-found",
    category: Category::Online,
    summary: "no registry knows an article of a journal",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/reference-not-found.md"),
    make: make::<ReferenceNotFound>,
    defaults: defaults::<ReferenceNotFound>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReferenceNotFound {}

/// Those that must have answered: together they know the journals of medicine.
const REQUIRED: [Service; 3] = [Service::Pubmed, Service::Crossref, Service::EuropePmc];

/// The years whose articles are all in registries; what came out lately may still be on its way.
const FIRST_YEAR: i16 = 1990;

/// A title of fewer words is found too often, and in too many forms, for its absence to say something.
const WORDS: usize = 5;

/// From here on, what a search offers may be the work, so that it is not missing.
const RESEMBLES: f64 = 0.75;

impl Rule for ReferenceNotFound {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let this_year = cx.today().year();
        for entry in cx.article.references.listed().filter(|entry| is_expected(entry, this_year) && is_missing(cx, entry)) {
            let names = REQUIRED.map(|service| service.name()).join(", ");
            let Some(day) = cx.world.search(entry.text()).iter().map(|said| said.day).max() else { continue };
            let finding = about(entry, format!("{} could not be found in {names}", entry.quote()));
            let finding = finding.data("by", names).data("asked", day.to_string());
            sink.report(finding.help(format!("Confirm by hand that the article is published as printed (asked on {day})")));
        }
    }
}

/// Whether an entry is one that registries know: an article of a journal, in letters they search by.
fn is_expected(entry: &Reference, this_year: i16) -> bool {
    let fields = entry.fields();
    let year = fields.year.as_ref().and_then(|year| year.text.parse::<i16>().ok());
    let title = fields.title.as_ref().map_or("", |title| title.text.as_str());
    let is_latin = title.chars().filter(|c| c.is_alphabetic()).all(|c| c < '\u{250}');
    let is_translated = title.contains('[') || entry.text().contains("[in ") || entry.text().contains("[Article in ");
    fields.kind == Kind::Journal
        && !fields.authors.is_empty()
        && fields.container.is_some()
        && (fields.volume.is_some() || fields.pages.is_some())
        && year.is_some_and(|year| (FIRST_YEAR..this_year).contains(&year))
        && title.split_whitespace().count() >= WORDS
        && is_latin
        && !is_translated
}

/// Whether every service that must know the work was asked and knows none like it.
fn is_missing(cx: &Cx<'_>, entry: &Reference) -> bool {
    let said = cx.world.search(entry.text());
    let answered = |service: &Service| said.iter().any(|said| said.by == *service && !matches!(said.answer, Answer::Unknown(_)));
    let identified = entry.identifiers();
    // A work under one of its identifiers is told of by other rules, and so is one whose identifier nobody could look up.
    let is_known = identified.iter().any(|identifier| under(cx.world, identifier).next().is_some());
    let is_open =
        identified.iter().any(|identifier| cx.world.works(identifier).iter().any(|said| matches!(said.answer, Answer::Unknown(_))));
    let resembles =
        |candidate: Record<'_>| matches!(compare(entry, candidate.work), Match::Same(_)) || resemblance(entry, candidate.work) >= RESEMBLES;
    // What a reader reaches by the link of the entry is published there.
    let is_reached = |url: &Field| cx.world.link(&url.text).is_some_and(|said| said.answer.found().is_some());
    let is_known = is_known || entry.fields().url.as_ref().is_some_and(is_reached);
    REQUIRED.iter().all(answered) && !is_known && !is_open && !searched(cx.world, entry).any(resembles)
}

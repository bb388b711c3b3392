use serde::{Deserialize, Serialize};

use crate::article::references::Reference;
use crate::article::references::record::found::{of, under};
use crate::article::references::record::likeness;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};
use crate::world::{Identifier, Work, WorkKind, is_copy};

pub static RULE: Entry = Entry {
    id: "published-preprint",
    category: Category::Online,
    summary: "a preprint that is cited has come out in a journal",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/published-preprint.md"),
    make: make::<PublishedPreprint>,
    defaults: defaults::<PublishedPreprint>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct PublishedPreprint {}

/// The same work has the same title, or nearly so.
const SAME: f64 = 0.95;

/// A preprint comes out within so many years, or not at all.
const YEARS: u16 = 3;

impl Rule for PublishedPreprint {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        cx.article.references.listed().filter_map(|entry| published(cx, entry)).for_each(|finding| sink.report(finding));
    }
}

fn published(cx: &Cx<'_>, entry: &Reference) -> Option<Finding> {
    let preprint = of(cx.world, entry).into_iter().map(|record| record.work).find(|work| work.kind == WorkKind::Preprint)?;
    let doi = preprint.published_as.as_ref().filter(|doi| !is_copy(doi))?;
    let identifier = Identifier::Doi(doi.clone());
    let record = under(cx.world, &identifier).find(|record| is_that_of(record.work, preprint))?;
    let is_cited = cx.article.references.listed().any(|other| other.identifiers().contains(&identifier));
    if is_cited {
        return None;
    }
    let work = record.work;
    let journal = work.containers.first().map_or(String::new(), |journal| format!(" in {journal}"));
    let year = work.years.first().map_or(String::new(), |year| format!(", {year}"));
    let finding = about(entry, format!("the preprint {} has come out{journal}{year}", entry.quote()));
    let help = format!("See whether {} says the same, and cite it ({}, asked on {})", identifier.url(), record.by.name(), record.day);
    Some(finding.help(help).asked(record.by.name(), record.day).data("identifier", identifier.to_string()))
}

fn is_that_of(work: &Work, preprint: &Work) -> bool {
    let is_near = match (work.years.last(), preprint.years.first()) {
        (Some(out), Some(posted)) => (*posted..=posted + YEARS).contains(out),
        _ => false,
    };
    is_near && work.titles.iter().any(|title| preprint.titles.iter().any(|other| likeness(title, other) >= SAME))
}

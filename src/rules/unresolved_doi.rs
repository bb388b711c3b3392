use serde::{Deserialize, Serialize};

use crate::article::links;
use crate::article::references::Reference;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};
use crate::world::{Answer, Identifier, Registration, Said};

pub static RULE: Entry = Entry {
    id: "unresolved-doi",
    category: Category::Online,
    summary: "a DOI that doi.org does not know",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/unresolved-doi.md"),
    make: make::<UnresolvedDoi>,
    defaults: defaults::<UnresolvedDoi>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UnresolvedDoi {}

impl Rule for UnresolvedDoi {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.listed() {
            // Its printed form may have escapes that the DOI has not.
            let known = |identifier: &Identifier| if let Identifier::Doi(doi) = identifier { unknown(cx, doi) } else { None };
            let said = entry.identifiers().iter().find_map(known);
            if let (Some(doi), Some(said)) = (&entry.fields().doi, said) {
                sink.report(told(within(entry, doi.range.clone(), message(&doi.text)), said, is_new(cx, entry)));
            }
        }
        for link in links::links(cx.document).filter(|link| !cx.article.references.holds_block(link.place.block as usize)) {
            let Some(doi) = links::doi(link.address) else { continue };
            if let Some(said) = unknown(cx, &doi) {
                sink.report(told(Finding::new(cx.span(link.place), message(&doi)), said, false));
            }
        }
    }
}

/// The answer of doi.org that it has no such DOI. That another registry does not know one says nothing: there are many.
fn unknown<'a>(cx: &'a Cx<'_>, doi: &str) -> Option<&'a Said<Registration>> {
    cx.world.registration(doi).filter(|said| said.answer == Answer::NotFound)
}

fn message(doi: &str) -> String {
    format!("“{doi}” is not registered: doi.org does not know it")
}

fn told(finding: Finding, said: &Said<Registration>, is_new: bool) -> Finding {
    let finding = finding.asked(said.by.name(), said.day);
    let help = format!("Look the DOI up by the title of the work, and copy it from there (asked on {})", said.day);
    if is_new {
        return finding.severity(Severity::Warning).help(format!("{help}; the DOI of a new work may take some days to be registered"));
    }
    finding.help(help)
}

/// Whether a work came out so lately that its DOI may still be on its way.
fn is_new(cx: &Cx<'_>, entry: &Reference) -> bool {
    let year = entry.fields().year.as_ref().and_then(|year| year.text.parse::<i16>().ok());
    let lately = cx.today().saturating_sub(jiff::Span::new().days(60));
    year.is_some_and(|year| year >= lately.year())
}

use serde::{Deserialize, Serialize};

use crate::article::references::{Malformed, malformed, registrations};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::prose::Prose;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "malformed-identifier",
    category: Category::References,
    summary: "a DOI, PMID, PMCID, ISBN, ISSN or trial number is malformed",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/malformed-identifier.md"),
    make: make::<MalformedIdentifier>,
    defaults: defaults::<MalformedIdentifier>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MalformedIdentifier {}

impl Rule for MalformedIdentifier {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let references = &cx.article.references;
        for entry in &references.entries {
            for identifier in malformed(entry.text()) {
                report(&entry.prose, identifier, entry.number, sink);
            }
        }
        // Trials are named in the text as well.
        for (_, block) in cx.text() {
            for identifier in registrations(block.text()) {
                report(&block.prose, identifier, None, sink);
            }
        }
    }
}

fn report(prose: &Prose, identifier: Malformed, number: Option<u32>, sink: &mut Sink<'_>) {
    let Malformed { range, flaw, right } = identifier;
    let editable = prose.editable(range.clone());
    // What the format itself put before an identifier is no mistake of the author.
    if right.is_some() && editable.is_none() {
        return;
    }
    let mut finding = Finding::new(prose.span(range.clone()), format!("“{}” {flaw}", &prose.text()[range]));
    finding = match (right, editable) {
        (Some(right), Some(span)) => {
            let title = format!("Write {right}");
            finding.help(format!("{title}, and see that it leads to the source")).fix(Safety::Safe, title, vec![Edit { span, text: right }])
        }
        _ => finding.help("Copy the identifier from the source again"),
    };
    sink.report(match number {
        Some(number) => finding.data("numbers", [number].as_slice()),
        None => finding,
    });
}

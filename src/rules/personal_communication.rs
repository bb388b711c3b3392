use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::references::{Kind, Reference, Sign};
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "personal-communication",
    category: Category::References,
    summary: "a source that nobody can read stands in the list",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/personal-communication.md"),
    make: make::<PersonalCommunication>,
    defaults: defaults::<PersonalCommunication>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct PersonalCommunication {}

impl Rule for PersonalCommunication {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.listed() {
            let Some(range) = entry.sign(Sign::Unpublished).filter(|range| is_unreadable(entry, range)) else { continue };
            let finding = within(entry, range.clone(), format!("“{}” is no source that readers can look up", &entry.text()[range]))
                .help("Say it in the text, with the name and the date in brackets, and take the entry off the list");
            sink.report(finding);
        }
    }
}

/// Whether the entry tells no place where the work is to be had after all.
fn is_unreadable(entry: &Reference, words: &Range<usize>) -> bool {
    let fields = entry.fields();
    let found = fields.doi.is_some() || fields.pmid.is_some() || fields.pmcid.is_some() || fields.url.is_some();
    let placed = fields.volume.is_some() && fields.pages.is_some();
    // A thesis is unpublished and stands in a library.
    let kept = matches!(fields.kind, Kind::Thesis | Kind::DrugLabel | Kind::Preprint);
    // A report may be submitted to somebody, and an opinion told in an article: these words must stand for themselves.
    let (before, after) = (entry.text()[..words.start].trim_end(), entry.text()[words.end..].trim_start());
    let loose = ["expert opinion", "submitted"].iter().any(|word| entry.text()[words.clone()].eq_ignore_ascii_case(word));
    let alone = before.ends_with(['.', ',', ';', '(', '[']) && (after.is_empty() || after.starts_with([')', ']', '.', ',', ';']));
    !found && !placed && !kept && (!loose || alone && fields.volume.is_none())
}

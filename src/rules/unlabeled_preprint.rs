use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::references::{Kind, Reference, Sign};
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "unlabeled-preprint",
    category: Category::References,
    summary: "a preprint is not called one",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/unlabeled-preprint.md"),
    make: make::<UnlabeledPreprint>,
    defaults: defaults::<UnlabeledPreprint>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UnlabeledPreprint {
    /// What the house calls a preprint in its lists.
    label: String,
}

impl Default for UnlabeledPreprint {
    fn default() -> Self {
        Self { label: "Preprint".to_owned() }
    }
}

impl Rule for UnlabeledPreprint {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.listed() {
            let Some(range) = server(entry).filter(|_| !self.is_labelled(entry) && !is_in_journal(entry)) else { continue };
            let finding = within(entry, range.clone(), format!("“{}” is a preprint, and the entry does not say so", &entry.text()[range]))
                .help(format!("Add “{}” behind the title, or cite the article in a journal where it has appeared", self.label));
            sink.report(finding);
        }
    }
}

impl UnlabeledPreprint {
    fn is_labelled(&self, entry: &Reference) -> bool {
        let own = || !self.label.is_empty() && entry.text().to_lowercase().contains(&self.label.to_lowercase());
        entry.signs(Sign::Preprint).next().is_some() || own()
    }
}

/// The words that name a server of preprints, or the DOI of one.
fn server(entry: &Reference) -> Option<Range<usize>> {
    let doi = entry.fields().doi.as_ref().filter(|doi| is_preprint(&doi.text)).map(|doi| doi.range.clone());
    entry.sign(Sign::PreprintServer).or(doi)
}

/// The prefix that bioRxiv and medRxiv share with journals of their publisher, whose suffixes begin with letters, and those of others.
fn is_preprint(doi: &str) -> bool {
    let own =
        ["10.48550/", "10.21203/", "10.20944/", "10.2139/ssrn", "10.31234/", "10.26434/"].iter().any(|prefix| doi.starts_with(prefix));
    own || doi.strip_prefix("10.1101/").is_some_and(|suffix| suffix.starts_with(|c: char| c.is_ascii_digit()))
}

/// The entry is of an article that names its preprint besides.
fn is_in_journal(entry: &Reference) -> bool {
    let fields = entry.fields();
    fields.kind == Kind::Journal && fields.volume.is_some() && fields.pages.is_some()
}

use serde::{Deserialize, Serialize};

use crate::article::references::{Kind, Reference};
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
            let Some(range) = entry.preprint_server().filter(|_| !self.is_labelled(entry) && !is_in_journal(entry)) else { continue };
            let finding = within(entry, range.clone(), format!("“{}” is a preprint, and the entry does not say so", &entry.text()[range]))
                .help(format!("Add “{}” behind the title, or cite the article in a journal where it has appeared", self.label));
            sink.report(finding);
        }
    }
}

impl UnlabeledPreprint {
    fn is_labelled(&self, entry: &Reference) -> bool {
        let own = || !self.label.is_empty() && entry.text().to_lowercase().contains(&self.label.to_lowercase());
        entry.is_called_preprint() || own()
    }
}

/// The entry is of an article that names its preprint besides.
fn is_in_journal(entry: &Reference) -> bool {
    let fields = entry.fields();
    fields.kind == Kind::Journal && fields.volume.is_some() && fields.pages.is_some()
}

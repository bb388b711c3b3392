use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::majority::majority;
use crate::article::references::{NameForm, Reference};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};
use crate::source::Span;

pub static RULE: Entry = Entry {
    id: "inconsistent-author-form",
    category: Category::References,
    summary: "authors are printed in two forms, or a surname lacks its capital",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/inconsistent-author-form.md"),
    make: make::<InconsistentAuthorForm>,
    defaults: defaults::<InconsistentAuthorForm>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct InconsistentAuthorForm {
    /// The fewest entries with one form of names that make it the form of the list.
    least_entries: u8,
}

impl Default for InconsistentAuthorForm {
    fn default() -> Self {
        Self { least_entries: 4 }
    }
}

impl Rule for InconsistentAuthorForm {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let entries = &cx.article.references.entries;
        for entry in entries {
            for range in entry.small_surnames() {
                let surname = &entry.text()[range.clone()];
                let finding = Finding::new(entry.span_of(range.clone()), format!("the surname “{surname}” begins with a small letter"));
                sink.report(finding.help("Write the capital, if the name has one"));
            }
        }
        self.check_list(entries, sink);
    }
}

impl InconsistentAuthorForm {
    fn check_list(&self, entries: &[Reference], sink: &mut Sink<'_>) {
        let formed = entries.iter().filter_map(|entry| {
            let (form, range) = entry.name_form()?;
            Some(Author { entry, form, range })
        });
        let formed: Vec<Author<'_>> = formed.collect();
        let Some((own, most)) = majority(formed.iter().map(|author| author.form)) else { return };
        let others: Vec<&Author<'_>> = formed.iter().filter(|author| author.form != own).collect();
        let (Some((first, rest)), Some(example)) = (others.split_first(), formed.iter().find(|author| author.form == own)) else { return };
        // Where no form prevails there is no form of the list to depart from.
        if most < usize::from(self.least_entries) || others.len() * 2 > most {
            return;
        }
        let more = match rest.len() {
            0 => String::new(),
            1 => ", and so does 1 more entry".to_owned(),
            more => format!(", and so do {more} more entries"),
        };
        let message = format!(
            "“{}” departs from the form of the other authors{more}; {most} entries have {}, as “{}”",
            first.name(),
            own.name(),
            example.name()
        );
        let finding = Finding::new(first.span(), message)
            .help(format!("Write all authors in one form: {}", own.name()))
            .data("form", first.form.name());
        sink.report(
            rest.iter().take(10).fold(finding, |finding, author| finding.label(author.span(), format!("{} here", author.form.name()))),
        );
    }
}

/// The first author of an entry that shows the form of its names.
struct Author<'a> {
    entry: &'a Reference,
    form: NameForm,
    range: Range<usize>,
}

impl Author<'_> {
    fn name(&self) -> &str {
        &self.entry.text()[self.range.clone()]
    }

    fn span(&self) -> Span {
        self.entry.span_of(self.range.clone())
    }
}

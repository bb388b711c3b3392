use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};
use crate::source::Span;

pub static RULE: Entry = Entry {
    id: "misnumbered-reference",
    category: Category::References,
    summary: "the numbers of the list repeat or fall",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/misnumbered-reference.md"),
    make: make::<MisnumberedReference>,
    defaults: defaults::<MisnumberedReference>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MisnumberedReference {
    /// The number of the first entry; 0 asks for none.
    start: u32,
}

impl Rule for MisnumberedReference {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let entries = &cx.article.references.entries;
        for (i, entry) in entries.iter().enumerate() {
            let Some(number) = entry.number else {
                let digits = |label: &Span| !cx.source.slice(*label).contains(char::is_alphabetic);
                let Some(label) = entry.label.filter(digits) else { continue };
                sink.report(
                    Finding::new(label, format!("“{}” is too large for the number of an entry", cx.source.slice(label)))
                        .help("Correct the number"),
                );
                continue;
            };
            let Some(before) = entries[..i].iter().rfind(|before| before.number.is_some()) else {
                if self.start > 0 && number != self.start {
                    let place = entry.label.unwrap_or(entry.span);
                    let help = format!("Number the list from {}, and adjust the text with it", self.start);
                    sink.report(
                        Finding::new(place, format!("the list begins with {number}")).help(help).data("numbers", [number].as_slice()),
                    );
                }
                continue;
            };
            let last = before.number.unwrap_or_default();
            if number > last {
                continue;
            }
            let what = if number == last {
                format!("two entries have the number {number}")
            } else {
                format!("entry {number} follows entry {last}")
            };
            sink.report(
                Finding::new(entry.label.unwrap_or(entry.span), what)
                    .label(before.label.unwrap_or(before.span), format!("{last} stands here"))
                    .help("Number the entries one by one, and adjust the text with them")
                    .data("numbers", [number].as_slice()),
            );
        }
    }
}

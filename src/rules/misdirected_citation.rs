use serde::{Deserialize, Serialize};

use crate::article::citations::Pointer;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "misdirected-citation",
    category: Category::Citations,
    summary: "a citation links to another entry than the one its number names",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/misdirected-citation.md"),
    make: make::<MisdirectedCitation>,
    defaults: defaults::<MisdirectedCitation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MisdirectedCitation {}

/// From this many on, the numbers of text and list belong to two states of the article: one finding says so.
const MANY: usize = 6;

impl Rule for MisdirectedCitation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let pointers = &cx.article.citations.pointers;
        if cx.article.citations.style.form.is_none() {
            return;
        }
        let alone = |i: usize| {
            let same = |other: Option<&Pointer>| other.is_some_and(|other| other.place == pointers[i].place);
            !same(i.checked_sub(1).and_then(|before| pointers.get(before))) && !same(pointers.get(i + 1))
        };
        let wrong: Vec<(&Pointer, u32, u32)> =
            (0..pointers.len()).filter(|&i| alone(i)).filter_map(|i| mismatch(cx, &pointers[i])).collect();
        if wrong.len() >= MANY && wrong.len() * 4 > pointers.len() {
            let message = format!("{} of the {} links from citations lead to entries with other numbers", wrong.len(), pointers.len());
            sink.report(Finding::new(wrong[0].0.span, message).help("Number the text as the list is numbered, or link it anew"));
            return;
        }
        for (pointer, printed, number) in wrong {
            let mut finding = Finding::new(pointer.span, format!("“{}” links to entry {number}", cx.words(pointer.place)))
                .help(format!(
                    "Correct the link or the number: readers of the page look up {printed}, those who follow the link see {number}"
                ))
                .data("numbers", [printed, number].as_slice());
            if let Some(entry) = pointer.entry.map(|entry| &cx.article.references.entries[entry]) {
                finding = finding.label(entry.label.unwrap_or(entry.span), "the link leads here");
            }
            sink.report(finding);
        }
    }
}

/// The number printed and that of the entry, where they differ. Words of several numbers are left alone.
fn mismatch<'a>(cx: &Cx<'_>, pointer: &'a Pointer) -> Option<(&'a Pointer, u32, u32)> {
    let printed: u32 = cx.words(pointer.place).trim_matches(|c: char| !c.is_alphanumeric()).parse().ok()?;
    let number = cx.article.references.entries[pointer.entry?].number?;
    (printed != number && printed < 1000).then_some((pointer, printed, number))
}

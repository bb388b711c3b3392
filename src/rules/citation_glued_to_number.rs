use serde::{Deserialize, Serialize};

use crate::article::citations::Form;
use crate::article::sentences::near;
use crate::diagnostic::{Finding, Severity};
use crate::prose::end_of_word;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "citation-glued-to-number",
    category: Category::Citations,
    summary: "a citation runs into a number, so that both read as another value",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/citation-glued-to-number.md"),
    make: make::<CitationGluedToNumber>,
    defaults: defaults::<CitationGluedToNumber>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct CitationGluedToNumber {}

impl Rule for CitationGluedToNumber {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        // Without a list nobody knows where the number ends and the citation begins.
        if cx.article.numbering.listed.is_empty() {
            return;
        }
        for group in cx.article.citations.groups.iter().filter(|group| group.form == Form::Flattened) {
            let block = cx.document.block(group.place);
            let (text, range) = (block.text(), group.place.range());
            let before = &text[..range.start];
            if !before.ends_with(|c: char| c.is_ascii_digit() || c == '%') {
                continue;
            }
            let near = near(text, range.start..range.start, LONGEST).start;
            let start =
                before[near..].rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[')).map_or(near, |i| end_of_char(text, near + i));
            let end = end_of_word(text, range.end);
            let message = format!(
                "“{}” is “{}” with the citation {} behind it, and reads as one value",
                &text[start..end],
                &text[start..range.start],
                &text[range.clone()]
            );
            let finding =
                Finding::new(block.prose.span(start..end), message).help("Move the citation behind a word, or set it in brackets");
            sink.report(finding.data("numbers", group.numbers.as_slice()));
        }
    }
}

/// The longest word that is quoted, in bytes.
const LONGEST: usize = 40;

fn end_of_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(1, char::len_utf8)
}

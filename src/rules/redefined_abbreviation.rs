use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "redefined-abbreviation",
    category: Category::Text,
    summary: "an abbreviation is spelt out again",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/redefined-abbreviation.md"),
    make: make::<RedefinedAbbreviation>,
    defaults: defaults::<RedefinedAbbreviation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RedefinedAbbreviation {}

impl Rule for RedefinedAbbreviation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        // An abstract is read apart from its text, and spells out for itself.
        let body = cx.document.blocks.iter().position(|block| block.is_heading() && is_first_section(block.text()));
        for (short, abbreviation) in cx.article.abbreviations(cx.document) {
            let in_text = abbreviation.definitions.iter().filter(|place| body.is_none_or(|body| place.block as usize > body));
            // Tables and their notes stand alone too.
            let mut places = in_text.filter(|place| cx.document.block(**place).is_running());
            let Some(first) = places.next() else { continue };
            for again in places {
                let message = format!("“{short}” is spelt out again");
                sink.report(
                    Finding::new(cx.span(*again), message)
                        .label(cx.span(*first), "it is spelt out here")
                        .help("Use the abbreviation alone"),
                );
            }
        }
    }
}

/// The heading behind an abstract.
fn is_first_section(heading: &str) -> bool {
    let words = heading.to_lowercase();
    ["introduction", "background"].iter().any(|word| words.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(word))
}

use serde::{Deserialize, Serialize};

use crate::article::floats::{Float, FloatKind};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "uncited-float",
    category: Category::Text,
    summary: "a table or figure that the text never mentions",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/uncited-float.md"),
    make: make::<UncitedFloat>,
    defaults: defaults::<UncitedFloat>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UncitedFloat {}

impl Rule for UncitedFloat {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let floats = cx.article.floats(cx.document);
        for kind in [FloatKind::Table, FloatKind::Figure] {
            let mentioned = |number: u32| floats.mentions.iter().any(|float| float.kind == kind && float.number == number);
            let captions: Vec<&Float> = floats.captions.iter().filter(|float| float.kind == kind).collect();
            let missing: Vec<&&Float> = captions.iter().filter(|float| !mentioned(float.number)).collect();
            // Where most are not mentioned, the text speaks of them in another way.
            if missing.len() * 2 > captions.len() {
                continue;
            }
            for caption in missing {
                let message = format!("{} {} is never mentioned in the text", kind.name(), caption.number);
                sink.report(
                    Finding::new(cx.span(caption.place), message)
                        .help("Mention it where it belongs, or leave it out")
                        .data("number", caption.number),
                );
            }
        }
    }
}

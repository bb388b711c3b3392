use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::asked::{About, Gap, Unanswered, asked};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "unchecked-source",
    category: Category::Online,
    summary: "a reference or link could not be checked online",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/unchecked-source.md"),
    make: make::<UncheckedSource>,
    defaults: defaults::<UncheckedSource>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UncheckedSource {}

impl Rule for UncheckedSource {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut by_reason: BTreeMap<(About, Gap<'_>), Vec<Unanswered<'_>>> = BTreeMap::new();
        for one in asked(cx.document, cx.article, cx.world).unanswered {
            by_reason.entry((one.about, one.gap)).or_default().push(one);
        }
        for ((about, Gap { is_part, why }), all) in by_reason {
            let noun = if about == About::Reference { "reference" } else { "link" };
            let what = if all.len() == 1 { format!("this {noun}") } else { format!("{} {noun}s", all.len()) };
            let finding = Finding::new(
                all[0].span,
                format!("{what} {}: {why}", if is_part { "could be checked only in part" } else { "could not be checked" }),
            );
            let finding = all[1..].iter().fold(finding, |finding, one| finding.label(one.span, "nor this one"));
            let numbers: Vec<u32> = all.iter().filter_map(|one| one.number).collect();
            let finding = if numbers.is_empty() { finding } else { finding.data("numbers", numbers.as_slice()) };
            sink.report(finding.help("Run the check again later, or look it up by hand"));
        }
    }
}

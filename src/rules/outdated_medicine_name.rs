use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Setting, is_explained_beside, rename};
use crate::article::sentences;
use crate::diagnostic::{Finding, Safety, Severity};
use crate::lexicon::Variant;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "outdated-medicine-name",
    category: Category::Medicines,
    summary: "a nonproprietary name that was given up",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/outdated-medicine-name.md"),
    make: make::<OutdatedMedicineName>,
    defaults: defaults::<OutdatedMedicineName>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct OutdatedMedicineName {
    /// Names that may stay.
    allow: Vec<String>,
}

impl Rule for OutdatedMedicineName {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut names: BTreeMap<&str, (Variant, Vec<&Medicine>)> = BTreeMap::new();
        for (i, medicine) in cx.article.medicines.iter().enumerate() {
            let Some(variant) = Variant::of(&medicine.entry.name).filter(Variant::is_former) else { continue };
            let allowed = self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(variant.name));
            if !allowed
                && !medicine.quoted
                && medicine.setting != Setting::Footnote
                && is_given(cx, medicine)
                && !is_explained_beside(cx.document, &cx.article.medicines, i)
            {
                names.entry(variant.name).or_insert_with(|| (variant, Vec::new())).1.push(medicine);
            }
        }
        for (variant, mentions) in names.values() {
            report(cx, *variant, mentions, sink);
        }
    }
}

/// Hormones are measured more often than given, and keep their names in the body: only with a dose are they medicines.
fn is_given(cx: &Cx<'_>, medicine: &Medicine) -> bool {
    const REACH: usize = 30;
    const HORMONES: [&str; 3] = ["oestradiol", "oestriol", "thyroxine"];
    if !HORMONES.contains(&medicine.entry.name.as_str()) {
        return true;
    }
    let text = cx.document.block(medicine.place).text();
    let around = sentences::near(text, medicine.place.range(), REACH);
    let behind = &text[medicine.end()..around.end];
    let dosed = behind
        .find(|c: char| c.is_ascii_digit())
        .map(|i| behind[i..].trim_start_matches(|c: char| c.is_ascii_digit() || ".–- ".contains(c)));
    let unit = |rest: &str| ["mg", "mcg", "µg", "μg", "microgram"].iter().any(|unit| rest.starts_with(unit)) && !rest.contains('/');
    dosed.is_some_and(unit) || [" tablets", " replacement", " therapy"].iter().any(|word| behind.starts_with(word))
}

fn report(cx: &Cx<'_>, variant: Variant, mentions: &[&Medicine], sink: &mut Sink<'_>) {
    let first = mentions[0];
    let words = cx.words(first.place);
    let current = variant.substance;
    let mut finding = Finding::new(first.span, format!("“{words}” is now called {current}"))
        .help(format!("Write “{current}”, with the former name in parentheses where readers know it better"))
        .data("name", variant.name)
        .data("current", current);
    for mention in &mentions[1..] {
        finding = finding.label(mention.span, "here too");
    }
    if let Some(edits) = rename(cx.document, mentions, current) {
        finding = finding.fix(Safety::Unsafe, format!("Write “{current}”"), edits);
    }
    sink.report(finding);
}

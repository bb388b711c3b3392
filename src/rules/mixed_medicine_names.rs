use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Setting, is_explained_beside, rename};
use crate::diagnostic::{Finding, Safety, Severity};
use crate::lexicon::{NameList, Variant};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "mixed-medicine-names",
    category: Category::Medicines,
    summary: "two nonproprietary names of one substance in one article",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/mixed-medicine-names.md"),
    make: make::<MixedMedicineNames>,
    defaults: defaults::<MixedMedicineNames>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MixedMedicineNames {
    /// The list whose names are wanted: `usan`, `inn` or `ban`; without it the name that the article has most often.
    list: Option<NameList>,
    /// Names that may stand beside the others.
    allow: Vec<String>,
}

impl Rule for MixedMedicineNames {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut substances: BTreeMap<&str, Vec<Name>> = BTreeMap::new();
        for (i, medicine) in cx.article.medicines.iter().enumerate() {
            let Some(variant) = Variant::of(&medicine.entry.name).filter(|variant| !variant.is_former()) else { continue };
            if !can_be_judged(medicine) || self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(variant.name)) {
                continue;
            }
            let names = substances.entry(variant.substance).or_default();
            let known = names.iter().position(|name| name.variant == variant).unwrap_or_else(|| {
                names.push(Name { variant, all: 0, plain: Vec::new() });
                names.len() - 1
            });
            names[known].all += 1;
            if !is_explained_beside(cx.document, &cx.article.medicines, i) {
                names[known].plain.push(i);
            }
        }
        for names in substances.values() {
            self.judge(cx, names, sink);
        }
    }
}

/// One name of a substance in the article.
struct Name {
    variant: Variant,
    all: usize,
    /// The mentions that do not explain another name, as indices of medicines.
    plain: Vec<usize>,
}

impl MixedMedicineNames {
    fn judge(&self, cx: &Cx<'_>, names: &[Name], sink: &mut Sink<'_>) {
        let wanted = match self.list {
            Some(list) => names.first().and_then(|name| Variant::listed(name.variant.substance, list)),
            // Of names used equally often the one met first is meant.
            None => names.iter().rev().max_by_key(|name| name.all).map(|name| name.variant).filter(|_| names.len() > 1),
        };
        let Some(wanted) = wanted else { return };
        let other = names.iter().find(|name| name.variant == wanted);
        for name in names.iter().filter(|name| name.variant != wanted && !name.plain.is_empty()) {
            report(cx, name, wanted, other, sink);
        }
    }
}

fn can_be_judged(medicine: &Medicine) -> bool {
    !medicine.quoted && medicine.setting != Setting::Footnote
}

fn report(cx: &Cx<'_>, name: &Name, wanted: Variant, met: Option<&Name>, sink: &mut Sink<'_>) {
    let medicines = &cx.article.medicines;
    let first = &medicines[name.plain[0]];
    let (words, other) = (cx.words(first.place), wanted.name);
    let message = match met {
        Some(_) => format!("“{words}” and “{other}” are one substance under two names"),
        None => format!("“{words}” is {other} on the list that is wanted"),
    };
    let mut finding = Finding::new(first.span, message)
        .help(format!("Write “{other}” throughout, and the other name at most once in parentheses"))
        .data("name", name.variant.name)
        .data("other", other);
    for &i in &name.plain[1..] {
        finding = finding.label(medicines[i].span, "here too");
    }
    if let Some(&i) = met.and_then(|met| met.plain.first()) {
        finding = finding.label(medicines[i].span, "the other name");
    }
    let mentions: Vec<&Medicine> = name.plain.iter().map(|&i| &medicines[i]).collect();
    if let Some(edits) = rename(cx.document, &mentions, other) {
        finding = finding.fix(Safety::Unsafe, format!("Write “{other}”"), edits);
    }
    sink.report(finding);
}

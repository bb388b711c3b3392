use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Setting};
use crate::article::sentences;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "lowercase-brand",
    category: Category::Medicines,
    summary: "a brand name without its capital",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/lowercase-brand.md"),
    make: make::<LowercaseBrand>,
    defaults: defaults::<LowercaseBrand>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct LowercaseBrand {
    /// Brands that have become words: adriamycin names the substance in the laboratory.
    allow: Vec<String>,
}

impl Default for LowercaseBrand {
    fn default() -> Self {
        Self { allow: ["adriamycin", "novocain", "pentothal", "terramycin"].map(str::to_owned).to_vec() }
    }
}

impl Rule for LowercaseBrand {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for medicine in &cx.article.medicines {
            let words = cx.words(medicine.place);
            let text = cx.document.block(medicine.place).text();
            if !is_lowered(medicine, words)
                || !sentences::is_english(text, medicine.place.start as usize)
                || self.allow.iter().any(|word| word == words)
            {
                continue;
            }
            let name = &medicine.entry.name;
            let mut finding = Finding::new(cx.span(medicine.place), format!("“{words}” is a brand name and takes a capital"))
                .help(format!("Write “{name}”, or the nonproprietary name"))
                .data("name", name.as_str());
            let block = cx.document.block(medicine.place);
            let sure = medicine.entry.case_attested || !name.contains([' ', '-']);
            if let Some(span) = block.prose.editable(medicine.place.range()).filter(|_| sure && name.to_lowercase() == words) {
                finding = finding.fix(Safety::Safe, format!("Write “{name}”"), vec![Edit { span, text: name.clone() }]);
            }
            sink.report(finding);
        }
    }
}

/// A brand in lower case, where neither a quotation nor a lower-case brand such as `ellaOne` explains it.
fn is_lowered(medicine: &Medicine, words: &str) -> bool {
    medicine.is_brand()
        && medicine.entry.guard.is_none()
        && !medicine.quoted
        && medicine.setting != Setting::Footnote
        && medicine.entry.name.starts_with(|c: char| c.is_uppercase())
        && !words.chars().any(char::is_uppercase)
        && words.chars().count() >= 4
}

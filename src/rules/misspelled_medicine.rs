use serde::{Deserialize, Serialize};

use crate::article::medicines::{Misspelled, misspelled};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "misspelled-medicine",
    category: Category::Medicines,
    summary: "a word that is a letter or two away from the name of a medicine",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Manual),
    spec: include_str!("../../fixtures/rules/misspelled-medicine.md"),
    make: make::<MisspelledMedicine>,
    defaults: defaults::<MisspelledMedicine>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MisspelledMedicine {
    /// Words that are right as they stand.
    allow: Vec<String>,
}

impl Rule for MisspelledMedicine {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let allowed = |word: &str| self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(word));
        misspelled(cx.document, &cx.article.references, &cx.article.medicines, cx.lexicon)
            .iter()
            .filter(|met| !allowed(&met.word))
            .for_each(|met| report(cx, met, sink));
    }
}

fn report(cx: &Cx<'_>, met: &Misspelled, sink: &mut Sink<'_>) {
    let first = met.places[0];
    let words = cx.words(first);
    let name = if words.starts_with(|c: char| c.is_ascii_uppercase()) { capitalized(&met.name) } else { met.name.clone() };
    let times = match met.places.len() {
        1 => String::new(),
        count => format!(", {count} times"),
    };
    let mut finding = Finding::new(cx.span(first), format!("“{words}” is no known medicine, but “{name}” is{times}"))
        .help(format!("Check the name; write “{name}” if it is meant"))
        .data("word", words)
        .data("name", met.name.as_str());
    for &place in &met.places[1..] {
        finding = finding.label(cx.span(place), "here too");
    }
    if let Some(span) = cx.document.block(first).prose.editable(first.range()) {
        finding = finding.fix(Safety::Manual, format!("Write “{name}”"), vec![Edit { span, text: name }]);
    }
    sink.report(finding);
}

fn capitalized(name: &str) -> String {
    name[..1].to_ascii_uppercase() + &name[1..]
}

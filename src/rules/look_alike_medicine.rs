use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Finding, Severity};
use crate::lexicon::confusable_pairs;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "look-alike-medicine",
    category: Category::Medicines,
    summary: "two medicines whose names are taken for each other",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/look-alike-medicine.md"),
    make: make::<LookAlikeMedicine>,
    defaults: defaults::<LookAlikeMedicine>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct LookAlikeMedicine {
    /// Further pairs, each as two names.
    pairs: Vec<[String; 2]>,
}

impl Rule for LookAlikeMedicine {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut firsts: HashMap<&str, usize> = HashMap::new();
        for (i, medicine) in cx.article.medicines.iter().enumerate() {
            firsts.entry(medicine.entry.name.as_str()).or_insert(i);
        }
        let mut pairs: Vec<(&str, &str)> = confusable_pairs().collect();
        pairs.extend(self.pairs.iter().map(|[first, second]| (first.as_str(), second.as_str())));
        for (first, second) in pairs {
            let (Some(&a), Some(&b)) = (firsts.get(first), firsts.get(second)) else { continue };
            let (before, after) = (&cx.article.medicines[a.min(b)], &cx.article.medicines[a.max(b)]);
            let (words, other) = (cx.words(after.place), cx.words(before.place));
            sink.report(
                Finding::new(after.span, format!("“{words}” is easily taken for “{other}”, which the article names too"))
                    .label(before.span, "the name it is taken for")
                    .help("Check in each place that the right one is named")
                    .data("name", after.entry.name.as_str())
                    .data("other", before.entry.name.as_str()),
            );
        }
    }
}

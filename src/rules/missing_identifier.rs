use serde::{Deserialize, Serialize};

use crate::article::references::{Kind, Reference};
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-identifier",
    category: Category::References,
    summary: "a recent article in a journal has no DOI or PMID",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-identifier.md"),
    make: make::<MissingIdentifier>,
    defaults: defaults::<MissingIdentifier>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingIdentifier {
    /// The first year whose articles are expected to have one.
    from_year: u16,
    /// The share of the other recent articles of the list, from 0 to 1, that must have one.
    min_share: f64,
}

impl Default for MissingIdentifier {
    fn default() -> Self {
        Self { from_year: 2000, min_share: 0.5 }
    }
}

impl Rule for MissingIdentifier {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let recent = |entry: &&Reference| {
            let fields = entry.fields();
            let year = fields.year.as_ref().and_then(|year| year.text.parse::<u16>().ok());
            fields.kind == Kind::Journal && fields.volume.is_some() && year.is_some_and(|year| year >= self.from_year)
        };
        let (with, without): (Vec<&Reference>, Vec<&Reference>) =
            cx.article.references.listed().filter(recent).partition(|entry| entry.is_identified());
        let enough = with.len() as f64 >= self.min_share * (with.len() + without.len()) as f64;
        let [first, more @ ..] = without.as_slice() else { return };
        if !enough {
            return;
        }
        let others = match more.len() {
            0 => String::new(),
            1 => "; neither has 1 more entry".into(),
            n => format!("; neither have {n} more entries"),
        };
        let finding = about(first, format!("{} has no DOI or PMID{others}", first.quote()));
        let finding = more.iter().fold(finding, |finding, entry| finding.label(entry.span, "no DOI or PMID here either"));
        let numbers: Vec<u32> = without.iter().filter_map(|entry| entry.number).collect();
        sink.report(finding.help("Look the DOI up and add it at the end of the entry").data("numbers", numbers.as_slice()));
    }
}

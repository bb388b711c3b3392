use serde::{Deserialize, Serialize};

use crate::article::citations::Citation;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "mixed-citation-style",
    category: Category::Citations,
    summary: "two forms of numbered citations in one article",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/mixed-citation-style.md"),
    make: make::<MixedCitationStyle>,
    defaults: defaults::<MixedCitationStyle>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MixedCitationStyle {}

impl Rule for MixedCitationStyle {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let citations = &cx.article.citations;
        let Some(own) = citations.style.form else { return };
        let mut others: Vec<&Citation> =
            citations.groups.iter().filter(|group| group.form != own && !cx.document.block(group.place).in_table()).collect();
        let own_count = citations.groups.iter().filter(|group| group.form == own).count();
        let Some(form) = others.first().map(|group| group.form) else { return };
        others.retain(|group| group.form == form);
        if others.len() < 2 || own_count < 2 {
            return;
        }
        let more = if others.len() == 2 { "is 1 more".to_owned() } else { format!("are {} more", others.len() - 1) };
        let mut finding = Finding::new(
            others[0].span,
            format!("“{}” is a {}, and so {more}; the article cites by {}", cx.words(others[0].place), form.name(), own.name()),
        )
        .help(format!("Use one form throughout: {}", own.name()));
        for group in others.iter().skip(1).take(10) {
            finding = finding.label(group.span, "here too");
        }
        sink.report(finding);
    }
}

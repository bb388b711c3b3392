use serde::{Deserialize, Serialize};

use crate::article::references::{Element, Kind};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-access-date",
    category: Category::References,
    summary: "a link has no date of access",
    severity: Severity::Info,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-access-date.md"),
    make: make::<MissingAccessDate>,
    defaults: defaults::<MissingAccessDate>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingAccessDate {
    /// The kinds of sources whose links need the date.
    require: Vec<Kind>,
}

impl Default for MissingAccessDate {
    fn default() -> Self {
        Self { require: vec![Kind::WebPage, Kind::Announcement, Kind::Guideline, Kind::Report, Kind::DrugLabel] }
    }
}

impl Rule for MissingAccessDate {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut lacking = cx.article.references.lacking(Element::AccessDate);
        lacking.retain(|entry| self.require.contains(&entry.fields().kind));
        let links: Vec<_> =
            lacking.iter().filter_map(|entry| Some((entry.span_of(entry.fields().url.as_ref()?.range.clone()), entry))).collect();
        let [(first, entry), more @ ..] = links.as_slice() else { return };
        let link = entry.fields().url.as_ref().map_or("", |url| url.text.as_str());
        let others = match more.len() {
            0 => String::new(),
            1 => "; so has 1 more entry".into(),
            n => format!("; so have {n} more entries"),
        };
        let finding = Finding::new(*first, format!("the link “{link}” has no date of access{others}"));
        let finding = more.iter().fold(finding, |finding, (span, _)| finding.label(*span, "no date of access here either"));
        let numbers: Vec<u32> = lacking.iter().filter_map(|entry| entry.number).collect();
        let finding = if numbers.is_empty() { finding } else { finding.data("numbers", numbers.as_slice()) };
        sink.report(finding.help("Add the day on which the page was read, such as “Accessed March 3, 2024”"));
    }
}

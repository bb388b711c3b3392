use serde::{Deserialize, Serialize};

use crate::article::citations::{Citation, Form};
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
struct MixedCitationStyle {
    /// The form of the house, which every citation must have; else that of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<HouseStyle>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum HouseStyle {
    Superscript,
    Bracket,
    Parenthesis,
    Footnote,
}

impl HouseStyle {
    fn form(self) -> Form {
        match self {
            HouseStyle::Superscript => Form::Superscript,
            HouseStyle::Bracket => Form::Bracket,
            HouseStyle::Parenthesis => Form::Parenthesis,
            HouseStyle::Footnote => Form::Footnote,
        }
    }

    /// Whether citations of a form are in the style. A superscript may have lost its markup, and a bare link tells nothing.
    fn has(self, form: Form) -> bool {
        let raised = matches!(form, Form::Flattened | Form::Spaced | Form::UnicodeSuperscript);
        form == self.form() || form == Form::Link || raised && matches!(self, HouseStyle::Superscript)
    }
}

impl Rule for MixedCitationStyle {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let citations = &cx.article.citations;
        let Some(own) = citations.style.form else { return };
        let outside = citations.groups.iter().filter(|group| !cx.document.block(group.place).in_table());
        if let Some(style) = self.style {
            let others: Vec<&Citation> = outside.filter(|group| !style.has(group.form)).collect();
            return report(cx, &others, "the house cites", style.form(), sink);
        }
        let mut others: Vec<&Citation> = outside.filter(|group| group.form != own).collect();
        let own_count = citations.groups.iter().filter(|group| group.form == own).count();
        let Some(form) = others.first().map(|group| group.form) else { return };
        others.retain(|group| group.form == form);
        if others.len() >= 2 && own_count >= 2 {
            report(cx, &others, "the article cites", own, sink);
        }
    }
}

fn report(cx: &Cx<'_>, others: &[&Citation], who: &str, own: Form, sink: &mut Sink<'_>) {
    let [first, rest @ ..] = others else { return };
    let more = match rest.len() {
        0 => String::new(),
        1 => ", and so is 1 more".to_owned(),
        count => format!(", and so are {count} more"),
    };
    let message = format!("“{}” is a {}{more}; {who} by {}", cx.words(first.place), first.form.name(), own.name());
    let mut finding = Finding::new(first.span, message).help(format!("Use one form throughout: {}", own.name()));
    for group in rest.iter().take(10) {
        finding = finding.label(group.span, "here too");
    }
    sink.report(finding);
}

use serde::{Deserialize, Serialize};

use crate::article::review::{Person, Reviewer};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "doubled-reviewer-title",
    category: Category::Review,
    summary: "“Dr” stands before a name that has a doctor’s degree behind it",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/doubled-reviewer-title.md"),
    make: make::<DoubledReviewerTitle>,
    defaults: defaults::<DoubledReviewerTitle>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct DoubledReviewerTitle {}

impl Rule for DoubledReviewerTitle {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut last = None;
        for reviewer in cx.article.review.iter().filter_map(|statement| statement.reviewer.as_ref()) {
            // "Last updated and reviewed by" names one reviewer for two statements.
            if reviewer.place.is_some() && last.replace(reviewer.span) != Some(reviewer.span) {
                reviewer
                    .people()
                    .iter()
                    .filter(|person| is_doubled(person, reviewer))
                    .for_each(|person| sink.report(finding(cx, reviewer, person)));
            }
        }
    }
}

/// "Dr" before two names at least, and a doctorate behind them.
fn is_doubled(person: &Person, reviewer: &Reviewer) -> bool {
    let title = person.title.as_ref().map_or("", |title| &reviewer.name[title.clone()]);
    let names = reviewer.name[person.name.clone()].split([' ', '.', '\u{a0}']).filter(|word| !word.is_empty()).count();
    let named = reviewer.name[person.name.clone()].starts_with(char::is_uppercase);
    matches!(title, "Dr" | "Dr." | "Doctor") && named && names > 1 && person.degrees.iter().any(|degree| degree.doctorate)
}

fn finding(cx: &Cx<'_>, reviewer: &Reviewer, person: &Person) -> Finding {
    let end = person.degrees.last().map_or(person.name.end, |degree| degree.range.end);
    let name = &reviewer.name[person.name.clone()];
    let degree = person.degrees.iter().find(|degree| degree.doctorate).map_or("", |degree| &reviewer.name[degree.range.clone()]);
    let title = person.title.as_ref().map_or("", |title| &reviewer.name[title.clone()]);
    let wanted = rewritten(reviewer, person);
    let help = format!("Write “{wanted}”");
    let message = format!("“{title}” and “{degree}” say the same of “{name}”");
    let Some(place) = reviewer.place else { return Finding::new(reviewer.span, message).help(help) };
    let prose = &cx.document.block(place).prose;
    let range = place.range().start + person.range.start..place.range().start + end;
    let finding = Finding::new(prose.span(range.clone()), message).help(help.clone());
    // "Dr Ana Ruiz (MD)" and "Dr Ana Ruiz, MBBS, Surgery, MD" say more than the fix would keep.
    match prose.editable(range).filter(|_| has_degrees_only(&reviewer.name, person.name.end..end, person)) {
        Some(span) => finding.fix(Safety::Safe, help, vec![Edit { span, text: wanted }]),
        None => finding,
    }
}

/// Nothing but the degrees, with white space and commas between them.
fn has_degrees_only(words: &str, range: std::ops::Range<usize>, person: &Person) -> bool {
    let mut at = range.start;
    for degree in &person.degrees {
        if words.get(at..degree.range.start).is_none_or(|gap| gap.contains(|c: char| !c.is_whitespace() && c != ',')) {
            return false;
        }
        at = degree.range.end;
    }
    at == range.end
}

/// The name as written, then each degree behind a comma and without periods, as the AMA Manual of Style has it.
fn rewritten(reviewer: &Reviewer, person: &Person) -> String {
    let degrees = person.degrees.iter().map(|degree| reviewer.name[degree.range.clone()].replace('.', ""));
    std::iter::once(reviewer.name[person.name.clone()].to_owned()).chain(degrees).collect::<Vec<_>>().join(", ")
}

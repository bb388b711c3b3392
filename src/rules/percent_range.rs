use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "percent-range",
    category: Category::Text,
    summary: "a range of percentages names the percent sign once",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/percent-range.md"),
    make: make::<PercentRange>,
    defaults: defaults::<PercentRange>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct PercentRange {
    /// `repeat` asks for the sign behind both numbers; `majority` only where the article mostly does so.
    style: Style,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Style {
    #[default]
    Repeat,
    Majority,
}

impl Rule for PercentRange {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut once: Vec<(Place, usize)> = Vec::new();
        let mut twice = 0;
        for (index, block) in cx.own_text().filter(|(_, block)| !block.in_table()) {
            for at in memchr::memchr_iter(b'%', block.text().as_bytes()) {
                match range(block.text(), at) {
                    Some((start, _, true)) if start < at => twice += 1,
                    Some((start, first, false)) => once.push((Place::new(index, start..at + 1), first)),
                    _ => {}
                }
            }
        }
        let wrong = match self.style {
            Style::Repeat => !once.is_empty(),
            // An article that mostly writes the sign once has a style of its own.
            Style::Majority => !once.is_empty() && twice >= once.len(),
        };
        if !wrong {
            return;
        }
        let (first, _) = once[0];
        let more = if once.len() == 1 { String::new() } else { format!(" ({} times in all)", once.len()) };
        let edits = once.iter().filter_map(|(place, end)| {
            let span = cx.document.block(*place).prose.editable(*end..*end + 1)?;
            let next = &cx.document.block(*place).text()[*end..*end + 1];
            Some(Edit { span, text: format!("%{next}") })
        });
        let mut finding = Finding::new(cx.span(first), format!("“{}” has the percent sign once{more}", cx.words(first)))
            .help("Repeat the sign behind both numbers")
            .fix(Safety::Unsafe, "Repeat the percent sign", edits.collect());
        for (place, _) in &once[1..] {
            finding = finding.label(cx.span(*place), "and here");
        }
        sink.report(finding);
    }
}

/// The range before a percent sign: where it starts, where its first number ends, and whether that has a sign too.
fn range(text: &str, at: usize) -> Option<(usize, usize, bool)> {
    let number = |text: &str| {
        let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        (rest.len() < text.len() && text.ends_with(|c: char| c.is_ascii_digit())).then_some(rest.len())
    };
    let second = number(&text[..at])?;
    let first = text[..second].strip_suffix(" to ")?;
    let (bare, signed) = first.strip_suffix('%').map_or((first, false), |bare| (bare, true));
    let start = number(bare)?;
    let alone = !text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '\u{2212}'));
    let value = |digits: &str| digits.parse::<f64>().ok();
    let (low, high) = (value(&bare[start..])?, value(&text[second..at])?);
    // `from 44% in 2007 to 42%` is no range, and neither is a fall.
    (alone && low < high && low <= 100.0).then_some((start, bare.len(), signed))
}

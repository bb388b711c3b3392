use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "roman-phase",
    category: Category::Text,
    summary: "the phase of a trial in Roman numerals",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/roman-phase.md"),
    make: make::<RomanPhase>,
    defaults: defaults::<RomanPhase>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RomanPhase {}

impl Rule for RomanPhase {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut roman: Vec<(Place, &'static str)> = Vec::new();
        for (index, block) in cx.own_text() {
            let text = block.text();
            for at in memchr::memmem::find_iter(text.as_bytes(), b"hase ") {
                let start = at + "hase ".len();
                if let Some((length, arabic)) = numeral(&text[start..])
                    && is_phase(&text[..at])
                {
                    roman.push((Place::new(index, start..start + length), arabic));
                }
            }
        }
        let Some(((first, arabic), rest)) = roman.split_first() else { return };
        let words = cx.words(*first);
        let more = if rest.is_empty() { String::new() } else { format!(" ({} times in all)", roman.len()) };
        let edits = roman.iter().filter_map(|(place, arabic)| {
            let span = cx.document.block(*place).prose.editable(place.range())?;
            Some(Edit { span, text: (*arabic).to_owned() })
        });
        let mut finding = Finding::new(cx.span(*first), format!("“phase {words}” has a Roman numeral{more}"))
            .help(format!("Write “phase {arabic}”"))
            .fix(Safety::Unsafe, "Write Arabic numerals", edits.collect());
        for (place, _) in rest {
            finding = finding.label(cx.span(*place), "and here");
        }
        sink.report(finding);
    }
}

/// Whether a text ends with the first letter of the word, and not inside another one, as `metaphase`.
fn is_phase(before: &str) -> bool {
    before.strip_suffix(['p', 'P']).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// The numeral a text starts with, and its Arabic form. `IIa` and `I/II` keep their letters and strokes.
fn numeral(text: &str) -> Option<(usize, &'static str)> {
    const NUMERALS: [(&str, &str); 4] = [("III", "3"), ("II", "2"), ("IV", "4"), ("I", "1")];
    let (roman, arabic) = NUMERALS.iter().find(|(roman, _)| text.starts_with(roman))?;
    let rest = &text[roman.len()..];
    let whole = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '–'));
    whole.then_some((roman.len(), *arabic))
}

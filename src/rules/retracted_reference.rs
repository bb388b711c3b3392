use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::references::{Reference, Sign};
use crate::article::sentences;
use crate::diagnostic::{Finding, Severity};
use crate::retractions::{Nature, Notice};
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "retracted-reference",
    category: Category::References,
    summary: "a source was retracted or withdrawn",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/retracted-reference.md"),
    make: make::<RetractedReference>,
    defaults: defaults::<RetractedReference>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RetractedReference {}

impl Rule for RetractedReference {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let found: Vec<(&Reference, Finding)> =
            cx.article.references.listed().filter_map(|entry| Some((entry, retracted(cx, entry)?))).collect();
        if found.is_empty() {
            return;
        }
        let told = told(cx);
        for (_, finding) in found.into_iter().filter(|(entry, _)| !entry.number.is_some_and(|number| told.contains(&number))) {
            sink.report(finding);
        }
    }
}

/// What the list of the user or the entry itself says of a retraction.
fn retracted(cx: &Cx<'_>, entry: &Reference) -> Option<Finding> {
    let fields = entry.fields();
    let [doi, pmid] = [&fields.doi, &fields.pmid].map(|field| field.as_ref().map(|field| field.text.as_str()));
    if let Some(notice) = cx.retractions.notice(doi, pmid) {
        return Some(noticed(cx, entry, notice));
    }
    let range = label(entry)?;
    let finding = within(entry, range.clone(), format!("“{}” says that the source was taken back", &entry.text()[range]));
    Some(finding.help("Cite another source; where the retraction is the point, say so in the sentence"))
}

/// A finding about a work on the list that the user gave.
fn noticed(cx: &Cx<'_>, entry: &Reference, notice: &Notice) -> Finding {
    let day = notice.day.map_or(String::new(), |day| format!(" ({day})"));
    let (what, severity, help) = match notice.nature {
        Nature::Retraction => {
            ("was retracted", Severity::Error, "Cite another source; where the retraction is the point, cite the notice as well")
        }
        Nature::Concern => {
            ("stands under an expression of concern", Severity::Info, "Read the notice before you rest a statement on the source")
        }
        Nature::Correction => ("was corrected", Severity::Info, "See whether the correction touches what you cite"),
    };
    let source = notice.doi.as_ref().map_or(String::new(), |doi| format!(" (https://doi.org/{doi})"));
    let upto = cx.retractions.newest.map_or(String::new(), |newest| format!("; the list has notices up to {newest}"));
    about(entry, format!("{} {what}{day}", entry.quote())).severity(severity).help(format!("{help}{source}{upto}"))
}

/// The words by which databases and journals mark a work that was taken back: `RETRACTED: …`, `[retracted]`, `Retraction in: …`.
fn label(entry: &Reference) -> Option<Range<usize>> {
    let text = entry.text();
    let title = entry.fields().title.as_ref().map(|title| title.range.clone());
    entry.signs(Sign::Retracted).find(|range| {
        let (before, after) = (text[..range.start].trim_end(), &text[range.end..]);
        let words = &text[range.clone()];
        let after = after.strip_prefix(" article").or(after.strip_prefix(" ARTICLE")).or(after.strip_prefix(" Article")).unwrap_or(after);
        let opens = title.as_ref().is_none_or(|title| title.start == range.start) && after.starts_with(':');
        let bracketed = before.ends_with(['[', '(']) && after.starts_with([']', ')', ':', '.', ',']);
        let shouted = words.len() > 8 && !words.bytes().any(|b| b.is_ascii_lowercase()) && text.bytes().any(|b| b.is_ascii_lowercase());
        let noted = words.contains(' ')
            && (after.starts_with(':') || before.ends_with(['.', '[', '(']) && after.trim_start().starts_with(char::is_uppercase));
        opens || bracketed || shouted || noted
    })
}

/// The numbers that a sentence cites which speaks of a retraction.
fn told(cx: &Cx<'_>) -> BTreeSet<u32> {
    let speaking = cx.article.citations.groups.iter().filter(|group| {
        let text = cx.document.block(group.place).text();
        let sentence = text[sentences::around(text, group.place.range().start)].to_lowercase();
        ["retract", "withdrew", "withdrawn", "taken back", "expression of concern"].iter().any(|word| sentence.contains(word))
    });
    speaking.flat_map(|group| group.numbers.iter().copied()).collect()
}

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::sentences::around;
use crate::diagnostic::{Finding, Severity};
use crate::document::{Block, BlockKind};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "uncited-claim",
    category: Category::Citations,
    summary: "a statistic, or what studies have shown, without a citation",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/uncited-claim.md"),
    make: make::<UncitedClaim>,
    defaults: defaults::<UncitedClaim>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UncitedClaim {
    /// Sections are passed over whose heading holds one of these words.
    sections_exempt: Vec<String>,
}

impl Default for UncitedClaim {
    fn default() -> Self {
        let words = ["abstract", "appendix", "conclusion", "finding", "key point", "material", "method", "result", "summary", "supplement"];
        Self { sections_exempt: words.map(str::to_owned).to_vec() }
    }
}

/// Words that lead a claim on the work of others, in small letters.
#[rustfmt::skip]
const CLAIMS: &[&str] = &[
    "a study found", "has been shown", "have been shown", "have demonstrated", "have found", "have reported", "have shown", "odds of",
    "reported that", "research has shown", "research shows", "research suggests", "studies found", "studies show", "studies suggest",
    "study found", "study showed", "times as likely", "times more likely", "trials show", "twice as likely",
];

/// Beginnings of words that make a percentage one of people in general.
#[rustfmt::skip]
const GENERAL: &[&str] = &[
    "about", "affect", "almost", "approximately", "around", "as many as", "develop", "estimated", "incidence", "more than", "mortality",
    "nearly", "occur", "prevalence", "up to",
];

/// Beginnings of words in a sentence that speaks of the authors' own work, plans it, or points to a table.
#[rustfmt::skip]
const OWN: &[&str] = &[
    "95% ci", "confidence", "fig", "for example", "group", "our ", "p <", "p =", "p<", "p=", "participants", "power", "present study",
    "respectively", "sample", "significance level", "solution", "table ", "this study", "this trial", "we ",
];

impl Rule for UncitedClaim {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let citations = &cx.article.citations;
        if citations.style.form.is_none() {
            return;
        }
        let mut cited: Vec<(u32, u32)> = citations.groups.iter().map(|group| (group.place.block, group.place.start)).collect();
        cited.sort_unstable();
        // The level of the heading whose section is passed over, with those under it.
        let mut exempt: Option<u8> = None;
        for (i, block) in cx.text() {
            if let BlockKind::Heading(level) = block.kind {
                if exempt.is_none_or(|outer| level <= outer) {
                    let heading = block.text().to_lowercase();
                    exempt = self.sections_exempt.iter().any(|word| heading.contains(word.as_str())).then_some(level);
                }
                continue;
            }
            if exempt.is_some() || block.quoted || !block.is_running() {
                continue;
            }
            let cites = |range: Range<usize>| {
                let from = cited.partition_point(|&place| place < (i as u32, range.start as u32));
                cited.get(from).is_some_and(|&(at, start)| at as usize == i && (start as usize) < range.end)
            };
            check_block(block, cites, sink);
        }
    }
}

fn check_block(block: &Block, cites: impl Fn(Range<usize>) -> bool, sink: &mut Sink<'_>) {
    let text = block.text();
    let mut at = 0;
    let mut last = 0;
    while let Some(sentence) = sentence(text, at) {
        at = sentence.end;
        let before = std::mem::replace(&mut last, sentence.start);
        let words = text[sentence.clone()].trim();
        let Some(claim) = claim(words) else { continue };
        // A citation may stand for the sentence before it and for the one behind it.
        let next = behind(text, at).map_or(sentence.end, |next| next.end);
        if cites(before.min(sentence.start)..next) {
            continue;
        }
        let start = sentence.start + text[sentence.clone()].find(words).unwrap_or(0);
        let finding = Finding::new(block.prose.span(start..start + words.len()), format!("“{claim}” is a claim without a citation"));
        sink.report(finding.help("Cite the source, or say that the number is your own"));
    }
}

/// The next sentence, past the full stop of `Marlow et al.`
fn behind(text: &str, at: usize) -> Option<Range<usize>> {
    let next = sentence(text, at)?;
    let goes_on = text[next.clone()].trim_end().ends_with("al.");
    if goes_on { sentence(text, next.end).map(|rest| next.start..rest.end).or(Some(next)) } else { Some(next) }
}

/// The sentence from a byte on.
fn sentence(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + text.get(at..)?.find(|c: char| !c.is_whitespace())?;
    let end = around(text, start).end.max(start + 1);
    let end = (end..=text.len()).find(|&end| text.is_char_boundary(end))?;
    Some(start..end)
}

/// What makes a sentence a claim that needs a source.
fn claim(sentence: &str) -> Option<&str> {
    let lower = sentence.to_ascii_lowercase();
    if OWN.iter().any(|word| begins_word(&lower, word)) {
        return None;
    }
    let percent = lower.find('%').filter(|&at| lower[..at].ends_with(|c: char| c.is_ascii_digit()) && lower.len() > at + 1);
    if let Some(at) = percent.filter(|_| GENERAL.iter().any(|word| begins_word(&lower, word))) {
        let start = sentence[..at]
            .rfind(|c: char| c.is_whitespace() || c == '(')
            .map_or(0, |i| i + sentence[i..].chars().next().map_or(1, char::len_utf8));
        return Some(&sentence[start..at + 1]);
    }
    CLAIMS.iter().find_map(|words| lower.find(words).map(|at| &sentence[at..at + words.len()]))
}

fn begins_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

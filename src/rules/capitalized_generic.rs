use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Setting};
use crate::article::sentences;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{Block, MarkKind};
use crate::lexicon::Standing;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "capitalized-generic",
    category: Category::Medicines,
    summary: "a nonproprietary name with a capital in running text",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/capitalized-generic.md"),
    make: make::<CapitalizedGeneric>,
    defaults: defaults::<CapitalizedGeneric>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct CapitalizedGeneric {}

impl Rule for CapitalizedGeneric {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for medicine in &cx.article.medicines {
            let words = cx.words(medicine.place);
            let block = cx.document.block(medicine.place);
            if !is_wrongly_capitalized(medicine, words) || has_reason(block, medicine, words) {
                continue;
            }
            let name = &medicine.entry.name;
            let mut finding = Finding::new(cx.span(medicine.place), format!("“{words}” is a nonproprietary name and takes no capital"))
                .help(format!("Write “{name}”"))
                .data("name", name.as_str());
            let same_letters = words.to_lowercase() == name.to_lowercase();
            if let Some(span) = block.prose.editable(medicine.place.range()).filter(|_| same_letters) {
                finding = finding.fix(Safety::Safe, format!("Write “{name}”"), vec![Edit { span, text: name.clone() }]);
            }
            sink.report(finding);
        }
    }
}

/// A capital, and only as in a title: neither all capitals nor the tall letters of dispensing lists (`predniSONE`).
fn is_wrongly_capitalized(medicine: &Medicine, words: &str) -> bool {
    let capital = |text: &str| text.starts_with(|c: char| c.is_uppercase());
    let tall = words.split(|c: char| !c.is_alphanumeric()).any(|word| word.chars().skip(1).any(char::is_uppercase));
    medicine.is_plain_generic()
        && medicine.entry.standing == Standing::Current
        && capital(words)
        && !capital(&medicine.entry.name)
        && !tall
}

/// Whether something else than the author's habit explains the capital.
fn has_reason(block: &Block, medicine: &Medicine, words: &str) -> bool {
    let placed = matches!(medicine.setting, Setting::Heading | Setting::TableHead | Setting::TableCell | Setting::Footnote);
    let start = medicine.place.start as usize;
    let text = block.text();
    placed
        || medicine.leads
        || medicine.quoted
        || medicine.symbol.is_some()
        || is_label(text, medicine)
        || in_title_or_link(block, start, words)
        || in_proper_name(text, medicine)
        || is_german(text, start)
        || !is_running(text, medicine)
}

/// A name in brackets, before a colon, or behind a bullet of its own: a label, not a word of the sentence.
fn is_label(text: &str, medicine: &Medicine) -> bool {
    let before = text[..medicine.place.start as usize].trim_end();
    before.ends_with(['[', '{', '=', '#', '@', '|', '~']) || text[medicine.end()..].trim_start().starts_with(':')
}

/// An emphasised phrase that goes beyond the name is a title, and a link often is one.
fn in_title_or_link(block: &Block, start: usize, words: &str) -> bool {
    const NESTED: usize = 8;
    let opened = block.marks.partition_point(|mark| mark.range.start <= start);
    block.marks[..opened].iter().rev().take(NESTED).filter(|mark| mark.range.contains(&start)).any(|mark| match mark.kind {
        MarkKind::Emphasis | MarkKind::Strong => mark.range.len() > words.len() + 2,
        MarkKind::Link(_) => mark.range.start == start || mark.range.len() > words.len() + 2,
        _ => false,
    })
}

/// Capitals beside the name: a study, a company, a product (`Tylenol with Codeine`, `Insulin Glargine Injection`), a person.
fn in_proper_name(text: &str, medicine: &Medicine) -> bool {
    let (start, end) = (medicine.place.start as usize, medicine.place.end as usize);
    let next = text[end..].strip_prefix([' ', '\u{a0}', '-', '/', '–']).unwrap_or("");
    if next.starts_with(|c: char| c.is_uppercase()) {
        return true;
    }
    let before = &text[..start];
    let joined = before.strip_suffix([' ', '\u{a0}', '-', '/', '–', '&']);
    let Some(before) = joined else { return false };
    let before = before.trim_end();
    let before = ["with", "and", "&", "plus", "of", "for", "in"].iter().find_map(|word| before.strip_suffix(*word)?.strip_suffix(' ')).unwrap_or(before);
    let last = before.rfind(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    before[last..].starts_with(|c: char| c.is_uppercase()) && !sentences::starts_at(text, last)
}

/// Words of the sentence around the name that tell running text from a title or a list of labels.
fn is_running(text: &str, medicine: &Medicine) -> bool {
    let sentence = sentences::around(text, medicine.place.start as usize);
    let (mut lower, mut before, mut capitals) = (0, 0, 0);
    for (i, (at, word)) in words(text, sentence).enumerate() {
        let at_name = (medicine.place.start as usize..medicine.place.end as usize).contains(&at);
        match word.chars().next() {
            _ if at_name => {}
            Some(c) if c.is_lowercase() => {
                lower += 1;
                before += usize::from(at < medicine.place.start as usize);
            }
            Some(c) if c.is_uppercase() && i > 0 && word.len() > 3 && word.chars().skip(1).all(char::is_lowercase) => capitals += 1,
            _ => {}
        }
    }
    let enough = if medicine.setting == Setting::ListItem { 3 } else { 2 };
    lower >= enough && (before > 0 || lower >= 4) && capitals * 2 <= lower
}

fn words(text: &str, range: std::ops::Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let base = range.start;
    let part = &text[range];
    part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(move |word| (base + word.as_ptr() as usize - part.as_ptr() as usize, word))
}

/// German writes every noun with a capital.
fn is_german(text: &str, at: usize) -> bool {
    const REACH: usize = 500;
    const GERMAN: [&str; 12] = ["und", "der", "die", "das", "ist", "mit", "nicht", "eine", "wird", "bei", "auf", "zur"];
    const ENGLISH: [&str; 8] = ["and", "the", "of", "is", "with", "to", "for", "a"];
    let text = &text[text.floor_char_boundary(at.saturating_sub(REACH))..text.ceil_char_boundary((at + REACH).min(text.len()))];
    let count = |list: &[&str]| text.split_whitespace().filter(|word| list.contains(word)).count();
    let german = count(&GERMAN);
    german > 0 && german > count(&ENGLISH)
}

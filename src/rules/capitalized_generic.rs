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
struct CapitalizedGeneric {
    /// Headings are written like sentences, and are judged like them.
    headings: bool,
}

impl Rule for CapitalizedGeneric {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let medicines = &cx.article.medicines;
        for (i, medicine) in medicines.iter().enumerate() {
            let words = cx.words(medicine.place);
            let block = cx.document.block(medicine.place);
            if !is_wrongly_capitalized(medicine, words) || self.has_place(medicine) || has_reason(block, medicines, i, words) {
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
        // `L-carnitine`: the letter is no initial.
        && medicine.entry.name.as_bytes().get(1) != Some(&b'-')
}

impl CapitalizedGeneric {
    /// Whether the name stands where words have capitals.
    fn has_place(&self, medicine: &Medicine) -> bool {
        match medicine.setting {
            Setting::Heading => !self.headings,
            setting => matches!(setting, Setting::TableHead | Setting::TableCell | Setting::Footnote),
        }
    }
}

/// Whether something else than the author's habit explains the capital.
fn has_reason(block: &Block, medicines: &[Medicine], i: usize, words: &str) -> bool {
    let medicine = &medicines[i];
    let start = medicine.place.start as usize;
    let text = block.text();
    medicine.leads
        || medicine.quoted
        || medicine.symbol.is_some()
        || medicine.with_maker
        || is_label(text, medicine)
        || in_title_or_link(block, start, words)
        || in_proper_name(text, medicines, i)
        // German writes every noun with a capital.
        || !sentences::is_english(text, start)
        || !is_running(text, medicines, i)
}

/// A name in brackets, before a colon, or behind a bullet of its own: a label, not a word of the sentence.
fn is_label(text: &str, medicine: &Medicine) -> bool {
    let before = text[..medicine.place.start as usize].trim_end();
    before.ends_with(['[', '{', '=', '#', '@', '|', '~']) || text[medicine.end()..].trim_start().starts_with(':') || is_keyword_list(text)
}

fn is_keyword_list(text: &str) -> bool {
    let start: String = text.chars().take(12).filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    start.starts_with("keyword")
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
fn in_proper_name(text: &str, medicines: &[Medicine], i: usize) -> bool {
    let medicine = &medicines[i];
    let (start, end) = (medicine.place.start as usize, medicine.place.end as usize);
    goes_on_with_capital(text, end, &medicines[i + 1..])
        || spelt_out(&text[end..], &text[start..end])
        || follows_capital(
            text,
            start,
            i.checked_sub(1).map(|before| &medicines[before]).filter(|before| before.place.block == medicine.place.block),
        )
}

/// `Insulin Glargine Injection`, `Fulvestrant and Anastrozole Combination Therapy`; not `Metoprolol XL`. Further generics prove
/// nothing: their capitals may be as wrong.
fn goes_on_with_capital(text: &str, end: usize, following: &[Medicine]) -> bool {
    const SEPARATORS: [char; 6] = [' ', '\u{a0}', '-', '/', '–', '\n'];
    const JOINING: [&str; 8] = ["and", "or", "plus", "with", "versus", "vs", "in", "for"];
    const MOST: usize = 5;
    let is_generic = |at: usize| following.iter().take(MOST).any(|other| other.place.range().contains(&at) && other.is_plain_generic());
    let mut at = end;
    let mut joined = false;
    for (i, part) in text[end..].split_inclusive(SEPARATORS).take(MOST).enumerate() {
        let word = part.trim_end_matches(SEPARATORS);
        let start = at;
        at += part.len();
        // The separator behind the name itself.
        if i == 0 && word.is_empty() || is_generic(start) {
            if word.ends_with(|c: char| !c.is_alphanumeric()) {
                return false;
            }
            joined = false;
            continue;
        }
        match (word.starts_with(char::is_uppercase), joined) {
            (true, true) if word.ends_with(char::is_alphanumeric) && i > 0 => joined = false,
            (true, false) if i > 0 => return !FORMS.contains(&word.trim_end_matches(|c: char| !c.is_alphanumeric())) && word.len() > 2,
            (false, false) if JOINING.contains(&word) => joined = true,
            _ => return false,
        }
    }
    false
}

/// Abbreviations of forms, routes and times, which say nothing about the word beside them.
const FORMS: [&str; 16] = ["BID", "CR", "DR", "ER", "HCL", "IM", "IV", "LA", "PO", "PRN", "SC", "SQ", "SR", "TID", "XL", "XR"];

/// `… Across Doses to Rosuvastatin (STELLAR) trial`: the last word of a name whose letters follow. The abbreviation of the
/// medicine itself starts with its letter.
fn spelt_out(rest: &str, words: &str) -> bool {
    let Some(acronym) = rest.strip_prefix(" (").and_then(|rest| rest.split(')').next()) else { return false };
    let short = acronym.split([' ', '[', ',']).next().unwrap_or("");
    short.chars().filter(char::is_ascii_uppercase).count() >= 3
        && short.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
        && short.chars().next() != words.chars().next()
}

/// A capital before the name that does not start the sentence, also with a little word between; or a product's symbol.
/// Another generic before it proves nothing: its capital may be as wrong.
fn follows_capital(text: &str, start: usize, previous: Option<&Medicine>) -> bool {
    let Some(before) = text[..start].strip_suffix([' ', '\u{a0}', '-', '/', '–', '&', '\n']).map(str::trim_end) else { return false };
    let little = ["with", "and", "&", "plus", "of", "for", "in"].iter().find_map(|word| before.strip_suffix(*word)?.strip_suffix(' '));
    let before = little.unwrap_or(before);
    let last = before
        .rfind(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    if previous.is_some_and(|previous| previous.is_plain_generic() && previous.place.range().contains(&last)) {
        return false;
    }
    let title = ["Dr", "Mr", "Mrs", "Ms", "Prof"].iter().any(|title| before.trim_end_matches('.').ends_with(title));
    let word = &before[last..];
    let capital = word.starts_with(char::is_uppercase) && !FORMS.contains(&word) && !sentences::starts_at(text, last);
    before.ends_with(['®', '™']) || title || capital
}

/// Words of the sentence around the name that tell running text from a title or a list of labels.
fn is_running(text: &str, medicines: &[Medicine], i: usize) -> bool {
    const NEAR: usize = 20;
    let medicine = &medicines[i];
    let near = &medicines[i.saturating_sub(NEAR)..(i + NEAR).min(medicines.len())];
    let generics: Vec<_> = near
        .iter()
        .filter(|other| other.place.block == medicine.place.block && other.is_plain_generic())
        .map(|other| other.place.range())
        .collect();
    let sentence = sentences::around(text, medicine.place.start as usize);
    let (mut lower, mut before, mut capitals) = (0, 0, 0);
    for (i, (at, word)) in words(text, sentence).enumerate() {
        let at_name = generics.iter().any(|name| name.contains(&at));
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
    part.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (base + word.as_ptr() as usize - part.as_ptr() as usize, word))
}

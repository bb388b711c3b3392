//! Names that the text says belong together: `Brand (generic)`, `Brand, the brand name of generic`, `generic, sold as Brand`.

use std::ops::Range;

use super::Medicine;
use crate::article::sentences;
use crate::document::Document;

/// A name and those said to be the same medicine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Index into the medicines.
    pub name: usize,
    /// The names said to belong to it, as indices: all in one pair of parentheses, or one.
    pub said: Range<usize>,
}

/// How many names behind a name are looked at.
const MOST: usize = 20;

/// The pairs of an article in reading order.
pub fn pairs(document: &Document, medicines: &[Medicine]) -> Vec<Pair> {
    let mut out = Vec::new();
    for (i, name) in medicines.iter().enumerate() {
        let block = name.place.block;
        let text = document.blocks[block as usize].text();
        let after = &medicines[i + 1..(i + 1 + MOST).min(medicines.len())];
        let after = &after[..after.iter().take_while(|next| next.place.block == block).count()];
        let Some(next) = after.first() else { continue };
        let complementary = name.is_brand() != next.is_brand();
        if let Some(content) = parentheses(text, name.end()) {
            let inside = after.iter().take_while(|other| other.place.end as usize <= content.end).count();
            let count = named(text, &content, &after[..inside]);
            if count > 0 && complementary {
                out.push(Pair { name: i, said: i + 1..i + 1 + count });
            }
        } else if complementary && says_same(text.get(name.end()..next.place.start as usize).unwrap_or(""), name.is_brand()) {
            out.push(Pair { name: i, said: i + 1..i + 2 });
        }
    }
    out
}

/// Words that may stand between a name and its parentheses.
const FORMS: &[&str] = &[
    "capsule",
    "capsules",
    "cream",
    "gel",
    "hydrochloride",
    "infusion",
    "inhaler",
    "injection",
    "injections",
    "ointment",
    "oral",
    "patch",
    "pen",
    "solution",
    "spray",
    "sulfate",
    "sulphate",
    "tablet",
    "tablets",
];

/// The content of the parentheses behind a name.
fn parentheses(text: &str, end: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 300;
    let mut at = end;
    for _ in 0..2 {
        let rest = text[at..].trim_start_matches([' ', '\u{a0}', '\n']);
        let start = text.len() - rest.len();
        if rest.starts_with('(') {
            let cut = sentences::near(text, start..start, LONGEST).end;
            let mut depth = 0;
            for (i, c) in text[start..cut].char_indices() {
                depth += i32::from(c == '(') - i32::from(c == ')');
                if depth == 0 {
                    return Some(start + 1..start + i);
                }
            }
            return None;
        }
        let word = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        if start == at || !FORMS.contains(&&rest[..word]) {
            return None;
        }
        at = start + word;
    }
    None
}

/// What may stand before the name in parentheses.
const LEADS: &[&str] = &[
    "also known as",
    "as",
    "available as",
    "brand name",
    "brand names",
    "brand",
    "brands",
    "brand-name",
    "formerly",
    "generic name",
    "generic",
    "i.e.",
    "ie",
    "inn",
    "known as",
    "marketed as",
    "marketed under the name",
    "now",
    "proprietary name",
    "sold as",
    "sold under the brand name",
    "sold under the brand names",
    "sold under the name",
    "the",
    "trade name",
    "trade names",
    "tradename",
    "under the brand name",
    "under the trade name",
];

/// How many of the names in parentheses are said to be the same medicine: those from the start, with nothing but
/// marks, doses and `and` between. A list of examples, a class or another clause says nothing.
fn named(text: &str, content: &Range<usize>, inside: &[Medicine]) -> usize {
    let Some(first) = inside.first() else { return 0 };
    let lead = text
        .get(content.start..first.place.start as usize)
        .unwrap_or("x")
        .trim_matches(|c: char| c.is_whitespace() || ",:;“”\"'’".contains(c))
        .to_ascii_lowercase();
    if !lead.is_empty() && !LEADS.contains(&lead.as_str()) {
        return 0;
    }
    let brand = first.is_brand();
    let mut count = 0;
    for (i, name) in inside.iter().enumerate() {
        if name.is_brand() != brand {
            break;
        }
        count += 1;
        let next = inside.get(i + 1).map_or(content.end, |next| next.place.start as usize);
        let between = text.get(name.end()..next).unwrap_or("x").trim();
        if i + 1 < inside.len() && is_connector(between) {
            continue;
        }
        // What goes on with another word (`in three patients`, `alone`, `group`) is a clause, not a name.
        let word: String = between.chars().take_while(|c| c.is_alphabetic() || *c == '-').collect();
        let closes = word.is_empty()
            || FORMS.contains(&word.as_str())
            || SALTS.contains(&word.to_ascii_lowercase().as_str())
            || ["or", "and", "by", "from"].contains(&word.as_str());
        return if closes && !between.starts_with(['-', '’', '\'']) { count } else { count - 1 };
    }
    count
}

/// Salts that follow a base name and are not always in the lexicon together.
const SALTS: &[&str] = &[
    "acetate",
    "besilate",
    "besylate",
    "bromide",
    "calcium",
    "citrate",
    "fumarate",
    "hcl",
    "hydrochloride",
    "maleate",
    "mesilate",
    "mesylate",
    "phosphate",
    "potassium",
    "sodium",
    "succinate",
    "sulfate",
    "sulphate",
    "tartrate",
    "tosylate",
];

/// Whether nothing but a joining word or mark stands between two names.
pub fn is_connector(between: &str) -> bool {
    matches!(
        between.trim(),
        "" | ","
            | ";"
            | "/"
            | "-"
            | "–"
            | "+"
            | "&"
            | "and"
            | "or"
            | ", and"
            | ", or"
            | "plus"
            | "with"
            | "and/or"
            | "as"
            | "in combination with"
            | "combined with"
    )
}

/// Whether words between a brand and a generic, in this order or the other, say that they are one medicine.
fn says_same(between: &str, brand_first: bool) -> bool {
    const BRAND_FIRST: &[&str] = &[
        "a brand name for",
        "a brand name of",
        "a brand of",
        "a brand-name version of",
        "a trade name for",
        "a trade name of",
        "also known as",
        "generically known as",
        "is a brand name for",
        "is a brand name of",
        "is a brand of",
        "is the brand name for",
        "is the brand name of",
        "is the trade name for",
        "is the trade name of",
        "known generically as",
        "the brand name for",
        "the brand name of",
        "the brand-name version of",
        "the generic name of which is",
        "the trade name for",
        "the trade name of",
        "whose generic name is",
        "also known by its generic name",
    ];
    const GENERIC_FIRST: &[&str] = &[
        "also known as",
        "also known by the brand name",
        "also sold as",
        "available as",
        "better known as",
        "better known by the brand name",
        "brand name",
        "is marketed as",
        "is marketed under the brand name",
        "is sold as",
        "is sold under the brand name",
        "is sold under the trade name",
        "known by the brand name",
        "known by the trade name",
        "marketed as",
        "marketed under the brand name",
        "marketed under the trade name",
        "sold as",
        "sold under the brand name",
        "sold under the brand names",
        "sold under the name",
        "sold under the trade name",
        "trade name",
        "under the brand name",
        "under the trade name",
    ];
    if between.len() > 60 {
        return false;
    }
    let words = between.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    let words = words.trim_matches(|c: char| " ,:;(–—-“”\"".contains(c));
    (if brand_first { BRAND_FIRST } else { GENERIC_FIRST }).contains(&words)
}

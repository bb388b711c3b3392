//! Sulfates that are written by a formula or two letters and taken for each other: `MSO4`, `MgSO4`, `MS`.

use std::ops::Range;

use crate::article::sentences;

/// A short name of a sulfate, of the *Do Not Use* list of the Joint Commission.
#[derive(Debug)]
pub struct ShortSalt {
    pub meant: &'static str,
    pub taken_for: &'static str,
}

static MORPHINE: ShortSalt = ShortSalt { meant: "morphine sulfate", taken_for: "magnesium sulfate" };
static MAGNESIUM: ShortSalt = ShortSalt { meant: "magnesium sulfate", taken_for: "morphine sulfate" };

/// The short names of a text that stand beside a dose, where they are medicines: a salt of a buffer or a medium is none, and `MS`
/// is a disease and a method unless the article `names_morphine`.
pub fn short_salts(text: &str, names_morphine: bool) -> Vec<(Range<usize>, &'static ShortSalt)> {
    let mut out = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "SO") {
        let Some(end) = ["SO4", "SO₄"].iter().find_map(|tail| text[at..].starts_with(tail).then_some(at + tail.len())) else { continue };
        let salt = match &text[..at] {
            head if head.ends_with("Mg") => (at - 2, &MAGNESIUM),
            head if head.ends_with('M') => (at - 1, &MORPHINE),
            _ => continue,
        };
        if is_given(text, salt.0..end) {
            out.push((salt.0..end, salt.1));
        }
    }
    if names_morphine {
        let words = memchr::memmem::find_iter(text.as_bytes(), "MS").map(|at| at..at + 2);
        out.extend(words.filter(|range| is_given(text, range.clone())).map(|range| (range, &MORPHINE)));
    }
    out
}

/// Whether a word of its own stands beside a dose of a medicine.
fn is_given(text: &str, range: Range<usize>) -> bool {
    let joined = |c: char| c.is_alphanumeric() || "-‐‑_/·∙•×".contains(c);
    let whole = !text[..range.start].ends_with(joined) && !text[range.end..].starts_with(joined) && !text[range.end..].starts_with(".7");
    whole && is_dosed(text, range.clone()) && !is_in_laboratory(text, range)
}

/// `MgSO4 4 g`, `4 g of MgSO4`; an amount in a volume is none.
fn is_dosed(text: &str, range: Range<usize>) -> bool {
    const UNITS: [&str; 4] = ["mg", "g", "mcg", "grams"];
    let after = text[range.end..].trim_start_matches([' ', '\u{a0}', '(', ',']);
    let behind = after.trim_start_matches(|c: char| c.is_ascii_digit() || ".-– \u{a0}".contains(c));
    let unit = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
    let dose_behind = behind.len() < after.len() && UNITS.contains(&&behind[..unit]) && !is_concentration(&behind[unit..]);
    let before = text[..range.start].trim_end();
    let before = before.strip_suffix(" of").or_else(|| before.strip_suffix(" IV")).unwrap_or(before).trim_end();
    let number = before.trim_end_matches(|c: char| c.is_alphabetic());
    let counted = number.trim_end_matches([' ', '\u{a0}']).ends_with(|c: char| c.is_ascii_digit());
    dose_behind || counted && UNITS.contains(&&before[number.len()..])
}

fn is_concentration(rest: &str) -> bool {
    ["/L", "/l", "/mL", "/ml", "/dL", " L", " l-", " per l", "/kg diet", "/kg soil"].iter().any(|words| rest.starts_with(words))
}

/// Other salts and concentrations around tell of a buffer, a medium or a feed.
fn is_in_laboratory(text: &str, range: Range<usize>) -> bool {
    const REACH: usize = 120;
    const WORDS: [&str; 18] = [
        "Cl",
        "PO4",
        "PO₄",
        "NaOH",
        "mM",
        "µM",
        "μM",
        "mol",
        "H2O",
        "H₂O",
        "buffer",
        "medium",
        "agar",
        "EGTA",
        "EDTA",
        "dried over",
        "M =",
        "spectr",
    ];
    let around = &text[sentences::near(text, range, REACH)];
    WORDS.iter().any(|word| around.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salts_of_medicines() {
        let table = [
            ("Give µ MgSO4 4 g IV over 20 minutes.", "MgSO4"),
            ("A bolus of 4 g of MgSO₄ was given.", "MgSO₄"),
            ("They had MSO4 (2 mg) for pain.", "MSO4"),
            ("They had 2–4 mg IV MS for pain.", "MS"),
            ("They had MS for 20 years.", ""),
            ("LC-MS 5 mg", ""),
            ("The buffer held 1.2 mM MgSO4 and 4 g glucose.", ""),
            ("0.2 g MgSO4·7H2O and 1 g KH2PO4", ""),
            ("MgSO4 2 g/L", ""),
            ("It was dried over MgSO4, 2 g.", ""),
            ("ZnMSO4 2 g", ""),
            ("CuSO4 2 g, SO4 2 mg, SO", ""),
        ];
        for (text, want) in table {
            let found: Vec<&str> = short_salts(text, true).into_iter().map(|(range, _)| &text[range]).collect();
            assert_eq!(found.join(" "), want, "on {text}");
        }
    }
}

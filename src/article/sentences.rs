//! Where sentences start: a full stop behind `Dr` or `e.g` ends none, and citations may stand behind the one that does.

use std::ops::Range;

/// How far a sentence is followed, in bytes: longer ones are cut, so that looking stays cheap on any text.
const REACH: usize = 600;

/// Abbreviations that a sentence goes on behind, without their last full stop and in lower case.
const ABBREVIATIONS: &[&str] = &[
    "approx", "ca", "cf", "dr", "drs", "e.g", "eg", "fig", "figs", "i.e", "ie", "incl", "mr", "mrs", "ms", "prof", "resp", "st", "viz",
    "vs",
];

/// Whether the word at a byte starts a sentence, a line, or what follows a colon.
pub fn starts_at(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| "\"“‘'(*_¿¡«".contains(c) || c.is_whitespace());
    before.is_empty() || text[before.len()..at].contains('\n') && !is_wrapped(before) || ends_at(text, before.len())
}

/// Whether the last line is so long that it was broken for its length: the sentence goes on behind the break.
fn is_wrapped(before: &str) -> bool {
    const LONG: usize = 50;
    before.len() - before.rfind('\n').map_or(0, |i| i + 1) >= LONG
}

/// The sentence around a byte.
pub fn around(text: &str, at: usize) -> Range<usize> {
    let Range { start: floor, end: ceiling } = near(text, at..at, REACH);
    let gaps =
        |range: Range<usize>| text[range.clone()].char_indices().filter(|(_, c)| c.is_whitespace()).map(move |(i, _)| range.start + i);
    let start = gaps(floor..at).rfind(|&gap| ends_at(text, gap)).unwrap_or(floor);
    let end = gaps(at..ceiling).find(|&gap| ends_at(text, gap)).unwrap_or(ceiling);
    start..end
}

/// The sentences of a text. A colon ends none, and a small letter starts none.
pub fn all(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    let mut gaps = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_whitespace()).map(|(gap, _)| gap);
    std::iter::from_fn(move || {
        if from >= text.len() {
            return None;
        }
        let end = gaps
            .find(|&gap| {
                let next = text[gap..].trim_start();
                let starts = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“\"([‘".contains(c));
                starts && !text[..gap].ends_with(':') && ends_at(text, gap)
            })
            .unwrap_or(text.len());
        let sentence = from..end;
        from = end + (text[end..].len() - text[end..].trim_start().len()).max(1);
        Some(sentence)
    })
}

/// Whether the text around a byte has at least as many little words of English as of the languages that share its letters.
pub fn is_english(text: &str, at: usize) -> bool {
    const ENGLISH: [&str; 12] = ["a", "and", "are", "at", "for", "is", "of", "on", "the", "to", "was", "with"];
    // Latin is what stands for text that is still to come.
    const OTHERS: [&str; 44] = [
        "ac", "nec", "sed", "vel", "al", "auf", "avec", "bei", "che", "como", "con", "das", "de", "del", "della", "den", "der", "des",
        "die", "een", "ein", "eine", "el", "em", "est", "et", "het", "ist", "la", "le", "les", "los", "mit", "nicht", "para", "per", "por",
        "que", "sono", "um", "und", "une", "van", "zur",
    ];
    let (mut english, mut other) = (0, 0);
    for word in text[near(text, at..at, REACH)].split(|c: char| !c.is_alphanumeric()) {
        english += usize::from(ENGLISH.contains(&word));
        other += usize::from(OTHERS.contains(&word));
    }
    english >= other
}

/// A range with at most `reach` bytes more on both sides, cut between characters.
pub fn near(text: &str, range: Range<usize>, reach: usize) -> Range<usize> {
    let inside = |at: &usize| text.is_char_boundary(*at);
    let start = (range.start.saturating_sub(reach)..=range.start).find(inside).unwrap_or(range.start);
    let end = (range.end..=(range.end + reach).min(text.len())).rev().find(inside).unwrap_or(range.end);
    start..end
}

/// Whether a sentence ends before the white space at a byte.
fn ends_at(text: &str, at: usize) -> bool {
    let words = without_brackets(&text[..at]).trim_end_matches(|c: char| "\"”’')]}*_»".contains(c));
    let bare = words.trim_end_matches(|c: char| c.is_ascii_digit() || ",–-[]^()⁰¹²³⁴⁵⁶⁷⁸⁹⁻".contains(c));
    // A number behind the full stop is a citation; `2.5` is a number too, but no sentence is lost by stopping there.
    let words = if bare.ends_with(['.', '?', '!', '…']) { bare } else { words };
    match words.chars().next_back() {
        Some('?' | '!' | '…' | ':') => true,
        Some('.') => !ends_with_abbreviation(&words[..words.len() - 1]),
        _ => false,
    }
}

/// A text without the bracketed citations it ends with: `relief.[3, 4]`.
fn without_brackets(mut words: &str) -> &str {
    const LONGEST: usize = 60;
    while words.ends_with(']') {
        let floor = near(words, words.len()..words.len(), LONGEST).start;
        let Some(open) = words[floor..].rfind('[') else { break };
        words = words[..floor + open].trim_end();
    }
    words
}

fn ends_with_abbreviation(words: &str) -> bool {
    let start =
        words.rfind(|c: char| !c.is_alphanumeric() && c != '.').map_or(0, |i| i + words[i..].chars().next().map_or(1, char::len_utf8));
    let last = &words[start..];
    last.len() <= 6 && ABBREVIATIONS.contains(&last.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_of_sentences() {
        let table = [
            ("|Metformin helps", true),
            ("Give 5 µg. |Metformin helps", true),
            ("It helps.4,5 |Metformin too", true),
            ("It helps.[3] |Metformin too", true),
            ("It helps.[3, 4][Level: 1iC] |Metformin too", true),
            ("He said “stop.” |Metformin too", true),
            ("It ended. (|Metformin did not.)", true),
            ("Therapy: |Metformin", true),
            ("a line\n|Metformin", true),
            ("a line that was wrapped because it had grown longer than\n|Metformin", false),
            ("Ask Dr. |Metformin", false),
            ("drugs (e.g. |Metformin", false),
            ("Xeloda (|Capecitabine)", false),
            ("the drug [3] |Metformin", false),
            ("taking |Metformin", false),
            ("Tykerb (lapatinib) and |Tucatinib.9", false),
        ];
        for (text, want) in table {
            let at = text.find('|').unwrap();
            assert_eq!(starts_at(&text.replace('|', ""), at), want, "on {text}");
        }
    }

    #[test]
    fn languages() {
        let table = [
            ("Die Patienten nahmen Metoprolol und Aspirin ein", false),
            ("Se administró a los pacientes con dolor", false),
            ("Van den Berg took Metoprolol for pain and for the rest", true),
            ("Metoprolol 5 µg", true),
        ];
        for (text, want) in table {
            assert_eq!(is_english(text, text.len()), want, "on {text}");
        }
    }

    #[test]
    fn sentences_are_cut_out() {
        let text = "One µ. Ask Dr. Who about it.4 Three.";
        assert_eq!(text[around(text, 20)].trim(), "Ask Dr. Who about it.4");
        let whole: Vec<&str> = all(text).map(|range| text[range].trim()).collect();
        assert_eq!(whole, ["One µ.", "Ask Dr. Who about it.4", "Three."]);
    }
}

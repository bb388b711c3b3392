//! Whether two names of a journal are one name, once in full and once abbreviated.
//!
//! Abbreviated titles keep the words of the full one in their order and shorten each at its end (ISO 4), so no table of
//! journals is needed: every word of the short name must begin a word of the long one, and none may be left over.

use super::fields::is_abbreviation;

/// The words of a journal's name that abbreviations keep, in small letters.
pub fn words(name: &str) -> Vec<String> {
    let name = name.split([':', '(', '[', '=']).next().unwrap_or("");
    let folded = name.to_lowercase();
    let all = folded.split(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\'')).filter(|word| !word.is_empty());
    let mut words: Vec<String> = all.filter(|word| !SMALL.contains(word)).map(|word| word.replace(['’', '\''], "")).collect();
    let country =
        COUNTRY.iter().find(|country| words.len() > country.len() && words[words.len() - country.len()..].iter().eq(country.iter()));
    words.truncate(words.len() - country.map_or(0, |country| country.len()));
    words
}

/// Words that abbreviated titles leave out.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "a", "an", "and", "da", "de", "del", "der", "des", "di", "die", "do", "du", "e", "et", "for", "für", "in", "la", "le", "of", "on", "the",
    "to", "und", "y",
];

/// The country at the end of `Proc Natl Acad Sci U S A`, small words left out.
const COUNTRY: &[&[&str]] = &[&["united", "states", "america"], &["u", "s"], &["usa"]];

/// The first letters of the words, which a name shares with its abbreviation.
pub fn key(words: &[String]) -> String {
    words.iter().filter_map(|word| word.chars().next()).collect()
}

/// Whether `short` abbreviates `long`, word by word.
pub fn abbreviates(short: &[String], long: &[String]) -> bool {
    let shortened = |(short, long): (&String, &String)| is_shortened(short, long);
    // A journal of one word needs a known abbreviation: `Gene` is none of `Genetics`.
    (short.len() > 1 || short.first().is_some_and(|word| is_known(word)))
        && short.len() == long.len()
        && short.iter().zip(long).all(|pair| pair.0 == pair.1 || shortened(pair))
        && short.iter().zip(long).any(shortened)
}

/// `oncol` of `oncology`, `natl` of `national`; a plural is no abbreviation, and `br` is none of `braz`, which is one itself.
fn is_shortened(short: &str, long: &str) -> bool {
    let begins = long.starts_with(short) && long.len() >= short.len() + 2 && !(is_known(short) && is_known(long));
    begins || CONTRACTED.iter().any(|(contraction, whole)| *contraction == short && long.starts_with(whole))
}

fn is_known(word: &str) -> bool {
    let capital: String = word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    is_abbreviation(&capital)
}

/// Words that lose letters in their middle, with the beginning of the whole word.
const CONTRACTED: &[(&str, &str)] = &[
    ("assn", "association"),
    ("dtsch", "deutsch"),
    ("intl", "international"),
    ("jpn", "japanese"),
    ("natl", "national"),
    ("suppl", "supplement"),
    ("wkly", "weekly"),
    ("yrbk", "yearbook"),
];

#[cfg(test)]
mod tests {
    use super::{abbreviates, words};

    #[test]
    fn names_and_their_abbreviations() {
        let table = [
            ("J Clin Oncol", "Journal of Clinical Oncology", true),
            ("N. Engl. J. Med.", "The New England Journal of Medicine", true),
            ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences of the United States of America", true),
            ("Cancer Res", "Cancer Research", true),
            ("Lancet Oncol", "The Lancet Oncology", true),
            ("J Clin Oncol", "Journal of Clinical Oncology: official journal of the society", true),
            ("Dtsch Ärztebl", "Deutsches Ärzteblatt", true),
            ("Pediatr", "Pediatrics", true),
            ("Gene", "Genetics", false),
            ("Br Dent J", "Braz Dent J", false),
            ("Neurology", "Neuropharmacology", false),
            ("BMC Pharmacology", "Biochemical Pharmacology", false),
            ("J Clin", "Journal of Clinical Oncology", false),
            ("Lancet", "The Lancet", false),
            ("Cancer", "Cancers", false),
            ("J Clin Invest", "Journal of Clinical Oncology", false),
            ("Circulation", "Circulation Research", false),
        ];
        for (short, long, want) in table {
            assert_eq!(abbreviates(&words(short), &words(long)), want, "on {short} and {long}");
        }
    }
}

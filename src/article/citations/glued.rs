//! Superscripts that lost their markup behind a number: `in 201020.`, `HER234–36`.

use super::flattened::{is_boundary, is_year};
use super::guards::last_word;
use super::numbers::{self, NumberList, Spacing};

/// A citation behind a number it runs into: a year, `in 201020.`, or a name, `HER234–36`. Where it begins, and its numbers.
pub fn read(text: &str, start: usize) -> Option<(usize, NumberList)> {
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let at = if (5..=7).contains(&digits) && text.get(start..start + 4).is_some_and(is_year) {
        let word = last_word(text[..start].trim_end());
        // `in 20013 adults` counts adults: a citation behind a year ends a part of the sentence.
        let ended = text[start + digits..].is_empty() || text[start + digits..].starts_with(['.', ',', ';', ':', ')', '-', '–']);
        let dated = ended && matches!(word, "in" | "In" | "since" | "Since" | "until" | "by" | "of" | "from" | "to" | "and");
        (dated && text[..start].ends_with([' ', '\u{a0}'])).then_some(start + 4)?
    } else {
        // Almost no number stands behind the last letter of a name, and with more digits than the name has.
        if digits < 2 || !text[..start].ends_with(|c: char| c.is_ascii_uppercase() || c == '-') {
            return None;
        }
        let named = |name: &&&str| {
            let own = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let letters = &name[..name.len() - own];
            let lead = text[..start].strip_suffix(letters);
            own < digits
                && text[start..].starts_with(&name[letters.len()..])
                && lead.is_some_and(|lead| !lead.ends_with(char::is_alphanumeric))
        };
        let name = NAMES.iter().find(named)?;
        start + name.bytes().rev().take_while(u8::is_ascii_digit).count()
    };
    let list = numbers::list(text, at, Spacing::Tight)?;
    is_boundary(&text[list.end..]).then_some((at, list))
}

/// Names that end with a number of which no other begins with it: `HER23` is none, but `IL-13` and `CD45` are.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "BRCA1", "BRCA2", "CA-125", "CO2", "COVID-19", "CTLA-4", "CoV-2", "ErbB2", "FEV1", "GLP-1", "HER2", "LAG-3", "PD-1", "PD-L1", "SGLT2",
    "SpO2", "VEGFR2",
];

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_behind_numbers() {
        let table = [
            ("found in |201020. It", Some((vec![20], 4))),
            ("found in |201020,21. It", Some((vec![20, 21], 4))),
            ("tumours with HER|234–36 rise", Some((vec![34, 35, 36], 1))),
            ("after COVID-|197 rose", Some((vec![7], 2))),
            ("in |20013 adults", None),
            ("with |201020. It", None),
            ("IL-|13 rose", None),
            ("CD|45 rose", None),
            ("HER|2 rose", None),
            ("XHER|23 rose", None),
        ];
        for (text, want) in table {
            let at = text.find('|').unwrap();
            let found = read(&text.replace('|', ""), at).map(|(start, list)| (list.numbers().collect(), start - at));
            assert_eq!(found, want, "on {text}");
        }
    }
}

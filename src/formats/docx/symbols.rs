//! Characters of symbol fonts, which Word stores by their place in the font.

/// The characters of the font Symbol from 0x61 (`a`) on, as Greek.
const GREEK_LOWER: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
/// The same from 0x41 (`A`) on.
const GREEK_UPPER: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";

/// Further places of the font Symbol, sorted.
const SYMBOL: &[(u32, char)] = &[
    (0x2d, '−'),
    (0x7e, '∼'),
    (0xa2, '′'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xab, '↔'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb2, '″'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xba, '≡'),
    (0xbb, '≈'),
    (0xbc, '…'),
    (0xd2, '®'),
    (0xd3, '©'),
    (0xd4, '™'),
    (0xd6, '√'),
    (0xd7, '⋅'),
    (0xe2, '®'),
    (0xe3, '©'),
    (0xe4, '™'),
    (0xe5, '∑'),
];

/// The character of a `w:sym` by its font and its code in hexadecimal digits; one without a known form gives `▫`.
pub fn character(font: &str, code: &str) -> char {
    let unknown = '▫';
    let Ok(code) = u32::from_str_radix(code.trim(), 16) else { return unknown };
    let is_private = (0xf000..=0xf0ff).contains(&code);
    if !is_private && !font.eq_ignore_ascii_case("symbol") {
        return char::from_u32(code).filter(|c| !c.is_control()).unwrap_or(unknown);
    }
    if !font.eq_ignore_ascii_case("symbol") {
        return unknown;
    }
    let place = code & 0xff;
    let letter = |letters: &str, first: u32| letters.chars().nth((place - first) as usize);
    match place {
        0x41..=0x5a => letter(GREEK_UPPER, 0x41),
        0x61..=0x7a => letter(GREEK_LOWER, 0x61),
        0x20..=0x7d if place != 0x2d => char::from_u32(place),
        _ => SYMBOL.binary_search_by_key(&place, |&(place, _)| place).ok().map(|i| SYMBOL[i].1),
    }
    .unwrap_or(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read() {
        assert!(SYMBOL.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!((GREEK_LOWER.chars().count(), GREEK_UPPER.chars().count()), (26, 26));
        let table = [
            ("Symbol", "F06D", 'μ'),
            ("Symbol", "F0B3", '≥'),
            ("symbol", "B1", '±'),
            ("Symbol", "F028", '('),
            ("Wingdings", "F0E0", '▫'),
            ("Arial", "2264", '≤'),
            ("Symbol", "nonsense", '▫'),
            ("Symbol", "F000", '▫'),
        ];
        for (font, code, want) in table {
            assert_eq!(character(font, code), want, "{font} {code}");
        }
    }
}

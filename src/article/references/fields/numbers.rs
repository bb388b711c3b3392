//! What numbers of a locator look like: years, volumes, pages, days.

use super::tokens::is_dash;

/// A year as printed, such as `2010` or `1963b`.
pub(super) fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4
        && word.len() <= 5
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (1500..2100).contains(&digits.parse().unwrap_or(0))
}

/// A number of a volume or page: digits with a few letters, roman numerals, or a range of them.
pub(super) fn is_number(word: &str) -> bool {
    let mut parts = word.split(is_dash);
    parts.all(|part| {
        let letters = part.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits = part[letters..].bytes().take_while(u8::is_ascii_digit).count();
        let rest = &part[letters + digits..];
        // Letters and eight digits number a trial in a registry.
        let numeric = digits > 0
            && (letters <= 3 || is_roman(&part[..letters]))
            && (letters == 0 || digits < 8)
            && rest.len() <= 3
            && rest.bytes().all(|b| b.is_ascii_alphabetic());
        numeric && !is_ordinal(part) || is_roman(part) || decimal(part)
    })
}

fn is_ordinal(part: &str) -> bool {
    let digits = part.trim_end_matches(|c: char| c.is_ascii_lowercase());
    !digits.is_empty() && matches!(&part[digits.len()..], "st" | "nd" | "rd" | "th") && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `2.5`, `12/13`, and the pages of an appendix, `697.e1`.
fn decimal(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
        && part.contains(['.', '/'])
        && part.replace(".e", ".").bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'/')
}

fn is_roman(part: &str) -> bool {
    (1..=7).contains(&part.len()) && (part.bytes().all(|b| b"ivxlc".contains(&b)) || part.bytes().all(|b| b"IVXLC".contains(&b)))
}

/// A range of pages in one word.
pub(super) fn is_range(word: &str) -> bool {
    word.contains(is_dash)
}

/// An article number that no volume looks like: `e1001`, `CD000340`, `S176`, `c365`.
fn is_article_number(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    (1..=5).contains(&letters) && word.len() > letters + 1 && word[letters..].bytes().all(|b| b.is_ascii_digit())
}

/// A word that can only be pages where a volume might stand.
pub(super) fn is_pages(word: &str, first: bool) -> bool {
    is_article_number(word) && (!first || word.len() >= 5 && !word.starts_with(['S', 's'])) || is_range(word) && is_wide(word)
}

/// A range whose ends are not neighbours, as those of a double volume (`12-13`) are.
fn is_wide(word: &str) -> bool {
    let mut ends = word.split(is_dash).map(|end| end.parse::<u64>());
    match (ends.next(), ends.next()) {
        (Some(Ok(first)), Some(Ok(last))) => last != first + 1,
        _ => true,
    }
}

/// A day of a month, or the days of a meeting: `3`, `3-6`.
pub(super) fn is_day(word: &str) -> bool {
    word.split(is_dash).all(|day| day.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)))
}

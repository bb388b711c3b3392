//! Dates, lengths of time and odd characters in words.

use std::fmt::Write as _;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The name of a month, from 1.
pub fn month(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// A date in its precision, for people: `2020-05-03` is `3 May 2020`, and `2020-05` is `May 2020`.
pub fn day(iso: &str) -> String {
    let mut parts = iso.split('-');
    let year = parts.next().unwrap_or_default();
    let mut out = String::new();
    if let Some(named) = parts.next().and_then(|part| part.parse().ok()).map(month) {
        if let Some(day) = parts.next() {
            let _ = write!(out, "{} ", day.trim_start_matches('0'));
        }
        let _ = write!(out, "{named} ");
    }
    out + year
}

/// Words as the start of a sentence. Words in quotation marks are the author's, and stay.
pub fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// A length of time: `2 years 3 months`.
pub fn months(months: u32) -> String {
    let part = |count: u32, noun: &str| (count > 0).then(|| super::super::count_of(count as usize, noun));
    let parts: Vec<String> = [part(months / 12, "year"), part(months % 12, "month")].into_iter().flatten().collect();
    if parts.is_empty() { "less than a month".into() } else { parts.join(" ") }
}

/// Whether HTML has no place for a character.
pub fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c as u32 & 0xffff, 0xfffe | 0xffff) || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// Whether a character is one that nobody sees, or that turns others around.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || is_forbidden(c)
}

/// The start or the end of a long text, cut between words.
pub fn first(text: &str, longest: usize) -> (&str, bool) {
    let Some((cut, _)) = text.char_indices().nth(longest) else { return (text, false) };
    (text[..cut].rfind(' ').map_or(&text[..cut], |space| &text[..space]), true)
}

/// See [`first`].
pub fn last(text: &str, longest: usize) -> (&str, bool) {
    let Some((cut, _)) = text.char_indices().rev().nth(longest) else { return (text, false) };
    let tail = &text[cut..];
    (tail.find(' ').map_or(tail, |space| &tail[space + 1..]), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_lengths_are_said_as_people_say_them() {
        assert_eq!(["2020", "2020-05", "2020-12-03"].map(day), ["2020", "May 2020", "3 December 2020"]);
        assert_eq!([0, 1, 12, 27].map(months), ["less than a month", "1 month", "1 year", "2 years 3 months"]);
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(first("µg of iron", 6), ("µg of", true));
        assert_eq!(last("µg of iron", 6), ("iron", true));
        assert_eq!(last("µµµµ", 2), ("µµµ", true));
        assert_eq!(first("µµµµ", 4), ("µµµµ", false));
    }
}

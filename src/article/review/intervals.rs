//! How long the reviews of an article hold, by its own words: `review_in: 6 months`.

use jiff::fmt::friendly::{Designator, Spacing, SpanPrinter};
use jiff::{Span, ToSpan};

use super::keys::fold;
use crate::document::Document;

/// Keys in lower case without separators, sorted.
pub(super) const KEYS: &[&str] = &["reviewcycle", "reviewevery", "reviewfrequency", "reviewin", "reviewinterval", "reviewperiod"];

/// Words for an interval, sorted, with its months.
const WORDS: &[(&str, i32)] = &[
    ("annual", 12),
    ("annually", 12),
    ("biennial", 24),
    ("biennially", 24),
    ("every month", 1),
    ("every quarter", 3),
    ("every year", 12),
    ("monthly", 1),
    ("quarterly", 3),
    ("yearly", 12),
];

/// A length of time in days or more.
#[derive(Debug, Clone)]
pub struct Interval {
    pub span: Span,
    /// The interval as written.
    pub words: String,
}

/// The interval that the metadata of an article give; the words where they are no length of time.
pub(super) fn of(document: &Document) -> Option<Result<Interval, String>> {
    let entry = document.metadata.iter().find(|entry| is_key(&entry.key) && !entry.value.trim().is_empty())?;
    let words = entry.value.trim().to_owned();
    Some(read(&words).map(|span| Interval { span, words: words.clone() }).ok_or(words))
}

/// Whether a key of metadata holds an interval.
pub fn is_key(key: &str) -> bool {
    let last = key.rsplit('.').next().unwrap_or(key);
    KEYS.binary_search(&fold(key).as_str()).is_ok() || KEYS.binary_search(&fold(last).as_str()).is_ok()
}

/// Reads a length of time: `6 months`, `90d`, `1 year 6 months`, `P1Y`, `annually`. `None` for less than a day.
pub fn read(words: &str) -> Option<Span> {
    let words = words.trim().to_lowercase();
    if let Ok(i) = WORDS.binary_search_by(|(known, _)| (*known).cmp(&words)) {
        return Some(WORDS[i].1.months());
    }
    let span: Span = words.strip_prefix("every ").unwrap_or(&words).parse().ok()?;
    let clock = [i64::from(span.get_hours()), span.get_minutes(), span.get_seconds(), span.get_milliseconds(), span.get_microseconds()];
    (span.is_positive() && clock == [0; 5] && span.get_nanoseconds() == 0).then_some(span)
}

/// A length of time in words: `1 year 6 months`.
pub fn words(span: &Span) -> String {
    SpanPrinter::new().designator(Designator::Verbose).spacing(Spacing::BetweenUnitsAndDesignators).span_to_string(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_unique() {
        assert!(KEYS.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn lengths_of_time_in_words_and_letters() {
        let table = [
            ("6 months", Some("6mo")),
            ("6 Months", Some("6mo")),
            ("90d", Some("90d")),
            ("12w", Some("12w")),
            ("3y", Some("3y")),
            ("1 year 6 months", Some("1y 6mo")),
            ("every 2 years", Some("2y")),
            ("P1Y", Some("1y")),
            ("annually", Some("12mo")),
            ("6", None),
            ("6 m", None),
            ("12 blue moons", None),
            ("-3y", None),
            ("0d", None),
            ("5 hours", None),
            ("", None),
        ];
        for (words, want) in table {
            assert_eq!(read(words).map(|span| format!("{span:#}")).as_deref(), want, "{words}");
        }
    }
}

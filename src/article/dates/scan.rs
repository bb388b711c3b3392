//! Finding dates in a text. A hand-written scanner: it needs no time to start, and each form has its own few lines.

use std::ops::Range;

use super::cursor::{Cursor, full_year, likely_year};
use super::names::{Name, name};
use super::{Order, PartialDate, Reading};

/// A date where it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub range: Range<usize>,
    pub reading: Reading,
    /// The order of digits that this date proves by a part over 12.
    pub order: Option<Order>,
    /// A time of day follows the date, as machines write it: `2025-12-13T11:00:00Z`.
    pub timed: bool,
}

/// The dates of a text that have at least a month, in order.
pub fn find(text: &str) -> impl Iterator<Item = Mention> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            at = next_start(text, start);
            if let Some(mention) = starting_at(text, start)
                && mention.reading != Reading::Yearless
            {
                at = mention.range.end.max(at);
                return Some(mention);
            }
        }
        None
    })
}

/// The date that starts at a byte of a text, which must be the first of a word or number.
pub fn starting_at(text: &str, start: usize) -> Option<Mention> {
    let cursor = Cursor { text, at: start };
    match cursor.peek()? {
        '0'..='9' => in_digits(cursor).or_else(|| day_then_month(cursor)),
        c if c.is_alphabetic() => in_words(cursor),
        _ => None,
    }
    .map(|found| Mention { range: start..found.end.at, reading: found.reading, order: found.order, timed: found.timed })
}

/// The four digits of a year that start at a byte of a text.
pub fn year_at(text: &str, start: usize) -> Option<Mention> {
    let mut cursor = Cursor { text, at: start };
    let year = likely_year(cursor.number()?)?;
    let reading = Reading::Exact(PartialDate::from_year(year)?);
    Some(Mention { range: start..cursor.at, reading, order: None, timed: false })
}

/// The start of the word or number after the one that starts here.
fn next_start(text: &str, at: usize) -> usize {
    let mut chars = text[at..].char_indices();
    let Some((_, first)) = chars.next() else { return text.len() };
    let mut last = first;
    for (i, c) in chars {
        let starts = if c.is_ascii_digit() {
            // `HER2` holds no date.
            !last.is_alphanumeric()
        } else {
            // `ofMay` and `2024by` are glued words.
            c.is_alphabetic() && (!last.is_alphabetic() || c.is_uppercase() && last.is_lowercase())
        };
        if starts {
            return at + i;
        }
        last = c;
    }
    text.len()
}

/// What a form of date gives.
struct Found<'t> {
    end: Cursor<'t>,
    reading: Reading,
    order: Option<Order>,
    timed: bool,
}

impl<'t> Found<'t> {
    fn new(end: Cursor<'t>, reading: Reading) -> Self {
        Self { end, reading, order: None, timed: false }
    }

    fn of(end: Cursor<'t>, date: Option<PartialDate>) -> Self {
        Self::new(end, date.map_or(Reading::Impossible, Reading::Exact))
    }
}

/// `2020-05-03`, `2020-05`, `3/5/2020`, `5/2020` and their like.
fn in_digits(mut cursor: Cursor<'_>) -> Option<Found<'_>> {
    let first = cursor.number()?;
    let separator = cursor.peek().filter(|c| matches!(c, '-' | '/' | '.'))?;
    cursor.bump();
    let second = cursor.number()?;
    let after_second = cursor;
    let third = if cursor.eat(separator) { cursor.number() } else { None };
    match (first.digits, second.digits, third) {
        (4, 1 | 2, Some(third)) if third.digits <= 2 => {
            let date = PartialDate::from_day(full_year(first)?, second.small()?, third.small()?);
            Some(with_time(cursor, date))
        }
        (1 | 2, 1 | 2, Some(third)) if matches!(third.digits, 2 | 4) => {
            // A fourth part makes it a version or an address.
            if cursor.peek() == Some(separator) && (Cursor { at: cursor.at + 1, ..cursor }).number().is_some() {
                return None;
            }
            day_and_month(cursor, separator, (first.small()?, second.small()?), full_year(third)?)
        }
        (_, _, Some(_)) => None,
        (4, 2, None) if separator != '.' => {
            let date = PartialDate::from_month(likely_year(first)?, second.small()?)?;
            Some(Found::of(after_second, Some(date)))
        }
        (1 | 2, 4, None) if first.value > 0 => {
            let year = likely_year(second)?;
            Some(Found::of(after_second, PartialDate::from_month(year, first.small()?)))
        }
        _ => None,
    }
}

/// Two small numbers before a year. Dots are German, and so are written day first.
fn day_and_month(end: Cursor<'_>, separator: char, parts: (i8, i8), year: i16) -> Option<Found<'_>> {
    let (first, second) = parts;
    let month_first = PartialDate::from_day(year, first, second);
    let day_first = PartialDate::from_day(year, second, first);
    if separator == '.' {
        return Some(Found::of(end, day_first));
    }
    Some(match (month_first, day_first) {
        (Some(month_first), Some(day_first)) if month_first != day_first => Found::new(end, Reading::Ambiguous { month_first, day_first }),
        (Some(date), None) => Found { order: Some(Order::MonthFirst), ..Found::of(end, Some(date)) },
        (None, Some(date)) => Found { order: Some(Order::DayFirst), ..Found::of(end, Some(date)) },
        (date, _) => Found::of(end, date),
    })
}

/// An ISO date with the time of day that may follow it.
fn with_time(mut cursor: Cursor<'_>, date: Option<PartialDate>) -> Found<'_> {
    let bytes = &cursor.text.as_bytes()[cursor.at..];
    let timed = matches!(bytes, [b'T', a, b, b':', ..] if a.is_ascii_digit() && b.is_ascii_digit());
    if timed {
        cursor.at += 1;
        cursor.skip(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | 'Z'));
    }
    Found { timed, ..Found::of(cursor, date) }
}

/// `22 May 2023`, `12th September, 2023`, `29 de octubre de 2021`, `22. Oktober 2022`, `03-May-20`.
fn day_then_month(mut cursor: Cursor<'_>) -> Option<Found<'_>> {
    let day = cursor.number().filter(|n| n.digits <= 2 && (1..=99).contains(&n.value))?;
    // "Number 3, June 2019" is no third of June.
    let counted = cursor.ordinal();
    if !counted && cursor.peek() == Some(',') {
        return None;
    }
    cursor.gap();
    let Some(Name::Month(month)) = name(cursor.word()?) else { return None };
    let after_month = cursor;
    cursor.gap();
    let year = cursor
        .year()
        .or_else(|| cursor.text[..cursor.at].ends_with('-').then(|| cursor.number())?.filter(|n| n.digits == 2).and_then(full_year));
    match year {
        Some(year) => Some(Found::of(cursor, PartialDate::from_day(year, month, day.small()?))),
        None => (day.value <= 31).then(|| Found::new(after_month, Reading::Yearless)),
    }
}

/// `Sunday, December 21, 2008`, `Jul 17, 2024`, `May 2018`, `Jan 09`.
fn in_words(mut cursor: Cursor<'_>) -> Option<Found<'_>> {
    let mut named = name(cursor.word()?)?;
    if named == Name::Weekday {
        cursor.gap();
        if cursor.peek()?.is_ascii_digit() {
            return in_digits(cursor).or_else(|| day_then_month(cursor));
        }
        named = name(cursor.word()?)?;
    }
    let Name::Month(month) = named else { return None };
    cursor.gap();
    if let Some(year) = cursor.year() {
        return Some(Found::of(cursor, PartialDate::from_month(year, month)));
    }
    let number = cursor.number().filter(|n| n.digits <= 2)?;
    let after_number = cursor;
    cursor.ordinal();
    cursor.gap();
    if let Some(year) = cursor.year() {
        return Some(Found::of(cursor, PartialDate::from_day(year, month, number.small()?)));
    }
    match number.value {
        // `Jan 09` and `Jan 85`: nobody writes a day so.
        1..=9 if number.digits == 2 => Some(Found::of(after_number, PartialDate::from_month(full_year(number)?, month))),
        1..=31 => Some(Found::new(after_number, Reading::Yearless)),
        _ if number.digits == 2 => Some(Found::of(after_number, PartialDate::from_month(full_year(number)?, month))),
        _ => None,
    }
}

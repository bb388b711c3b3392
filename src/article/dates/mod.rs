//! Dates as people write them, with the precision they are written in.
//!
//! A date is read, never guessed: `9/10/2019` keeps both its readings, and `31/02/2020` is kept as impossible, so that
//! a rule can say so at its place.

mod cursor;
mod names;
mod rewrite;
mod scan;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

pub use rewrite::rewrite;
pub use scan::{Mention, find, starting_at, year_at};

/// A date that may lack its day, or its month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// A year alone, from 1 to 9999.
    pub fn from_year(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: None, day: None })
    }

    /// A month of a year; `None` where there is no such month.
    pub fn from_month(year: i16, month: i8) -> Option<Self> {
        let date = Self::from_year(year)?;
        (1..=12).contains(&month).then_some(Self { month: Some(month), ..date })
    }

    /// A day; `None` where the calendar has no such day.
    pub fn from_day(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = Self::from_month(year, month)?;
        Date::new(year, month, day).ok().map(|_| Self { day: Some(day), ..date })
    }

    /// The first day it may mean.
    pub fn first_day(self) -> Date {
        jiff::civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it may mean: the day itself, the end of its month, or 31 December.
    pub fn last_day(self) -> Date {
        match self.day {
            Some(_) => self.first_day(),
            None => jiff::civil::date(self.year, self.month.unwrap_or(12), 1).last_of_month(),
        }
    }

    /// The day so many months after its last day; `None` beyond the year 9999.
    pub fn months_later(self, months: u32) -> Option<Date> {
        let span = jiff::Span::new().try_months(months).ok()?;
        self.last_day().checked_add(span).ok()
    }

    /// Whether both may mean the same day. A day apart counts as the same: clocks of machines are in another zone than readers.
    pub fn agrees_with(self, other: Self) -> bool {
        let next = |day: Date| day.tomorrow().unwrap_or(day);
        self.first_day() <= next(other.last_day()) && other.first_day() <= next(self.last_day())
    }

    /// Whole months from this date until a day. Months alone are told apart by the calendar: May 2020 is six months
    /// before any day of November 2020. A year alone counts as its December.
    pub fn months_until(self, day: Date) -> i32 {
        let month = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month);
        let months = month(day.year(), day.month()) - month(self.year, self.month.unwrap_or(12));
        months - i32::from(self.day.is_some_and(|own| own > day.day()))
    }
}

/// ISO 8601 in its precision: `2020`, `2020-05` or `2020-05-03`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

/// Reads what [`Display`](fmt::Display) writes; no other form.
impl FromStr for PartialDate {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let year: i16 = parts.next().and_then(|year| year.parse().ok()).ok_or(())?;
        let rest: Vec<i8> = parts.map(str::parse).collect::<Result<_, _>>().map_err(|_| ())?;
        match rest.as_slice() {
            [] => Self::from_year(year),
            [month] => Self::from_month(year, *month),
            [month, day] => Self::from_day(year, *month, *day),
            _ => None,
        }
        .ok_or(())
    }
}

/// What a written date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Exact(PartialDate),
    /// Digits such as `9/10/2019`: the tenth of September or the ninth of October.
    Ambiguous {
        month_first: PartialDate,
        day_first: PartialDate,
    },
    /// A date that no calendar has, such as `31/02/2020`.
    Impossible,
    /// A day and a month without their year.
    Yearless,
}

impl Reading {
    /// The date where there is one reading.
    pub fn exact(self) -> Option<PartialDate> {
        match self {
            Reading::Exact(date) => Some(date),
            _ => None,
        }
    }

    /// The earliest date it may mean.
    pub fn earliest(self) -> Option<PartialDate> {
        match self {
            Reading::Exact(date) => Some(date),
            Reading::Ambiguous { month_first, day_first } => Some(month_first.min(day_first)),
            Reading::Impossible | Reading::Yearless => None,
        }
    }

    /// The latest date it may mean.
    pub fn latest(self) -> Option<PartialDate> {
        match self {
            Reading::Exact(date) => Some(date),
            Reading::Ambiguous { month_first, day_first } => Some(month_first.max(day_first)),
            Reading::Impossible | Reading::Yearless => None,
        }
    }

    /// The reading once the order of digits is known.
    pub fn in_order(self, order: Order) -> Self {
        match (self, order) {
            (Reading::Ambiguous { month_first, .. }, Order::MonthFirst) => Reading::Exact(month_first),
            (Reading::Ambiguous { day_first, .. }, Order::DayFirst) => Reading::Exact(day_first),
            _ => self,
        }
    }
}

/// The order in which an author writes dates in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    MonthFirst,
    DayFirst,
}

impl Order {
    /// The order that the dates of some texts prove, such as `17/06/2016`; `None` without proof, or where they disagree.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let mut proven = None;
        for mention in texts.into_iter().flat_map(find) {
            match (mention.order, proven) {
                (None, _) => {}
                (Some(order), None) => proven = Some(order),
                (Some(order), Some(other)) if order != other => return None,
                _ => {}
            }
        }
        proven
    }

    /// The custom of a language and country, such as `en-US` or `de`; `None` for English without a country, which has both.
    pub fn of_language(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        match tag.split('-').next()? {
            "en" => match tag.get(3..)? {
                "us" | "ph" => Some(Order::MonthFirst),
                "au" | "gb" | "ie" | "in" | "nz" | "uk" | "za" => Some(Order::DayFirst),
                _ => None,
            },
            "da" | "de" | "es" | "fi" | "fr" | "it" | "nb" | "nl" | "no" | "pl" | "pt" => Some(Order::DayFirst),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;

//! Reading JSON that may lack anything, or have it in another form.

use jiff::civil::Date;
use serde_json::Value;

use super::words::{year, years};

/// A text that is not empty; a number is one too.
pub(super) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The texts of a list; one text alone is a list of one.
pub(super) fn texts(value: &Value) -> impl Iterator<Item = String> {
    list(value).iter().filter_map(text)
}

/// The items of a list; anything else but nothing is a list of one.
pub(super) fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// A number, or digits that stand as a text.
pub(super) fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|number| number.try_into().ok()),
        Value::String(digits) => digits.trim().parse().ok(),
        _ => None,
    }
}

/// The year of `{"date-parts": [[2010, 2, 6]]}`, or of a date as a text.
pub(super) fn year_of(value: &Value) -> Option<u16> {
    match value {
        Value::Object(_) => parts(value).next().and_then(year),
        _ => text(value).and_then(|text| years(&text).next()),
    }
}

/// The day of `{"date-parts": [[2010, 2, 6]]}`, where month and day are told.
pub(super) fn day_of(value: &Value) -> Option<Date> {
    let mut parts = parts(value);
    let mut next = || parts.next().and_then(|number| i16::try_from(number).ok());
    let (year, month, day) = (next()?, next()?, next()?);
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn parts(value: &Value) -> impl Iterator<Item = u32> {
    let dates = list(&value["date-parts"]);
    // A list of dates, or one date that was not put into a list.
    let first = dates.first().filter(|first| first.is_array()).map_or(dates, list);
    first.iter().map_while(number)
}

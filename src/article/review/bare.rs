//! Dates of publication that stand without a label.

use crate::article::dates::{self, Mention, PartialDate, Reading};

/// The date of a line that is a date, names the issue of a journal, or is the date element of pasted XML.
pub(super) fn date(text: &str) -> Option<Mention> {
    date_line(text).or_else(|| issue_date(text)).or_else(|| element_date(text))
}

/// A whole line that is a date with its day, behind the word "Date" at most, and before a separator.
fn date_line(text: &str) -> Option<Mention> {
    let words = text.find(char::is_alphanumeric)?;
    let label = text[words..].get(..5).is_some_and(|word| word.eq_ignore_ascii_case("date:"));
    let start = if label { words + 5 + text[words + 5..].find(char::is_alphanumeric)? } else { words };
    let mention = dates::starting_at(text, start)?;
    let precise = match mention.reading {
        // `0.12.18` is a version.
        Reading::Impossible => label || !text[words..].starts_with('0'),
        Reading::Exact(date) => date.first_day() == date.last_day(),
        Reading::Yearless => text.len() < 40,
        _ => true,
    };
    let rest = text[mention.range.end..].trim_start();
    let ends = rest.is_empty() || rest.starts_with(['|', '•', '·', '—', '<']);
    (precise && ends && text[..words].trim().len() < 4).then_some(mention)
}

/// "Volume 10, Number 3, June 2019, pages 150-156".
fn issue_date(text: &str) -> Option<Mention> {
    let text = text.get(..text.len().min(160)).unwrap_or("");
    let lower = text.to_ascii_lowercase();
    let starts = ["volume ", "vol. ", "vol "].iter().any(|word| lower.starts_with(word));
    let numbered = [" number ", " no. ", " no ", " issue ", " iss. "].iter().any(|word| lower.contains(word));
    (starts && numbered).then(|| dates::find(text).next()).flatten()
}

/// `<pub-date><day>6</day><month>2</month><year>2016</year></pub-date>` of a journal's XML.
fn element_date(text: &str) -> Option<Mention> {
    let start = text.find("<pub-date")?;
    let part = |tag: &str| {
        let (_, rest) = text[start..].split_once(tag)?;
        rest.split('<').next()?.trim().parse::<i16>().ok()
    };
    let year = part("<year>")?;
    let small = |tag: &str| part(tag).and_then(|number| i8::try_from(number).ok());
    let date = match (small("<month>"), small("<day>")) {
        (Some(month), Some(day)) => PartialDate::from_day(year, month, day),
        (Some(month), None) => PartialDate::from_month(year, month),
        _ => PartialDate::from_year(year),
    };
    let end = text[start..].find("</pub-date>").map_or(text.len(), |i| start + i);
    Some(Mention { range: start..end, reading: date.map_or(Reading::Impossible, Reading::Exact), order: None, timed: false })
}

//! Writing another day in the form in which a date is written: `3rd May 2020` becomes `25th November 2026`.

use jiff::civil::Date;

use super::{PartialDate, Reading, starting_at, year_at};

/// What a run of digits in a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
}

/// Writes a day in the form of a date: its order, language, separators, leading zeros and precision. `english` says that the
/// words around it are. `None` where the form leaves two ways to write it, or is not understood.
pub fn rewrite(words: &str, date: PartialDate, english: bool, day: Date) -> Option<String> {
    let tokens = tokens(words);
    let named = tokens.iter().any(|token| month(token).is_some());
    let numbers: Vec<&str> = tokens.iter().copied().filter(|token| token.starts_with(|c: char| c.is_ascii_digit())).collect();
    let parts = parts(&numbers, date, named, words)?;
    // `03 May` has a zero, and `13 May` does not tell; in digits `13/05` does.
    let short = || numbers.iter().zip(&parts).filter(|(_, part)| **part != Part::Year);
    let padded = if named { short().any(|(number, _)| number.starts_with('0')) } else { short().all(|(number, _)| number.len() == 2) };
    let mut out = String::new();
    let mut next = 0;
    let mut clock = false;
    for (i, token) in tokens.iter().enumerate() {
        if clock {
            // The time of day of another review is none of this one.
            out.extend(token.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }));
        } else if token.starts_with(|c: char| c.is_ascii_digit()) {
            let part = *parts.get(next)?;
            next += 1;
            out += &number(token, part, padded, day);
        } else if token.starts_with(char::is_alphabetic) {
            clock = *token == "T" && next == 3;
            let before = tokens[..i].last().copied().unwrap_or_default();
            out += &name(token, before, date, english, day, words)?;
        } else {
            out += token;
        }
    }
    let wanted = date.as_precise(day)?;
    let read = starting_at(&out, 0).or_else(|| year_at(&out, 0)).filter(|mention| mention.range.end == out.len())?;
    let right = match read.reading {
        Reading::Exact(read) => read == wanted,
        Reading::Ambiguous { month_first, day_first } => month_first == wanted || day_first == wanted,
        Reading::Impossible | Reading::Yearless => false,
    };
    right.then_some(out)
}

impl PartialDate {
    /// A day with the precision of this date.
    fn as_precise(self, day: Date) -> Option<Self> {
        match (self.month, self.day) {
            (None, _) => Self::from_year(day.year()),
            (_, None) => Self::from_month(day.year(), day.month()),
            _ => Self::from_day(day.year(), day.month(), day.day()),
        }
    }
}

/// Runs of digits, of letters, and what stands between.
fn tokens(words: &str) -> Vec<&str> {
    let kind = |c: char| {
        if c.is_ascii_digit() {
            0
        } else if c.is_alphabetic() {
            1
        } else {
            2
        }
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (i, c) in words.char_indices() {
        if last.is_some_and(|last| last != kind(c)) {
            tokens.push(&words[start..i]);
            start = i;
        }
        last = Some(kind(c));
    }
    tokens.push(&words[start..]);
    tokens
}

/// What each number is; those behind the date are its time of day.
fn parts(numbers: &[&str], date: PartialDate, named: bool, words: &str) -> Option<Vec<Part>> {
    use Part::{Day, Month, Year};
    let value = |i: usize| numbers.get(i).and_then(|number| number.parse::<i16>().ok());
    if named {
        return match numbers.len() {
            1 if date.day.is_none() => Some(vec![Year]),
            2 => Some(vec![Day, Year]),
            _ => None,
        };
    }
    match (date.month, date.day) {
        (None, _) => (numbers.len() == 1).then(|| vec![Year]),
        (Some(month), None) if numbers.len() == 2 => {
            let year_first = numbers[0].len() == 4 && value(1) == Some(i16::from(month));
            Some(if year_first { vec![Year, Month] } else { vec![Month, Year] })
        }
        (Some(month), Some(day)) if numbers.len() >= 3 => {
            if numbers[0].len() == 4 {
                return Some(vec![Year, Month, Day]);
            }
            let (first, second) = (value(0)?, value(1)?);
            let (month, day) = (i16::from(month), i16::from(day));
            if month == day && !words.contains('.') {
                return None;
            }
            if (first, second) == (day, month) { Some(vec![Day, Month, Year]) } else { Some(vec![Month, Day, Year]) }
        }
        _ => None,
    }
}

/// A number of the day; a year is as long as the one it replaces.
fn number(old: &str, part: Part, padded: bool, day: Date) -> String {
    let value = if part == Part::Month { day.month() } else { day.day() };
    match part {
        Part::Year if old.len() == 2 => format!("{:02}", day.year().rem_euclid(100)),
        Part::Year => format!("{:04}", day.year()),
        _ if padded => format!("{value:02}"),
        _ => value.to_string(),
    }
}

/// The word of a date for another day.
fn name(token: &str, before: &str, date: PartialDate, english: bool, day: Date, words: &str) -> Option<String> {
    let lower = token.to_lowercase();
    if let Some(month) = month(token) {
        let dotted = words.split_once(token).is_some_and(|(front, _)| front.trim_end().ends_with('.'));
        let rows = MONTHS.iter().filter(|row| row.names[month as usize - 1] == lower && date.month == Some(month));
        let row = choose(rows.collect(), english, dotted || token.starts_with(char::is_uppercase))?;
        return Some(cased(row.names[day.month() as usize - 1], token));
    }
    if let Some((row, _)) = WEEKDAYS.iter().filter_map(|row| Some((row, row.iter().position(|name| *name == lower)?))).next() {
        return Some(cased(row[day.weekday().to_monday_zero_offset() as usize], token));
    }
    match lower.as_str() {
        "st" | "nd" | "rd" | "th" if before.ends_with(|c: char| c.is_ascii_digit()) => Some(cased(ordinal(day.day()), token)),
        "de" | "del" | "of" | "t" | "z" => Some(token.to_owned()),
        _ => None,
    }
}

fn ordinal(day: i8) -> &'static str {
    match (day, day % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// A name in the case of another.
fn cased(name: &str, like: &str) -> String {
    let mut letters = like.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    if first && like.chars().count() > 1 && letters.all(|c| !c.is_lowercase()) {
        return name.to_uppercase();
    }
    let mut chars = name.chars();
    match chars.next() {
        Some(initial) if first => initial.to_uppercase().chain(chars).collect(),
        _ => name.to_owned(),
    }
}

fn month(token: &str) -> Option<i8> {
    let lower = token.to_lowercase();
    MONTHS.iter().find_map(|row| row.names.iter().position(|name| *name == lower)).map(|i| i as i8 + 1)
}

/// The row that a month was taken from, of those that have its name: English where the words around are, else the language that
/// writes it so.
fn choose(rows: Vec<&'static Months>, english: bool, german: bool) -> Option<&'static Months> {
    let of = |language: &str| rows.iter().copied().find(|row| row.language == language);
    if english {
        return of("en").or_else(|| rows.first().copied());
    }
    of("de")
        .filter(|_| german)
        .or_else(|| rows.iter().copied().find(|row| !matches!(row.language, "en" | "de")))
        .or_else(|| rows.first().copied())
}

/// The months of a language in lower case, whole or shortened.
struct Months {
    language: &'static str,
    names: [&'static str; 12],
}

/// Whole names first: May is the whole one. Common knowledge; no source.
const MONTHS: &[Months] = &[
    Months {
        language: "en",
        names: ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
    },
    Months { language: "en", names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
    Months { language: "en", names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"] },
    Months {
        language: "de",
        names: ["januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"],
    },
    Months { language: "de", names: ["jan", "feb", "mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"] },
    Months {
        language: "es",
        names: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    },
    Months {
        language: "fr",
        names: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    },
    Months {
        language: "it",
        names: [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ],
    },
    Months {
        language: "pt",
        names: [
            "janeiro",
            "fevereiro",
            "março",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro",
        ],
    },
];

/// The days of the week from Monday on, in lower case, a language a row.
const WEEKDAYS: &[[&str; 7]] = &[
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_the_date_was() {
        let day = jiff::civil::date(2026, 11, 3);
        let table = [
            ("2020-05-13", true, Some("2026-11-03")),
            ("2020-05", true, Some("2026-11")),
            ("2020", true, Some("2026")),
            ("2020-05-13T10:30:00Z", true, Some("2026-11-03T00:00:00Z")),
            ("13 May 2020", true, Some("3 November 2026")),
            ("3rd May 2020", true, Some("3rd November 2026")),
            ("12TH MAY 2020", true, Some("3RD NOVEMBER 2026")),
            ("May 13, 2020", true, Some("November 3, 2026")),
            ("Jul. 4, 2020", true, Some("Nov. 3, 2026")),
            ("Sunday, May 3, 2020", true, Some("Tuesday, November 3, 2026")),
            ("May 2020", true, Some("November 2026")),
            ("5/2020", true, Some("11/2026")),
            ("05/13/2020", true, Some("11/03/2026")),
            ("13/05/2020", true, Some("03/11/2026")),
            ("13/5/20", true, Some("3/11/26")),
            ("05/05/2020", true, None),
            ("5.5.2020", false, Some("3.11.2026")),
            ("13-May-20", true, Some("3-November-26")),
            ("29 de octubre de 2021", false, Some("3 de noviembre de 2026")),
            ("22. Oktober 2022", false, Some("3. November 2026")),
            ("3. September 2022", false, Some("3. November 2026")),
            ("13 mai 2020", false, Some("3 novembre 2026")),
            ("13. Mai 2020", false, Some("3. November 2026")),
            ("1er mai 2020", false, None),
        ];
        for (words, english, want) in table {
            let mention = starting_at(words, 0).or_else(|| year_at(words, 0)).expect(words);
            let Some(date) = mention.reading.exact() else { panic!("{words}") };
            assert_eq!(rewrite(words, date, english, day).as_deref(), want, "{words}");
        }
    }

    #[test]
    fn every_name_is_one_that_is_read() {
        for (i, name) in MONTHS.iter().flat_map(|row| row.names.iter().enumerate()) {
            assert_eq!(super::super::names::name(name), Some(super::super::names::Name::Month(i as i8 + 1)), "{name}");
        }
        for name in WEEKDAYS.iter().flatten() {
            assert_eq!(super::super::names::name(name), Some(super::super::names::Name::Weekday), "{name}");
        }
    }
}

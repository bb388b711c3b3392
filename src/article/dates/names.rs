//! The names of months and weekdays in the languages that medical pages are copied from: English, German, Dutch, Spanish,
//! French, Portuguese and Italian. Common knowledge; no source.

/// What a word means in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// 1 to 12.
    Month(i8),
    Weekday,
}

/// Reads a name in any case.
pub(super) fn name(word: &str) -> Option<Name> {
    // The longest name, `septiembre`, has ten letters.
    if !(2..=14).contains(&word.len()) {
        return None;
    }
    let lower = word.to_lowercase();
    if let Ok(i) = MONTHS.binary_search_by(|(name, _)| (*name).cmp(&lower)) {
        return Some(Name::Month(MONTHS[i].1));
    }
    WEEKDAYS.binary_search(&lower.as_str()).is_ok().then_some(Name::Weekday)
}

/// Sorted by name.
const MONTHS: &[(&str, i8)] = &[
    ("abr", 4),
    ("abril", 4),
    ("ago", 8),
    ("agosto", 8),
    ("aout", 8),
    ("août", 8),
    ("apr", 4),
    ("april", 4),
    ("aprile", 4),
    ("aug", 8),
    ("august", 8),
    ("augustus", 8),
    ("avr", 4),
    ("avril", 4),
    ("dec", 12),
    ("december", 12),
    ("decembre", 12),
    ("dez", 12),
    ("dezember", 12),
    ("dezembro", 12),
    ("dic", 12),
    ("dicembre", 12),
    ("diciembre", 12),
    ("déc", 12),
    ("décembre", 12),
    ("ene", 1),
    ("enero", 1),
    ("feb", 2),
    ("febbraio", 2),
    ("febr", 2),
    ("febrero", 2),
    ("februar", 2),
    ("februari", 2),
    ("february", 2),
    ("fev", 2),
    ("fevereiro", 2),
    ("fevrier", 2),
    ("févr", 2),
    ("février", 2),
    ("gen", 1),
    ("gennaio", 1),
    ("giu", 6),
    ("giugno", 6),
    ("jan", 1),
    ("janeiro", 1),
    ("januar", 1),
    ("januari", 1),
    ("january", 1),
    ("janv", 1),
    ("janvier", 1),
    ("juil", 7),
    ("juillet", 7),
    ("juin", 6),
    ("jul", 7),
    ("julho", 7),
    ("juli", 7),
    ("julio", 7),
    ("july", 7),
    ("jun", 6),
    ("june", 6),
    ("junho", 6),
    ("juni", 6),
    ("junio", 6),
    ("jänner", 1),
    ("lug", 7),
    ("luglio", 7),
    ("maart", 3),
    ("mag", 5),
    ("maggio", 5),
    ("mai", 5),
    ("maio", 5),
    ("mar", 3),
    ("march", 3),
    ("mars", 3),
    ("marzo", 3),
    ("março", 3),
    ("may", 5),
    ("mayo", 5),
    ("mei", 5),
    ("mrz", 3),
    ("märz", 3),
    ("nov", 11),
    ("november", 11),
    ("novembre", 11),
    ("novembro", 11),
    ("noviembre", 11),
    ("oct", 10),
    ("october", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("okt", 10),
    ("oktober", 10),
    ("ott", 10),
    ("ottobre", 10),
    ("out", 10),
    ("outubro", 10),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("set", 9),
    ("setembro", 9),
    ("setiembre", 9),
    ("sett", 9),
    ("settembre", 9),
];

/// Sorted.
const WEEKDAYS: &[&str] = &[
    "dienstag",
    "dimanche",
    "domenica",
    "domingo",
    "donnerstag",
    "freitag",
    "fri",
    "friday",
    "giovedì",
    "jeudi",
    "jueves",
    "lundi",
    "lunedì",
    "lunes",
    "mardi",
    "martedì",
    "martes",
    "mercoledì",
    "mercredi",
    "mittwoch",
    "miércoles",
    "mon",
    "monday",
    "montag",
    "sabato",
    "samedi",
    "samstag",
    "sat",
    "saturday",
    "sonntag",
    "sun",
    "sunday",
    "sábado",
    "thu",
    "thurs",
    "thursday",
    "tue",
    "tues",
    "tuesday",
    "vendredi",
    "venerdì",
    "viernes",
    "wed",
    "wednesday",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_unique() {
        assert!(MONTHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(WEEKDAYS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

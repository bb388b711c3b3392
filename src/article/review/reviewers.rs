//! Who reviewed: telling a name from other words, and a person from a board.

use std::ops::Range;

use super::credentials::{Credential, beginning, whole};

/// A person or a body as a statement names them; several where the statement joins them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name with its titles and degrees, as a range of the words that name the reviewers.
    pub range: Range<usize>,
    /// "Dr", "Prof. Dr.", as a range of the same.
    pub title: Option<Range<usize>>,
    /// The given names and surnames alone.
    pub name: Range<usize>,
    /// The degrees behind the name, in order.
    pub degrees: Vec<Degree>,
    /// A word such as "pharmacist" says what the person is.
    pub profession: bool,
    /// A board, a team, a hospital.
    pub board: bool,
}

/// A degree, registration or membership as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Degree {
    pub range: Range<usize>,
    /// It makes a doctor, so that "Dr" before the name says it again.
    pub doctorate: bool,
}

/// The people and bodies in the words that name the reviewers.
pub(super) fn people(words: &str) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for part in parts(words) {
        let person = person(words, part);
        match people.last_mut() {
            // "Ana Ruiz, MD, Professor of Medicine, Town University" is one person with where she works.
            Some(last) if !starts_person(words, &person, last) => {
                last.range.end = person.range.end;
                last.profession |= person.profession;
                last.degrees.extend(person.degrees);
            }
            _ => people.push(person),
        }
    }
    people
}

/// The words between commas, semicolons and "and".
fn parts(words: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let part = &words[range.clone()];
        let lead = part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            out.push(range.start + lead..range.start + lead + part.trim().len());
        }
    };
    for (i, c) in words.char_indices() {
        let joint = match c {
            ',' | ';' | '(' | ')' | '&' | '|' | '/' | '\n' | '–' | '—' => c.len_utf8(),
            ' ' => [" and ", " und ", " y ", " et ", " e ", " - "]
                .iter()
                .find(|joint| words[i..].starts_with(**joint))
                .map_or(0, |joint| joint.len() - 1),
            _ => 0,
        };
        if joint > 0 && i >= start {
            push(start..i);
            start = i + joint;
        }
    }
    push(start.min(words.len())..words.len());
    out
}

fn person(words: &str, range: Range<usize>) -> Person {
    let mut title: Option<Range<usize>> = None;
    let mut degrees: Vec<Degree> = Vec::new();
    let mut name: Option<Range<usize>> = None;
    let (mut profession, mut board) = (false, false);
    let mut at = range.start;
    for token in words[range.clone()].split_inclusive(char::is_whitespace) {
        let word = token.trim();
        let place = at..at + word.len();
        at += token.len();
        if word.is_empty() {
            continue;
        }
        match whole(word) {
            // "la Dra. Ana Ruiz", "the Town Editorial Board"
            None if name.is_none() && ARTICLES.contains(&word) => continue,
            Some(Credential::Title) if name.is_none() => {
                title = Some(title.map_or(place.start, |title| title.start)..place.end);
                continue;
            }
            // "Dr. med.", "Dr. rer. nat.": the degree is part of the title.
            None if name.is_none() && word.ends_with('.') && word.starts_with(char::is_lowercase) && title.is_some() => {
                title = title.map(|title| title.start..place.end);
                continue;
            }
            Some(kind @ (Credential::Doctorate | Credential::Degree))
                if is_written_as_degree(word) && (name.is_some() || !leads_name(&words[at..range.end])) =>
            {
                degrees.push(Degree { range: place, doctorate: kind == Credential::Doctorate });
                continue;
            }
            _ => {}
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        match beginning(bare) {
            Some(Credential::Profession) => profession = true,
            Some(Credential::Board) => board = true,
            // A body is known by its capitals: "Cancer Research UK".
            None if name.is_some() && (2..6).contains(&bare.len()) && !word.contains('.') && bare.chars().all(char::is_uppercase) => {
                board = true
            }
            _ => {}
        }
        name = Some(name.map_or(place.start, |name| name.start)..place.end);
    }
    Person { name: name.unwrap_or(range.start..range.start), range, title, degrees, profession, board }
}

/// Whether a part begins another person, rather than going on with the one before.
fn starts_person(words: &str, part: &Person, before: &Person) -> bool {
    if part.name.is_empty() {
        return false;
    }
    // "Professor of Medicine" is what the person before is, "Professor Ana Ruiz" is another one.
    if part.title.is_some() && words[part.name.clone()].starts_with(char::is_uppercase) {
        return true;
    }
    // "Town University" and "Consultant Neurologist" say where and what the person before is.
    let named = words[part.name.clone()].split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() >= 2;
    let settled = !before.degrees.is_empty() || before.title.is_some() || before.board;
    let joined = words[..part.range.start]
        .trim_end()
        .rsplit([' ', ')'])
        .next()
        .is_some_and(|last| matches!(last, "and" | "&" | "und" | "y" | "et" | "e" | ";"))
        || words[..part.range.start].trim_end().ends_with(['&', ';']);
    named && !part.profession && !part.board && (joined || settled && !part.degrees.is_empty())
}

/// Whether initials such as "MA" stand before a surname and so are no degree.
fn leads_name(rest: &str) -> bool {
    rest.split_whitespace()
        .next()
        .is_some_and(|next| whole(next).is_none() && beginning(next).is_none() && next.starts_with(char::is_uppercase))
}

/// `Ma` and `Do` are surnames, `MA` and `DO` are degrees; `PhD` has two capitals too.
fn is_written_as_degree(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Whether words can be the name of a person or a board. With a date behind them they may be less sure.
pub(super) fn is_name(words: &str, dated: bool) -> bool {
    let count = words.split_whitespace().count();
    if !(1..=30).contains(&count) || STUDY_BOARDS.iter().any(|board| words.contains(board)) {
        return false;
    }
    let article = words.split_once(' ').is_some_and(|(first, _)| ARTICLES.iter().any(|article| first.eq_ignore_ascii_case(article)));
    if !words.starts_with(char::is_uppercase) && !article {
        return false;
    }
    let small =
        words.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).filter(|word| !PARTICLES.contains(word)).count();
    let allowed = if dated || has_degree(words) || article && is_board(words) {
        8
    } else if article {
        0
    } else {
        2
    };
    small <= allowed
        && (!article
            || dated
            || is_board(words)
            || words.split_whitespace().skip(1).all(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word)))
}

/// A name on a line of its own: with a degree, or two to five words with capitals.
pub(super) fn looks_like_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    has_degree(name) || (2..=5).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Boards that approve a study, not an article.
const STUDY_BOARDS: &[&str] = &["thics", "Institutional Review", "Institutional review", "IRB", "Animal Care"];

const ARTICLES: &[&str] = &["a", "an", "the", "our", "la", "el", "il", "le", "der", "die"];

const PARTICLES: &[&str] =
    &["of", "the", "and", "for", "de", "van", "von", "der", "da", "di", "du", "la", "le", "in", "at", "al", "bin", "a", "by", "y", "med."];

fn is_board(words: &str) -> bool {
    words.split(|c: char| !c.is_alphabetic()).any(|word| !word.is_empty() && beginning(word).is_some())
}

/// Whether a title or degree marks the words as a person's: "Dr", "MD", "PharmD", "M.D.".
pub(super) fn has_degree(words: &str) -> bool {
    words.split([' ', ',', '\u{a0}', ';', '(', ')', '\n', '/']).any(|word| match whole(word) {
        Some(Credential::Title) => true,
        Some(_) => is_written_as_degree(word),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each person as `title/name/degrees`, with `*` behind a profession and `#` behind a board.
    fn read(words: &str) -> Vec<String> {
        let slice = |range: &Range<usize>| words[range.clone()].to_owned();
        people(words)
            .iter()
            .map(|person| {
                let degrees: Vec<String> = person.degrees.iter().map(|degree| slice(&degree.range)).collect();
                let title = person.title.as_ref().map_or(String::new(), slice);
                let marks = format!("{}{}", if person.profession { "*" } else { "" }, if person.board { "#" } else { "" });
                format!("{title}/{}/{}{marks}", slice(&person.name), degrees.join(" "))
            })
            .collect()
    }

    #[test]
    fn people_are_read_with_their_titles_and_degrees() {
        let table: &[(&str, &[&str])] = &[
            ("Dr. C.H. Weber M.D.", &["Dr./C.H. Weber/M.D."]),
            ("Ana Ruiz, MD, Professor of Medicine, Town University", &["/Ana Ruiz/MD*"]),
            ("Dr Ana Ruiz, MBBS, DNB Neurosurgery", &["Dr/Ana Ruiz/MBBS DNB*"]),
            ("Ana Ruiz, MD, and Kim Lee, PharmD", &["/Ana Ruiz/MD", "/Kim Lee/PharmD"]),
            ("Ana Ruiz, MD, MD - Family Medicine & W. Kim Lee, MD - Psychiatry", &["/Ana Ruiz/MD MD*", "/W. Kim Lee/MD*"]),
            ("Dr. med. Ana Ruiz", &["Dr. med./Ana Ruiz/"]),
            ("la Dra. Ana Ruiz", &["Dra./Ana Ruiz/"]),
            ("MA Weber", &["/MA Weber/"]),
            ("the Town Editorial Board", &["/Town Editorial Board/#"]),
            ("Dr Ana Ruiz, Consultant Neurologist", &["Dr/Ana Ruiz/*"]),
            ("Michael Porrin", &["/Michael Porrin/"]),
            ("", &[]),
        ];
        for (words, want) in table {
            assert_eq!(read(words), *want, "{words}");
        }
    }
}

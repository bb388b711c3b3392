//! Superscripts that lost their markup when a page was copied: `mutation.4,5,6`, `surgery3,4`, `patients 2`.

use super::Form;
use super::candidates::Strength;
use super::guards::{RESIDUES, last_word};
use super::numbers::{self, NumberList, Spacing};

/// Reads a number that stands behind a word or a mark without anything that says what it is.
pub fn read(text: &str, start: usize) -> Option<(NumberList, Form, Strength)> {
    let before = &text[..start];
    let last = before.chars().next_back()?;
    // Inside a list that was no citation.
    let inside = matches!(last, ',' | ';') && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit());
    let behind_year = inside && ends_with_year(&before[..before.len() - 1]);
    if last.is_ascii_digit() || inside && !behind_year {
        return None;
    }
    let list = extent(text, start)?;
    let after = &text[list.end..];
    // `since 2005,1 and mortality`: only a hole in the order speaks for it.
    if behind_year {
        let goes_on = after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        return (goes_on && list.members[0].first > 0).then_some((list, Form::Flattened, Strength::Faint));
    }
    // `infusions17(at the clinic)`: the space is lost, and only a hole in the order speaks for a citation.
    let runs_on = last.is_lowercase() && after.strip_prefix('(').is_some_and(|inside| inside.starts_with(char::is_alphabetic));
    if list.members.iter().any(|m| m.first == 0 || m.last == Some(0)) || !is_boundary(after) && !runs_on {
        return None;
    }
    if runs_on {
        return Some((list, Form::Flattened, Strength::Faint));
    }
    let (form, strength) = match last {
        '.' | ',' | ';' | ':' | '?' | '!' | '…' => (Form::Flattened, behind_mark(before, last, after, &list)?),
        ')' | ']' | '”' | '“' | '’' | '‘' | '"' | '\'' | '»' | '%' | '®' | '™' => {
            (Form::Flattened, behind_closing(before, last, after)?)
        }
        _ if last.is_alphabetic() => (Form::Flattened, behind_word(before, after, &list).unwrap_or(Strength::Faint)),
        // What screen readers say of a superscript: its form is that of one that lost its markup.
        ' ' | '\u{a0}' if is_footnote_word(before) => (Form::Flattened, Strength::Strong),
        ' ' | '\u{a0}' => (Form::Spaced, behind_space(before, after)?),
        _ => return None,
    };
    Some((list, form, strength))
}

/// `treatment.footnote 1`
fn is_footnote_word(before: &str) -> bool {
    let head = before.trim_end();
    head.strip_suffix("footnote").is_some_and(|lead| lead.ends_with(['.', ',', ';', ')', '”']))
}

/// The list without spaces; with them where nothing but an end can follow: `outcomes1, 2.` but not `group1, 12 patients`.
fn extent(text: &str, start: usize) -> Option<NumberList> {
    let marked = text[..start].ends_with(['.', ',']);
    let tight = if marked { numbers::list_with_letters(text, start)? } else { numbers::list(text, start, Spacing::Tight)? };
    let loose = numbers::list(text, start, Spacing::Loose)?;
    let rising = loose.members.windows(2).all(|pair| pair[0].last.unwrap_or(pair[0].first) < pair[1].first);
    let spaced_by_mark = loose.members.windows(2).all(|pair| text[pair[0].range.end..pair[1].range.start].contains([',', ';']));
    let ends = !loose.members.iter().any(|m| m.first > 999);
    let rest = &text[loose.end..];
    // `in adults.1 2 Tea does not`: numbers that follow each other, and then a sentence.
    let near = loose.members.windows(2).all(|pair| pair[1].first <= pair[0].last.unwrap_or(pair[0].first) + 3);
    let spaced_behind_mark = marked && near && loose.members.len() <= 4;
    let closed = rest.trim_start().is_empty()
        || rest.starts_with(['.', ';', ':', ')', '\n'])
        || rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| c.is_uppercase() || c == '.');
    Some(if loose.end > tight.end && rising && (spaced_by_mark || spaced_behind_mark) && ends && closed && is_boundary(rest) {
        loose
    } else {
        tight
    })
}

/// What may stand behind a citation: nothing, white space, or a mark that ends a part of a sentence.
pub(super) fn is_boundary(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        None => true,
        Some(c) if c.is_whitespace() => true,
        Some(')' | ']' | '”' | '"' | '’' | '*' | '†' | '‡' | '§' | '¶' | '…' | '?' | '!') => true,
        Some('.' | ',' | ';' | ':') => match (chars.next(), chars.next()) {
            (None, _) => true,
            (Some(c), _) if c.is_whitespace() || matches!(c, ')' | ']' | '”' | '"' | '’') => true,
            // A lost space: `disorder31.The`.
            (Some(c), Some(d)) => after.starts_with('.') && c.is_uppercase() && d.is_lowercase(),
            _ => false,
        },
        Some('—') => true,
        Some(c) => c.is_uppercase() && chars.next().is_some_and(char::is_lowercase),
    }
}

/// Abbreviations whose full stop a number belongs to.
const ABBREVIATIONS: &[&str] = &[
    "approx", "art", "c", "ca", "ch", "chap", "eq", "ex", "fig", "figs", "lot", "no", "nos", "nr", "p", "para", "pp", "tab", "tel", "v",
    "ver", "vol", "vols",
];

fn behind_mark(before: &str, mark: char, after: &str, list: &NumberList) -> Option<Strength> {
    let head = before[..before.len() - mark.len_utf8()].trim_end_matches('.');
    let previous = head.chars().next_back()?;
    let sentence = after.starts_with(char::is_whitespace) && after.trim_start().starts_with(char::is_uppercase);
    if previous.is_numeric() {
        // `in 2010.20 The` may be a citation, `2.5` never.
        let year = list.members.len() == 1 && mark == '.' && head.get(head.len().saturating_sub(4)..).is_some_and(is_year);
        // `IL-6.3 The` too, but `PM2.5 Exposure` is one name: only a group, or a hole in the order, speaks for it.
        let group = list.members.len() > 1 || list.members[0].last.is_some();
        // `an alpha of 0.05.4 Water`
        let decimal =
            mark == '.' && head.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('.').is_some_and(|whole| whole.ends_with('0'));
        if decimal && !year {
            return sentence.then_some(Strength::Faint);
        }
        let named = (mark == '.' && ends_with_numbered_name(head)).then_some(if group { Strength::Medium } else { Strength::Faint });
        return if year { Some(Strength::Medium) } else { named }.filter(|_| sentence);
    }
    // `(;10 see also11)`: the marks of the page were moved.
    if previous == '(' && matches!(mark, ',' | ';') {
        return Some(Strength::Faint);
    }
    if previous.is_whitespace() || matches!(previous, '(' | '/' | '-' | '–' | '=' | '<' | '>' | '*' | '$' | '#' | ',' | ';') {
        return None;
    }
    let word = last_word(head);
    let abbreviation =
        if word.chars().count() == 1 { ABBREVIATIONS.contains(&word) } else { ABBREVIATIONS.contains(&word.to_lowercase().as_str()) };
    if mark == '.' && abbreviation {
        // `on starting ART.30 As`: in capitals it may be a name of its own.
        let capitals = word.len() > 1 && word.chars().all(char::is_uppercase);
        return (capitals && sentence).then_some(Strength::Faint);
    }
    let next = after.trim_start().chars().next();
    Some(match mark {
        _ if after.starts_with(char::is_alphabetic) => Strength::Weak,
        '.' | '?' | '!' if next.is_some_and(char::is_lowercase) => Strength::Medium,
        ':' if next.is_some_and(char::is_lowercase) => Strength::Weak,
        ':' => Strength::Medium,
        ',' if word.is_empty() && previous.is_alphanumeric() => Strength::Weak,
        _ => Strength::Strong,
    })
}

/// `IL-6`, `COVID-19`, `B12`: digits that belong to the letters before them.
fn ends_with_numbered_name(head: &str) -> bool {
    let name = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let name = name.strip_suffix('-').unwrap_or(name);
    head.len() - name.len() <= 4 && name.ends_with(char::is_alphabetic)
}

/// `since 2005`, and no longer number.
fn ends_with_year(head: &str) -> bool {
    let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    digits == 4 && is_year(&head[head.len() - 4..])
}

pub(super) fn is_year(four: &str) -> bool {
    (four.starts_with("19") || four.starts_with("20")) && four.bytes().all(|b| b.is_ascii_digit())
}

fn behind_closing(before: &str, mark: char, after: &str) -> Option<Strength> {
    let head = &before[..before.len() - mark.len_utf8()];
    let previous = head.chars().next_back()?;
    if matches!(mark, '"' | '\'' | '’') && (previous.is_ascii_digit() || previous.is_whitespace()) {
        return None;
    }
    if matches!(mark, '”' | '“' | '‘' | '"' | ')') && (previous.is_whitespace() || matches!(previous, '(' | '['))
        || after.starts_with(char::is_alphabetic)
    {
        return None;
    }
    Some(match mark {
        ')' | ']' | '%' => Strength::Medium,
        _ => Strength::Strong,
    })
}

/// Units, letters and logarithms that carry a number of their own.
const CARRIERS: &[&str] = &[
    "alpha", "beta", "chi", "cm", "delta", "dm", "epsilon", "eq", "exp", "fig", "figure", "gamma", "height", "kappa", "kg", "km", "lambda",
    "lg", "ln", "log", "meter", "metre", "mg", "min", "ml", "mm", "mu", "nm", "no", "omega", "phi", "pi", "psi", "rho", "sec", "sigma",
    "tau", "theta", "ver", "vol", "zeta",
];
/// Words that number something: one number belongs to them, several cite.
const NUMBERED: &[&str] = &["day", "grade", "group", "page", "phase", "stage", "table", "type", "version", "week", "year"];
/// Words of two letters that a citation may be glued to.
const SHORT: &[&str] = &["al", "as", "at", "be", "by", "he", "if", "in", "is", "it", "of", "on", "or", "so", "to", "up", "us", "we"];

fn behind_word(before: &str, after: &str, list: &NumberList) -> Option<Strength> {
    let word = last_word(before);
    let letters = word.chars().count();
    let lead = before[..before.len() - word.len()].chars().next_back();
    if lead.is_some_and(|c| c.is_ascii_digit() || matches!(c, '_' | '@' | '#' | '/' | '\\' | '.' | '^')) && lead != Some('/')
        || after.starts_with(char::is_alphabetic)
    {
        return None;
    }
    let group = list.members.len() > 1 || list.members[0].last.is_some();
    if word == "s" && matches!(lead, Some('’' | '\'')) {
        return Some(Strength::Medium);
    }
    if word.chars().all(char::is_lowercase) {
        let known = letters == 2 && SHORT.contains(&word) || letters >= 3;
        let strength = if group || !NUMBERED.contains(&word) { Strength::Medium } else { Strength::Weak };
        return (known && !CARRIERS.contains(&word)).then_some(strength);
    }
    let mut chars = word.chars();
    let capital = chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase);
    match letters {
        _ if RESIDUES.contains(&word)
            || CARRIERS.contains(&word.to_lowercase().as_str())
            || NUMBERED.contains(&word.to_lowercase().as_str()) =>
        {
            None
        }
        4.. if capital => Some(Strength::Medium),
        2.. => Some(Strength::Weak),
        _ if group && lead == Some('-') => Some(Strength::Weak),
        _ => None,
    }
}

/// Words before a number that count or name something.
const COUNTED: &[&str] = &[
    "about",
    "above",
    "age",
    "aged",
    "and",
    "approximately",
    "arm",
    "article",
    "at",
    "below",
    "between",
    "box",
    "by",
    "chapter",
    "class",
    "codon",
    "cohort",
    "day",
    "days",
    "diabetes",
    "dose",
    "equals",
    "every",
    "exon",
    "factor",
    "figure",
    "first",
    "for",
    "from",
    "grade",
    "group",
    "in",
    "is",
    "item",
    "last",
    "least",
    "level",
    "line",
    "most",
    "next",
    "no",
    "number",
    "of",
    "on",
    "only",
    "or",
    "over",
    "page",
    "part",
    "patient",
    "per",
    "phase",
    "point",
    "quartile",
    "question",
    "score",
    "section",
    "stage",
    "step",
    "study",
    "table",
    "than",
    "the",
    "to",
    "trial",
    "type",
    "under",
    "until",
    "version",
    "visit",
    "was",
    "week",
    "weeks",
    "were",
    "with",
    "within",
    "year",
    "years",
];

fn behind_space(before: &str, after: &str) -> Option<Strength> {
    let head = before.trim_end();
    let previous = head.chars().next_back()?;
    let word = last_word(head).to_lowercase();
    // `not, 3 and cocoa`, `since 2005 2, and`: only a hole in the order speaks for them.
    let lower = after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    if previous == ',' && lower && head[..head.len() - 1].ends_with(char::is_lowercase)
        || ends_with_year(head) && after.starts_with(['.', ',', ';'])
    {
        return Some(Strength::Faint);
    }
    // `older than 65 years 1.`: the years are counted already.
    let measured = head[..head.len() - last_word(head).len()].trim_end().ends_with(|c: char| c.is_ascii_digit());
    if COUNTED.contains(&word.as_str()) && !measured
        || previous.is_ascii_digit()
        || matches!(
            previous,
            '=' | '<'
                | '>'
                | '≤'
                | '≥'
                | '±'
                | '×'
                | '+'
                | '/'
                | '-'
                | '–'
                | '—'
                | '('
                | '['
                | '$'
                | '£'
                | '€'
                | '#'
                | '~'
                | '≈'
                | ','
                | ':'
                | '•'
                | '*'
        )
    {
        return None;
    }
    let rest = after.trim_start();
    let ends = rest.is_empty() || after.starts_with(['.', ':', '\n', ';', ',', ')']) || after.starts_with(" .");
    let sentence = matches!(previous, '.' | '?' | '!' | '”');
    if sentence && (rest.is_empty() || rest.starts_with(char::is_uppercase) && after.starts_with(char::is_whitespace))
        || !sentence && ends && !previous.is_uppercase()
    {
        return Some(Strength::Strong);
    }
    (!sentence && after.starts_with(' ') && rest.starts_with(char::is_lowercase) && previous.is_lowercase()).then_some(Strength::Weak)
}

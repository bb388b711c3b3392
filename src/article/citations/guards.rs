//! Brackets, parentheses and superscripts with numbers in them that are no citations.

use std::ops::Range;

use super::Form;
use super::candidates::{Candidate, Strength};
use super::numbers::{Member, NumberList};
use crate::document::Block;

/// Units of measurement that carry an exponent.
const UNITS: &[&str] = &[
    "eta", "Eta", "height", "metre", "meter", "m", "cm", "mm", "km", "dm", "nm", "µm", "μm", "in", "ft", "s", "sec", "h", "min", "kg",
    "mg", "g", "l", "L", "dL", "mL", "mol", "mmol", "d", "day", "Å", "inch",
];

/// Amino acids, whose number is their place in a protein: `Ser9`.
pub const RESIDUES: &[&str] = &[
    "Ala", "Arg", "Asn", "Asp", "Cys", "Gln", "Glu", "Gly", "His", "Ile", "Leu", "Lys", "Met", "Phe", "Pro", "Ser", "Thr", "Trp", "Tyr",
    "Val",
];

/// Whether a superscript is neither an exponent, an ion, an isotope nor the label of a note.
pub fn is_free_superscript(text: &str, range: &Range<usize>, list: &NumberList) -> bool {
    let before = &text[..range.start];
    let after = text[range.end..].chars().next();
    if before.trim().is_empty() {
        return text[range.end..].trim().is_empty();
    }
    if matches!(after, Some('+' | '⁺' | '−' | '⁻' | 'ᵐ')) {
        return false;
    }
    // `(6.78)² =`, `mc²155`: what goes on is a formula or a name.
    let rest = text[range.end..].trim_start();
    if after.is_some_and(|c| c.is_ascii_digit()) || rest.starts_with(['=', '×', '<', '>', '±', '/', '+', '≈']) {
        return false;
    }
    let starts_word = before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '–' | '/'));
    if starts_word && after.is_some_and(char::is_alphabetic) {
        return false;
    }
    let number = list.members[0].first;
    let single = list.members.len() == 1 && list.members[0].last.is_none();
    let value = single && number <= 4 && before.ends_with(')') && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit());
    let word = last_word(before.trim_end_matches(|c: char| c.is_whitespace() || super::numbers::is_dash(c)));
    // `O⁶-methyl` is a name.
    let named = word.chars().count() == 1 && text[range.end..].starts_with(|c: char| c == '-' || c.is_alphabetic());
    let residue = single && RESIDUES.contains(&word);
    if named
        || value
        || residue
        || single && (2..=4).contains(&number) && (UNITS.contains(&word) || word.chars().count() == 1 || word.ends_with(['X', 'χ', 'η']))
    {
        return false;
    }
    // `10⁹` is a power, `2010¹²` a citation behind a year.
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let power =
        digits == 2 && before.ends_with("10") && single && !before[..before.len() - 2].ends_with(|c: char| c.is_alphabetic() || c == '-');
    digits == 4 && year_at_end(before) || !power
}

fn is_year(four: &str) -> bool {
    four.starts_with("19") || four.starts_with("20")
}

/// Whether a block lists authors, whose numbers point to their institutions: `A. Author1, B. Writer1,2 and C. Poet3`.
pub fn is_byline(text: &str) -> bool {
    const LONGEST: usize = 4000;
    // Particles of names, and what joins them.
    const SMALL: [&str; 16] = ["al", "and", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "la", "le", "ten", "van", "von"];
    if text.len() > LONGEST || !text.contains(',') && !text.contains(" and ") {
        return false;
    }
    let names = |part: &str| {
        let mut words = part.split(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '‐' | '’' | '\'')).filter(|w| !w.is_empty());
        let capital = |word: &str| {
            word.starts_with(char::is_uppercase) && word.chars().filter(|c| c.is_lowercase()).count() + 1 >= word.chars().count()
        };
        words.all(|word| capital(word) || SMALL.contains(&word) || word.chars().all(char::is_uppercase))
    };
    let mut numbered = 0;
    for part in text.split([',', ';']) {
        let bare = part.trim_matches(|c: char| c.is_whitespace() || c.is_numeric() || "*†‡§¶#^[]()⁎".contains(c));
        if !names(bare) {
            return false;
        }
        let has_number = part.trim_end().trim_end_matches(['*', '†', '‡', '^', ']', ')']).ends_with(char::is_numeric);
        numbered += usize::from(has_number && bare.contains([' ', '.']));
    }
    numbered >= 2
}

/// The letters at the end of a text.
pub fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last().map_or(text.len(), |(i, _)| i);
    &text[start..]
}

/// What stands before numbers in brackets that are a measure of spread and no citation.
const SPREAD: &[&str] = &[
    "ci",
    "hr",
    "interval",
    "intervals",
    "iqr",
    "limits",
    "median",
    "or",
    "percentile",
    "percentiles",
    "quartile",
    "quartiles",
    "range",
    "ranges",
    "rr",
    "sd",
];

/// How sure a number in brackets is; `None` where it is something else.
pub fn bracket(text: &str, range: Range<usize>, list: &NumberList) -> Option<Strength> {
    let before = &text[..range.start];
    let after = &text[range.end..];
    if list.numbers().any(|n| n == 0 || (1900..2100).contains(&n)) {
        return None;
    }
    // `[1,2,4]triazole`, `t[38]`, `benzo[1,2]`: names and indices.
    let glued_behind = after.starts_with(|c: char| c.is_ascii_lowercase());
    let index = before.ends_with(|c: char| c.is_ascii_alphabetic()) && last_word(before).len() == 1;
    if glued_behind || index || after.starts_with(['=', '%']) {
        return None;
    }
    let trimmed = before.trim_end();
    if trimmed.ends_with(['=', '<', '>', '≤', '≥', '±', '×', '+', '/', '~', '≈']) {
        return None;
    }
    let pair = list.members.len() == 2 && list.members.iter().all(|m| m.last.is_none())
        || list.members.len() == 1 && list.members[0].last.is_some();
    if pair {
        let word = last_word(trimmed.trim_end_matches([':', ','])).to_lowercase();
        if SPREAD.contains(&word.as_str()) || is_spread(trimmed, list) {
            return None;
        }
    }
    Some(Strength::Strong)
}

/// `26 (20–83)`, `3.4 [2, 5]`, `74% [61–83]`, `95% CI [2, 3]`: a value with its interval.
fn is_spread(before: &str, list: &NumberList) -> bool {
    let (low, high) = (list.members[0].first, list.members.last().map_or(0, |m| m.last.unwrap_or(m.first)));
    // Two numbers with a comma behind a percentage may be works.
    let value = if list.members[0].last.is_some() { before.strip_suffix('%').unwrap_or(before) } else { before };
    value_before(value).is_some_and(|value| f64::from(low) <= value && value <= f64::from(high)) || has_percent_ci(before)
}

/// The number directly before, where it stands free.
pub fn value_before(trimmed: &str) -> Option<f64> {
    let start =
        trimmed.rfind(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(0, |i| i + trimmed[i..].chars().next().map_or(1, char::len_utf8));
    let free = trimmed[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '=' | '<' | '>' | '±'));
    if free && !trimmed.ends_with('.') { trimmed[start..].parse().ok() } else { None }
}

/// `95% CI` and the like directly before.
fn has_percent_ci(trimmed: &str) -> bool {
    let words = trimmed.trim_end_matches([':', ',', '=', ' ']);
    words.ends_with("95%") || matches!(last_word(words), "CI" | "IQR")
}

/// Words before a number in parentheses that name something else.
const NAMED: &[&str] = &[
    "box",
    "eq",
    "eqn",
    "equation",
    "equations",
    "fig",
    "figs",
    "figure",
    "formula",
    "formulas",
    "n",
    "panel",
    "step",
    "steps",
    "table",
    "tables",
];
/// Words that a number in parentheses behind them often belongs to, unless it ends a part of the sentence.
const NUMBERED: &[&str] = &[
    "aim",
    "appendix",
    "chapter",
    "class",
    "day",
    "grade",
    "group",
    "hypothesis",
    "item",
    "items",
    "level",
    "model",
    "month",
    "no",
    "phase",
    "question",
    "score",
    "scores",
    "section",
    "stage",
    "type",
    "version",
    "week",
    "year",
    "years",
];

/// The first numbers in words.
const IN_WORDS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// How sure a number in parentheses is; `None` where it is something else.
pub fn parenthesis(text: &str, range: Range<usize>, list: &NumberList) -> Option<Strength> {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let power = list.members.iter().any(|m| m.first == 10 && m.last.is_some_and(|last| last < 10));
    if list.numbers().any(|n| n == 0 || n > 1500) || power {
        return None;
    }
    if before.trim().is_empty() {
        // A cell that holds nothing else.
        return after.trim().is_empty().then_some(Strength::Faint);
    }
    // `19(9)`, `f(2)`, `CD(4)`: only a mark, a quotation, a space or another bracket may stand before.
    let last = before.chars().next_back()?;
    let opens = matches!(last, '(' | '[');
    let closes = matches!(last, '.' | ',' | ';' | ':' | '?' | '!' | '”' | '"' | '’' | ')' | ']' | '®' | '™');
    let written = last_word(before);
    let letters = written.chars().count();
    let glued = last.is_lowercase() && letters >= 3 || before.ends_with("et al");
    if after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '-' | '–' | '/' | '=' | '°')) {
        return None;
    }
    if !closes && !opens && !last.is_whitespace() && !glued {
        // `it(1)`, `COPD(2)`, `2005(3)`, `50%(4)`: only a hole in the order speaks for them.
        let word = letters == 2 && last.is_lowercase() || letters >= 3 && written.chars().all(char::is_uppercase);
        return (word || last == '%' || year_at_end(before)).then_some(Strength::Faint);
    }
    let trimmed = before.trim_end();
    let word = last_word(trimmed.trim_end_matches('.')).to_lowercase();
    let group = list.members.len() > 1 || list.members[0].last.is_some();
    if trimmed.ends_with(['=', '<', '>', '≤', '≥', '±', '×', '+', '/'])
        || NAMED.contains(&word.as_str())
        || NUMBERED.contains(&word.as_str()) && !group && !ends_sentence(after)
        // `two (2) of them` says a number twice; `log(2)`, `sin(3)` are functions.
        || !group && IN_WORDS.get(list.members[0].first as usize - 1) == Some(&word.as_str())
        || glued && word.len() == 3
        // `(13, 12, 11, 21, and 23)`: the values of several groups, in their order.
        || falls(list) && text[range].contains(" and ")
    {
        return Some(Strength::Faint);
    }
    if group && is_spread(trimmed, list) {
        return Some(Strength::Faint);
    }
    // `34 (12)` is a count with its share.
    if trimmed.ends_with(|c: char| c.is_ascii_digit()) && !year_at_end(trimmed) || trimmed.ends_with('%') && list.members.len() == 1 {
        return Some(if group || ends_sentence(after) { Strength::Weak } else { Strength::Faint });
    }
    // `Marlow et al. (9) found`
    Some(if ends_sentence(after) || closes || word == "al" { Strength::Strong } else { Strength::Medium })
}

fn falls(list: &NumberList) -> bool {
    list.members.windows(2).any(|pair| pair[1].first < pair[0].first)
}

fn year_at_end(text: &str) -> bool {
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    digits == 4 && is_year(&text[text.len() - 4..])
}

fn ends_sentence(after: &str) -> bool {
    after.trim_start().is_empty() || after.starts_with(['.', ',', ';', ':', ')', '?', '!', '”', '"'])
}

/// Drops `(1) … (2) … (3)` that count the parts of a paragraph or a sentence.
pub fn drop_enumerations(block: &Block, candidates: &mut Vec<Candidate>, first: usize) {
    let text = block.text();
    // `none (0), mild (1), moderate (2)`: a scale, whose numbers stand behind their words.
    let scale = text.contains("(0)");
    let single = |candidate: &Candidate| {
        let member = &candidate.list.members[0];
        let counts = scale || introduces(text, candidate) || member.first == 1;
        (candidate.form == Form::Parenthesis && candidate.list.members.len() == 1 && member.last.is_none() && counts)
            .then_some(member.first)
    };
    let mut counting = vec![false; candidates.len() - first];
    // A paragraph that begins with `(1) There` counts its sentences.
    let item = block.marker().is_some_and(|marker| marker.number == Some(1) && marker.span.len() == "(1)".len());
    if item || text.strip_prefix("(1) ").is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
        let mut next = 2;
        for (i, candidate) in candidates[first..].iter().enumerate() {
            let [Member { first, last: None, .. }] = candidate.list.members.as_slice() else { continue };
            if *first == next && candidate.form == Form::Parenthesis && begins(text, candidate) {
                counting[i] = true;
                next += 1;
            }
        }
    }
    let mut run: Vec<usize> = Vec::new();
    for i in first..=candidates.len() {
        let number = candidates.get(i).and_then(single);
        if i < candidates.len() && number.is_none() {
            continue;
        }
        if number != Some(run.len() as u32 + 1) {
            let counted = run.iter().filter(|&&i| introduces(text, &candidates[i])).count();
            let announced = run.first().is_some_and(|&i| leads(text, &candidates[i]) && introduces(text, &candidates[i]));
            if announced && (counted >= 2 || run.len() == 1) || scale && run.len() >= 2 {
                run.iter().for_each(|&i| counting[i - first] = true);
            }
            run.clear();
        }
        if number == Some(run.len() as u32 + 1) {
            run.push(i);
        }
    }
    if counting.contains(&true) {
        let block = candidates.split_off(first);
        candidates.extend(block.into_iter().zip(counting).filter(|(_, counts)| !counts).map(|(candidate, _)| candidate));
    }
}

/// A number in front of a sentence or a part of one.
fn begins(text: &str, candidate: &Candidate) -> bool {
    let behind = text[..candidate.range.start].trim_end().ends_with(['.', '?', '!', ';', ':']);
    (behind || introduces(text, candidate)) && text[candidate.range.end..].trim_start().starts_with(char::is_alphabetic)
}

/// The words before announce a list.
fn leads(text: &str, candidate: &Candidate) -> bool {
    let before = text[..candidate.range.start].trim_end();
    before.ends_with(':') || LEADS.contains(&last_word(before))
}

const LEADS: &[&str] =
    &["are", "as", "both", "by", "either", "include", "included", "including", "is", "of", "or", "that", "to", "was", "were"];

/// A number that introduces the words behind it, as `: (1) rest, (2) ice, and (3) compression`.
fn introduces(text: &str, candidate: &Candidate) -> bool {
    let before = text[..candidate.range.start].trim_end();
    let led = before.ends_with([':', ';', ',']) || last_word(before) == "and" || LEADS.contains(&last_word(before));
    led && text[candidate.range.end..].trim_start().starts_with(char::is_alphabetic)
}

//! Products named with their makers, as the methods of a study name what was used.

use super::Medicine;
use crate::article::sentences;

/// How far parentheses are followed, in bytes.
const LONGEST: usize = 200;

/// Marks the names of one block that stand with a maker.
pub fn mark(text: &str, medicines: &mut [Medicine]) {
    let starts: Vec<usize> = medicines.iter().map(|medicine| medicine.place.start as usize).collect();
    for medicine in medicines {
        let name = medicine.place.start as usize..medicine.end();
        let is_medicine = |at: usize| starts.binary_search(&at).is_ok();
        medicine.with_maker = is_followed_by_maker(text, name.end, is_medicine) || is_inside_with_maker(text, name, is_medicine);
    }
}

/// `Lipiodol (Guerbet Laboratory, Aulnay)`.
fn is_followed_by_maker(text: &str, end: usize, is_medicine: impl Fn(usize) -> bool) -> bool {
    let Some(content) = text[end..].strip_prefix(" (").and_then(|rest| closed(rest)) else { return false };
    content.starts_with(char::is_uppercase) && content.contains(',') && !is_medicine(end + 2)
}

/// `(Cetrotide 0.25 mg; Merck Serono)`, also behind an abbreviation: `(o-CEE; Premarin, 0.45 mg)`.
fn is_inside_with_maker(text: &str, name: std::ops::Range<usize>, is_medicine: impl Fn(usize) -> bool) -> bool {
    let before = text[..name.start].trim_end();
    if let Some(abbreviation) = before.strip_suffix([';', ',']) {
        let start = abbreviation.rfind([' ', '\n', '(']).unwrap_or(0);
        return abbreviation[start..].starts_with('(') && abbreviation.len() - start <= 10 && !is_medicine(start + 1);
    }
    if !before.ends_with(['(', '[']) {
        return false;
    }
    let Some(content) = closed(&text[name.end..]) else { return false };
    let mut at = 0;
    content.split([',', ';', ':']).any(|part| {
        let start = at + part.len() - part.trim_start().len();
        let is_first = at == 0;
        at += part.len() + 1;
        !is_first && part.trim_start().starts_with(char::is_uppercase) && !is_medicine(name.end + start)
    })
}

/// What stands before the closing parenthesis.
fn closed(rest: &str) -> Option<&str> {
    let rest = &rest[sentences::near(rest, 0..0, LONGEST)];
    rest.find([')', ']']).map(|end| &rest[..end])
}

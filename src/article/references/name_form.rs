//! In which form an entry prints its authors.

use std::ops::Range;

use super::Reference;
use super::fields::{is_group_word, is_particle};

/// How a person's name is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameForm {
    /// `Marlow EB`, as NLM and AMA have it.
    Plain,
    /// `Marlow E. B.`
    Dotted,
    /// `Marlow, E. B.`, as APA has it.
    Comma,
    /// `E. B. Marlow`, as IEEE has it.
    InitialsFirst,
    /// `Marlow, Ella` or `Ella Marlow`.
    WrittenOut,
}

impl NameForm {
    /// The form as style guides describe it.
    pub fn name(self) -> &'static str {
        match self {
            NameForm::Plain => "surname and bare initials",
            NameForm::Dotted => "surname and dotted initials",
            NameForm::Comma => "surname, comma and initials",
            NameForm::InitialsFirst => "initials first",
            NameForm::WrittenOut => "given names in full",
        }
    }
}

impl Reference {
    /// The form of the entry's authors with the first name that shows it: `None` where there is none, or where they do not
    /// agree, as in styles that turn the first name round and no other.
    pub fn name_form(&self) -> Option<(NameForm, Range<usize>)> {
        let text = self.text();
        let authors = &self.fields().authors;
        let mut forms = authors.iter().filter_map(|author| {
            let printed = text.get(author.range.clone())?;
            let closed = text[author.range.end..].starts_with('.');
            Some((form(printed, closed)?, author.range.clone()))
        });
        let first = forms.next()?;
        let agree = forms.all(|(other, _)| other == first.0);
        // A lone name in words may be that of a body: `Marlow Institute`.
        (agree && (first.0 != NameForm::WrittenOut || authors.len() > 1)).then_some(first)
    }

    /// The surnames that stand without their capital, as ranges of the entry: `lenz` in `lenz H-J`, not `van` in `van Dam B`.
    pub fn small_surnames(&self) -> impl Iterator<Item = Range<usize>> {
        let text = self.text();
        self.fields().authors.iter().filter_map(move |author| {
            let mut words = text.get(author.range.clone())?.split_whitespace();
            let surname = words.next()?.trim_end_matches(',');
            let small = surname.chars().count() >= 3 && surname.chars().all(char::is_lowercase) && !is_particle(surname);
            let range = author.range.start..author.range.start + surname.len();
            (small && words.next().is_some_and(is_initials) && text[range.clone()] == *surname).then_some(range)
        })
    }
}

/// The form of a printed name. `closed` says that a full stop follows it, which may be that of the last initial.
fn form(printed: &str, closed: bool) -> Option<NameForm> {
    let printed = without_suffix(printed);
    if printed.split_whitespace().any(|word| is_group_word(word) || humps(word) > 1) {
        return None;
    }
    if let Some((surname, given)) = printed.split_once(',') {
        let given = given.trim();
        return match () {
            () if surname.trim().is_empty() || given.is_empty() || given.contains(',') => None,
            () if given.split_whitespace().all(is_initials) => Some(NameForm::Comma),
            () if given.split_whitespace().next().is_some_and(is_written) => Some(NameForm::WrittenOut),
            () => None,
        };
    }
    let mut words = printed.split_whitespace();
    let (first, last) = (words.next()?, words.next_back()?);
    match (is_initials(first), is_initials(last)) {
        (true, false) if is_separate(first) && words.all(|word| !is_initials(word) || is_separate(word)) => Some(NameForm::InitialsFirst),
        (false, true) if printed.contains('.') => Some(NameForm::Dotted),
        // Of `Marlow E.` nobody can say whose the full stop is.
        (false, true) if closed && last.chars().count() == 1 => None,
        (false, true) => Some(NameForm::Plain),
        (false, false) if is_written(first) && is_written(last) && words.all(|word| is_initials(word) || is_written(word)) => {
            Some(NameForm::WrittenOut)
        }
        _ => None,
    }
}

fn without_suffix(printed: &str) -> &str {
    let bare = printed.trim().trim_end_matches('.');
    let suffixes = ["Jr", "Sr", "II", "III", "IV", "2nd", "3rd"];
    let found = suffixes.iter().find_map(|suffix| bare.strip_suffix(suffix)).filter(|rest| rest.ends_with([' ', ',']));
    found.map_or(printed.trim(), |rest| rest.trim_end_matches([' ', ',']))
}

/// `E`, `EB`, `E.-B.`, `H-J`, `Ch.`
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let capitals = letters.clone().filter(|c| c.is_uppercase()).count();
    let dotted_pair = capitals == 1 && letters.clone().count() == 2 && word.ends_with('.');
    word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '‐' | '‑' | '–'))
        && (1..=4).contains(&capitals)
        && (letters.count() == capitals || dotted_pair)
}

/// `E.B.` and `EB`, but not `SKL.`, which is the name of a body.
fn is_separate(initials: &str) -> bool {
    let letters = initials.chars().filter(|c| c.is_alphabetic()).count();
    let dots = initials.matches('.').count();
    dots == letters || dots == 0 && letters <= 3
}

/// Capitals behind small letters: two in `GlaxoSmithKline`, one in `McDonald`.
fn humps(word: &str) -> usize {
    word.chars().zip(word.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count()
}

/// A word with one capital in front and small letters behind it.
fn is_written(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.clone().count() >= 2 && chars.all(|c| c.is_lowercase() || "-’'".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{NameForm, form};

    #[test]
    fn forms_of_names() {
        let table = [
            ("Marlow EB", false, Some(NameForm::Plain)),
            ("van der Marlów E", false, Some(NameForm::Plain)),
            ("Marlow E", true, None),
            ("Marlow EB", true, Some(NameForm::Plain)),
            ("Marlow JA Jr", false, Some(NameForm::Plain)),
            ("Lenz H-J", false, Some(NameForm::Plain)),
            ("Marlow E. B.", false, Some(NameForm::Dotted)),
            ("Marlow, E. B.", false, Some(NameForm::Comma)),
            ("Marlow, EB", false, Some(NameForm::Comma)),
            ("Marlow, E. B., Jr.", false, Some(NameForm::Comma)),
            ("E. B. Marlow", false, Some(NameForm::InitialsFirst)),
            ("Marlow, Ella B.", false, Some(NameForm::WrittenOut)),
            ("Ella B. Marlow", false, Some(NameForm::WrittenOut)),
            ("Marlow E. B", false, Some(NameForm::Dotted)),
            ("SKL. Guarantee", false, None),
            ("U.S. EPA. Standard", false, None),
            ("Marlow Institute", false, None),
            ("LI XY", false, None),
            ("Marlow", false, None),
            ("", false, None),
        ];
        for (printed, closed, want) in table {
            assert_eq!(form(printed, closed), want, "on {printed}");
        }
    }
}

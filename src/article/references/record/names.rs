//! Whether the first author of an entry is among those of a record.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::titles::is_of_another_script;
use super::{Agreement, titles};
use crate::article::references::Fields;
use crate::article::references::fields::is_particle;
use crate::world::Author;

/// Surnames of so many letters are the same with a letter astray.
const LONG: usize = 5;

/// More people than that are a collaboration, which is cited in many ways.
const MANY: usize = 300;

/// How the first author of an entry agrees with a record. A record may list fewer authors, in another order, with given and family
/// names swapped, or a group instead of people: only an author who is nowhere in a whole list of people differs.
pub(super) fn first_author(fields: &Fields, entry: &str, authors: &[Author]) -> Agreement {
    let printed: Vec<Name> = fields.authors.iter().take(MANY).map(|author| Name::of(&author.text, true)).collect();
    let Some(first) = printed.first().filter(|first| !first.words.is_empty()) else {
        return if is_group_named(entry, authors) { Agreement::Agrees } else { Agreement::Unknown };
    };
    let people: Vec<&Author> = authors.iter().take(MANY).filter(|author| !is_group(author)).collect();
    let Some(leading) = people.first() else { return Agreement::Unknown };
    let people_named: Vec<Person> = people.iter().map(|author| Person::of(author)).collect();
    if people_named.iter().any(|person| person.is_named(first)) {
        return Agreement::Agrees;
    }
    let is_foreign = is_of_another_script(&fields.authors[0].text) || people.iter().any(|author| is_of_another_script(&author.family));
    // A group that writes, an incomplete record, or an entry whose names were read wrongly.
    let is_whole = people.len() == authors.len() && people.len() >= printed.len() + usize::from(fields.et_al);
    let is_otherwise_named = || printed[1..].iter().any(|name| people_named.iter().any(|person| person.is_named(name)));
    let is_sure = is_whole && !is_foreign && fields.group_author.is_none() && !is_otherwise_named();
    if is_sure { Agreement::Differs(leading.family.clone()) } else { Agreement::Unknown }
}

/// Some records have a group as an author with a long surname.
fn is_group(author: &Author) -> bool {
    author.is_group || author.given.is_empty() && author.family.split_whitespace().count() > 2
}

/// Whether an entry names a group that a record has as an author.
fn is_group_named(entry: &str, authors: &[Author]) -> bool {
    let mut groups = authors.iter().take(MANY).filter(|author| is_group(author)).peekable();
    groups.peek().is_some() && {
        let entry = format!(" {} ", titles::fold(entry));
        groups.any(|group| entry.contains(&format!(" {} ", titles::fold(&group.family))))
    }
}

/// A name in small letters without marks, initials, particles and what stands behind names.
struct Name {
    words: Vec<String>,
    /// All of it but initials in one word: `vandenberg`.
    whole: String,
    /// Names run into each other, as some exports have them: `SmithJABergK`.
    is_run_on: bool,
}

/// A name of a record.
struct Person {
    family: Name,
    given: Vec<String>,
}

impl Person {
    fn of(author: &Author) -> Self {
        // A given name of two letters has a small one, unlike initials.
        let is_name = |word: &&str| word.chars().count() > 2 || word.chars().any(char::is_lowercase);
        let given = author.given.split(|c: char| !c.is_alphanumeric()).filter(is_name).map(plain).collect();
        // A record that has the given name apart has no initials in the surname: `AL-ALI`.
        Self { family: Name::of(&author.family, author.given.is_empty()), given }
    }

    /// Whether a printed name is this one's: by the surname, or by the given name where the two were swapped.
    fn is_named(&self, printed: &Name) -> bool {
        let has = |name: &String| printed.words.iter().any(|word| is_like(word, name));
        let (one, other) = (&printed.whole, &self.family.whole);
        let ends = |long: &str, short: &str| short.len() >= LONG && long.ends_with(short);
        self.family.words.iter().any(has)
            || self.given.iter().any(has)
            || is_like(one, other)
            || ends(one, other)
            || ends(other, one)
            || printed.is_run_on && !other.is_empty() && one.starts_with(other.as_str())
    }
}

impl Name {
    fn of(name: &str, has_initials: bool) -> Self {
        let end = name.char_indices().nth(200).map_or(name.len(), |(end, _)| end);
        let unmarked: String = name[..end].chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`')).collect();
        let split = unmarked.split(|c: char| !c.is_alphabetic() && !is_combining_mark(c));
        let parts: Vec<&str> = split.map(without_initials).filter(|word| !word.is_empty()).collect();
        // Initials without stops are a word of capitals, `Smith JA`; a name in capitals stands first: `LI XM`.
        let is_short = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
        let is_initials = |at: usize, word: &str| {
            has_initials
                && is_short(word)
                && (word.chars().count() == 1 || at > 0 || parts.len() > 1 && !parts.iter().all(|word| is_short(word)))
        };
        let is_suffix = |word: &str| matches!(word.to_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "nd" | "rd");
        let kept: Vec<&str> =
            parts.iter().enumerate().filter(|(at, word)| !is_initials(*at, word) && !is_suffix(word)).map(|(_, word)| *word).collect();
        let words =
            kept.iter().filter(|word| word.chars().count() > 1 && !is_particle(&word.to_lowercase())).map(|word| plain(word)).collect();
        let is_run_on =
            kept.iter().any(|word| word.as_bytes().windows(2).any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase()));
        Self { words, whole: plain(&kept.concat()), is_run_on }
    }
}

/// A word without the initials that some exports glue to it: `SmithJA`, `SmithJAJr`.
fn without_initials(word: &str) -> &str {
    let bare = word.strip_suffix("Jr").filter(|bare| bare.ends_with(char::is_uppercase)).unwrap_or(word);
    let name = bare.trim_end_matches(char::is_uppercase);
    if name.ends_with(char::is_lowercase) { name } else { word }
}

fn is_like(one: &str, other: &str) -> bool {
    one == other && !one.is_empty() || one.chars().count().min(other.chars().count()) >= LONG && strsim::osa_distance(one, other) <= 1
}

/// A word in small letters without marks, `ue` as `ü`.
fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase).nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ø' | 'œ' => out.push('o'),
            'æ' => out.push('a'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ß' => out.push_str("ss"),
            c => out.push(c),
        }
    }
    out.replace("ue", "u").replace("oe", "o").replace("ae", "a")
}

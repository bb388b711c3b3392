//! Whether the first author of an entry is among those of a record.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Agreement;
use crate::article::references::Fields;
use crate::article::references::fields::is_particle;
use crate::world::Author;

/// Surnames of so many letters are the same with a letter astray.
const LONG: usize = 5;

/// How the first author of an entry agrees with a record. A record may list fewer authors, in another order, with given and family
/// names swapped, or a group instead of people: only an author who is nowhere in a list of people differs.
pub(super) fn first_author(fields: &Fields, entry: &str, authors: &[Author]) -> Agreement {
    let people: Vec<&Author> = authors.iter().filter(|author| !author.is_group && !author.family.is_empty()).collect();
    let printed: Vec<Vec<String>> = fields.authors.iter().map(|author| words(&author.text)).collect();
    let Some(first) = printed.first().filter(|first| !first.is_empty()) else {
        let named = authors.iter().any(|author| author.is_group && entry.to_lowercase().contains(&author.family.to_lowercase()));
        return if named { Agreement::Agrees } else { Agreement::Unknown };
    };
    let Some(leading) = people.first() else { return Agreement::Unknown };
    if people.iter().any(|author| is_named(author, first)) {
        return Agreement::Agrees;
    }
    // An incomplete record, a group that writes, or an entry whose names were read wrongly.
    let is_sure = people.len() == authors.len() && !printed.iter().skip(1).any(|author| people.iter().any(|one| is_named(one, author)));
    if is_sure && fields.group_author.is_none() { Agreement::Differs(leading.family.clone()) } else { Agreement::Unknown }
}

/// Whether words name an author: by the surname, or by the given name where the two were swapped.
fn is_named(author: &Author, printed: &[String]) -> bool {
    let family = words(&author.family);
    let given: Vec<String> = words(&author.given).into_iter().filter(|name| name.chars().count() > 2).collect();
    let joined = |words: &[String]| words.concat();
    let has = |name: &String| printed.iter().any(|word| is_like(word, name));
    family.iter().any(has) || given.iter().any(has) || is_like(&joined(printed), &joined(&family))
}

fn is_like(one: &str, other: &str) -> bool {
    one == other || one.chars().count().min(other.chars().count()) >= LONG && strsim::osa_distance(one, other) <= 1
}

/// The words of a name in small letters without marks, initials, particles and what stands behind names.
fn words(name: &str) -> Vec<String> {
    let plain: String = name
        .chars()
        .take(200)
        .flat_map(|c| c.to_lowercase())
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘'))
        .map(|c| match c {
            'ø' | 'œ' => 'o',
            'æ' => 'a',
            'ł' => 'l',
            'ı' => 'i',
            'đ' | 'ð' => 'd',
            c => c,
        })
        .collect();
    let word = |word: &str| word.replace('ß', "ss").replace("ue", "u").replace("oe", "o").replace("ae", "a");
    let is_name =
        |word: &&str| word.chars().count() > 1 && !is_particle(word) && !matches!(*word, "jr" | "sr" | "ii" | "iii" | "iv" | "2nd" | "3rd");
    let names: Vec<String> = plain.split(|c: char| !c.is_alphanumeric()).filter(is_name).map(word).collect();
    // Initials without stops are a word of capitals: `Smith JA`.
    let capitals: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().all(char::is_uppercase) && word.chars().count() <= 3)
        .map(str::to_lowercase)
        .collect();
    if names.len() > 1 { names.into_iter().filter(|name| !capitals.contains(name)).collect() } else { names }
}

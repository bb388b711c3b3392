//! Words that misspell the name of a medicine: one letter from a generic name, or farther from a name that the article uses.

use std::collections::{BTreeMap, BTreeSet};

use super::{Medicine, Setting};
use crate::article::references::References;
use crate::article::sentences;
use crate::document::{BlockKind, Document, MarkKind, Place};
use crate::lexicon::{Lexicon, Standing};

/// A word in all its places, with the name that it misspells.
#[derive(Debug)]
pub struct Misspelled {
    pub word: String,
    pub name: String,
    pub places: Vec<Place>,
}

/// The misspelled names of an article, in the order of the alphabet. Code, quotations and the reference list are not read.
pub fn misspelled(document: &Document, references: &References, medicines: &[Medicine], lexicon: &Lexicon) -> Vec<Misspelled> {
    let reader = Reader { document, references, medicines, lexicon, used: UsedNames::new(medicines) };
    let mut words: BTreeMap<String, Misspelled> = BTreeMap::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Code || block.quoted || references.holds_block(index) {
            continue;
        }
        let text = block.text();
        for range in block.prose.words().filter(|word| word.len() >= SHORTEST) {
            let start = range.start;
            // A flattened citation may be glued to the word.
            let word = text[range].trim_end_matches(|c: char| c.is_ascii_digit());
            let end = start + word.len();
            let Some((word, name)) = reader.meant(text, start, word) else { continue };
            if block.marks_at(start).any(|mark| matches!(mark, MarkKind::Code)) || !sentences::is_english(text, start) {
                continue;
            }
            let place = Place::new(index, start..end);
            words.entry(word.clone()).or_insert_with(|| Misspelled { word, name, places: Vec::new() }).places.push(place);
        }
    }
    words.into_values().filter(|met| reader.is_credible(met)).collect()
}

/// A misspelled word has as many letters.
const SHORTEST: usize = 6;

struct Reader<'a> {
    document: &'a Document,
    references: &'a References,
    medicines: &'a [Medicine],
    lexicon: &'a Lexicon,
    used: UsedNames,
}

impl Reader<'_> {
    /// The word in lower case and the name that it misspells. Capitals inside a word make it a name of another kind.
    fn meant(&self, text: &str, start: usize, word: &str) -> Option<(String, String)> {
        let (&first, rest) = word.as_bytes().split_first()?;
        if word.len() < SHORTEST || !rest.iter().all(u8::is_ascii_lowercase) || !first.is_ascii_alphabetic() {
            return None;
        }
        let lower;
        let small = if first.is_ascii_lowercase() {
            word
        } else {
            lower = word.to_ascii_lowercase();
            &lower
        };
        let names = self.lexicon.misspelled(small);
        let name = if names.is_empty() { self.used.near(self.lexicon, small, first.is_ascii_uppercase())? } else { self.choose(&names)? };
        let believed = match joint(self.lexicon, text, start, start + word.len()) {
            Joint::None | Joint::Name => true,
            Joint::Locant => self.used.contains(name),
            Joint::Part => false,
        };
        believed.then(|| (small.to_owned(), name.to_owned()))
    }

    /// Which of the names that a word is near to is meant: the one that the article uses. Names of one substance are one.
    fn choose<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        let used: Vec<&str> = names.iter().copied().filter(|name| self.used.contains(name)).collect();
        let names = if used.is_empty() { names } else { &used };
        let substance = |name: &str| self.lexicon.get(name).map(|entry| entry.readings);
        let (first, others) = names.split_first()?;
        others.iter().all(|other| substance(other) == substance(first)).then_some(*first)
    }

    /// Whether the word is an error and no word that the lexicon lacks: a title in the reference list does not have it, and
    /// where it has a capital that no sentence asks for, as names have, something tells that it is a medicine.
    fn is_credible(&self, met: &Misspelled) -> bool {
        let text = |place: Place| self.document.block(place).text();
        let named = |place: Place| {
            let capital = self.document.words(place).starts_with(|c: char| c.is_ascii_uppercase());
            capital && !sentences::starts_at(text(place), place.start as usize)
        };
        let listed = |words: &str| {
            let holds = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|other| other.eq_ignore_ascii_case(words));
            self.references.entries.iter().any(|entry| holds(entry.text()))
        };
        let people = met.places.iter().any(|&place| is_person(text(place), place));
        let told = || {
            let medicine = |&place: &Place| is_given(text(place), place) || self.is_among_capitals(place);
            self.used.contains(&met.name) || met.places.iter().any(medicine) || listed(&met.name)
        };
        let seldom = || {
            let times = self.medicines.iter().filter(|medicine| medicine.entry.name.eq_ignore_ascii_case(&met.name)).count();
            self.lexicon.misspelled(&met.word).contains(&met.name.as_str()) || met.places.len() <= times.min(MOST_FAR)
        };
        !people && (!met.places.iter().all(|&place| named(place)) || told()) && seldom() && !listed(&met.word)
    }

    /// Whether other generic names of the sentence have a capital where none starts: so the author writes medicines.
    fn is_among_capitals(&self, place: Place) -> bool {
        let sentence = sentences::around(self.document.block(place).text(), place.start as usize);
        let first =
            self.medicines.partition_point(|medicine| medicine.place < Place::new(place.block as usize, sentence.start..sentence.start));
        let inside = |medicine: &&Medicine| medicine.place.block == place.block && (medicine.place.start as usize) < sentence.end;
        self.medicines[first..].iter().take_while(inside).any(|medicine| {
            let capital = self.document.words(medicine.place).starts_with(|c: char| c.is_ascii_uppercase());
            capital && medicine.is_plain_generic() && !medicine.leads && medicine.setting == Setting::Running
        })
    }
}

/// How often a word may stand that only the names of the article tell to be an error: what stands more often is a term of its own.
const MOST_FAR: usize = 2;

/// The names that the article uses, in lower case.
struct UsedNames {
    all: BTreeSet<String>,
    /// Those that a word may be near to, by their first letters, with the letters by which it may differ.
    by_letter: [Vec<Used>; 26],
}

struct Used {
    name: String,
    edits: usize,
    brand: bool,
}

impl UsedNames {
    fn new(medicines: &[Medicine]) -> Self {
        let mut names = UsedNames { all: BTreeSet::new(), by_letter: std::array::from_fn(|_| Vec::new()) };
        for medicine in medicines {
            let name = medicine.entry.name.to_ascii_lowercase();
            if names.all.contains(&name) {
                continue;
            }
            let first = name.bytes().next().unwrap_or_default().wrapping_sub(b'a') as usize;
            let plain = name.bytes().all(|byte| byte.is_ascii_lowercase());
            // Names of one word that a word is not near to by chance.
            let edits = match (medicine.is_brand(), name.len()) {
                (true, 8..) | (false, 7..10) => 1,
                (false, 10..) => 2,
                _ => 0,
            };
            let known = medicine.entry.standing != Standing::Unapproved && medicine.entry.guard.is_none();
            if edits > 0 && known && plain && (medicine.is_brand() || medicine.is_plain_generic()) {
                names.by_letter[first].push(Used { name: name.clone(), edits, brand: medicine.is_brand() });
            }
            names.all.insert(name);
        }
        names
    }

    fn contains(&self, name: &str) -> bool {
        self.all.contains(name)
    }

    /// The one name that a word of these letters may misspell. A brand is not misspelled by a word in small letters.
    fn near(&self, lexicon: &Lexicon, word: &str, capital: bool) -> Option<&str> {
        let names = &self.by_letter[(word.as_bytes()[0] - b'a') as usize];
        let mut near = names.iter().filter(|used| (capital || !used.brand) && lexicon.may_misspell(word, &used.name, used.edits));
        let first = near.next()?;
        near.next().is_none().then_some(first.name.as_str())
    }
}

/// What joins a word to what stands beside it.
enum Joint {
    None,
    /// `trimethoprim-`, `non-`: the word is whole.
    Name,
    /// `17β-`, `(R)-`: a medicine or any other substance.
    Locant,
    /// The word is a part of a longer term, an address or an identifier.
    Part,
}

fn joint(lexicon: &Lexicon, text: &str, start: usize, end: usize) -> Joint {
    let bytes = text.as_bytes();
    let before = start.checked_sub(1).map_or(b' ', |i| bytes[i]);
    let after = bytes.get(end).copied().unwrap_or(b' ');
    // A number behind the full stop is a flattened citation.
    let address = after == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic);
    if matches!(before, b'_' | b'@' | b'#' | b'\\' | b'\'' | b'&' | b'.') || matches!(after, b'_' | b'@' | b'\\') || address {
        return Joint::Part;
    }
    if before != b'-' {
        return Joint::None;
    }
    let head = &text[sentences::near(text, start - 1..start - 1, LONGEST_HEAD).start..start - 1];
    let head = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(head);
    let mut letters = head.chars();
    let first = letters.next();
    let short = letters.clone().count() < 4;
    match head {
        "non" | "Non" | "pre" | "post" | "cis" => Joint::Name,
        "" | "trans" => Joint::Locant,
        _ if letters.next().is_none() || first.is_some_and(|c| c.is_ascii_digit()) && short => Joint::Locant,
        _ if lexicon.longest_at(head, 0).is_some_and(|(end, _)| end == head.len()) => Joint::Name,
        _ => Joint::Part,
    }
}

/// How far a name before a hyphen is followed, in bytes.
const LONGEST_HEAD: usize = 30;

/// `Dr Warfrin`, `Warfrin et al`.
fn is_person(text: &str, place: Place) -> bool {
    let before = text[..place.start as usize].trim_end();
    let title = before.rsplit(|c: char| !c.is_ascii_alphabetic() && c != '.').next().unwrap_or(before);
    let after = &text[place.end as usize..];
    matches!(title.trim_end_matches('.'), "Dr" | "Drs" | "Prof" | "Professor" | "Mr" | "Mrs" | "Ms")
        || [" et al", " and colleagues", " and coworkers", " and co-workers"].iter().any(|words| after.starts_with(words))
}

/// Whether an amount stands right before or behind, or what is done with a medicine.
fn is_given(text: &str, place: Place) -> bool {
    const UNITS: [&str; 11] = ["mg", "mcg", "µg", "μg", "ug", "g", "mL", "ml", "IU", "units", "%"];
    const USES: [&str; 11] =
        ["administration", "dose", "doses", "infiltration", "infusion", "injection", "tablets", "therapy", "treatment", "usage", "use"];
    let first = |words: &str| words.find(|c: char| !c.is_alphabetic() && c != '%').unwrap_or(words.len());
    let unit = |words: &str| UNITS.contains(&&words[..first(words)]);
    let told = |words: &str| {
        let words = words.trim_start_matches([' ', '(', '\u{a0}']);
        let amount = words.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '-' | '–'));
        words.starts_with(|c: char| c.is_ascii_digit()) && unit(amount) || USES.contains(&&words[..first(words)])
    };
    let behind = &text[place.end as usize..sentences::near(text, place.range(), REACH).end];
    // A brand or a maker may stand between: `Atorvatatin (Lipitor) 20 mg`.
    let bracketed = behind.split_once(')').filter(|(inside, _)| inside.trim_start().starts_with('('));
    let before = text[..place.start as usize].trim_end();
    let before = before.strip_suffix(" of").unwrap_or(before);
    let number = before.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '%' | '/'));
    let numbered = number.trim_end().ends_with(|c: char| c.is_ascii_digit());
    told(behind) || bracketed.is_some_and(|(_, rest)| told(rest)) || numbered && unit(&before[number.len()..])
}

/// How far behind a name its dose is looked for, in bytes.
const REACH: usize = 80;

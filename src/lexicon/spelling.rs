//! Which name of a medicine a word misspells: it is one letter away from it, by one letter lost, added, changed or swapped.
//!
//! Almost every word of a text is asked, so a word is looked up by all words that it becomes when a letter is lost: two words
//! one edit apart share one of these or are one themselves. They are hashed as the word is read, never written.

use std::collections::HashSet;

/// Names that are corrected to; made from `medicines.tsv` by `tests/lexicon`.
static NAMES: &str = include_str!("spelled.txt");
static JUDGED: &str = include_str!("spelling.tsv");

/// Bytes of the words that are looked at.
const SHORTEST: usize = 6;
const LONGEST: usize = 28;

/// Slots of the table, about twice as many as there are shortened names.
const SLOTS: usize = 1 << 16;

/// Bits of a slot that hold the number of a name; the rest is a part of the hash.
const NUMBER: u32 = 12;

pub struct Spelling {
    names: Vec<&'static str>,
    /// Open addressing: the number of a name counted from 1, beneath a part of the hash of the name less one letter.
    slots: Vec<u32>,
    near_words: HashSet<&'static str>,
}

impl Spelling {
    /// Takes a part of a millisecond, and happens when a first word is looked up.
    pub fn new() -> Self {
        let names: Vec<&str> = NAMES.lines().collect();
        let near_words = JUDGED.lines().filter_map(|line| line.strip_suffix("\tnear")).collect();
        let mut spelling = Self { names, slots: vec![0; SLOTS], near_words };
        for number in 0..spelling.names.len() {
            let name = spelling.names[number];
            spelling.put(hash(name.bytes()), number);
            shortened(name.as_bytes(), |hash| spelling.put(hash, number));
        }
        spelling
    }

    fn put(&mut self, hash: u64, number: usize) {
        let (mut slot, part) = split(hash);
        while self.slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = part | (number as u32 + 1);
    }

    /// The names that a lower-case word is a letter away from, in order. The last letter is not looked at: there a word of
    /// another language, a plural or an adjective differs.
    pub fn misspelled(&self, word: &str) -> Vec<&'static str> {
        if !self.may_be_misspelled(word) {
            return Vec::new();
        }
        let mut found: [Option<usize>; 4] = [None; 4];
        self.numbers(hash(word.bytes()), &mut found);
        shortened(word.as_bytes(), |hash| self.numbers(hash, &mut found));
        let names = found.into_iter().flatten().map(|number| self.names[number]);
        let mut near: Vec<&str> = names.filter(|name| is_within(word.as_bytes(), name.as_bytes(), 1)).collect();
        if near.iter().any(|name| differs_in_ending(word, name) || is_variant(word, name)) {
            return Vec::new();
        }
        near.sort_unstable();
        near
    }

    /// Whether a lower-case word may misspell a name that is known to be meant, by that many letters. More than one letter is
    /// believed only where beginning and end are right.
    pub fn is_near(&self, word: &str, name: &str, edits: usize) -> bool {
        let ends = |text: &str| (text.as_bytes()[0], text.as_bytes()[text.len() - 2], text.as_bytes()[text.len() - 1]);
        word.len().abs_diff(name.len()) <= edits
            && self.may_be_misspelled(word)
            && (edits == 1 || ends(word) == ends(name))
            && is_within(word.as_bytes(), name.as_bytes(), edits)
            && !differs_in_ending(word, name)
            && !is_variant(word, name)
    }

    fn may_be_misspelled(&self, word: &str) -> bool {
        (SHORTEST..=LONGEST).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !is_inflected(word)
            && !self.near_words.contains(word)
    }

    /// Adds the names under a hash, each once.
    fn numbers(&self, hash: u64, found: &mut [Option<usize>; 4]) {
        let (mut slot, part) = split(hash);
        while self.slots[slot] != 0 {
            let entry = self.slots[slot];
            let number = (entry & ((1 << NUMBER) - 1)) as usize - 1;
            let met = entry >> NUMBER == part >> NUMBER && !found.contains(&Some(number));
            if let Some(free) = found.iter_mut().find(|known| met && known.is_none()) {
                *free = Some(number);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

const BASE: u64 = 0x0100_0000_01b3;

fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0, |hash, byte| hash.wrapping_mul(BASE).wrapping_add(byte.into()))
}

/// The hashes of a word less one of its letters.
fn shortened(word: &[u8], mut take: impl FnMut(u64)) {
    // From the back: the hash of what stands behind the letter, and the factor that makes room for it.
    let mut before = hash(word.iter().copied());
    let inverse = const { inverse(BASE) };
    let (mut behind, mut room) = (0u64, 1u64);
    for &byte in word.iter().rev() {
        before = before.wrapping_sub(byte.into()).wrapping_mul(inverse);
        take(before.wrapping_mul(room).wrapping_add(behind));
        behind = behind.wrapping_add(room.wrapping_mul(byte.into()));
        room = room.wrapping_mul(BASE);
    }
}

/// The number by which an odd one gives 1, modulo 2⁶⁴.
const fn inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut round = 0;
    while round < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        round += 1;
    }
    inverse
}

/// The slot of a hash, and the part of it that is kept there.
fn split(hash: u64) -> (usize, u32) {
    let mixed = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 48) as usize % SLOTS, (mixed >> 12) as u32 & !((1 << NUMBER) - 1))
}

/// Forms of English words that no name of a medicine has: most long words are dismissed by them.
fn is_inflected(word: &str) -> bool {
    let bytes = word.as_bytes();
    match &bytes[bytes.len() - 4..] {
        // Errors in pemetrexed, furosemide, fentanyl and bupropion.
        [_, b'x' | b'i', b'e', b'd'] | [_, b'n', b'l', b'y'] | [b'p', b'i', b'o', b'n'] => false,
        [_, _, b'e', b'd'] | [_, _, b'l', b'y'] | [_, _, b't', b'y'] | [_, _, b'n', b'g'] | [_, b'i', b'o', b'n'] => true,
        [_, _, a, b's'] => !matches!(a, b'u' | b'i'),
        _ => false,
    }
}

/// Whether so many times, at most, a letter is lost, added or changed, or two neighbours are swapped.
fn is_within(a: &[u8], b: &[u8], edits: usize) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - behind], &b[..b.len() - behind]);
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len()) <= edits;
    }
    let Some(left) = edits.checked_sub(1) else { return false };
    let swapped = matches!((a, b), ([first, second, ..], [other, another, ..]) if first == another && second == other);
    is_within(&a[1..], &b[1..], left)
        || is_within(&a[1..], b, left)
        || is_within(a, &b[1..], left)
        || swapped && is_within(&a[2..], &b[2..], left)
}

/// Whether the last letter alone is another, lost or added.
fn differs_in_ending(word: &str, name: &str) -> bool {
    let (short, long) = if word.len() < name.len() { (word, name) } else { (name, word) };
    let common = if short.len() == long.len() { short.len() - 1 } else { short.len() };
    short[..common] == long[..common]
}

/// Whether two spellings differ only as British and American ones do, or old and new: `sulph` and `sulf`, `oe` and `e`, `y` and `i`.
fn is_variant(word: &str, name: &str) -> bool {
    let plain = |word: &str| word.replace("ph", "f").replace("oe", "e").replace("ae", "e").replace('y', "i");
    plain(word) == plain(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_a_letter_away_from_a_name() {
        let spelling = Spelling::new();
        let table = [
            ("lapatanib", Some("lapatinib")),
            ("metformmin", Some("metformin")),
            ("metfrmin", Some("metformin")),
            ("metofrmin", Some("metformin")),
            ("metformin", None),
            ("metformins", None),
            ("heparina", None),
            ("gefitiniib", Some("gefitinib")),
            ("acclovir", Some("aciclovir")),
            ("furosemied", Some("furosemide")),
            ("fentanly", Some("fentanyl")),
            ("buprpion", Some("bupropion")),
            ("sulphasalazine", None),
            ("examine", None),
            ("methanol", None),
            ("secretion", None),
            ("retinal", None),
            ("patient", None),
            ("x", None),
            ("µmetfrmin", None),
        ];
        for (word, want) in table {
            assert_eq!(spelling.misspelled(word).first().copied(), want, "on {word}");
        }
    }

    #[test]
    fn words_near_a_name_that_is_meant() {
        let spelling = Spelling::new();
        let table = [
            ("metfrmin", "metformin", 1, true),
            ("hydroxcloroquine", "hydroxychloroquine", 2, true),
            ("hidroxycloroquine", "hydroxychloroquine", 2, true),
            ("hydroxychloroquine", "hydroxychloroquine", 2, false),
            ("droxychloroquine", "hydroxychloroquine", 2, false),
            ("hydroxychloroquinol", "hydroxychloroquine", 2, false),
            ("hydrxchlrquine", "hydroxychloroquine", 2, false),
            ("calcidiol", "calcitriol", 2, false),
        ];
        for (word, name, edits, want) in table {
            assert_eq!(spelling.is_near(word, name, edits), want, "on {word}");
        }
    }

    #[test]
    fn every_name_can_be_numbered_and_is_none_of_its_own_errors() {
        let spelling = Spelling::new();
        assert!(spelling.names.len() < (1 << NUMBER) - 1);
        for name in &spelling.names {
            assert!((SHORTEST + 1..=LONGEST + 8).contains(&name.len()), "{name}");
        }
    }
}

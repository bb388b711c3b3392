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

    /// The one name that a lower-case word is a letter away from. The last letter is not looked at: there a word of another
    /// language, a plural or an adjective differs.
    pub fn misspelled(&self, word: &str) -> Option<&'static str> {
        if !(SHORTEST..=LONGEST).contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) || is_inflected(word) {
            return None;
        }
        let mut found: [Option<usize>; 4] = [None; 4];
        self.numbers(hash(word.bytes()), &mut found);
        shortened(word.as_bytes(), |hash| self.numbers(hash, &mut found));
        let near = || found.into_iter().flatten().map(|number| self.names[number]).filter(|name| is_one_edit(word, name));
        // Of two spellings of one name, such as aciclovir and acyclovir, the first will do.
        let name = near().min()?;
        let certain = near().all(|other| is_variant(other, name) && !differs_in_ending(word, other) && !is_variant(word, other));
        (certain && !self.near_words.contains(word)).then_some(name)
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
    match &bytes[bytes.len() - 3..] {
        [b'x', b'e', b'd'] => false,
        [_, b'e', b'd'] | [_, b'l', b'y'] | [_, b't', b'y'] | [_, b'n', b'g'] | [b'i', b'o', b'n'] => true,
        [_, a, b's'] => !matches!(a, b'u' | b'i'),
        _ => false,
    }
}

/// Whether one letter is lost, added or changed, or two neighbours are swapped.
fn is_one_edit(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - behind], &b[..b.len() - behind]) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([first, second], [other, another]) => first == another && second == other,
        _ => false,
    }
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
            assert_eq!(spelling.misspelled(word), want, "on {word}");
        }
    }

    #[test]
    fn every_name_can_be_numbered_and_is_none_of_its_own_errors() {
        let spelling = Spelling::new();
        assert!(spelling.names.len() < (1 << NUMBER) - 1);
        for name in &spelling.names {
            assert!(!is_one_edit(name, name));
            assert!((SHORTEST + 1..=LONGEST + 8).contains(&name.len()), "{name}");
        }
    }
}

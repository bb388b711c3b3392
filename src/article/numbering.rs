//! How the numbers of the text and the numbers of the list fit together.

use std::collections::{BTreeMap, BTreeSet};

use super::citations::Citations;
use super::references::References;

/// What several rules ask of the numbers, worked out once.
#[derive(Debug, Default)]
pub struct Numbering {
    /// The printed numbers of the list.
    pub listed: BTreeSet<u32>,
    /// Every number cited, with the index of the first group that cites it.
    pub cited: BTreeMap<u32, usize>,
}

impl Numbering {
    /// Compares the numbers of the text with those of the list.
    pub fn new(citations: &Citations, references: &References) -> Self {
        let listed = references.entries.iter().filter_map(|entry| entry.number).collect();
        let mut cited = BTreeMap::new();
        for (i, group) in citations.groups.iter().enumerate() {
            for &number in &group.numbers {
                cited.entry(number).or_insert(i);
            }
        }
        Self { listed, cited }
    }

    /// The highest number of the list.
    pub fn highest(&self) -> Option<u32> {
        self.listed.last().copied()
    }

    /// Numbers between the lowest and the highest of the list that no entry has. Where two printed numbers are far apart, one
    /// of them is a misprint, and nothing is missing between them.
    pub fn missing(&self) -> impl Iterator<Item = u32> {
        const WIDEST: u32 = 500;
        let pairs = self.listed.iter().zip(self.listed.iter().skip(1));
        pairs.filter(|(a, b)| *b - *a <= WIDEST).flat_map(|(&a, &b)| a + 1..b)
    }

    /// Cited numbers without an entry, in rising order. Empty where the list has no numbers.
    pub fn undefined(&self) -> impl Iterator<Item = u32> {
        let numbered = !self.listed.is_empty();
        self.cited.keys().copied().filter(move |number| numbered && !self.listed.contains(number))
    }
}

/// Numbers as a sentence has them: `3`, `3 and 4`, `1 to 5, 7 and 9`.
pub fn in_words(numbers: &[u32]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut i = 0;
    while i < numbers.len() {
        let mut j = i;
        while j + 1 < numbers.len() && numbers[j + 1] == numbers[j] + 1 {
            j += 1;
        }
        if j - i >= 2 {
            parts.push(format!("{} to {}", numbers[i], numbers[j]));
        } else {
            parts.extend(numbers[i..=j].iter().map(u32::to_string));
        }
        i = j + 1;
    }
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misprint_leaves_no_gap_of_millions() {
        let listed = [1, 2, 4, u32::MAX - 1, u32::MAX].into();
        let numbering = Numbering { listed, ..Numbering::default() };
        assert_eq!(numbering.missing().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn numbers_in_words() {
        assert_eq!(in_words(&[3]), "3");
        assert_eq!(in_words(&[3, 4]), "3 and 4");
        assert_eq!(in_words(&[1, 2, 3, 4, 7, 9]), "1 to 4, 7 and 9");
    }
}

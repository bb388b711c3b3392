//! The longest common subsequence of two texts, 64 characters at a time.

use super::LONGEST;

/// The words of 64 bits that hold the longest text.
const WORDS: usize = LONGEST.div_ceil(64);

/// A text to hold others against: for each of its characters, where it stands, a bit for each place.
///
/// The row of the usual table, in which each cell is at most one more than the one before it, is kept as bits: those places are
/// zero where it rises (Hyyrö 2004).
pub(in super::super) struct Pattern {
    length: usize,
    places: Vec<(char, [u64; WORDS])>,
}

impl Pattern {
    pub(in super::super) fn new(text: &str) -> Self {
        let mut places: Vec<(char, [u64; WORDS])> = Vec::new();
        let mut length = 0;
        for (at, c) in text.chars().take(LONGEST).enumerate() {
            let found = places.binary_search_by_key(&c, |(c, _)| *c).unwrap_or_else(|at| {
                places.insert(at, (c, [0; WORDS]));
                at
            });
            places[found].1[at / 64] |= 1 << (at % 64);
            length += 1;
        }
        Self { length, places }
    }

    /// Twice the longest common run of characters in order, over the sum of both lengths.
    pub(in super::super) fn ratio(&self, other: &str) -> f64 {
        let words = self.length.div_ceil(64);
        let mut row = [u64::MAX; WORDS];
        let mut length = 0;
        for c in other.chars().take(LONGEST) {
            length += 1;
            let Ok(found) = self.places.binary_search_by_key(&c, |(c, _)| *c) else { continue };
            let mut carry = false;
            for (row, place) in row.iter_mut().zip(&self.places[found].1).take(words) {
                let (sum, first) = row.overflowing_add(*row & place);
                let (sum, second) = sum.overflowing_add(u64::from(carry));
                carry = first || second;
                *row = sum | (*row & !place);
            }
        }
        let rises: u32 = row.iter().map(|row| row.count_zeros()).sum();
        if self.length + length == 0 { 0.0 } else { 2.0 * f64::from(rises) / (self.length + length) as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by the usual table.
    fn plainly(one: &str, other: &str) -> f64 {
        let [one, other] = [one, other].map(|text| text.chars().take(LONGEST).collect::<Vec<char>>());
        let mut row = vec![0_u16; other.len() + 1];
        for a in &one {
            let mut diagonal = 0;
            for (at, b) in other.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
                diagonal = above;
            }
        }
        2.0 * f64::from(row[other.len()]) / (one.len() + other.len()) as f64
    }

    #[test]
    fn bits_and_table_agree() {
        let long = "vitamin d and bone pain in older adults µ ".repeat(12);
        let texts = ["a", "été", "vitamin d and bone pain", "bone pain and vitamin d in the elderly", &long, &long[17..], "痛み"];
        for one in texts {
            for other in texts {
                let (found, expected) = (Pattern::new(one).ratio(other), plainly(one, other));
                assert!((found - expected).abs() < 1e-9, "{one} / {other}: {found}, not {expected}");
            }
        }
        assert!(Pattern::new("").ratio("é") < f64::EPSILON && Pattern::new("é").ratio("") < f64::EPSILON);
    }
}

//! Telling most words of a text from those of a list by their shape, before one is looked up.

/// Which first and last letters and lengths the words of a list have, in any case.
pub struct Shapes([u64; 256]);

impl Shapes {
    /// The shapes of words.
    pub const fn of(words: &[&str]) -> Self {
        let mut shapes = [0; 256];
        let mut i = 0;
        while i < words.len() {
            if let Some((ends, length)) = shape(words[i]) {
                shapes[ends] |= length;
            }
            i += 1;
        }
        Self(shapes)
    }

    /// Whether a word has the shape of one of them; few others have.
    pub fn may_hold(&self, word: &str) -> bool {
        shape(word).is_some_and(|(ends, length)| self.0[ends] & length != 0)
    }
}

/// A slot for the first and last byte, and a bit for the length.
const fn shape(word: &str) -> Option<(usize, u64)> {
    let ([first, ..], [.., last]) = (word.as_bytes(), word.as_bytes()) else { return None };
    let ends = first.to_ascii_lowercase().wrapping_mul(31).wrapping_add(last.to_ascii_lowercase());
    Some((ends as usize, 1 << (word.len() % 64)))
}

/// A list of words that are met in any case.
pub struct WordList {
    words: &'static [&'static str],
    shapes: Shapes,
}

impl WordList {
    /// A list of words.
    pub const fn new(words: &'static [&'static str]) -> Self {
        Self { words, shapes: Shapes::of(words) }
    }

    /// Whether a word is one of them.
    pub fn holds(&self, word: &str) -> bool {
        self.shapes.may_hold(word) && self.words.iter().any(|known| known.eq_ignore_ascii_case(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_their_shape() {
        static LIST: WordList = WordList::new(&["tumour", "µg", ""]);
        let words = ["tumour", "Tumour", "tinder", "trauma", "tumor", "µg", "µm", "mg", ""];
        assert_eq!(words.map(|word| LIST.shapes.may_hold(word)), [true, true, true, false, false, true, false, false, false]);
        assert_eq!(words.map(|word| LIST.holds(word)), [true, true, false, false, false, true, false, false, false]);
    }
}

//! The first letters of all names, so that most words of a text are not looked up at all.

use fst::raw::Fst;

/// Letters of a beginning.
const LETTERS: usize = 4;

/// Bits of the filter: about ten for each beginning.
const BITS: usize = 1 << 17;

/// A filter over the first four letters of the names. It may say yes in vain, and never no to a name.
pub struct Beginnings(Vec<u64>);

impl Beginnings {
    /// Walks the automaton as deep as the beginnings are long.
    pub fn of<D: AsRef<[u8]>>(names: &Fst<D>) -> Self {
        let mut filter = Self(vec![0; BITS / 64]);
        let mut open = vec![(names.root().addr(), [0; LETTERS], 0)];
        while let Some((address, letters, depth)) = open.pop() {
            if depth == LETTERS {
                let bit = bit(letters);
                filter.0[bit / 64] |= 1 << (bit % 64);
                continue;
            }
            for step in names.node(address).transitions() {
                if step.inp.is_ascii_lowercase() {
                    let mut letters = letters;
                    letters[depth] = step.inp;
                    open.push((step.addr, letters, depth + 1));
                }
            }
        }
        filter
    }

    /// Whether a name may start here. Only words of four plain letters and more can be told.
    pub fn may_start(&self, text: &[u8]) -> bool {
        let Some(&letters) = text.first_chunk::<LETTERS>() else { return true };
        if !letters.iter().all(u8::is_ascii_alphabetic) {
            return true;
        }
        let bit = bit(letters.map(|letter| letter.to_ascii_lowercase()));
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// Multiplicative hashing by the golden ratio.
fn bit(letters: [u8; LETTERS]) -> usize {
    (u32::from_le_bytes(letters).wrapping_mul(0x9e37_79b9) >> (32 - BITS.trailing_zeros())) as usize
}

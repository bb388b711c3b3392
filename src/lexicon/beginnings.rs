//! The beginnings of all names, so that most words of a text are not looked up at all.

use std::borrow::Cow;
use std::collections::HashSet;

use fst::raw::Fst;

/// Bytes of a beginning: so many words of medicine share four letters with a name, and so few share eight.
const LENGTH: usize = 8;

/// Bits of the filter: about twenty-five for each beginning.
const BITS: usize = 1 << 19;

/// A filter over the first eight bytes of the names. It may say yes in vain, and never no to a name.
pub struct Beginnings(Cow<'static, [u8]>);

impl Beginnings {
    /// The filter of an automaton, which is walked as deep as the beginnings are long. A shorter name is filled up with zeros.
    pub fn of<D: AsRef<[u8]>>(names: &Fst<D>) -> Self {
        let mut found = HashSet::new();
        let mut open = vec![(names.root().addr(), [0; LENGTH], 0)];
        while let Some((address, bytes, depth)) = open.pop() {
            let node = names.node(address);
            if depth == LENGTH || node.is_final() {
                found.insert(bytes);
            }
            if depth < LENGTH {
                for step in node.transitions() {
                    let mut bytes = bytes;
                    bytes[depth] = step.inp;
                    open.push((step.addr, bytes, depth + 1));
                }
            }
        }
        let mut bits = vec![0; BITS / 8];
        for bytes in found {
            let bit = bit(u64::from_le_bytes(bytes));
            bits[bit / 8] |= 1 << (bit % 8);
        }
        Self(bits.into())
    }

    /// The filter that [`bytes`](Self::bytes) once gave.
    pub(super) fn embedded(bytes: &'static [u8; BITS / 8]) -> Self {
        Self(Cow::Borrowed(bytes))
    }

    /// The filter as bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether a name may start here. What is not plain, or may fold into fewer bytes, is always looked up.
    pub(super) fn may_start(&self, text: &[u8]) -> bool {
        let Some(bytes) = text.first_chunk::<LENGTH>() else { return true };
        if !bytes.is_ascii() {
            return true;
        }
        let folded = u64::from_le_bytes(bytes.map(|byte| FOLDED[usize::from(byte)]));
        if self.holds(folded) {
            return true;
        }
        // A shorter name ends where a word does.
        let gaps = bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii_alphanumeric()).fold(0_u32, |gaps, (i, _)| gaps | 1 << i);
        let mut ends = (gaps | 1 << LENGTH) & !1;
        while ends != 0 {
            let end = ends.trailing_zeros() as usize;
            ends &= ends - 1;
            let wide = end + 1 < LENGTH && bytes[end].is_ascii_whitespace() && bytes[end + 1].is_ascii_whitespace();
            let bare = without_superscript(&bytes[..end]);
            if wide || end < LENGTH && self.holds(cut(folded, end)) || bare < end && self.holds(cut(folded, bare)) {
                return true;
            }
        }
        false
    }

    fn holds(&self, beginning: u64) -> bool {
        let bit = bit(beginning);
        self.0[bit / 8] >> (bit % 8) & 1 == 1
    }
}

/// What each byte of a text is in the names.
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        folded[byte] = if (byte as u8).is_ascii_whitespace() { b' ' } else { (byte as u8).to_ascii_lowercase() };
        byte += 1;
    }
    folded
};

/// The first bytes of a beginning, filled up with zeros; `length` is below [`LENGTH`].
fn cut(beginning: u64, length: usize) -> u64 {
    beginning & ((1 << (8 * length)) - 1)
}

/// The length of a word without the superscript that may be glued to it: `yervoy4`, `YervoyTM`, cut off as `TarcevaT`.
fn without_superscript(word: &[u8]) -> usize {
    match word {
        [.., b'T', b'M'] => word.len() - 2,
        [.., b'T'] if word.len() == LENGTH => word.len() - 1,
        [.., b'0'..=b'9'] => word.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1),
        _ => word.len(),
    }
}

/// Multiplicative hashing by the golden ratio.
fn bit(beginning: u64) -> usize {
    (beginning.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_passed_over() {
        let names = ["5-fu", "asa", "co-amoxiclav", "lu aa21004", "t-dm1", "tarceva", "warfarin"];
        let filter = Beginnings::of(&Fst::from_iter_set(names).expect("sorted names"));
        for text in [
            "5-FU µ",
            "ASA, and",
            "Co-Amoxiclav",
            "Lu\nAA21004",
            "Lu  AA21004",
            "T-DM1.",
            "warfarin",
            "asa",
            "wa",
            "Tarceva12,13",
            "TarcevaTM and",
            "warfarin4",
        ] {
            assert!(filter.may_start(text.as_bytes()), "{text}");
        }
        let texts = ["the drug", "of it all", "asap, please", "warfare is", "warm water", "5 mg a day"];
        assert_eq!(texts.iter().filter(|text| filter.may_start(text.as_bytes())).count(), 0);
    }
}

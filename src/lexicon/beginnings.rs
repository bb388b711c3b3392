//! The beginnings of all names, so that most words of a text are not looked up at all.

use fst::raw::Fst;

/// Bytes of a beginning.
const LENGTH: usize = 4;

/// Bits of the filter: about ten for each beginning.
const BITS: usize = 1 << 17;

/// A filter over the first four bytes of the names. It may say yes in vain, and never no to a name.
pub struct Beginnings(Vec<u64>);

impl Beginnings {
    /// Walks the automaton as deep as the beginnings are long. A shorter name is filled up with zeros.
    pub fn of<D: AsRef<[u8]>>(names: &Fst<D>) -> Self {
        let mut filter = Self(vec![0; BITS / 64]);
        let mut open = vec![(names.root().addr(), [0; LENGTH], 0)];
        while let Some((address, bytes, depth)) = open.pop() {
            let node = names.node(address);
            if depth == LENGTH || node.is_final() {
                let bit = bit(bytes);
                filter.0[bit / 64] |= 1 << (bit % 64);
            }
            if depth < LENGTH {
                for step in node.transitions() {
                    let mut bytes = bytes;
                    bytes[depth] = step.inp;
                    open.push((step.addr, bytes, depth + 1));
                }
            }
        }
        filter
    }

    /// Whether a name may start here. What is not plain, or may fold into fewer bytes, is always looked up.
    pub fn may_start(&self, text: &[u8]) -> bool {
        let Some(bytes) = text.first_chunk::<LENGTH>() else { return true };
        let gaps = bytes.windows(2).any(|pair| pair.iter().all(u8::is_ascii_whitespace));
        if gaps || !bytes.is_ascii() {
            return true;
        }
        let folded = bytes.map(|byte| if byte.is_ascii_whitespace() { b' ' } else { byte.to_ascii_lowercase() });
        let word = folded.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(LENGTH);
        let mut short = [0; LENGTH];
        short[..word].copy_from_slice(&folded[..word]);
        self.holds(folded) || word < LENGTH && self.holds(short)
    }

    fn holds(&self, bytes: [u8; LENGTH]) -> bool {
        let bit = bit(bytes);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// Multiplicative hashing by the golden ratio.
fn bit(bytes: [u8; LENGTH]) -> usize {
    (u32::from_le_bytes(bytes).wrapping_mul(0x9e37_79b9) >> (32 - BITS.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_passed_over() {
        let names = ["5-fu", "asa", "co-amoxiclav", "lu aa21004", "t-dm1", "warfarin"];
        let filter = Beginnings::of(&Fst::from_iter_set(names).expect("sorted names"));
        for text in ["5-FU µ", "ASA, and", "Co-Amoxiclav", "Lu\nAA21004", "Lu  AA21004", "T-DM1.", "warfarin", "asa", "wa"] {
            assert!(filter.may_start(text.as_bytes()), "{text}");
        }
        let passed = ["the drug", "of it", "asap", "warm", "5 mg"].iter().filter(|text| filter.may_start(text.as_bytes())).count();
        assert_eq!(passed, 0);
    }
}

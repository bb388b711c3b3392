//! The embedded names. `tests/lexicon/compile.rs` writes the three files, and a test compares them.
//!
//! `medicines.fst` leads from a lower-case name to a byte of `medicines.bin`. That file holds the number of ingredient keys
//! (`u32`), one offset more than there are keys (`u32` each, from the end of the offsets), the keys, and the entries: kind,
//! flags (standing, guard, guessed case), the name behind its length, and the readings behind their number, each a number
//! of `u16` keys. Numbers are little-endian. `medicines.beginnings` is the filter that tells which words to look up.

use super::{Entry, Guard, Kind, Standing};

pub static NAMES: &[u8] = include_bytes!("medicines.fst");
pub static BEGINNINGS: &[u8; 1 << 16] = include_bytes!("medicines.beginnings");
static ENTRIES: &[u8] = include_bytes!("medicines.bin");

/// The entry at a byte that the automaton gave.
pub fn entry(at: u32) -> Entry {
    let mut bytes = Bytes(at as usize);
    let kind = bytes.u8();
    let flags = bytes.u8();
    let length = bytes.u8() as usize;
    let name = bytes.text(length);
    let readings = (0..bytes.u8()).map(|_| (0..bytes.u8()).map(|_| key(bytes.u16())).collect()).collect();
    Entry {
        name,
        kind: [Kind::Generic, Kind::Salt, Kind::Biosimilar, Kind::Suffixed, Kind::Brand, Kind::Abbreviation, Kind::Regimen][kind as usize],
        standing: [Standing::Current, Standing::Former, Standing::Unapproved][(flags & 3) as usize],
        guard: [None, Some(Guard::Word), Some(Guard::GivenName), Some(Guard::Substance)][(flags >> 2 & 3) as usize],
        case_attested: flags >> 4 & 1 == 0,
        readings,
    }
}

fn key(index: u16) -> String {
    let count = Bytes(0).u32() as usize;
    let mut bytes = Bytes(4 + 4 * index as usize);
    let (start, end) = (bytes.u32() as usize, bytes.u32() as usize);
    Bytes(8 + 4 * count + start).text(end - start)
}

/// Reads on from a byte of the entries.
struct Bytes(usize);

impl Bytes {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let bytes = ENTRIES[self.0..self.0 + N].try_into().expect("as many bytes as asked for");
        self.0 += N;
        bytes
    }

    fn u8(&mut self) -> u8 {
        self.take::<1>()[0]
    }

    fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }

    fn text(&mut self, length: usize) -> String {
        let text = String::from_utf8_lossy(&ENTRIES[self.0..self.0 + length]).into_owned();
        self.0 += length;
        text
    }
}

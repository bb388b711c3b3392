//! Medicine names in the running text: where each stands, what it is, and how it is written.

mod makers;
mod mismatch;
mod misspelled;
mod naming;
mod pairs;
mod salts;
mod scan;

use std::sync::Arc;

use crate::article::references::References;
use crate::document::{Block, Document, Place};
use crate::lexicon::{Entry, Guard, Kind, Lexicon};
use crate::source::Span;

pub use mismatch::{between, mismatches};
pub use misspelled::{Misspelled, misspelled};
pub use naming::{is_explained_beside, rename};
pub use pairs::{Pair, is_connector, pairs};
pub use salts::{ShortSalt, short_salts};

/// A medicine name where it stands.
#[derive(Debug, Clone)]
pub struct Medicine {
    pub place: Place,
    pub span: Span,
    /// What is known of the name; shared by all mentions of it.
    pub entry: Arc<Entry>,
    /// The trademark symbol behind it, in whatever form: `®`, `™`, `(R)`.
    pub symbol: Option<Place>,
    pub setting: Setting,
    /// The words are those of another: a quotation, or a block quotation.
    pub quoted: bool,
    /// The name starts its block, a sentence or a line, or follows a colon or a dash.
    pub leads: bool,
    /// A product named with its maker, as in `(Betadine; Purdue, Stamford)`.
    pub with_maker: bool,
}

/// In what kind of text a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Heading,
    TableHead,
    TableCell,
    ListItem,
    Footnote,
    Running,
}

impl Medicine {
    /// What the lexicon says the name is.
    pub fn kind(&self) -> Kind {
        self.entry.kind
    }

    /// Whether the name belongs to a firm.
    pub fn is_brand(&self) -> bool {
        self.entry.kind == Kind::Brand
    }

    /// A nonproprietary name that belongs to a medicine and nothing else.
    pub fn is_plain_generic(&self) -> bool {
        self.entry.kind.is_nonproprietary() && self.entry.guard != Some(Guard::Substance)
    }

    /// Vaccines, blood products and the like, whose names are descriptions that every register words otherwise.
    pub fn is_described(&self) -> bool {
        const WORDS: [&str; 14] = [
            "vaccine",
            "virus",
            "toxoid",
            "toxin",
            "antigen",
            "globulin",
            "factor",
            "allergen",
            "plasma",
            "antiven",
            "extract",
            "cell",
            "microspheres",
            "botulinum",
        ];
        self.entry.readings.iter().flatten().any(|key| WORDS.iter().any(|word| key.contains(word)))
    }

    /// Where the name with its symbol ends in the block.
    pub fn end(&self) -> usize {
        self.symbol.map_or(self.place.end, |symbol| symbol.end) as usize
    }

    /// Both contain the same substance, as far as their names tell.
    pub fn shares_ingredient(&self, other: &Medicine) -> bool {
        let mine = self.entry.readings.iter().flatten();
        mine.into_iter().any(|a| other.entry.readings.iter().flatten().any(|b| are_related(a, b)))
    }
}

/// Whether two ingredient keys name one substance with more or less detail: `insulin` and `insulin glargine`.
fn are_related(a: &str, b: &str) -> bool {
    fn words(key: &str) -> Vec<&str> {
        key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(|word| word.trim_end_matches('s')).collect()
    }
    if a == b {
        return true;
    }
    // A name that is also the name of its class: tinzaparin is a heparin.
    const CLASSES: [(&str, &str); 4] =
        [("heparin", "parin"), ("penicillin", "cillin"), ("amphetamine", "amphetamine"), ("amphetamine", "amfetamine")];
    if CLASSES.iter().any(|(class, ending)| a == *class && b.ends_with(ending) || b == *class && a.ends_with(ending)) {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (words(a), words(b)) } else { (words(b), words(a)) };
    let derived = |base: &str, other: &str| ["peg", "dextro"].iter().any(|prefix| other.strip_prefix(prefix) == Some(base));
    short.iter().all(|word| long.iter().any(|other| word == other || derived(word, other)))
}

/// Finds the medicine names of the text, in reading order. Code, addresses and the reference list are not read.
pub fn read(document: &Document, references: &References, lexicon: &Lexicon) -> Vec<Medicine> {
    let mut scanner = scan::Scanner::new(lexicon);
    let mut out = Vec::new();
    for (index, block) in references.apart(document) {
        let first = out.len();
        scanner.block(index, block, &mut out);
        keep_proven(block, &mut out, first);
        makers::mark(block.text(), &mut out[first..]);
    }
    out
}

/// Brands that are words or given names count only with a trademark symbol, or in one pair with their own generic.
fn keep_proven(block: &Block, out: &mut Vec<Medicine>, first: usize) {
    let text = block.text();
    let proven = |i: usize, all: &[Medicine]| {
        let one = &all[i];
        let next_to = |a: &Medicine, b: &Medicine| {
            let between = text.get(a.end()..b.place.start as usize).unwrap_or("x").trim();
            between == "(" && a.shares_ingredient(b)
        };
        one.symbol.is_some()
            || text[one.place.range()].starts_with(|c: char| c.is_uppercase())
                && (all.get(i + 1).is_some_and(|next| next_to(one, next)) || i > first && next_to(&all[i - 1], one))
    };
    let doubtful = |one: &Medicine| one.is_brand() && matches!(one.entry.guard, Some(Guard::Word | Guard::GivenName));
    if !out[first..].iter().any(doubtful) {
        return;
    }
    let keep: Vec<bool> = (first..out.len()).map(|i| !doubtful(&out[i]) || proven(i, out)).collect();
    let mut keep = std::iter::repeat_n(true, first).chain(keep);
    out.retain(|_| keep.next().unwrap_or(true));
}

#[cfg(test)]
mod tests;

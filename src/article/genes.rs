//! Symbols of genes in the running text, in the forms that people write them in.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::article::references::References;
use crate::document::{Document, MarkKind, Place};
use crate::prose::end_of_word;

/// A symbol where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gene {
    pub place: Place,
    /// The symbol as it is approved, or as most write it.
    pub symbol: &'static str,
    pub form: Form,
    /// The symbol is that of a gene, and not of a marker such as PD-L1.
    pub is_gene: bool,
}

/// How a symbol is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As in the table.
    Approved,
    /// Another form of the table, such as `HER-2`.
    Other,
    /// `HER 2`: with a space before the number.
    Spaced,
    /// `BRAFV600E`: with its variant glued to it.
    Glued {
        /// Bytes of the symbol.
        symbol: u32,
    },
    /// `NTRKs genes`: a plural s between symbol and the word for it.
    Plural,
}

struct Known {
    symbol: &'static str,
    approved: bool,
    is_gene: bool,
}

/// The symbols and their other forms.
static KNOWN: LazyLock<HashMap<&str, Known>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for line in include_str!("../lexicon/genes.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let mut cells = line.split('\t');
        let (Some(symbol), Some(kind)) = (cells.next(), cells.next()) else { continue };
        let is_gene = kind == "gene";
        known.insert(symbol, Known { symbol, approved: true, is_gene });
        for form in cells.next().unwrap_or("").split(' ').filter(|form| !form.is_empty()) {
            known.entry(form).or_insert(Known { symbol, approved: false, is_gene });
        }
    }
    known
});

/// Finds the symbols in reading order. Code and the reference list are not read.
pub fn read(document: &Document, references: &References) -> Vec<Gene> {
    let mut out = Vec::new();
    for (index, block) in references.apart(document) {
        let text = block.text();
        let mut at = 0;
        for word in block.prose.words() {
            let start = word.start;
            // Only a word that starts with a capital and goes on with capital, digit, mark or `er` can be one.
            let bytes = &text.as_bytes()[start..];
            if !bytes[0].is_ascii_uppercase() || start < at || bytes.get(1).is_some_and(|byte| byte.is_ascii_lowercase() && *byte != b'e') {
                continue;
            }
            if let Some((end, gene)) = gene_at(text, index, start, word.end) {
                if !block.marks_at(start).any(|mark| *mark == MarkKind::Code) {
                    out.push(gene);
                }
                at = end;
            }
        }
    }
    out
}

fn gene_at(text: &str, block: usize, start: usize, end: usize) -> Option<(usize, Gene)> {
    const LONGEST: usize = 12;
    if text[..start].ends_with(['-', '/', '_', '@', '.']) || end - start > LONGEST {
        return None;
    }
    let gene = |end: usize, known: &Known, form: Form| {
        (end, Gene { place: Place::new(block, start..end), symbol: known.symbol, form, is_gene: known.is_gene })
    };
    let form = |known: &Known| if known.approved { Form::Approved } else { Form::Other };
    // With its parts behind hyphens, the longest first.
    let mut hyphened = end;
    let mut parts = vec![end];
    while text[hyphened..].starts_with('-') && parts.len() < 3 {
        hyphened = end_of_word(text, hyphened + 1);
        parts.push(hyphened);
    }
    if let Some((end, known)) = parts.into_iter().rev().find_map(|end| Some((end, KNOWN.get(&text[start..end])?))) {
        return Some(gene(end, known, form(known)));
    }
    let word = &text[start..end];
    if let Some(known) = word.strip_suffix('s').and_then(|symbol| KNOWN.get(symbol)) {
        return (text[end..].starts_with(" gene")).then(|| gene(end, known, Form::Plural));
    }
    spaced(text, start, end)
        .map(|(end, known)| gene(end, known, Form::Spaced))
        .or_else(|| glued(word).map(|(symbol, known)| gene(end, known, Form::Glued { symbol: symbol as u32 })))
}

/// `HER 2`, where letters and number are a symbol together and the number counts nothing of what follows.
fn spaced(text: &str, start: usize, end: usize) -> Option<(usize, &'static Known)> {
    let letters = &text[start..end];
    if letters.len() < 3 || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let rest = text[end..].strip_prefix([' ', '\u{a0}'])?;
    let from = text.len() - rest.len();
    let to = end_of_word(text, from);
    if from == to || !rest.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let known = KNOWN.get(format!("{letters}{}", &text[from..to]).as_str())?;
    let behind = &text[to..];
    let counts =
        ["-year", "-month", "-week", "-day", "-fold", " years", " months", " weeks", " days", " patients", "%", ".0", "–", "/", ","]
            .iter()
            .any(|unit| behind.starts_with(unit))
            || behind.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (!counts).then_some((to, known))
}

/// `BRAFV600E`: the bytes of the symbol.
fn glued(word: &str) -> Option<(usize, &'static Known)> {
    (3..word.len()).find_map(|cut| {
        let (symbol, variant) = (word.get(..cut)?, word.get(cut..)?);
        (is_variant(variant)).then(|| KNOWN.get(symbol)).flatten().map(|known| (cut, known))
    })
}

/// A change of one amino acid, such as `V600E`; the last letter may be left open.
fn is_variant(word: &str) -> bool {
    const ACIDS: &str = "ACDEFGHIKLMNPQRSTVWY";
    let Some(rest) = word.strip_prefix(|c: char| ACIDS.contains(c)) else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &rest[digits..];
    (2..=4).contains(&digits) && (behind.is_empty() && digits >= 3 || behind.len() == 1 && ACIDS.contains(behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn symbols_in_their_forms() {
        let table = [
            ("µ HER2", "HER2 Approved"),
            ("HER-2 and Her2", "HER2 Other, HER2 Other"),
            ("HER 2: the HER 2-positive", "HER2 Spaced, HER2 Spaced"),
            ("HER 2-year results, ATM 1 patients", "ATM Approved"),
            ("BRAFV600E BRAF V600E", "BRAF Glued { symbol: 4 }, BRAF Approved"),
            ("NTRKs genes and NTRKs", "NTRK Plural"),
            ("MSI-High PD-L1 PDL1 anti-PD-L1", "MSI-H Other, PD-L1 Approved, PD-L1 Other"),
            ("KRASG12C JAK2V617F EGFRV", "KRAS Glued { symbol: 4 }, JAK2 Glued { symbol: 4 }"),
        ];
        for (text, want) in table {
            let source = Source::new("a", text);
            let document = crate::formats::parse(&source, crate::document::Format::Text);
            let references = crate::article::references::read(&source, &document);
            let got: Vec<String> = read(&document, &references).iter().map(|gene| format!("{} {:?}", gene.symbol, gene.form)).collect();
            assert_eq!(got.join(", "), want, "on {text}");
        }
    }
}

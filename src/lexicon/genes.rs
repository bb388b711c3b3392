//! Symbols of genes, and of proteins and markers that are written like them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a symbol names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    Gene,
    Protein,
    /// A finding in a tumour, such as `MSI-H`.
    Marker,
}

/// A symbol as the nomenclature has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Symbol {
    pub text: &'static str,
    pub kind: SymbolKind,
}

/// The symbol that a word is, or is another form of; in its own case only.
pub fn symbol(word: &str) -> Option<&'static Symbol> {
    static FORMS: LazyLock<HashMap<&str, &Symbol>> = LazyLock::new(|| {
        rows().flat_map(|(symbol, forms)| std::iter::once(symbol.text).chain(forms).map(move |form| (form, symbol))).collect()
    });
    FORMS.get(word).copied()
}

/// Each symbol with its other forms.
fn rows() -> impl Iterator<Item = (&'static Symbol, impl Iterator<Item = &'static str>)> {
    static SYMBOLS: LazyLock<Vec<(Symbol, &str)>> = LazyLock::new(|| {
        let lines = include_str!("genes.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(row).collect()
    });
    SYMBOLS.iter().map(|(symbol, forms)| (symbol, forms.split('|').filter(|form| !form.is_empty())))
}

fn row(line: &'static str) -> Option<(Symbol, &'static str)> {
    let mut cells = line.split('\t');
    let text = cells.next()?;
    let kind = match cells.next()? {
        "gene" => SymbolKind::Gene,
        "protein" => SymbolKind::Protein,
        "marker" => SymbolKind::Marker,
        _ => return None,
    };
    Some((Symbol { text, kind }, cells.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_unique_and_well_formed() {
        let lines: Vec<&str> = include_str!("genes.tsv").lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(rows().count(), lines.len());
        let symbols: Vec<&str> = rows().map(|(symbol, _)| symbol.text).collect();
        assert!(symbols.is_sorted_by(|a, b| a < b));
        let mut all: Vec<&str> = rows().flat_map(|(symbol, forms)| std::iter::once(symbol.text).chain(forms)).collect();
        all.sort_unstable();
        assert!(all.is_sorted_by(|a, b| a < b), "a form belongs to two symbols");
        for word in all {
            assert!(word.bytes().take(1).all(|b| b.is_ascii_uppercase()) && word.len() > 1, "{word}");
        }
    }
}

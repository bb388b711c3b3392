//! Names that end with a number, as superscripts that lost their markup may seem to: `CO2`, `FEV1`, `IgG4`.

/// Whether letters and a number behind them are a name.
pub fn is_name(letters: &str, number: u32) -> bool {
    NAMES.binary_search_by(|(name, _)| name.cmp(&letters)).is_ok_and(|i| NAMES[i].1.contains(&number))
}

/// The letters, and the numbers that stand behind them in names of substances, cells, receptors, genes and measurements.
#[rustfmt::skip]
const NAMES: &[(&str, &[u32])] = &[
    ("BRCA", &[1, 2]),
    ("CCL", &[2, 3, 4, 5, 11, 17, 18, 20, 22]),
    ("CD", &[1, 2, 3, 4, 5, 8, 11, 14, 16, 19, 20, 25, 27, 28, 31, 34, 38, 40, 44, 45, 56, 68, 69]),
    ("CH", &[2, 3, 4]),
    ("CO", &[2]),
    ("COX", &[1, 2]),
    ("CYP", &[1, 2, 3]),
    ("CaCO", &[3]),
    ("CaCl", &[2]),
    ("ETCO", &[2]),
    ("EtCO", &[2]),
    ("FEV", &[1]),
    ("FIO", &[2]),
    ("FOXP", &[3]),
    ("FiO", &[2]),
    ("GLP", &[1, 2]),
    ("GLUT", &[1, 2, 3, 4]),
    ("HCO", &[3]),
    ("HER", &[1, 2, 3]),
    ("HPO", &[4]),
    ("HT", &[1, 2, 3, 4]),
    ("IFNL", &[1, 2, 3, 4]),
    ("IgA", &[1, 2]),
    ("IgG", &[1, 2, 3, 4]),
    ("LTB", &[4]),
    ("MgCl", &[2]),
    ("MgSO", &[4]),
    ("N", &[2]),
    ("NH", &[3, 4]),
    ("NO", &[2, 3]),
    ("NaHCO", &[3]),
    ("O", &[2]),
    ("PCO", &[2]),
    ("PETCO", &[2]),
    ("PGE", &[1, 2]),
    ("PGF", &[2]),
    ("PO", &[2, 4]),
    ("PaCO", &[2]),
    ("PaO", &[2]),
    ("SGLT", &[1, 2]),
    ("SIRT", &[1, 2, 3]),
    ("SO", &[2, 4]),
    ("SPO", &[2]),
    ("SaO", &[2]),
    ("ScvO", &[2]),
    ("SpO", &[2]),
    ("SvO", &[2]),
    ("TLR", &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("TNFR", &[1, 2]),
    ("Th", &[1, 2, 9, 17, 22]),
    ("TiO", &[2]),
    ("TxA", &[2]),
    ("TxB", &[2]),
    ("VCO", &[2]),
    ("VEGFR", &[1, 2, 3]),
    ("VO", &[2]),
    ("cmH", &[2]),
    ("etCO", &[2]),
    ("ggplot", &[2]),
    ("mmH", &[2]),
    ("pCO", &[2]),
    ("pO", &[2]),
    ("rSO", &[2]),
    ("η", &[2]),
    ("χ", &[2]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(is_name("CO", 2) && !is_name("CO", 3) && !is_name("RCT", 2));
    }
}

//! What leads a reader from a reference list to the works.

use serde::{Deserialize, Serialize};

use crate::article::references::References;

/// The entries of a list: each is identified, linked or bare, and some are preprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sources {
    /// They have a DOI or a number of PubMed.
    pub identified: usize,
    /// They have a link alone, which may break.
    pub linked: usize,
    /// They have neither.
    pub bare: usize,
    /// Those of them that are preprints, by their words or their DOI.
    pub preprints: usize,
}

impl Sources {
    /// Counts the entries of a list.
    pub fn of(references: &References) -> Self {
        let mut sources = Self::default();
        for entry in &references.entries {
            *match () {
                () if entry.is_identified() => &mut sources.identified,
                () if entry.fields().url.is_some() => &mut sources.linked,
                () => &mut sources.bare,
            } += 1;
            sources.preprints += usize::from(entry.is_called_preprint() || entry.preprint_server().is_some());
        }
        sources
    }
}

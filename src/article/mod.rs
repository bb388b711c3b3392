//! What a document says: its citations, references, review statements, medicines and genes, read once for all rules.

pub mod abbreviations;
pub mod asked;
pub mod citations;
pub mod dates;
pub mod floats;
pub mod genes;
pub mod links;
pub mod majority;
pub mod medicines;
pub mod numbering;
pub mod parts;
pub mod references;
pub mod review;
pub mod sentences;
pub mod sequence;
pub mod shapes;
pub mod topics;
pub mod upkeep;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::source::Source;

/// An article as understood: of several parts with lists of their own, all that they cite and list together.
#[derive(Debug)]
pub struct Article {
    pub citations: citations::Citations,
    pub references: references::References,
    pub numbering: numbering::Numbering,
    pub review: Vec<review::ReviewStatement>,
    pub medicines: Vec<medicines::Medicine>,
    pub genes: Vec<genes::Gene>,
    /// The parts that have lists of their own; empty where one list serves all.
    pub parts: Vec<parts::Part>,
    floats: OnceLock<floats::Floats>,
    abbreviations: OnceLock<BTreeMap<String, abbreviations::Abbreviation>>,
}

impl Article {
    /// The tables and figures of the document that the article was read from; read when first asked for.
    pub fn floats(&self, document: &Document) -> &floats::Floats {
        self.floats.get_or_init(|| floats::read(document, &self.references))
    }

    /// The abbreviations of that document by their letters; read when first asked for.
    pub fn abbreviations(&self, document: &Document) -> &BTreeMap<String, abbreviations::Abbreviation> {
        self.abbreviations.get_or_init(|| abbreviations::read(document, &self.references))
    }
}

/// Reads a document. Never fails: what is not there is empty.
pub fn read(source: &Source, document: &Document, lexicon: &Lexicon) -> Article {
    let parts = parts::read(source, document, lexicon);
    if parts.is_empty() {
        return read_whole(source, document, lexicon);
    }
    let (references, citations) = parts::joined(&parts);
    Article { parts, ..around(source, document, lexicon, references, citations) }
}

/// Reads a document that one list serves.
fn read_whole(source: &Source, document: &Document, lexicon: &Lexicon) -> Article {
    let references = references::read(source, document);
    let citations = citations::read(document, &references);
    around(source, document, lexicon, references, citations)
}

/// Reads what else a document says.
fn around(
    source: &Source,
    document: &Document,
    lexicon: &Lexicon,
    references: references::References,
    citations: citations::Citations,
) -> Article {
    let numbering = numbering::Numbering::new(&citations, &references);
    let review = review::read(source, document, &references);
    let medicines = medicines::read(document, &references, lexicon);
    let genes = genes::read(document, &references);
    let parts = Vec::new();
    Article { citations, references, numbering, review, medicines, genes, parts, floats: OnceLock::new(), abbreviations: OnceLock::new() }
}

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

/// An article as understood.
#[derive(Debug)]
pub struct Article {
    pub citations: citations::Citations,
    pub references: references::References,
    pub numbering: numbering::Numbering,
    pub review: Vec<review::ReviewStatement>,
    pub medicines: Vec<medicines::Medicine>,
    pub genes: Vec<genes::Gene>,
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
    let references = references::read(source, document);
    let citations = citations::read(document, &references);
    let numbering = numbering::Numbering::new(&citations, &references);
    let review = review::read(source, document, &references);
    let medicines = medicines::read(document, &references, lexicon);
    let genes = genes::read(document, &references);
    Article { citations, references, numbering, review, medicines, genes, floats: OnceLock::new(), abbreviations: OnceLock::new() }
}

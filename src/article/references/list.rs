//! Finding the reference list and splitting it into entries.

use super::{Reference, References};
use crate::document::Document;
use crate::prose::Prose;
use crate::source::Source;

pub fn read(source: &Source, document: &Document) -> References {
    let blocks = &document.blocks;
    let Some(heading) = blocks.iter().rposition(|b| b.text().trim_end_matches(':').eq_ignore_ascii_case("references")) else {
        return References::default();
    };
    let mut out =
        References { heading: Some(crate::document::Place::new(heading, 0..blocks[heading].text().len())), ..References::default() };
    for block in blocks[heading + 1..].iter().take_while(|b| !b.is_heading()) {
        let mut prose = Prose::default();
        prose.push_part(source.text(), &block.prose, 0..block.text().len());
        let marker = block.marker();
        out.entries.push(Reference::new(marker.and_then(|m| m.number), marker.map(|m| m.span), prose, block.span));
    }
    out.blocks = Some(heading..heading + 1 + out.entries.len());
    out
}

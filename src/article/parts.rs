//! Articles in which the numbering starts again: each part of the text has a reference list of its own, as long pages have
//! with a list below each section.

use std::ops::Range;

use super::Article;
use super::citations::{self, Citation, Citations, Pointer, Style};
use super::numbering::Numbering;
use super::references::{self, References};
use crate::document::{Document, Place};
use crate::lexicon::Lexicon;
use crate::source::Source;

/// A stretch of an article with the list that its numbers mean. Its places are in its own document, its spans in the source.
#[derive(Debug)]
pub struct Part {
    pub document: Document,
    pub article: Article,
    /// The first of its blocks in the whole document.
    start: usize,
}

/// The parts of a document; none where one list serves all of it. What stands behind the last list belongs to the last part.
pub(super) fn read(source: &Source, document: &Document, lexicon: &Lexicon) -> Vec<Part> {
    let mut ends: Vec<usize> = Vec::new();
    let mut start = 0;
    for list in references::lists_from_one(source, document) {
        if is_cited(source, document, start..list.end) {
            ends.push(list.end);
        }
        start = list.end;
    }
    if ends.len() < 2 {
        return Vec::new();
    }
    ends.pop();
    ends.push(document.blocks.len());
    let starts = [0].into_iter().chain(ends.iter().copied());
    let ranges = starts.zip(&ends).map(|(start, &end)| start..end);
    let part = |range: Range<usize>| {
        let document = stretch(document, range.clone());
        Part { article: super::read_whole(source, &document, lexicon), document, start: range.start }
    };
    ranges.map(part).collect()
}

/// Whether the text in front of a list cites at least half of it, by its numbers.
fn is_cited(source: &Source, document: &Document, range: Range<usize>) -> bool {
    let stretch = stretch(document, range);
    let references = references::read(source, &stretch);
    let Numbering { listed, cited } = Numbering::new(&citations::read(&stretch, &references), &references);
    let both = listed.iter().filter(|number| cited.contains_key(number)).count();
    both > 0 && both * 2 >= listed.len()
}

fn stretch(document: &Document, range: Range<usize>) -> Document {
    let (blocks, metadata) = (document.blocks[range].to_vec(), document.metadata.clone());
    Document { blocks, metadata, ..Document::new(document.format) }
}

/// The lists and the citations of all parts in one, with their places in the whole document.
pub(super) fn joined(parts: &[Part]) -> (References, Citations) {
    let (mut references, mut citations) = (References::default(), Citations::default());
    for Part { article, start, .. } in parts {
        let moved = |place: Place| Place { block: place.block + *start as u32, ..place };
        let before = references.entries.len();
        references.heading = references.heading.or(article.references.heading.map(moved));
        references.entries.extend(article.references.entries.iter().cloned());
        references.blocks.extend(article.references.blocks.iter().map(|run| run.start + start..run.end + start));
        let groups = article.citations.groups.iter().cloned();
        citations.groups.extend(groups.map(|group| Citation { place: moved(group.place), ..group }));
        let pointers = article.citations.pointers.iter().cloned();
        let pointers = pointers.map(|pointer| Pointer { place: moved(pointer.place), entry: pointer.entry.map(|i| before + i), ..pointer });
        citations.pointers.extend(pointers);
    }
    let style = &parts[0].article.citations.style;
    citations.style =
        Style { why: format!("each of {} parts has its own list; in the first, {}", parts.len(), style.why), ..style.clone() };
    (references, citations)
}

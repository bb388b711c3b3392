//! What was asked of the world about an article, and what was not answered.

use super::Article;
use super::links::{doi, links};
use super::references::Reference;
use crate::document::Document;
use crate::source::Span;
use crate::world::{Answer, Identifier, Said, Work, World};

/// The references and links of an article that the world was asked about.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Asked<'w> {
    /// How many.
    pub sources: usize,
    /// Those that nobody could say anything of, or not all that were asked; references first.
    pub unanswered: Vec<Unanswered<'w>>,
}

/// A question without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered<'w> {
    pub about: About,
    /// The entry, or the words of the link.
    pub span: Span,
    /// Of the entry.
    pub number: Option<u32>,
    pub gap: Gap<'w>,
}

/// What an answer lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap<'w> {
    /// Some that were asked answered.
    pub is_part: bool,
    /// As the end of “could not be checked: …”.
    pub why: &'w str,
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    Reference,
    Link,
}

/// What was asked about an article.
pub fn asked<'w>(document: &Document, article: &Article, world: &'w World) -> Asked<'w> {
    let mut asked = Asked::default();
    if world.is_empty() {
        return asked;
    }
    for entry in article.references.listed() {
        let Some(gap) = about_work(entry, world) else { continue };
        asked.sources += 1;
        let unanswered = |gap| Unanswered { about: About::Reference, span: entry.span, number: entry.number, gap };
        asked.unanswered.extend(gap.map(unanswered));
    }
    for link in links(document) {
        // Links to doi.org are asked for at the registry, those of the list with their entries.
        let why = match (world.link(link.address), doi(link.address)) {
            (Some(said), _) => reason(&said.answer),
            (None, Some(doi)) if !article.references.holds_block(link.place.block as usize) => {
                let Some(said) = world.registration(&doi) else { continue };
                reason(&said.answer)
            }
            (None, _) => continue,
        };
        asked.sources += 1;
        let gap = |why| Gap { why, is_part: false };
        let unanswered = |why| Unanswered { about: About::Link, span: document.span(link.place), number: None, gap: gap(why) };
        asked.unanswered.extend(why.map(unanswered));
    }
    asked
}

/// Why the work of an entry could not be checked, or only in part; `None` where nobody was asked.
fn about_work<'w>(entry: &Reference, world: &'w World) -> Option<Option<Gap<'w>>> {
    let mut identifiers = entry.identifiers();
    let searches = world.search(entry.text());
    if searches.is_empty() && identifiers.iter().all(|identifier| world.works(identifier).is_empty()) {
        return None;
    }
    // What the records call the work was asked for as well.
    let found = identifiers.iter().flat_map(|identifier| world.works(identifier)).filter_map(|said| said.answer.found());
    let more: Vec<Identifier> = found.flat_map(Work::identifiers).collect();
    identifiers.extend(more);
    let works: Vec<&Said<Work>> = identifiers.iter().flat_map(|identifier| world.works(identifier)).collect();
    if works.iter().any(|said| said.answer.found().is_some()) {
        let is_silent = |said: &&&Said<Work>| !works.iter().any(|other| other.by == said.by && reason(&other.answer).is_none());
        // A service that was silent may know of a retraction that the others do not know of.
        return Some(works.iter().find(is_silent).and_then(|said| reason(&said.answer)).map(|why| Gap { why, is_part: true }));
    }
    if searches.iter().any(|said| said.answer.found().is_some_and(|works| !works.is_empty())) {
        return Some(None);
    }
    let mut reasons = works.into_iter().filter_map(|said| reason(&said.answer));
    let mut more = searches.iter().filter_map(|said| reason(&said.answer));
    // That nobody describes it tells little, as long as nobody said whether it exists.
    let mut registered = identifiers.iter().filter_map(|identifier| match identifier {
        Identifier::Doi(doi) => world.registration(doi).and_then(|said| reason(&said.answer)),
        Identifier::Pmid(_) | Identifier::Pmcid(_) => None,
    });
    Some(reasons.next().or_else(|| more.next()).or_else(|| registered.next()).map(|why| Gap { why, is_part: false }))
}

fn reason<T>(answer: &Answer<T>) -> Option<&str> {
    match answer {
        Answer::Unknown(why) => Some(why),
        Answer::Found(_) | Answer::NotFound => None,
    }
}

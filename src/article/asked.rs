//! What was asked of the world about an article, and what was not answered.

use super::Article;
use super::links::{doi, links};
use super::references::Reference;
use crate::document::Document;
use crate::source::Span;
use crate::world::{Answer, Identifier, Said, World};

/// The references and links of an article that the world was asked about.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Asked<'w> {
    /// How many.
    pub sources: usize,
    /// Those that nobody could say anything of, references first.
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
        let Some(answer) = about_work(entry, world) else { continue };
        asked.sources += 1;
        let unanswered = |why| Unanswered { about: About::Reference, span: entry.span, number: entry.number, why };
        asked.unanswered.extend(answer.err().map(unanswered));
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
        let unanswered = |why| Unanswered { about: About::Link, span: document.span(link.place), number: None, why };
        asked.unanswered.extend(why.map(unanswered));
    }
    asked
}

/// Whether anybody could say anything of the work of an entry, and why nobody could; `None` where nobody was asked.
fn about_work<'w>(entry: &Reference, world: &'w World) -> Option<Result<(), &'w str>> {
    let identifiers = entry.identifiers();
    let works: Vec<&Said<_>> = identifiers.iter().flat_map(|identifier| world.works(identifier)).collect();
    let searches = world.search(entry.text());
    if works.is_empty() && searches.is_empty() {
        return None;
    }
    let is_found = works.iter().any(|said| said.answer.found().is_some())
        || searches.iter().any(|said| said.answer.found().is_some_and(|works| !works.is_empty()));
    let mut reasons = works.into_iter().filter_map(|said| reason(&said.answer));
    let mut more = searches.iter().filter_map(|said| reason(&said.answer));
    // That nobody describes it tells little, as long as nobody said whether it exists.
    let mut registered = identifiers.iter().filter_map(|identifier| match identifier {
        Identifier::Doi(doi) => world.registration(doi).and_then(|said| reason(&said.answer)),
        Identifier::Pmid(_) | Identifier::Pmcid(_) => None,
    });
    Some(match reasons.next().or_else(|| more.next()).or_else(|| registered.next()) {
        Some(why) if !is_found => Err(why),
        _ => Ok(()),
    })
}

fn reason<T>(answer: &Answer<T>) -> Option<&str> {
    match answer {
        Answer::Unknown(why) => Some(why),
        Answer::Found(_) | Answer::NotFound => None,
    }
}

//! What was asked of the world about an article and not answered.

use super::Article;
use super::links::links;
use super::references::Reference;
use crate::document::Document;
use crate::source::Span;
use crate::world::{Answer, Said, World};

/// A question without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered<'a> {
    pub about: About,
    /// The entry, or the words of the link.
    pub span: Span,
    /// Of the entry.
    pub number: Option<u32>,
    /// As the end of “could not be checked: …”.
    pub why: &'a str,
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    Reference,
    Link,
}

/// The questions that were asked and not answered, references first.
pub fn unanswered<'w>(document: &Document, article: &Article, world: &'w World) -> Vec<Unanswered<'w>> {
    if world.is_empty() {
        return Vec::new();
    }
    let about_entry = |entry: &Reference| {
        let why = why_unknown(entry, world)?;
        Some(Unanswered { about: About::Reference, span: entry.span, number: entry.number, why })
    };
    let entries = article.references.listed().filter_map(about_entry);
    let sites = links(document).filter_map(|link| match &world.link(link.address)?.answer {
        Answer::Unknown(why) => Some(Unanswered { about: About::Link, span: document.span(link.place), number: None, why }),
        Answer::Found(_) | Answer::NotFound => None,
    });
    entries.chain(sites).collect()
}

/// Why nobody could say anything of the work of an entry; `None` where somebody did, and where nobody was asked.
fn why_unknown<'w>(entry: &Reference, world: &'w World) -> Option<&'w str> {
    let identifiers = entry.identifiers();
    let works: Vec<&Said<_>> = identifiers.iter().flat_map(|identifier| world.works(identifier)).collect();
    let searches = world.search(entry.text());
    let is_found = works.iter().any(|said| said.answer.found().is_some())
        || searches.iter().any(|said| said.answer.found().is_some_and(|works| !works.is_empty()));
    if is_found {
        return None;
    }
    let works = works.into_iter().filter_map(|said| reason(&said.answer));
    works.chain(searches.iter().filter_map(|said| reason(&said.answer))).next()
}

fn reason<T>(answer: &Answer<T>) -> Option<&str> {
    match answer {
        Answer::Unknown(why) => Some(why),
        Answer::Found(_) | Answer::NotFound => None,
    }
}

//! The records that the world gives for an entry.

use jiff::civil::Date;

use super::{Match, compare, is_surely};
use crate::article::references::Reference;
use crate::world::{Identifier, Said, Service, Work, World, is_copy};

/// A record of a work, with who gave it and when.
#[derive(Debug, Clone, Copy)]
pub struct Record<'w> {
    pub work: &'w Work,
    pub by: Service,
    pub day: Date,
}

/// The records that stand under an identifier.
pub fn under<'w>(world: &'w World, identifier: &Identifier) -> impl Iterator<Item = Record<'w>> {
    world.works(identifier).iter().filter_map(|said| Some(record(said, said.answer.found()?)))
}

/// The works that an entry refers to, as far as that is sure: those under its identifiers that are no other work, else those that
/// a search found and that are surely the same.
pub fn of<'w>(world: &'w World, entry: &Reference) -> Vec<Record<'w>> {
    let identifiers = entry.identifiers();
    let identified = identifiers.iter().flat_map(|identifier| under(world, identifier));
    let mut records: Vec<Record<'w>> = identified.filter(|record| compare(entry, record.work) != Match::Other).collect();
    if records.is_empty() {
        return searched(world, entry).filter(|record| is_surely(entry, record.work)).collect();
    }
    // What else the records say of identifiers leads to records that say more, above all of retractions.
    let mut more: Vec<Identifier> = records.iter().flat_map(|record| record.work.identifiers()).collect();
    more.sort_unstable();
    more.dedup();
    records.extend(more.iter().filter(|identifier| !identifiers.contains(identifier)).flat_map(|identifier| under(world, identifier)));
    records
}

/// The works that searches offer for an entry, but for copies.
pub fn searched<'w>(world: &'w World, entry: &Reference) -> impl Iterator<Item = Record<'w>> {
    let said = world.search(entry.text()).iter();
    let records =
        said.filter_map(|said| Some((said, said.answer.found()?))).flat_map(|(said, works)| works.iter().map(|work| record(said, work)));
    records.filter(|record| !record.work.doi.as_deref().is_some_and(is_copy))
}

fn record<'w, T>(said: &Said<T>, work: &'w Work) -> Record<'w> {
    Record { work, by: said.by, day: said.day }
}

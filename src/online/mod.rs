//! Asking the world: registries for the works that an article refers to, and sites for the pages it links to.
//!
//! Only what a reference prints of its work, and addresses, leave the machine; never the article. What comes back is a
//! [`World`](crate::world::World) for the rules.

mod asker;
mod plan;
mod questions;
mod rounds;
mod services;
mod store;
mod wire;

pub use asker::{Asker, CannotAsk};
pub use plan::{Planned, plan};
pub use questions::{Printed, Questions};
pub use rounds::{Progress, ask};
pub use store::{Counts, FILE_NAME as STORE, Holding, Store, Trouble};
pub use wire::{Patience, Reply, Request, Unknown, Wire};

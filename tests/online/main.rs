//! The world on this machine: what is asked, how fast, and what becomes of every kind of bad answer.

#[path = "../support/folder.rs"]
mod folder;
mod links;
mod pace;
mod program;
mod registry;
mod rounds;
mod secure;
mod server;
mod services;
mod shapes;

use std::time::Duration;

use medproof::config::{Online, Services};
use medproof::online::{Patience, Wire};

use server::Server;

/// Settings under which a server is all services, and is asked as fast as can be.
fn settings(server: &Server) -> Online {
    Online { services: all_at(&server.url("/")), pause: 0.0, timeout: 2.0, ..Online::default() }
}

/// All services at one address.
fn all_at(base: &str) -> Services {
    let base = || base.to_owned();
    Services { pubmed: base(), crossref: base(), datacite: base(), doi_org: base(), europe_pmc: base(), archive: base() }
}

/// The same settings, where links to the server are allowed too.
fn open(server: &Server) -> Online {
    Online { allow_hosts: vec![server.host()], ..settings(server) }
}

/// A connection that waits a hundredth of what it waits in the world.
fn wire(online: &Online) -> Wire {
    let hasty = Patience { again: [Duration::from_millis(20), Duration::from_millis(80)], ..Patience::default() };
    Wire::new(online, hasty).unwrap()
}

/// Waits for an answer on a runtime of its own.
fn wait<T>(answer: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(answer)
}

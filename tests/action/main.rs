//! The GitHub Action: its scripts run by hand, as a runner runs them, in toy repositories; and the files beside it that
//! only strangers' machines read.
#![cfg(feature = "cli")]

#[cfg(unix)]
mod check;
#[cfg(unix)]
mod install;
#[cfg(unix)]
mod job;
mod manifests;
#[path = "../support/pages.rs"]
mod pages;
#[cfg(unix)]
mod release;
#[cfg(unix)]
mod server;

#[cfg(not(unix))]
#[test]
#[ignore = "the scripts are run on Windows by the job “action” of ci.yml, which has the bash that runners have"]
fn the_scripts_are_run_elsewhere() {}

use pages::root;

/// The text of a file of this repository.
fn file(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

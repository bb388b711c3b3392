//! The command line. Only here does medproof print, exit, read the environment, walk folders or start threads.

mod args;
mod baseline;
mod baselines;
mod cache;
mod changes;
mod check;
mod colour;
mod explain;
mod files;
mod fixing;
mod git;
mod init;
mod left_out;
mod manual;
mod mark;
mod merge;
mod named;
#[cfg(feature = "online")]
mod online;
#[cfg(not(feature = "online"))]
#[path = "not_online.rs"]
mod online;
mod output;
mod progress;
mod renumber;
mod review;
mod settings;
mod shard;
mod sieve;
mod sink;
mod watch;
mod word;
mod work;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Args, Command};

pub use args::reference;

/// Nothing at or above the bar was found.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// The run could not do all it was asked to.
const UNFINISHED: u8 = 2;

/// Why the program could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{path}: {message}")]
    File { path: String, message: String },
    #[error("nothing to check: {0}")]
    NothingToCheck(String),
    #[error("{path}: this is no report to merge: {message}")]
    Report { path: String, message: String },
    #[error("{0}")]
    Misfit(String),
    #[error("standard input can be read once only, and is gone then")]
    StandardInput,
    #[error("changes cannot be watched: {0}")]
    Watch(String),
    #[error("this system tells of no folder for caches; name it with --cache-dir")]
    NoCache,
    #[cfg(not(feature = "online"))]
    #[error("this medproof was built without the feature `online`, and cannot ask the world")]
    NotOnline,
    #[error("two outputs go to {0}; give each a path of its own")]
    SameOutput(String),
    #[error("{0}")]
    Rule(#[from] crate::config::UnknownRule),
    #[error("{0}")]
    Preset(#[from] crate::config::UnknownPreset),
    #[error("{0} says how to fix; it needs --fix, --diff or --docx-track")]
    NoFix(&'static str),
    #[error("standard input cannot be changed in place; --diff shows the changes")]
    FixesNothing,
    #[error("{0}")]
    Git(String),
    #[error("{0}")]
    NoBaseline(&'static str),
    #[error("{0} is there already, and is left as it is")]
    Exists(String),
}

/// Runs the program.
pub fn run() -> ExitCode {
    let args = Args::parse_from(with_verb(std::env::args_os().collect()));
    let done = match &args.command {
        Command::Check(args) if args.watch => watch::run(args),
        Command::Check(args) => check::run(args),
        Command::Merge(args) => merge::run(args),
        Command::Renumber(args) => renumber::run(args),
        Command::Parse(args) => explain::parse(args),
        Command::Review(args) => review::run(args),
        Command::Baseline(args) => baseline::run(args),
        Command::Rule(args) => explain::rule(args),
        Command::Config(args) => settings::show(args),
        Command::Init(args) => init::run(args),
        Command::Clean(args) => cache::clean(args),
        Command::Cache(args) => online::cache(args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "medproof", &mut script);
            output::print(&String::from_utf8_lossy(&script))
        }
        Command::Man { folder } => manual::write(folder.as_deref()),
    };
    let status = done.unwrap_or_else(|error| {
        output::warn(&error.to_string());
        UNFINISHED
    });
    ExitCode::from(status)
}

/// `medproof PATH…` means `medproof check PATH…`.
fn with_verb(mut args: Vec<OsString>) -> Vec<OsString> {
    let bare = args.get(1).and_then(|first| first.to_str()).is_some_and(|first| {
        let verb = Args::command().get_subcommands().any(|command| command.get_name() == first) || first == "help";
        let general = matches!(first, "-h" | "--help" | "-V" | "--version");
        !verb && !general && (first.starts_with('-') || first.contains(['/', '\\', '.', '*']) || Path::new(first).exists())
    });
    if bare {
        args.insert(1, "check".into());
    }
    args
}

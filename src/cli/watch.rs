//! `medproof check --watch`: the same check again whenever something changes, until Ctrl-C.
//!
//! Every round is a whole run, so that what is shown is what a plain run would show; the cache makes it a short one.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::args::CheckArgs;
use super::settings::Resolver;
use super::{Error, UNFINISHED, check, files, output};
use crate::config::FILE_NAME;
use crate::formats;

/// So long nothing may change before the next round begins, and it begins after so long whatever changes.
const QUIET: Duration = Duration::from_millis(150);
const AT_LAST: Duration = Duration::from_secs(2);

/// Names of files that say which articles are checked, and how.
const SETTINGS: [&str; 3] = [FILE_NAME, ".gitignore", ".ignore"];

enum Signal {
    Changed,
    Stop,
}

/// Checks until Ctrl-C; the exit status is that of the last round.
pub fn run(args: &CheckArgs) -> Result<u8, Error> {
    if args.paths.iter().any(|path| path == "-") || args.files.files_from.as_deref() == Some("-") {
        return Err(Error::StandardInput);
    }
    // A rule that does not exist will not come to be while we wait.
    Resolver::new(&args.rules, &args.settings)?;
    let (send, signals) = channel();
    stop_on_interrupt(send.clone())?;
    let mut watched = Watched::start(args, send)?;
    loop {
        if io::stdout().is_terminal() {
            // The screen, and not what was on it before.
            output::print("\x1b[2J\x1b[H")?;
        }
        let status = check::run(args).unwrap_or_else(|error| {
            output::warn(&error.to_string());
            UNFINISHED
        });
        watched.follow(args)?;
        output::tell("Waiting for a change; Ctrl-C ends\n");
        if !wait(&signals) {
            return Ok(status);
        }
    }
}

/// Ends at the first Ctrl-C when the round is over, at the second one at once.
fn stop_on_interrupt(send: Sender<Signal>) -> Result<(), Error> {
    let asked = AtomicBool::new(false);
    ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::Relaxed) || send.send(Signal::Stop).is_err() {
            std::process::exit(i32::from(UNFINISHED));
        }
    })
    .map_err(|error| Error::Watch(error.to_string()))
}

/// Waits for a change and for the quiet behind it; `false` when the user ends it.
fn wait(signals: &Receiver<Signal>) -> bool {
    match signals.recv() {
        Ok(Signal::Changed) => {}
        Ok(Signal::Stop) | Err(_) => return false,
    }
    let start = Instant::now();
    while start.elapsed() < AT_LAST {
        match signals.recv_timeout(QUIET) {
            Ok(Signal::Changed) => {}
            Ok(Signal::Stop) => return false,
            Err(_) => break,
        }
    }
    true
}

/// What is watched.
struct Watched {
    watcher: notify::RecommendedWatcher,
    places: BTreeSet<PathBuf>,
}

impl Watched {
    fn start(args: &CheckArgs, send: Sender<Signal>) -> Result<Self, Error> {
        let outputs: BTreeSet<PathBuf> = check::targets(args).iter().filter_map(|target| target.path.as_deref()).map(real).collect();
        let named = args.paths.iter().map(Path::new).filter(|path| path.is_file());
        let settings = [&args.settings.config, &args.settings.retractions].into_iter().flatten().map(PathBuf::as_path);
        let list = args.files.files_from.as_deref().map(Path::new);
        let named: BTreeSet<PathBuf> = named.chain(settings).chain(list).map(real).collect();
        let is_foreign = |path: &Path| path.iter().any(|part| part == ".git");
        let matters = move |path: &Path| {
            let is_settings = path.file_name().is_some_and(|name| SETTINGS.iter().any(|settings| name == *settings));
            !outputs.contains(path) && (is_settings || named.contains(path) || formats::by_name(&path.to_string_lossy()).is_some())
        };
        let moved = |kind: &EventKind| matches!(kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let changed = event.is_ok_and(|event| {
                // Where a folder comes or goes, so do the articles in it.
                !event.kind.is_access()
                    && event
                        .paths
                        .iter()
                        .filter(|path| !is_foreign(path))
                        .any(|path| matters(path) || moved(&event.kind) && path.extension().is_none())
            });
            if changed {
                let _ = send.send(Signal::Changed);
            }
        });
        let mut watched = Self { watcher: watcher.map_err(|error| Error::Watch(error.to_string()))?, places: BTreeSet::new() };
        watched.follow(args)?;
        Ok(watched)
    }

    /// Watches what the paths stand for now.
    fn follow(&mut self, args: &CheckArgs) -> Result<(), Error> {
        let listed = args.files.files_from.as_deref().map_or(Ok(Vec::new()), files::listed)?;
        let (mut deep, mut flat) = (BTreeSet::new(), BTreeSet::new());
        for path in args.paths.iter().chain(&listed) {
            let on_disk = Path::new(path);
            if on_disk.is_dir() {
                deep.insert(real(on_disk));
            } else if !on_disk.exists() && path.contains(['*', '?', '[', '{']) {
                deep.insert(real(&files::glob_root(path)));
            } else {
                // Editors write a new file in the place of the old one, so the folder is watched.
                flat.insert(real(parent(on_disk)));
            }
            let settings = real(on_disk);
            flat.extend(settings.ancestors().skip(1).filter(|folder| folder.join(FILE_NAME).is_file()).map(Path::to_owned));
        }
        let files =
            [args.settings.config.as_deref(), args.settings.retractions.as_deref(), args.files.files_from.as_deref().map(Path::new)];
        flat.extend(files.into_iter().flatten().map(|file| real(parent(file))));
        // What is watched with all that is in it needs no watch of its own.
        flat.retain(|place| !place.ancestors().any(|folder| deep.contains(folder)));
        let places = deep.into_iter().map(|place| (place, RecursiveMode::Recursive));
        places.chain(flat.into_iter().map(|place| (place, RecursiveMode::NonRecursive))).try_for_each(|(place, mode)| self.add(place, mode))
    }

    fn add(&mut self, place: PathBuf, mode: RecursiveMode) -> Result<(), Error> {
        if !place.is_dir() || !self.places.insert(place.clone()) {
            return Ok(());
        }
        self.watcher.watch(&place, mode).map_err(|error| Error::File { path: place.display().to_string(), message: error.to_string() })
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path as the system names it in events, also of a file that is not there yet.
fn real(path: &Path) -> PathBuf {
    let folder = parent(path).canonicalize();
    path.canonicalize().or_else(|_| folder.map(|folder| folder.join(path.file_name().unwrap_or_default()))).unwrap_or(path.to_owned())
}

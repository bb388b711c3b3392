//! `medproof review mark`: writes into articles that they were reviewed.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::args::{MarkArgs, When};
use super::settings::Resolver;
use super::{CLEAN, Error, UNFINISHED, check, output};
use crate::linter::File;
use crate::mark::{self, Mark};

/// Marks the articles, each for itself, and gives the exit status.
pub fn run(args: &MarkArgs) -> Result<u8, Error> {
    let (rules, settings) = args.source.choices();
    let mut resolver = Resolver::new(&rules, &settings)?;
    let mark = Mark { by: args.by.clone(), on: args.on.unwrap_or_else(check::today), next: args.next.clone(), add: args.add };
    let mut status = CLEAN;
    for path in &args.files {
        if let Err(message) = one(path, &mark, args.diff, &mut resolver) {
            output::warn(&format!("{path}: {message}"));
            status = UNFINISHED;
        }
    }
    Ok(status.max(resolver.tell_troubles(When::Auto)))
}

fn one(path: &str, mark: &Mark, show: bool, resolver: &mut Resolver) -> Result<(), String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let settings = resolver.settings(path);
    let file = File { name: path.to_owned(), bytes, format: None };
    let marked = mark::mark(file, settings.known(), mark).map_err(|refusal| refusal.to_string())?;
    let said = format!("reviewed {} by {}", mark.on, mark.by);
    if marked.diff.is_empty() {
        output::tell(&format!("{path}: {said}, as it says already\n"));
    } else if show {
        output::print(&marked.diff).map_err(|error| error.to_string())?;
    } else {
        replace(Path::new(path), &marked.bytes).map_err(|error| format!("cannot be written: {error}"))?;
        output::tell(&format!("{path}: {said}\n"));
    }
    marked.notes.iter().for_each(|note| output::warn(&format!("{path}: {note}")));
    Ok(())
}

/// Puts a new file in the place of another, whole or not at all, with its permissions; a link stays one.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let path = path.canonicalize()?;
    let permissions = path.metadata()?.permissions();
    if permissions.readonly() {
        return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::File::create(&temporary)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::set_permissions(&temporary, permissions))
        .and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

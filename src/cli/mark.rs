//! `medproof review mark`: writes into articles that they were reviewed.

use std::path::Path;

use super::args::{MarkArgs, When};
use super::settings::Resolver;
use super::sink::replace;
use super::{CLEAN, Error, UNFINISHED, fixing, output, work};
use crate::linter::File;
use crate::mark::{self, Mark};

/// Marks the articles, each for itself, and gives the exit status.
pub fn run(args: &MarkArgs) -> Result<u8, Error> {
    let (rules, settings) = args.source.choices();
    let mut resolver = Resolver::new(&rules, &settings)?;
    let today = work::today();
    let mark = Mark { by: args.by.clone(), on: args.on.unwrap_or(today), next: args.next.clone(), add: args.add };
    // It may be tomorrow already where the reviewer is.
    if today.tomorrow().is_ok_and(|tomorrow| mark.on > tomorrow) {
        output::warn(&format!("{} lies ahead; a review is marked when it has taken place", mark.on));
        return Ok(UNFINISHED);
    }
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
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let settings = resolver.settings(path);
    let file = File { name: path.to_owned(), bytes: bytes.clone(), format: None };
    let marked = mark::mark(file, settings.known(), mark).map_err(|refusal| refusal.to_string())?;
    let said = format!("reviewed {} by {}", mark.on, mark.by);
    if marked.bytes == bytes {
        output::tell(&format!("{path}: {said}, as it says already\n"));
    } else if show {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        output::print(&fixing::unified(path, &text(&bytes), &text(&marked.bytes))).map_err(|error| error.to_string())?;
    } else {
        replace(Path::new(path), &bytes, &marked.bytes).map_err(|error| reason(&error))?;
        output::tell(&format!("{path}: {said}\n"));
    }
    marked.notes.iter().for_each(|note| output::warn(&format!("{path}: {note}")));
    Ok(())
}

/// Why a file was not written; which one it is, is said before.
fn reason(error: &Error) -> String {
    match error {
        Error::File { message, .. } => message.clone(),
        other => other.to_string(),
    }
}

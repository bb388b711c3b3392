//! `medproof renumber`: text and list in the order of first citation, or the reason why not.

use std::path::Path;

use super::args::{RenumberArgs, RuleChoice, When};
use super::files::{self, Article};
use super::fixing::unified;
use super::left_out;
use super::settings::{Resolver, Settings};
use super::{CLEAN, Error, FOUND, UNFINISHED, output, sink, work};
use crate::document::Format;
use crate::linter;
use crate::renumber::{Plan, Renumbered, Wishes, renumber};
use crate::report::Unread;

/// Renumbers files, or shows how they would be.
pub fn run(args: &RenumberArgs) -> Result<u8, Error> {
    let none = RuleChoice { select: Some(Vec::new()), ..RuleChoice::default() };
    let mut resolver = Resolver::new(&none, &args.settings)?;
    let files = files::find(&args.paths, &[], None);
    if files.articles.is_empty() && files.unread.is_empty() {
        return Err(Error::NothingToCheck(left_out::why_empty(&args.paths, &[])));
    }
    let wishes = Wishes {
        assume_missing: args.assume_missing.iter().copied().collect(),
        names: args.names.iter().cloned().collect(),
        keep_duplicates: args.keep_duplicates,
    };
    let mut status = CLEAN;
    for unread in &files.unread {
        output::warn(&format!("{}: {}", unread.path, unread.message));
        status = UNFINISHED;
    }
    for article in &files.articles {
        let settings = resolver.settings(article.name());
        match one(args, article, &settings, &wishes) {
            Ok(changed) => status = status.max(changed),
            Err(reason) => {
                output::warn(&format!("{}: {reason}", article.name()));
                status = UNFINISHED;
            }
        }
    }
    Ok(resolver.tell_troubles(When::Auto).max(status))
}

/// Renumbers one file; the error says why it is left as it is.
fn one(args: &RenumberArgs, article: &Article, settings: &Settings, wishes: &Wishes) -> Result<u8, String> {
    let (name, today) = (article.name(), work::today());
    let checked = work::checked(article, args.format, settings, today).map_err(|Unread { message, .. }| message)?;
    if checked.document.format == Format::Docx {
        return Err("not renumbered: Word files are only reported on; renumber it in Word or in the manager of its references, \
                    or save it as HTML and renumber that"
            .into());
    }
    if !checked.source.is_exact() {
        return Err("not renumbered: the file is no text in UTF-8, and cannot be changed in place".into());
    }
    let again = |checked: &linter::Checked, text| linter::check_again(checked, text, &settings.rules, settings.known(), today);
    let Renumbered { plan, text } = renumber(&checked, wishes, again).map_err(|refusal| format!("not renumbered: {refusal}"))?;
    let Some(text) = text else {
        output::tell(&format!("{name}: nothing to renumber\n"));
        return Ok(CLEAN);
    };
    let (before, after) = (checked.source.file(), checked.source.with_text(text).file());
    if args.diff {
        output::tell(&told(name, &plan));
        output::print(&unified(name, &before, &after)).map_err(|error| error.to_string())?;
        return Ok(FOUND);
    }
    if !article.is_file() {
        return Err("standard input cannot be changed in place; --diff shows the changes".into());
    }
    sink::replace(Path::new(name), before.as_bytes(), after.as_bytes()).map_err(|error| error.to_string())?;
    output::print(&told(name, &plan)).map_err(|error| error.to_string())?;
    Ok(CLEAN)
}

/// The map from old to new numbers, and what a person should look at.
fn told(name: &str, plan: &Plan) -> String {
    let mut out = format!("{name}: renumbered, old → new\n{plan}\n");
    for (first, second) in &plan.alike {
        out += &format!("  {first} and {second} look like the same work and are not merged; compare them (old numbers)\n");
    }
    out
}

//! `medproof check`: many files, a few at a time, each let go when it is reported.

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{CheckArgs, FormatName};
use super::baselines::{Baselines, Missing};
use super::changes::Changes;
use super::files::{self, Article};
use super::named::Named;
use super::output::{self, Output};
use super::settings::{Resolver, Settings};
use super::sieve::{Sieve, Sifted};
use super::{CLEAN, Error, FOUND, UNFINISHED};
use crate::linter::{self, Checked};
use crate::record::Record;
use crate::report::{Facts, Tally, Unread};
use crate::rules::INTERNAL_ERROR;
use crate::source::{MAX_BYTES, Unreadable};

/// How many files are in hand at once: enough to keep the threads busy, few enough to hold in memory.
pub const AT_ONCE: usize = 64;

/// Runs the check and gives the exit status.
pub fn run(args: &CheckArgs) -> Result<u8, Error> {
    let today = args.today.unwrap_or_else(today);
    let mut resolver = Resolver::new(&args.rules, &args.settings)?;
    let mut files = files::find(&args.paths, args.stdin_filename.as_deref());
    if files.articles.is_empty() && files.unread.is_empty() && !args.changes.staged {
        return Err(Error::NothingToCheck(args.paths.join(", ")));
    }
    let changes = Changes::of(&args.changes, &args.paths, &mut files)?;
    let names = files.articles.iter().map(Article::name);
    let baselines = Baselines::open(&args.baseline, &mut resolver, names, Missing::IsAnError)?;
    let facts = Facts { today, rules: BTreeSet::new() };
    let outputs = Output::open(&args.output, args.color, args.quiet, &facts)?;
    let tally = Tally { only: changes.as_ref().map(|changes| changes.only.clone()), ..Tally::default() };
    let mut run = Run { outputs, facts, tally, sieve: Sieve { baselines, changes }, failed: false };
    files.unread.into_iter().for_each(|unread| run.unread(unread));
    for articles in files.articles.chunks(AT_ONCE) {
        let work: Vec<(&Article, Arc<Settings>)> = articles.iter().map(|article| (article, resolver.settings(article.name()))).collect();
        let one = |(article, settings): &(&Article, Arc<Settings>)| run.check(article, args.format, settings);
        // A single file is not worth starting threads for.
        let done: Vec<Outcome> = if work.len() == 1 { work.iter().map(one).collect() } else { work.par_iter().map(one).collect() };
        done.into_iter().for_each(|outcome| run.take(outcome));
        if !run.is_read() {
            break;
        }
    }
    run.facts.rules = resolver.rules();
    let stale = run.stale(args, &mut resolver);
    let mistaken = resolver.tell_troubles(args.color);
    let status = run.status(args.fail_on.severity()).max(mistaken).max(stale);
    Ok(run.close(args.quiet).max(status))
}

/// Reads and checks a file.
///
/// # Errors
/// The file cannot be read, or is no text.
pub fn checked(article: &Article, format: Option<FormatName>, settings: &Settings, today: Date) -> Result<Checked, Unread> {
    let unread = |message: String| Unread { path: article.name().to_owned(), message };
    let bytes = bytes(article).map_err(unread)?;
    let file = linter::File { name: article.name().to_owned(), bytes, format: format.map(FormatName::format) };
    linter::check_file(file, &settings.rules, settings.known(), today).map_err(|error| unread(error.to_string()))
}

/// What is left of a file when it is checked: its record, what each output says of it, and how it fits the baseline.
type Outcome = Result<(Record, Vec<String>, Sifted), Unread>;

fn bytes(article: &Article) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match article {
        Article::Staged(_, content) => return content.read(),
        Article::StandardInput(_) => {
            std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        }
        Article::File(path) => {
            let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
            let size = file.metadata().map(|meta| meta.len()).unwrap_or(0);
            if size > MAX_BYTES {
                return Err(Unreadable::TooLarge(size).to_string());
            }
            bytes.reserve(size as usize);
            file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        }
    }
    Ok(bytes)
}

/// The day in UTC: the same everywhere, so that one run in two places judges alike.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// A run under way.
struct Run {
    outputs: Vec<Output>,
    facts: Facts,
    tally: Tally,
    sieve: Sieve,
    /// Something could not be done.
    failed: bool,
}

impl Run {
    /// Checks an article, beside others.
    fn check(&self, article: &Article, format: Option<FormatName>, settings: &Settings) -> Outcome {
        let checked = checked(article, format, settings, self.facts.today)?;
        let mut record = Record::of(&checked);
        let sifted = self.sieve.sift(&mut record, format, settings, self.facts.today);
        let texts = self.outputs.iter().map(|output| output.text(&record, &checked.source)).collect();
        Ok((record, texts, sifted))
    }

    /// Takes an article in its turn.
    fn take(&mut self, outcome: Outcome) {
        match outcome {
            Ok((record, texts, sifted)) => {
                if let Some(trouble) = self.sieve.note(sifted) {
                    self.failure(&Error::File { path: record.summary.path.clone(), message: trouble });
                }
                self.failed |= record.remarks.iter().any(|remark| remark.rule == INTERNAL_ERROR.id);
                let failures: Vec<Error> =
                    self.outputs.iter_mut().zip(&texts).filter_map(|(output, text)| output.take(&record, text).err()).collect();
                failures.iter().for_each(|error| self.failure(error));
                self.tally.articles.push(record.summary);
            }
            Err(unread) => self.unread(unread),
        }
    }

    fn unread(&mut self, unread: Unread) {
        self.failed = true;
        output::warn(&format!("{}: {}", unread.path, unread.message));
        self.tally.unread.push(unread);
    }

    fn failure(&mut self, error: &Error) {
        self.failed = true;
        output::warn(&error.to_string());
    }

    /// Whether any output still has a reader.
    fn is_read(&self) -> bool {
        self.outputs.iter().any(Output::is_live)
    }

    /// Tells how the baseline stands, and gives the exit status that leads to.
    fn stale(&mut self, args: &CheckArgs, resolver: &mut Resolver) -> u8 {
        let Sieve { baselines, changes } = &mut self.sieve;
        // Of a change, only the articles that are in it were looked at.
        if changes.is_none() {
            baselines.search(Named::new(&args.paths).folders(), resolver);
        }
        let fails = args.baseline.fail_on_stale && baselines.is_stale(self.facts.today);
        if fails || !args.quiet {
            baselines.tell(self.facts.today);
        }
        if fails { FOUND } else { CLEAN }
    }

    fn status(&self, bar: Option<crate::diagnostic::Severity>) -> u8 {
        match bar {
            _ if self.failed => UNFINISHED,
            Some(bar) if self.tally.counts().reach(bar) => FOUND,
            _ => CLEAN,
        }
    }

    /// Ends the outputs and prints the closing line; the status is that of the endings alone.
    fn close(mut self, quiet: bool) -> u8 {
        let line = (!quiet).then(|| self.tally.line() + "\n");
        let in_report = self.outputs.iter().any(Output::closes_with_line);
        let before = std::mem::replace(&mut self.failed, false);
        for output in std::mem::take(&mut self.outputs) {
            if let Err(error) = output.close(&self.facts, &self.tally) {
                self.failure(&error);
            }
        }
        if let Some(line) = line.filter(|_| !in_report) {
            output::tell(&line);
        }
        if self.failed || before { UNFINISHED } else { CLEAN }
    }
}

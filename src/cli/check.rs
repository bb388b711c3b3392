//! `medproof check`: many files, a few at a time, each let go when it is reported.

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{CheckArgs, FormatName};
use super::files::{self, Article};
use super::fixing::{Carried, Plan};
use super::output::{self, Output, Target};
use super::settings::{Resolver, Settings};
use super::sink::Sink;
use super::{CLEAN, Error, FOUND, UNFINISHED};
use crate::linter::{self, Checked};
use crate::record::Record;
use crate::report::{Facts, Tally, Unread};
use crate::rules::INTERNAL_ERROR;
use crate::source::{MAX_BYTES, Unreadable};

/// How many files are in hand at once: enough to keep the threads busy, few enough to hold in memory.
const AT_ONCE: usize = 64;

/// Runs the check and gives the exit status.
pub fn run(args: &CheckArgs) -> Result<u8, Error> {
    let today = args.today.unwrap_or_else(today);
    let mut resolver = Resolver::new(&args.rules, &args.settings)?;
    let files = files::find(&args.paths, args.stdin_filename.as_deref());
    if files.articles.is_empty() && files.unread.is_empty() {
        return Err(Error::NothingToCheck(args.paths.join(", ")));
    }
    let fixes = Plan::of(&args.fixing)?;
    if fixes.as_ref().is_some_and(|fixes| !fixes.is_shown()) && files.articles.iter().any(|article| !article.is_file()) {
        return Err(Error::FixesNothing);
    }
    let diff = fixes.as_ref().filter(|fixes| fixes.is_shown()).map(|_| Sink::open(None)).transpose()?;
    // Standard output is for the diff alone.
    let targets: Vec<Target> = args.output.iter().filter(|target| diff.is_none() || target.path.is_some()).cloned().collect();
    let facts = Facts { today, rules: BTreeSet::new() };
    let outputs = Output::open(&targets, args.color, args.quiet, &facts)?;
    let mut run = Run { outputs, fixes, diff, facts, tally: Tally::default(), changed: false, failed: false };
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
    let mistaken = resolver.tell_troubles(args.color);
    let status = run.status(args.fail_on.severity()).max(mistaken);
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

/// What is left of a file when it is checked.
struct Done {
    record: Record,
    /// What each output says of it.
    texts: Vec<String>,
    /// The changes that its fixes would make.
    diff: String,
    /// What the user is told beside the report.
    told: Vec<String>,
    failed: bool,
}

type Outcome = Result<Done, Unread>;

fn bytes(article: &Article) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match article {
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
    fixes: Option<Plan>,
    /// Where changes are shown.
    diff: Option<Sink>,
    facts: Facts,
    tally: Tally,
    /// A change was shown.
    changed: bool,
    /// Something could not be done.
    failed: bool,
}

impl Run {
    /// Checks an article, beside others.
    fn check(&self, article: &Article, format: Option<FormatName>, settings: &Settings) -> Outcome {
        let checked = checked(article, format, settings, self.facts.today)?;
        let carried = match &self.fixes {
            Some(fixes) => fixes.carry_out(article.name(), checked, settings, self.facts.today),
            None => Carried::untouched(checked),
        };
        let Carried { checked, made, diff, told, failed } = carried;
        let mut record = Record::of(&checked);
        record.summary.fixed = made;
        let texts = self.outputs.iter().map(|output| output.text(&record, &checked.source)).collect();
        Ok(Done { record, texts, diff, told, failed })
    }

    /// Takes an article in its turn.
    fn take(&mut self, outcome: Outcome) {
        match outcome {
            Ok(Done { record, texts, diff, told, failed }) => {
                self.failed |= failed || record.remarks.iter().any(|remark| remark.rule == INTERNAL_ERROR.id);
                self.changed |= !diff.is_empty();
                told.iter().for_each(|message| output::warn(message));
                let failures: Vec<Error> =
                    self.outputs.iter_mut().zip(&texts).filter_map(|(output, text)| output.take(&record, text).err()).collect();
                let unshown = self.diff.as_mut().and_then(|sink| sink.write(&diff).err());
                failures.iter().chain(&unshown).for_each(|error| self.failure(error));
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
        self.outputs.iter().any(Output::is_live) || self.diff.as_ref().is_some_and(Sink::is_live)
    }

    fn status(&self, bar: Option<crate::diagnostic::Severity>) -> u8 {
        match bar {
            _ if self.failed => UNFINISHED,
            // A diff is asked for to learn whether there is one.
            _ if self.diff.is_some() => {
                if self.changed {
                    FOUND
                } else {
                    CLEAN
                }
            }
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
        if let Some(Err(error)) = self.diff.take().map(Sink::finish) {
            self.failure(&error);
        }
        if let Some(line) = line.filter(|_| !in_report) {
            output::tell(&line);
        }
        if self.failed || before { UNFINISHED } else { CLEAN }
    }
}

//! `medproof check`: many files, a few at a time, each let go when it is reported.

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{CheckArgs, FormatName, When};
use super::cache::{self, Cache, Kept};
use super::files::{self, Article};
use super::left_out;
use super::output::{self, Output, Target};
use super::progress::Progress;
use super::settings::{Resolver, Settings};
use super::{CLEAN, Error, FOUND, UNFINISHED};
use crate::diagnostic::Severity;
use crate::linter::{self, Checked};
use crate::record::Record;
use crate::report::{Facts, Tally, Unread};
use crate::rules::INTERNAL_ERROR;
use crate::source::{MAX_BYTES, Source, Unreadable};

/// How many files are in hand at once: enough to keep the threads busy, few enough to hold in memory.
const AT_ONCE: usize = 64;

/// Runs the check and gives the exit status.
pub fn run(args: &CheckArgs) -> Result<u8, Error> {
    let today = args.today.unwrap_or_else(today);
    let mut resolver = Resolver::new(&args.rules, &args.settings)?;
    if args.files.files_from.as_deref() == Some("-") && args.paths.iter().any(|path| path == "-") {
        return Err(Error::StandardInput);
    }
    let listed = args.files.files_from.as_deref().map_or(Ok(Vec::new()), files::listed)?;
    let mut files = files::find(&args.paths, &listed, args.stdin_filename.as_deref());
    let is_empty = files.articles.is_empty() && files.unread.is_empty();
    if let Some(shard) = args.files.shard {
        files.articles.retain(|article| shard.holds(article.name()));
        files.unread.retain(|unread| shard.holds(&unread.path));
    }
    if args.files.show_files {
        return left_out::show(&files, &args.paths, &listed, is_empty && !args.files.allow_empty);
    }
    if is_empty && !args.files.allow_empty {
        return Err(Error::NothingToCheck(left_out::why_empty(&args.paths, &listed)));
    }
    let mut run = Run::start(&targets(args), args.color, args.quiet, today)?;
    run.cache = Cache::open(&args.cache, files.articles.len(), today);
    let progress = Progress::start(files.articles.len(), !args.quiet && !args.no_progress && run.ends_lines());
    files.unread.into_iter().for_each(|unread| run.unread(unread));
    for articles in files.articles.chunks(AT_ONCE) {
        let work: Vec<(&Article, Arc<Settings>)> = articles.iter().map(|article| (article, resolver.settings(article.name()))).collect();
        let one = |(article, settings): &(&Article, Arc<Settings>)| {
            let outcome = run.check(article, args.format, settings);
            progress.advance();
            outcome
        };
        // A single file is not worth starting threads for.
        let done: Vec<Outcome> = if work.len() == 1 { work.iter().map(one).collect() } else { work.par_iter().map(one).collect() };
        let warns = done.iter().any(Result::is_err);
        let speaks = done.iter().flatten().any(|(_, texts, _)| texts.iter().any(|text| !text.is_empty()));
        progress.beside(warns, speaks, || {
            done.into_iter().for_each(|outcome| run.take(outcome));
            run.outputs.iter_mut().for_each(Output::flush);
        });
        if !run.is_read() {
            break;
        }
    }
    drop(progress);
    if let Some(cache) = run.cache.take() {
        cache.close();
    }
    run.facts.rules = resolver.rules();
    let mistaken = resolver.tell_troubles(args.color);
    let status = run.status(args.fail_on.severity()).max(mistaken);
    Ok(run.close(args.quiet).max(status))
}

/// The outputs that are asked for.
pub fn targets(args: &CheckArgs) -> Vec<Target> {
    let mut targets = args.output.clone();
    // Without -o, it is the default already.
    if args.statistics && !targets.iter().any(|target| target.form.name == "statistics") {
        targets.extend("statistics".parse::<Target>());
    }
    targets
}

/// Reads and checks a file.
///
/// # Errors
/// The file cannot be read, or is no text.
pub fn checked(article: &Article, format: Option<FormatName>, settings: &Settings, today: Date) -> Result<Checked, Unread> {
    check(read(article, format)?, settings, today)
}

fn check(file: linter::File, settings: &Settings, today: Date) -> Result<Checked, Unread> {
    let name = file.name.clone();
    linter::check_file(file, &settings.rules, settings.known(), today).map_err(|error| Unread { path: name, message: error.to_string() })
}

/// What is left of a file when it is checked: its record, what each output says of it, and what the cache is to keep.
type Outcome = Result<(Record, Vec<String>, Vec<Kept>), Unread>;

fn read(article: &Article, format: Option<FormatName>) -> Result<linter::File, Unread> {
    let name = article.name().to_owned();
    match bytes(article) {
        Ok(bytes) => Ok(linter::File { name, bytes, format: format.map(FormatName::format) }),
        Err(message) => Err(Unread { path: name, message }),
    }
}

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
pub struct Run {
    outputs: Vec<Output>,
    pub facts: Facts,
    tally: Tally,
    cache: Option<Cache>,
    /// Something could not be done.
    failed: bool,
}

impl Run {
    /// Opens the outputs.
    ///
    /// # Errors
    /// Two outputs at one place, or a file that cannot be written.
    pub fn start(targets: &[Target], color: When, quiet: bool, today: Date) -> Result<Self, Error> {
        let facts = Facts { today, rules: BTreeSet::new() };
        let outputs = Output::open(targets, color, quiet, &facts)?;
        Ok(Self { outputs, facts, tally: Tally::default(), cache: None, failed: false })
    }

    /// Checks an article, beside others.
    fn check(&self, article: &Article, format: Option<FormatName>, settings: &Settings) -> Outcome {
        let file = read(article, format)?;
        let mut look = cache::Look::at(self.cache.as_ref(), &file, settings);
        let check = |file| check(file, settings, self.facts.today);
        let (record, text) = look.record_or(file, check)?;
        let nothing = Source::new("", "");
        let mut said = |output: &Output| match output.reads_source() {
            true => look.text_or(&record, output, || output.text(&record, &text)),
            false => output.text(&record, &nothing),
        };
        let texts = self.outputs.iter().map(&mut said).collect();
        Ok((record, texts, look.kept()))
    }

    /// Takes a record of another run in its turn. Where its text is not to be had, outputs that read it say nothing of it.
    pub fn take_record(&mut self, record: Record, text: Result<Source, Error>) {
        let said = |output: &Output| match &text {
            Ok(text) => output.text(&record, text),
            Err(_) if output.reads_source() => String::new(),
            Err(_) => output.text(&record, &Source::new("", "")),
        };
        let texts = self.outputs.iter().map(said).collect();
        if let Err(error) = text {
            self.failure(&error);
        }
        self.take(Ok((record, texts, Vec::new())));
    }

    /// Whether an output shows more of an article's text than a record holds.
    pub fn reads_source(&self) -> bool {
        self.outputs.iter().any(Output::reads_source)
    }

    /// Whether a bar may stand below what goes to standard output.
    fn ends_lines(&self) -> bool {
        self.outputs.iter().all(Output::ends_lines)
    }

    /// Takes an article in its turn.
    fn take(&mut self, outcome: Outcome) {
        match outcome {
            Ok((record, texts, kept)) => {
                if let Some(cache) = &mut self.cache {
                    cache.keep(kept);
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

    pub fn unread(&mut self, unread: Unread) {
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

    pub fn status(&self, bar: Option<Severity>) -> u8 {
        match bar {
            _ if self.failed => UNFINISHED,
            Some(bar) if self.tally.counts().reach(bar) => FOUND,
            _ => CLEAN,
        }
    }

    /// Ends the outputs and prints the closing line; the status is that of the endings alone.
    pub fn close(mut self, quiet: bool) -> u8 {
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

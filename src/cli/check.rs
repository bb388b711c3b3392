//! `medproof check`: many files, a few at a time, each let go when it is reported.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{CheckArgs, FormatName, When};
use super::baselines::{Baselines, Missing};
use super::cache::{self, Cache, Kept};
use super::changes::Changes;
use super::files::{self, Article};
use super::fixing::{Carried, Plan};
use super::left_out;
use super::named::Named;
use super::online::Asking;
use super::output::{self, Output, Target};
use super::progress::Progress;
use super::settings::{Resolver, Settings};
use super::sieve::{Sieve, Sifted};
use super::sink::Sink;
use super::word::{Copied, Copies};
use super::work::{AT_ONCE, Work, check, read, today};
use super::{CLEAN, Error, FOUND, UNFINISHED};
use crate::diagnostic::Severity;
use crate::linter::Checked;
use crate::record::Record;
use crate::report::{Facts, Tally, Unread};
use crate::rule::Category;
use crate::rules::{self, INTERNAL_ERROR};
use crate::source::Source;

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
    if is_empty && !args.files.allow_empty && !args.changes.staged {
        return Err(Error::NothingToCheck(left_out::why_empty(&args.paths, &listed)));
    }
    let named: Vec<String> = args.paths.iter().chain(&listed).cloned().collect();
    let changes = Changes::of(&args.changes, &named, &mut files)?;
    let mut asking = Asking::of(&args.online.world, &args.cache)?;
    if let Some(asking) = asking.as_mut().filter(|_| args.online.dry_run) {
        for articles in files.articles.chunks(AT_ONCE) {
            asking.show(&mut Work::of(articles, &mut resolver), args.format)?;
        }
        return Ok(resolver.tell_troubles(args.color));
    }
    let names = files.articles.iter().map(Article::name);
    let baselines = Baselines::open(&args.baseline, &mut resolver, names, Missing::IsAnError)?;
    let fixes = Plan::of(&args.fixing)?;
    if fixes.as_ref().is_some_and(|fixes| !fixes.is_shown()) && files.articles.iter().any(|article| !article.is_file()) {
        return Err(Error::FixesNothing);
    }
    let copies = Copies::of(&args.fixing, files.articles.iter().map(Article::name))?;
    let diff = fixes.as_ref().filter(|fixes| fixes.is_shown()).map(|_| Sink::open(None)).transpose()?;
    // Standard output is for the diff alone.
    let targets: Vec<Target> = targets(args).into_iter().filter(|target| diff.is_none() || target.path.is_some()).collect();
    let mut run = Run::start(&targets, args.color, args.quiet, today)?;
    if fixes.is_none() && copies.is_none() && asking.is_none() {
        run.cache = Cache::open(&args.cache, files.articles.len(), today);
    }
    (run.fixes, run.diff, run.copies) = (fixes, diff, copies);
    run.tally.only = changes.as_ref().map(|changes| changes.only.clone());
    run.sieve = Sieve { baselines, changes };
    let progress = Progress::start(files.articles.len(), !args.quiet && !args.no_progress && run.ends_lines());
    files.unread.into_iter().for_each(|unread| run.unread(unread));
    for articles in files.articles.chunks(AT_ONCE) {
        let mut work = Work::of(articles, &mut resolver);
        if let Some(asking) = &mut asking {
            asking.ask(&mut work, args.format, &progress)?;
        }
        let one = |work: Work<'_>| {
            let outcome = run.check(work, args.format);
            progress.advance();
            outcome
        };
        // A single file is not worth starting threads for.
        let done: Vec<Outcome> =
            if work.len() == 1 { work.into_iter().map(one).collect() } else { work.into_par_iter().map(one).collect() };
        let warns = done.iter().any(|outcome| outcome.as_ref().map_or(true, |done| !done.told.is_empty() || !done.copied.told.is_empty()));
        let speaks = done.iter().flatten().any(|done| done.texts.iter().chain([&done.diff]).any(|text| !text.is_empty()));
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
    if let Some(copies) = &run.copies {
        copies.tell(&run.copied, args.quiet);
    }
    run.facts.rules = resolver.rules();
    if asking.is_none() {
        run.facts.rules.retain(|id| rules::find(id).is_none_or(|entry| entry.category != Category::Online));
    }
    let stale = run.stale(args, &named, &mut resolver);
    let mistaken = resolver.tell_troubles(args.color);
    let unchecked = if args.online.strict_online && run.tally.sum(|article| article.unchecked) > 0 { UNFINISHED } else { CLEAN };
    let status = run.status(args.fail_on.severity()).max(mistaken).max(stale).max(unchecked);
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

/// What is left of a file when it is checked.
struct Done {
    record: Record,
    /// What each output says of it.
    texts: Vec<String>,
    /// What the cache is to keep.
    kept: Vec<Kept>,
    /// How it fits the baseline.
    sifted: Sifted,
    /// The changes that its fixes would make.
    diff: String,
    /// What the user is told beside the report.
    told: Vec<String>,
    failed: bool,
    copied: Copied,
}

impl Done {
    fn of(record: Record) -> Self {
        let (sifted, copied) = (Sifted::default(), Copied::default());
        Self { record, texts: Vec::new(), kept: Vec::new(), sifted, diff: String::new(), told: Vec::new(), failed: false, copied }
    }
}

type Outcome = Result<Done, Unread>;

/// A run under way.
pub struct Run {
    outputs: Vec<Output>,
    pub facts: Facts,
    tally: Tally,
    cache: Option<Cache>,
    sieve: Sieve,
    fixes: Option<Plan>,
    /// Where changes are shown.
    diff: Option<Sink>,
    copies: Option<Copies>,
    /// What has become of copies so far.
    copied: Copied,
    /// A change was shown.
    changed: bool,
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
        Ok(Self {
            outputs,
            facts,
            tally: Tally::default(),
            cache: None,
            sieve: Sieve::default(),
            fixes: None,
            diff: None,
            copies: None,
            copied: Copied::default(),
            changed: false,
            failed: false,
        })
    }

    /// Checks an article, beside others.
    fn check(&self, Work { article, file, settings }: Work<'_>, format: Option<FormatName>) -> Outcome {
        let (file, settings) = (file.unwrap_or_else(|| read(article, format))?, &*settings);
        if let Some(fixes) = &self.fixes {
            let checked = check(file, settings, self.facts.today)?;
            let carried = fixes.carry_out(article.name(), checked, settings, self.facts.today);
            return Ok(self.mended(carried, format, settings));
        }
        if let Some(copies) = &self.copies {
            let bytes = file.bytes.clone();
            let checked = check(file, settings, self.facts.today)?;
            let mut done = self.done(&checked, 0, format, settings);
            done.copied = copies.write(&bytes, &done.record, checked, settings, self.facts.today);
            return Ok(done);
        }
        let mut look = cache::Look::at(self.cache.as_ref(), &file, settings);
        let check = |file| check(file, settings, self.facts.today);
        let (mut record, text) = look.record_or(file, check)?;
        let sifted = self.sieve.sift(&mut record, format, settings, self.facts.today);
        let nothing = Source::new("", "");
        let mut said = |output: &Output| match output.reads_source() {
            true => look.text_or(&record, output, || output.text(&record, &text)),
            false => output.text(&record, &nothing),
        };
        let texts = self.outputs.iter().map(&mut said).collect();
        Ok(Done { texts, kept: look.kept(), sifted, ..Done::of(record) })
    }

    /// What is left of an article whose fixes were made or shown.
    fn mended(&self, carried: Carried, format: Option<FormatName>, settings: &Settings) -> Done {
        let Carried { checked, made, diff, told, failed } = carried;
        Done { diff, told, failed, ..self.done(&checked, made, format, settings) }
    }

    /// What is left of an article that was not looked up.
    fn done(&self, checked: &Checked, made: usize, format: Option<FormatName>, settings: &Settings) -> Done {
        let mut record = Record::of(checked);
        record.summary.fixed = made;
        let sifted = self.sieve.sift(&mut record, format, settings, self.facts.today);
        let texts = self.outputs.iter().map(|output| output.text(&record, &checked.source)).collect();
        Done { texts, sifted, ..Done::of(record) }
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
        self.take(Ok(Done { texts, ..Done::of(record) }));
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
            Ok(Done { record, texts, kept, sifted, diff, told, failed, copied }) => {
                if let Some(trouble) = self.sieve.note(sifted) {
                    self.failure(&Error::File { path: record.summary.path.clone(), message: trouble });
                }
                if let Some(cache) = &mut self.cache {
                    cache.keep(kept);
                }
                self.changed |= !diff.is_empty();
                told.iter().chain(&copied.told).for_each(|message| output::warn(message));
                self.failed |= failed || copied.failed || record.remarks.iter().any(|remark| remark.rule == INTERNAL_ERROR.id);
                let failures: Vec<Error> =
                    self.outputs.iter_mut().zip(&texts).filter_map(|(output, text)| output.take(&record, text).err()).collect();
                let unshown = self.diff.as_mut().and_then(|sink| sink.write(&diff).err());
                failures.iter().chain(&unshown).for_each(|error| self.failure(error));
                self.copied.add(copied);
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
        self.outputs.iter().any(Output::is_live) || self.diff.as_ref().is_some_and(Sink::is_live)
    }

    /// Tells how the baseline stands, and gives the exit status that leads to.
    fn stale(&mut self, args: &CheckArgs, named: &[String], resolver: &mut Resolver) -> u8 {
        let Sieve { baselines, changes } = &mut self.sieve;
        // Of a change or a share, only the articles that are in it were looked at.
        if changes.is_none() && args.files.shard.is_none() {
            baselines.search(Named::new(named).folders(), resolver);
        }
        let fails = args.baseline.fail_on_stale && baselines.is_stale(self.facts.today);
        if fails || !args.quiet {
            baselines.tell(self.facts.today);
        }
        if fails { FOUND } else { CLEAN }
    }

    pub fn status(&self, bar: Option<Severity>) -> u8 {
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
    pub fn close(mut self, quiet: bool) -> u8 {
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

//! `medproof baseline`: accepts today's findings, takes out what no longer holds, and shows what is accepted.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{BaselineArgs, BaselineRun, BaselineVerb, BaselineWriteArgs, When};
use super::baselines::{Baselines, Missing, Open, in_words};
use super::files::{self, Article};
use super::left_out;
use super::named::Named;
use super::online::Asking;
use super::output;
use super::progress::Progress;
use super::settings::Resolver;
use super::work::{self, AT_ONCE, Work};
use super::{CLEAN, Error, UNFINISHED};
use crate::baseline::{Entry, Fit, State, is_acceptable, is_safety};
use crate::record::{Record, Remark};
use crate::report::Unread;
use crate::rules::INTERNAL_ERROR;

/// Runs the command and gives the exit status.
pub fn run(args: &BaselineArgs) -> Result<u8, Error> {
    match &args.verb {
        BaselineVerb::Write(args) => write(args),
        BaselineVerb::Prune(args) => prune(args),
        BaselineVerb::Show(args) => show(args),
    }
}

fn write(args: &BaselineWriteArgs) -> Result<u8, Error> {
    if args.until.is_some_and(|until| until < args.run.today()) {
        return Err(Error::NoBaseline("the day of --until is over, so that the entries would accept nothing"));
    }
    let mut fresh: HashMap<usize, BTreeMap<String, Vec<Entry>>> = HashMap::new();
    let mut left_out: HashMap<usize, usize> = HashMap::new();
    let run = Run::new(&args.run, Missing::IsEmpty, |place, record, fit, today| {
        for remark in not_taken(record, fit) {
            if is_safety(remark) && !args.include_safety {
                *left_out.entry(place.baseline).or_default() += 1;
                continue;
            }
            let entry = Entry { until: args.until, reason: args.reason.clone(), ..Entry::of(remark, today) };
            fresh.entry(place.baseline).or_default().entry(place.path.clone()).or_default().push(entry);
        }
    })?;
    for (i, open) in run.baselines.all.iter().enumerate() {
        let fresh = fresh.remove(&i).unwrap_or_default();
        let new: usize = fresh.values().map(Vec::len).sum();
        let renewed = open.ledger.renewed(&open.baseline, fresh, |path, rule| open.is_deleted(path, rule), |_| true);
        let (before, after) = (open.baseline.count(), renewed.count());
        let articles = renewed.articles.len();
        let is_written = open.write(renewed, run.today)?;
        let kept = after - new as u64;
        let mut line = match (is_written, after) {
            (false, 0) => format!("{}: there is nothing to accept", open.name),
            (false, _) => format!("{}: nothing has changed; {} accepted in {}", open.name, findings(after), articles_in(articles)),
            (true, _) => format!(
                "Wrote {}: {} accepted in {} ({new} new, {kept} kept, {} taken out)",
                open.name,
                findings(after),
                articles_in(articles),
                before.saturating_sub(kept)
            ),
        };
        if let Some(&count) = left_out.get(&i) {
            let _ = write!(
                line,
                "\n{} on medicines and doses left out: correct them, or accept them with --include-safety",
                findings(count as u64)
            );
        }
        let expired = open.standings(run.today).iter().filter(|standing| standing.state == State::Expired).count();
        if expired > 0 {
            let _ = write!(
                line,
                "\n{expired} expired and still so: give another `until`, or take out what expired with `medproof baseline prune`"
            );
        }
        output::tell(&(line + "\n"));
    }
    if run.baselines.all.is_empty() {
        return Err(Error::NoBaseline("no baseline belongs to these articles; name one with --baseline"));
    }
    Ok(run.status)
}

/// The findings that no entry takes.
fn not_taken<'r>(record: &'r Record, fit: &'r Fit) -> impl Iterator<Item = &'r Remark> {
    let both = record.remarks.iter().zip(&fit.takes);
    both.filter(|(remark, taken)| taken.is_none() && is_acceptable(remark)).map(|(remark, _)| remark)
}

fn prune(args: &BaselineRun) -> Result<u8, Error> {
    let run = Run::new(args, Missing::IsAnError, |_, _, _, _| {})?;
    for open in run.existing()? {
        let deleted = |path: &str, rule: &str| open.is_deleted(path, rule);
        let renewed = open.ledger.renewed(&open.baseline, BTreeMap::new(), deleted, |entry| !entry.is_expired(run.today));
        let (before, after) = (open.baseline.count(), renewed.count());
        let articles = articles_in(renewed.articles.len());
        let is_written = open.write(renewed, run.today)?;
        let done =
            if is_written { format!("{} taken out", findings(before.saturating_sub(after))) } else { "nothing to take out".to_owned() };
        output::tell(&format!("{}: {done}; {} accepted in {articles}\n", open.name, findings(after)));
    }
    Ok(run.status)
}

fn show(args: &BaselineRun) -> Result<u8, Error> {
    let run = Run::new(args, Missing::IsAnError, |_, _, _, _| {})?;
    let mut out = String::new();
    for open in run.existing()? {
        let written = open.baseline.written.map_or(String::new(), |day| format!(", written {day}"));
        let _ = writeln!(out, "{}{written}", open.name);
        let moves: BTreeMap<&str, String> = open.ledger.moves().map(|(path, now)| (path, now.join(" and "))).collect();
        let mut counts: BTreeMap<State, usize> = BTreeMap::new();
        let mut path = "";
        for standing in open.standings(run.today) {
            if standing.path != path {
                path = standing.path;
                let now = moves.get(path).map_or(String::new(), |now| format!(" (now {now})"));
                let _ = writeln!(out, "\n{path}{now}");
            }
            *counts.entry(standing.state).or_default() += 1;
            let _ = writeln!(out, "  {:9}  {}", standing.state.name(), in_words(&standing));
        }
        let counts: Vec<String> = counts.iter().map(|(state, count)| format!("{count} {}", state.name())).collect();
        let counts = if counts.is_empty() { "none".to_owned() } else { counts.join(", ") };
        let _ = writeln!(out, "\nEntries: {counts}");
    }
    Ok(output::print(&out)?.max(run.status))
}

/// Articles that were checked against their baselines.
struct Run {
    baselines: Baselines,
    today: Date,
    status: u8,
}

impl BaselineRun {
    fn today(&self) -> Date {
        self.today.unwrap_or_else(work::today)
    }
}

impl Run {
    /// Checks the articles and gives each in the order of their names.
    fn new(
        args: &BaselineRun,
        missing: Missing,
        mut each: impl FnMut(&super::baselines::Place, &Record, &Fit, Date),
    ) -> Result<Self, Error> {
        if args.paths.iter().any(|path| path == "-") {
            return Err(Error::NoBaseline("standard input has no path by which a baseline could know it"));
        }
        let today = args.today();
        let mut resolver = Resolver::new(&args.rules, &args.settings)?;
        let mut asking = Asking::of(&args.world, &args.cache)?;
        let files = files::find(&args.paths, &[], None);
        if files.articles.is_empty() && files.unread.is_empty() {
            return Err(Error::NothingToCheck(left_out::why_empty(&args.paths, &[])));
        }
        let mut baselines = Baselines::open(&args.choice(), &mut resolver, files.articles.iter().map(Article::name), missing)?;
        let mut status = CLEAN;
        let mut unread = |Unread { path, message }: Unread| {
            status = UNFINISHED;
            output::warn(&format!("{path}: {message}"));
        };
        files.unread.into_iter().for_each(&mut unread);
        for articles in files.articles.chunks(AT_ONCE) {
            let mut work = Work::of(articles, &mut resolver);
            if let Some(asking) = &mut asking {
                asking.ask(&mut work, args.format, &Progress::start(0, false))?;
            }
            let one = |work: Work<'_>| {
                let settings = work.settings.clone();
                let record = Record::of(&work.checked(args.format, today)?);
                let fit = baselines.fit(&record, &settings, today);
                Ok((record, fit))
            };
            let done: Vec<Result<_, Unread>> = work.into_par_iter().map(one).collect();
            for outcome in done {
                match outcome {
                    Ok((record, fit)) => {
                        if let Some(remark) = record.remarks.iter().find(|remark| remark.rule == INTERNAL_ERROR.id) {
                            unread(Unread { path: record.summary.path.clone(), message: remark.message.clone() });
                        }
                        if let Some((place, fit)) = fit.filter(|(place, _)| !baselines.knows(place)) {
                            each(&place, &record, &fit, today);
                            baselines.note(place, fit);
                        }
                    }
                    Err(error) => unread(error),
                }
            }
        }
        baselines.search(Named::new(&args.paths).folders(), &mut resolver);
        let status = status.max(resolver.tell_troubles(When::Auto));
        Ok(Self { baselines, today, status })
    }

    /// The baselines, of which there must be one.
    fn existing(&self) -> Result<&[Open], Error> {
        match self.baselines.all.as_slice() {
            [] => Err(Error::NoBaseline("there is no baseline for these articles; `medproof baseline write` makes one")),
            all => Ok(all),
        }
    }
}

fn findings(count: u64) -> String {
    if count == 1 { "1 finding".into() } else { format!("{count} findings") }
}

fn articles_in(count: usize) -> String {
    if count == 1 { "1 article".into() } else { format!("{count} articles") }
}

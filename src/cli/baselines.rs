//! The baselines of a run: each article has that of its settings, or all have the one that the command line names.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Error;
use super::args::BaselineChoice;
use super::changes::whole;
use super::output;
use super::settings::{Resolver, Settings};
use super::sink::Sink;
use crate::baseline::{self, Baseline, Fit, Gone, Ledger, Standing, State};
use crate::record::Record;
use crate::rules;

/// How many entries are told of each kind.
const SHOWN: usize = 10;

/// What is done where there is no baseline yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// One that is named must be there.
    IsAnError,
    /// One is made.
    IsEmpty,
}

/// The baselines that hold for the articles of a run.
#[derive(Default)]
pub struct Baselines {
    pub all: Vec<Open>,
    /// By the name of an article.
    places: HashMap<String, Place>,
}

/// Which baseline has an article, and its path there.
#[derive(Debug, Clone)]
pub struct Place {
    pub baseline: usize,
    pub path: String,
}

/// A baseline that is used.
pub struct Open {
    /// As it is shown.
    pub name: String,
    file: PathBuf,
    folder: PathBuf,
    exists: bool,
    pub baseline: Baseline,
    gone: Gone,
    pub ledger: Ledger,
    /// The rules that would have run on each article that is gone from the folders that were checked.
    deleted: HashMap<String, BTreeSet<&'static str>>,
}

impl Baselines {
    /// Opens the baselines of the articles.
    ///
    /// # Errors
    /// A baseline that cannot be read, or is named and not there.
    pub fn open<'a>(
        choice: &BaselineChoice,
        resolver: &mut Resolver,
        articles: impl Iterator<Item = &'a str>,
        missing: Missing,
    ) -> Result<Self, Error> {
        let mut baselines = Self::default();
        if choice.no_baseline {
            return Ok(baselines);
        }
        let mut files: HashMap<PathBuf, Option<usize>> = HashMap::new();
        // Articles of one folder have one baseline.
        let mut folders: HashMap<PathBuf, (Option<usize>, PathBuf)> = HashMap::new();
        for article in articles {
            let path = Path::new(article);
            let parent = path.parent().unwrap_or(Path::new(""));
            if !folders.contains_key(parent) {
                let named = choice.baseline.as_ref().map(|file| (file.clone(), true));
                let baseline = match named.or_else(|| resolver.baseline(article)) {
                    Some((file, is_named)) => baselines.opened(whole(&file), is_named, missing, &mut files)?,
                    None => None,
                };
                folders.insert(parent.to_owned(), (baseline, whole(path).parent().unwrap_or(Path::new("")).to_owned()));
            }
            if let (Some(baseline), folder) = &folders[parent] {
                let path = relative(&folder.join(path.file_name().unwrap_or_default()), &baselines.all[*baseline].folder);
                baselines.places.insert(article.to_owned(), Place { baseline: *baseline, path });
            }
        }
        Ok(baselines)
    }

    /// The baseline in a file, which is opened once; `None` where there is none.
    fn opened(
        &mut self,
        file: PathBuf,
        is_named: bool,
        missing: Missing,
        files: &mut HashMap<PathBuf, Option<usize>>,
    ) -> Result<Option<usize>, Error> {
        if let Some(known) = files.get(&file) {
            return Ok(*known);
        }
        let must_exist = is_named && missing == Missing::IsAnError;
        let open = Open::read(&file, must_exist)?;
        let baseline = (open.exists || missing == Missing::IsEmpty).then(|| {
            self.all.push(open);
            self.all.len() - 1
        });
        files.insert(file, baseline);
        Ok(baseline)
    }

    /// How the findings of an article fit its baseline.
    pub fn fit(&self, record: &Record, settings: &Settings, today: Date) -> Option<(Place, Fit)> {
        let place = self.places.get(&record.summary.path)?;
        let open = &self.all[place.baseline];
        let is_answered = record.summary.looked_up > 0 && record.summary.unchecked == 0;
        let has_spoken = |rule: &str| is_answered || !rules::asks(rule);
        let runs = |rule: &str| has_spoken(rule) && settings.rules.iter().any(|enabled| enabled.entry.id == rule);
        Some((place.clone(), open.baseline.fit(&place.path, &open.gone, &record.remarks, runs, today)))
    }

    /// Takes out the findings that are accepted.
    pub fn accept(&self, record: &mut Record, place: &Place, fit: &Fit, today: Date) {
        let mut accepted = self.all[place.baseline].baseline.accepted(fit, today).into_iter();
        let before = record.remarks.len();
        record.remarks.retain(|_| accepted.next() != Some(true));
        record.summary.accepted = before - record.remarks.len();
    }

    /// Whether an article was noted, perhaps under another name.
    pub fn knows(&self, place: &Place) -> bool {
        self.all[place.baseline].ledger.knows(&place.path)
    }

    /// Takes note of an article.
    pub fn note(&mut self, place: Place, fit: Fit) {
        self.all[place.baseline].ledger.note(place.path, fit);
    }

    /// Counts the articles as deleted that are gone from these folders.
    pub fn search<'a>(&mut self, folders: impl Iterator<Item = &'a Path>, resolver: &mut Resolver) {
        let folders: Vec<&Path> = folders.collect();
        for open in &mut self.all {
            for path in open.gone.paths() {
                let file = below(&open.folder, path);
                if folders.iter().any(|folder| file.starts_with(folder)) {
                    let settings = resolver.settings(&file.to_string_lossy());
                    let rules = settings.rules.iter().map(|enabled| enabled.entry.id).collect();
                    open.deleted.insert(path.to_owned(), rules);
                }
            }
        }
    }

    /// Tells of entries that no longer hold, and of articles that moved.
    pub fn tell(&self, today: Date) {
        for open in &self.all {
            let standings = open.standings(today);
            open.tell(&standings, State::Stale, "nothing is found any more for", "`medproof baseline prune` takes them out");
            open.tell(&standings, State::Expired, "the time is over of", "their findings are told again");
            for (path, now) in open.ledger.moves() {
                output::warn(&format!("{}: {path} is now {}, and its entries still hold", open.name, now.join(" and ")));
            }
        }
    }

    /// Whether an entry no longer holds for anything.
    pub fn is_stale(&self, today: Date) -> bool {
        self.all.iter().any(|open| open.standings(today).iter().any(|standing| standing.state == State::Stale))
    }
}

impl Open {
    fn read(file: &Path, must_exist: bool) -> Result<Self, Error> {
        let here = std::env::current_dir().unwrap_or_default();
        let name = file.strip_prefix(&here).unwrap_or(file).display().to_string();
        let told = |message: String| Error::File { path: name.clone(), message };
        // A device may be written to; read, it might never end.
        let is_device = file.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
        if is_device && must_exist {
            return Err(told("this is no file".into()));
        }
        let bytes = if is_device { Ok(Vec::new()) } else { std::fs::read(file) };
        let text = match bytes {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(|_| told("a baseline is written in UTF-8, and this file is not".into()))?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => None,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(told("there is no such baseline; `medproof baseline write` makes it".into()));
            }
            Err(error) => return Err(told(format!("cannot be read: {error}"))),
        };
        // An empty file is a place to write to.
        let text = text.filter(|text| !text.is_empty());
        let baseline = text.as_deref().map_or(Ok(Baseline::default()), baseline::read).map_err(|error| told(error.to_string()))?;
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let gone = Gone::new(&baseline, |path| below(&folder, path).exists());
        let file = file.to_owned();
        let ledger = Ledger::default();
        Ok(Self { name, file, folder, exists: text.is_some(), baseline, gone, ledger, deleted: HashMap::new() })
    }

    /// Every entry, and whether it still holds.
    pub fn standings(&self, today: Date) -> Vec<Standing<'_>> {
        self.ledger.standings(&self.baseline, today, |path, rule| self.is_deleted(path, rule))
    }

    /// Whether a rule would have run on an article that is gone.
    pub fn is_deleted(&self, path: &str, rule: &str) -> bool {
        self.deleted.get(path).is_some_and(|rules| rules.contains(rule))
    }

    /// Writes another baseline in its place; whether there was something to change.
    ///
    /// # Errors
    /// The file cannot be written; it is as it was then.
    pub fn write(&self, mut renewed: Baseline, today: Date) -> Result<bool, Error> {
        let is_same = renewed.articles == self.baseline.articles;
        if is_same && self.exists || renewed.articles.is_empty() && !self.exists {
            return Ok(false);
        }
        renewed.written = Some(today);
        let mut sink = Sink::open(Some(&self.file))?;
        sink.write(renewed.to_string())?;
        sink.finish()?;
        Ok(true)
    }

    fn tell(&self, standings: &[Standing<'_>], state: State, what: &str, then: &str) {
        let such: Vec<&Standing<'_>> = standings.iter().filter(|standing| standing.state == state).collect();
        if such.is_empty() {
            return;
        }
        let entries = if such.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", such.len()) };
        let mut told = format!("{}: {what} {entries}; {then}\n", self.name);
        for standing in such.iter().take(SHOWN) {
            told += &format!("  {}: {}\n", standing.path, in_words(standing));
        }
        if such.len() > SHOWN {
            told += &format!("  and {} more; `medproof baseline show` lists them\n", such.len() - SHOWN);
        }
        output::warn(told.trim_end());
    }
}

/// An entry on a line.
pub fn in_words(standing: &Standing<'_>) -> String {
    let entry = standing.entry;
    let mut out = entry.rule.clone();
    if !entry.words.is_empty() {
        out += &format!(" “{}”", entry.words);
    }
    if entry.near != entry.words {
        out += &format!(" in “{}”", entry.near);
    }
    match (standing.state, entry.count) {
        (State::Stale, count) if standing.used > 0 => out += &format!(", {} of {count} left", standing.used),
        (_, 1) => {}
        (_, count) => out += &format!(", {count} times"),
    }
    let days = [("since", entry.since), ("until", entry.until)];
    for (word, day) in days.into_iter().filter_map(|(word, day)| Some((word, day?))) {
        out += &format!(", {word} {day}");
    }
    entry.reason.iter().for_each(|reason| out += &format!(": {reason}"));
    out
}

/// A path as seen from a folder, with `/` between folders.
fn relative(file: &Path, folder: &Path) -> String {
    let shared = file.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| "..".into());
    let down = file.components().skip(shared).map(|part| part.as_os_str().to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The file that such a path leads to.
fn below(folder: &Path, path: &str) -> PathBuf {
    let mut file = folder.to_owned();
    for part in path.split('/') {
        if part == ".." {
            file.pop();
        } else {
            file.push(part);
        }
    }
    file
}

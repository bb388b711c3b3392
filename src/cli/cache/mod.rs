//! What earlier runs found, so that an article that has not changed is not checked again.
//!
//! A result is asked for by everything that it follows from: the bytes of the file, the format it is read as, the settings that
//! hold for it, and the program itself, byte for byte. Where no rule asked for the day, a result holds on any day, else on that one
//! alone. What an output said of an article that it had to read is kept too, as showing a finding costs more than finding it.
//! Files that could not be read, and failures of medproof itself, are tried anew in every run.

mod pack;

use std::cell::LazyCell;
use std::io::{self, Read};
use std::path::PathBuf;

use jiff::civil::Date;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use super::args::{CacheChoice, CleanArgs};
use super::output::Output;
use super::settings::Settings;
use super::{CLEAN, Error, output};
use crate::formats;
use crate::linter::{Checked, File};
use crate::record::Record;
use crate::report::Unread;
use crate::rules::INTERNAL_ERROR;
use crate::source::Source;
#[cfg(feature = "online")]
pub use pack::create_folder;
use pack::{Additions, Key, Pack};

/// Fewer articles are checked sooner than the program is told from another.
const WORTH_FROM: usize = 32;

/// The results of earlier runs, and those that this run adds.
pub struct Cache {
    pack: Pack,
    additions: Option<Additions>,
    today: Date,
    /// The user named the folder, and is told when it cannot be used.
    is_named: bool,
    failure: Option<io::Error>,
}

/// A result to keep.
pub struct Kept {
    key: Key,
    value: Vec<u8>,
}

/// The text of an article, opened when it is looked at.
pub type Text = LazyCell<Source, Box<dyn FnOnce() -> Source>>;

/// What is known and learnt of one file; without a cache nothing is known and nothing kept.
pub struct Look<'c> {
    cache: Option<(&'c Cache, Key)>,
    kept: Vec<Kept>,
}

impl<'c> Look<'c> {
    /// Looks a file up.
    pub fn at(cache: Option<&'c Cache>, file: &File, settings: &Settings) -> Self {
        Self { cache: cache.map(|cache| (cache, key(file, settings))), kept: Vec::new() }
    }

    /// The record of the file, as it was kept, or else is found now.
    ///
    /// # Errors
    /// Those of the check.
    pub fn record_or(&mut self, file: File, check: impl FnOnce(File) -> Result<Checked, Unread>) -> Result<(Record, Text), Unread> {
        if let Some(record) = self.cache.and_then(|(cache, key)| cache.record(key, &file.name)) {
            let format = record.summary.format;
            // It could be opened when its record was made, and is the same file.
            let text = move || formats::source(file.name, file.bytes, format).unwrap_or_else(|_| Source::new("", ""));
            return Ok((record, Text::new(Box::new(text))));
        }
        let checked = check(file)?;
        let record = Record::of(&checked);
        self.kept.extend(self.cache.and_then(|(cache, key)| cache.keep_record(key, &checked, &record)));
        let source = checked.source;
        Ok((record, Text::new(Box::new(move || source))))
    }

    /// What an output said of a record of the file before, or else says now.
    pub fn text_or(&mut self, record: &Record, output: &Output, text: impl FnOnce() -> String) -> String {
        let Some((cache, key)) = self.cache else { return text() };
        // A record may have changed since it was kept, as a baseline hides findings.
        let mut from = key.to_le_bytes().to_vec();
        if rmp_serde::encode::write(&mut from, record).is_err() {
            return text();
        }
        from.extend(output.look().bytes());
        let key = xxh3_128(&from);
        cache.pack.get(key).and_then(|value| String::from_utf8(value).ok()).unwrap_or_else(|| {
            let text = text();
            self.kept.push(Kept { key, value: text.clone().into_bytes() });
            text
        })
    }

    /// What is to be kept.
    pub fn kept(self) -> Vec<Kept> {
        self.kept
    }
}

/// What the result for a file is asked for by.
fn key(file: &File, settings: &Settings) -> Key {
    // Of the name, only the end has a say in how a file is read.
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let mut hasher = Xxh3Default::new();
    for part in [ending.as_bytes(), format!("{:?}", file.format).as_bytes(), &settings.mark.to_le_bytes(), &file.bytes] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.digest128()
}

impl Cache {
    /// The cache for a run over so many articles, where there is any use in it.
    pub fn open(choice: &CacheChoice, articles: usize, today: Date) -> Option<Self> {
        let is_named = choice.named().is_some();
        if choice.no_cache || articles < WORTH_FROM && !is_named {
            return None;
        }
        let pack = Pack::open(&choice.folder()?, edition()?);
        Some(Self { pack, additions: None, today, is_named, failure: None })
    }

    fn record(&self, key: Key, name: &str) -> Option<Record> {
        let value = self.pack.get(key)?;
        let (day, record) = value.split_at_checked(4)?;
        if day != ANY_DAY && day != in_bytes(self.today) {
            return None;
        }
        let mut record: Record = rmp_serde::from_slice(record).ok()?;
        name.clone_into(&mut record.summary.path);
        Some(record)
    }

    /// The record of an article to keep; none for a failure.
    fn keep_record(&self, key: Key, checked: &Checked, record: &Record) -> Option<Kept> {
        if record.remarks.iter().any(|remark| remark.rule == INTERNAL_ERROR.id) {
            return None;
        }
        let mut value = if checked.is_dated { in_bytes(self.today) } else { ANY_DAY }.to_vec();
        rmp_serde::encode::write(&mut value, record).ok()?;
        Some(Kept { key, value })
    }

    /// Keeps results. What cannot be kept is only found again the next time.
    pub fn keep(&mut self, kept: Vec<Kept>) {
        for Kept { key, value } in kept {
            if self.failure.is_some() {
                return;
            }
            let additions = self.additions.take().map_or_else(|| self.pack.additions(), Ok);
            let outcome = additions.and_then(|mut additions| {
                additions.put(key, &value)?;
                self.additions = Some(additions);
                Ok(())
            });
            self.failure = outcome.err();
        }
    }

    /// Ends the run.
    pub fn close(self) {
        let Self { pack, additions, is_named, failure, .. } = self;
        let outcome = failure.map_or_else(|| pack.close(additions), Err);
        // Who never asked for a cache does not care that there is none.
        if let Err(error) = outcome.as_ref()
            && is_named
        {
            output::warn(&format!("the cache cannot be written: {error}"));
        }
    }
}

/// No day: the month 0.
const ANY_DAY: [u8; 4] = [0; 4];

fn in_bytes(day: Date) -> [u8; 4] {
    let [low, high] = day.year().to_le_bytes();
    [low, high, day.month() as u8, day.day() as u8]
}

/// This very program: another one may find something else.
fn edition() -> Option<String> {
    let mut program = std::fs::File::open(std::env::current_exe().ok()?).ok()?;
    let mut hasher = Xxh3Default::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match program.read(&mut buffer).ok()? {
            0 => return Some(format!("{:016x}", hasher.digest())),
            count => hasher.update(&buffer[..count]),
        }
    }
}

impl CacheChoice {
    /// The folder that was named; a variable without a value names none.
    fn named(&self) -> Option<PathBuf> {
        self.cache_dir.clone().filter(|folder| !folder.as_os_str().is_empty())
    }

    /// The folder that was named, else the one for this user by the habits of the system.
    pub fn folder(&self) -> Option<PathBuf> {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        self.named().or_else(|| {
            if cfg!(windows) {
                Some(folder("LOCALAPPDATA")?.join("medproof").join("cache"))
            } else if cfg!(target_os = "macos") {
                Some(folder("HOME")?.join("Library/Caches/medproof"))
            } else {
                Some(folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")))?.join("medproof"))
            }
        })
    }
}

/// `medproof clean`: takes the cache away.
pub fn clean(args: &CleanArgs) -> Result<u8, Error> {
    let choice = CacheChoice { no_cache: false, cache_dir: args.cache_dir.clone() };
    let Some(folder) = choice.folder() else {
        return Err(Error::NoCache);
    };
    let (count, size) =
        pack::clear(&folder).map_err(|error| Error::File { path: folder.display().to_string(), message: error.to_string() })?;
    let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    output::tell(&format!("Took {files}, {}, out of {}\n", size_in_words(size), folder.display()));
    Ok(CLEAN)
}

pub fn size_in_words(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} KB", bytes.div_ceil(1000)) } else { format!("{} MB", bytes.div_ceil(1_000_000)) }
}

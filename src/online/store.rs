//! What the world said in earlier runs, on disk.
//!
//! One file of SQLite holds it, with its log beside it: runs share it, and what was written survives the end of a run by whatever
//! cause. An answer counts for as long as its kind keeps; after that it is asked for anew, and only the first day of an unbroken
//! row of like answers is remembered. A file that is none is begun anew: all of it can be asked for again.

use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::world::{Answer, Said, Service};

/// The name of the file in the folder of caches. Its number is the version of what is kept, so that programs of two versions
/// beside each other take nothing from one another.
pub const FILE_NAME: &str = "world-1.sqlite";

/// How long a run waits for another one that is writing.
const WAIT: Duration = Duration::from_secs(10);

/// Answers on disk, shared by runs.
pub struct Store {
    connection: Connection,
    today: Date,
    counts: Counts,
}

/// Which answers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Those that are not too old.
    WhileFresh,
    /// Every one.
    AtAnyAge,
}

/// Why answers cannot be kept.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(#[from] rusqlite::Error);

/// How many answers are kept of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The service, as [`Service`] is written.
    pub by: String,
    pub found: usize,
    pub not_found: usize,
    /// The days of the oldest and the newest answer.
    pub from: String,
    pub to: String,
}

impl Store {
    /// Opens the file in a folder.
    ///
    /// # Errors
    /// The file can be neither opened nor begun.
    pub fn open(folder: &Path, today: Date, counts: Counts) -> Result<Self, Trouble> {
        let path = folder.join(FILE_NAME);
        let connection = open(&path).or_else(|trouble| {
            if !is_no_store(&trouble) {
                return Err(trouble);
            }
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(folder.join(format!("{FILE_NAME}{ending}")));
            }
            open(&path)
        })?;
        Ok(Self { connection, today, counts })
    }

    /// A store that lasts as long as the run.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn in_memory(today: Date) -> Result<Self, Trouble> {
        let connection = Connection::open_in_memory()?;
        set_up(&connection)?;
        Ok(Self { connection, today, counts: Counts::WhileFresh })
    }

    /// What is kept of a question to a service, where it counts.
    pub fn kept<T: DeserializeOwned>(&self, by: Service, question: &str) -> Option<Said<T>> {
        let said: Said<T> = self.row(by, question)?;
        let age = said.day.until(self.today).ok()?.get_days();
        (self.counts == Counts::AtAnyAge || age < days(by, &said.answer)).then_some(said)
    }

    /// Keeps an answer, and gives it back with the first day from which on it was the same. An unknown one is not kept. Where
    /// it cannot be kept, it is asked for again the next time.
    pub fn keep<T: Serialize + DeserializeOwned>(&self, question: &str, said: Said<T>) -> Said<T> {
        if matches!(said.answer, Answer::Unknown(_)) {
            return said;
        }
        let before = self.row::<T>(said.by, question);
        let like = |before: &Said<T>| before.answer.found().is_some() == said.answer.found().is_some();
        let since = before.filter(like).map_or(said.since, |before| before.since.min(said.since));
        let said = Said { since, ..said };
        let (found, body) = (said.answer.found().is_some(), serde_json::to_string(&said.answer).unwrap_or_default());
        let row = params![name(said.by), question, found, said.day.to_string(), said.since.to_string(), body];
        let put = "INSERT OR REPLACE INTO answers (service, question, found, day, since, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let _ = self.connection.prepare_cached(put).and_then(|mut put| put.execute(row));
        said
    }

    fn row<T: DeserializeOwned>(&self, by: Service, question: &str) -> Option<Said<T>> {
        let get = "SELECT day, since, answer FROM answers WHERE service = ?1 AND question = ?2";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?));
        let mut get = self.connection.prepare_cached(get).ok()?;
        let (day, since, answer) = get.query_row(params![name(by), question], row).optional().ok()??;
        Some(Said { by, day: day.parse().ok()?, since: since.parse().ok()?, answer: serde_json::from_str(&answer).ok()? })
    }

    /// What is kept, by service.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn holdings(&self) -> Result<Vec<Holding>, Trouble> {
        let sums = "SELECT service, SUM(found), COUNT(*) - SUM(found), MIN(day), MAX(day) FROM answers GROUP BY service ORDER BY service";
        let holding = |row: &rusqlite::Row<'_>| {
            let count = |at| row.get::<_, i64>(at).map(|count| usize::try_from(count).unwrap_or(0));
            Ok(Holding { by: row.get(0)?, found: count(1)?, not_found: count(2)?, from: row.get(3)?, to: row.get(4)? })
        };
        Ok(self.connection.prepare(sums)?.query_map([], holding)?.collect::<Result<_, _>>()?)
    }

    /// Gives every answer in turn, as a line of JSON.
    ///
    /// # Errors
    /// The file cannot be read, or a line not be taken.
    pub fn each(&self, mut take: impl FnMut(&str) -> bool) -> Result<(), Trouble> {
        let all = "SELECT service, question, day, since, answer FROM answers ORDER BY service, question";
        let mut all = self.connection.prepare(all)?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let text = |at| row.get::<_, String>(at);
            let answer: serde_json::Value = serde_json::from_str(&text(4)?).unwrap_or_default();
            let line = serde_json::json!({ "by": text(0)?, "question": text(1)?, "day": text(2)?, "since": text(3)?, "answer": answer });
            if !take(&line.to_string()) {
                break;
            }
        }
        Ok(())
    }

    /// Forgets every answer, and gives how many there were.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn clear(&self) -> Result<usize, Trouble> {
        let count = self.connection.execute("DELETE FROM answers", [])?;
        self.connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(count)
    }
}

/// How many days an answer keeps. A notice about a work may come any day; what is missing today may be there tomorrow.
fn days<T>(by: Service, answer: &Answer<T>) -> i32 {
    match (by, answer) {
        (Service::DoiOrg, Answer::Found(_)) => 90,
        (Service::Site, Answer::Found(_)) => 3,
        (_, Answer::Found(_)) => 7,
        (_, Answer::NotFound | Answer::Unknown(_)) => 1,
    }
}

/// A service as it is written in the file.
fn name(by: Service) -> &'static str {
    match by {
        Service::Pubmed => "pubmed",
        Service::Crossref => "crossref",
        Service::Datacite => "datacite",
        Service::DoiOrg => "doi-org",
        Service::EuropePmc => "europe-pmc",
        Service::Site => "site",
        Service::Archive => "archive",
    }
}

fn open(path: &Path) -> Result<Connection, Trouble> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(WAIT)?;
    // In this mode, readers and a writer do not wait for each other, and a killed run leaves what it committed.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    set_up(&connection)?;
    Ok(connection)
}

fn set_up(connection: &Connection) -> Result<(), Trouble> {
    // Another run may begin the file at the same time: SQLite lets one of the two, and the other one finds it begun.
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS answers (
             service TEXT NOT NULL, question TEXT NOT NULL, found INTEGER NOT NULL,
             day TEXT NOT NULL, since TEXT NOT NULL, answer TEXT NOT NULL,
             PRIMARY KEY (service, question)
         ) WITHOUT ROWID;",
    )?;
    Ok(())
}

/// Whether a file is there that is no store, or a broken one.
fn is_no_store(Trouble(error): &Trouble) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    error.sqlite_error_code().is_some_and(|code| matches!(code, NotADatabase | DatabaseCorrupt))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Reached, Work};

    const MONDAY: Date = jiff::civil::date(2026, 11, 23);

    fn said<T>(by: Service, day: Date, answer: Answer<T>) -> Said<T> {
        Said { by, day, since: day, answer }
    }

    fn on(day: i8, connection: Connection) -> Store {
        Store { connection, today: jiff::civil::date(2026, 11, day), counts: Counts::WhileFresh }
    }

    #[test]
    fn answers_count_while_they_are_fresh() {
        let store = Store::in_memory(MONDAY).unwrap();
        let work = Work { titles: vec!["Ibuprofen für Kinder µ".into()], pmid: Some(7), ..Work::default() };
        store.keep("PMID 7", said(Service::Pubmed, MONDAY, Answer::Found(work.clone())));
        store.keep::<Work>("PMID 8", said(Service::Pubmed, MONDAY, Answer::NotFound));
        store.keep::<Work>("PMID 9", said(Service::Pubmed, MONDAY, Answer::Unknown("busy".into())));
        let kept = |store: &Store, question| store.kept::<Work>(Service::Pubmed, question).map(|said| said.answer);
        assert_eq!(kept(&store, "PMID 7"), Some(Answer::Found(work.clone())));
        assert_eq!(kept(&store, "PMID 8"), Some(Answer::NotFound));
        assert_eq!(kept(&store, "PMID 9"), None, "an unknown answer is none");
        assert_eq!(store.kept::<Work>(Service::Crossref, "PMID 7"), None, "another service said nothing");
        let later = on(24, store.connection);
        assert_eq!((kept(&later, "PMID 7"), kept(&later, "PMID 8")), (Some(Answer::Found(work.clone())), None));
        let at_last = on(30, later.connection);
        assert_eq!(kept(&at_last, "PMID 7"), None);
        let offline = Store { counts: Counts::AtAnyAge, ..at_last };
        assert_eq!((kept(&offline, "PMID 7"), kept(&offline, "PMID 8")), (Some(Answer::Found(work)), Some(Answer::NotFound)));
    }

    #[test]
    fn the_first_day_of_like_answers_is_remembered() {
        let address = "https://example.org/µ";
        let mut store = Store::in_memory(MONDAY).unwrap();
        let mut tell = |day: i8, answer: Answer<Reached>| {
            let today = jiff::civil::date(2026, 11, day);
            store.today = today;
            store.keep(address, said(Service::Site, today, answer)).since.day()
        };
        assert_eq!(tell(23, Answer::NotFound), 23);
        assert_eq!(tell(25, Answer::NotFound), 23);
        assert_eq!(tell(26, Answer::Unknown("busy".into())), 26);
        assert_eq!(tell(27, Answer::NotFound), 23, "a day without an answer breaks no row");
        assert_eq!(tell(28, Answer::Found(Reached::default())), 28);
        assert_eq!(tell(29, Answer::NotFound), 29);
    }

    #[test]
    fn services_are_named_as_they_are_written() {
        let services = crate::config::Services::default();
        for by in services.each().into_iter().map(|(service, _)| service).chain([Service::Site]) {
            assert_eq!(serde_json::to_string(&by).unwrap(), format!("\"{}\"", name(by)));
        }
    }

    #[test]
    fn a_file_that_is_no_store_is_begun_anew() {
        let folder = std::env::temp_dir().join(format!("medproof-store-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(FILE_NAME), "µ no database at all, and long enough to be looked at as one ".repeat(100)).unwrap();
        let store = Store::open(&folder, MONDAY, Counts::WhileFresh).unwrap();
        store.keep::<Work>("PMID 8", said(Service::Pubmed, MONDAY, Answer::NotFound));
        // Another run shares it at once.
        let other = Store::open(&folder, MONDAY, Counts::WhileFresh).unwrap();
        assert_eq!(other.kept::<Work>(Service::Pubmed, "PMID 8").map(|said| said.answer), Some(Answer::NotFound));
        let [holding] = other.holdings().unwrap().try_into().unwrap();
        assert_eq!((holding.by.as_str(), holding.found, holding.not_found), ("pubmed", 0, 1));
        assert_eq!((other.clear().unwrap(), store.kept::<Work>(Service::Pubmed, "PMID 8")), (1, None));
        drop((store, other));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

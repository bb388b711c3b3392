//! Works that were taken back, as a file of Retraction Watch tells that the user gives.
//!
//! The file is the CSV that Crossref publishes, a row a notice. What it says of a work is folded into one standing, so
//! that a work that was reinstated counts as sound again. It is read once for a run, and only what is asked for is kept.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::source::Span;
use crate::world::Identifier;

/// The notices by the works that they are about.
#[derive(Debug, Default)]
pub struct Retractions {
    by_identifier: HashMap<Identifier, u32>,
    works: Vec<Work>,
    /// The day of the newest notice.
    pub newest: Option<Date>,
}

/// What a notice does to a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    Retraction,
    Concern,
    Correction,
}

/// The notice that a work stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub nature: Nature,
    pub day: Option<Date>,
    /// The DOI of the notice itself.
    pub doi: Option<Box<str>>,
}

#[derive(Debug, Default)]
struct Work {
    /// By [`Nature`]: the newest notice of each.
    notices: [Option<Notice>; 3],
    /// The newest day on which it was reinstated; without a day it was for good.
    reinstated: Option<Option<Date>>,
}

/// Something in the file that cannot be read as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    pub span: Span,
    pub message: String,
}

/// The columns that are read, by their names in the file.
const COLUMNS: [&str; 5] = ["OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "RetractionDate", "RetractionDOI"];

/// What a file without any of the columns is told.
const WANTED: &str =
    "a list of Retraction Watch has the columns OriginalPaperDOI, OriginalPaperPubMedID, RetractionNature and RetractionDate";

impl Retractions {
    /// Reads the text of a file. What is wrong in it is left out and told.
    pub fn read(text: &str) -> (Self, Vec<BadRow>) {
        let mut retractions = Self::default();
        let mut bad = Vec::new();
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let columns = match reader.headers() {
            Ok(header) => COLUMNS.map(|name| header.iter().position(|column| column.trim_start_matches('\u{feff}') == name)),
            Err(_) => [None; 5],
        };
        let [Some(doi), Some(pmid), Some(nature), Some(date), notice] = columns else {
            return (retractions, vec![BadRow { span: line(text, 0), message: WANTED.into() }]);
        };
        let mut row = csv::StringRecord::new();
        loop {
            let at = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            match reader.read_record(&mut row) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    bad.push(BadRow { span: line(text, at), message: error.to_string() });
                    continue;
                }
            }
            let field = |column: usize| row.get(column).unwrap_or("");
            let doi = (field(doi).starts_with("10.")).then(|| Identifier::doi(field(doi)));
            let pmid = field(pmid).parse().ok().filter(|pmid| *pmid > 0).map(Identifier::Pmid);
            let day = day(field(date));
            if day.is_none() && !field(date).is_empty() {
                bad.push(BadRow { span: line(text, at), message: format!("“{}” is no date of the form 3/9/2026 0:00", field(date)) });
            }
            let notice = notice.map_or("", field);
            let notice = notice.starts_with("10.").then(|| notice.into());
            if let Err(message) = retractions.add([doi, pmid], field(nature), day, notice) {
                bad.push(BadRow { span: line(text, at), message });
            }
        }
        (retractions, bad)
    }

    /// The notice under which a work stands.
    pub fn notice(&self, identifier: &Identifier) -> Option<&Notice> {
        self.works[*self.by_identifier.get(identifier)? as usize].standing()
    }

    /// How many works there are notices about.
    pub fn len(&self) -> usize {
        self.works.len()
    }

    /// Whether no list was given, or one without a notice.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    fn add(&mut self, work: [Option<Identifier>; 2], nature: &str, day: Option<Date>, notice: Option<Box<str>>) -> Result<(), String> {
        let nature = match nature.to_ascii_lowercase().as_str() {
            "retraction" => Some(Nature::Retraction),
            "expression of concern" => Some(Nature::Concern),
            "correction" => Some(Nature::Correction),
            "reinstatement" => None,
            _ => {
                return Err(format!(
                    "“{nature}” is no nature of a notice; there are Retraction, Expression of concern, Correction and Reinstatement"
                ));
            }
        };
        // A notice about a work without any identifier meets no reference.
        if work.iter().all(Option::is_none) {
            return Ok(());
        }
        let known = work.iter().flatten().find_map(|identifier| self.by_identifier.get(identifier)).copied();
        let at = known.unwrap_or(self.works.len() as u32);
        if known.is_none() {
            self.works.push(Work::default());
        }
        self.by_identifier.extend(work.into_iter().flatten().map(|identifier| (identifier, at)));
        self.newest = self.newest.max(day);
        let work = &mut self.works[at as usize];
        match nature {
            Some(nature) => {
                let slot = &mut work.notices[nature as usize];
                if slot.as_ref().is_none_or(|old| old.day <= day) {
                    *slot = Some(Notice { nature, day, doi: notice });
                }
            }
            None => work.reinstated = Some(work.reinstated.map_or(day, |old| old.and_then(|old| Some(old.max(day?))))),
        }
        Ok(())
    }
}

impl Work {
    /// The gravest notice that no reinstatement took back.
    fn standing(&self) -> Option<&Notice> {
        self.notices.iter().flatten().find(|notice| match self.reinstated {
            Some(Some(day)) => notice.day.is_some_and(|noticed| noticed > day),
            Some(None) => false,
            None => true,
        })
    }
}

/// `3/9/2026 0:00`, month first, or `2026-03-09`.
fn day(text: &str) -> Option<Date> {
    let date = text.split_whitespace().next()?;
    if let Ok(date) = date.parse() {
        return Some(date);
    }
    let mut parts = date.split('/');
    let (month, day, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::new(year, month, day).ok()
}

/// The line at a byte, which a row begins with.
fn line(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or("");
    let start = at + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
    let length = text.get(start..).and_then(|rest| rest.find('\n')).unwrap_or(text.len().saturating_sub(start));
    Span::new(start.min(text.len()), (start + length).min(text.len()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Rows of DOI, PMID, nature and date below the header.
    fn read(rows: &[&str]) -> (Retractions, Vec<BadRow>) {
        let text = format!("Record ID,Title,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n{}\n", rows.join("\n"));
        Retractions::read(&text)
    }

    #[track_caller]
    fn check(rows: &[&str], expected: Option<Nature>) {
        let (retractions, bad) = read(rows);
        assert_eq!(bad, []);
        let works = [Identifier::doi("10.5555/A"), Identifier::Pmid(11)];
        assert_eq!(works.iter().find_map(|work| retractions.notice(work)).map(|notice| notice.nature), expected, "{rows:?}");
    }

    #[test]
    fn the_standing_of_a_work() {
        check(&["1,µ,10.5555/a,0,Retraction,3/9/2020 0:00"], Some(Nature::Retraction));
        check(&["1,\"µ, and\nmore\",unavailable,11,Retraction,2020-03-09"], Some(Nature::Retraction));
        check(&["1,µ,10.5555/b,12,Retraction,3/9/2020 0:00"], None);
        check(
            &["1,µ,10.5555/a,0,Expression of concern,1/2/2019 0:00", "2,µ,10.5555/A,11,Retraction,3/9/2020 0:00"],
            Some(Nature::Retraction),
        );
        check(
            &[
                "1,µ,10.5555/a,0,Retraction,3/9/2020 0:00",
                "2,µ,,11,Reinstatement,4/1/2021 0:00",
                "3,µ,10.5555/a,11,Correction,4/1/2018 0:00",
            ],
            Some(Nature::Retraction),
        );
        check(&["1,µ,10.5555/a,11,Retraction,3/9/2020 0:00", "2,µ,,11,Reinstatement,4/1/2021 0:00"], None);
        check(&["2,µ,10.5555/a,11,Reinstatement,4/1/2021 0:00", "1,µ,10.5555/a,11,Retraction,3/9/2022 0:00"], Some(Nature::Retraction));
        check(&["1,µ,unavailable,0,Retraction,3/9/2020 0:00"], None);
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_row() {
        let (retractions, bad) = read(&["1,µ,10.5555/a,0,Retraction,9/2020", "2,µ,10.5555/b,0,Vanished,3/9/2020 0:00"]);
        assert_eq!((retractions.len(), retractions.newest), (1, None));
        let header = "Record ID,Title,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n".len();
        let rows: Vec<_> = bad.iter().map(|bad| bad.span.start as usize - header).collect();
        assert_eq!(rows, [0, "1,µ,10.5555/a,0,Retraction,9/2020\n".len()]);
        let (retractions, bad) = Retractions::read("DOI,Date\n10.5555/a,2020\n");
        assert_eq!((retractions.is_empty(), bad[0].message.as_str()), (true, WANTED));
        let (newest, _) = read(&["1,µ,10.5555/a,0,Retraction,3/9/2020 0:00", "2,µ,10.5555/b,0,Retraction,12/1/2025 0:00"]);
        assert_eq!(newest.newest, Some(date(2025, 12, 1)));
    }
}

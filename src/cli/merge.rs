//! `medproof merge`: the reports of several machines, or of several shares of the files, as one.

use std::collections::BTreeMap;
use std::path::Path;

use super::Error;
use super::args::MergeArgs;
use super::check::Run;
use crate::formats;
use crate::record::{Record, Remark};
use crate::report::Unread;
use crate::report::json::{self, Saved};
use crate::source::Source;

/// Joins reports and gives the exit status that a run over all their articles would have had.
pub fn run(args: &MergeArgs) -> Result<u8, Error> {
    let mut reports = Vec::new();
    for path in &args.reports {
        reports.push((path.display().to_string(), read(path)?));
    }
    let (first, of_first) = &reports[0];
    let today = of_first.facts.today;
    if let Some((other, saved)) = reports.iter().find(|(_, saved)| saved.facts.today != today) {
        let day = saved.facts.today;
        return Err(Error::Misfit(format!("{first} judges articles on {today}, and {other} on {day}; run both with the same --today")));
    }
    let mut run = Run::start(&args.output, args.color, args.quiet, today)?;
    let mut records: BTreeMap<String, (String, Record)> = BTreeMap::new();
    let mut unread: BTreeMap<String, Unread> = BTreeMap::new();
    for (report, Saved { facts, records: own, unread: own_unread }) in reports {
        run.facts.rules.extend(facts.rules);
        unread.extend(own_unread.into_iter().map(|unread| (unread.path.clone(), unread)));
        for record in own {
            let path = record.summary.path.clone();
            if let Some((other, _)) = records.insert(path.clone(), (report.clone(), record)) {
                return Err(Error::Misfit(format!("{path} is in {other} and in {report}; each article belongs into one of them")));
            }
        }
    }
    unread.into_values().for_each(|unread| run.unread(unread));
    let reads_source = run.reads_source();
    for (_, record) in records.into_values() {
        let is_read = reads_source && !record.remarks.is_empty();
        let text = if is_read { reopened(&record) } else { Ok(Source::new("", "")) };
        run.take_record(record, text);
    }
    let status = run.status(args.fail_on.severity());
    Ok(run.close(args.quiet).max(status))
}

fn read(path: &Path) -> Result<Saved, Error> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Error::File { path: name.clone(), message: error.to_string() })?;
    json::read(&text).map_err(|error| Error::Report { path: name, message: error.to_string() })
}

/// The text of an article as it was when its record was made.
fn reopened(record: &Record) -> Result<Source, Error> {
    let path = &record.summary.path;
    let failure =
        |message: String| Error::File { path: path.clone(), message: format!("its findings cannot be shown in its text: {message}") };
    let bytes = std::fs::read(path).map_err(|error| failure(error.to_string()))?;
    let source = formats::source(path.as_str(), bytes, record.summary.format).map_err(|error| failure(error.to_string()))?;
    let stands = |remark: &Remark| source.slice(source.span(remark.start, remark.end)) == remark.quote;
    if record.remarks.iter().all(stands) { Ok(source) } else { Err(failure("the file has changed since it was checked".into())) }
}

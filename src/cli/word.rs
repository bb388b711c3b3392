//! `--docx-comments` and `--docx-track`: copies of Word files with findings in the margin and fixes as tracked changes.

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::args::Fixing;
use super::changes::whole;
use super::fixing::{Choice, left_out};
use super::settings::Settings;
use super::sink::Sink;
use super::{Error, output};
use crate::diagnostic::Edit;
use crate::document::Format;
use crate::fix::{self, Draft, Refusal};
use crate::formats::{self, docx};
use crate::linter::{self, Checked, File};
use crate::record::{Record, Remark};
use crate::source::Span;

/// The copies that a run writes.
pub struct Copies {
    jobs: Vec<Job>,
    choice: Choice,
    /// The folder that holds all articles, where two of them have one name: then the folders below it are kept.
    common: Option<PathBuf>,
}

/// A folder of copies, and what they show.
struct Job {
    folder: PathBuf,
    comments: bool,
    changes: bool,
}

/// What became of copies.
#[derive(Default)]
pub struct Copied {
    files: usize,
    comments: usize,
    /// Comments that stood in the margin already.
    kept: usize,
    changes: usize,
    /// Articles of other formats.
    others: usize,
    pub told: Vec<String>,
    pub failed: bool,
}

/// The fixes of an article, as edits of its text.
#[derive(Default)]
struct Mended {
    edits: Vec<Edit>,
    made: usize,
}

impl Copies {
    /// What the arguments ask for; `None` where they ask for no copy.
    ///
    /// # Errors
    /// A rule that does not exist.
    pub fn of<'n>(args: &Fixing, names: impl Iterator<Item = &'n str>) -> Result<Option<Self>, Error> {
        let (comments, changes) = (args.docx_comments.as_deref(), args.docx_track.as_deref());
        let is_one = comments.map(whole) == changes.map(whole);
        let mut jobs = Vec::new();
        for (folder, comments, changes) in [(comments, true, is_one), (changes.filter(|_| !is_one), false, true)] {
            jobs.extend(folder.map(|folder| Job { folder: folder.to_owned(), comments, changes }));
        }
        if jobs.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self { jobs, choice: Choice::of(args)?, common: common(names) }))
    }

    /// Writes the copies of an article.
    pub fn write(&self, bytes: &[u8], record: &Record, checked: Checked, settings: &Settings, today: Date) -> Copied {
        let mut copied = Copied::default();
        if checked.document.format != Format::Docx {
            copied.others = 1;
            return copied;
        }
        let name = checked.source.name().to_owned();
        let comments = comments(record, &checked);
        let mut mended = Mended::default();
        if self.jobs.iter().any(|job| job.changes) {
            mended = self.mended(bytes, checked, settings, today, &mut copied.told);
        }
        for job in &self.jobs {
            let comments = if job.comments { &comments[..] } else { &[] };
            let mended = if job.changes { &mended } else { &Mended::default() };
            match self.one(job, &name, || copy(bytes, comments, &mended.edits, today)) {
                Ok(copy) => {
                    copied.add(Copied { files: 1, comments: copy.comments, kept: copy.kept, changes: mended.made, ..Copied::default() })
                }
                Err(why) => {
                    copied.told.push(format!("{name}: no copy is written to {}: {why}", job.folder.display()));
                    copied.failed = true;
                }
            }
        }
        copied
    }

    /// Writes one copy, and gives what stands in it.
    fn one(&self, job: &Job, name: &str, copy: impl FnOnce() -> Result<docx::Copy, String>) -> Result<docx::Copy, String> {
        let path = self.path(job, name)?;
        let copy = copy()?;
        std::fs::create_dir_all(path.parent().unwrap_or(&job.folder)).map_err(|error| error.to_string())?;
        let mut sink = Sink::open(Some(&path)).map_err(|error| error.to_string())?;
        sink.write(&copy.bytes).and_then(|()| sink.finish()).map_err(|error| error.to_string())?;
        Ok(copy)
    }

    /// Where the copy of an article goes; never to a file that may be an article itself.
    fn path(&self, job: &Job, name: &str) -> Result<PathBuf, String> {
        let article = whole(Path::new(name));
        let inside = match &self.common {
            Some(common) => article.strip_prefix(common).ok(),
            None => article.file_name().map(Path::new),
        };
        let inside = inside.ok_or("the article has no name of its own")?;
        let folder = whole(&job.folder.join("-"));
        if folder.parent().is_some_and(|folder| article.starts_with(folder)) {
            return Err("the article lies in that folder itself; name another one".into());
        }
        Ok(job.folder.join(inside))
    }

    /// The wanted fixes as far as they can be written and leave alone what the article says. What cannot is told.
    fn mended(&self, bytes: &[u8], checked: Checked, settings: &Settings, today: Date, told: &mut Vec<String>) -> Mended {
        if !checked.diagnostics.iter().any(|diagnostic| self.choice.wants(diagnostic)) {
            return Mended::default();
        }
        // Where nothing can be written at all, that is told once and not for each fix.
        if copy(bytes, &[], &[], today).is_err() {
            return Mended::default();
        }
        let name = checked.source.name().to_owned();
        let again = |_: &Checked, draft: &Draft| {
            let bytes = copy(bytes, &[], &draft.edits, today).map_err(|_| Refusal::Unplaced)?.bytes;
            let file = File { name: name.clone(), bytes, format: Some(Format::Docx) };
            linter::check_file(file, &settings.rules, settings.known(), today).map_err(|_| Refusal::Unplaced)
        };
        let fixed = fix::settle(checked, |diagnostic| self.choice.wants(diagnostic), again);
        told.extend(left_out(&name, fixed.refused));
        Mended { edits: fixed.edits, made: fixed.made.values().sum() }
    }

    /// Tells what was written.
    pub fn tell(&self, copied: &Copied, quiet: bool) {
        let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        if copied.others > 0 {
            let are = if copied.others == 1 { "is no Word file, and has" } else { "are no Word files, and have" };
            output::warn(&format!("{} {are} no copy", count(copied.others, "article")));
        }
        if quiet {
            return;
        }
        let folders: Vec<String> = self.jobs.iter().map(|job| job.folder.display().to_string()).collect();
        let kept = if copied.kept > 0 { format!(" beside {} there already", copied.kept) } else { String::new() };
        let (files, comments) = (count(copied.files, "Word file"), count(copied.comments, "comment"));
        let changes = count(copied.changes, "fix").replace("fixs", "fixes");
        output::tell(&format!("{files} written to {}: {comments}{kept}, {changes} as tracked changes\n", folders.join(" and ")));
    }
}

impl Copied {
    /// Adds what became of another article's copies.
    pub fn add(&mut self, other: Copied) {
        self.files += other.files;
        self.comments += other.comments;
        self.kept += other.kept;
        self.changes += other.changes;
        self.others += other.others;
    }
}

/// A failure of medproof on one file stops no run.
fn copy(bytes: &[u8], comments: &[docx::Comment<'_>], edits: &[Edit], today: Date) -> Result<docx::Copy, String> {
    let copy = catch_unwind(AssertUnwindSafe(|| docx::copy(bytes, comments, edits, today)));
    copy.map_err(|_| "medproof fails on this file; report it as a bug".to_owned())?.map_err(|error| error.to_string())
}

/// The folder that holds all articles, where two have one name.
fn common<'n>(names: impl Iterator<Item = &'n str>) -> Option<PathBuf> {
    let paths: Vec<PathBuf> = names
        .filter(|name| formats::by_name(name).is_none_or(|format| format == Format::Docx))
        .map(|name| whole(Path::new(name)))
        .collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for path in &paths {
        *seen.entry(path.file_name()?.to_string_lossy().to_lowercase()).or_default() += 1;
    }
    seen.values().find(|&&count| count > 1)?;
    let mut common = paths.first()?.parent()?.to_owned();
    for path in &paths {
        while !path.starts_with(&common) {
            common = common.parent()?.to_owned();
        }
    }
    Some(common)
}

/// The findings that are told, for the margin.
fn comments<'r>(record: &'r Record, checked: &Checked) -> Vec<docx::Comment<'r>> {
    // A record has no fixes of a Word file, as their places are none of its bytes.
    let fixes = checked.diagnostics.iter().filter_map(|d| Some(((d.rule, d.span.start, &*d.message), &d.fix.as_ref()?.title)));
    let fixes: BTreeMap<_, _> = fixes.collect();
    let comment = |remark: &'r Remark| {
        let span = Span::new(remark.start.offset as usize, remark.end.offset as usize);
        let title = fixes.get(&(remark.rule, span.start, &*remark.message)).map(|title| title.as_str());
        let lines = [Some(&*remark.message), remark.advice().or(title)].into_iter().flatten().map(str::to_owned).collect();
        docx::Comment { rule: remark.rule, span, words: &remark.quote, lines }
    };
    record.remarks.iter().map(comment).collect()
}

//! `--changed-since`, `--staged`, `--new-only`: the articles of a change, and which findings it brings in.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Error;
use super::args::{ChangeChoice, FormatName};
use super::files::{Article, Files};
use super::git::{Blob, Change, Git};
use super::named::Named;
use super::settings::Settings;
use crate::baseline;
use crate::linter;
use crate::record::Record;

/// The change under review.
pub struct Changes {
    /// What each article of the change was before it; `None` where it is new.
    before: HashMap<String, Option<Blob>>,
    new_only: bool,
    /// Which articles these are: `changed since main`.
    pub only: String,
}

impl Changes {
    /// Leaves of the files those of the change that the user asks about; `None` where every file is meant.
    ///
    /// # Errors
    /// git is missing or cannot tell, or a file is in no repository.
    pub fn of(choice: &ChangeChoice, paths: &[String], files: &mut Files) -> Result<Option<Self>, Error> {
        if choice.changed_since.is_none() && !choice.staged {
            return Ok(None);
        }
        if paths.iter().any(|path| path == "-") {
            return Err(Error::Git("git knows nothing of standard input; name files or folders".into()));
        }
        let git = Git::open()?;
        let (before, only) = match &choice.changed_since {
            Some(reference) => (since(&git, reference, files)?, format!("changed since {reference}")),
            None => (staged(&git, paths, files)?, "staged".to_owned()),
        };
        Ok(Some(Self { before, new_only: choice.new_only, only }))
    }

    /// Marks the findings that the change brings in.
    ///
    /// # Errors
    /// git does not give what the article was before; all findings are new then.
    pub fn mark(&self, record: &mut Record, format: Option<FormatName>, settings: &Settings, today: Date) -> Result<(), String> {
        let old = self.before.get(&record.summary.path).cloned().flatten().map_or(Ok(None), |old| old.read().map(Some));
        let (bytes, outcome) = old.map_or_else(|error| (None, Err(error)), |bytes| (bytes, Ok(())));
        // What was no article before had no findings.
        let was = bytes.and_then(|bytes| {
            let file = linter::File { name: record.summary.path.clone(), bytes, format: format.map(FormatName::format) };
            linter::check_file(file, &settings.rules, settings.known(), today).ok()
        });
        let was = was.map_or(Vec::new(), |checked| Record::of(&checked).remarks);
        baseline::mark_new(&mut record.remarks, &was);
        outcome
    }

    /// Takes out what is not new, where that is wanted.
    pub fn leave_new(&self, record: &mut Record) {
        if self.new_only {
            let before = record.remarks.len();
            record.remarks.retain(|remark| remark.is_new != Some(false));
            record.summary.older = before - record.remarks.len();
        }
    }
}

/// Leaves the files that differ, and gives what they were.
fn since(git: &Git, reference: &str, files: &mut Files) -> Result<HashMap<String, Option<Blob>>, Error> {
    let changes: HashMap<PathBuf, Change> = git.changed_since(reference)?.into_iter().map(|change| (change.path.clone(), change)).collect();
    let whole = |article: &Article| whole(Path::new(article.name()));
    if let Some(article) = files.articles.iter().find(|article| !whole(article).starts_with(&git.root)) {
        return Err(outside(article.name(), git));
    }
    let mut before = HashMap::new();
    files.articles.retain(|article| match changes.get(&whole(article)) {
        Some(change) => before.insert(article.name().to_owned(), change.before.clone()).is_none(),
        None => false,
    });
    Ok(before)
}

/// Puts what is staged in the place of the files, and gives what it was. What is in the index counts, also where the file was
/// changed or taken away since.
fn staged(git: &Git, paths: &[String], files: &mut Files) -> Result<HashMap<String, Option<Blob>>, Error> {
    let named = Named::new(paths);
    if let Some(path) = named.outside(&git.root) {
        return Err(outside(path, git));
    }
    let (mut before, mut now) = (HashMap::new(), BTreeMap::new());
    for change in git.staged()? {
        if let Some((name, content)) = named.name_of(&change.path).zip(change.staged) {
            before.insert(name.clone(), change.before);
            now.insert(name, content);
        }
    }
    files.unread.retain(|unread| !now.contains_key(&unread.path));
    files.articles = now.into_iter().map(|(name, content)| Article::Staged(name, content)).collect();
    Ok(before)
}

fn outside(path: &str, git: &Git) -> Error {
    Error::Git(format!("{path} is outside of the repository {}", git.root.display()))
}

/// A path from the root of the system, with the folders as they are; the file itself may be gone.
pub fn whole(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = parent.canonicalize().or_else(|_| std::path::absolute(parent)).unwrap_or_else(|_| parent.to_owned());
    folder.join(path.file_name().unwrap_or_default())
}

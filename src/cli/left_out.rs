//! Which files a run would check, and why it leaves the others out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::files::{self, Files};
use super::{CLEAN, Error, UNFINISHED, output};
use crate::formats;
use crate::source::MAX_BYTES;

/// Files of a kind that are named where there is nothing to check.
const NAMED: usize = 3;

/// Why a file or folder that stands where articles are looked for is not checked.
enum Reason {
    /// The ending of its name, which tells no format.
    Ending(Option<String>),
    Hidden,
    /// The line of an ignore file that holds for it, where that can be told.
    Ignored(Option<(String, PathBuf)>),
    Link,
    TooLarge,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Ending(Some(ending)) => write!(f, "the ending .{ending} tells no format that medproof reads"),
            Reason::Ending(None) => f.write_str("the name has no ending that tells a format"),
            Reason::Hidden => f.write_str("the name begins with a dot"),
            Reason::Ignored(Some((line, file))) => write!(f, "“{line}” in {} leaves it out", files::name_of(file)),
            Reason::Ignored(None) => f.write_str("an ignore file of git leaves it out"),
            Reason::Link => f.write_str("a link to a folder is not followed"),
            Reason::TooLarge => write!(f, "it is larger than {MAX_BYTES} bytes"),
        }
    }
}

/// `--show-files`: the files to check go to standard output, one a line, so that they can be passed on; the others to standard
/// error, with the reason.
pub fn show(files: &Files, paths: &[String], listed: &[String], is_empty: bool) -> Result<u8, Error> {
    let names: String = files.articles.iter().map(|article| format!("{}\n", article.name())).collect();
    output::print(&names)?;
    let others = left_out(paths, listed);
    for (path, reason) in &others {
        output::tell(&format!("{path}: {reason}\n"));
    }
    for unread in &files.unread {
        output::warn(&format!("{}: {}", unread.path, unread.message));
    }
    output::tell(&format!("{} to check, {} left out\n", files.articles.len(), others.len()));
    Ok(if is_empty || !files.unread.is_empty() { UNFINISHED } else { CLEAN })
}

/// Why paths give nothing to check.
pub fn why_empty(paths: &[String], listed: &[String]) -> String {
    let all: Vec<&str> = paths.iter().chain(listed).map(String::as_str).collect();
    if all.is_empty() {
        return "the list names no file".into();
    }
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, reason) in left_out(paths, listed) {
        kinds.entry(reason.to_string()).or_default().push(path);
    }
    let kinds: Vec<String> = kinds
        .into_iter()
        .map(|(reason, paths)| {
            let more = if paths.len() > NAMED { format!(" and {} more", paths.len() - NAMED) } else { String::new() };
            format!("{}{more} ({reason})", paths[..paths.len().min(NAMED)].join(", "))
        })
        .collect();
    let place = all.join(", ");
    if kinds.is_empty() { format!("there is no file in {place}") } else { format!("all in {place} is left out: {}", kinds.join("; ")) }
}

/// What is left out, by its path. Of a folder that is left out only its name is given.
fn left_out(paths: &[String], listed: &[String]) -> BTreeMap<String, Reason> {
    let mut out = BTreeMap::new();
    for path in paths.iter().map(String::as_str) {
        let on_disk = Path::new(path);
        if on_disk.is_dir() {
            look_into(on_disk, &mut out);
        } else if path != "-" && !on_disk.exists() && path.contains(['*', '?', '[', '{']) {
            look_into(&files::glob_root(path), &mut out);
        }
    }
    listed.iter().map(Path::new).filter(|path| path.is_dir()).for_each(|folder| look_into(folder, &mut out));
    out
}

fn look_into(root: &Path, out: &mut BTreeMap<String, Reason>) {
    let walked: BTreeSet<PathBuf> = files::walker(root).build().filter_map(Result::ok).map(ignore::DirEntry::into_path).collect();
    let mut ignoring = Ignoring::default();
    for folder in walked.iter().filter(|path| path.is_dir() && (*path == root || !path.is_symlink())) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            let path = entry.path();
            let reason = if walked.contains(&path) { of_walked(&path) } else { Some(ignoring.of_skipped(&path)) };
            out.extend(reason.map(|reason| (files::name_of(&path), reason)));
        }
    }
}

/// Why a path that was come by is no article; `None` where it is one, or a folder that is looked into.
fn of_walked(path: &Path) -> Option<Reason> {
    if path.is_dir() {
        return path.is_symlink().then_some(Reason::Link);
    }
    if formats::by_name(&path.to_string_lossy()).is_none() {
        return Some(Reason::Ending(path.extension().map(|ending| ending.to_string_lossy().into_owned())));
    }
    path.metadata().is_ok_and(|meta| meta.len() > MAX_BYTES).then_some(Reason::TooLarge)
}

/// The ignore files at a folder and above it, each read once.
#[derive(Default)]
struct Ignoring {
    files: BTreeMap<PathBuf, Vec<Gitignore>>,
}

impl Ignoring {
    /// Why a path was passed over.
    fn of_skipped(&mut self, path: &Path) -> Reason {
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            return Reason::Hidden;
        }
        let whole = std::path::absolute(path).unwrap_or(path.to_owned());
        let is_folder = path.is_dir();
        // The nearest ignore file has the last word.
        for folder in whole.ancestors().skip(1) {
            for file in self.at(folder) {
                if let Match::Ignore(glob) = file.matched_path_or_any_parents(&whole, is_folder) {
                    let from = glob.from().map(from_here);
                    return Reason::Ignored(from.map(|from| (glob.original().to_owned(), from)));
                }
            }
        }
        let global = Gitignore::global().0;
        match global.matched(&whole, is_folder) {
            Match::Ignore(glob) => Reason::Ignored(glob.from().map(|from| (glob.original().to_owned(), from.to_owned()))),
            _ => Reason::Ignored(None),
        }
    }

    fn at(&mut self, folder: &Path) -> Vec<Gitignore> {
        let read = || {
            let names = [".ignore", ".gitignore", ".git/info/exclude"].map(|name| folder.join(name));
            let file = |path: PathBuf| {
                let mut builder = GitignoreBuilder::new(folder);
                builder.add(path);
                builder.build().ok()
            };
            names.into_iter().filter(|path| path.is_file()).filter_map(file).collect()
        };
        self.files.entry(folder.to_owned()).or_insert_with(read).clone()
    }
}

/// A path below the current folder, as it is written from there.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

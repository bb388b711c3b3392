//! From the paths on the command line to the files to read.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::Error;
use super::git::Blob;
use super::named;
use crate::formats;
use crate::report::Unread;

/// What the paths stand for.
#[derive(Debug, Default)]
pub struct Files {
    /// In the order of their names.
    pub articles: Vec<Article>,
    /// Paths that cannot be followed.
    pub unread: Vec<Unread>,
}

/// A file to check, by the name it is reported under.
#[derive(Debug, Clone)]
pub enum Article {
    File(String),
    StandardInput(String),
    /// What git has in its index for a file.
    Staged(String, Blob),
}

impl Article {
    pub fn name(&self) -> &str {
        match self {
            Article::File(name) | Article::StandardInput(name) | Article::Staged(name, _) => name,
        }
    }

    /// Whether it stands on the disk.
    pub fn is_file(&self) -> bool {
        matches!(self, Article::File(_))
    }
}

/// The paths that a file names, one a line, or with a NUL behind each where there is any.
///
/// # Errors
/// The file cannot be read.
pub fn listed(file: &str) -> Result<Vec<String>, Error> {
    let mut bytes = Vec::new();
    let outcome = match file {
        "-" => std::io::stdin().lock().read_to_end(&mut bytes),
        file => std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    outcome.map_err(|error| Error::File { path: file.to_owned(), message: error.to_string() })?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let paths: Vec<&str> = if text.contains('\0') { text.split('\0').collect() } else { text.lines().collect() };
    Ok(paths.into_iter().filter(|path| !path.trim().is_empty()).map(str::to_owned).collect())
}

/// Finds the files. A file that is named is taken as it is; folders and globs give what .gitignore leaves of the files
/// whose names tell a format.
///
/// `listed` are the names of files and folders in which `*` is no more than a star, nor is `-` standard input.
pub fn find(paths: &[String], listed: &[String], stdin_filename: Option<&str>) -> Files {
    let mut found: BTreeMap<String, Article> = BTreeMap::new();
    let mut unread = Vec::new();
    for path in listed {
        let mut add = |name: String| {
            found.entry(name.clone()).or_insert(Article::File(name));
        };
        match Path::new(path) {
            folder if folder.is_dir() => walk(folder, |_| true, &mut add, &mut unread),
            file if file.exists() => add(path.clone()),
            _ => unread.push(missing(path)),
        }
    }
    for path in paths {
        let mut add = |name: String| {
            found.entry(name.clone()).or_insert(Article::File(name));
        };
        let on_disk = Path::new(path);
        if path == "-" {
            let name = stdin_filename.unwrap_or("<stdin>").to_owned();
            found.insert(name.clone(), Article::StandardInput(name));
        } else if on_disk.is_dir() {
            walk(on_disk, |_| true, &mut add, &mut unread);
        } else if on_disk.exists() {
            add(path.clone());
        } else if path.contains(['*', '?', '[', '{']) {
            glob(path, &mut add, &mut unread);
        } else {
            unread.push(missing(path));
        }
    }
    unread.sort_by(|a, b| a.path.cmp(&b.path));
    Files { articles: found.into_values().collect(), unread }
}

fn missing(path: &str) -> Unread {
    Unread { path: path.to_owned(), message: "there is no such file or folder".into() }
}

fn glob(pattern: &str, add: &mut impl FnMut(String), unread: &mut Vec<Unread>) {
    let matcher = match named::matcher(pattern) {
        Ok(matcher) => matcher,
        Err(error) => {
            unread.push(Unread { path: pattern.to_owned(), message: format!("this is no glob: {}", error.kind()) });
            return;
        }
    };
    let root = glob_root(pattern);
    let mut count = 0;
    let mut counted = |name: String| {
        count += 1;
        add(name);
    };
    if root.is_dir() {
        walk(&root, |path| matcher.is_match(path.strip_prefix(".").unwrap_or(path)), &mut counted, unread);
    }
    if count == 0 {
        unread.push(Unread { path: pattern.to_owned(), message: "no article matches this glob".into() });
    }
}

/// The folder that everything which matches a glob is in.
pub fn glob_root(pattern: &str) -> PathBuf {
    let literal: PathBuf = Path::new(pattern).iter().take_while(|part| !part.to_string_lossy().contains(['*', '?', '[', '{'])).collect();
    if literal.as_os_str().is_empty() { PathBuf::from(".") } else { literal }
}

/// How folders are walked.
pub fn walker(root: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(root);
    builder.require_git(false);
    builder
}

/// The name that a path goes by in reports.
pub fn name_of(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned()
}

fn walk(root: &Path, wanted: impl Fn(&Path) -> bool, add: &mut impl FnMut(String), unread: &mut Vec<Unread>) {
    for entry in walker(root).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = path_of(&error).unwrap_or(root).display().to_string();
                unread.push(Unread { path, message: reason(&error) });
                continue;
            }
        };
        let path = entry.path();
        let name = name_of(path);
        let is_file = || entry.file_type().is_some_and(|kind| kind.is_file() || kind.is_symlink() && path.is_file());
        if formats::by_name(&name).is_some() && wanted(path) && is_file() {
            add(name);
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(path_of),
        _ => None,
    }
}

fn reason(error: &ignore::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}

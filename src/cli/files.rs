//! From the paths on the command line to the files to read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

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
}

/// Finds the files. A file that is named is taken as it is; folders and globs give what .gitignore leaves of the files
/// whose names tell a format.
pub fn find(paths: &[String], stdin_filename: Option<&str>) -> Files {
    let mut found: BTreeMap<String, Article> = BTreeMap::new();
    let mut unread = Vec::new();
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
            unread.push(Unread { path: path.clone(), message: "there is no such file or folder".into() });
        }
    }
    unread.sort_by(|a, b| a.path.cmp(&b.path));
    Files { articles: found.into_values().collect(), unread }
}

fn glob(pattern: &str, add: &mut impl FnMut(String), unread: &mut Vec<Unread>) {
    let matcher = match named::matcher(pattern) {
        Ok(matcher) => matcher,
        Err(error) => {
            unread.push(Unread { path: pattern.to_owned(), message: format!("this is no glob: {}", error.kind()) });
            return;
        }
    };
    let literal: PathBuf = Path::new(pattern).iter().take_while(|part| !part.to_string_lossy().contains(['*', '?', '[', '{'])).collect();
    let root = if literal.as_os_str().is_empty() { Path::new(".") } else { &literal };
    let mut count = 0;
    let mut counted = |name: String| {
        count += 1;
        add(name);
    };
    if root.is_dir() {
        walk(root, |path| matcher.is_match(path.strip_prefix(".").unwrap_or(path)), &mut counted, unread);
    }
    if count == 0 {
        unread.push(Unread { path: pattern.to_owned(), message: "no article matches this glob".into() });
    }
}

fn walk(root: &Path, wanted: impl Fn(&Path) -> bool, add: &mut impl FnMut(String), unread: &mut Vec<Unread>) {
    for entry in WalkBuilder::new(root).require_git(false).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = path_of(&error).unwrap_or(root).display().to_string();
                unread.push(Unread { path, message: reason(&error) });
                continue;
            }
        };
        let path = entry.path();
        let name = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
        if formats::by_name(&name).is_some() && wanted(path) && path.is_file() {
            add(name.into_owned());
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

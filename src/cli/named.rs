//! The paths on the command line as a question.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use super::changes::whole;
use crate::formats;

/// Is a file meant, and by what name is it reported? Unlike [`find`](super::files::find), this is answered for files that are
/// not there.
pub struct Named(Vec<(String, PathBuf, Kind)>);

enum Kind {
    Folder,
    File,
    Glob(GlobMatcher),
}

impl Named {
    pub fn new(paths: &[String]) -> Self {
        let one = |path: &String| {
            let on_disk = Path::new(path);
            if let Some(folder) = on_disk.canonicalize().ok().filter(|folder| folder.is_dir()) {
                return (path.clone(), folder, Kind::Folder);
            }
            let matcher = if on_disk.exists() || !path.contains(['*', '?', '[', '{']) { None } else { matcher(path).ok() };
            (path.clone(), whole(on_disk), matcher.map_or(Kind::File, Kind::Glob))
        };
        Self(paths.iter().map(one).collect())
    }

    /// The folders among them.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter(|(.., kind)| matches!(kind, Kind::Folder)).map(|(_, whole, _)| whole.as_path())
    }

    /// A path that is neither in a folder nor has it inside.
    pub fn outside(&self, root: &Path) -> Option<&str> {
        let is_outside = |whole: &Path, kind: &Kind| !matches!(kind, Kind::Glob(_)) && !whole.starts_with(root) && !root.starts_with(whole);
        self.0.iter().find(|(_, whole, kind)| is_outside(whole, kind)).map(|(path, ..)| path.as_str())
    }

    /// The name of a file that is meant.
    pub fn name_of(&self, file: &Path) -> Option<String> {
        let here = std::env::current_dir().unwrap_or_default();
        let is_format = |path: &Path| formats::by_name(&path.to_string_lossy()).is_some();
        self.0.iter().find_map(|(path, whole, kind)| match kind {
            Kind::Folder => {
                let inside = file.strip_prefix(whole).ok().filter(|inside| is_format(inside))?;
                let name = Path::new(path).join(inside);
                Some(name.strip_prefix(".").unwrap_or(&name).to_string_lossy().into_owned())
            }
            Kind::File => (file == whole).then(|| path.clone()),
            Kind::Glob(glob) => {
                let inside = file.strip_prefix(&here).ok().filter(|inside| is_format(inside) && glob.is_match(inside))?;
                Some(inside.to_string_lossy().into_owned())
            }
        })
    }
}

/// Whether a path matches a glob.
pub fn matcher(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    let glob = GlobBuilder::new(pattern.trim_start_matches("./")).literal_separator(true).build()?;
    Ok(glob.compile_matcher())
}

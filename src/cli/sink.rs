//! Places that reports are written to: standard output, or files that appear whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Error;

/// A place that takes text or bytes.
pub struct Sink {
    name: String,
    writer: Option<BufWriter<Box<dyn Write + Send + Sync>>>,
    /// A file being written, and its name when it is whole.
    rename: Option<(PathBuf, PathBuf)>,
    /// The reader went away.
    closed: bool,
}

impl Sink {
    /// Opens a file, or standard output where no path is given.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn open(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = path else {
            let writer: Box<dyn Write + Send + Sync> = Box::new(io::stdout());
            return Ok(Self { name: "standard output".into(), writer: Some(BufWriter::new(writer)), rename: None, closed: false });
        };
        let name = path.display().to_string();
        if path.is_dir() {
            return Err(unwritable(&name, &io::ErrorKind::IsADirectory.into()));
        }
        // A device or a pipe is written as it is: a file in its place would take it away.
        let is_device = path.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
        let temporary = (!is_device).then(|| temporary_for(path));
        let file = File::create(temporary.as_deref().unwrap_or(path)).map_err(|error| unwritable(&name, &error))?;
        let rename = temporary.map(|temporary| (temporary, path.to_owned()));
        Ok(Self { name, writer: Some(BufWriter::new(Box::new(file))), rename, closed: false })
    }

    /// Whether it is standard output.
    pub fn is_stdout(&self) -> bool {
        self.name == "standard output"
    }

    /// Whether anybody still reads.
    pub fn is_live(&self) -> bool {
        !self.closed
    }

    /// Writes out what is held back. What goes wrong, the next writing tells.
    pub fn flush(&mut self) {
        let _ = self.writer.as_mut().map(Write::flush);
    }

    /// Writes some bytes.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
        let outcome = self.writer.as_mut().map_or(Ok(()), |writer| writer.write_all(bytes.as_ref()));
        self.settle(outcome)
    }

    /// Ends the file and puts it in its place.
    pub fn finish(mut self) -> Result<(), Error> {
        let outcome = self.writer.as_mut().map_or(Ok(()), Write::flush);
        self.settle(outcome)?;
        // What could not be written whole takes no place.
        if self.closed {
            return Ok(());
        }
        self.writer = None;
        if let Some((temporary, path)) = self.rename.take() {
            std::fs::rename(&temporary, &path).map_err(|error| {
                let _ = std::fs::remove_file(&temporary);
                unwritable(&self.name, &error)
            })?;
        }
        Ok(())
    }

    /// A reader that went away is no error; nothing more is written.
    fn settle(&mut self, outcome: io::Result<()>) -> Result<(), Error> {
        let Err(error) = outcome else { return Ok(()) };
        self.closed = true;
        // The writer must not try once more to write when it is dropped.
        if let Some(writer) = self.writer.take() {
            let _ = writer.into_parts();
        }
        if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(unwritable(&self.name, &error)) }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.rename {
            let _ = std::fs::remove_file(temporary);
        }
    }
}

/// Puts other bytes in the place of a file, with its permissions, behind the links that lead to it. At every moment the file
/// is either the old one or the new one.
///
/// # Errors
/// The file cannot be written, or no longer holds what was read from it.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), Error> {
    let name = path.display().to_string();
    let whole = || -> io::Result<bool> {
        let path = path.canonicalize()?;
        let temporary = temporary_for(&path);
        let written = write_beside(&path, &temporary, before, after);
        if !matches!(written, Ok(true)) {
            let _ = std::fs::remove_file(&temporary);
        }
        written
    };
    match whole() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::File { path: name, message: "was changed by another program meanwhile, and is left as it is".into() }),
        Err(error) => Err(unwritable(&name, &error)),
    }
}

/// Whether the file still held what was expected, and was replaced.
fn write_beside(path: &Path, temporary: &Path, before: &[u8], after: &[u8]) -> io::Result<bool> {
    let mut file = File::create(temporary)?;
    file.write_all(after)?;
    file.set_permissions(path.metadata()?.permissions())?;
    file.sync_all()?;
    if std::fs::read(path)? != before {
        return Ok(false);
    }
    std::fs::rename(temporary, path)?;
    Ok(true)
}

fn temporary_for(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn unwritable(name: &str, error: &io::Error) -> Error {
    Error::File { path: name.to_owned(), message: format!("cannot be written: {error}") }
}

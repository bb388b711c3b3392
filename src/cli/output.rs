//! Where the reports go: standard output, or files that appear whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::civil::Date;

use super::args::When;
use super::{CLEAN, Error, colour};
use crate::linter::Checked;
use crate::report::full::Colour;
use crate::report::{Tally, concise, full, json};

/// An output asked for: `json`, or `json=report.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub format: Format,
    pub path: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Full,
    Concise,
    Json,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
        let format = match name {
            "full" => Format::Full,
            "concise" => Format::Concise,
            "json" => Format::Json,
            _ => return Err("the formats are full, concise and json".into()),
        };
        match path {
            Some("") => Err("a path belongs behind the =".into()),
            path => Ok(Self { format, path: path.map(PathBuf::from) }),
        }
    }
}

/// How one output shows an article; worked out beside the others, written in order.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    format: Format,
    colour: Colour,
}

impl Style {
    pub fn article(self, checked: &Checked) -> String {
        match self.format {
            Format::Full => full::article(checked, self.colour),
            Format::Concise => concise::article(checked),
            Format::Json => json::article(checked),
        }
    }
}

/// An output being written.
pub struct Output {
    pub style: Style,
    sink: Sink,
    /// Nothing of an article was written yet.
    untouched: bool,
}

impl Output {
    /// Opens the outputs, and starts each.
    ///
    /// # Errors
    /// Two outputs at one place, or a file that cannot be written.
    pub fn open(targets: &[Target], when: When, today: Date) -> Result<Vec<Self>, Error> {
        let mut outputs = Vec::new();
        for (i, target) in targets.iter().enumerate() {
            let place = |target: &Target| target.path.as_ref().map(|path| std::path::absolute(path).unwrap_or(path.clone()));
            if targets[..i].iter().any(|other| place(other) == place(target)) {
                let place = target.path.as_ref().map_or("standard output".into(), |path| path.display().to_string());
                return Err(Error::SameOutput(place));
            }
            let colour = match (&target.path, when) {
                (None, when) => colour::decide(when, &io::stdout()),
                (Some(_), When::Always) => Colour::Always,
                (Some(_), _) => Colour::Never,
            };
            let style = Style { format: target.format, colour };
            let mut output = Self { style, sink: Sink::open(target.path.as_deref())?, untouched: true };
            if target.format == Format::Json {
                output.sink.write(&json::opening(today))?;
            }
            outputs.push(output);
        }
        Ok(outputs)
    }

    /// Whether a person reads the closing line here.
    pub fn closes_with_line(&self) -> bool {
        self.style.format == Format::Full && self.sink.is_stdout()
    }

    /// Whether anybody still reads.
    pub fn is_live(&self) -> bool {
        !self.sink.closed
    }

    /// Writes what [`Style::article`] made.
    pub fn article(&mut self, text: &str) -> Result<(), Error> {
        let comma = self.untouched && self.style.format == Format::Json;
        self.untouched &= text.is_empty();
        self.sink.write(if comma { text.strip_prefix(',').unwrap_or(text) } else { text })
    }

    /// Writes the end, and puts a file in its place.
    pub fn close(mut self, tally: &Tally, last_line: Option<&str>) -> Result<(), Error> {
        match self.style.format {
            Format::Json => self.sink.write(&json::closing(tally))?,
            Format::Full => self.sink.write(last_line.unwrap_or(""))?,
            Format::Concise => {}
        }
        self.sink.finish()
    }
}

/// A place that takes text.
struct Sink {
    name: String,
    writer: Option<BufWriter<Box<dyn Write>>>,
    /// A file being written, and its name when it is whole.
    rename: Option<(PathBuf, PathBuf)>,
    /// The reader went away.
    closed: bool,
}

impl Sink {
    fn open(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = path else {
            let writer: Box<dyn Write> = Box::new(io::stdout());
            return Ok(Self { name: "standard output".into(), writer: Some(BufWriter::new(writer)), rename: None, closed: false });
        };
        let name = path.display().to_string();
        // A device or a pipe is written as it is: a file in its place would take it away.
        let is_device = path.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
        let temporary = (!is_device).then(|| temporary_for(path));
        let file = File::create(temporary.as_deref().unwrap_or(path)).map_err(|error| unwritable(&name, &error))?;
        let rename = temporary.map(|temporary| (temporary, path.to_owned()));
        Ok(Self { name, writer: Some(BufWriter::new(Box::new(file))), rename, closed: false })
    }

    fn is_stdout(&self) -> bool {
        self.name == "standard output"
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        let outcome = self.writer.as_mut().map_or(Ok(()), |writer| writer.write_all(text.as_bytes()));
        self.settle(outcome)
    }

    fn finish(&mut self) -> Result<(), Error> {
        let outcome = self.writer.as_mut().map_or(Ok(()), Write::flush);
        self.settle(outcome)?;
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

fn temporary_for(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn unwritable(name: &str, error: &io::Error) -> Error {
    Error::File { path: name.to_owned(), message: format!("cannot be written: {error}") }
}

/// Prints a text to standard output.
pub fn print(text: &str) -> Result<u8, Error> {
    let mut sink = Sink::open(None)?;
    sink.write(text)?;
    sink.finish()?;
    Ok(CLEAN)
}

/// Tells the user something beside the report.
pub fn warn(message: &str) {
    tell(&format!("medproof: {message}\n"));
}

/// Prints a text to standard error; where that is closed, nobody is told.
pub fn tell(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Colours for standard error.
pub fn stderr_colour(when: When) -> Colour {
    colour::decide(when, &io::stderr())
}

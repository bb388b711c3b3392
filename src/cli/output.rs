//! The outputs of a run, and words to the user beside them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::args::When;
use super::changes::whole;
use super::sink::Sink;
use super::{CLEAN, Error, colour};
use crate::record::Record;
use crate::report::{Colour, FORMS, Facts, Form, Look, Report, Tally};
use crate::source::Source;

/// An output asked for: `json`, or `json=report.json`.
#[derive(Debug, Clone)]
pub struct Target {
    pub form: &'static Form,
    pub path: Option<PathBuf>,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
        let form = Form::find(name).ok_or_else(|| {
            let names: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
            format!("the outputs are {}", names.join(", "))
        })?;
        match path {
            Some("") => Err("a path belongs behind the =".into()),
            None if form.is_binary => Err(format!("{name} is no text to print; write {name}=PATH")),
            path => Ok(Self { form, path: path.map(PathBuf::from) }),
        }
    }
}

/// An output being written.
pub struct Output {
    form: &'static Form,
    look: Look,
    report: Box<dyn Report>,
    sink: Sink,
    /// Nothing of an article was written yet.
    untouched: bool,
}

impl Output {
    /// Opens the outputs, and starts each.
    ///
    /// # Errors
    /// Two outputs at one place, or a file that cannot be written.
    pub fn open(targets: &[Target], when: When, quiet: bool, facts: &Facts) -> Result<Vec<Self>, Error> {
        let mut outputs = Vec::new();
        for (i, target) in targets.iter().enumerate() {
            let place = |target: &Target| target.path.as_deref().filter(|path| *path != Path::new("/dev/stdout")).map(whole);
            if targets[..i].iter().any(|other| place(other) == place(target)) {
                let place = target.path.as_ref().map_or("standard output".into(), |path| path.display().to_string());
                return Err(Error::SameOutput(place));
            }
            let colour = match (&target.path, when) {
                (None, when) => colour::decide(when, &io::stdout()),
                (Some(_), When::Always) => Colour::Always,
                (Some(_), _) => Colour::Never,
            };
            let look = Look { colour, quiet };
            let (report, sink) = ((target.form.make)(look), Sink::open(target.path.as_deref())?);
            let mut output = Self { form: target.form, look, report, sink, untouched: true };
            output.sink.write(output.report.opening(facts))?;
            outputs.push(output);
        }
        Ok(outputs)
    }

    /// Whether it shows more of an article's text than a record holds.
    pub fn reads_source(&self) -> bool {
        self.form.reads_source
    }

    /// How it looks: what the texts of two outputs of the same look say is the same.
    pub fn look(&self) -> String {
        format!("{} {:?}", self.form.name, self.look)
    }

    /// Whether standard output is at the start of a line whenever an article is written: what has something between two
    /// articles does not know yet how its line ends.
    pub fn ends_lines(&self) -> bool {
        !self.sink.is_stdout() || self.report.separator().is_empty()
    }

    /// Writes out what is held back where that goes to standard output.
    pub fn flush(&mut self) {
        if self.sink.is_stdout() {
            self.sink.flush();
        }
    }

    /// Whether a person reads the closing line here.
    pub fn closes_with_line(&self) -> bool {
        self.form.name == "full" && self.sink.is_stdout()
    }

    /// Whether anybody still reads.
    pub fn is_live(&self) -> bool {
        self.sink.is_live()
    }

    /// The text of an article, worked out beside others.
    pub fn text(&self, record: &Record, source: &Source) -> String {
        self.report.article(record, source)
    }

    /// Takes an article in its turn: what [`Output::text`] made of it, and the record.
    pub fn take(&mut self, record: &Record, text: &str) -> Result<(), Error> {
        self.report.take(record);
        if !text.is_empty() && !std::mem::replace(&mut self.untouched, false) {
            self.sink.write(self.report.separator())?;
        }
        self.sink.write(text)
    }

    /// Writes the end, and puts a file in its place.
    pub fn close(mut self, facts: &Facts, tally: &Tally) -> Result<(), Error> {
        let end = self.report.closing(facts, tally);
        self.sink.write(end)?;
        self.sink.finish()
    }
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

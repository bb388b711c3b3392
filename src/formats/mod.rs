//! Reading an article: from the text of a file to a [`Document`].
//!
//! Parsing never fails on a bad article. It gives a document, and says in [`Document::problems`] what it could not read.

use crate::document::{Document, Format, Problem};
use crate::source::{Source, Span, Unreadable};

mod detect;
pub mod docx;
pub mod elements;
pub mod front_matter;
mod html;
mod jats;
mod margins;
mod markdown;
mod markup;
mod mdx;
mod text;

pub use detect::{Unsupported, detect, unsupported};

/// The format of a file by the end of its name; `None` for names medproof does not read.
pub fn by_name(name: &str) -> Option<Format> {
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    match extension.as_str() {
        "txt" | "text" => Some(Format::Text),
        "md" | "markdown" | "mdown" | "mkd" | "mdx" => Some(Format::Markdown),
        "html" | "htm" | "xhtml" | "xht" => Some(Format::Html),
        "xml" | "nxml" | "jats" => Some(Format::Jats),
        "docx" | "docm" | "dotx" | "dotm" => Some(Format::Docx),
        _ => None,
    }
}

/// Reads the bytes of a file as an article: the one door for all formats. `format` says how it is read; without one its
/// content does, then its name, and plain text is what remains.
///
/// # Errors
/// [`Unreadable`] for a file that cannot be taken in at all.
pub fn open(name: impl Into<String>, bytes: Vec<u8>, format: Option<Format>) -> Result<(Source, Document), Unreadable> {
    let name = name.into();
    if format.is_none()
        && let Some(unsupported) = unsupported(&name, &bytes)
    {
        return Err(Unreadable::Unsupported(unsupported.to_string()));
    }
    if format == Some(Format::Docx)
        || format.is_none() && (docx::is_zip(&bytes) || docx::is_ole(&bytes) || by_name(&name) == Some(Format::Docx))
    {
        let (source, document, _) = docx::read(name, &bytes)?;
        return Ok((source, document));
    }
    let source = Source::decode(name, bytes)?;
    let format = format.or_else(|| detect(source.name(), source.text())).unwrap_or(Format::Text);
    let document = parse(&source, format);
    Ok((source, document))
}

/// Only the text of a file that [`open`] read as this format.
///
/// # Errors
/// As for [`open`].
pub fn source(name: impl Into<String>, bytes: Vec<u8>, format: Format) -> Result<Source, Unreadable> {
    match format {
        Format::Docx => docx::read(name.into(), &bytes).map(|(source, ..)| source),
        _ => Source::decode(name.into(), bytes),
    }
}

/// Reads a source as a format. The text of a Word file that was read already is taken as plain text.
pub fn parse(source: &Source, format: Format) -> Document {
    let mut document = match format {
        Format::Text => text::parse(source.text()),
        Format::Markdown => markdown::parse(source.text()),
        Format::Html => html::parse(source),
        Format::Jats => jats::parse(source),
        Format::Docx => Document { format, ..text::parse(source.text()) },
    };
    if source.text().trim().is_empty() {
        document.problems.push(Problem {
            span: Span::at(0),
            message: "the file is empty".into(),
            help: "Nothing was checked; save the article and try again".into(),
        });
    }
    if let Some(&span) = source.bad_bytes().first() {
        let count = source.bad_bytes().len();
        document.problems.push(Problem {
            span,
            message: format!("{count} byte{} not valid UTF-8, from here on", if count == 1 { " is" } else { "s are" }),
            help: "Save the file as UTF-8; the words around these bytes may have been misread".into(),
        });
    }
    document
}

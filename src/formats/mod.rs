//! Reading an article: from the text of a file to a [`Document`].
//!
//! Parsing never fails on a bad article. It gives a document, and says in [`Document::problems`] what it could not read.

use crate::document::{Document, Format, Problem};
use crate::source::{Source, Span};

mod detect;
mod front_matter;
mod html;
mod jats;
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
        _ => None,
    }
}

/// Reads a source as a format.
pub fn parse(source: &Source, format: Format) -> Document {
    let mut document = match format {
        Format::Text => text::parse(source.text()),
        Format::Markdown => markdown::parse(source.text()),
        Format::Html => html::parse(source),
        Format::Jats => jats::parse(source),
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

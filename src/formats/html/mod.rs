//! HTML pages: the article on them, with what a reader sees of it, and what the page says of itself.

mod backlinks;
mod blocks;
mod byline;
mod content;
mod database_links;
mod flow;
mod furniture;
mod json_ld;
mod lists;
mod metadata;
mod page;

use crate::document::{Document, Format, Problem};
use crate::formats::markup::Dialect;
use crate::source::{Encoding, Source, Span};
use page::Page;

/// Reads a page.
pub fn parse(source: &Source) -> Document {
    let text = source.text();
    let mut page = Page::read(text, dialect(source));
    backlinks::remove(&mut page);
    let content = content::find(&page);
    let mut document = Document::new(Format::Html);
    metadata::read(text, &page, &mut document);
    blocks::read(text, &page, &content, &mut document);
    byline::strip_affiliations(text, &mut document);
    if document.blocks.is_empty() && !text.trim().is_empty() {
        document.problems.push(Problem {
            span: Span::at(0),
            message: "the page shows no text".into(),
            help: "Check the page as the browser shows it, saved after its scripts have run".into(),
        });
    }
    document.problems.extend(wrong_charset(source, &page));
    document.comments = page.comments;
    document.problems.extend(page.problems);
    document.problems.sort_by_key(|problem| problem.span);
    document
}

fn dialect(source: &Source) -> Dialect {
    let extension = source.name().rsplit_once('.').map_or("", |(_, extension)| extension);
    let xhtml =
        extension.eq_ignore_ascii_case("xhtml") || extension.eq_ignore_ascii_case("xht") || source.text().trim_start().starts_with("<?xml");
    if xhtml { Dialect::Xhtml } else { Dialect::Html }
}

/// A declared encoding that is not the one the file is in.
fn wrong_charset(source: &Source, page: &Page) -> Option<Problem> {
    let (declared, span) =
        page.elements.iter().take_while(|element| element.name() != "body").find_map(|element| metadata::charset(&element.tag))?;
    let known = encoding_rs::Encoding::for_label(declared.as_bytes());
    let (is, fits) = match source.encoding() {
        Encoding::Utf8 => ("UTF-8", known == Some(encoding_rs::UTF_8) || source.text().is_ascii()),
        // A browser takes a declared UTF-16 for UTF-8, and a byte order mark for the truth.
        Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Extracted => return None,
        Encoding::Windows1252 => ("Windows-1252", known == Some(encoding_rs::WINDOWS_1252)),
    };
    (!fits).then(|| Problem {
        span,
        message: format!("the page says that its encoding is “{declared}”, and it was read as {is}"),
        help: "Save the file as UTF-8 and declare `<meta charset=\"utf-8\">`; letters beyond ASCII may have been misread".into(),
    })
}

#[cfg(test)]
mod tests;

//! What a page says of itself beside its text: title, language, `<meta>`, microdata.

use super::json_ld;
use super::page::{Element, Event, Page};
use crate::document::{Document, Metadata};
use crate::formats::markup::{Attribute, Piece, Tag};
use crate::source::Span;

/// Adds the metadata of a page to a document, in the order written.
pub fn read(text: &str, page: &Page, document: &mut Document) {
    for (i, element) in page.elements.iter().enumerate() {
        let tag = &element.tag;
        match tag.name.as_str() {
            "html" => {
                if let Some(lang) = tag.attribute("lang").or_else(|| tag.attribute("xml:lang")) {
                    document.metadata.push(of_attribute("lang", tag, lang));
                }
            }
            "title" if !page.ancestors(i).take(8).any(|around| around.name() == "svg") => title(text, page, i, document),
            "meta" => document.metadata.extend(meta(tag)),
            "script" if is_json_ld(tag) => {
                if let Some(Event::Text(pieces)) = page.events.get(element.open + 1)
                    && let (Some(first), Some(last)) = (pieces.first(), pieces.last())
                {
                    json_ld::read(text, first.span.cover(last.span), document);
                }
            }
            _ => {}
        }
        if let Some(property) = tag.value("itemprop")
            && tag.name != "meta"
            && is_of_page(page, i)
        {
            document.metadata.extend(property.split_ascii_whitespace().filter_map(|name| microdata(text, page, i, name)));
        }
    }
}

/// The encoding that a `<meta>` declares, with its place.
pub fn charset(tag: &Tag) -> Option<(&str, Span)> {
    if tag.name != "meta" {
        return None;
    }
    if let Some(charset) = tag.attribute("charset") {
        return Some((charset.value.trim(), charset.span)).filter(|(value, _)| !value.is_empty());
    }
    let content =
        tag.attribute("content").filter(|_| tag.value("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-type")))?;
    let (_, charset) = content.value.split_once("charset=")?;
    Some((charset.trim().trim_matches(['"', '\'']), content.span)).filter(|(value, _)| !value.is_empty())
}

fn of_attribute(key: &str, tag: &Tag, value: &Attribute) -> Metadata {
    Metadata { key: key.to_owned(), value: value.value.clone(), key_span: tag.span, value_span: value.span }
}

fn title(text: &str, page: &Page, element: usize, document: &mut Document) {
    let inside = &page.events[page.elements[element].open + 1];
    if let Event::Text(pieces) = inside
        && let Some((value, value_span)) = joined(text, pieces)
    {
        document.metadata.push(Metadata { key: "title".into(), value, key_span: page.elements[element].tag.span, value_span });
    }
}

/// The trimmed words of a text with their place.
fn joined(text: &str, pieces: &[Piece]) -> Option<(String, Span)> {
    let value: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let span = pieces.first()?.span.cover(pieces.last()?.span);
    let raw = &text[span.range()];
    let start = span.start as usize + (raw.len() - raw.trim_start().len());
    (!value.trim().is_empty()).then(|| (value.trim().to_owned(), Span::new(start, start + raw.trim().len())))
}

/// `<meta name="…" content="…">`, also with `property`, `itemprop` and `http-equiv`.
fn meta(tag: &Tag) -> Option<Metadata> {
    let key = ["name", "property", "itemprop", "http-equiv"].into_iter().find_map(|name| tag.attribute(name))?;
    let content = tag.attribute("content")?;
    Some(Metadata { key: key.value.trim().to_owned(), value: content.value.clone(), key_span: key.span, value_span: content.span })
}

fn is_json_ld(tag: &Tag) -> bool {
    tag.value("type").is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json"))
}

/// Properties of microdata that say when and by whom a page was made.
const PROPERTIES: &[&str] = &["dateCreated", "dateModified", "datePublished", "lastReviewed", "reviewedBy"];

/// Whether a property is one of the page and not of a comment, an image or another work on it.
fn is_of_page(page: &Page, element: usize) -> bool {
    let mut scopes = page.ancestors(element).take(256).filter(|around| around.tag.value("itemscope").is_some());
    match scopes.next() {
        None => true,
        Some(scope) => {
            let kind = scope.tag.value("itemtype").unwrap_or_default();
            json_ld::is_page_type(kind.rsplit('/').next().unwrap_or_default())
                && scope.tag.value("itemprop").is_none_or(|property| property == "mainEntity")
        }
    }
}

fn microdata(text: &str, page: &Page, element: usize, name: &str) -> Option<Metadata> {
    let &key = PROPERTIES.iter().find(|known| **known == name)?;
    let Element { tag, open, close, .. } = &page.elements[element];
    let attribute = tag.attribute("content").or_else(|| tag.attribute("datetime"));
    let key_span = tag.attribute("itemprop").map_or(tag.span, |property| property.span);
    if let Some(value) = attribute {
        return Some(Metadata { key: key.to_owned(), value: value.value.clone(), key_span, value_span: value.span });
    }
    let words = page.events[*open..*close].iter().take(16).find_map(|event| match event {
        Event::Text(pieces) => joined(text, pieces),
        _ => None,
    });
    words.map(|(value, value_span)| Metadata { key: key.to_owned(), value, key_span, value_span })
}

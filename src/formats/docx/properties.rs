//! Core and custom properties of a Word file, as metadata.

use super::xml::{Node, Nodes};
use crate::document::Metadata;
use crate::source::Span;

/// Properties that Word sets by itself, such as `docx:modified`: the prefix keeps them from being taken for what an
/// editor says about the content.
pub fn core(xml: &str) -> Vec<Metadata> {
    let mut found = Vec::new();
    let mut name = None;
    for node in Nodes::new(xml) {
        match node {
            Node::Open(tag) => name = Some(tag.name().rsplit(':').next().unwrap_or_default().to_owned()),
            Node::Close(_) => name = None,
            Node::Text { text, .. } => {
                if let Some(name) = &name {
                    add(&mut found, format!("docx:{name}"), &text);
                }
            }
        }
    }
    found
}

/// Custom properties. One about a review, an update or a publication has the name that an editor gave it.
pub fn custom(xml: &str) -> Vec<Metadata> {
    let mut found = Vec::new();
    let mut name = None;
    for node in Nodes::new(xml) {
        match node {
            Node::Open(tag) if tag.name() == "property" => name = tag.attribute("name"),
            Node::Close(tag) if tag.name() == "property" => name = None,
            Node::Text { text, .. } => {
                if let Some(name) = &name {
                    let key = if is_statement(name) { name.clone() } else { format!("docx:{name}") };
                    add(&mut found, key, &text);
                }
            }
            _ => {}
        }
    }
    found
}

fn is_statement(name: &str) -> bool {
    let name = name.to_lowercase();
    ["review", "updated", "published"].iter().any(|word| name.contains(word))
}

/// Adds text to the value of a key; a value comes in pieces where it holds entities.
fn add(found: &mut Vec<Metadata>, key: String, text: &str) {
    match found.last_mut() {
        Some(last) if last.key == key => last.value.push_str(text),
        _ if text.trim().is_empty() => {}
        _ => found.push(Metadata { key, value: text.to_owned(), key_span: Span::at(0), value_span: Span::at(0) }),
    }
}

//! Adding to the end of a part: entries of the package's own tables, and comments.

use std::fmt::Write as _;

use super::super::layout::Layout;
use super::super::xml::{Node, Nodes, WORD};

/// A part that the package has to learn of.
pub struct NewPart<'n> {
    pub name: &'n str,
    pub kind: &'static str,
    /// The relation by which the main part knows it.
    pub relation: &'static str,
    pub content_type: &'static str,
}

/// Adds elements at the end of the root element; they are given its prefix. `None` where the part is broken.
pub fn append(xml: &str, elements: impl FnOnce(&str) -> String) -> Option<String> {
    let mut nodes = Nodes::new(xml);
    let (mut root, mut end) = (None, 0);
    while let Some(node) = nodes.next() {
        match node {
            Node::Open(_) if root.is_none() => root = Some(nodes.at.clone()),
            Node::Close(_) if nodes.depth() == 0 => end = nodes.at.start,
            _ => {}
        }
    }
    let tag = root.filter(|_| nodes.damage.is_none())?;
    let name = xml[tag.clone()].trim_start_matches('<').split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next()?;
    let elements = elements(name.split_once(':').map_or("", |(prefix, _)| &name[..=prefix.len()]));
    Some(match xml[tag.clone()].strip_suffix("/>") {
        Some(open) => format!("{}{open}>{elements}</{name}>{}", &xml[..tag.start], &xml[tag.end..]),
        None => format!("{}{elements}{}", &xml[..end], &xml[end..]),
    })
}

/// The prefix that a part gives to WordprocessingML, with its colon.
pub fn prefix(xml: &str) -> Option<String> {
    let mut nodes = Nodes::new(xml);
    nodes.next()?;
    Some(nodes.prefix().to_owned())
}

/// Whether a part is of the strict form of the format.
pub fn is_strict(xml: &str) -> bool {
    let mut nodes = Nodes::new(xml);
    nodes.next().is_some() && xml[nodes.at].contains(WORD[1])
}

/// The relations of the main part with those of new parts.
pub fn related(xml: Option<&str>, layout: &Layout, parts: &[NewPart<'_>]) -> Option<String> {
    const NONE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#;
    let mut missing = parts.iter().filter(|part| layout.relations.part(part.kind, &layout.folder).is_none()).peekable();
    let xml = xml.unwrap_or(NONE);
    if missing.peek().is_none() {
        return Some(xml.to_owned());
    }
    append(xml, |prefix| {
        let mut added = String::new();
        let mut number = 0;
        for part in missing {
            let file = part.name.rsplit('/').next().unwrap_or_default();
            let id = loop {
                number += 1;
                let id = format!("rId{number}");
                if layout.relations.target(&id).is_none() {
                    break id;
                }
            };
            let _ = write!(added, r#"<{prefix}Relationship Id="{id}" Type="{}" Target="{file}"/>"#, part.relation);
        }
        added
    })
}

/// The content types with those of new parts.
pub fn typed(xml: &str, parts: &[NewPart<'_>]) -> Option<String> {
    let has = |name: &str| {
        Nodes::new(xml).any(|node| match node {
            Node::Open(tag) => tag.attribute("PartName").is_some_and(|part| part.trim_start_matches('/').eq_ignore_ascii_case(name)),
            _ => false,
        })
    };
    append(xml, |prefix| {
        let entry = |part: &NewPart<'_>| format!(r#"<{prefix}Override PartName="/{}" ContentType="{}"/>"#, part.name, part.content_type);
        parts.iter().filter(|part| !has(part.name)).map(entry).collect()
    })
}

//! The relations of a part: which other part has which task, and where its links lead.

use std::collections::HashMap;

use super::xml::{Node, Nodes};

#[derive(Debug, Default)]
pub struct Relations {
    by_id: HashMap<String, Relation>,
}

#[derive(Debug)]
struct Relation {
    /// The last word of its type, such as `footnotes`.
    kind: String,
    target: String,
}

impl Relations {
    /// Reads a `.rels` part.
    pub fn read(xml: &str) -> Self {
        let by_id = Nodes::new(xml)
            .filter_map(|node| match node {
                Node::Open(tag) if tag.name() == "Relationship" => {
                    let kind = tag.attribute("Type")?.rsplit('/').next().unwrap_or_default().to_owned();
                    Some((tag.attribute("Id")?, Relation { kind, target: tag.attribute("Target")? }))
                }
                _ => None,
            })
            .collect();
        Self { by_id }
    }

    /// Where the relation with an id leads.
    pub fn target(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|relation| relation.target.as_str())
    }

    /// The name of the part with a task, seen from a part in `folder`.
    pub fn part(&self, kind: &str, folder: &str) -> Option<String> {
        self.parts(kind, folder).into_iter().next()
    }

    /// The names of all parts with a task, sorted.
    pub fn parts(&self, kind: &str, folder: &str) -> Vec<String> {
        let mut targets: Vec<&str> =
            self.by_id.values().filter(|relation| relation.kind == kind).map(|relation| relation.target.as_str()).collect();
        targets.sort_unstable();
        targets.into_iter().map(|target| in_folder(target, folder)).collect()
    }
}

fn in_folder(target: &str, folder: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => target.trim_start_matches("./").to_owned(),
        None => format!("{folder}/{}", target.trim_start_matches("./")),
    }
}

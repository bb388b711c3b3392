//! Comments that medproof wrote into a Word file: their form, and what an editor made of them.

use std::collections::{HashMap, HashSet};

use super::xml::{Node, Nodes};
use crate::document::Query;
use crate::source::Span;

/// What the last line of a comment starts with.
const FOOT: &str = "medproof: ";
/// Stands behind the rule where the words of the finding could not hold the comment.
const ELSEWHERE: &str = ", elsewhere";

/// The last line of a comment, by which it is known again.
pub fn foot(rule: &str, words: &str, is_elsewhere: bool) -> String {
    let elsewhere = if is_elsewhere { ELSEWHERE } else { "" };
    format!("{FOOT}{rule}{elsewhere} “{}”; resolve this comment to accept the finding", Query::short(words))
}

/// The comments of medproof, by their ids.
#[derive(Debug, Default)]
pub struct Queries(HashMap<String, Read>);

#[derive(Debug)]
struct Read {
    rule: String,
    words: String,
    is_elsewhere: bool,
    is_resolved: bool,
}

impl Queries {
    /// Reads the comments, and the part that says which are resolved.
    pub fn read(comments: &str, extended: &str) -> Self {
        let mut found = HashMap::new();
        if comments.is_empty() {
            return Self(found);
        }
        let done = resolved(extended);
        let (mut id, mut paragraph, mut text, mut read) = (None, None, String::new(), None);
        let mut is_text = false;
        for node in Nodes::new(comments) {
            match node {
                Node::Open(tag) => match tag.name() {
                    "comment" => (id, read) = (tag.attribute("id"), None),
                    "p" => {
                        paragraph = tag.attribute("paraId");
                        text.clear();
                    }
                    name => is_text = name == "t",
                },
                Node::Close(tag) => match tag.name() {
                    "p" => read = line(&text).or(read),
                    "comment" => {
                        // A comment is known by its last paragraph.
                        let is_resolved = paragraph.take().is_some_and(|id: String| done.contains(&id.to_uppercase()));
                        if let (Some(id), Some(read)) = (id.take(), read.take()) {
                            found.insert(id, Read { is_resolved, ..read });
                        }
                    }
                    _ => is_text = false,
                },
                Node::Text { text: words, .. } if is_text => text.push_str(&words),
                Node::Text { .. } => {}
            }
        }
        Self(found)
    }

    /// Whether the comment with this id is one.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The comments with the places of the text that they are anchored to, in the order of the text. One that is anchored
    /// nowhere says nothing any more.
    pub fn placed(self, places: &HashMap<String, Span>) -> Vec<Query> {
        let placed = self.0.into_iter().filter_map(|(id, Read { rule, words, is_elsewhere, is_resolved })| {
            let place = places.get(&id).copied()?;
            Some(Query { rule, words, place: (!is_elsewhere).then_some(place), is_resolved })
        });
        let mut queries: Vec<Query> = placed.collect();
        queries.sort_by(|a, b| (a.place, &a.rule, &a.words, a.is_resolved).cmp(&(b.place, &b.rule, &b.words, b.is_resolved)));
        queries
    }
}

/// Reads a line that [`foot`] wrote.
fn line(text: &str) -> Option<Read> {
    let rest = text.trim().strip_prefix(FOOT)?;
    let (rule, rest) = rest.split_at(rest.find([',', ' '])?);
    let words = rest.get(rest.find('“')? + '“'.len_utf8()..rest.rfind('”')?)?;
    Some(Read { rule: rule.to_owned(), words: words.to_owned(), is_elsewhere: rest.starts_with(ELSEWHERE), is_resolved: false })
}

/// The ids of paragraphs whose comments are resolved.
fn resolved(extended: &str) -> HashSet<String> {
    let done = Nodes::new(extended).filter_map(|node| match node {
        Node::Open(tag) => {
            let is_done = tag.attribute("done").is_some_and(|done| matches!(done.as_str(), "1" | "true" | "on"));
            tag.attribute("paraId").filter(|_| is_done).map(|id| id.to_uppercase())
        }
        _ => None,
    });
    done.collect()
}

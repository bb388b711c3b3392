//! JSON-LD: what a page tells search engines of its review, its dates and its reviewers.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::document::{Document, Metadata, Problem};
use crate::source::Span;

/// Adds the values of the page's own nodes to the metadata of a document. `script` is the content of the script.
pub fn read(text: &str, script: Span, document: &mut Document) {
    let (json, base) = json_of(text, script);
    if json.is_empty() {
        return;
    }
    match serde_json::from_str::<&RawValue>(json) {
        Ok(value) => Reader { json, base, nodes: OnceCell::new(), out: &mut document.metadata }.node(value, 0),
        Err(error) => document.problems.push(Problem {
            span: Span::at(base + offset_of(json, error.line(), error.column())),
            message: format!("the JSON-LD is not valid JSON: {}", without_place(&error)),
            help: "Correct it; search engines pass over the whole script, and its dates and names were not checked".into(),
        }),
    }
}

/// The JSON of a script, without the comment marks that some systems put around it.
fn json_of(text: &str, script: Span) -> (&str, usize) {
    let raw = &text[script.range()];
    let mut json = raw.trim();
    for (open, close) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>")] {
        if let Some(inner) = json.strip_prefix(open) {
            json = inner.strip_suffix(close).unwrap_or(inner).trim();
        }
    }
    let json = json.strip_suffix(';').unwrap_or(json).trim_end();
    // Only ends were cut off, so that the place is that of the rest.
    let base = script.start as usize + (json.as_ptr() as usize - raw.as_ptr() as usize);
    (json, base)
}

/// The error without its line and column, which count from the start of the script.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Byte offset of a line and column, both from 1, in bytes.
fn offset_of(json: &str, line: usize, column: usize) -> usize {
    let start: usize = json.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(json.len());
    while !json.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Types of the page itself, of schema.org.
const PAGE_TYPES: &[&str] = &[
    "AboutPage",
    "Article",
    "BlogPosting",
    "CreativeWork",
    "FAQPage",
    "ItemPage",
    "LiveBlogPosting",
    "MedicalScholarlyArticle",
    "MedicalWebPage",
    "NewsArticle",
    "QAPage",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "WebPage",
];

/// Whether a type of schema.org is one of a page, and not of a person, a picture or the site.
pub fn is_page_type(kind: &str) -> bool {
    PAGE_TYPES.binary_search(&kind.rsplit([':', '/']).next().unwrap_or(kind)).is_ok()
}

/// Keys that hold nodes of the same page.
const SAME_PAGE: &[&str] = &["@graph", "mainEntity", "mainEntityOfPage"];

/// How deep nodes of a page stand in each other.
const DEEPEST: usize = 8;

/// Keys that say what a person is.
const CREDENTIALS: &[&str] = &["honorificSuffix", "jobTitle"];

/// The id of a node, or the one that a reference gives.
fn id(entries: &[(String, &RawValue)]) -> Option<String> {
    scalar(entries.iter().find(|(name, _)| name == "@id")?.1)
}

/// The nodes of a script that have a name and an id. A graph is a list of nodes, or a node that holds one.
fn nodes(json: &str) -> HashMap<String, &RawValue> {
    let mut found = HashMap::new();
    let mut open: Vec<(&RawValue, usize)> = serde_json::from_str::<&RawValue>(json).into_iter().map(|node| (node, 0)).collect();
    while let Some((node, depth)) = open.pop() {
        if depth > DEEPEST {
            continue;
        }
        if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(node.get()) {
            open.extend(items.into_iter().map(|item| (item, depth + 1)));
        } else if let Ok(Object(entries)) = serde_json::from_str::<Object>(node.get()) {
            if let (Some(id), Some(_)) = (id(&entries), named(&entries)) {
                found.insert(id, node);
            }
            let inside = entries.iter().filter(|(name, _)| SAME_PAGE.contains(&name.as_str()));
            open.extend(inside.map(|(_, value)| (*value, depth + 1)));
        }
    }
    found
}

/// The name of a node.
fn named<'t>(entries: &[(String, &'t RawValue)]) -> Option<&'t RawValue> {
    entries.iter().find(|(name, _)| name == "name" || name == "@value").map(|(_, value)| *value)
}

struct Reader<'t, 'o> {
    json: &'t str,
    base: usize,
    /// The nodes of the page by their ids, found when a reference first asks.
    nodes: OnceCell<HashMap<String, &'t RawValue>>,
    out: &'o mut Vec<Metadata>,
}

impl<'t> Reader<'t, '_> {
    /// A node, or an array of them. The depth is bounded by the parser.
    fn node(&mut self, value: &'t RawValue, depth: usize) {
        if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
            for item in items.into_iter().filter(|_| depth < DEEPEST) {
                self.node(item, depth + 1);
            }
            return;
        }
        let Ok(Object(entries)) = serde_json::from_str::<Object>(value.get()) else { return };
        let kinds: Vec<String> = entries.iter().filter(|(key, _)| key == "@type").flat_map(|(_, value)| strings(value)).collect();
        let own = kinds.iter().any(|kind| is_page_type(kind));
        for (key, value) in &entries {
            if SAME_PAGE.contains(&key.as_str()) && depth < DEEPEST {
                self.node(value, depth + 1);
            } else if own && !key.starts_with('@') {
                self.property(key, value);
            }
        }
    }

    /// A property of the page: its text, or the names of the people and boards it points to.
    fn property(&mut self, key: &str, value: &'t RawValue) {
        if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
            // Of two dates British pages give here, the second is the one of the next review.
            let count = if key == "lastReviewed" { 1 } else { items.len() };
            for item in items.into_iter().take(count) {
                self.value(key, item);
            }
        } else {
            self.value(key, value);
        }
    }

    fn value(&mut self, key: &str, value: &'t RawValue) {
        let mut credentials = Vec::new();
        let name = match serde_json::from_str::<Object>(value.get()) {
            Ok(Object(entries)) => {
                let entries = if named(&entries).is_some() { entries } else { self.elsewhere(&entries) };
                let Some(name) = named(&entries) else { return };
                credentials.extend(CREDENTIALS.iter().filter_map(|key| scalar(entries.iter().find(|(name, _)| name == key)?.1)));
                name
            }
            Err(_) => value,
        };
        let Some(mut text) = scalar(name) else { return };
        if key == "reviewedBy" && !text.contains(',') {
            credentials.iter().for_each(|credential| text.push_str(&format!(", {credential}")));
        }
        let quotes = usize::from(name.get().starts_with('"'));
        let span = self.span(name);
        let value_span = Span { start: span.start + quotes as u32, end: span.end - quotes as u32 };
        self.out.push(Metadata { key: key.to_owned(), value: text, key_span: self.key_span(value), value_span });
    }

    /// The node of the page that a reference such as `{"@id": "#kim"}` means.
    fn elsewhere(&self, reference: &[(String, &'t RawValue)]) -> Vec<(String, &'t RawValue)> {
        let found = id(reference).and_then(|id| self.nodes.get_or_init(|| nodes(self.json)).get(&id));
        found.and_then(|node| serde_json::from_str::<Object>(node.get()).ok()).map_or_else(Vec::new, |Object(entries)| entries)
    }

    fn span(&self, value: &RawValue) -> Span {
        let start = self.offset(value);
        Span::new(self.base + start, self.base + start + value.get().len())
    }

    fn offset(&self, value: &RawValue) -> usize {
        (value.get().as_ptr() as usize).saturating_sub(self.json.as_ptr() as usize)
    }

    /// The key in front of a value; of a value in an array, the value itself.
    fn key_span(&self, value: &RawValue) -> Span {
        let before = self.json[..self.offset(value)].trim_end();
        let key = before.strip_suffix(':').map(str::trim_end).and_then(|before| before.strip_suffix('"'));
        match key.and_then(|key| key.rfind('"').map(|start| (start + 1, key.len()))) {
            Some((start, end)) => Span::new(self.base + start, self.base + end),
            None => self.span(value),
        }
    }
}

fn strings(value: &RawValue) -> Vec<String> {
    serde_json::from_str::<Vec<String>>(value.get()).unwrap_or_else(|_| scalar(value).into_iter().collect())
}

/// A string decoded, or a number as written.
fn scalar(value: &RawValue) -> Option<String> {
    let raw = value.get();
    match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok(),
        b'-' | b'0'..=b'9' => Some(raw.to_owned()),
        _ => None,
    }
}

/// The entries of an object in the order written, their values as written.
struct Object<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

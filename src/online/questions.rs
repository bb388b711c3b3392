//! What an article gives to ask: the works of its references and the addresses of its links.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::Article;
use crate::article::links::links;
use crate::article::references::{Kind, Reference};
use crate::document::Document;
use crate::world::Identifier;

/// The questions of one article or of many, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    /// By the text of the entry.
    pub entries: BTreeMap<String, Printed>,
    /// As the article writes them.
    pub links: BTreeSet<String>,
}

/// What an entry of a reference list prints of its work: all that is ever sent of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub kind: Kind,
    pub identifiers: Vec<Identifier>,
    /// The first author as printed.
    pub author: Option<String>,
    pub title: Option<String>,
    pub container: Option<String>,
    pub year: Option<String>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
}

impl Questions {
    /// Both together.
    pub fn with(mut self, mut other: Self) -> Self {
        self.entries.append(&mut other.entries);
        self.links.append(&mut other.links);
        self
    }

    /// Takes the works that an article refers to.
    pub fn add_works(&mut self, article: &Article) {
        for entry in article.references.listed() {
            self.entries.entry(entry.text().to_owned()).or_insert_with(|| Printed::of(entry));
        }
    }

    /// Takes the links of a document.
    pub fn add_links(&mut self, document: &Document) {
        self.links.extend(links(document).map(|link| link.address.to_owned()));
    }
}

impl Printed {
    fn of(entry: &Reference) -> Self {
        let fields = entry.fields();
        let text = |field: &Option<crate::article::references::Field>| field.as_ref().map(|field| field.text.clone());
        Self {
            kind: fields.kind,
            identifiers: entry.identifiers(),
            author: fields.authors.first().map(|author| author.text.clone()),
            title: text(&fields.title),
            container: text(&fields.container),
            year: text(&fields.year),
            volume: text(&fields.volume),
            issue: text(&fields.issue),
            pages: text(&fields.pages),
        }
    }
}

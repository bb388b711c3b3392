//! Where the parts of a Word file lie: their names are found by their tasks.

use super::package::{self, Package};
use super::relations::Relations;
use crate::source::Unreadable;

/// The names of the parts around the main one.
pub struct Layout {
    /// The main part, nearly always `word/document.xml`.
    pub document: String,
    pub folder: String,
    pub relations: Relations,
}

impl Layout {
    /// # Errors
    /// [`Unreadable`] where there is no main part, or the relations cannot be unpacked.
    pub fn read(package: &mut Package<'_>) -> Result<Self, Unreadable> {
        let roots = Relations::read(&package.text("_rels/.rels")?.unwrap_or_default());
        let is_word = |name: &String| package.has(name) && !name.starts_with("xl/") && !name.starts_with("ppt/");
        let document = roots.part("officeDocument", "").filter(is_word).unwrap_or_else(|| "word/document.xml".to_owned());
        if !package.has(&document) {
            return Err(package::refuse_other_zip(package));
        }
        let (folder, _) = document.rsplit_once('/').unwrap_or_default();
        let folder = folder.to_owned();
        let mut layout = Self { document, folder, relations: Relations::default() };
        layout.relations = Relations::read(&package.text(&layout.relations_name())?.unwrap_or_default());
        Ok(layout)
    }

    /// The name of the part that holds the relations of the main one.
    pub fn relations_name(&self) -> String {
        let file = self.document.rsplit('/').next().unwrap_or_default();
        self.beside(&format!("_rels/{file}.rels"))
    }

    /// The name of the part with a task, or the one that Word would give it.
    pub fn name(&self, kind: &str) -> String {
        self.relations.part(kind, &self.folder).unwrap_or_else(|| self.beside(&format!("{kind}.xml")))
    }

    /// A name in the folder of the main part.
    pub fn beside(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder) }
    }
}

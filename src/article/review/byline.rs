//! Who wrote the article, as far as it takes to know whether its reviewer did.

use super::keys::fold;
use crate::document::Document;

/// Keys of metadata that name the author, in lower case without separators.
const KEYS: &[&str] =
    &["articleauthor", "author", "authorname", "authors", "byline", "citationauthor", "creator", "dccreator", "docxcreator", "writtenby"];

/// How a line begins that names who wrote the article, in lower case.
const BEGINNINGS: &[&str] = &["by ", "by: ", "author: ", "authors: ", "written by ", "written by: ", "words by ", "medical author: "];

/// How many blocks are looked at from each end: a byline stands under the title or at the foot.
const NEAR: usize = 20;

/// Whether metadata or a line of the article says that it was written by somebody of this name.
pub fn is_author(document: &Document, name: &str) -> bool {
    let name = name.to_lowercase();
    let names = |text: &str| text.to_lowercase().contains(&name);
    let blocks = &document.blocks;
    let ends = blocks.iter().take(NEAR).chain(blocks.iter().skip(NEAR.max(blocks.len().saturating_sub(NEAR))));
    let mut lines = ends.flat_map(|block| block.text().lines()).filter(|line| line.len() < 300).map(str::to_lowercase);
    !name.is_empty()
        && (document.metadata.iter().any(|entry| KEYS.contains(&&*fold(&entry.key)) && names(&entry.value))
            || lines.any(|line| BEGINNINGS.iter().any(|start| line.trim_start().starts_with(start)) && line.contains(&name)))
}

//! The part with the texts of comments, and the one that says which are resolved.

use super::super::xml::{Node, Nodes};
use super::marks::{AUTHOR, Marks, escaped};
use super::roots::append;

const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
const W15: &str = "http://schemas.microsoft.com/office/word/2012/wordml";
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// What stands in a comment: its id and its lines.
pub struct Text {
    pub id: u32,
    pub lines: Vec<String>,
}

/// A part with comments that has none yet.
pub fn empty(namespace: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:comments xmlns:w="{namespace}" xmlns:w14="{W14}" xmlns:mc="{COMPATIBILITY}" mc:Ignorable="w14"></w:comments>"#
    )
}

/// The part on what is resolved, without an entry yet.
pub fn empty_extended() -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w15:commentsEx xmlns:w15="{W15}" xmlns:mc="{COMPATIBILITY}" mc:Ignorable="w15"></w15:commentsEx>"#
    )
}

/// The greatest id of a comment, and the ids of all paragraphs.
///
/// # Errors
/// The byte from which the part cannot be read.
pub fn ids(xml: &str) -> Result<(Option<u32>, Vec<String>), usize> {
    let (mut greatest, mut paragraphs) = (None, Vec::new());
    let mut nodes = Nodes::new(xml);
    for node in nodes.by_ref() {
        let Node::Open(tag) = node else { continue };
        if tag.name() == "comment" {
            greatest = greatest.max(tag.number("id"));
        }
        paragraphs.extend(tag.attribute("paraId").map(|id| id.to_uppercase()));
    }
    nodes.damage.map_or(Ok((greatest, paragraphs)), Err)
}

/// Adds comments to their part, and open entries to the part on what is resolved: the last paragraph of each has an id there.
pub fn added(
    comments: &str,
    extended: &str,
    texts: &[Text],
    marks: &Marks,
    mut paragraph_ids: impl FnMut() -> String,
) -> Option<(String, String)> {
    let (mut written, mut entries) = (String::new(), String::new());
    let w = &marks.prefix;
    for Text { id, lines } in texts {
        let day = marks.day;
        written += &format!(r#"<{w}comment {w}id="{id}" {w}author="{AUTHOR}" {w}date="{day}T00:00:00Z" {w}initials="mp">"#);
        for line in lines {
            let paragraph = paragraph_ids();
            let words = escaped(line);
            written += &format!(r#"<{w}p xmlns:w14="{W14}" w14:paraId="{paragraph}" w14:textId="77777777"><{w}r>"#);
            written += &format!(r#"<{w}t xml:space="preserve">{words}</{w}t></{w}r></{w}p>"#);
            if std::ptr::eq(line, lines.last()?) {
                entries += &format!(r#"<w15:commentEx xmlns:w15="{W15}" w15:paraId="{paragraph}" w15:done="0"/>"#);
            }
        }
        written += &format!("</{w}comment>");
    }
    Some((append(comments, |_| written)?, append(extended, |_| entries)?))
}

//! The tags of comments and tracked changes, as a part spells them.

use std::borrow::Cow;

use jiff::civil::Date;

/// Who comments and changes.
pub const AUTHOR: &str = "medproof";

/// Writes tags for one part.
#[derive(Debug)]
pub struct Marks {
    /// The prefix of WordprocessingML with its colon.
    pub prefix: String,
    pub day: Date,
    /// The last id that was given to a tracked change.
    pub last_id: u32,
}

impl Marks {
    pub fn start(&self, id: u32) -> String {
        let w = &self.prefix;
        format!(r#"<{w}commentRangeStart {w}id="{id}"/>"#)
    }

    /// The end of the words of a comment, with the sign that opens it.
    pub fn end(&self, id: u32) -> String {
        let w = &self.prefix;
        format!(r#"<{w}commentRangeEnd {w}id="{id}"/><{w}r><{w}commentReference {w}id="{id}"/></{w}r>"#)
    }

    /// The start tag of a tracked change, `ins` or `del`.
    pub fn change(&mut self, name: &str) -> String {
        let (w, id, day) = (&self.prefix, self.last_id + 1, self.day);
        self.last_id = id;
        format!(r#"<{w}{name} {w}id="{id}" {w}author="{AUTHOR}" {w}date="{day}T00:00:00Z">"#)
    }

    /// Run properties for another piece of their run: a tracked change in them takes an id of its own.
    pub fn with_new_id<'p>(&mut self, properties: &'p str) -> Cow<'p, str> {
        let w = &self.prefix;
        let Some(change) = properties.find(&format!("<{w}rPrChange")) else { return properties.into() };
        let id = format!(r#"{w}id=""#);
        let Some(start) = properties[change..].find(&id).map(|at| change + at + id.len()) else { return properties.into() };
        let Some(end) = properties[start..].find('"').map(|at| start + at) else { return properties.into() };
        self.last_id += 1;
        format!("{}{}{}", &properties[..start], self.last_id, &properties[end..]).into()
    }
}

/// Words as XML may hold them.
pub fn escaped(words: &str) -> String {
    // What XML cannot hold at all, no reader shows either.
    let words: String = words.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    quick_xml::escape::escape(&words).into_owned()
}

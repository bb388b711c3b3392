//! Citations in the text, and the style in which an article cites.

use crate::article::references::References;
use crate::document::{Document, Place};
use crate::source::Span;

/// How a citation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A superscript that lost its markup on copying: `mutation.4,5,6`.
    Flattened,
    /// A number set apart by a space, as some sites copy superscripts: `patients 2`.
    Spaced,
    /// Unicode superscripts: `mutation.⁴`.
    UnicodeSuperscript,
    /// Superscript markup: `<sup>4</sup>` or `^4^`.
    Superscript,
    /// `[4]`.
    Bracket,
    /// `(4)`.
    Parenthesis,
    /// `[^4]`.
    Footnote,
    /// A linked number without brackets.
    Link,
}

/// The style of an article: which form its citations have, and on what evidence.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// `None` where the article does not cite by numbers.
    pub form: Option<Form>,
    /// The article cites by author and year.
    pub author_year: bool,
    /// A sentence for people: what speaks for this reading.
    pub why: String,
}

impl Style {
    /// The style in words, such as "flattened superscript".
    pub fn name(&self) -> &'static str {
        match self.form {
            Some(Form::Flattened) => "flattened superscript",
            Some(Form::Spaced) => "spaced number",
            Some(Form::UnicodeSuperscript) => "Unicode superscript",
            Some(Form::Superscript) => "superscript",
            Some(Form::Bracket) => "bracketed number",
            Some(Form::Parenthesis) => "number in parentheses",
            Some(Form::Footnote) => "footnote",
            Some(Form::Link) => "linked number",
            None if self.author_year => "author and year",
            None => "none",
        }
    }
}

/// The citations of an article in reading order, and the style they are written in.
#[derive(Debug, Default)]
pub struct Citations {
    pub style: Style,
    pub groups: Vec<Citation>,
}

/// A group of numbers that cite together, such as `4,5,6` or `[1, 3-5]`.
#[derive(Debug, Clone)]
pub struct Citation {
    pub form: Form,
    /// The whole group, brackets included.
    pub place: Place,
    pub span: Span,
    /// The numbers, ranges expanded, in the order written.
    pub numbers: Vec<u32>,
}

/// Finds the citations.
pub fn read(_document: &Document, _references: &References) -> Citations {
    Citations::default()
}

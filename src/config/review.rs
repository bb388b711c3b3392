//! The settings of the calendar of reviews: the table `[review]` of `medproof.toml`.

use jiff::Span;
use serde::Deserialize;

use crate::article::review::{OwnKeys, due, intervals};

/// What `[review]` says.
#[derive(Debug, Clone)]
pub struct Review {
    /// What is due within this span is due soon.
    pub within: Span,
    /// What the entries of a calendar file are told apart by from those of other places.
    pub site: String,
    /// Keys of a house, read as keys that are known.
    pub keys: OwnKeys,
}

impl Default for Review {
    fn default() -> Self {
        Self { within: due::default_within(), site: "medproof".into(), keys: OwnKeys::default() }
    }
}

/// A span of time as it is written in the settings and on the command line.
///
/// # Errors
/// It is no length of time of a day or more.
pub fn span(words: &str) -> Result<Span, String> {
    intervals::read(words).ok_or_else(|| format!("“{words}” is no length of time; write 90d, 12w, 6mo, 3y, or 18 months"))
}

/// [`span`] where a table is read.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Written(pub Span);

impl TryFrom<String> for Written {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        span(&words).map(Written)
    }
}

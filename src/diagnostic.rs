//! What is wrong, where, why, and what to do about it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::source::Span;

/// How much a finding matters, mildest first, so that severities compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    /// The severity as it is written in settings and reports.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Another place that belongs to a finding, with a word on why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub message: String,
}

/// One fact of a finding for machines.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Datum {
    Number(u64),
    Numbers(Vec<u64>),
    Text(String),
    Texts(Vec<String>),
}

impl From<u32> for Datum {
    fn from(number: u32) -> Self {
        Datum::Number(number.into())
    }
}

impl From<&[u32]> for Datum {
    fn from(numbers: &[u32]) -> Self {
        Datum::Numbers(numbers.iter().map(|&n| n.into()).collect())
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Self {
        Datum::Text(text.to_owned())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Self {
        Datum::Text(text)
    }
}

impl From<Vec<String>> for Datum {
    fn from(texts: Vec<String>) -> Self {
        Datum::Texts(texts)
    }
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Shown, never applied.
    Manual,
    /// A person should look: wording, order or emphasis may change.
    Unsafe,
    /// No meaning, number, name or date changes.
    Safe,
}

impl Safety {
    /// The safety as it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Safety::Manual => "manual",
            Safety::Unsafe => "unsafe",
            Safety::Safe => "safe",
        }
    }
}

/// Replaces the source at `span` by `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// A text with its edits, which are in order and apart.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start as usize]);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

/// Edits that are applied together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// An imperative, such as "Write 4-6".
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

/// A finding as a rule gives it; the sink adds the rule and its severity.
#[derive(Debug, Clone)]
pub struct Finding {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) severity: Option<Severity>,
    pub(crate) labels: Vec<Label>,
    pub(crate) help: Option<String>,
    pub(crate) data: BTreeMap<&'static str, Datum>,
    pub(crate) fix: Option<Fix>,
}

impl Finding {
    /// `message` says what is wrong in the present tense, quotes the author's words, and has no full stop.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), severity: None, labels: Vec::new(), help: None, data: BTreeMap::new(), fix: None }
    }

    /// Another severity than the rule's own, for this finding.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Adds a related place, with what it has to do with the finding.
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// What to do, as an imperative sentence.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a fact for machines.
    pub fn data(mut self, key: &'static str, value: impl Into<Datum>) -> Self {
        self.data.insert(key, value.into());
        self
    }

    /// Adds which service was asked, by its name, and on which day.
    pub fn asked(self, by: &str, day: Date) -> Self {
        self.data("by", by).data("asked", day.to_string())
    }

    /// Adds the edits that would mend it, all or none of them.
    pub fn fix(mut self, safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { title: title.into(), safety, edits });
        self
    }
}

/// A finding with its rule: what every report is made from.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub rule: &'static str,
    pub severity: Severity,
    pub message: String,
    pub span: Span,
    pub labels: Vec<Label>,
    pub help: Option<String>,
    pub data: BTreeMap<&'static str, Datum>,
    pub fix: Option<Fix>,
}

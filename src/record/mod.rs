//! What a run keeps of an article: facts and findings in a form of their own, which leads back to no text and no rule.
//!
//! Every output is made from records, so a record can be kept in a cache, sent to another machine, compared with that of last
//! week, and shown later as if the article had just been read.

mod context;
mod sources;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Deserializer, Serialize};

use crate::article::dates::Reading;
use crate::article::review::ReviewKind;
use crate::article::{Article, upkeep};
use crate::diagnostic::{Datum, Diagnostic, Label, Safety, Severity};
use crate::document::Format;
use crate::linter::Checked;
use crate::rule::Category;
use crate::rules;
use crate::source::{Position, Source, Span};

pub use context::Context;
use context::Contexts;
pub use sources::Sources;

/// One article of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub summary: Summary,
    /// Sorted by place, then rule.
    pub remarks: Vec<Remark>,
}

/// What is known of an article beside its findings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub path: String,
    pub format: Format,
    /// What the article calls itself.
    pub title: Option<String>,
    /// Words of the text, tables included, without the reference list.
    pub words: usize,
    pub references: usize,
    /// Groups of citations, such as `4,5,6`.
    pub citations: usize,
    /// How the article cites, in words.
    pub style: String,
    /// The date of the last review, as precise as it is written: `2020-05`.
    #[serde(rename = "review")]
    pub reviewed: Option<String>,
    /// Who made it, in the words of the article.
    pub reviewer: Option<String>,
    /// The next review that the article announces, as precise as it is written.
    pub next_review: Option<String>,
    /// When the next review is due, by the article or by the settings.
    pub due: Option<DueDay>,
    /// Who answers for the article, by its metadata.
    pub owner: Option<String>,
    /// The entries of the reference list by what leads to the work.
    pub sources: Sources,
    /// Different medicines named in the text.
    pub medicines: usize,
    #[serde(flatten)]
    pub counts: Counts,
    /// Findings that an ignore comment silenced.
    pub silenced: usize,
    /// References and links that were looked up online.
    #[serde(default)]
    pub looked_up: usize,
    /// Those of them that could not be checked in full.
    #[serde(default)]
    pub unchecked: usize,
    /// Fixes that were made, so that their findings are gone.
    pub fixed: usize,
    /// Findings that the baseline accepts, which are not among the findings.
    #[serde(default)]
    pub accepted: usize,
    /// Findings left out since they are not new, where only new ones were asked for.
    #[serde(default)]
    pub older: usize,
}

/// The day up to which a review is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDay {
    /// The last day in time, such as `2027-01-31`.
    pub day: String,
    /// What it is due by, in words.
    pub why: String,
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

/// The id of a rule; by this name, as serde takes a plain `&str` for a part of the text that it reads.
pub type RuleId = &'static str;

/// A finding, with everything that an output says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remark {
    #[serde(deserialize_with = "known_rule")]
    pub rule: RuleId,
    pub category: Category,
    pub severity: Severity,
    pub message: String,
    /// The words of the source, markup and all.
    pub quote: String,
    pub help: Option<String>,
    pub start: Position,
    pub end: Position,
    pub context: Context,
    /// Which of the findings of its rule with the same [`anchor`](Context::anchor) it is in the article, from 1.
    pub ordinal: u32,
    pub labels: Vec<Note>,
    pub data: BTreeMap<Cow<'static, str>, Datum>,
    pub fix: Option<Mending>,
    /// Whether the change under review brings it in; `None` where no change is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_new: Option<bool>,
}

/// Another place that belongs to a finding, with a word on why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub message: String,
    pub quote: String,
    pub start: Position,
    pub end: Position,
}

/// Edits of the file that are made together or not at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mending {
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Replacement>,
}

/// Replaces what stands between two places of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replacement {
    pub start: Position,
    pub end: Position,
    pub text: String,
}

impl Record {
    /// What is kept of a checked article.
    pub fn of(checked: &Checked) -> Self {
        // Most articles of a clean site have none.
        let contexts = LazyCell::new(|| Contexts::new(&checked.source, &checked.document));
        let mut seen: HashMap<(&str, String), u32> = HashMap::new();
        let mut remark = |diagnostic: &Diagnostic| {
            let context = contexts.of(diagnostic.span);
            let ordinal = seen.entry((diagnostic.rule, context.anchor.clone())).or_default();
            *ordinal += 1;
            Remark::new(&checked.source, diagnostic, context, *ordinal)
        };
        let remarks = checked.diagnostics.iter().map(&mut remark).collect();
        Self { summary: Summary::of(checked), remarks }
    }

    /// Counts the findings anew, when some were taken out.
    pub fn recount(&mut self) {
        self.summary.counts = Counts::of(self.remarks.iter().map(|remark| remark.severity));
    }
}

impl Summary {
    fn of(checked: &Checked) -> Self {
        let (article, document) = (&checked.article, &checked.document);
        Self {
            path: checked.source.name().to_owned(),
            format: document.format,
            title: document.title(),
            words: article.references.apart(document).map(|(_, block)| block.prose.words().count()).sum(),
            references: article.references.entries.len(),
            citations: article.citations.groups.len(),
            style: article.citations.style.name().to_owned(),
            reviewed: last(article, ReviewKind::Reviewed),
            reviewer: reviewer(article),
            next_review: last(article, ReviewKind::NextReview),
            due: checked.due.as_ref().map(|due| DueDay { day: due.day.to_string(), why: due.basis.to_string() }),
            owner: Some(upkeep::owners(document).join(", ")).filter(|owners| !owners.is_empty()),
            sources: Sources::of(&article.references),
            medicines: medicine_count(article),
            counts: Counts::of(checked.diagnostics.iter().map(|diagnostic| diagnostic.severity)),
            silenced: checked.silenced,
            looked_up: checked.looked_up,
            unchecked: checked.unchecked,
            fixed: 0,
            accepted: 0,
            older: 0,
        }
    }

    /// Whether the file has lines as an editor shows them, so that a line says where a finding is.
    pub fn has_lines(&self) -> bool {
        self.format != Format::Docx
    }
}

/// The last date of a kind as precise as it is written.
fn last(article: &Article, kind: ReviewKind) -> Option<String> {
    let stated = article.review.iter().filter(|statement| statement.kind == kind);
    stated.filter_map(|statement| statement.reading().and_then(Reading::exact)).max().map(|date| date.to_string())
}

/// Who made the last review: named in its statement, or in one without a date.
fn reviewer(article: &Article) -> Option<String> {
    let named = article.review.iter().filter(|statement| statement.kind == ReviewKind::Reviewed && statement.reviewer.is_some());
    let newest = named.max_by_key(|statement| statement.reading().and_then(Reading::exact))?;
    newest.reviewer.as_ref().map(|reviewer| reviewer.name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// How many different medicines the text names, brands and generic names counted apart.
fn medicine_count(article: &Article) -> usize {
    let mut names: Vec<&str> = article.medicines.iter().map(|medicine| &*medicine.entry.name).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

impl Counts {
    /// Counts severities.
    pub fn of(severities: impl Iterator<Item = Severity>) -> Self {
        severities.fold(Self::default(), |mut counts, severity| {
            *match severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Info => &mut counts.infos,
            } += 1;
            counts
        })
    }

    /// Whether there is a finding of this severity or a worse one.
    pub fn reach(self, bar: Severity) -> bool {
        let infos = bar <= Severity::Info && self.infos > 0;
        let warnings = bar <= Severity::Warning && self.warnings > 0;
        infos || warnings || self.errors > 0
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, counts| Self {
            errors: sum.errors + counts.errors,
            warnings: sum.warnings + counts.warnings,
            infos: sum.infos + counts.infos,
        })
    }
}

impl Remark {
    fn new(source: &Source, d: &Diagnostic, context: Context, ordinal: u32) -> Self {
        let note = |label: &Label| {
            let (start, end) = ends(source, label.span);
            Note { message: label.message.clone(), quote: source.slice(label.span).to_owned(), start, end }
        };
        let (start, end) = ends(source, d.span);
        Self {
            rule: d.rule,
            category: rules::find(d.rule).map_or(Category::Text, |entry| entry.category),
            severity: d.severity,
            message: d.message.clone(),
            quote: source.slice(d.span).to_owned(),
            help: d.help.clone(),
            start,
            end,
            context,
            ordinal,
            labels: d.labels.iter().map(note).collect(),
            data: d.data.iter().map(|(&key, datum)| (Cow::Borrowed(key), datum.clone())).collect(),
            // Places of a text that had to be decoded are not places of the file, so its fixes cannot be written back.
            fix: d.fix.as_ref().filter(|_| source.is_exact()).map(|fix| {
                let edit = |edit: &crate::diagnostic::Edit| {
                    let (start, end) = ends(source, edit.span);
                    Replacement { start, end, text: edit.text.clone() }
                };
                Mending { title: fix.title.clone(), safety: fix.safety, edits: fix.edits.iter().map(edit).collect() }
            }),
            is_new: None,
        }
    }

    /// What the finding is known by while the text around it moves: a hash of its rule and words, and of the path where it must
    /// not be that of another article.
    pub fn fingerprint(&self, path: Option<&str>) -> String {
        fingerprint(&[self.rule, &self.context.anchor, &self.ordinal.to_string(), path.unwrap_or_default()])
    }

    /// What to do: the help, or the title of the fix.
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref().or(self.fix.as_ref().map(|fix| &*fix.title))
    }
}

/// A short name of some words, the same on every machine and in every version.
pub(crate) fn fingerprint(words: &[&str]) -> String {
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(words.join("\0").as_bytes()))
}

fn ends(source: &Source, span: Span) -> (Position, Position) {
    (source.position(span.start), source.position(span.end))
}

/// A rule by its id.
fn known_rule<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let id = Cow::<str>::deserialize(deserializer)?;
    rules::find(&id).map(|entry| entry.id).ok_or_else(|| serde::de::Error::custom(format!("this medproof has no rule {id}")))
}

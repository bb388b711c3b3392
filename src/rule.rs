//! What a rule is: an [`Entry`] that describes it, and a [`Rule`] that is its own options and looks at an article.

use std::cell::Cell;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toml::de::ValueDeserializer;

use crate::article::Article;
use crate::article::references::Reference;
use crate::diagnostic::{Diagnostic, Finding, Safety, Severity};
use crate::document::{Block, Document, Place};
use crate::lexicon::Lexicon;
use crate::retractions::Retractions;
use crate::source::{Source, Span};
use crate::world::World;

/// The families of rules. Every option that takes a rule takes a category too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    Citations,
    References,
    Review,
    Medicines,
    Genes,
    Text,
    Online,
}

impl Category {
    /// Every category, in the order of reports.
    pub const ALL: [Category; 7] = [
        Category::Citations,
        Category::References,
        Category::Review,
        Category::Medicines,
        Category::Genes,
        Category::Text,
        Category::Online,
    ];

    /// The category as it is written in settings and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Category::Citations => "citations",
            Category::References => "references",
            Category::Review => "review",
            Category::Medicines => "medicines",
            Category::Genes => "genes",
            Category::Text => "text",
            Category::Online => "online",
        }
    }
}

/// All that is known of a rule without running it. Its specification (`fixtures/rules/<id>.md`) is its page and its test.
pub struct Entry {
    /// Names the problem in kebab-case; never reused.
    pub id: &'static str,
    pub category: Category,
    /// One line without a full stop: what is flagged.
    pub summary: &'static str,
    /// The severity of its findings unless the configuration or the finding itself says otherwise.
    pub severity: Severity,
    /// Whether it runs when nothing is selected.
    pub default: bool,
    /// The safest fix it can offer.
    pub fix: Option<Safety>,
    pub spec: &'static str,
    /// Builds the rule from the options of a configuration, or with its defaults.
    pub make: fn(Option<ValueDeserializer<'_>>) -> Made,
    /// The options with their defaults.
    pub defaults: fn() -> toml::Table,
}

impl Entry {
    /// Whether it runs when nothing is selected, in a word: `on`, `off`, or `online` for one that speaks with `--online` only.
    pub fn standing(&self) -> &'static str {
        match (self.default, self.category) {
            (false, _) => "off",
            (true, Category::Online) => "online",
            (true, _) => "on",
        }
    }
}

/// A rule with its options, or what is wrong with the options.
pub type Made = Result<Box<dyn Rule>, toml::de::Error>;

/// A rule ready to run.
pub struct Enabled {
    pub entry: &'static Entry,
    pub rule: Box<dyn Rule>,
    /// A severity set by the user.
    pub severity: Option<Severity>,
}

/// A check of one article: pure, without clock, network or state.
pub trait Rule: Send + Sync {
    /// Reports what is wrong, with the fix where there is one.
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>);
}

/// A rule whose findings come from a stage behind the rules, which sees what no rule does: which ignore comments were
/// of use, or that a rule failed. It has an [`Entry`] like any other, so that it is listed, selected and explained.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundLater {}

impl Rule for FoundLater {
    fn check(&self, _: &Cx<'_>, _: &mut Sink<'_>) {}
}

/// What a rule may look at.
pub struct Cx<'a> {
    pub source: &'a Source,
    pub document: &'a Document,
    pub article: &'a Article,
    pub lexicon: &'a Lexicon,
    /// What the user knows of retracted works; empty where no list was given.
    pub retractions: &'a Retractions,
    /// What registries and sites say of the works and links of the article; empty where they were not asked.
    pub world: &'a World,
    /// The day, which rules ask [`Cx::today`] for.
    pub day: &'a Day,
}

/// The day an article is judged on. It notes whether a rule asked for it: else the findings hold on any day.
#[derive(Debug)]
pub struct Day {
    date: jiff::civil::Date,
    asked: Cell<bool>,
}

impl From<jiff::civil::Date> for Day {
    fn from(date: jiff::civil::Date) -> Self {
        Self { date, asked: Cell::new(false) }
    }
}

impl Day {
    /// Whether a rule asked for it.
    pub fn was_asked(&self) -> bool {
        self.asked.get()
    }
}

impl<'a> Cx<'a> {
    /// Runs a rule: one about citations or the list over each part that has a list of its own, any other over the whole.
    pub fn run(&self, rule: &dyn Rule, category: Category, sink: &mut Sink<'_>) {
        if self.article.parts.is_empty() || !matches!(category, Category::Citations | Category::References) {
            return rule.check(self, sink);
        }
        for part in &self.article.parts {
            rule.check(&Cx { document: &part.document, article: &part.article, ..*self }, sink);
        }
    }

    /// The text of the article, block by block, each with its index: all but code and the reference list.
    pub fn text(&self) -> impl Iterator<Item = (usize, &'a Block)> {
        self.article.references.apart(self.document)
    }

    /// The text without what is quoted from others.
    pub fn own_text(&self) -> impl Iterator<Item = (usize, &'a Block)> {
        self.text().filter(|(_, block)| !block.quoted)
    }

    /// The paragraphs and items of lists of the own text, which are made of sentences.
    pub fn running_text(&self) -> impl Iterator<Item = (usize, &'a Block)> {
        self.own_text().filter(|(_, block)| block.is_running())
    }

    /// The day the article is judged on.
    pub fn today(&self) -> jiff::civil::Date {
        self.day.asked.set(true);
        self.day.date
    }

    /// The source span of a place in the prose.
    pub fn span(&self, place: Place) -> Span {
        self.document.span(place)
    }

    /// The words at a place as a reader sees them.
    pub fn words(&self, place: Place) -> &str {
        self.document.words(place)
    }
}

/// Takes the findings of one rule.
pub struct Sink<'a> {
    rule: &'static str,
    severity: Severity,
    /// The configuration set the severity, so that findings may not choose their own.
    fixed: bool,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Sink<'a> {
    /// `configured` is a severity set by the user, which every finding of the rule then has.
    pub fn new(entry: &Entry, configured: Option<Severity>, out: &'a mut Vec<Diagnostic>) -> Self {
        Self { rule: entry.id, severity: configured.unwrap_or(entry.severity), fixed: configured.is_some(), out }
    }

    /// Takes a finding, with the rule's severity unless the finding has its own and no setting overrules it.
    pub fn report(&mut self, finding: Finding) {
        let Finding { span, message, severity, labels, help, data, fix } = finding;
        let severity = severity.filter(|_| !self.fixed).unwrap_or(self.severity);
        self.out.push(Diagnostic { rule: self.rule, severity, message, span, labels, help, data, fix });
    }
}

/// A finding about an entry of the reference list as a whole, with its number for machines.
pub fn about(entry: &Reference, message: impl Into<String>) -> Finding {
    within(entry, 0..entry.text().trim_end().len(), message)
}

/// A finding about words of an entry.
pub fn within(entry: &Reference, range: Range<usize>, message: impl Into<String>) -> Finding {
    let finding = Finding::new(entry.span_of(range), message);
    match entry.number {
        Some(number) => finding.data("numbers", [number].as_slice()),
        None => finding,
    }
}

/// [`Entry::make`] for a rule type.
pub fn make<R: Rule + Default + DeserializeOwned + 'static>(
    options: Option<ValueDeserializer<'_>>,
) -> Result<Box<dyn Rule>, toml::de::Error> {
    Ok(match options {
        Some(options) => Box::new(R::deserialize(options)?),
        None => Box::new(R::default()),
    })
}

/// [`Entry::defaults`] for a rule type.
pub fn defaults<R: Default + Serialize>() -> toml::Table {
    toml::Table::try_from(R::default()).expect("the options of a rule are a table")
}

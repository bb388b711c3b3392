use serde::{Deserialize, Serialize};

use crate::article::review::{Lack, ReviewKind};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};
use crate::source::Span;

pub static RULE: Entry = Entry {
    id: "missing-review-date",
    category: Category::Review,
    summary: "no date says when the article was reviewed, updated or published",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-review-date.md"),
    make: make::<MissingReviewDate>,
    defaults: defaults::<MissingReviewDate>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingReviewDate {
    /// The statements of which one must have a date.
    kinds: Vec<ReviewKind>,
    /// The house demands the date: its lack is an error, in articles of a journal too.
    require: bool,
    /// A text of fewer words is a note or a page still empty, not an article.
    min_words: usize,
}

impl Default for MissingReviewDate {
    fn default() -> Self {
        Self { kinds: vec![ReviewKind::Reviewed, ReviewKind::Updated, ReviewKind::Published], require: false, min_words: 40 }
    }
}

impl Rule for MissingReviewDate {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let statements = &cx.article.review;
        let dated = statements.iter().any(|statement| self.kinds.contains(&statement.kind) && statement.date.is_some());
        // A label without its date says so at its place, by `empty-review-label` and `pending-review`.
        let told = statements.iter().any(|statement| statement.pending || statement.lacks == Some(Lack::Date));
        if dated || told || !self.is_article(cx) || !self.require && is_of_a_journal(cx) {
            return;
        }
        let finding = Finding::new(title(cx), format!("the article has no date that says when it was {}", self.words()));
        let finding = if self.require { finding.severity(Severity::Error) } else { finding };
        sink.report(finding.help("State the day of the last review and who made it"));
    }
}

impl MissingReviewDate {
    fn is_article(&self, cx: &Cx<'_>) -> bool {
        cx.text().flat_map(|(_, block)| block.text().split_whitespace()).take(self.min_words).count() == self.min_words
    }

    /// "reviewed, updated or published".
    fn words(&self) -> String {
        let names: Vec<&str> = self.kinds.iter().map(|kind| kind.name()).collect();
        match names.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            _ => names.concat(),
        }
    }
}

/// An article of a journal is dated by its issue, and reviewed by peers before that.
fn is_of_a_journal(cx: &Cx<'_>) -> bool {
    cx.document.metadata.iter().any(|entry| matches!(entry.key.as_str(), "article-type" | "journal-title"))
}

/// The first heading, else the first line.
fn title(cx: &Cx<'_>) -> Span {
    let blocks = &cx.document.blocks;
    let Some(block) = blocks.iter().find(|block| block.is_heading()).or(blocks.first()) else { return Span::default() };
    let text = block.text();
    block.prose.span(0..text.find('\n').unwrap_or(text.len()))
}

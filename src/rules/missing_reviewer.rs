use serde::{Deserialize, Serialize};

use crate::article::review::{Lack, ReviewKind, ReviewStatement, Reviewer, is_author};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "missing-reviewer",
    category: Category::Review,
    summary: "a review is dated and nobody is named who made it",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-reviewer.md"),
    make: make::<MissingReviewer>,
    defaults: defaults::<MissingReviewer>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingReviewer {
    /// A board, a team or an institution counts as a reviewer.
    boards_ok: bool,
    /// A review by the author of the article counts.
    self_ok: bool,
}

impl Default for MissingReviewer {
    fn default() -> Self {
        Self { boards_ok: true, self_ok: true }
    }
}

impl Rule for MissingReviewer {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let statements = &cx.article.review;
        let named = statements.iter().filter_map(|statement| statement.reviewer.as_ref()).any(|reviewer| self.counts(cx, reviewer));
        // "Medically reviewed by" with nobody behind it is for `empty-review-label` to tell.
        let told = statements.iter().any(|statement| statement.lacks == Some(Lack::Name));
        // Where the next review is announced, the publisher answers for it, as NHS.uk and HSE do.
        if named || told || statements.iter().any(|statement| statement.kind == ReviewKind::NextReview || statement.open) {
            return;
        }
        let reviews = statements
            .iter()
            .filter(|statement| statement.kind == ReviewKind::Reviewed && !statement.of_literature && !is_of_publisher(cx, statement));
        let Some((statement, date)) = reviews
            .filter_map(|statement| Some((statement, statement.date.as_ref()?)))
            .min_by_key(|(statement, _)| statement.origin.key().is_some())
        else {
            return;
        };
        let named = statements.iter().find_map(|statement| statement.reviewer.as_ref());
        let message = match named {
            Some(named) if named.people().iter().all(|person| person.board) => {
                format!("the review of “{}” names “{}” and no person", date.words, named.name)
            }
            Some(author) => format!("the review of “{}” names only “{}”, who wrote the article", date.words, author.name),
            None => format!("the review of “{}” names nobody", date.words),
        };
        sink.report(Finding::new(statement.span, message).help("Name the reviewer with the degree, such as “reviewed by Jane Doe, MD”"));
    }
}

/// "Page last reviewed" and "Content last reviewed" are the words of public bodies, which answer for all their pages.
fn is_of_publisher(cx: &Cx<'_>, statement: &ReviewStatement) -> bool {
    let label = cx.source.slice(statement.label).to_lowercase();
    label.starts_with("page ") || label.starts_with("content ")
}

impl MissingReviewer {
    fn counts(&self, cx: &Cx<'_>, reviewer: &Reviewer) -> bool {
        let is_other = |name: &str| self.self_ok || !is_author(cx.document, name);
        reviewer.people().iter().any(|person| if person.board { self.boards_ok } else { is_other(&reviewer.name[person.name.clone()]) })
    }
}

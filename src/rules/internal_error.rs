use crate::diagnostic::Severity;
use crate::rule::{Category, Entry, FoundLater, defaults, make};

/// Found by [`linter`](crate::linter), where reading or checking an article fails.
pub static RULE: Entry = Entry {
    id: "internal-error",
    category: Category::Text,
    summary: "medproof itself failed on the article, which is not checked",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/internal-error.md"),
    make: make::<FoundLater>,
    defaults: defaults::<FoundLater>,
};

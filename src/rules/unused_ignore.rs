use crate::diagnostic::{Safety, Severity};
use crate::rule::{Category, Entry, FoundLater, defaults, make};

/// Found by [`suppress`](crate::suppress), which knows what each ignore comment silenced.
pub static RULE: Entry = Entry {
    id: "unused-ignore",
    category: Category::Text,
    summary: "an ignore comment silences nothing, gives no reason, or names no rule",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/unused-ignore.md"),
    make: make::<FoundLater>,
    defaults: defaults::<FoundLater>,
};

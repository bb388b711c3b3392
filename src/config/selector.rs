//! How rules are named: by an id, by a category, or by `all`.

use std::str::FromStr;

use crate::rule::{Category, Entry};
use crate::rules::RULES;

/// One or more rules by one name.
#[derive(Clone, Copy)]
pub enum Selector {
    All,
    Category(Category),
    Rule(&'static Entry),
}

/// A name that is no rule, no category and not `all`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{name}” is no rule and no category{}", nearest.map(|name| format!("; did you mean “{name}”?")).unwrap_or_default())]
pub struct UnknownRule {
    pub name: String,
    pub nearest: Option<&'static str>,
}

impl Selector {
    pub fn holds(self, entry: &Entry) -> bool {
        match self {
            Selector::All => true,
            Selector::Category(category) => entry.category == category,
            Selector::Rule(rule) => rule.id == entry.id,
        }
    }
}

impl FromStr for Selector {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        if name == "all" {
            return Ok(Selector::All);
        }
        let category = Category::ALL.into_iter().find(|category| category.name() == name).map(Selector::Category);
        category
            .or_else(|| crate::rules::find(name).map(Selector::Rule))
            .ok_or_else(|| UnknownRule { name: name.to_owned(), nearest: nearest(name, names()) })
    }
}

/// Every name that [`Selector`] understands.
fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|entry| entry.id).chain(Category::ALL.map(Category::name)).chain(["all"])
}

/// The valid name that was most likely meant.
pub(crate) fn nearest(name: &str, valid: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let name = name.to_lowercase().replace('_', "-");
    valid
        .map(|candidate| {
            let part = if name.len() > 3 && candidate.contains(&name) { 0.6 } else { 0.0 };
            (strsim::normalized_damerau_levenshtein(&name, candidate).max(part), candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_is_told_with_the_nearest() {
        let error = "doubled-wrod".parse::<Selector>().err().unwrap();
        assert_eq!(error.to_string(), "“doubled-wrod” is no rule and no category; did you mean “doubled-word”?");
        assert_eq!("Citation".parse::<Selector>().err().unwrap().nearest, Some("citations"));
        assert_eq!("µ".parse::<Selector>().err().unwrap().nearest, None);
        assert!("text".parse::<Selector>().unwrap().holds(crate::rules::find("doubled-word").unwrap()));
    }
}

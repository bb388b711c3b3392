use serde::{Deserialize, Serialize};

use crate::article::majority::majority;
use crate::article::references::{Kind, Reference};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "inconsistent-title-case",
    category: Category::References,
    summary: "some titles have capitals throughout and others do not",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/inconsistent-title-case.md"),
    make: make::<InconsistentTitleCase>,
    defaults: defaults::<InconsistentTitleCase>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct InconsistentTitleCase {}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    Sentence,
    Title,
}

impl Case {
    fn name(self) -> &'static str {
        match self {
            Case::Sentence => "sentence case",
            Case::Title => "title case",
        }
    }
}

impl Rule for InconsistentTitleCase {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let titled: Vec<_> = cx.article.references.entries.iter().filter_map(|entry| Some((entry, case(entry)?))).collect();
        let Some((own, most)) = majority(titled.iter().map(|(_, case)| *case)) else { return };
        let others: Vec<&Reference> = titled.iter().filter(|(_, case)| *case != own).map(|(entry, _)| *entry).collect();
        let Some((first, rest)) = others.split_first() else { return };
        let case = if own == Case::Title { Case::Sentence } else { Case::Title };
        let more = match rest.len() {
            0 => String::new(),
            1 => ", and so is 1 more".to_owned(),
            more => format!(", and so are {more} more"),
        };
        let message = format!("this title is in {}{more}; {most} are in {}", case.name(), own.name());
        let finding = Finding::new(title_span(first), message).help(format!("Write all titles in {}", own.name()));
        sink.report(
            rest.iter().take(10).fold(finding, |finding, entry| finding.label(title_span(entry), format!("{} here too", case.name()))),
        );
    }
}

fn title_span(entry: &Reference) -> crate::source::Span {
    entry.span_of(entry.fields().title.as_ref().map_or(0..0, |title| title.range.clone()))
}

/// The case of a title: that of its long words behind the first, where nearly all agree. Names, which have a capital in
/// any case, are too few to decide.
fn case(entry: &Reference) -> Option<Case> {
    const LONG: usize = 4;
    const LEAST: usize = 4;
    let fields = entry.fields();
    // Books and reports have capitals in many styles that have none in articles.
    let article = matches!(fields.kind, Kind::Journal | Kind::Abstract) && fields.volume.is_some();
    let title = fields.title.as_ref().filter(|_| article)?;
    let words = title.text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= LONG).skip(1);
    let cased: Vec<bool> =
        words.filter(|word| word.chars().skip(1).all(char::is_lowercase)).map(|word| word.starts_with(char::is_uppercase)).collect();
    let capitals = cased.iter().filter(|capital| **capital).count();
    match () {
        () if cased.len() < LEAST => None,
        () if capitals * 10 >= cased.len() * 8 => Some(Case::Title),
        () if capitals * 10 <= cased.len() * 3 => Some(Case::Sentence),
        () => None,
    }
}

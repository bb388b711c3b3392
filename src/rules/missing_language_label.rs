use serde::{Deserialize, Serialize};

use crate::article::references::Reference;
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "missing-language-label",
    category: Category::References,
    summary: "a title in another language has neither translation nor label",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/missing-language-label.md"),
    make: make::<MissingLanguageLabel>,
    defaults: defaults::<MissingLanguageLabel>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingLanguageLabel {}

impl Rule for MissingLanguageLabel {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let references = &cx.article.references;
        let foreign: Vec<(&Reference, &str)> = references.listed().filter_map(|entry| Some((entry, language(entry)?))).collect();
        // An article in that language cites its own literature.
        if foreign.len() * 2 > references.entries.len() && references.entries.len() > 2 {
            return;
        }
        for (entry, language) in foreign.into_iter().filter(|(entry, _)| !is_labelled(entry)) {
            let title = entry.fields().title.as_ref().map_or(0..0, |title| title.range.clone());
            let finding = within(entry, title, format!("the title {} is {language}, and the entry does not say so", entry.quote()));
            sink.report(finding.help("Add a translation in square brackets, or the language, such as “[in German]”"));
        }
    }
}

/// Little words that titles of one language have and those of English have not.
const LITTLE: &[(&str, &[&str])] = &[
    ("French", &["le", "les", "des", "du", "et", "une", "dans", "chez", "pour", "aux", "sur", "par"]),
    ("German", &["der", "und", "bei", "von", "mit", "im", "des", "für", "zur", "zum", "eine", "nach"]),
    ("Italian", &["della", "delle", "dei", "nel", "nella", "il", "gli", "con", "per", "degli"]),
    ("Portuguese", &["do", "dos", "da", "das", "em", "com", "na", "uma", "para", "ou"]),
    ("Spanish", &["el", "los", "las", "del", "en", "con", "una", "para", "por", "y"]),
];

/// The language of a title, where it is certainly not English.
fn language(entry: &Reference) -> Option<&'static str> {
    let title = &entry.fields().title.as_ref()?.text;
    let other = title.chars().filter(|c| c.is_alphabetic() && *c as u32 > 0x36F && !matches!(*c, 'Α'..='ω' | 'Ḁ'..='ỿ')).count();
    if other > 3 && other * 2 > title.chars().filter(|c| c.is_alphabetic()).count() {
        return Some("not in Latin letters");
    }
    let english = ["of", "the", "and", "with", "for", "is", "to", "from"];
    let lower = title.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphabetic());
    if words().any(|word| english.contains(&word)) {
        return None;
    }
    let counted = LITTLE.iter().map(|(name, little)| (little.iter().filter(|word| words().any(|other| other == **word)).count(), *name));
    counted.max_by_key(|(count, _)| *count).filter(|(count, _)| *count >= 2).map(|(_, name)| name)
}

/// Whether the entry names a language, or translates its title.
fn is_labelled(entry: &Reference) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "arabic", "chinese", "croatian", "czech", "danish", "dutch", "finnish", "french", "german", "greek", "hebrew", "hungarian", "italian",
        "japanese", "korean", "norwegian", "persian", "polish", "portuguese", "russian", "serbian", "spanish", "swedish", "turkish", "ukrainian",
    ];
    let lower = entry.text().to_lowercase();
    entry.text().contains('[') || NAMES.iter().any(|name| lower.contains(name))
}

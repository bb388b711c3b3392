use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::references::Reference;
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "weak-source",
    category: Category::References,
    summary: "an encyclopedia that anyone edits, a forum or a chatbot is cited as a source",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/weak-source.md"),
    make: make::<WeakSource>,
    defaults: defaults::<WeakSource>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct WeakSource {
    /// Hosts, with all below them, and names of sources exactly as printed.
    deny: Vec<String>,
}

impl Default for WeakSource {
    fn default() -> Self {
        Self { deny: DENIED.iter().map(|&name| name.to_owned()).collect() }
    }
}

/// Hosts, and the names under which what they hold is cited.
#[rustfmt::skip]
const DENIED: &[&str] = &[
    "Answers.com", "ChatGPT", "Facebook", "Gemini", "Instagram", "Quora", "Reddit", "TikTok", "WikiHow", "Wikipedia", "answers.com", "answers.yahoo.com",
    "blogspot.com", "chat.openai.com", "chatgpt.com", "facebook.com", "instagram.com", "pinterest.com", "quora.com", "reddit.com", "tiktok.com",
    "wikihow.com", "wikipedia.org",
];

impl Rule for WeakSource {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.listed() {
            let Some(range) = self.denied(entry) else { continue };
            let finding = within(entry, range.clone(), format!("“{}” is no source to rest a statement on", &entry.text()[range]));
            sink.report(finding.help("Cite the source that it names, or a guideline or study"));
        }
    }
}

impl WeakSource {
    /// The host of the link, or the name in the place of the author or the journal.
    fn denied(&self, entry: &Reference) -> Option<Range<usize>> {
        let fields = entry.fields();
        if let Some(url) = &fields.url {
            let lower = url.text.to_ascii_lowercase();
            let start = lower.find("://").map_or(0, |at| at + 3);
            let host = &lower[start..start + lower[start..].find(['/', '?', '#']).unwrap_or(lower.len() - start)];
            let held = |name: &String| {
                host.strip_suffix(name.to_ascii_lowercase().as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            };
            if self.deny.iter().any(held) {
                return Some(url.range.clone());
            }
        }
        let text = entry.text();
        let first = text.find(['.', ',', ':', '(']).map(|end| 0..text[..end].trim_end().len());
        let names = [&fields.group_author, &fields.container].into_iter().flatten().map(|field| field.range.clone()).chain(first);
        names.into_iter().find(|range| text.get(range.clone()).is_some_and(|words| self.deny.iter().any(|name| name == words)))
    }
}

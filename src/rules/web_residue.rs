use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{Block, Place};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "web-residue",
    category: Category::Text,
    summary: "words of the web page around the article: navigation, advertising, cut-off links",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/web-residue.md"),
    make: make::<WebResidue>,
    defaults: defaults::<WebResidue>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct WebResidue {
    /// Further lines of the house's own pages.
    phrases: Vec<String>,
}

impl Rule for WebResidue {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut widgets: HashMap<String, Vec<Place>> = HashMap::new();
        for (index, block) in cx.own_text().filter(|(_, block)| !block.in_table()) {
            let text = block.text();
            let place = Place::new(index, 0..text.len());
            if text.len() <= LINE && (is_phrase(text) || self.phrases.iter().any(|phrase| phrase.eq_ignore_ascii_case(text.trim()))) {
                sink.report(finding(cx, block, place, "belongs to the page around the article"));
            } else if let Some(key) = widget(text) {
                widgets.entry(key).or_default().push(place);
            } else if let Some(start) = cut_off(text) {
                let place = Place::new(index, start..text.len());
                sink.report(finding(cx, block, place, "is a cut-off link or teaser"));
            }
        }
        // One such line may be a caption; two of a kind are a widget of the page.
        let mut repeated: Vec<Place> = widgets.into_values().filter(|places| places.len() > 1).flatten().collect();
        repeated.sort();
        for place in repeated {
            sink.report(finding(cx, cx.document.block(place), place, "stands several times, like a widget of the page"));
        }
    }
}

fn finding(cx: &Cx<'_>, block: &Block, place: Place, what: &str) -> Finding {
    let words = cx.words(place).trim();
    let short: String = words.chars().take(60).collect();
    let finding = Finding::new(cx.span(place), format!("“{short}” {what}")).help("Delete it");
    match block.prose.editable(place.range()) {
        Some(span) => finding.fix(Safety::Unsafe, "Delete it", vec![Edit { span, text: String::new() }]),
        None => finding,
    }
}

/// The longest line that may be one of the phrases, in bytes.
const LINE: usize = 80;

/// Lines of web pages, in small letters without their last mark; and how others begin. Common knowledge; no source.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "advertisement", "advertising", "article continues below", "article continues below advertisement", "back to top",
    "click here to read more", "continue reading", "continue reading below", "jump to section", "load more", "more from this section",
    "most popular", "most read", "print this page", "read more", "recommended articles", "recommended for you", "recommended reading",
    "related articles", "related content", "related stories", "scroll to continue", "scroll to top", "see all", "share this",
    "share this article", "share this page", "show more", "sign in", "skip advertisement", "skip to content", "skip to main content",
    "sponsored content", "story continues below", "subscribe now", "trending now", "view all", "watch now", "you may also like",
    "you might also like",
];
const BEGINNINGS: &[&str] = &[
    "accept cookies",
    "follow us on ",
    "share on facebook",
    "share on twitter",
    "sign up for our newsletter",
    "sign up to our newsletter",
    "skip to main ",
    "subscribe to our newsletter",
    "this website uses cookies",
    "we use cookies",
];

fn is_phrase(text: &str) -> bool {
    let line = text.trim().trim_end_matches(['.', '!', '›', '»', '→', ':', '…']).trim_end().to_lowercase();
    WHOLE.binary_search(&line.as_str()).is_ok() || BEGINNINGS.iter().any(|start| line.starts_with(start))
}

/// `Colon Rectal Newsletter 490`: a few words with capitals and a bare number, the same first words and number again elsewhere.
fn widget(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().take(9).collect();
    let (number, names) = words.split_last().filter(|(_, names)| (3..=7).contains(&names.len()))?;
    let bare = number.len() >= 2 && number.bytes().all(|b| b.is_ascii_digit());
    let capitals = names.iter().all(|word| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic));
    (bare && capitals).then(|| format!("{} {} {number}", names[0], names[1]))
}

/// Where a teaser of a few words and three dots begins, behind the last sentence of a paragraph.
fn cut_off(text: &str) -> Option<usize> {
    const WORDS: usize = 6;
    let body = text.trim_end().strip_suffix('…').or_else(|| text.trim_end().strip_suffix("..."))?;
    // A sentence that trails off has a small letter or a verb of its own; a teaser is a title behind a full stop.
    let start = body.rfind(['.', '?', '!'])? + 1;
    let teaser = body[start..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ']' | ')')).trim_start();
    let count = teaser.split_whitespace().count();
    let named = teaser.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    ((2..=WORDS).contains(&count) && named * 2 > count).then(|| body.len() - teaser.len())
}

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{Block, BlockKind, MarkKind};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "doubled-word",
    category: Category::Text,
    summary: "the same word stands twice in a row",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/doubled-word.md"),
    make: make::<DoubledWord>,
    defaults: defaults::<DoubledWord>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct DoubledWord {
    /// Words that may stand twice: grammar allows `had had`, and names such as `Bora Bora` are two words.
    allow: Vec<String>,
}

impl Default for DoubledWord {
    fn default() -> Self {
        Self { allow: ["that", "had", "bora", "very", "no", "so", "ha", "pago", "beri", "tsk", "bye", "dum", "walla"].map(str::to_owned).to_vec() }
    }
}

static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}]+(?:[’'][\p{L}]+)?").expect("a valid pattern"));

impl Rule for DoubledWord {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for (i, block) in cx.document.blocks.iter().enumerate() {
            // Titles in the list are quoted, and in many languages.
            if block.kind == BlockKind::Code || cx.article.references.holds_block(i) {
                continue;
            }
            let text = block.text();
            let mut last: Option<regex::Match<'_>> = None;
            for word in WORD.find_iter(text) {
                if let Some(first) = last.replace(word)
                    && is_doubled(text, first, word)
                    && !self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(word.as_str()))
                    && is_plain_run(block, first.start(), word.start())
                {
                    let span = block.prose.span(first.start()..word.end());
                    let mut finding = Finding::new(span, format!("“{}” stands twice", word.as_str())).help("Delete one of them").data("word", word.as_str());
                    if let Some(edit) = block.prose.editable(first.end()..word.end()) {
                        finding = finding.fix(Safety::Unsafe, format!("Delete the second “{}”", word.as_str()), vec![Edit { span: edit, text: String::new() }]);
                    }
                    sink.report(finding);
                }
            }
        }
    }
}

/// Both words in the same markup, and none that quotes: `in *in vitro*` and `**Pain** Pain` are two things side by side.
fn is_plain_run(block: &Block, first: usize, second: usize) -> bool {
    block.marks_at(first).eq(block.marks_at(second))
        && !block.marks_at(second).any(|mark| matches!(mark, MarkKind::Code | MarkKind::Superscript | MarkKind::Subscript))
}

/// The same letters, in the same case or one capital at a sentence start, with only white space between.
fn is_doubled(text: &str, first: regex::Match<'_>, second: regex::Match<'_>) -> bool {
    let (a, b) = (first.as_str(), second.as_str());
    let between = &text[first.end()..second.start()];
    let alike = a == b || a.eq_ignore_ascii_case(b) && b.chars().all(|c| !c.is_uppercase());
    let letters = a.chars().count() > 1 && a.chars().all(|c| c.is_alphabetic() || "’'".contains(c));
    // `kappa kappa` of a fraternity and `IL IL` of a table have capitals; a proofreader looks at words.
    alike && letters && !between.is_empty() && between.chars().all(char::is_whitespace) && !(a.chars().all(char::is_uppercase))
}

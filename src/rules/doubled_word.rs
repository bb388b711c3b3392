use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::sentences;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{Block, MarkKind};
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
        Self {
            allow: ["that", "had", "bora", "very", "no", "so", "ha", "pago", "beri", "tsk", "bye", "dum", "walla"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}

impl Rule for DoubledWord {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        // Titles in the list are quoted, and in many languages.
        for (_, block) in cx.text() {
            let text = block.text();
            let mut words = words(block).peekable();
            while let Some(first) = words.next() {
                // `the the the` is one run and one finding.
                let mut last = first.clone();
                let mut count = 1;
                while let Some(next) = words.next_if(|next| is_doubled(text, &last, next)) {
                    last = next;
                    count += 1;
                }
                if count == 1 {
                    continue;
                }
                let word = &text[last.clone()];
                let latin = word == "in" && words.peek().is_some_and(|next| LATIN.contains(&&text[next.clone()]));
                let allowed = latin || self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(word));
                let plain = is_plain_run(block, first.start, last.start);
                if !allowed && plain && !is_name(text, &first, &last) && sentences::is_english(text, first.start) {
                    sink.report(finding(block, word, &first, &last, count));
                }
            }
        }
    }
}

/// What follows `in` in Latin terms: "changes in in vitro tests".
const LATIN: &[&str] = &["extremis", "ovo", "silico", "situ", "toto", "utero", "vitro", "vivo"];

fn finding(block: &Block, word: &str, first: &Range<usize>, last: &Range<usize>, count: usize) -> Finding {
    let (times, which, help) = match count {
        2 => ("twice".to_owned(), "second".to_owned(), "Delete one of them"),
        _ => (format!("{count} times"), "further".to_owned(), "Leave one of them"),
    };
    let span = block.prose.span(first.start..last.end);
    let finding = Finding::new(span, format!("“{word}” stands {times}")).help(help).data("word", word);
    match block.prose.editable(first.end..last.end) {
        Some(span) => finding.fix(Safety::Unsafe, format!("Delete the {which} “{word}”"), vec![Edit { span, text: String::new() }]),
        None => finding,
    }
}

/// The words of a block, those joined by an apostrophe in one.
fn words(block: &Block) -> impl Iterator<Item = Range<usize>> {
    let text = block.text();
    let mut words = block.prose.words().peekable();
    std::iter::from_fn(move || {
        let mut word = words.next()?;
        // Only a mark of another kind than a space can join.
        while text.as_bytes().get(word.end).is_some_and(|byte| !byte.is_ascii_whitespace())
            && let Some(next) = words
                .next_if(|next| matches!(&text[word.end..next.start], "’" | "'") && text[next.start..].starts_with(char::is_alphabetic))
        {
            word.end = next.end;
        }
        Some(word)
    })
}

/// Both words in the same markup, and none that quotes: `in *in vitro*` and `**Pain** Pain` are two things side by side.
fn is_plain_run(block: &Block, first: usize, second: usize) -> bool {
    block.marks_at(first).eq(block.marks_at(second))
        && !block.marks_at(second).any(|mark| matches!(mark, MarkKind::Code | MarkKind::Superscript | MarkKind::Subscript))
}

/// `Fang Fang`, `Sir Run Run Shaw`: two capitals inside a sentence are a name, but `Table Table 2` is none.
fn is_name(text: &str, first: &Range<usize>, last: &Range<usize>) -> bool {
    let capitals = [first, last].into_iter().all(|word| text[word.clone()].starts_with(char::is_uppercase));
    let counted = text[last.end..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    capitals && !counted && !sentences::starts_at(text, first.start)
}

/// The same letters, in the same case or one capital at a sentence start, with only white space between; a tab parts two cells.
fn is_doubled(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    // `env_string string` is a name and a word, and so are `on on-call duty`.
    if first.len() != second.len()
        || first.len() < 2
        || text[..first.start].ends_with('_')
        || text[second.end..].starts_with(['_', '-', '‑'])
    {
        return false;
    }
    let (a, b) = (&text[first.clone()], &text[second.clone()]);
    let between = &text[first.end..second.start];
    let alike = a == b || a.eq_ignore_ascii_case(b) && b.chars().all(|c| !c.is_uppercase());
    let letters = a.chars().count() > 1 && a.chars().all(|c| c.is_alphabetic() || "’'".contains(c));
    // `kappa kappa` of a fraternity and `IL IL` of a table have capitals; a proofreader looks at words.
    alike && letters && !between.is_empty() && between.chars().all(|c| c.is_whitespace() && c != '\t') && !a.chars().all(char::is_uppercase)
}

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{Block, BlockKind, Place};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "hidden-character",
    category: Category::Text,
    summary: "a character that nobody sees: zero-width, soft hyphen, stray no-break space",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/hidden-character.md"),
    make: make::<HiddenCharacter>,
    defaults: defaults::<HiddenCharacter>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct HiddenCharacter {}

impl Rule for HiddenCharacter {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut met: BTreeMap<char, Vec<Place>> = BTreeMap::new();
        for (index, block) in cx.document.blocks.iter().enumerate() {
            if block.kind == BlockKind::Code {
                continue;
            }
            // Only these bytes begin the characters that are looked for.
            for at in memchr::memchr3_iter(0xc2, 0xe2, 0xef, block.text().as_bytes()) {
                if let Some(c) = hidden(block, at) {
                    met.entry(c).or_default().push(Place::new(index, at..at + c.len_utf8()));
                }
            }
        }
        for (c, places) in met {
            sink.report(finding(cx, c, &places));
        }
    }
}

/// One finding for each character, at the first place of it.
fn finding(cx: &Cx<'_>, c: char, places: &[Place]) -> Finding {
    let (name, instead) = told(c);
    let times = match places.len() {
        1 => String::new(),
        n => format!(", in {n} places"),
    };
    let edits = places.iter().filter_map(|place| {
        let span = cx.document.block(*place).prose.editable(place.range())?;
        Some(Edit { span, text: instead.to_owned() })
    });
    let edits: Vec<Edit> = edits.collect();
    let mut finding = Finding::new(cx.span(places[0]), format!("{name} (U+{:04X}) stands here unseen{times}", u32::from(c)))
        .help(if instead.is_empty() { "Delete it" } else { "Write an ordinary one" })
        .data("character", format!("U+{:04X}", u32::from(c)));
    for place in &places[1..] {
        finding = finding.label(cx.span(*place), "and here");
    }
    match edits.len() == places.len() {
        true => finding.fix(Safety::Safe, "Take it out of the words", edits),
        false => finding,
    }
}

/// What a character is called, and what should stand in its place.
fn told(c: char) -> (&'static str, &'static str) {
    match c {
        '\u{a0}' => ("a no-break space between ordinary words", " "),
        '\u{ad}' => ("a soft hyphen", ""),
        '\u{2010}' | '\u{2011}' | '\u{2012}' => ("a hyphen of another kind in an address", "-"),
        '\u{feff}' => ("a byte order mark", ""),
        _ => ("a character without width", ""),
    }
}

/// The character at a byte, where it is one that does harm there.
fn hidden(block: &Block, at: usize) -> Option<char> {
    let text = block.text();
    let c = text.get(at..)?.chars().next()?;
    let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
    let harmful = match c {
        '\u{a0}' => is_stray(before, after),
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => true,
        // Joiners make emoji and the letters of some scripts; between Latin letters they make nothing.
        '\u{200c}' | '\u{200d}' => {
            before.ends_with(|c: char| c.is_ascii_alphabetic()) && after.starts_with(|c: char| c.is_ascii_alphabetic())
        }
        '\u{2010}'..='\u{2012}' => is_in_identifier(before),
        _ => false,
    };
    harmful.then_some(c)
}

/// A no-break space is set with purpose beside figures, signs, initials and short words (`5 mg`, `Table 2`, `J. Smith`, `a
/// cell`), and before French marks. Between two long words, or beside another space, it was left behind.
fn is_stray(before: &str, after: &str) -> bool {
    const LONG: usize = 4;
    if before.is_empty() || after.is_empty() {
        return false;
    }
    let left = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let right = after.bytes().take_while(u8::is_ascii_alphabetic).count();
    let cited = before.ends_with(|c: char| c.is_ascii_digit()) && {
        let words = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | '–'));
        words.ends_with('.') && words.trim_end_matches('.').ends_with(|c: char| c.is_ascii_lowercase())
    };
    let beside_space = before.ends_with(' ') && before.trim_end().ends_with(|c: char| c.is_alphabetic()) && right > 0
        || after.starts_with(' ') && left > 0 && after.trim_start().starts_with(|c: char| c.is_alphabetic());
    let title = after.starts_with(|c: char| c.is_uppercase());
    left >= LONG && right >= LONG && !title || cited && right >= LONG || beside_space
}

/// Whether the word so far is a link, a DOI or a registry number.
fn is_in_identifier(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    word.contains("://") || word.starts_with("www.") || word.trim_start_matches("doi:").starts_with("10.") && word.contains('/')
}

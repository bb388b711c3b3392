use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{Block, MarkKind, Place};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "spacing",
    category: Category::Text,
    summary: "a space is missing or too much beside a bracket, a comma, a full stop or a hyphen",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/spacing.md"),
    make: make::<Spacing>,
    defaults: defaults::<Spacing>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Spacing {}

impl Rule for Spacing {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for (index, block) in cx.text() {
            for slip in slips(block) {
                sink.report(finding(cx, index, block, &slip));
            }
        }
        // A medicine's name with a little word glued to it, which the reading of names has parted already.
        for medicine in &cx.article.medicines {
            let text = cx.document.block(medicine.place).text();
            let start = medicine.place.start as usize;
            let word = text[..start].bytes().rev().take_while(u8::is_ascii_lowercase).count();
            if word > 0 {
                let slip = Slip {
                    words: start - word..medicine.place.end as usize,
                    at: start..start,
                    text: " ",
                    message: "two words without a space",
                };
                sink.report(finding(cx, medicine.place.block as usize, cx.document.block(medicine.place), &slip));
            }
        }
    }
}

/// A wrong space: the words to show, and the bytes of the block to replace.
struct Slip {
    words: Range<usize>,
    at: Range<usize>,
    text: &'static str,
    message: &'static str,
}

fn finding(cx: &Cx<'_>, index: usize, block: &Block, slip: &Slip) -> Finding {
    let words = &block.text()[slip.words.clone()];
    let finding = Finding::new(cx.span(Place::new(index, slip.words.clone())), format!("{} in “{words}”", slip.message));
    let help = if slip.text.is_empty() { "Delete the space" } else { "Insert a space" };
    // Inserting or deleting must stay inside one piece of the source.
    let around = slip.at.start.saturating_sub(1)..(slip.at.end + 1).min(block.text().len());
    let whole = block.text().get(around.clone()).and_then(|_| block.prose.editable(around.clone()));
    match (whole, block.prose.editable(slip.at.clone())) {
        (Some(whole), _) if slip.message != NO_STOP => {
            let (before, after) = (&block.text()[around.start..slip.at.start], &block.text()[slip.at.end..around.end]);
            let edit = Edit { span: whole, text: format!("{before}{}{after}", slip.text) };
            finding.help(help).fix(Safety::Safe, help, vec![edit])
        }
        _ if slip.message == NO_STOP => finding.help("End the sentence with its mark"),
        _ => finding.help(help),
    }
}

const NO_STOP: &str = "no full stop between two sentences";

/// The wrong spaces of a block, in reading order.
fn slips(block: &Block) -> Vec<Slip> {
    let text = block.text();
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    // Almost all bytes are letters and spaces, beside which no space is wrong.
    let marks = (1..).zip(bytes.windows(3)).filter(|(_, three)| matches!(three[1], b'(' | b')' | b',' | b'-' | b'.' | b'H' | b'T'));
    for (at, three) in marks {
        // The neighbours tell almost every mark that is well set from one that may not be.
        let slip = match three {
            [b'a'..=b'z', b'(', _] => before_bracket(text, at),
            [_, b')', b'a'..=b'z'] => behind_bracket(text, at),
            [b' ', b',', b' '] => before_comma(text, at),
            [b'a'..=b'z', b'.', b'A'..=b'Z'] => behind_stop(text, at),
            [b'a'..=b'z', b'-', b' '] => behind_hyphen(text, at),
            [b' ', b'T', b'h'] | [b' ', b'H', b'o'] if !block.is_heading() => no_stop(text, at),
            _ => None,
        };
        if let Some(slip) = slip
            && !is_apart(block, slip.at.start)
        {
            out.push(slip);
        }
    }
    out
}

/// Markup at the place, or an address around it, has its own reasons.
fn is_apart(block: &Block, at: usize) -> bool {
    let text = block.text();
    let start = text[..at].trim_end_matches(|c: char| !c.is_whitespace()).len();
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |i| at + i);
    let word = &text[start..end];
    let address = word.contains("://") || word.contains("www.") || word.contains('@') || word.contains('\\') || word.contains('_');
    let edge = |mark: &crate::document::Mark| {
        (mark.range.start == at || mark.range.end == at || mark.range.start == at + 1) && !matches!(mark.kind, MarkKind::Part(_))
            || matches!(mark.kind, MarkKind::Code) && mark.range.contains(&at)
    };
    address || block.marks.iter().any(edge)
}

fn lower_before(text: &str, at: usize) -> usize {
    text[..at].bytes().rev().take_while(u8::is_ascii_lowercase).count()
}

fn lower_behind(text: &str, at: usize) -> usize {
    text[at..].bytes().take_while(u8::is_ascii_lowercase).count()
}

/// `receptors(EGFR)`: a whole word before an abbreviation or a remark of some length; `drug(s)`, `f(x)` and `poly(lactic acid)` stay.
fn before_bracket(text: &str, at: usize) -> Option<Slip> {
    const WORD: usize = 5;
    const PREFIXES: [&str; 8] = ["poly", "oligo", "phospho", "glyco", "tetra", "cyclo", "proto", "amino"];
    let length = lower_before(text, at);
    let start = at - length;
    let alone = !text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '(' | '[' | ','));
    let word = &text[start..at];
    let inside = &text[at + 1..];
    let close = inside.bytes().take(60).position(|b| b == b')')?;
    let (inside, behind) = inside.split_at(close);
    let remark = inside.len() >= 3
        && inside.starts_with(|c: char| c.is_ascii_alphabetic())
        && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | ','))
        && (inside.contains(' ') || inside.chars().filter(|c| c.is_ascii_uppercase()).count() >= 2);
    let ends = behind[1..].is_empty() || behind[1..].starts_with(|c: char| c.is_whitespace() || ".,;:".contains(c));
    let compound = PREFIXES.iter().any(|prefix| word.ends_with(prefix)) || word.ends_with("yl") || word.ends_with("oxy");
    (length >= WORD && alone && remark && ends && !compound).then(|| Slip {
        words: start..at + close + 2,
        at: at..at,
        text: " ",
        message: "no space before the bracket",
    })
}

/// `(EGFR)is`: small letters behind a remark; `(re)admission`, `(s)he` and `CD4(+)cells` stay.
fn behind_bracket(text: &str, at: usize) -> Option<Slip> {
    let behind = lower_behind(text, at + 1);
    let open = text[..at].rfind('(')?;
    let inside = &text[open + 1..at];
    let alone = text[..open].ends_with(char::is_whitespace);
    let remark = inside.len() >= 4
        && inside.starts_with(|c: char| c.is_ascii_alphabetic())
        && !inside.contains(['+', '-', '/', '>', '<', '='])
        && (inside.contains(' ') || inside.chars().filter(|c| c.is_ascii_uppercase()).count() >= 3);
    let word = &text[at + 1..at + 1 + behind];
    (behind >= 2 && alone && remark && !matches!(word, "es" | "ed" | "ing") && !text[at + 1 + behind..].starts_with(char::is_alphanumeric))
        .then(|| Slip { words: open..at + 1 + behind, at: at + 1..at + 1, text: " ", message: "no space behind the bracket" })
}

/// `liver , lung`: a space that belongs behind the comma.
fn before_comma(text: &str, at: usize) -> Option<Slip> {
    let start = text[..at].trim_end_matches(' ').len();
    let word = lower_before(text, start);
    let next = text[at + 1..].strip_prefix(' ')?;
    (start < at && word >= 3 && next.starts_with(|c: char| c.is_ascii_lowercase())).then(|| Slip {
        words: start - word..at + 1,
        at: start..at,
        text: "",
        message: "a space before the comma",
    })
}

/// `tested.The result`: `e.g.The`, `example.Com` and `p.Arg` stay.
fn behind_stop(text: &str, at: usize) -> Option<Slip> {
    const WORD: usize = 4;
    let before = lower_before(text, at);
    let rest = &text[at + 1..];
    let capital = rest.starts_with(|c: char| c.is_ascii_uppercase());
    if before < WORD
        || !capital
        || text[..at - before].ends_with(|c: char| c == '.' || c.is_alphanumeric() || matches!(c, '/' | '@' | '-' | '_'))
    {
        return None;
    }
    let word = 1 + lower_behind(text, at + 2);
    let end = at + 1 + word;
    let goes_on = text[end..].starts_with(' ') && text[end + 1..].starts_with(|c: char| c.is_ascii_lowercase());
    goes_on.then(|| Slip { words: at - before..end, at: at + 1..at + 1, text: " ", message: "no space behind the full stop" })
}

/// `genomic- biomarkers`; the hyphen of `short- and long-term`, `pre-, mid-` and of a line that is broken stays.
fn behind_hyphen(text: &str, at: usize) -> Option<Slip> {
    const JOINING: [&str; 16] =
        ["and", "or", "to", "as", "but", "und", "oder", "nor", "than", "versus", "vs", "through", "et", "y", "bzw", "if"];
    let before = lower_before(text, at);
    let next = text[at + 1..].strip_prefix(' ')?;
    let word = lower_behind(text, at + 2);
    let joined = JOINING.contains(&&next[..word]);
    let whole = before >= 3 && word >= 3 && !next[word..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    // `short- as well as long-term`, `two- three-`: a second hyphen soon answers the first.
    let answered = next.bytes().take(30).take_while(|&b| b != b'.').any(|b| b == b'-');
    let alone = !text[..at - before].ends_with(|c: char| c.is_alphanumeric() || c == '-');
    (whole && !joined && !answered && alone).then(|| Slip {
        words: at - before..at + 2 + word,
        at: at + 1..at + 2,
        text: "",
        message: "a space behind the hyphen",
    })
}

/// `is radioembolization This strategy uses`: a word that only starts sentences, between two small words.
fn no_stop(text: &str, at: usize) -> Option<Slip> {
    const STARTERS: [&str; 4] = ["This", "These", "However", "Therefore"];
    let word = STARTERS.iter().find(|word| text[at..].starts_with(**word))?;
    let end = at + word.len();
    let before = lower_before(text, at - 1);
    let next = text[end..].strip_prefix([' ', ','])?.trim_start_matches(' ');
    let small = lower_behind(next, 0);
    let alone = !text[..at - 1 - before].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '‘' | '.'));
    // Another capital soon before is a title: `What Is the Aim of This study`.
    let titled = text[..at - 1 - before].split_whitespace().rev().take(2).any(|word| word.starts_with(char::is_uppercase));
    (before >= 4 && small >= 3 && alone && !titled).then(|| Slip {
        words: at - 1 - before..end,
        at: at - 1..at,
        text: ". ",
        message: NO_STOP,
    })
}

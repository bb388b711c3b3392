//! Reading what an ignore comment asks for.

use super::front_matter;
use crate::config::Selector;
use crate::diagnostic::Finding;
use crate::document::Document;
use crate::source::{Source, Span};

/// What a comment asks to be ignored, and where.
pub struct Instruction {
    pub extent: Extent,
    /// The comment, or the value in the front matter.
    pub span: Span,
    /// The rules named, each with its place.
    pub names: Vec<(Selector, Span)>,
}

/// How far an instruction reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The next line that is not blank, and the block that starts there.
    NextLine,
    File,
}

/// The instructions of an article, and what is wrong with those that cannot be followed.
pub fn read(source: &Source, document: &Document) -> (Vec<Instruction>, Vec<Finding>) {
    let mut reader = Reader { source, instructions: Vec::new(), faults: Vec::new() };
    for comment in &document.comments {
        reader.comment(comment.span);
    }
    for entry in front_matter(document) {
        match entry.key.strip_prefix("medproof-ignore.") {
            Some(_) => reader.add(Extent::File, entry.value_span, last_part(source, entry.key_span), !entry.value.trim().is_empty()),
            None => reader.body(Extent::File, entry.value_span, entry.value_span),
        }
    }
    reader.instructions.sort_by_key(|instruction| instruction.span);
    (reader.instructions, reader.faults)
}

/// The lines of a comment, where nothing else stands on them, with the blank line that would be one too many.
pub fn stands_alone(source: &Source, comment: Span) -> Option<Span> {
    let lines = source.line_span(source.position(comment.start).line).cover(source.line_span(source.position(comment.end).line));
    let before = source.slice(Span { start: lines.start, end: comment.start });
    let behind = source.slice(Span { start: comment.end, end: lines.end });
    let alone = source.slice(comment).starts_with("<!--") && before.trim().is_empty() && behind.trim().is_empty();
    let (above, below) = source.text().split_at(lines.start as usize);
    let ending = |text: &str| text.find('\n').map_or(text.len(), |i| i + 1);
    let mut end = lines.end as usize + ending(&source.text()[lines.end as usize..]);
    if above.is_empty() || above.ends_with("\n\n") || above.ends_with("\n\r\n") {
        let next = &below[end - lines.start as usize..];
        let length = ending(next);
        end += if next[..length].trim().is_empty() { length } else { 0 };
    }
    alone.then(|| Span::new(lines.start as usize, end))
}

struct Reader<'a> {
    source: &'a Source,
    instructions: Vec<Instruction>,
    faults: Vec<Finding>,
}

impl Reader<'_> {
    fn comment(&mut self, span: Span) {
        let inner = inside(self.source, span);
        let words = self.source.slice(inner);
        if !words.starts_with("medproof-") {
            return;
        }
        let verb = words.split(char::is_whitespace).next().unwrap_or(words);
        let rest = Span::new(inner.start as usize + verb.len(), inner.end as usize);
        match verb {
            "medproof-ignore-next-line" => self.body(Extent::NextLine, span, rest),
            "medproof-ignore-file" => self.body(Extent::File, span, rest),
            _ => {
                let place = Span::new(inner.start as usize, inner.start as usize + verb.len());
                self.faults.push(
                    Finding::new(place, format!("“{verb}” is no instruction to medproof"))
                        .help("Write “medproof-ignore-next-line” or “medproof-ignore-file”, the rule, and a reason behind “--”"),
                );
            }
        }
    }

    /// Reads `RULE[, RULE] -- reason`.
    fn body(&mut self, extent: Extent, whole: Span, body: Span) {
        let words = self.source.slice(body);
        let dash = words.find("--").map(|at| (at, 2)).or_else(|| words.find('—').map(|at| (at, '—'.len_utf8())));
        let (end, reason) = dash.map_or((words.len(), ""), |(at, length)| (at, &words[at + length..]));
        let names = Span::new(body.start as usize, body.start as usize + end);
        self.add(extent, whole, names, !reason.trim().is_empty());
    }

    fn add(&mut self, extent: Extent, span: Span, names: Span, has_reason: bool) {
        let mut known = Vec::new();
        let mut named = false;
        for place in words(self.source, names) {
            named = true;
            match self.source.slice(place).parse::<Selector>() {
                Ok(selector) => known.push((selector, place)),
                Err(unknown) => self.faults.push(Finding::new(place, format!("“{}” is no rule and no category", unknown.name)).help(
                    match unknown.nearest {
                        Some(nearest) => format!("Write “{nearest}” if that is meant; `medproof rule` lists the rules"),
                        None => "Write the id of a rule; `medproof rule` lists them".to_owned(),
                    },
                )),
            }
        }
        if !named {
            self.faults.push(
                Finding::new(span, "the ignore comment names no rule, so it does not count")
                    .help("Name the rule to ignore, a category, or “all”"),
            );
        } else if !has_reason {
            self.faults.push(
                Finding::new(
                    span,
                    format!("the comment to ignore “{}” gives no reason, so it does not count", self.source.slice(names).trim()),
                )
                .help("Write the reason behind the rule, after “--”"),
            );
        } else if !known.is_empty() {
            self.instructions.push(Instruction { extent, span, names: known });
        }
    }
}

/// The words between the comment marks.
fn inside(source: &Source, comment: Span) -> Span {
    let raw = source.slice(comment);
    let inner = raw.strip_prefix("<!--").unwrap_or(raw);
    let start = comment.start as usize + (raw.len() - inner.len());
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let lead = inner.len() - inner.trim_start().len();
    Span::new(start + lead, start + lead + inner.trim().len())
}

/// The names in a list with commas or spaces.
fn words(source: &Source, list: Span) -> Vec<Span> {
    let text = source.slice(list);
    let place = |word: &str| {
        // `word` is a part of `text`, so the distance of their starts is its place.
        let at = list.start as usize + (word.as_ptr() as usize - text.as_ptr() as usize);
        Span::new(at, at + word.len())
    };
    text.split([',', ' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).map(place).collect()
}

/// The rule of a key such as `medproof-ignore.review-overdue`, which stands last in the key.
fn last_part(source: &Source, key: Span) -> Span {
    let raw = source.slice(key);
    let bare = raw.trim_matches(['"', '\'']);
    let start = key.start as usize + (raw.len() - raw.trim_start_matches(['"', '\'']).len());
    Span::new(start, start + bare.len())
}

//! Review statements in the text.

use std::ops::Range;

use super::bare;
use super::labels::{Label, Link, label_at, word_at};
use super::lines::{self, Line};
use super::reviewers::{has_degree, looks_like_person};
use super::tail::{self, Tail, closes, floor};
use super::vocabulary::{Role, role};
use super::{Lack, Origin, ReviewKind, ReviewStatement, Reviewer, StatedDate};
use crate::article::references::References;
use crate::document::{Document, Place};
use crate::source::Span;

/// Finds the statements, in reading order.
pub(super) fn read(document: &Document, references: &References) -> Vec<ReviewStatement> {
    let lines = lines::of(document, references);
    let mut reader = Reader { document, lines: &lines, out: Vec::new() };
    for i in 0..lines.len() {
        reader.line(i);
    }
    if !reader.out.iter().any(|statement| statement.kind == ReviewKind::Published)
        && let Some(bare) = reader.bare_date()
    {
        reader.out.push(bare);
        reader.out.sort_by_key(|statement| statement.span);
    }
    reader.out
}

/// What stands to the left of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// The start of a line, or a separator such as `|`.
    Start,
    /// Another statement.
    Statement,
    /// A letter or figure without a space: `MDReviewed:`.
    Glued,
    /// The end of a sentence.
    Sentence,
    /// Words; `proper` where the last of them has a capital, as in a byline.
    Words { proper: bool },
    /// A quotation mark, or "peer": others speak, or of something else.
    Foreign,
}

/// How far from the ends of a long line a statement is looked for, in bytes: the middle of a paragraph is prose.
pub(super) const MARGIN: usize = 200;

/// The longest subject before a label in small letters, in bytes: "Evidence last reviewed: May 2018".
const SUBJECT: usize = 40;

pub(super) struct Reader<'d> {
    document: &'d Document,
    pub(super) lines: &'d [Line<'d>],
    out: Vec<ReviewStatement>,
}

impl Reader<'_> {
    fn line(&mut self, i: usize) {
        let line = self.lines[i];
        let text = line.text;
        let mut done = 0;
        let mut at = 0;
        while let Some(start) = next_word(text, at) {
            let Some(token) = word_at(text, start) else { break };
            let word = token.end();
            at = word;
            if start > done.max(MARGIN) && start + MARGIN < text.len() {
                // The place may lie inside a character, and rounding down must not lead back to this word.
                at = floor(text, text.len() - MARGIN).max(word);
                continue;
            }
            if matches!(role(token.text), None | Some(Role::And | Role::By | Role::On)) {
                continue;
            }
            let left = left_of(text, start, done);
            let small = text[start..].starts_with(char::is_lowercase);
            if small && start > SUBJECT && !matches!(left, Left::Start | Left::Statement) {
                continue;
            }
            let Some(label) = label_at(text, start) else { continue };
            if let Some(found) = self.statement(i, &label, left) {
                done = found.end_in_line;
                at = done.max(word);
                self.push(found);
            }
        }
    }

    /// Judges a label by what follows it and what stands before it.
    fn statement(&self, i: usize, label: &Label, left: Left) -> Option<Found> {
        let text = self.lines[i].text;
        let tail = tail::read(text, label.tail, label.link);
        if self.is_of_manuscript(i, label, i, &tail) {
            return None;
        }
        if !tail.is_empty() {
            return accepts(self.lines[i], label, left, &tail).then(|| self.found(i, label, i, tail));
        }
        if !may_stand_empty(text, label, left, &tail) {
            return None;
        }
        if let Some((j, next)) = self.continued(i, label, &tail) {
            return (!self.is_of_manuscript(i, label, j, &next)).then(|| self.found(i, label, j, next));
        }
        let certain = label.kind != ReviewKind::Published && (label.qualified || label.link == Link::By) && (!label.noun || tail.colon);
        certain.then(|| self.found(i, label, i, tail))
    }

    /// The name that stands before a label, on its line ("Jane Doe, MDReviewed: October 9") or alone on the line above.
    fn named_before(&self, i: usize, label: &Label) -> Option<(Line<'_>, Range<usize>)> {
        let here = self.lines[i];
        let own = here.text[..label.range.start].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let (line, words) = match own.trim() {
            "" => {
                let above = *self.lines.get(i.checked_sub(1)?)?;
                (above, above.text.trim_end())
            }
            _ => (here, own),
        };
        let start = words.len() - words.trim_start().len();
        let name = &words[start..];
        let alone = name.len() <= 120 && name.starts_with(char::is_uppercase) && has_degree(name) && !name.contains([':', '|']);
        let byline = ["by ", "written ", "author", "reviewed ", "edited "].iter().any(|word| name.to_lowercase().starts_with(word));
        // "Medically reviewed by Jane Doe, MD · Last reviewed: 5/2020" has a label of its own.
        (alone && !byline && label_at(name, 0).is_none() && looks_like_person(name)).then_some((line, start..words.len()))
    }

    /// The date or name on the line after a label that ends its own, or in the cell beside or under it.
    fn continued(&self, i: usize, label: &Label, tail: &Tail) -> Option<(usize, Tail)> {
        if !tail.blank {
            return None;
        }
        let (here, next) = (self.lines[i], self.lines.get(i + 1));
        let beside = next.filter(|next| next.block <= here.block + 1 && next.row() == here.row()).map(|_| i + 1);
        let under = self.lines[i].cell.and_then(|(table, row, column)| {
            (i + 1..self.lines.len().min(i + 64)).find(|&j| self.lines[j].cell == Some((table, row + 1, column)))
        });
        // A portrait's caption may stand between a label and the name.
        let beyond = self
            .lines
            .get(i + 2)
            .filter(|line| line.cell.is_none() && line.block <= here.block + 2 && beside.is_some() && self.lines[i + 1].text.len() <= 48);
        [beside, under, beyond.map(|_| i + 2)].into_iter().flatten().find_map(|j| {
            let text = self.lines[j].text;
            let next = tail::read(text, 0, label.link);
            let ends = tail_ends(text, &next);
            let starts = next.date.as_ref().is_some_and(|date| !text[..date.range.start].contains(char::is_alphanumeric));
            let named = next.reviewer.as_ref().is_some_and(|name| looks_like_person(&text[name.clone()]));
            (ends && (starts || named)).then_some((j, next))
        })
    }

    fn found(&self, i: usize, label: &Label, j: usize, tail: Tail) -> Found {
        let (here, there) = (self.lines[i], self.lines[j]);
        let span = |line: Line<'_>, range: Range<usize>| {
            self.document.blocks[line.block].prose.span(line.offset + range.start..line.offset + range.end)
        };
        let label_span = span(here, label.range.clone());
        let end = if i == j { span(here, label.range.start..tail.end.max(label.range.end)) } else { span(there, 0..tail.end) };
        let kind = match (label.kind, label.link, &tail.date) {
            // "Review by May 2027" announces; "Medical review by Jane Doe" reports.
            (ReviewKind::Reviewed, Link::By, Some(_)) if label.noun && tail.reviewer.is_none() && !label.qualified => {
                ReviewKind::NextReview
            }
            (kind, ..) => kind,
        };
        let lacks = lack(there.text, label, &tail);
        let named = tail.reviewer.map(|range| (there, range)).or_else(|| {
            let missing = kind == ReviewKind::Reviewed && lacks.is_none() && !tail.pending;
            missing.then(|| self.named_before(i, label)).flatten()
        });
        let statement = ReviewStatement {
            kind,
            date: tail.date.map(|mention| StatedDate {
                reading: mention.reading,
                words: there.text[mention.range.clone()].to_owned(),
                span: span(there, mention.range),
            }),
            reviewer: named.map(|(line, range)| Reviewer {
                name: line.text[range.clone()].to_owned(),
                span: span(line, range.clone()),
                place: Some(Place::new(line.block, line.offset + range.start..line.offset + range.end)),
            }),
            label: label_span,
            span: label_span.cover(end),
            origin: Origin::Text,
            pending: tail.pending,
            lacks,
            open: label.open,
            of_literature: label.literature,
        };
        let end_in_line = if i == j { tail.end.max(label.range.end) } else { here.text.len() };
        Found { statement, also: label.also, end_in_line }
    }

    /// Adds a statement. "Reviewed by:Last reviewed on May 21" and "reviewed: October 1 — Medical reviewer: X" are one.
    fn push(&mut self, found: Found) {
        let Found { statement, also, .. } = found;
        if let Some(last) = self.out.last_mut()
            && last.kind == statement.kind
            && last.kind == ReviewKind::Reviewed
            && last.span.end <= statement.span.start
            && statement.span.start - last.span.end < 6
            && !(last.date.is_some() && statement.date.is_some())
            && !(last.reviewer.is_some() && statement.reviewer.is_some())
            && !(last.pending || statement.pending)
        {
            last.span = last.span.cover(statement.span);
            last.date = last.date.take().or(statement.date);
            last.reviewer = last.reviewer.take().or(statement.reviewer);
            // "Reviewed by:Last reviewed on May 21" has the date that was asked for, and still no name.
            last.lacks = last.lacks.or(statement.lacks).filter(|lack| match lack {
                Lack::Date => last.date.is_none(),
                Lack::Name => last.reviewer.is_none(),
            });
            return;
        }
        let second = also.map(|kind| ReviewStatement { kind, ..statement.clone() });
        self.out.push(statement);
        self.out.extend(second);
    }

    /// A date alone on a line near the top, as blogs print it, the issue of a journal, or its element in pasted XML.
    fn bare_date(&self) -> Option<ReviewStatement> {
        self.lines.iter().take(8).find_map(|line| {
            let mention = bare::date(line.text)?;
            let prose = &self.document.blocks[line.block].prose;
            let span: Span = prose.span(line.offset + mention.range.start..line.offset + mention.range.end);
            if self.out.iter().any(|statement| statement.span.overlaps(span)) {
                return None;
            }
            Some(ReviewStatement {
                kind: ReviewKind::Published,
                date: Some(StatedDate { reading: mention.reading, words: line.text[mention.range.clone()].to_owned(), span }),
                reviewer: None,
                label: span,
                span,
                origin: Origin::Text,
                pending: false,
                lacks: None,
                open: false,
                of_literature: false,
            })
        })
    }
}

struct Found {
    statement: ReviewStatement,
    also: Option<ReviewKind>,
    /// Where it ends in the line of its label.
    end_in_line: usize,
}

/// Whether a label with a date, a name or "pending" is a statement rather than prose.
fn accepts(line: Line<'_>, label: &Label, left: Left, tail: &Tail) -> bool {
    let text = line.text;
    let capital = text[label.range.start..].starts_with(char::is_uppercase);
    let certain = label.qualified || tail.colon;
    let closed = closes(text, tail.end);
    let whole = tail_ends(text, tail);
    // Machines write the time of day where a learner's flash card was last seen.
    if label.kind == ReviewKind::Reviewed && tail.date.as_ref().is_some_and(|date| date.timed) {
        return false;
    }
    if label.noun && !label.qualified && (!tail.colon && label.link == Link::None || !closed) {
        return false;
    }
    if tail.pending {
        return certain && (left == Left::Start || left == Left::Statement);
    }
    let dated = tail.date.is_some();
    if !dated && !matches!(label.kind, ReviewKind::Reviewed | ReviewKind::Updated) {
        return false;
    }
    let degree = tail.reviewer.as_ref().is_some_and(|name| has_degree(&text[name.clone()]));
    match left {
        Left::Start => (capital || tail.colon || whole) && (certain || closed),
        Left::Statement => certain || closed,
        _ if line.numbered || is_reference(around(text, label.range.start)) => false,
        Left::Glued => capital && (certain || closed),
        Left::Sentence => capital && (degree || certain && dated),
        Left::Words { .. } if whole && dated && tail.colon && text[..label.range.start].split_whitespace().count() <= 2 => true,
        Left::Words { proper: true } => whole && dated && label.link == Link::On || capital && (dated && (certain || closed) || degree),
        Left::Words { proper: false } | Left::Foreign => false,
    }
}

/// What a label asks for and what follows it does not give.
fn lack(text: &str, label: &Label, tail: &Tail) -> Option<Lack> {
    if tail.pending || tail.date.is_some() {
        return None;
    }
    if tail.reviewer.is_some() {
        // "Updated by: L. W. on"
        let rest = text[tail.end..].trim_matches(|c: char| !c.is_alphanumeric());
        return matches!(rest, "on" | "am" | "el" | "le").then_some(Lack::Date);
    }
    // "Medically reviewed" alone is a badge; "Medically reviewed on" and "Medically reviewed:" ask for a date.
    let asks = label.link == Link::On || tail.colon || text[label.range.end..].trim_start().starts_with([':', '_']);
    match label.link {
        Link::By | Link::Person => Some(Lack::Name),
        _ if asks => Some(Lack::Date),
        _ => None,
    }
}

/// Whether a label may stand without a date and a name: as a slot left empty, not as a word of a sentence.
fn may_stand_empty(text: &str, label: &Label, left: Left, tail: &Tail) -> bool {
    let capital = text[label.range.start..].starts_with(char::is_uppercase);
    let slot = tail.blank
        || (label.qualified || label.link == Link::By) && next_word(text, label.tail).is_some_and(|at| tail::starts_label(text, at));
    slot && (capital || tail.colon) && matches!(left, Left::Start | Left::Statement | Left::Glued)
}

/// Nothing but punctuation follows.
fn tail_ends(text: &str, tail: &Tail) -> bool {
    !tail.is_empty() && !text[tail.end..].contains(char::is_alphanumeric)
}

fn left_of(text: &str, start: usize, done: usize) -> Left {
    let before = text[..start].trim_end_matches(|c: char| !c.is_alphanumeric());
    let gap = &text[before.len()..start];
    if before.is_empty() || is_inside_tag(before) && gap.contains('>') {
        return Left::Start;
    }
    // "Written & medically reviewed by": one byline for both.
    if ["written", "written and", "authored and", "checked and"].iter().any(|words| before.eq_ignore_ascii_case(words)) {
        return Left::Start;
    }
    if done > 0 && before.len() <= done {
        return Left::Statement;
    }
    if gap.contains(['|', '•', '·', '—', '–', '\t', '>']) || gap.contains("  ") || gap.contains(" - ") {
        return Left::Start;
    }
    let proper =
        before.rsplit(char::is_whitespace).next().is_some_and(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    match gap {
        "" | ")" | "." | ":" | "," => Left::Glued,
        _ if gap.contains(['"', '“', '‘', '\'', '«']) => Left::Foreign,
        _ if gap.starts_with(['.', '!', '?', ')']) => Left::Sentence,
        _ => Left::Words { proper },
    }
}

/// Whether the text ends inside a tag that was opened and not closed, such as `<p class="x`.
fn is_inside_tag(text: &str) -> bool {
    let text = &text[floor(text, text.len().saturating_sub(MARGIN * 2))..];
    text.rfind('<').is_some_and(|open| !text[open..].contains('>') && tail::tag_length(&format!("{}>", &text[open..])).is_some())
}

/// The words near a place of a line.
pub(super) fn around(text: &str, at: usize) -> &str {
    &text[floor(text, at.saturating_sub(MARGIN))..floor(text, at + MARGIN)]
}

/// An entry of a reference list that was not recognised as one.
fn is_reference(text: &str) -> bool {
    ["http", "doi", "ccessed", "etrieved", "et al", "vailable from", "vailable at"].iter().any(|mark| text.contains(mark))
}

/// The start of the word at or after a byte.
fn next_word(text: &str, at: usize) -> Option<usize> {
    text[at..].find(char::is_alphabetic).map(|i| at + i)
}

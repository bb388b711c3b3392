//! Lists whose numbers are not printed as numbers of lines: `1 Author`, `Ref 1: Author`, or all entries in one paragraph.
//!
//! Such a number says nothing by itself. It counts where the next ones follow in order and the words between them are
//! references.

use std::ops::Range;

use super::headings::is_list_heading;
use super::{Label, Line, LineKind, looks_like_reference, words};
use crate::document::Document;

/// The same lines, with these numbers as labels.
pub fn read(document: &Document, lines: Vec<Line>) -> Vec<Line> {
    let mut lines = split_paragraphs(document, lines);
    let mut i = 0;
    while i < lines.len() {
        let run = bare_run(document, &lines, i);
        i = run.last().map_or(i, |bare| bare.line) + 1;
        for bare in run {
            let line = &mut lines[bare.line];
            let prose = &document.blocks[line.block].prose;
            let span = prose.span(line.body.start + bare.printed.start..line.body.start + bare.printed.end);
            line.label = Some(Label { number: Some(bare.number), span });
            line.body.start += bare.length;
            line.kind = LineKind::Start;
        }
    }
    lines
}

/// A line that starts with a number nothing sets apart.
struct Bare {
    line: usize,
    number: u32,
    printed: Range<usize>,
    /// Bytes up to the words.
    length: usize,
}

/// How far the numbers may jump ahead.
const FARTHEST_GAP: u32 = 3;

/// How many lines an entry may have.
const LONGEST_ENTRY: usize = 8;

/// The lines that count on from 1 at a line; empty unless most of them start a reference.
fn bare_run(document: &Document, lines: &[Line], start: usize) -> Vec<Bare> {
    let mut run: Vec<Bare> = Vec::new();
    for (i, line) in lines.iter().enumerate().skip(start) {
        let last = run.last().map_or(start, |bare| bare.line);
        let free = line.label.is_none() && matches!(line.kind, LineKind::Start | LineKind::Continuation);
        if !free || i > last + LONGEST_ENTRY {
            break;
        }
        match bare_number(words(document, line)).map(|(number, printed, length)| Bare { line: i, number, printed, length }) {
            Some(bare) if run.last().map_or(1, |last| last.number + 1) == bare.number => run.push(bare),
            // An entry or two may be lost.
            Some(bare)
                if run.last().is_some_and(|last| last.number < bare.number && bare.number <= last.number + FARTHEST_GAP)
                    && looks_like_reference(words(document, line)) =>
            {
                run.push(bare)
            }
            _ if run.is_empty() => break,
            _ => {}
        }
    }
    if run.len() < 2 {
        return Vec::new();
    }
    let headed = (1..=3).any(|above| start >= above && is_list_heading(words(document, &lines[start - above])));
    let ends = run.iter().skip(1).map(|bare| bare.line).chain([lines.len()]);
    let likely = run
        .iter()
        .zip(ends)
        .filter(|(bare, end)| {
            // Without a heading the line itself must look like a reference: chapters have numbers too.
            let reach = if headed { *end.min(&(bare.line + LONGEST_ENTRY)) } else { bare.line + 1 };
            lines[bare.line..reach].iter().any(|line| looks_like_reference(words(document, line)))
        })
        .count();
    if (headed || run.len() > 2) && likely * 2 > run.len() { run } else { Vec::new() }
}

/// `1 Author`, `1 - Author`, `1: Author`, `Ref 1: Author`, `¹ Author`, or the number alone.
fn bare_number(line: &str) -> Option<(u32, Range<usize>, usize)> {
    let start = line.len() - line.trim_start().len();
    let named = ["Reference ", "Ref. ", "Ref "].iter().find(|word| line[start..].starts_with(**word)).map_or(0, |word| word.len());
    let at = start + named;
    let (mut number, mut end) = (0, at);
    for c in line[at..].chars() {
        let Some((value, _)) = crate::article::citations::digit(c) else { break };
        number = number * 10 + value;
        end += c.len_utf8();
        if number > 999 {
            return None;
        }
    }
    let rest = &line[end..];
    let words = rest.trim_start_matches([' ', '\t', '\u{a0}', '-', '–', ':', '.']);
    let superscript = !line[at..end].is_ascii();
    let mark = |marks: [char; 3]| rest.strip_prefix(marks).is_some_and(|rest| rest.starts_with([' ', '\u{a0}']));
    // `1Author`, as superscripts before the names are copied.
    let mut letters = rest.chars();
    let glued = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    let apart = rest.is_empty()
        || rest.starts_with([' ', '\t', '\u{a0}'])
        || named > 0 && rest.starts_with(['.', ':'])
        || mark([':', '-', '–'])
        || superscript
        || glued;
    (number > 0 && apart).then(|| (number, start..end, line.len() - words.len()))
}

/// Paragraphs that hold several entries are cut before each number: `References: 1. Author … 2. Author … 3. Author …`.
fn split_paragraphs(document: &Document, lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let cuts = if line.kind == LineKind::Start { cuts(document, &line) } else { Vec::new() };
        if cuts.is_empty() {
            out.push(line);
            continue;
        }
        let block = &document.blocks[line.block];
        let ends = cuts.iter().skip(1).map(|cut| cut.start).chain([line.body.end]).collect::<Vec<_>>();
        // An entry with a number of its own comes before the first cut.
        if line.label.is_some() {
            out.push(Line { body: line.body.start..cuts[0].start, ..line });
        }
        for (cut, end) in cuts.into_iter().zip(ends) {
            let printed = cut.start..cut.start + block.text()[cut.clone()].trim_end().len();
            let number = block.text()[printed.clone()].trim_matches(|c: char| !c.is_ascii_digit()).parse().ok();
            let label = Some(Label { number, span: block.prose.span(printed) });
            out.push(Line::new(line.block, cut.end..end, label, LineKind::Start));
        }
    }
    out
}

/// Where the numbers of further entries stand in a line, each with the white space behind it.
fn cuts(document: &Document, line: &Line) -> Vec<Range<usize>> {
    if !document.blocks[line.block].is_running() {
        return Vec::new();
    }
    let text = &document.blocks[line.block].text()[line.body.clone()];
    let (mut at, mut next) = match &line.label {
        Some(label) if label.number == Some(1) => (0, 2),
        None => match text.split_once(':') {
            Some((heading, _)) if is_list_heading(heading) => (heading.len() + 1, 1),
            _ => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    // The first number shows the form of all.
    let forms = [("", ". "), ("", ") "), ("[", "] ")];
    let find = |(open, close): (&str, &str), at: usize, number: u32| {
        let printed = format!(" {open}{number}{close}");
        text[at..].find(&printed).map(|i| at + i + 1..at + i + printed.len())
    };
    let Some(form) = forms.into_iter().filter_map(|form| Some((find(form, at, next)?.start, form))).min().map(|(_, form)| form) else {
        return Vec::new();
    };
    let mut cuts: Vec<Range<usize>> = Vec::new();
    while let Some(cut) = find(form, at, next) {
        at = cut.end - 1;
        next += 1;
        cuts.push(line.body.start + cut.start..line.body.start + cut.end);
    }
    let ends = cuts.iter().skip(1).map(|cut| cut.start).chain([line.body.end]);
    let likely =
        cuts.iter().zip(ends).filter(|(cut, end)| looks_like_reference(&document.blocks[line.block].text()[cut.start..*end])).count();
    if cuts.len() >= 2 && likely * 4 >= cuts.len() * 3 { cuts } else { Vec::new() }
}

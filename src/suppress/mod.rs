//! Ignore comments: findings that the author has looked at and wants to keep as they are.
//!
//! ```text
//! <!-- medproof-ignore-next-line duplicate-reference -- both editions are meant -->
//! <!-- medproof-ignore-file medicines, doubled-word -- a poem about aspirin -->
//! medproof-ignore: [review-overdue -- kept as an archive copy]        (front matter)
//! ```
//!
//! A reason is required: a comment without one silences nothing. What a comment does not do is said by `unused-ignore`.

use std::collections::BTreeMap;

use crate::config::Selector;
use crate::diagnostic::{Diagnostic, Edit, Finding, Safety};
use crate::document::{Document, Metadata, Queries};
use crate::rule::{Enabled, Entry, Sink};
use crate::rules::{INTERNAL_ERROR, UNUSED_IGNORE};
use crate::source::{Source, Span};

mod instruction;

use instruction::{Extent, Instruction};

/// Takes out the findings that comments silence, adds what is wrong with the comments, and returns how many were silenced.
///
/// A comment for a rule that has not spoken, as the world was not asked, may be of use another time.
pub fn apply(
    source: &Source,
    document: &Document,
    rules: &[Enabled],
    has_spoken: impl Fn(&Entry) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> usize {
    let resolved = accept(source, document, diagnostics);
    let (instructions, faults) = instruction::read(source, document);
    if instructions.is_empty() && faults.is_empty() {
        return resolved;
    }
    let mut ignores = Ignores::new(source, document, &instructions);
    let before = diagnostics.len();
    diagnostics.retain(|d| !ignores.silence(d));
    let silenced = before - diagnostics.len();
    if let Some(unused) = rules.iter().find(|enabled| enabled.entry.id == UNUSED_IGNORE.id) {
        let mut sink = Sink::new(unused.entry, unused.severity, diagnostics);
        faults.into_iter().chain(ignores.unused(rules, has_spoken, source)).for_each(|finding| sink.report(finding));
    }
    resolved + silenced
}

/// Takes out the findings whose comments an editor has resolved, and returns how many. A resolved comment without a finding is
/// no mistake: what it was about has been mended.
fn accept(source: &Source, document: &Document, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let mut resolved = Queries::of(document.queries.iter().filter(|query| query.is_resolved));
    let before = diagnostics.len();
    diagnostics.retain(|d| !can_be_silenced(d.rule) || !resolved.take(d.rule, d.span, source.slice(d.span)));
    before - diagnostics.len()
}

fn can_be_silenced(rule: &str) -> bool {
    ![UNUSED_IGNORE.id, INTERNAL_ERROR.id].contains(&rule)
}

/// The instructions of an article, with what each has silenced.
struct Ignores<'i> {
    instructions: &'i [Instruction],
    /// For each instruction, which of its names were of use.
    used: Vec<Vec<bool>>,
    /// Names that count for the whole file, with the first instruction that gives each.
    file: BTreeMap<&'static str, (usize, usize)>,
    lines: Vec<Line>,
}

/// What the instructions for a next line reach, in the order of the text.
struct Line {
    instruction: usize,
    reach: Span,
    /// The end of the furthest reach up to this one, which ends a search backwards.
    furthest: u32,
}

impl<'i> Ignores<'i> {
    fn new(source: &Source, document: &Document, instructions: &'i [Instruction]) -> Self {
        let used = instructions.iter().map(|instruction| vec![false; instruction.names.len()]).collect();
        let mut ignores = Self { instructions, used, file: BTreeMap::new(), lines: Vec::new() };
        for (i, instruction) in instructions.iter().enumerate() {
            match instruction.extent {
                Extent::File => {
                    for (n, (selector, _)) in instruction.names.iter().enumerate() {
                        ignores.file.entry(name(*selector)).or_insert((i, n));
                    }
                }
                Extent::NextLine => ignores.lines.push(Line { instruction: i, reach: Span::default(), furthest: 0 }),
            }
        }
        ignores.reach(source, document);
        ignores
    }

    /// Works out the lines meant, from the last to the first, because a comment above a comment means the same line.
    fn reach(&mut self, source: &Source, document: &Document) {
        let mut below: Option<(Span, Span)> = None;
        for line in self.lines.iter_mut().rev() {
            let instruction = &self.instructions[line.instruction];
            let next = next_line(source, instruction.span);
            line.reach = match below {
                Some((comment, reach)) if next.contains(comment) && instruction::stands_alone(source, comment).is_some() => reach,
                _ => with_block(document, next),
            };
            below = Some((instruction.span, line.reach));
        }
        let mut furthest = 0;
        for line in &mut self.lines {
            furthest = furthest.max(line.reach.end);
            line.furthest = furthest;
        }
    }

    /// Whether a comment silences this finding; every name that would is then of use.
    fn silence(&mut self, d: &Diagnostic) -> bool {
        let Some(entry) = crate::rules::find(d.rule).filter(|entry| can_be_silenced(entry.id)) else {
            return false;
        };
        let mut silenced = false;
        for name in [entry.id, entry.category.name(), "all"] {
            if let Some(&(instruction, name)) = self.file.get(name) {
                self.used[instruction][name] = true;
                silenced = true;
            }
        }
        let behind = self.lines.partition_point(|line| line.reach.start <= d.span.end);
        for line in self.lines[..behind].iter().rev().take_while(|line| line.furthest >= d.span.start) {
            let names = &self.instructions[line.instruction].names;
            for (n, _) in names.iter().enumerate().filter(|(_, (selector, _))| line.reach.end >= d.span.start && selector.holds(entry)) {
                self.used[line.instruction][n] = true;
                silenced = true;
            }
        }
        silenced
    }

    /// What the comments that were of no use are told.
    fn unused(&self, rules: &[Enabled], has_spoken: impl Fn(&Entry) -> bool, source: &Source) -> Vec<Finding> {
        let spoken: Vec<&Entry> = rules.iter().map(|enabled| enabled.entry).filter(|entry| has_spoken(entry)).collect();
        let ran = |selector: Selector| spoken.iter().any(|entry| selector.holds(entry));
        let mut findings = Vec::new();
        for (instruction, used) in self.instructions.iter().zip(&self.used) {
            let needless = |n: usize| !used[n] && ran(instruction.names[n].0);
            let deletion = (0..used.len()).all(needless).then(|| instruction::stands_alone(source, instruction.span)).flatten();
            for (n, (_, span)) in instruction.names.iter().enumerate().filter(|(n, _)| needless(*n)) {
                let word = source.slice(*span);
                let mut finding = Finding::new(*span, format!("the comment to ignore “{word}” silences nothing")).data("name", word);
                finding = match deletion.filter(|_| n == 0) {
                    Some(span) => {
                        let edit = Edit { span, text: String::new() };
                        finding.help("Delete the comment").fix(Safety::Safe, "Delete the comment", vec![edit])
                    }
                    None => finding.help(format!("Delete “{word}”, or the comment")),
                };
                findings.push(finding);
            }
        }
        findings
    }
}

fn name(selector: Selector) -> &'static str {
    match selector {
        Selector::All => "all",
        Selector::Category(category) => category.name(),
        Selector::Rule(entry) => entry.id,
    }
}

/// The next line that is not blank; the end of the text where there is none.
fn next_line(source: &Source, comment: Span) -> Span {
    let last = source.position(source.text().len() as u32).line;
    let below = source.position(comment.end).line + 1;
    (below..=last)
        .map(|line| source.line_span(line))
        .find(|line| !source.slice(*line).trim().is_empty())
        .unwrap_or(Span::at(source.text().len()))
}

/// The line, and the blocks that start in it to their ends.
fn with_block(document: &Document, line: Span) -> Span {
    let first = document.blocks.partition_point(|block| block.span.start < line.start);
    document.blocks[first..].iter().take_while(|block| block.span.start < line.end).fold(line, |reach, block| reach.cover(block.span))
}

/// The entries of the front matter that hold ignore instructions.
fn front_matter(document: &Document) -> impl Iterator<Item = &Metadata> {
    document.metadata.iter().filter(|entry| entry.key == "medproof-ignore" || entry.key.starts_with("medproof-ignore."))
}

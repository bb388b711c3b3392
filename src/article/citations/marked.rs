//! Citations that the format itself marks, with the entries they point at: nothing is guessed from shapes.
//!
//! What a citation cites are the entries that it points at; the number a reader sees for each is the label of that
//! entry. The words only tell where one number ends and whether two of them span a range. Two slips of the pen are
//! read as the page shows them: a number that links to the entry of another, and one whose mark was forgotten.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::candidates::{self, Candidate, Strength};
use super::numbers::{self, Member, NumberList, Spacing};
use super::{Citation, Citations, Form, Pointer, Style};
use crate::article::references::References;
use crate::document::{Block, BlockKind, Document, MarkKind, Place};

/// The citations of a document whose format marks them; `None` where it marks none.
pub fn read(document: &Document, references: &References) -> Option<Citations> {
    read_with_doubt(document, references).map(|(citations, _)| citations)
}

/// The same with the first number outside the marks that may cite an entry which nothing else cites, though its place or the
/// order of the numbers speaks against it.
pub fn read_with_doubt(document: &Document, references: &References) -> Option<(Citations, Option<Place>)> {
    let targets = targets(references);
    let mut marks: Vec<Marked<'_>> = Vec::new();
    let highest = highest(document);
    for (i, block) in document.blocks.iter().enumerate().filter(|(i, _)| !references.holds_block(*i)) {
        marks.extend(marks_of(i, block, highest));
    }
    if marks.is_empty() {
        return None;
    }
    let pointers = pointers(document, &marks, &targets);
    if !by_number(&marks) {
        let why = format!("{} citations point at entries, by names and years", marks.len());
        return Some((Citations { style: Style { form: None, author_year: true, why }, groups: Vec::new(), pointers }, None));
    }
    let listed = references.entries.iter().filter_map(|entry| entry.number).collect();
    let reader = Reader { document, references, targets, listed };
    let mut groups = reader.groups(&marks);
    let form = dominant(&groups);
    let (unmarked, doubt) = reader.unmarked(&marks, &pointers, &groups);
    groups.extend(unmarked);
    groups.sort_by_key(|group| (group.place.block, group.place.start));
    let why = format!("{} citations point at entries, by numbers", marks.len());
    Some((Citations { style: Style { form, author_year: false, why }, groups, pointers }, doubt))
}

/// Whether the marked citations of a document show numbers, and not names and years.
pub(crate) fn cites_by_number(document: &Document) -> bool {
    let highest = highest(document);
    let marks: Vec<Marked<'_>> = document.blocks.iter().enumerate().flat_map(|(i, block)| marks_of(i, block, highest)).collect();
    by_number(&marks)
}

/// The highest number that a citation may print: years begin above it, but in lists so long that they have an entry of
/// that number.
fn highest(document: &Document) -> u32 {
    let entries = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Reference { .. })).count();
    (entries as u32).max(999)
}

fn by_number(marks: &[Marked<'_>]) -> bool {
    let worded = marks.iter().filter(|mark| !mark.range.is_empty()).count();
    let numbered = marks.iter().filter(|mark| mark.printed.is_some()).count();
    numbered > 0 && numbered * 2 >= worded
}

/// A stretch of words that the format marks as a citation.
struct Marked<'d> {
    block: usize,
    range: Range<usize>,
    ids: &'d [String],
    /// The numbers printed, where the words are numbers.
    printed: Option<NumberList>,
    /// The words begin with a dash that belongs to the citation before.
    dashed: bool,
    /// The words are a superscript, or stand in one.
    raised: bool,
}

/// The marked citations of a block in the order of their words; one without words stands before one that starts there.
fn marks_of(index: usize, block: &Block, highest: u32) -> Vec<Marked<'_>> {
    let superscripts: Vec<Range<usize>> =
        block.marks.iter().filter(|mark| mark.kind == MarkKind::Superscript).map(|mark| mark.range.clone()).collect();
    let marked = block.marks.iter().filter_map(|mark| {
        let MarkKind::Reference(ids) = &mark.kind else { return None };
        let range = mark.range.clone();
        let (printed, dashed) = printed(block.text(), range.clone(), highest);
        let before = superscripts.partition_point(|raised| raised.start < range.end);
        let raised = superscripts[..before].last().is_some_and(|raised| raised.end > range.start);
        Some(Marked { block: index, range, ids, printed, dashed, raised })
    });
    let mut marked: Vec<Marked<'_>> = marked.collect();
    marked.sort_by_key(|mark| (mark.range.start, mark.range.end));
    for i in 1..marked.len() {
        let between = &block.text()[..marked[i].range.start];
        let before = &marked[i - 1].range;
        let ends = between.len() >= before.end && between[before.end..].trim().is_empty();
        marked[i].dashed |= ends && block.text()[before.clone()].trim_end().ends_with(numbers::is_dash);
    }
    marked
}

/// The numbers of a citation's words, brackets and a leading dash put aside.
fn printed(text: &str, range: Range<usize>, highest: u32) -> (Option<NumberList>, bool) {
    let outside = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | ';' | '.');
    let words = &text[range.clone()];
    // `4–` before a mark of its own for the other end.
    let inner = words.trim_end_matches(|c| outside(c) || numbers::is_dash(c));
    let end = range.start + inner.len();
    let inner = inner.trim_start_matches(outside);
    let dashed = inner.starts_with(numbers::is_dash);
    let inner = if dashed { inner.trim_start_matches(|c| outside(c) || numbers::is_dash(c)) } else { inner };
    let list = numbers::list(&text[..end], end - inner.len(), Spacing::Loose);
    (list.filter(|list| list.end == end && list.numbers().all(|n| n <= highest)), dashed)
}

/// The entries by what citations name them.
fn targets(references: &References) -> HashMap<&str, usize> {
    let mut targets = HashMap::new();
    for (i, entry) in references.entries.iter().enumerate() {
        for id in &entry.ids {
            targets.entry(id.as_str()).or_insert(i);
        }
    }
    targets
}

fn pointers(document: &Document, marks: &[Marked<'_>], targets: &HashMap<&str, usize>) -> Vec<Pointer> {
    let pointer = |mark: &Marked<'_>, id: &String| {
        let place = Place::new(mark.block, mark.range.clone());
        Pointer { place, span: document.span(place), id: id.clone(), entry: targets.get(id.as_str()).copied() }
    };
    marks.iter().flat_map(|mark| mark.ids.iter().map(move |id| pointer(mark, id))).collect()
}

struct Reader<'d> {
    document: &'d Document,
    references: &'d References,
    targets: HashMap<&'d str, usize>,
    /// The numbers of the list.
    listed: BTreeSet<u32>,
}

/// How two citations side by side are joined.
#[derive(PartialEq)]
enum Joint {
    None,
    /// `3,5` or `[3],[5]`
    Comma,
    /// `3` dash `5` names 4 too.
    Dash,
}

impl Reader<'_> {
    fn groups(&self, marks: &[Marked<'_>]) -> Vec<Citation> {
        let mut groups: Vec<Citation> = Vec::new();
        let mut start = 0;
        while start < marks.len() {
            let mut end = start + 1;
            while end < marks.len() && self.joint(&marks[end - 1], &marks[end]) != Joint::None {
                end += 1;
            }
            groups.extend(self.group(&marks[start..end]));
            start = end;
        }
        groups
    }

    fn joint(&self, a: &Marked<'_>, b: &Marked<'_>) -> Joint {
        if a.block != b.block || b.range.start < a.range.end {
            return Joint::None;
        }
        let gap = &self.document.blocks[a.block].text()[a.range.end..b.range.start];
        let brackets = gap.contains(['[', '(']) && gap.contains([']', ')']);
        let dashes = gap.chars().filter(|&c| numbers::is_dash(c)).count() + usize::from(b.dashed);
        let known =
            |c: char| c.is_whitespace() || matches!(c, ',' | ';') || numbers::is_dash(c) || brackets && matches!(c, '[' | ']' | '(' | ')');
        if gap.chars().count() > 8 || !gap.chars().all(known) || dashes > 1 {
            return Joint::None;
        }
        if dashes == 0 { Joint::Comma } else { Joint::Dash }
    }

    /// Numbers in brackets or superscripts that cite an entry which no mark cites: the mark was forgotten, and readers of the
    /// page see a citation all the same. With them, the first number of those that was left out.
    fn unmarked(&self, marks: &[Marked<'_>], pointers: &[Pointer], groups: &[Citation]) -> (Vec<Citation>, Option<Place>) {
        let (document, references) = (self.document, self.references);
        let pointed = pointers.iter().filter_map(|pointer| references.entries[pointer.entry?].number);
        let cited: BTreeSet<u32> = groups.iter().flat_map(|group| group.numbers.iter().copied()).chain(pointed).collect();
        // A mark is forgotten here and there: where most of the list is not cited, the text has another way to cite.
        let missing = self.listed.difference(&cited).count();
        if missing == 0 || missing * 2 > self.listed.len() {
            return (Vec::new(), None);
        }
        let in_parentheses = groups.iter().any(|group| group.form == Form::Parenthesis);
        // The highest number cited up to each group.
        let highest: Vec<u32> = groups
            .iter()
            .scan(0, |highest, group| {
                *highest = group.numbers.iter().copied().fold(*highest, u32::max);
                Some(*highest)
            })
            .collect();
        let next = |candidate: &Candidate| {
            let place = (candidate.block as u32, candidate.range.start as u32);
            let before = groups.partition_point(|group| (group.place.block, group.place.start) < place);
            let highest = before.checked_sub(1).map_or(0, |last| highest[last]);
            candidate.list.members[0].first == highest + 1
        };
        let mut found = Vec::new();
        for (i, block) in document.blocks.iter().enumerate().filter(|(i, block)| !references.holds_block(*i) && !block.in_table()) {
            candidates::scan(i, block, &mut found);
        }
        let may_cite = |candidate: &Candidate| {
            let numbers = || candidate.list.numbers();
            let own = marks.partition_point(|mark| (mark.block, mark.range.end) <= (candidate.block, candidate.range.start));
            let apart = marks.get(own).is_none_or(|mark| mark.block != candidate.block || mark.range.start >= candidate.range.end);
            let missing = numbers().all(|n| self.listed.contains(&n)) && numbers().any(|n| !cited.contains(&n));
            missing
                && apart
                && candidate.strength > Strength::Faint
                && matches!(candidate.form, Form::Superscript | Form::UnicodeSuperscript | Form::Bracket | Form::Parenthesis)
        };
        // In parentheses stand counts too: where the article cites in another form, only the next number is a citation.
        let cites = |candidate: &Candidate| {
            candidate.strength == Strength::Strong && (candidate.form != Form::Parenthesis || in_parentheses || next(candidate))
        };
        let (read, left): (Vec<_>, Vec<_>) = found.into_iter().filter(may_cite).partition(cites);
        let doubt = left.first().map(|candidate| Place::new(candidate.block, candidate.range.clone()));
        (read.into_iter().map(|candidate| candidate.into_citation(document)).collect(), doubt)
    }

    fn group(&self, marks: &[Marked<'_>]) -> Option<Citation> {
        let block = &self.document.blocks[marks[0].block];
        let mut members: Vec<Member> = Vec::new();
        for (i, mark) in marks.iter().enumerate() {
            let joint = if i == 0 { Joint::None } else { self.joint(&marks[i - 1], mark) };
            let mut own = self.members(mark).into_iter();
            if joint == Joint::Dash
                && let Some(last) = members.last_mut().filter(|last| last.last.is_none())
                && let Some(next) = own.next()
            {
                if next.last.is_none() {
                    last.last = Some(next.first);
                    last.range.end = next.range.end;
                } else {
                    members.push(next);
                }
            }
            members.extend(own);
        }
        let numbers: Vec<u32> = members.iter().flat_map(Member::numbers).collect();
        let raised = marks.iter().any(|mark| mark.raised);
        let (range, form) = enclose(block.text(), marks[0].range.start..marks[marks.len() - 1].range.end);
        let form = if raised { Form::Superscript } else { form };
        let place = Place::new(marks[0].block, range);
        (!numbers.is_empty()).then(|| Citation { form, place, span: self.document.span(place), members, numbers, apart: marks.len() > 1 })
    }

    /// The numbers of one mark: those of the entries pointed at, as the words print them where they agree.
    fn members(&self, mark: &Marked<'_>) -> Vec<Member> {
        let number = |id: &String| self.targets.get(id.as_str()).and_then(|&i| self.references.entries[i].number);
        let labels: Vec<u32> = mark.ids.iter().filter_map(number).collect();
        if let Some(list) = &mark.printed {
            if labels.iter().all(|label| list.numbers().any(|n| n == *label)) {
                return list.members.clone();
            }
            if let ([member], [label]) = (list.members.as_slice(), labels.as_slice())
                && member.last.is_none()
            {
                // Where it leads to another entry, readers of the page see the number printed.
                let listed = self.listed.contains(&member.first);
                return vec![Member { first: if listed { member.first } else { *label }, ..member.clone() }];
            }
        }
        labels.into_iter().map(|label| Member { first: label, last: None, range: mark.range.clone() }).collect()
    }
}

/// The group with the brackets around it, and the form that they give it.
fn enclose(text: &str, range: Range<usize>) -> (Range<usize>, Form) {
    let (before, after) = (text[..range.start].trim_end(), text[range.end..].trim_start());
    let inside = &text[range.clone()];
    let closed = |open: char, close: char| {
        if before.ends_with(open) && after.starts_with(close) {
            Some(before.len() - 1..text.len() - after.len() + 1)
        } else {
            (inside.starts_with(open) && inside.ends_with(close)).then(|| range.clone())
        }
    };
    let bracket = closed('[', ']').map(|range| (range, Form::Bracket));
    bracket.or_else(|| closed('(', ')').map(|range| (range, Form::Parenthesis))).unwrap_or((range, Form::Link))
}

/// The form of most groups.
fn dominant(groups: &[Citation]) -> Option<Form> {
    let mut counts: HashMap<Form, usize> = HashMap::new();
    for group in groups {
        *counts.entry(group.form).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(form, count)| (count, std::cmp::Reverse(form))).map(|(form, _)| form)
}

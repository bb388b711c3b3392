//! What a group is made of, in the source: its numbers with their markup, and what stands between them.

use std::ops::Range;

use super::{Atom, Group, Written};
use crate::article::citations::{Citation, digit};
use crate::document::{Block, Format, MarkKind};
use crate::formats::elements::Elements;
use crate::linter::Checked;
use crate::renumber::rewrite::digits;
use crate::source::Span;

/// Takes the groups of an article apart.
pub struct Reader<'c, 'e> {
    pub checked: &'c Checked,
    pub elements: &'e Elements<'e>,
}

impl Reader<'_, '_> {
    /// The group by its atoms; `None` where its numbers are not printed as numbers.
    pub fn group(&self, citation: &Citation) -> Option<Group> {
        let block = self.checked.document.block(citation.place);
        let text = block.text();
        let mut atoms = Vec::new();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut members = Vec::new();
        for member in &citation.members {
            let (value, length) = digits(text.get(member.range.clone())?)?;
            if value != member.first {
                return None;
            }
            ranges.push(member.range.start..member.range.start + length);
            let first = ranges.len() - 1;
            if let Some(last) = member.last {
                let words = text.get(member.range.clone())?;
                let start = words.char_indices().rev().take_while(|(_, c)| digit(*c).is_some()).last()?.0;
                if digits(&words[start..])?.0 != last || start < length {
                    return None;
                }
                ranges.push(member.range.start + start..member.range.end);
            }
            members.push(Written { first, last: member.last.map(|_| ranges.len() - 1) });
        }
        for range in &ranges {
            atoms.push(self.atom(block, range.clone())?);
        }
        let mut group = Group { members, atoms, separators: Vec::new(), dashes: Vec::new(), is_free: true, form: citation.form };
        for i in 1..ranges.len() {
            let joins = group.members.iter().any(|member| member.last == Some(i));
            if self.gap(&mut group, text, &ranges, i, joins).is_none() {
                group.is_free = false;
            }
        }
        self.tail(&mut group, text, ranges.last()?.end..citation.place.range().end);
        Some(group)
    }

    /// Reads what stands between an atom and the one before it.
    fn gap(&self, group: &mut Group, text: &str, ranges: &[Range<usize>], i: usize, joins: bool) -> Option<()> {
        let gap = text.get(ranges[i - 1].end..ranges[i].start)?;
        let is_pure =
            |words: &str| words.replace(" and ", " ").chars().all(|c| is_separator(c) || matches!(c, '[' | ']' | '(' | ')' | '^'));
        let is_dash = |c: char| matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' | '⁻');
        if joins && !gap.contains(is_dash) || gap.chars().filter(|&c| is_dash(c)).count() > usize::from(joins) {
            return None;
        }
        if !is_pure(&gap.replace(is_dash, "")) {
            // What is said of the work before, as its page, goes with it.
            let behind = gap.trim_end_matches(is_separator);
            let behind = behind.strip_suffix(" and").unwrap_or(behind);
            if joins || behind.len() == gap.len() {
                return None;
            }
            self.extend(group, i - 1, text, ranges[i - 1].end + behind.len())?;
        }
        let (start, end) = (group.atoms[i - 1].end, group.atoms[i].core.start);
        let between = (start <= end).then_some(Span { start, end })?;
        self.is_balanced(between).then_some(())?;
        let gap = self.checked.source.slice(between).to_owned();
        if joins {
            group.dashes.push(gap)
        } else {
            group.separators.push(gap)
        }
        Some(())
    }

    /// What is said behind the last number goes with it.
    fn tail(&self, group: &mut Group, text: &str, rest: Range<usize>) {
        let Some(words) = text.get(rest.clone()) else { return };
        let opened = words.contains(['(', '⁽']);
        let behind = if opened { words.trim_end_matches([']', ' ']) } else { words.trim_end_matches([']', ')', ' ', '^']) };
        if behind.contains(char::is_alphabetic) && self.extend(group, group.atoms.len() - 1, text, rest.start + behind.len()).is_none() {
            group.is_free = false;
        }
    }

    fn extend(&self, group: &mut Group, atom: usize, text: &str, end: usize) -> Option<()> {
        let last = text.get(..end)?.chars().next_back()?.len_utf8();
        let block_end = self.block_of(group, atom)?.prose.span(end - last..end).end;
        let core = group.atoms[atom].core;
        let said = (core.end <= block_end).then_some(Span { start: core.end, end: block_end })?;
        self.is_balanced(said).then_some(())?;
        group.atoms[atom].end = block_end;
        Some(())
    }

    /// The block that an atom stands in.
    fn block_of(&self, group: &Group, atom: usize) -> Option<&Block> {
        let at = group.atoms[atom].digits;
        let blocks = &self.checked.document.blocks;
        blocks.iter().find(|block| block.span.contains(at) && block.prose.range(at).is_some_and(|range| range.len() == at.len()))
    }

    /// A number with the markup that is its own.
    fn atom(&self, block: &Block, range: Range<usize>) -> Option<Atom> {
        let source = self.checked.source.text();
        let number = digits(&block.text()[range.clone()])?.0;
        let digits = block.prose.span(range.clone());
        if source.get(digits.range())? != &block.text()[range.clone()] {
            return None;
        }
        let mut core = digits;
        let mut targets = Vec::new();
        if self.checked.document.format == Format::Markdown {
            (core, targets) = self.markdown(block, range, digits).unwrap_or((core, targets));
        }
        let around = self.elements.around(core).into_iter().flat_map(|i| self.elements.and_ancestors(i));
        for i in around {
            let element = &self.elements.0[i];
            let holds = ["p", "li", "td", "th", "div", "body", "title"].contains(&element.name);
            if holds || !is_number_alone(source, element.inner, &source[digits.range()]) {
                break;
            }
            core = element.span;
        }
        for element in self.elements.starting_in(core) {
            for attribute in &element.attributes {
                let value = &source[attribute.value.range()];
                let start = match attribute.name {
                    "href" => value.find('#').map(|i| i + 1),
                    "rid" if !value.contains(char::is_whitespace) => Some(0),
                    _ => None,
                };
                let behind = |start: usize| Span { start: attribute.value.start + start as u32, end: attribute.value.end };
                targets.extend(start.map(behind));
            }
        }
        Some(Atom { number, digits, core, end: core.end, targets })
    }

    /// `[^4]`, `[4](#ref4)`, `[\[4\]](#ref4)`.
    fn markdown(&self, block: &Block, range: Range<usize>, digits: Span) -> Option<(Span, Vec<Span>)> {
        let source = self.checked.source.text();
        let (before, after) = (&source[..digits.start as usize], &source[digits.end as usize..]);
        if before.ends_with("[^") && after.starts_with(']') {
            return Some((Span { start: digits.start - 2, end: digits.end + 1 }, Vec::new()));
        }
        let link = block
            .marks
            .iter()
            .find(|mark| matches!(mark.kind, MarkKind::Link(_)) && mark.range.start <= range.start && range.end <= mark.range.end)?;
        let words = block.text()[link.range.clone()].trim_matches(['[', ']', '(', ')', ' ']);
        let shown = block.prose.span(link.range.clone());
        let open = source[..shown.start as usize].trim_end_matches('\\').len();
        let rest = &source[shown.end as usize..];
        let target = rest.strip_prefix("](")?;
        let close = target.find(')')?;
        let is_own = words == &block.text()[range] && source[..open].ends_with('[');
        let start = shown.end as usize + 2;
        let hash =
            target[..close].find('#').map(|i| Span::new(start + i + 1, start + target[i..].find([' ', ')']).map_or(close, |end| i + end)));
        is_own.then(|| (Span::new(open - 1, start + close + 1), hash.into_iter().collect()))
    }

    /// Whether every element that touches a place lies in it.
    fn is_balanced(&self, span: Span) -> bool {
        let source = self.checked.source.slice(span);
        if !source.contains(['<', '>']) {
            return true;
        }
        let inside = self.elements.starting_in(span).all(|element| element.span.end <= span.end);
        let tags = self.elements.starting_in(span).filter(|element| element.inner.end < element.span.end).count();
        inside && source.matches("</").count() == tags
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '&' | '，' | '、' | '‚' | '˒' | 'ʼ' | '⸴')
}

/// Whether an element shows a number and nothing else but brackets around it.
fn is_number_alone(source: &str, inner: Span, number: &str) -> bool {
    const LONGEST: usize = 600;
    if inner.len() > LONGEST {
        return false;
    }
    let mut shown = String::new();
    let mut in_tag = false;
    for c in source[inner.range()].chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => shown.push(c),
            _ => {}
        }
    }
    let bare = shown.trim();
    let bare = bare.strip_prefix(['[', '(']).and_then(|bare| bare.strip_suffix([']', ')'])).unwrap_or(bare);
    bare == number
}

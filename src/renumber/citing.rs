//! The citations of the text, written with other numbers in the style of their group.
//!
//! A number that has markup of its own, as `<a href="#ref4">4</a>`, is an atom: it moves with its markup, so that a link goes
//! on leading to its work. What stands between two atoms is the group's separator or its dash.

mod reader;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::listing::List;
use super::rewrite::{Arrangement, Map, patched, print};
use super::{Refusal, place};
use crate::article::citations::{Citation, Form};
use crate::diagnostic::Edit;
use crate::formats::elements::Elements;
use crate::linter::Checked;
use crate::source::Span;
use reader::Reader;

/// The groups of an article, ready to be rewritten.
pub struct Citing<'c> {
    checked: &'c Checked,
    groups: Vec<Option<Group>>,
    style: Style,
    /// What links name the works by.
    targets: BTreeMap<u32, String>,
}

/// A group as it is written.
struct Group {
    members: Vec<Written>,
    atoms: Vec<Atom>,
    /// What stands between the members.
    separators: Vec<String>,
    dashes: Vec<String>,
    /// Its numbers can be put in another order.
    is_free: bool,
    form: Form,
}

/// A member by its atoms.
#[derive(Clone, Copy)]
struct Written {
    first: usize,
    last: Option<usize>,
}

/// A printed number with the markup that is its own.
struct Atom {
    number: u32,
    digits: Span,
    /// With its markup.
    core: Span,
    /// With what is said of its work behind it, as `(p4)`.
    end: u32,
    /// The names of the work in the markup.
    targets: Vec<Span>,
}

/// A work of a group under its new number.
#[derive(Clone, Copy)]
struct Item {
    new: u32,
    /// The old number of its entry.
    old: u32,
    /// Where the group prints it.
    atom: Option<usize>,
    /// The atom that it is written after where it has none.
    like: usize,
}

/// The most works of a range.
const WIDEST: u32 = 500;

impl<'c> Citing<'c> {
    /// Takes the groups apart.
    pub fn of(checked: &'c Checked, elements: &Elements<'_>, list: &List<'_>) -> Self {
        let citations = &checked.article.citations.groups;
        let reader = Reader { checked, elements };
        let groups: Vec<Option<Group>> = citations.iter().map(|citation| reader.group(citation)).collect();
        let style = Style::of(citations, &groups);
        let targets = targets(checked, &groups, list);
        Self { checked, groups, style, targets }
    }

    /// The changes that write every group in new numbers.
    ///
    /// # Errors
    /// A group cannot be written so.
    pub fn edits(&self, map: &Map, arrangement: Arrangement) -> Result<Vec<Edit>, Refusal> {
        let mut edits = Vec::new();
        for (citation, group) in self.checked.article.citations.groups.iter().zip(&self.groups) {
            if citation.numbers.iter().all(|&number| map.of(number) == number) {
                continue;
            }
            let written = group.as_ref().and_then(|group| self.write(group, map, arrangement));
            edits.extend(written.ok_or_else(|| Refusal::Citation(place(self.checked, citation.span)))?);
        }
        Ok(edits)
    }

    fn write(&self, group: &Group, map: &Map, arrangement: Arrangement) -> Option<Vec<Edit>> {
        let mut items = group.items(map)?;
        let plain: Vec<(u32, Option<u32>)> = group.members.iter().filter_map(|member| group.mapped(*member, map)).collect();
        let in_place = plain.len() == group.members.len();
        if arrangement == Arrangement::Sorted {
            items.sort_by_key(|item| (item.new, item.atom.is_none(), item.atom));
            items.dedup_by_key(|item| item.new);
        }
        let tokens = match arrangement {
            Arrangement::Sorted => self.style.joined(group, &items),
            Arrangement::AsWritten => (0..items.len()).map(|i| i..i + 1).collect(),
        };
        let wanted = tokens.iter().map(|token| (items[token.start].new, (token.len() > 1).then(|| items[token.end - 1].new)));
        let sorted = plain.windows(2).all(|pair| pair[0].1.unwrap_or(pair[0].0) < pair[1].0);
        let same_works = group.atoms.iter().all(|atom| !map.merged.contains(&atom.number));
        if in_place && same_works && (wanted.eq(plain.iter().copied()) || !group.is_free && sorted) {
            let text = self.checked.source.text();
            let edit = |atom: &Atom| Edit { span: atom.digits, text: print(map.of(atom.number), &text[atom.digits.range()]) };
            return Some(group.atoms.iter().map(edit).collect());
        }
        if !group.is_free {
            return None;
        }
        let mut text = String::new();
        for (i, token) in tokens.iter().enumerate() {
            if i > 0 {
                text += &self.style.separator(group, i + 1 == tokens.len());
            }
            text += &self.item(group, items[token.start])?;
            if token.len() > 1 {
                text += &self.style.dash(group);
                text += &self.item(group, items[token.end - 1])?;
            }
        }
        Some(vec![Edit { span: group.span()?, text }])
    }

    /// A number with its markup.
    fn item(&self, group: &Group, item: Item) -> Option<String> {
        let text = self.checked.source.text();
        if let Some(atom) = item.atom.map(|atom| &group.atoms[atom]) {
            let number = Edit { span: atom.digits, text: print(item.new, &text[atom.digits.range()]) };
            let mut changes = vec![number];
            if atom.number != item.old {
                changes.extend(self.retarget(atom, item.old)?);
            }
            changes.sort_by_key(|change| change.span);
            return Some(patched(text, Span { start: atom.core.start, end: atom.end }, &changes));
        }
        let atom = &group.atoms[item.like];
        let mut changes = vec![Edit { span: atom.digits, text: print(item.new, &text[atom.digits.range()]) }];
        changes.extend(self.retarget(atom, item.old)?);
        changes.sort_by_key(|change| change.span);
        Some(without_id(&patched(text, atom.core, &changes)))
    }

    /// The changes that lead the links of an atom to another work.
    fn retarget(&self, atom: &Atom, old: u32) -> Option<Vec<Edit>> {
        let change = |span: &Span| Some(Edit { span: *span, text: self.targets.get(&old)?.clone() });
        atom.targets.iter().map(change).collect()
    }
}

/// A copy of an element must not have the id of the element that it was copied from.
fn without_id(element: &str) -> String {
    let tag = &element[..element.find('>').unwrap_or(0)];
    let Some(start) = tag.find(" id=") else { return element.to_owned() };
    let value = &tag[start + 4..];
    let length = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |i| i + 2),
        _ => value.find(char::is_whitespace).unwrap_or(value.len()),
    };
    format!("{}{}", &element[..start], &element[start + 4 + length..])
}

impl Group {
    fn span(&self) -> Option<Span> {
        Some(Span { start: self.atoms.first()?.core.start, end: self.atoms.last()?.end })
    }

    /// The works cited, as they are written.
    fn items(&self, map: &Map) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        for member in &self.members {
            let first = self.atoms[member.first].number;
            let last = member.last.map_or(first, |last| self.atoms[last].number);
            let (low, high) = (first.min(last), first.max(last));
            if high - low > WIDEST {
                return None;
            }
            for number in low..=high {
                let atom = if number == first { Some(member.first) } else { member.last.filter(|_| number == last) };
                items.push(Item { new: map.of(number), old: map.kept(number), atom, like: member.first });
            }
        }
        Some(items)
    }

    /// A member in new numbers, where it is written as it was.
    fn mapped(&self, member: Written, map: &Map) -> Option<(u32, Option<u32>)> {
        let first = self.atoms[member.first].number;
        let Some(last) = member.last.map(|last| self.atoms[last].number) else { return Some((map.of(first), None)) };
        let shift = |number: u32| i64::from(map.of(number)) - i64::from(number);
        let whole = first < last && last - first <= WIDEST && (first..=last).all(|number| shift(number) == shift(first));
        whole.then(|| (map.of(first), Some(map.of(last))))
    }

    /// What a separator of the group has beside its own mark, as the brackets of `][`.
    fn shape(&self) -> String {
        self.separators.iter().chain(&self.dashes).next().map(|gap| shape(gap)).unwrap_or_default()
    }
}

fn shape(gap: &str) -> String {
    gap.chars().filter(|c| matches!(c, '[' | ']' | '(' | ')' | '<' | '>' | '^')).collect()
}

/// What links name the works by: as they do where they are cited, else as the format or the list says.
fn targets(checked: &Checked, groups: &[Option<Group>], list: &List<'_>) -> BTreeMap<u32, String> {
    let mut targets = BTreeMap::new();
    for atom in groups.iter().flatten().flat_map(|group| &group.atoms) {
        if let [target] = atom.targets.as_slice() {
            targets.entry(atom.number).or_insert_with(|| checked.source.slice(*target).to_owned());
        }
    }
    for entry in &checked.article.references.entries {
        if let (Some(number), Some(id)) = (entry.number, entry.ids.first()) {
            targets.entry(number).or_insert_with(|| id.clone());
        }
    }
    let stem = |id: &str| id.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let known = targets.values().next().map(|id| stem(id));
    for slot in &list.slots {
        let named = slot.ids.iter().find(|id| known.as_ref().is_some_and(|known| *known == stem(id))).or(slot.ids.first());
        if let Some(id) = named {
            targets.entry(slot.number).or_insert_with(|| id.clone());
        }
    }
    targets
}

/// How the article separates its numbers and joins them to ranges.
#[derive(Default)]
struct Style {
    separators: HashMap<(Form, String), HashMap<String, usize>>,
    dashes: HashMap<(Form, String), HashMap<String, usize>>,
    /// Runs by whether each number has brackets or a link of its own.
    runs: HashMap<bool, Runs>,
}

/// How often successive numbers are joined, and how often not: two of them, and three or more.
#[derive(Default)]
struct Runs {
    joined: [usize; 2],
    apart: [usize; 2],
}

impl Style {
    fn of(citations: &[Citation], groups: &[Option<Group>]) -> Self {
        let mut style = Self::default();
        for (citation, group) in citations.iter().zip(groups) {
            let Some(group) = group else { continue };
            for (gaps, counts) in [(&group.separators, &mut style.separators), (&group.dashes, &mut style.dashes)] {
                for gap in gaps {
                    *counts.entry((group.form, shape(gap))).or_default().entry(gap.clone()).or_default() += 1;
                }
            }
            let runs = style.runs.entry(!group.shape().is_empty()).or_default();
            let mut alone = 1;
            for (i, member) in citation.members.iter().enumerate() {
                if let Some(last) = member.last {
                    runs.joined[usize::from(last.abs_diff(member.first) > 1)] += 1;
                }
                let next = citation.members.get(i + 1).filter(|next| next.last.is_none() && member.last.is_none());
                if next.is_some_and(|next| next.first == member.first + 1) {
                    alone += 1;
                } else {
                    if alone > 1 {
                        runs.apart[usize::from(alone > 2)] += 1;
                    }
                    alone = 1;
                }
            }
        }
        style
    }

    /// The items as the article would write them: runs that it joins are one token.
    fn joined(&self, group: &Group, items: &[Item]) -> Vec<Range<usize>> {
        let bracketed = !group.shape().is_empty();
        let none = Runs::default();
        let runs = self.runs.get(&bracketed).unwrap_or(&none);
        let joins = |length: usize| match length {
            // `[^1]-[^3]` shows no second note.
            _ if group.form == Form::Footnote => false,
            0 | 1 => false,
            2 => runs.joined[0] > runs.apart[0],
            _ if runs.joined[1] == 0 && runs.apart[1] == 0 => !bracketed,
            _ => runs.joined[1] >= runs.apart[1],
        };
        let is_bare = |item: &Item| item.atom.is_none_or(|atom| group.atoms[atom].core.end == group.atoms[atom].end);
        let mut tokens = Vec::new();
        let mut start = 0;
        while start < items.len() {
            let mut end = start + 1;
            while end < items.len() && items[end].new == items[end - 1].new + 1 && is_bare(&items[end - 1]) && is_bare(&items[end]) {
                end += 1;
            }
            if joins(end - start) {
                tokens.push(start..end);
            } else {
                tokens.extend((start..end).map(|i| i..i + 1));
            }
            start = end;
        }
        tokens
    }

    fn separator(&self, group: &Group, is_last: bool) -> String {
        let last = group.separators.last().filter(|gap| is_last && gap.contains(|c: char| c == '&' || c.is_alphabetic()));
        if let Some(own) = last.or(group.separators.first()) {
            return own.clone();
        }
        let dash = group.dashes.first().map_or("", String::as_str);
        commonest(self.separators.get(&(group.form, shape(dash)))).unwrap_or_else(|| replaced(dash, ","))
    }

    fn dash(&self, group: &Group) -> String {
        if let Some(own) = group.dashes.first() {
            return own.clone();
        }
        let separator = group.separators.first().map_or("", String::as_str);
        let mark = if group.form == Form::UnicodeSuperscript { "⁻" } else { "-" };
        commonest(self.dashes.get(&(group.form, shape(separator)))).unwrap_or_else(|| replaced(separator, mark))
    }
}

/// A gap with another mark in it, and without its blanks: `], [` becomes `]-[`.
fn replaced(gap: &str, mark: &str) -> String {
    let shape = shape(gap);
    let (before, after) = shape.split_at(shape.find(['[', '(']).unwrap_or(shape.len()));
    format!("{before}{mark}{after}")
}

fn commonest(counts: Option<&HashMap<String, usize>>) -> Option<String> {
    counts?.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(gap, _)| gap.clone())
}

//! Numbers that may cite or not, where the order of the numbers says nothing: before a list gets other numbers, a person has
//! to look at them. What is read here as a name or an exponent must be one for sure, since a citation that is passed over
//! would lead to another work.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::Form;
use super::candidates::{Candidate, Strength, is_internal_link};
use super::guards::{is_byline, last_word, value_before};
use super::names::is_name;
use super::numbers::{self, Kind, Member, NumberList, Spacing, digit, is_dash};
use super::style::{Words, glued_word};
use crate::article::references::References;
use crate::document::{Block, Document, MarkKind, Place};

/// The places whose reading is not sure, in the order of the text.
pub fn doubts(document: &Document, references: &References, form: Form, found: &[Candidate], read: &HashSet<(usize, usize)>) -> Vec<Place> {
    let listed: BTreeSet<u32> = references.entries.iter().filter_map(|entry| entry.number).collect();
    let (cites, passed): (Vec<&Candidate>, Vec<&Candidate>) =
        found.iter().partition(|candidate| read.contains(&(candidate.block, candidate.range.start)));
    let hyphenated = if form == Form::Flattened { hyphenated(document) } else { HashSet::new() };
    let reading = Reading { document, listed, form, words: Words::of(document, found), hyphenated, cites, read };
    let mut places: Vec<Place> = Vec::new();
    let most_link = reading.share(|candidate| candidate.linked) > 0.75;
    let counts = enumerations(document, found);
    let few_open = reading.share(|candidate| reading.opens_sentence(candidate)) < 0.25;
    // Where citations are links, a number without one that looks like a note or an exponent is one.
    let passed = passed.into_iter().filter(|candidate| !most_link && reading.may_cite(candidate));
    places.extend(passed.map(place));
    for candidate in &reading.cites {
        let unlinked = most_link && !candidate.linked && candidate.form != Form::Footnote;
        let counts = counts.contains(&place(candidate)) || few_open && reading.opens_sentence(candidate);
        if unlinked || counts || reading.may_be_a_name(candidate) {
            places.push(place(candidate));
        }
    }
    let raised = |block| if most_link { Vec::new() } else { reading.raised(block) };
    for (i, block) in document.blocks.iter().enumerate().filter(|(i, _)| !references.holds_block(*i)) {
        let own = found.partition_point(|candidate| candidate.block < i);
        let own = &found[own..];
        let own = &own[..own.partition_point(|candidate| candidate.block == i)];
        let apart = |range: &Range<usize>| {
            let before = own.partition_point(|candidate| candidate.range.end <= range.start);
            own[before..].iter().take_while(|candidate| candidate.range.start < range.end).all(|candidate| !reading.has_judged(candidate))
        };
        places.extend(raised(block).into_iter().chain(reading.linked(block)).filter(apart).map(|range| Place::new(i, range)));
    }
    places.sort_unstable_by_key(|place| (place.block, place.start));
    places.dedup();
    places
}

fn place(candidate: &Candidate) -> Place {
    Place::new(candidate.block, candidate.range.clone())
}

/// `who (1) understood, (2) agreed, and (3) signed`: three numbers and more that rise from 1 within a block, a word behind each.
fn enumerations(document: &Document, found: &[Candidate]) -> HashSet<Place> {
    let mut places = HashSet::new();
    let mut run: Vec<&Candidate> = Vec::new();
    let counts = |candidate: &&Candidate| {
        let after = document.blocks[candidate.block].text()[candidate.range.end..].trim_start_matches([' ', '“', '"', '‘', '\'']);
        candidate.form == Form::Parenthesis && candidate.list.numbers().count() == 1 && after.starts_with(char::is_alphabetic)
    };
    for candidate in found.iter().filter(counts) {
        let number = candidate.list.members[0].first as usize;
        let goes_on = run.last().is_some_and(|last| last.block == candidate.block) && number == run.len() + 1;
        if !goes_on {
            places.extend(take_enumeration(&mut run));
        }
        if goes_on || number == 1 {
            run.push(candidate);
        }
    }
    places.extend(take_enumeration(&mut run));
    places
}

fn take_enumeration(run: &mut Vec<&Candidate>) -> Vec<Place> {
    let run = std::mem::take(run);
    if run.len() > 2 { run.into_iter().map(place).collect() } else { Vec::new() }
}

struct Reading<'d> {
    document: &'d Document,
    listed: BTreeSet<u32>,
    form: Form,
    words: Words,
    /// Names that have a hyphen before their number elsewhere, without it: `SF36`.
    hyphenated: HashSet<String>,
    /// The candidates that are read as citations, and where they start.
    cites: Vec<&'d Candidate>,
    read: &'d HashSet<(usize, usize)>,
}

impl Reading<'_> {
    /// Whether the other questions were put to a candidate.
    fn has_judged(&self, candidate: &Candidate) -> bool {
        candidate.form == self.form || self.read.contains(&(candidate.block, candidate.range.start))
    }

    fn text(&self, candidate: &Candidate) -> &str {
        self.document.blocks[candidate.block].text()
    }

    /// How many of the citations are so, from 0 to 1.
    fn share(&self, is_so: impl Fn(&Candidate) -> bool) -> f64 {
        self.cites.iter().filter(|candidate| is_so(candidate)).count() as f64 / self.cites.len().max(1) as f64
    }

    /// Whether a number that was passed over may be a citation in the form of the article.
    fn may_cite(&self, candidate: &Candidate) -> bool {
        let in_table = self.document.blocks[candidate.block].in_table();
        if candidate.form != self.form || !candidate.list.numbers().all(|number| self.listed.contains(&number)) {
            return false;
        }
        match candidate.form {
            Form::Flattened => (!in_table || candidate.strength >= Strength::Medium) && !self.is_named(candidate),
            Form::Spaced => !in_table && candidate.strength >= Strength::Weak,
            Form::Parenthesis => !in_table,
            Form::Footnote | Form::Link => false,
            Form::Bracket | Form::Superscript | Form::UnicodeSuperscript => true,
        }
    }

    /// `CO2`, `FEV1`, `kg/m2`: the number belongs to the letters before it.
    fn is_named(&self, candidate: &Candidate) -> bool {
        let [member] = candidate.list.members.as_slice() else { return false };
        let (word, with_number) = glued_word(self.document, candidate);
        if word.is_empty() {
            return candidate.strength == Strength::Faint && member.first < 10;
        }
        let before = &self.text(candidate)[..candidate.range.start - word.len()];
        let (alone, numbered) = self.words.counts(word);
        if word.chars().count() == 1 {
            let lead = last_word(before.trim_end_matches([' ', '\u{a0}', '.']));
            if LETTERED.contains(&lead) {
                return lead.starts_with("vitamin") && word == "B" && [1, 2, 6, 12].contains(&member.first);
            }
            // `T1`, `L3-4`; letters stand alone too, as in `T cells`.
            let code = before.bytes().rev().take_while(u8::is_ascii_digit).count() > 3;
            let added = word == "S" && PARTS.contains(&lead);
            return code
                || added
                || is_unit(before, word, member)
                || member.first < 10 && numbered >= 2 && alone <= numbered
                || is_name(word, member.first);
        }
        // Nobody cites a work, or several, each time that a word occurs.
        let recurring = candidate.strength < Strength::Medium && alone == 0 && numbered >= 3;
        let hyphenated = self.hyphenated.contains(with_number);
        member.last.is_none()
            && (recurring || hyphenated || PARTS.contains(&word) || is_unit(before, word, member) || is_name(word, member.first))
    }

    /// Whether what was read as a citation may be a part of a name, or a value.
    fn may_be_a_name(&self, candidate: &Candidate) -> bool {
        let text = self.text(candidate);
        let (before, after) = (&text[..candidate.range.start], text[candidate.range.end..].trim_start());
        let [member] = candidate.list.members.as_slice() else { return false };
        match candidate.form {
            // `41.8 [21]`: a mean and its deviation.
            Form::Bracket => self.document.blocks[candidate.block].in_table() && value_before(before.trim_end()).is_some(),
            // `CTCAE V.3`
            Form::Flattened if before.ends_with('.') => {
                let word = last_word(before.trim_end_matches('.'));
                let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
                initial && !after.is_empty() && !after.starts_with(char::is_uppercase)
            }
            Form::Flattened if candidate.strength < Strength::Strong && member.last.is_none() => {
                let (word, with_number) = glued_word(self.document, candidate);
                let compared = after.starts_with(['=', '<', '>', '≤', '≥', '±', '×']);
                let ends = after.is_empty() || after.starts_with(['.', ',', ';', ':', ')', '?', '!']);
                let short = !word.is_empty() && word.chars().count() < 4 && !ends && word != "al";
                let alone = self.words.counts(word).0;
                let strange = (short || candidate.strength == Strength::Weak) && alone < 2;
                // `Chao1`, an index, and `Bern1`, an author.
                let capital = alone == 0 && word.starts_with(char::is_uppercase);
                // `(6.78)2`: a square.
                let value = before.strip_suffix(')').is_some_and(|inner| inner.ends_with(|c: char| c.is_ascii_digit()));
                let squared = value && (2..=4).contains(&member.first);
                compared || squared || strange || capital || self.hyphenated.contains(with_number) || is_name(word, member.first)
            }
            _ => false,
        }
    }

    /// `. (2) Details`: a number in parentheses that may count what follows.
    fn opens_sentence(&self, candidate: &Candidate) -> bool {
        let text = self.text(candidate);
        let before = text[..candidate.range.start].trim_end();
        let opens = before.is_empty() || before.ends_with(['.', ':', ';', '?', '!', '”', '"', ')', ',']);
        candidate.form == Form::Parenthesis && opens && text[candidate.range.end..].trim_start().starts_with(char::is_alphanumeric)
    }

    /// Superscripts that are no candidates, and no exponents for sure.
    fn raised(&self, block: &Block) -> Vec<Range<usize>> {
        let text = block.text();
        if is_byline(text) {
            return Vec::new();
        }
        let stretches: Vec<Range<usize>> = match self.form {
            Form::Superscript => {
                let marked = block.marks.iter().filter(|mark| mark.kind == MarkKind::Superscript).map(|mark| mark.range.clone());
                marked.chain(carets(text)).collect()
            }
            Form::UnicodeSuperscript => unicode_stretches(text),
            Form::Flattened => bracketed_stretches(text),
            Form::Bracket => shares(text),
            _ => Vec::new(),
        };
        let subscripts: HashSet<usize> = block
            .marks
            .iter()
            .filter(|mark| mark.kind == MarkKind::Subscript && !mark.range.is_empty())
            .map(|mark| mark.range.end)
            .collect();
        let may_cite = |range: &Range<usize>| {
            self.numbers(text, range).is_some_and(|list| !is_exponent(text, range, &list)) && !subscripts.contains(&range.start)
        };
        stretches.into_iter().filter(may_cite).collect()
    }

    /// Numbers that link to a place in the article.
    fn linked(&self, block: &Block) -> Vec<Range<usize>> {
        let links = block.marks.iter().filter(|mark| is_internal_link(&mark.kind)).map(|mark| mark.range.clone());
        links.filter(|range| self.numbers(block.text(), range).is_some()).collect()
    }

    /// The numbers of a stretch that has nothing else, where all of them are listed.
    fn numbers(&self, text: &str, range: &Range<usize>) -> Option<NumberList> {
        let inner = text[range.clone()].trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | '^'));
        let start = range.start + text[range.clone()].find(inner)?;
        let list = numbers::list(&text[..range.end], start, Spacing::Loose).filter(|list| list.end == start + inner.len());
        list.filter(|list| list.numbers().all(|number| self.listed.contains(&number)))
    }
}

/// The names of a document that are written with a hyphen before their number, each without it: `SF-36` as `SF36`.
fn hyphenated(document: &Document) -> HashSet<String> {
    let mut names = HashSet::new();
    for block in &document.blocks {
        let text = block.text();
        for (at, dash) in text.char_indices().filter(|(_, c)| is_dash(*c)) {
            let behind = &text[at + dash.len_utf8()..];
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            let word = last_word(&text[..at]);
            if (1..=3).contains(&digits) && !word.is_empty() {
                names.insert(format!("{word}{}", &behind[..digits]));
            }
        }
    }
    names
}

/// `^2^`, with its carets.
fn carets(text: &str) -> impl Iterator<Item = Range<usize>> {
    const LONGEST: usize = 40;
    let close = |at: usize| text.as_bytes()[at + 1..].iter().take(LONGEST).position(|byte| *byte == b'^');
    text.match_indices('^').filter_map(move |(at, _)| Some(at..at + close(at)? + 2))
}

/// `[48]`, `[48.]`: what stands between brackets, full stop left out.
fn bracketed_stretches(text: &str) -> Vec<Range<usize>> {
    let inner = |(at, _): (usize, &str)| {
        let words = &text[at + 1..];
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        words[digits..].trim_start_matches('.').starts_with(']').then_some(at + 1..at + 1 + digits)
    };
    text.match_indices('[').filter_map(inner).filter(|range| !range.is_empty()).collect()
}

/// `2% [1–5]`: what stands in brackets behind a share may be its interval.
fn shares(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 40;
    let opened = text.match_indices('[').filter(|(at, _)| text[..*at].trim_end().ends_with('%'));
    let length = |at: usize| text.as_bytes()[at..].iter().take(LONGEST).position(|byte| *byte == b']');
    opened.filter_map(|(at, _)| Some(at..at + length(at)? + 1)).collect()
}

/// The runs of superscript digits with what stands between them.
fn unicode_stretches(text: &str) -> Vec<Range<usize>> {
    let is_raised = |c: char| matches!(digit(c), Some((_, Kind::Superscript)));
    let mut stretches = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_raised).map(|i| at + i) {
        at = start + text[start..].find(|c| !is_raised(c) && c != '⁻').unwrap_or(text.len() - start);
        stretches.push(start..at);
    }
    stretches
}

/// What has numbers of its own: `Table1`, `Text S1`.
const PARTS: &[&str] = &[
    "Appendix",
    "Appendices",
    "Box",
    "Checklist",
    "Dataset",
    "Fig",
    "Figs",
    "Figure",
    "Figures",
    "File",
    "Protocol",
    "Table",
    "Tables",
    "Text",
    "Video",
];

/// What is told apart by a letter, so that a number behind the letter may cite: `hepatitis C1`, `vitamin K2`.
const LETTERED: &[&str] = &[
    "arm",
    "class",
    "factor",
    "grade",
    "group",
    "hepatitis",
    "influenza",
    "protein",
    "serogroup",
    "stage",
    "strain",
    "study",
    "substance",
    "type",
    "vitamin",
    "vitamins",
];

/// Lengths, and what else is squared. A dose is not: `5 mg²` cites.
const SQUARED: &[&str] = &["Eta", "cm", "dm", "eta", "ft", "height", "inch", "km", "m", "meter", "metre", "mm", "nm", "Å", "µm", "μm"];

/// `kg/m2`, `5 mm3`
fn is_unit(before: &str, word: &str, member: &Member) -> bool {
    let behind = before.ends_with(|c: char| c == '/' || c.is_ascii_digit() || c.is_whitespace() || c == '(');
    member.last.is_none() && (2..=3).contains(&member.first) && behind && SQUARED.contains(&word)
}

/// Whether a superscript cannot cite: `m²`, `10⁹`, `Ca²⁺`, `¹³C`, `R² =`.
fn is_exponent(text: &str, range: &Range<usize>, list: &NumberList) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    if before.trim().is_empty() {
        return true;
    }
    let formula = after.trim_start().starts_with(['=', '×', '±', '+', '≈']) || after.starts_with(['⁺', '−', '⁻', '+', 'ᵐ']);
    let isotope =
        before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '–' | '/')) && after.starts_with(char::is_alphabetic);
    let [member] = list.members.as_slice() else { return isotope };
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let power = before.ends_with("10") && digits == 2;
    let head = before.trim_end_matches(|c: char| c.is_whitespace() || is_dash(c));
    let word = last_word(head);
    let lead = head[..head.len() - word.len()].trim_end();
    let free = lead.len() + word.len() < head.len() || !lead.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'));
    // `5 g²` cites, and other capitals may name something: `vitamin K³`.
    let letter = word.chars().count() == 1 && !lead.ends_with(|c: char| c.is_ascii_digit()) && !LETTERED.contains(&last_word(lead));
    let capital = word.starts_with(char::is_uppercase);
    let variable = letter && free && (!capital || matches!(word, "R" | "I" | "X") && member.first == 2);
    // `O⁶-methyl`
    let named = word.chars().count() == 1 && after.starts_with(|c: char| c == '-' || c.is_alphabetic());
    let small = member.last.is_none() && (2..=4).contains(&member.first);
    let raised = named || small && (variable || SQUARED.contains(&word));
    formula || isotope || power || raised || after.starts_with(|c: char| c.is_ascii_digit())
}

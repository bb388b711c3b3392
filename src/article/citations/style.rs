//! Which of the candidates are citations: the whole article is asked first, then each number.

use std::collections::{BTreeSet, HashMap};

use super::candidates::{Candidate, Strength};
use super::flattened::is_year;
use super::guards::last_word;
use super::{Form, Style, columns};
use crate::article::references::References;
use crate::article::shapes::Shapes;
use crate::document::{BlockKind, Document};

/// What speaks for a form being the one the article cites in.
#[derive(Debug, Default)]
struct Evidence {
    groups: usize,
    strong: usize,
    cited: BTreeSet<u32>,
    /// Numbers at their first appearance, and how many of them were the next in order.
    firsts: usize,
    in_order: usize,
    highest: u32,
}

/// What the order of the numbers tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Numbers first appear in rising order, as they should, or nearly.
    Told,
    /// The list is in an order of its own, so that any number may come next.
    Lost,
}

/// What is known of the numbers an article may cite.
struct Numbers {
    /// The printed numbers of the list.
    listed: BTreeSet<u32>,
    highest: u32,
}

impl Evidence {
    fn of(candidates: &[Candidate], form: Form, numbers: &Numbers) -> Self {
        let mut evidence = Self::default();
        for candidate in candidates.iter().filter(|c| c.form == form && c.strength >= Strength::Medium) {
            let all: Vec<u32> = candidate.list.numbers().collect();
            if !numbers.listed.is_empty() && all.iter().any(|&n| n > numbers.highest) {
                continue;
            }
            evidence.groups += 1;
            evidence.strong += usize::from(candidate.strength == Strength::Strong);
            for n in all {
                if evidence.cited.insert(n) {
                    evidence.firsts += 1;
                    evidence.in_order += usize::from(n <= evidence.highest + 1);
                    evidence.highest = evidence.highest.max(n);
                }
            }
        }
        evidence
    }

    /// How much of the list, or of its own numbers, this reading explains: from 0 to 1.
    fn coverage(&self, numbers: &Numbers) -> f64 {
        let whole = if numbers.listed.is_empty() { self.highest as usize } else { numbers.listed.len() };
        let cited = if numbers.listed.is_empty() { self.cited.len() } else { self.cited.intersection(&numbers.listed).count() };
        if whole == 0 { 0.0 } else { cited as f64 / whole as f64 }
    }

    fn order(&self) -> f64 {
        if self.firsts == 0 { 0.0 } else { self.in_order as f64 / self.firsts as f64 }
    }
}

const FORMS: [Form; 7] =
    [Form::Superscript, Form::UnicodeSuperscript, Form::Bracket, Form::Parenthesis, Form::Flattened, Form::Spaced, Form::Footnote];

/// Chooses the style and keeps the candidates that are citations, in reading order. `listed` are the numbers of the list.
pub fn choose(
    document: &Document,
    references: &References,
    listed: BTreeSet<u32>,
    mut candidates: Vec<Candidate>,
    order: Order,
) -> (Style, Vec<Candidate>) {
    drop_notes(document, references, &mut candidates);
    let numbers = Numbers { highest: listed.last().copied().unwrap_or(0), listed };
    let author_year = author_year_citations(document, references);
    let evidence: Vec<(Form, Evidence)> = FORMS.iter().map(|&form| (form, Evidence::of(&candidates, form, &numbers))).collect();
    let best = evidence
        .iter()
        .filter(|(form, e)| is_possible(*form, e, references, &numbers, author_year))
        .max_by(|a, b| worth(a, &numbers).total_cmp(&worth(b, &numbers)));
    let Some((form, found)) = best else {
        let footnotes: Vec<_> = candidates.into_iter().filter(|c| c.form == Form::Footnote).collect();
        let why =
            if author_year >= 3 { format!("{author_year} citations by author and year") } else { "no numbers in the text cite".to_owned() };
        return (Style { form: None, author_year: author_year >= 3, why }, footnotes);
    };
    let (form, why) = (*form, reason(*form, found, &numbers));
    let kept = keep(document, candidates, form, &numbers, order);
    (Style { form: Some(form), author_year: false, why }, kept)
}

/// Beside a numbered list of references, footnotes are notes: `[^1]` cites none of its entries.
fn drop_notes(document: &Document, references: &References, candidates: &mut Vec<Candidate>) {
    let label = |i: usize| match &document.blocks[i].kind {
        BlockKind::Footnote { label } => label.parse::<u32>().ok(),
        _ => None,
    };
    let apart = !references.blocks.is_empty() && references.blocks.iter().cloned().flatten().all(|i| label(i).is_none());
    if apart && references.entries.iter().any(|entry| entry.number.is_some()) {
        let notes: BTreeSet<u32> = (0..document.blocks.len()).filter_map(label).collect();
        candidates.retain(|c| c.form != Form::Footnote || !c.list.numbers().all(|n| notes.contains(&n)));
    }
}

/// The least that must speak for a form.
fn is_possible(form: Form, evidence: &Evidence, references: &References, numbers: &Numbers, author_year: usize) -> bool {
    let coverage = evidence.coverage(numbers);
    if form == Form::Footnote {
        return evidence.groups > 0;
    }
    let plain = matches!(form, Form::Flattened | Form::Spaced);
    if numbers.listed.is_empty() {
        // No numbered list: only a run of numbers from 1 on, and more of them than of authors with years. A list may lose
        // its numbers on copying: then they fit its length.
        let enough = match references.entries.len() {
            0 => 2,
            entries if evidence.highest as usize == entries => 3,
            _ => 4,
        };
        return evidence.strong >= enough
            && coverage >= 0.6
            && evidence.order() >= 0.6
            && author_year < evidence.groups.max(3)
            && (!plain && form != Form::Parenthesis || evidence.strong >= 3);
    }
    let least = if plain { 2 } else { 1 };
    // The first of two styles may be rare in a long article of the other: authors and years win then.
    evidence.strong.max(evidence.groups / 2) >= least && !(author_year >= 5 && coverage < 0.4)
}

fn worth((form, evidence): &(Form, Evidence), numbers: &Numbers) -> f64 {
    let weight = match form {
        Form::Footnote => 1.2,
        Form::Flattened | Form::Parenthesis => 0.9,
        Form::Spaced => 0.7,
        _ => 1.0,
    };
    weight * evidence.coverage(numbers) * (0.4 + 0.6 * evidence.order()) + 0.001 * (evidence.strong.min(50) as f64)
}

fn reason(form: Form, evidence: &Evidence, numbers: &Numbers) -> String {
    let name = form.name();
    let of = if numbers.listed.is_empty() { String::new() } else { format!(" of the {} listed", numbers.listed.len()) };
    let cited = if numbers.listed.is_empty() { evidence.cited.len() } else { evidence.cited.intersection(&numbers.listed).count() };
    format!(
        "{} groups in the form “{name}” cite {cited} numbers{of}; {} of {} numbers first appear in rising order",
        evidence.groups, evidence.in_order, evidence.firsts
    )
}

/// Keeps the citations of the chosen form, and of another form where it cites what nothing else does.
fn keep(document: &Document, candidates: Vec<Candidate>, form: Form, numbers: &Numbers, order: Order) -> Vec<Candidate> {
    let words = if matches!(form, Form::Flattened) { Words::of(document, &candidates) } else { Words::default() };
    let mut highest = 0;
    let mut primary = vec![false; candidates.len()];
    for (i, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.form == form) {
        if is_citation(document, candidate, numbers, highest, &words, order) {
            primary[i] = true;
            highest = candidate.list.numbers().filter(|n| !numbers.beyond(*n)).max().unwrap_or(0).max(highest);
        }
    }
    if order == Order::Told {
        fill_holes(&candidates, &mut primary, form, numbers);
        columns::fill(document, &candidates, &mut primary, form, &numbers.listed);
    }
    let cited: BTreeSet<u32> = candidates.iter().zip(&primary).filter(|(_, kept)| **kept).flat_map(|(c, _)| c.list.numbers()).collect();
    let fills = |c: &Candidate| {
        let explicit = matches!(c.form, Form::Superscript | Form::UnicodeSuperscript | Form::Bracket) && c.strength == Strength::Strong;
        let listed = c.list.numbers().all(|n| numbers.listed.contains(&n));
        explicit && listed && c.list.numbers().any(|n| !cited.contains(&n))
    };
    let tells = |c: &Candidate| c.telling && c.list.numbers().all(|n| numbers.listed.contains(&n));
    let filled = candidates.iter().filter(|c| c.form != form && fills(c)).count();
    let other: Vec<bool> = candidates.iter().map(|c| c.form == Form::Footnote || c.linked || tells(c) || filled >= 2 && fills(c)).collect();
    candidates
        .into_iter()
        .zip(primary)
        .zip(other)
        .filter(|((c, primary), other)| *primary || c.form != form && *other)
        .map(|((c, _), _)| c)
        .collect()
}

/// Where the first appearances skip a listed number, a number of that value between the two is its citation, however faint
/// its shape: the list and the order speak for it.
fn fill_holes(candidates: &[Candidate], kept: &mut [bool], form: Form, numbers: &Numbers) {
    let (mut highest, mut from) = (0, 0);
    for i in 0..=candidates.len() {
        let is_kept = i < candidates.len() && kept[i];
        if i < candidates.len() && !is_kept {
            continue;
        }
        let new =
            candidates.get(i).map_or(Some(numbers.highest + 1), |c| c.list.numbers().filter(|&n| n > highest && !numbers.beyond(n)).min());
        let Some(new) = new else { continue };
        let missing: Vec<u32> = numbers.listed.range(highest + 1..new.max(highest + 1)).copied().collect();
        if !missing.is_empty() {
            let mut expected = 0;
            for j in from..i {
                let candidate = &candidates[j];
                let fits = candidate.list.numbers().any(|n| missing.get(expected) == Some(&n));
                let plain = candidate.list.numbers().all(|n| n <= new)
                    && candidate.list.members.iter().all(|m| m.last.is_none_or(|last| last > m.first));
                if candidate.form == form && !kept[j] && fits && plain {
                    kept[j] = true;
                    expected = missing.iter().take_while(|&&m| candidate.list.numbers().any(|n| n >= m)).count();
                }
            }
        }
        if let Some(candidate) = candidates.get(i) {
            highest = candidate.list.numbers().filter(|n| !numbers.beyond(*n)).max().unwrap_or(0).max(highest);
            from = i;
        }
    }
}

impl Numbers {
    fn beyond(&self, n: u32) -> bool {
        !self.listed.is_empty() && n > self.highest
    }
}

/// Whether a candidate of the chosen form cites, given the highest number cited before it.
fn is_citation(document: &Document, candidate: &Candidate, numbers: &Numbers, highest: u32, words: &Words, order: Order) -> bool {
    if candidate.linked || candidate.form == Form::Footnote {
        return true;
    }
    let all: Vec<u32> = candidate.list.numbers().collect();
    let top = if numbers.listed.is_empty() { highest + 12 } else { numbers.highest };
    let within = all.iter().all(|&n| n <= top);
    let near = |slack: u32| within || all.iter().all(|&n| n <= top + slack);
    let next = all.iter().all(|&n| n <= highest + 1 + all.len() as u32);
    let partly = all.iter().any(|&n| n <= top);
    // Past the end of the list a lone number needs the shape of a citation, or to be the next one.
    let beyond = !within && !partly && all.iter().any(|&n| n > highest + 5 || n > top + 5);
    let crosses =
        candidate.list.members.iter().any(|m| m.last.is_some_and(|last| last > top && (m.first > highest + 3 || last > top + 10)));
    // `(14–30)`: nobody cites as many old works in a row.
    let wide = candidate.list.members.iter().any(|m| m.last.is_some_and(|last| last > m.first + 6 && last <= highest));
    match (candidate.form, candidate.strength) {
        (_, Strength::Faint) => false,
        (Form::Parenthesis, Strength::Medium) if wide => false,
        (Form::Superscript | Form::UnicodeSuperscript | Form::Flattened | Form::Parenthesis, _)
            if is_table_note(document, candidate, highest) =>
        {
            false
        }
        (Form::Flattened | Form::UnicodeSuperscript | Form::Superscript, _) if is_title_note(document, candidate, highest) => false,
        (Form::Superscript | Form::UnicodeSuperscript | Form::Bracket, _) => partly && near(top + 100) || near(20 + top / 2),
        (Form::Flattened, Strength::Strong) => near(15 + top / 4) && !crosses,
        (Form::Flattened, Strength::Medium) => near(12) && !beyond && !crosses && words.allow(document, candidate, all.len()),
        (Form::Flattened, Strength::Weak) => within && (next || order == Order::Lost) && words.allow_name(document, candidate),
        (Form::Parenthesis, Strength::Strong) => near(15) && !beyond && !crosses,
        (Form::Parenthesis, Strength::Medium) => {
            near(12) && !beyond && !crosses && (all.len() > 1 || all.iter().all(|&n| n <= highest + jump(top)))
        }
        (Form::Parenthesis | Form::Spaced, Strength::Weak) => within && next && !document.blocks[candidate.block].in_table(),
        _ => near(5) && all.iter().all(|&n| n <= highest + jump(top)),
    }
}

/// How far ahead of the highest number so far a lone number may be that only its place speaks for.
fn jump(top: u32) -> u32 {
    6 + top / 10
}

/// A small number in a table that cites nothing new is the mark of a note, unless authors stand before it.
fn is_table_note(document: &Document, candidate: &Candidate, highest: u32) -> bool {
    let block = &document.blocks[candidate.block];
    let before = &block.text()[..candidate.range.start];
    let small = candidate.list.members.len() == 1 && candidate.list.numbers().all(|n| n <= highest.min(9));
    block.in_table() && (ends_with_value(before) || small && last_word(before) != "al")
}

/// Before the first citation a number behind a line without a full stop is the note of a title: `in two cohorts12`.
fn is_title_note(document: &Document, candidate: &Candidate, highest: u32) -> bool {
    let text = document.blocks[candidate.block].text();
    let first = highest == 0 && candidate.list.numbers().all(|n| n > 1);
    first && text[candidate.range.end..].trim().is_empty() && !text[..candidate.range.start].ends_with(['.', '?', '!', '”', '"', ')'])
}

/// `60 (11.4)16`, `15 (50%)15`: two cells of a table, glued.
fn ends_with_value(before: &str) -> bool {
    before.strip_suffix(')').is_some_and(|inner| inner.ends_with(|c: char| c.is_numeric() || c == '%'))
}

/// The words of an article, to tell a word with a citation from a name with a number.
#[derive(Default)]
pub struct Words {
    /// How often a word with its number stands in the article: a name recurs, a citation hardly.
    with_number: HashMap<String, u32>,
    /// How often a word stands alone, and how often with any number glued to it.
    seen: HashMap<String, (u32, u32)>,
}

impl Words {
    pub fn of(document: &Document, candidates: &[Candidate]) -> Self {
        let mut words = Self::default();
        for candidate in candidates.iter().filter(|c| c.form == Form::Flattened && c.strength < Strength::Strong) {
            let (word, _) = glued_word(document, candidate);
            words.seen.insert(word.to_owned(), (0, 0));
        }
        let shapes = Shapes::of(&words.seen.keys().map(String::as_str).collect::<Vec<_>>());
        for block in &document.blocks {
            let whole = block.prose.words().map(|range| &block.text()[range]);
            for (letters, digits) in whole.flat_map(letters_and_digits).filter(|(letters, _)| shapes.may_hold(letters)) {
                let Some((alone, numbered)) = words.seen.get_mut(letters) else { continue };
                if digits.is_empty() {
                    *alone += 1;
                } else {
                    *numbered += 1;
                    *words.with_number.entry(format!("{letters}{digits}")).or_default() += 1;
                }
            }
        }
        words
    }

    /// How often a word stands alone, and how often with any number behind it.
    pub fn counts(&self, word: &str) -> (u32, u32) {
        self.seen.get(word).copied().unwrap_or_default()
    }

    /// A word of the language: it recurs with one number only where it also stands alone.
    fn allow(&self, document: &Document, candidate: &Candidate, numbers: usize) -> bool {
        let (word, with_number) = glued_word(document, candidate);
        let recurs = self.with_number.get(with_number).copied().unwrap_or(0);
        let (alone, _) = self.counts(word);
        word.is_empty() || word == "al" || numbers > 1 || recurs <= 2 || alone >= 1
    }

    /// A name or an abbreviation: it must stand alone far more often than with numbers.
    fn allow_name(&self, document: &Document, candidate: &Candidate) -> bool {
        let (word, _) = glued_word(document, candidate);
        let (alone, numbered) = self.counts(word);
        word.is_empty() || alone >= 2 * numbered
    }
}

/// The runs of letters of a word, each with the digits glued to it: `HER2` is one, `of4and5` are two.
fn letters_and_digits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = word;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        let plain = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let letters = plain + rest[plain..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - plain);
        let digits = rest[letters..].bytes().take_while(u8::is_ascii_digit).count();
        let (found, behind) = (&rest[..letters + digits], &rest[letters + digits..]);
        rest = behind;
        (!found.is_empty()).then(|| found.split_at(letters))
    })
}

/// The letters before a flattened citation, and the same with the digits of its first number.
pub fn glued_word<'d>(document: &'d Document, candidate: &Candidate) -> (&'d str, &'d str) {
    let text = document.blocks[candidate.block].text();
    let word = last_word(&text[..candidate.range.start]);
    let first = candidate.list.members[0].range.start;
    let digits = text[first..].bytes().take_while(u8::is_ascii_digit).count();
    (word, &text[candidate.range.start - word.len()..first + digits])
}

/// Citations such as `(Author et al., 2003)` and `Author and Writer (2003)` in the text.
fn author_year_citations(document: &Document, references: &References) -> usize {
    let mut count = 0;
    for (i, block) in document.blocks.iter().enumerate() {
        if references.holds_block(i) {
            continue;
        }
        let text = block.text();
        for at in memchr::memchr2_iter(b'1', b'2', text.as_bytes()) {
            let year = text.get(at..at + 4).is_some_and(is_year) && !text.as_bytes().get(at + 4).is_some_and(u8::is_ascii_digit);
            if !year {
                continue;
            }
            let before = text[..at].trim_end_matches(['(', ' ', '\n', ',']);
            let joined = before.len() < at && !text[..at].ends_with(|c: char| c.is_ascii_digit());
            if joined && (before.ends_with("et al.") || before.ends_with("et al") || ends_with_authors(before)) {
                count += 1;
            }
        }
    }
    count
}

/// `Author and Writer`, `Author & Writer`, `(Author`, `; Author`.
fn ends_with_authors(before: &str) -> bool {
    let name = last_word(before);
    let lead = before[..before.len() - name.len()].trim_end();
    let capital = name.chars().next().is_some_and(char::is_uppercase) && name.chars().count() > 2;
    let month = matches!(
        name,
        "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "Jan"
            | "Feb"
            | "Mar"
            | "Apr"
            | "Jun"
            | "Jul"
            | "Aug"
            | "Sep"
            | "Sept"
            | "Oct"
            | "Nov"
            | "Dec"
    );
    capital && !month && (lead.ends_with(" and") || lead.ends_with('&') || lead.ends_with('(') || lead.ends_with(';'))
}

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::references::Reference;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "reference-punctuation",
    category: Category::References,
    summary: "parts of an entry are glued together, or its marks and spaces differ from those of the list",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/reference-punctuation.md"),
    make: make::<ReferencePunctuation>,
    defaults: defaults::<ReferencePunctuation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReferencePunctuation {}

/// A place in an entry where a mark or space is wrong, and what should stand there.
struct Slip<'a> {
    entry: &'a Reference,
    /// What is shown: the mark with a little around it.
    shown: Range<usize>,
    /// What is replaced.
    range: Range<usize>,
    text: &'static str,
}

impl Rule for ReferencePunctuation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let entries = &cx.article.references.entries;
        let glued: Vec<Slip<'_>> = entries.iter().flat_map(glued).filter(Slip::is_written).collect();
        report(&glued, "lacks a space between two parts", "Part them", sink);
        let doubled: Vec<Slip<'_>> = entries.iter().flat_map(doubled).filter(Slip::is_written).collect();
        report(&doubled, "has one mark too many", "Write one mark", sink);
        spaces(entries, sink);
        ends(entries, sink);
    }
}

impl Slip<'_> {
    /// Whether the source reads as the entry does: between two elements of a page the style sheet may part them.
    fn is_written(&self) -> bool {
        self.entry.prose.editable(self.shown.clone()).is_some()
    }

    fn words(&self) -> &str {
        &self.entry.text()[self.shown.clone()]
    }
}

/// A few slips are told one by one; a list with more of a kind lost its marks as a whole, and one note says so.
const SINGLE: usize = 5;

fn report(slips: &[Slip<'_>], what: &str, help: &str, sink: &mut Sink<'_>) {
    if slips.len() <= SINGLE {
        for slip in slips {
            note(std::slice::from_ref(slip), format!("“{}” {what}", slip.words()), help, sink);
        }
    } else {
        note(slips, format!("“{}” {what}, and so do {} more places", slips[0].words(), slips.len() - 1), help, sink);
    }
}

/// One finding for some slips of a kind, with what mends them all.
fn note(slips: &[Slip<'_>], message: String, help: &str, sink: &mut Sink<'_>) {
    let Some((first, rest)) = slips.split_first() else { return };
    let mut finding = Finding::new(first.entry.span_of(first.shown.clone()), message).help(help);
    for slip in rest.iter().take(10) {
        finding = finding.label(slip.entry.span_of(slip.shown.clone()), "here too");
    }
    let edits = slips.iter().map(|slip| Some(Edit { span: slip.entry.prose.editable(slip.range.clone())?, text: slip.text.to_owned() }));
    if let Some(edits) = edits.collect::<Option<Vec<_>>>() {
        finding = finding.fix(Safety::Safe, help, edits);
    }
    sink.report(finding);
}

/// `(MCRC).J Clin Oncol`, `Surgeons2007`.
fn glued(entry: &Reference) -> impl Iterator<Item = Slip<'_>> {
    entry.glued_seams().map(|seam| Slip { entry, shown: around(entry.text(), &seam), range: seam, text: ". " })
}

/// Two full stops, commas, semicolons or colons in a row; “et al..” belongs to another rule, and three are an ellipsis.
fn doubled(entry: &Reference) -> impl Iterator<Item = Slip<'_>> {
    let text = entry.text();
    let twice = [("..", "."), (",,", ","), (";;", ";"), ("::", ":"), (",.", ".")];
    twice.into_iter().filter_map(move |(marks, text_of)| {
        let start = text.find(marks)?;
        let range = start..start + marks.len();
        let lone = !text[..start].ends_with(['.', '/']) && !text[range.end..].starts_with(['.', '/']) && !text[..start].ends_with("et al");
        let parts = text[range.end..].starts_with([' ', '\u{a0}']) || range.end == text.len();
        (lone && parts).then(|| Slip { entry, shown: around(text, &range), range, text: text_of })
    })
}

/// The words on both sides of a mark.
fn around(text: &str, seam: &Range<usize>) -> Range<usize> {
    let start = text[..seam.start].rfind([' ', '\u{a0}']).map_or(0, |space| space + text[space..].chars().next().map_or(1, char::len_utf8));
    let rest = &text[seam.end..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '.' | ':')).map_or(text.len(), |end| seam.end + end);
    start..end
}

/// `2007; 205: 468` among `2004;351:337`.
fn spaces(entries: &[Reference], sink: &mut Sink<'_>) {
    let mut spaced = Vec::new();
    let mut tight = Vec::new();
    for entry in entries {
        let Some([before, behind]) = entry.locator_seams() else { continue };
        for seam in [before, behind] {
            let is_spaced = entry.text()[seam.clone()].contains(char::is_whitespace);
            if is_spaced { &mut spaced } else { &mut tight }.push((entry, seam));
        }
    }
    let (few, many, what, other) =
        if spaced.len() < tight.len() { (spaced, tight, "a space", "none") } else { (tight, spaced, "no space", "one") };
    // Two marks an entry: three entries make a form, and a third of them is too many for slips.
    if many.len() < 6 || few.len() * 3 > many.len() {
        return;
    }
    let slips: Vec<Slip<'_>> = few.into_iter().map(|(entry, seam)| respaced(entry, seam)).filter(Slip::is_written).collect();
    let Some(first) = slips.first() else { return };
    let more = more(slips.len(), "has", "have");
    let message = format!("“{}” has {what} behind its mark{more}; {} places of the list have {other}", first.words(), many.len());
    note(&slips, message, "Write all volumes and pages alike", sink);
}

/// A mark before volume or pages with its space turned round.
fn respaced(entry: &Reference, seam: Range<usize>) -> Slip<'_> {
    let text = entry.text();
    let spaced = text[seam.clone()].contains(char::is_whitespace);
    let replaced = match (text[seam.clone()].trim(), spaced) {
        (";", true) => ";",
        (";", false) => "; ",
        (_, true) => ":",
        (_, false) => ": ",
    };
    let digits = text[seam.end..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| seam.end + end);
    Slip { entry, shown: seam.start..digits, range: seam, text: replaced }
}

/// A final full stop that most entries have and some lack, or the other way round.
fn ends(entries: &[Reference], sink: &mut Sink<'_>) {
    let ended = entries.iter().filter_map(|entry| Some((entry, entry.is_closed()?)));
    let (closed, open): (Vec<_>, Vec<_>) = ended.partition(|(_, closed)| *closed);
    let (few, many, what, other, text, help) = if open.len() < closed.len() {
        (open, closed, "without a full stop", "with one", ".", "End all entries with a full stop")
    } else {
        (closed, open, "with a full stop", "without one", "", "End all entries without a full stop")
    };
    if many.len() < 4 || few.len() * 4 > many.len() * 3 {
        return;
    }
    let slips: Vec<Slip<'_>> = few.iter().filter_map(|(entry, _)| end(entry, text)).filter(Slip::is_written).collect();
    let Some(first) = slips.first() else { return };
    let more = more(slips.len(), "does", "do");
    let message = format!("“{}” ends its entry {what}{more}; {} entries end {other}", first.words(), many.len());
    note(&slips, message, help, sink);
}

/// How many places follow the first.
fn more(places: usize, one: &str, several: &str) -> String {
    match places {
        0 | 1 => String::new(),
        2 => format!(", and so {one} 1 more"),
        _ => format!(", and so {several} {} more", places - 1),
    }
}

/// Whether a DOI or a PMID begins among the last two words of an entry: `doi:10.1136/gut. 50.1.1`, `PMID: 123 45678`.
fn ends_in_identifier(words: &str) -> bool {
    let mut last = words.rsplit(char::is_whitespace).skip(1);
    let (second, third) = (last.next().unwrap_or(""), last.next().unwrap_or(""));
    let doi = second.contains("10.") && second.contains('/') || second.ends_with("doi.org/") || second.starts_with("doi:10.");
    doi || third.starts_with("PMID")
}

/// The last word of an entry, and its full stop where it has one.
fn end<'a>(entry: &'a Reference, text: &'static str) -> Option<Slip<'a>> {
    let words = entry.text().trim_end();
    // Behind an identifier that is broken by a space, nobody knows what ends it.
    if ends_in_identifier(words) {
        return None;
    }
    let last = words.rfind(char::is_whitespace).map_or(0, |space| space + words[space..].chars().next().map_or(1, char::len_utf8));
    let range = words.trim_end_matches('.').len()..words.len();
    (last < words.len()).then_some(Slip { entry, shown: last..words.len(), range, text })
}

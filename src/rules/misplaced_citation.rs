use serde::{Deserialize, Serialize};

use crate::article::citations::{Citation, Form, Side};
use crate::article::majority::majority;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::{Block, Document};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "misplaced-citation",
    category: Category::Citations,
    summary: "a citation stands on the other side of its full stop or comma than most do",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/misplaced-citation.md"),
    make: make::<MisplacedCitation>,
    defaults: defaults::<MisplacedCitation>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MisplacedCitation {
    side: Wanted,
}

/// On which side of a mark citations belong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Wanted {
    /// Where most citations of the article stand at the same mark.
    #[default]
    Majority,
    /// Behind full stops and commas, before colons and semicolons.
    Ama,
    Before,
    After,
}

/// The fewest citations at one mark that make a habit.
const HABIT: usize = 5;

impl Rule for MisplacedCitation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let prose = |block: &Block| !block.in_table() && !block.is_heading();
        let groups = cx.article.citations.groups.iter().filter(|group| prose(cx.document.block(group.place)));
        let placed: Vec<(&Citation, char, Side)> = groups
            .filter(|group| Some(group.form) == cx.article.citations.style.form && !may_be_note(cx, group))
            .filter_map(|group| group.side(cx.document.block(group.place)).map(|(mark, side)| (group, mark, side)))
            .collect();
        for mark in ['.', ',', ';', ':'] {
            let at_mark = || placed.iter().filter(move |(_, other, _)| *other == mark);
            let Some(side) = self.side(mark, at_mark().map(|(_, _, side)| *side)) else { continue };
            let wrong: Vec<&Citation> = at_mark().filter(|(_, _, other)| *other != side).map(|(group, _, _)| *group).collect();
            self.report(cx.document, &wrong, (mark, side), at_mark().count(), sink);
        }
    }
}

impl MisplacedCitation {
    fn side(&self, mark: char, sides: impl Iterator<Item = Side> + Clone) -> Option<Side> {
        match self.side {
            Wanted::Before => Some(Side::Before),
            Wanted::After => Some(Side::After),
            Wanted::Ama => Some(if matches!(mark, '.' | ',') { Side::After } else { Side::Before }),
            Wanted::Majority => {
                let all = sides.clone().count();
                // A fifth on the other side is two habits, or a reading that went wrong, and no slip.
                majority(sides).filter(|(_, most)| *most >= HABIT && (all - most) * 5 <= *most).map(|(side, _)| side)
            }
        }
    }

    fn report(&self, document: &Document, wrong: &[&Citation], (mark, side): (char, Side), all: usize, sink: &mut Sink<'_>) {
        let name = match mark {
            '.' => "full stop",
            ',' => "comma",
            ';' => "semicolon",
            _ => "colon",
        };
        let (here, there) = if side == Side::After { ("before", "behind") } else { ("behind", "before") };
        let step = if wrong.len() > SINGLE { wrong.len() } else { 1 };
        let by = match self.side {
            Wanted::Majority => format!("{} of {all} citations at a {name} stand", all - wrong.len()),
            _ => "the style sets it".to_owned(),
        };
        for groups in wrong.chunks(step) {
            let (first, rest) = (groups[0], &groups[1..]);
            let more = if rest.is_empty() { String::new() } else { format!(", and so do {} more", rest.len()) };
            let message = format!("“{}” stands {here} its {name}{more}; {by} {there} it", document.words(first.place));
            let mut finding = Finding::new(first.span, message).help(format!("Move the citation {there} the {name}"));
            for group in rest.iter().take(10) {
                finding = finding.label(group.span, "here too");
            }
            let edits = groups.iter().map(|group| moved(document.block(group.place), group, mark, side));
            if let Some(edits) = edits.collect::<Option<Vec<_>>>() {
                finding = finding.fix(Safety::Unsafe, format!("Move it {there} the {name}"), edits);
            }
            sink.report(finding);
        }
    }
}

/// A few slips are told one by one; many are one habit, told once.
const SINGLE: usize = 5;

/// Whether a superscript may be the mark of a note, or the number of a name: a small one that was cited before.
fn may_be_note(cx: &Cx<'_>, group: &Citation) -> bool {
    let first = |n: &u32| cx.article.numbering.cited.get(n).is_some_and(|&at| std::ptr::eq(&cx.article.citations.groups[at], group));
    let raised = !matches!(group.form, Form::Bracket | Form::Parenthesis);
    raised && matches!(group.numbers.as_slice(), [n] if *n <= 9 && !first(n))
}

/// The citation and its mark in the other order.
fn moved(block: &Block, group: &Citation, mark: char, side: Side) -> Option<Edit> {
    let (text, range) = (block.text(), group.place.range());
    let words = &text[range.clone()];
    if side == Side::After {
        let before = text[..range.start].trim_end();
        let span = block.prose.editable(before.len()..range.end + 1)?;
        return Some(Edit { span, text: format!("{mark}{}{words}", &text[before.len()..range.start]) });
    }
    let before = text[..range.start].trim_end();
    let head = before.strip_suffix(mark)?;
    let span = block.prose.editable(head.len()..range.end)?;
    Some(Edit { span, text: format!("{}{words}{mark}", &text[before.len()..range.start]) })
}

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::citations::Citation;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "uncollapsed-citation",
    category: Category::Citations,
    summary: "three or more successive numbers are written one by one",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/uncollapsed-citation.md"),
    make: make::<UncollapsedCitation>,
    defaults: defaults::<UncollapsedCitation>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct UncollapsedCitation {
    /// The shortest run to be joined, in numbers.
    min_run: u8,
    dash: Dash,
}

impl Default for UncollapsedCitation {
    fn default() -> Self {
        Self { min_run: 3, dash: Dash::Majority }
    }
}

/// How a run is joined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Dash {
    /// As the other ranges of the article; a hyphen where there is none.
    Majority,
    Hyphen,
    En,
}

impl Rule for UncollapsedCitation {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let groups = &cx.article.citations.groups;
        let runs: Vec<(&Citation, Range<usize>)> = groups
            .iter()
            .filter(|group| !group.apart && group.is_plain(cx.document))
            .filter_map(|group| Some((group, self.run(group)?)))
            .collect();
        let joined = groups.iter().filter(|group| group.members.iter().any(|m| m.last.is_some())).count();
        let dash = self.dash_of(cx);
        // Written so throughout it is the style of the house, and one note is enough.
        let habit = runs.len() >= 3 && joined * 4 < runs.len();
        if habit {
            report(cx, &runs, dash, sink);
        } else {
            runs.iter().for_each(|run| report(cx, std::slice::from_ref(run), dash, sink));
        }
    }
}

/// One finding for some runs, at the first.
fn report(cx: &Cx<'_>, runs: &[(&Citation, Range<usize>)], dash: char, sink: &mut Sink<'_>) {
    let places = runs.iter().map(|(group, run)| {
        let members = &group.members[run.clone()];
        let (first, last) = (&members[0], &members[members.len() - 1]);
        (cx.document.block(group.place), first.range.start..last.range.end, format!("{}{dash}{}", first.first, last.first))
    });
    let Some((block, range, short)) = places.clone().next() else { return };
    let more = if runs.len() > 1 { format!("; so do {} more groups", runs.len() - 1) } else { String::new() };
    let message = format!("“{}” names successive numbers one by one{more}", &block.text()[range.clone()]);
    let help = if runs.len() > 1 { format!("Write {short}, and the others alike") } else { format!("Write {short}") };
    let mut finding = Finding::new(block.prose.span(range), message).help(help.clone()).data("numbers", runs[0].0.numbers.as_slice());
    let edits: Option<Vec<Edit>> =
        places.map(|(block, range, short)| Some(Edit { span: block.prose.editable(range)?, text: short })).collect();
    if let Some(edits) = edits {
        finding = finding.fix(Safety::Safe, help, edits);
    }
    sink.report(finding);
}

impl UncollapsedCitation {
    /// The longest run of lone numbers that follow each other.
    fn run(&self, group: &Citation) -> Option<Range<usize>> {
        let members = &group.members;
        let mut best = 0..0;
        let mut start = 0;
        for i in 0..members.len() {
            let follows =
                i > start && members[i].last.is_none() && members[i - 1].last.is_none() && members[i].first == members[i - 1].first + 1;
            if !follows {
                start = i;
            }
            if i + 1 - start > best.len() {
                best = start..i + 1;
            }
        }
        (best.len() >= usize::from(self.min_run.max(2))).then_some(best)
    }

    fn dash_of(&self, cx: &Cx<'_>) -> char {
        match self.dash {
            Dash::Hyphen => '-',
            Dash::En => '–',
            Dash::Majority => {
                let ranges = cx.article.citations.groups.iter().flat_map(|group| {
                    let text = cx.document.block(group.place).text();
                    group.members.iter().filter(|m| m.last.is_some()).map(move |m| &text[m.range.clone()])
                });
                let (en, hyphen) =
                    ranges.fold((0, 0), |(en, hyphen), range| if range.contains('–') { (en + 1, hyphen) } else { (en, hyphen + 1) });
                if en > hyphen { '–' } else { '-' }
            }
        }
    }
}

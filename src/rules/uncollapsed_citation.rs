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
        let runs: Vec<(&Citation, Range<usize>)> =
            groups.iter().filter(|group| !group.apart).filter_map(|group| Some((group, self.run(group)?))).collect();
        let joined = groups.iter().filter(|group| group.members.iter().any(|m| m.last.is_some())).count();
        let dash = self.dash_of(cx);
        // Written so throughout it is the style of the house, and one note is enough.
        let habit = runs.len() >= 3 && joined * 4 < runs.len();
        for (group, run) in &runs {
            let members = &group.members[run.clone()];
            let range = members[0].range.start..members[members.len() - 1].range.end;
            let (first, last) = (members[0].first, members[members.len() - 1].first);
            let short = format!("{first}{dash}{last}");
            let block = cx.document.block(group.place);
            let more = if habit { format!("; so do {} more groups", runs.len() - 1) } else { String::new() };
            let mut finding = Finding::new(
                block.prose.span(range.clone()),
                format!("“{}” names successive numbers one by one{more}", &block.text()[range.clone()]),
            )
            .help(format!("Write {short}"))
            .data("numbers", group.numbers.as_slice());
            if let Some(span) = block.prose.editable(range) {
                finding = finding.fix(Safety::Safe, format!("Write {short}"), vec![Edit { span, text: short }]);
            }
            sink.report(finding);
            if habit {
                return;
            }
        }
    }
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

use serde::{Deserialize, Serialize};

use crate::article::majority::majority;
use crate::article::references::{Field, NameForm, Reference};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};
use crate::source::Span;

pub static RULE: Entry = Entry {
    id: "et-al-form",
    category: Category::References,
    summary: "“et al” follows too few or too many names, is missing, or has two full stops",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/et-al-form.md"),
    make: make::<EtAlForm>,
    defaults: defaults::<EtAlForm>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct EtAlForm {
    style: Style,
    /// How many names stand before “et al”; 0 leaves it to the style.
    keep: u8,
    /// The longest list of names without “et al”; 0 leaves it to the style.
    max: u8,
}

/// How long lists of authors are cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Style {
    /// As most entries of the list that end with “et al”.
    #[default]
    Majority,
    /// More than six names: the first three.
    Ama,
    /// More than six names: the first six.
    Nlm,
    /// As NLM.
    Icmje,
}

/// The authors of an entry, and where they stand.
struct Names {
    count: usize,
    cut: bool,
    span: Span,
}

impl Rule for EtAlForm {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let entries = &cx.article.references.entries;
        entries.iter().for_each(|entry| doubled(entry, sink));
        entries.iter().for_each(|entry| misspelt(entry, sink));
        let lists: Vec<Names> = entries.iter().filter_map(names).collect();
        let Some((keep, max)) = self.limits(&lists) else { return };
        let cut: Vec<&Names> = lists.iter().filter(|names| names.cut && names.count != keep).collect();
        let whole: Vec<&Names> = lists.iter().filter(|names| !names.cut && names.count > max).collect();
        let kept = lists.iter().filter(|names| names.cut && names.count == keep).count();
        let by = if self.is_set() { format!("the style keeps {keep}") } else { format!("{kept} entries keep {keep}") };
        report(&cut, |first| format!("“et al” follows {}, {by}", counted(first.count)), "cut here too", sink);
        // Where long lists are whole as often as cut, nobody can tell which is meant.
        if self.is_set() || whole.len() * 3 <= kept {
            let rule = if self.is_set() { by } else { format!("{kept} entries keep {keep} and “et al”") };
            report(&whole, |first| format!("{} stand in full, {rule}", counted(first.count)), "in full here too", sink);
        }
    }
}

impl EtAlForm {
    fn is_set(&self) -> bool {
        self.style != Style::Majority || self.keep > 0
    }

    /// The names kept before “et al”, and the longest list without it.
    fn limits(&self, lists: &[Names]) -> Option<(usize, usize)> {
        let set = |option: u8, other: usize| if option > 0 { usize::from(option) } else { other };
        let (keep, max) = match self.style {
            Style::Ama => (3, 6),
            Style::Nlm | Style::Icmje => (6, 6),
            Style::Majority if self.keep > 0 => (usize::from(self.keep), 6),
            Style::Majority => {
                let cut = || lists.iter().filter(|names| names.cut);
                let (keep, most) = majority(cut().map(|names| names.count)).filter(|(_, most)| *most >= 3)?;
                (most * 3 >= cut().count() * 2).then_some((keep, keep.max(6)))?
            }
        };
        let keep = set(self.keep, keep);
        Some((keep, set(self.max, max.max(keep))))
    }
}

/// The persons of an entry; a group among them is no name that is counted.
fn names(entry: &Reference) -> Option<Names> {
    let fields = entry.fields();
    let (first, last) = (fields.authors.first()?, fields.authors.last()?);
    // Where the commas tell of more names than were read, one of them has no initials.
    let commas = entry.text().get(first.range.start..last.range.end)?.matches(',').count();
    let plain = matches!(entry.name_form(), Some((NameForm::Plain | NameForm::Dotted, _)));
    // `Mitchell, Gruchalla RS` among names without commas: two persons.
    let inverted = |author: &Field| author.text.contains(',');
    let joined = fields.authors.iter().skip(1).any(inverted) && !fields.authors.iter().all(inverted);
    if plain && commas >= fields.authors.len() || joined {
        return None;
    }
    (first.range.start < last.range.end).then(|| Names {
        count: fields.authors.len(),
        cut: fields.et_al,
        span: entry.span_of(first.range.start..last.range.end),
    })
}

fn counted(names: usize) -> String {
    if names == 1 { "1 name".to_owned() } else { format!("{names} names") }
}

/// One note for all entries of a list that depart from its form in one way.
fn report(lists: &[&Names], message: impl Fn(&Names) -> String, label: &str, sink: &mut Sink<'_>) {
    let Some((first, rest)) = lists.split_first() else { return };
    let more = match rest.len() {
        0 => String::new(),
        1 => "; 1 more entry departs from it".to_owned(),
        more => format!("; {more} more entries depart from it"),
    };
    let finding = Finding::new(first.span, message(first) + &more).help("Cut all long lists of authors in one way");
    sink.report(rest.iter().take(10).fold(finding, |finding, names| finding.label(names.span, label)));
}

/// `Ray P, et. al.`: “et” is a whole word, and “al.” is short for “alii”.
fn misspelt(entry: &Reference, sink: &mut Sink<'_>) {
    const WRONG: [(&str, &str); 5] =
        [("et. al", "et al"), ("et.al", "et al"), ("et all.", "et al."), ("etal.", "et al."), ("at al.", "et al.")];
    let text = entry.text();
    let behind_name = |start: usize| text[..start].ends_with(", ") || text[..start].ends_with(" and ");
    let found = WRONG.iter().find_map(|(wrong, right)| Some((text.find(wrong).filter(|&start| behind_name(start))?, *wrong, *right)));
    let Some((start, wrong, right)) = found else { return };
    let range = start..start + wrong.len();
    let mut finding =
        Finding::new(entry.span_of(range.clone()), format!("“{wrong}” is a slip for “{right}”")).help(format!("Write “{right}”"));
    if let Some(span) = entry.prose.editable(range) {
        finding = finding.fix(Safety::Safe, format!("Write “{right}”"), vec![Edit { span, text: right.to_owned() }]);
    }
    sink.report(finding);
}

/// `et al..`: the full stop of the abbreviation and that of the list.
fn doubled(entry: &Reference, sink: &mut Sink<'_>) {
    let text = entry.text();
    let Some(start) = text.find("et al..").filter(|start| !text[start + 7..].starts_with('.')) else { return };
    let Some(span) = entry.prose.editable(start + 6..start + 7) else { return };
    let finding = Finding::new(entry.span_of(start..start + 7), "“et al..” has two full stops").help("Write one full stop");
    sink.report(finding.fix(Safety::Safe, "Remove the second full stop", vec![Edit { span, text: String::new() }]));
}

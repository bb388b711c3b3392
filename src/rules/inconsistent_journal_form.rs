use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::references::journal_name::{abbreviates, key, words};
use crate::article::references::{Field, Reference};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "inconsistent-journal-form",
    category: Category::References,
    summary: "one journal has its full name in one entry and an abbreviation in another",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/inconsistent-journal-form.md"),
    make: make::<InconsistentJournalForm>,
    defaults: defaults::<InconsistentJournalForm>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct InconsistentJournalForm {}

/// A name of a journal and the entries that have it.
struct Name<'a> {
    words: Vec<String>,
    places: Vec<(&'a Reference, &'a Field)>,
}

/// The most names that share the first letters of their words and are compared: no list has as many journals so alike.
const MOST: usize = 20;

impl Rule for InconsistentJournalForm {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut alike: BTreeMap<String, Vec<Name<'_>>> = BTreeMap::new();
        for entry in &cx.article.references.entries {
            let fields = entry.fields();
            let Some(journal) = fields.container.as_ref().filter(|_| fields.volume.is_some() || fields.pages.is_some()) else { continue };
            let words = words(&journal.text);
            let names = alike.entry(key(&words)).or_default();
            match names.iter().position(|name| name.words == words) {
                Some(known) => names[known].places.push((entry, journal)),
                None if names.len() < MOST => names.push(Name { words, places: vec![(entry, journal)] }),
                None => {}
            }
        }
        let mut pairs: Vec<(&Name<'_>, &Name<'_>)> = alike.values().flat_map(|names| pairs(names)).collect();
        pairs.sort_by_key(|(few, _)| few.places[0].0.span.start);
        report(&pairs, sink);
    }
}

/// The names of which one abbreviates another, the rarer one first; of two alike the one that comes later in the list.
fn pairs<'n, 'a>(names: &'n [Name<'a>]) -> Vec<(&'n Name<'a>, &'n Name<'a>)> {
    let mut pairs = Vec::new();
    for (i, name) in names.iter().enumerate() {
        for other in &names[i + 1..] {
            if abbreviates(&name.words, &other.words) || abbreviates(&other.words, &name.words) {
                pairs.push(if name.places.len() < other.places.len() { (name, other) } else { (other, name) });
            }
        }
    }
    pairs
}

fn report(pairs: &[(&Name<'_>, &Name<'_>)], sink: &mut Sink<'_>) {
    let Some((few, many)) = pairs.first() else { return };
    let ((entry, journal), (_, other)) = (few.places[0], many.places[0]);
    let more = match pairs.len() {
        1 => String::new(),
        2 => "; so is 1 more journal".to_owned(),
        more => format!("; so are {} more journals", more - 1),
    };
    let message = format!("“{}” is “{}” elsewhere in the list{more}", journal.text, other.text);
    let mut finding = Finding::new(entry.span_of(journal.range.clone()), message)
        .help("Write the names of all journals in full, or abbreviate them all")
        .data("journals", pairs.iter().map(|(few, _)| few.places[0].1.text.clone()).collect::<Vec<_>>());
    let places = || pairs.iter().flat_map(|(few, many)| few.places.iter().map(move |place| (place, many.places[0].1)));
    for ((entry, journal), other) in places().skip(1).take(10) {
        finding = finding.label(entry.span_of(journal.range.clone()), format!("“{}” elsewhere", other.text));
    }
    let edits = places().map(|((entry, journal), other)| {
        let span = entry.prose.editable(journal.range.clone())?;
        (!journal.text.contains('.') && !other.text.contains('.')).then(|| Edit { span, text: other.text.clone() })
    });
    if let Some(edits) = edits.collect::<Option<Vec<_>>>() {
        finding = finding.fix(Safety::Unsafe, "Write each name as it stands in most entries", edits);
    }
    sink.report(finding);
}

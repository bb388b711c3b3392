use serde::{Deserialize, Serialize};

use crate::article::references::record::found::{Record, under};
use crate::article::references::record::{Agreement, Agreements, Match, compare};
use crate::article::references::{Field, Reference};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "reference-mismatch",
    category: Category::Online,
    summary: "an entry differs from the record of its work",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/reference-mismatch.md"),
    make: make::<ReferenceMismatch>,
    defaults: defaults::<ReferenceMismatch>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ReferenceMismatch {}

impl Rule for ReferenceMismatch {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        cx.article.references.listed().filter_map(|entry| mismatch(cx, entry)).for_each(|finding| sink.report(finding));
    }
}

fn mismatch(cx: &Cx<'_>, entry: &Reference) -> Option<Finding> {
    let identifiers = entry.identifiers();
    let records: Vec<Record<'_>> = identifiers.iter().flat_map(|identifier| under(cx.world, identifier)).collect();
    let same = |record: &Record<'_>| match compare(entry, record.work) {
        Match::Same(agreements) => Some(agreements),
        Match::Other | Match::Unsure => None,
    };
    // What one of several records confirms is right.
    let Agreements { title, first_author, year, volume, first_page } = records.iter().filter_map(same).reduce(Agreements::with)?;
    let fields = entry.fields();
    let parts: [(&str, Option<&Field>, Agreement); 5] = [
        ("first author", fields.authors.first(), first_author),
        ("title", fields.title.as_ref(), title),
        ("year", fields.year.as_ref(), year),
        ("volume", fields.volume.as_ref(), volume),
        ("pages", fields.pages.as_ref(), first_page),
    ];
    let differing: Vec<(&str, &Field, String)> = parts
        .into_iter()
        .filter_map(|(name, field, agreement)| match agreement {
            Agreement::Differs(theirs) => Some((name, field?, theirs)),
            Agreement::Agrees | Agreement::Unknown => None,
        })
        .collect();
    let record = records.iter().find(|record| same(record).is_some())?;
    let ((name, field, theirs), more) = differing.split_first()?;
    let said = |name: &str, field: &Field, theirs: &str| format!("the {name} “{}” is “{theirs}” in the record of the work", field.text);
    let too = match more {
        [] => String::new(),
        [(other, ..)] => format!("; its {other} differs too"),
        [..] => format!("; {} more parts differ", more.len()),
    };
    let finding = within(entry, field.range.clone(), said(name, field, theirs) + &too);
    let label = |finding: Finding, (name, field, theirs): &(&str, &Field, String)| {
        finding.label(entry.span_of(field.range.clone()), format!("and the {name} “{theirs}”"))
    };
    let identifier = record.work.identifiers().next().or(identifiers.into_iter().next())?;
    let (by, day) = (record.by.name(), record.day);
    let or = if more.len() > 1 { "; the identifier may be that of another work" } else { "" };
    let help = format!("Compare the entry with {} ({by}, asked on {day}){or}", identifier.url());
    let names: Vec<String> = differing.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let finding = more.iter().fold(finding, label).help(help).asked(record.by.name(), day);
    Some(finding.data("fields", names).data("identifier", identifier.to_string()))
}

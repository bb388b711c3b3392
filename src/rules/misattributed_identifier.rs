use serde::{Deserialize, Serialize};

use crate::article::references::record::found::{Record, under};
use crate::article::references::record::{Match, compare};
use crate::article::references::{Field, Reference};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};
use crate::world::{Identifier, Work};

pub static RULE: Entry = Entry {
    id: "misattributed-identifier",
    category: Category::Online,
    summary: "an identifier belongs to another work",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/misattributed-identifier.md"),
    make: make::<MisattributedIdentifier>,
    defaults: defaults::<MisattributedIdentifier>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MisattributedIdentifier {}

impl Rule for MisattributedIdentifier {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.listed() {
            for identifier in entry.identifiers() {
                if let Some(finding) = misattributed(cx, entry, &identifier) {
                    sink.report(finding);
                }
            }
        }
    }
}

fn misattributed(cx: &Cx<'_>, entry: &Reference, identifier: &Identifier) -> Option<Finding> {
    let records: Vec<Record<'_>> = under(cx.world, identifier).collect();
    let is_other = |record: &Record<'_>| compare(entry, record.work) == Match::Other;
    // One service may have a wrong record; where another one describes the work, the identifier is right.
    let first = records.first().filter(|_| records.iter().all(is_other))?;
    let field = printed(entry, identifier)?;
    let message = format!("“{}” belongs to another work: {}", &entry.text()[field.range.clone()], described(first.work));
    let fits = |other: &Identifier| under(cx.world, other).any(|record| matches!(compare(entry, record.work), Match::Same(_)));
    let right = entry.identifiers().into_iter().find(|other| other != identifier && fits(other));
    let right = right.map_or(String::new(), |right| format!("; {right} fits the entry"));
    let (by, day) = (first.by.name(), first.day);
    let help = format!("See {} ({by}, asked on {day}){right}, and give the identifier of the work that is meant", identifier.url());
    let finding = within(entry, field.range.clone(), message).help(help).asked(first.by.name(), day);
    Some(finding.data("identifier", identifier.to_string()))
}

/// Where an entry prints an identifier.
fn printed<'e>(entry: &'e Reference, identifier: &Identifier) -> Option<&'e Field> {
    let fields = entry.fields();
    match identifier {
        Identifier::Doi(_) => fields.doi.as_ref(),
        Identifier::Pmid(_) => fields.pmid.as_ref(),
        Identifier::Pmcid(_) => fields.pmcid.as_ref(),
    }
}

/// A title cut to a line.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(120) {
        Some((end, _)) => format!("{} …", title[..end].rsplit_once(' ').map_or(&title[..end], |(whole, _)| whole)),
        None => title.trim_end_matches('.').to_owned(),
    }
}

fn described(work: &Work) -> String {
    let author = work.authors.first().map_or(String::new(), |author| format!(" by {}", author.family));
    let year = work.years.first().map_or(String::new(), |year| format!(", {year}"));
    format!("“{}”{author}{year}", shortened(work.title()))
}

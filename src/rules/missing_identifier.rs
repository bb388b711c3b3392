use serde::{Deserialize, Serialize};

use crate::article::references::record::found::{Record, searched};
use crate::article::references::record::is_surely;
use crate::article::references::{Kind, Reference};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make};
use crate::world::Identifier;

pub static RULE: Entry = Entry {
    id: "missing-identifier",
    category: Category::References,
    summary: "a recent article in a journal has no DOI or PMID",
    severity: Severity::Info,
    default: false,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/missing-identifier.md"),
    make: make::<MissingIdentifier>,
    defaults: defaults::<MissingIdentifier>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct MissingIdentifier {
    /// The first year whose articles are expected to have one.
    from_year: u16,
    /// The share of the other recent articles of the list, from 0 to 1, that must have one.
    min_share: f64,
}

impl Default for MissingIdentifier {
    fn default() -> Self {
        Self { from_year: 2000, min_share: 0.5 }
    }
}

impl Rule for MissingIdentifier {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut found: Vec<&Reference> = Vec::new();
        for entry in cx.article.references.listed() {
            if let Some((record, identifier)) = surely(cx, entry) {
                sink.report(with_identifier(cx, entry, &identifier).asked(record.by.name(), record.day));
                found.push(entry);
            }
        }
        let recent = |entry: &&Reference| {
            let fields = entry.fields();
            let year = fields.year.as_ref().and_then(|year| year.text.parse::<u16>().ok());
            fields.kind == Kind::Journal && fields.volume.is_some() && year.is_some_and(|year| year >= self.from_year)
        };
        let (with, without): (Vec<&Reference>, Vec<&Reference>) = cx
            .article
            .references
            .listed()
            .filter(|entry| !found.iter().any(|told| std::ptr::eq(*told, *entry)))
            .filter(recent)
            .partition(|entry| entry.is_identified());
        let enough = with.len() as f64 >= self.min_share * (with.len() + without.len()) as f64;
        let [first, more @ ..] = without.as_slice() else { return };
        if !enough {
            return;
        }
        let others = match more.len() {
            0 => String::new(),
            1 => "; neither has 1 more entry".into(),
            n => format!("; neither have {n} more entries"),
        };
        let finding = about(first, format!("{} has no DOI or PMID{others}", first.quote()));
        let finding = more.iter().fold(finding, |finding, entry| finding.label(entry.span, "no DOI or PMID here either"));
        let numbers: Vec<u32> = without.iter().filter_map(|entry| entry.number).collect();
        sink.report(finding.help("Look the DOI up and add it at the end of the entry").data("numbers", numbers.as_slice()));
    }
}

/// The identifier of the work of an entry that prints none, where the world found it for sure.
fn surely<'w>(cx: &Cx<'w>, entry: &Reference) -> Option<(Record<'w>, Identifier)> {
    if cx.world.is_empty() || entry.is_identified() {
        return None;
    }
    let records = || searched(cx.world, entry).filter(|record| is_surely(entry, record.work));
    let Some((record, doi)) = records().find_map(|record| Some((record, record.work.doi.as_ref()?))) else {
        return records().find_map(|record| Some((record, Identifier::Pmid(record.work.pmid?))));
    };
    // Of two records, either may be the one that is meant.
    let is_one = records().filter_map(|record| record.work.doi.as_ref()).all(|other| other == doi);
    is_one.then(|| (record, Identifier::Doi(doi.clone())))
}

fn with_identifier(cx: &Cx<'_>, entry: &Reference, identifier: &Identifier) -> Finding {
    let words = match identifier {
        Identifier::Doi(doi) => format!("{}{doi}", form_of_dois(&cx.article.references.entries)),
        Identifier::Pmid(pmid) => format!("PMID: {pmid}"),
        Identifier::Pmcid(_) => identifier.to_string(),
    };
    let finding = about(entry, format!("{} has no DOI or PMID, and is {identifier}", entry.quote()));
    let finding = finding.help(format!("See that {} is the work, and add it", identifier.url())).data("identifier", identifier.to_string());
    let text = entry.text().trim_end();
    let Some((last, c)) = text.char_indices().next_back() else { return finding };
    let stop = if matches!(c, '.' | '?' | '!') { "" } else { "." };
    match entry.prose.editable(last..text.len()) {
        Some(span) => finding.fix(Safety::Unsafe, format!("Add {words}"), vec![Edit { span, text: format!("{c}{stop} {words}") }]),
        None => finding,
    }
}

/// What most entries of a list print before their DOIs.
fn form_of_dois(entries: &[Reference]) -> &'static str {
    const FORMS: [&str; 5] = ["https://doi.org/", "doi: ", "doi:", "DOI: ", "DOI:"];
    let form = |entry: &Reference| {
        let before = &entry.text()[..entry.fields().doi.as_ref()?.range.start];
        FORMS.iter().position(|form| before.ends_with(form))
    };
    let mut counts = [0_usize; FORMS.len()];
    entries.iter().filter_map(form).for_each(|form| counts[form] += 1);
    let most = counts.iter().max().copied().filter(|most| *most > 0);
    most.and_then(|most| counts.iter().position(|count| *count == most)).map_or("doi:", |form| FORMS[form])
}

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::article::references::record::found::{Record, of, searched, under};
use crate::article::references::record::{Match, compare, is_about_another};
use crate::article::references::{Fields, Reference, Sign};
use crate::article::sentences;
use crate::diagnostic::{Finding, Severity};
use crate::retractions::{Nature, Notice};
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make, within};
use crate::world::{self, NoticeKind, Work, WorkKind};

pub static RULE: Entry = Entry {
    id: "retracted-reference",
    category: Category::References,
    summary: "a source was retracted or withdrawn",
    severity: Severity::Error,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/retracted-reference.md"),
    make: make::<RetractedReference>,
    defaults: defaults::<RetractedReference>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RetractedReference {}

impl Rule for RetractedReference {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let found: Vec<(&Reference, Finding)> =
            cx.article.references.listed().filter_map(|entry| Some((entry, retracted(cx, entry)?))).collect();
        if found.is_empty() {
            return;
        }
        let is_told = told(cx);
        for (_, finding) in found.into_iter().filter(|(entry, _)| !is_told(entry)) {
            sink.report(finding);
        }
    }
}

/// What the list of the user or the entry itself says of a retraction.
fn retracted(cx: &Cx<'_>, entry: &Reference) -> Option<Finding> {
    if !cx.retractions.is_empty()
        && let Some(notice) = entry.identifiers().iter().find_map(|identifier| cx.retractions.notice(identifier))
    {
        return Some(noticed(cx, entry, notice));
    }
    if let Some(finding) = told_by_registries(cx, entry) {
        return Some(finding);
    }
    let range = label(entry)?;
    // The author may know it, or a program for references has put it there.
    let finding = within(entry, range.clone(), format!("“{}” says that the source was taken back", &entry.text()[range]));
    let finding = finding.severity(Severity::Warning);
    Some(finding.help("Cite another source; where the retraction is the point, say so in the sentence"))
}

/// What registries say, where they were asked.
fn told_by_registries(cx: &Cx<'_>, entry: &Reference) -> Option<Finding> {
    if cx.world.is_empty() {
        return None;
    }
    let records = of(cx.world, entry);
    let notices = || records.iter().flat_map(|record| record.work.notices.iter().map(move |notice| (record, notice)));
    let reinstated: Vec<Option<Date>> =
        notices().filter(|(_, notice)| notice.kind == NoticeKind::Reinstatement).map(|(_, notice)| notice.day).collect();
    // What is reinstated was retracted before, whichever day is not told.
    let is_undone = |day: Option<Date>| reinstated.iter().any(|later| later.is_none() || day.is_none() || *later >= day);
    // That a preprint came out is told by a rule of its own.
    let is_preprint = |record: &Record<'_>| record.work.kind == WorkKind::Preprint;
    let worst = notices()
        .filter(|(_, notice)| !(notice.kind.takes_back() && is_undone(notice.day)))
        .filter(|(record, notice)| !(notice.kind == NoticeKind::NewVersion && is_preprint(record)))
        .filter_map(|(record, notice)| Some(((weight(notice.kind)?, notice.day.is_some(), notice.doi.is_some()), record, notice)))
        .max_by_key(|(weight, ..)| *weight);
    if let Some((_, record, notice)) = worst {
        return (!is_cited(cx, notice)).then(|| of_notice(cx, entry, record, notice));
    }
    let is_notice = |record: &&Record<'_>| !record.work.notice_of.is_empty();
    if let Some(record) = records.iter().find(|record| reinstated.is_empty() && is_marked(record.work) && !is_notice(record)) {
        let retraction = world::Notice { kind: NoticeKind::Retraction, doi: None, pmid: None, day: None };
        return Some(of_notice(cx, entry, record, &retraction));
    }
    let notice = records.iter().find(is_notice).filter(|_| !speaks_of_notice(entry))?;
    let finding = about(entry, format!("{} cites a notice, and not the work that the notice is about", entry.quote()));
    let work = notice.work.notice_of.first().map_or(String::new(), |work| format!(": {}", work.url()));
    let asked = format!("{}, asked on {}", notice.by.name(), notice.day);
    let help = format!("See whether the work itself is meant{work} ({asked})");
    Some(finding.severity(Severity::Info).help(help).asked(notice.by.name(), notice.day))
}

/// How much a notice matters; `None` for one that says nothing against the work. That a work was published anew says more than
/// that it was retracted before.
fn weight(kind: NoticeKind) -> Option<u8> {
    match kind {
        NoticeKind::Republication => Some(5),
        NoticeKind::Retraction | NoticeKind::Withdrawal | NoticeKind::Removal => Some(4),
        NoticeKind::PartialRetraction => Some(3),
        NoticeKind::Concern => Some(2),
        NoticeKind::Correction | NoticeKind::NewVersion | NoticeKind::Other => Some(1),
        NoticeKind::Reinstatement => None,
    }
}

/// Whether the list cites the notice as well, so that the author knows of it.
fn is_cited(cx: &Cx<'_>, notice: &world::Notice) -> bool {
    let [doi, pmid] = [notice.doi.as_deref().map(world::Identifier::doi), notice.pmid.map(world::Identifier::Pmid)];
    let is_that = |identifier: &world::Identifier| doi.as_ref() == Some(identifier) || pmid.as_ref() == Some(identifier);
    cx.article.references.listed().any(|entry| entry.identifiers().iter().any(is_that))
}

/// Publishers mark the title of a retracted article, at times without a notice of its own: `RETRACTED ARTICLE: …`. That works were
/// retracted is the subject of others: `Retracted articles in surgery`.
fn is_marked(work: &Work) -> bool {
    let title = work.title().to_uppercase();
    let title = title.trim_start_matches('[');
    ["RETRACTED", "WITHDRAWN"].iter().filter_map(|word| title.strip_prefix(word)).any(|rest| {
        let rest = rest.strip_prefix(" ARTICLE").unwrap_or(rest);
        rest.starts_with([':', ']'])
    })
}

/// Whether an entry is meant for a notice, by any of its words.
fn speaks_of_notice(entry: &Reference) -> bool {
    let text = entry.text().to_lowercase();
    is_about_another(entry) || ["retract", "errat", "corrigend", "correction", "concern", "withdraw"].iter().any(|word| text.contains(word))
}

fn of_notice(cx: &Cx<'_>, entry: &Reference, record: &Record<'_>, notice: &world::Notice) -> Finding {
    use NoticeKind::{
        Concern, Correction, NewVersion, Other, PartialRetraction, Reinstatement, Removal, Republication, Retraction, Withdrawal,
    };
    let another = "Cite another source; where the retraction is the point, cite the notice as well";
    let (what, severity, help) = match notice.kind {
        Retraction => ("was retracted", Severity::Error, another),
        Withdrawal => ("was withdrawn", Severity::Error, another),
        Removal => ("was removed by its publisher", Severity::Error, another),
        Republication => ("was retracted and published anew", Severity::Warning, "See that you cite the work as it was published anew"),
        PartialRetraction => ("was retracted in part", Severity::Warning, "See whether the part that was retracted is what you cite"),
        Concern => ("stands under an expression of concern", Severity::Info, "Read the notice before you rest a statement on the source"),
        Correction => ("was corrected", Severity::Info, "See whether the correction touches what you cite"),
        NewVersion => ("has a newer version", Severity::Info, "See whether the newer version says the same, and cite it"),
        Other | Reinstatement => ("has a notice about it", Severity::Info, "Read the notice before you rest a statement on the source"),
    };
    let day = notice.day.map_or(String::new(), |day| format!(" ({day})"));
    let identifiers = entry.identifiers();
    let printed = identifiers.iter().find(|identifier| under(cx.world, identifier).any(|other| other.work == record.work));
    let matched = record
        .work
        .identifiers()
        .next()
        .filter(|_| identifiers.is_empty() || searched(cx.world, entry).any(|other| other.work == record.work))
        .map_or(String::new(), |identifier| format!("; matched by its words to {identifier}"));
    // Where nothing tells that the identifier is that of the work, it is the identifier that is spoken of.
    let subject = match printed {
        Some(identifier) if !matches!(compare(entry, record.work), Match::Same(_)) => format!("the work under {identifier}"),
        _ => entry.quote(),
    };
    let by = |doi: &str| world::Identifier::doi(doi).url();
    let source = notice.doi.as_deref().map(by).or(notice.pmid.map(|pmid| world::Identifier::Pmid(pmid).url()));
    let source = source.map_or(String::new(), |url| format!(" ({url})"));
    let asked = format!("; {} was asked on {}", record.by.name(), record.day);
    let finding = about(entry, format!("{subject} {what}{day}")).severity(severity).asked(record.by.name(), record.day);
    finding.help(format!("{help}{source}{matched}{asked}"))
}

/// A finding about a work on the list that the user gave.
fn noticed(cx: &Cx<'_>, entry: &Reference, notice: &Notice) -> Finding {
    let day = notice.day.map_or(String::new(), |day| format!(" ({day})"));
    let (what, severity, help) = match notice.nature {
        Nature::Retraction => {
            ("was retracted", Severity::Error, "Cite another source; where the retraction is the point, cite the notice as well")
        }
        Nature::Concern => {
            ("stands under an expression of concern", Severity::Info, "Read the notice before you rest a statement on the source")
        }
        Nature::Correction => ("was corrected", Severity::Info, "See whether the correction touches what you cite"),
    };
    let source = notice.doi.as_ref().map_or(String::new(), |doi| format!(" (https://doi.org/{doi})"));
    let upto = cx.retractions.newest.map_or(String::new(), |newest| format!("; the list has notices up to {newest}"));
    about(entry, format!("{} {what}{day}", entry.quote())).severity(severity).help(format!("{help}{source}{upto}"))
}

/// The words by which databases and journals mark a work that was taken back: `RETRACTED: …`, `[retracted]`, `Retraction in: …`.
fn label(entry: &Reference) -> Option<Range<usize>> {
    let text = entry.text();
    let title = entry.fields().title.as_ref().map(|title| title.range.clone());
    entry.signs(Sign::Retracted).find(|range| {
        let (before, after) = (text[..range.start].trim_end(), &text[range.end..]);
        let words = &text[range.clone()];
        let after = after.strip_prefix(" article").or(after.strip_prefix(" ARTICLE")).or(after.strip_prefix(" Article")).unwrap_or(after);
        let opens = title.as_ref().is_none_or(|title| title.start == range.start) && after.starts_with(':');
        let bracketed = before.ends_with(['[', '(']) && after.starts_with([']', ')', ':', '.', ',']);
        let shouted = words.len() > 8 && !words.bytes().any(|b| b.is_ascii_lowercase()) && text.bytes().any(|b| b.is_ascii_lowercase());
        let noted = words.contains(' ')
            && (after.starts_with(':') || before.ends_with(['.', '[', '(']) && after.trim_start().starts_with(char::is_uppercase));
        opens || bracketed || shouted || noted
    })
}

/// Whether a sentence of the text speaks of a retraction, and cites an entry by number or by author and year.
fn told<'a>(cx: &'a Cx<'_>) -> impl Fn(&Reference) -> bool + 'a {
    let blocks = cx.text().map(|(_, block)| block.text());
    let sentences: Vec<&str> = blocks.flat_map(|text| sentences::all(text).map(|range| &text[range])).filter(|one| speaks(one)).collect();
    let speaking = cx.article.citations.groups.iter().filter(|group| {
        let text = cx.document.block(group.place).text();
        speaks(&text[sentences::around(text, group.place.range().start)])
    });
    let numbers: BTreeSet<u32> = speaking.flat_map(|group| group.numbers.iter().copied()).collect();
    move |entry| {
        let Fields { authors, year, .. } = entry.fields();
        let named = |sentence: &str| {
            let (Some(author), Some(year)) = (authors.first(), year) else { return false };
            // The longest part of a name is its surname, or as good as one.
            let name = author.text.split([' ', ',', '.']).max_by_key(|part| part.chars().count()).unwrap_or_default();
            name.chars().count() > 2 && sentence.contains(name) && sentence.contains(&year.text)
        };
        entry.number.is_some_and(|number| numbers.contains(&number)) || sentences.iter().any(|sentence| named(sentence))
    }
}

/// Whether a sentence speaks of a retraction. Patients withdraw, and medicines are withdrawn.
fn speaks(sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    has(&["retract", "expression of concern"])
        || has(&["withdrew", "withdrawn", "taken back"])
            && has(&["article", "paper", "publication", "preprint", "journal", "publisher", "editor", "cochrane", "review"])
}

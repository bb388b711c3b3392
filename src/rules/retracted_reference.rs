use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::references::record::found::of;
use crate::article::references::record::is_about_another;
use crate::article::references::{Reference, Sign};
use crate::article::sentences;
use crate::diagnostic::{Finding, Severity};
use crate::retractions::{Nature, Notice};
use crate::rule::{Category, Cx, Entry, Rule, Sink, about, defaults, make, within};
use crate::world::{self, NoticeKind, Work};

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
        let told = told(cx);
        for (_, finding) in found.into_iter().filter(|(entry, _)| !entry.number.is_some_and(|number| told.contains(&number))) {
            sink.report(finding);
        }
    }
}

/// What the list of the user or the entry itself says of a retraction.
fn retracted(cx: &Cx<'_>, entry: &Reference) -> Option<Finding> {
    let fields = entry.fields();
    let [doi, pmid] = [&fields.doi, &fields.pmid].map(|field| field.as_ref().map(|field| field.text.as_str()));
    if let Some(notice) = cx.retractions.notice(doi, pmid) {
        return Some(noticed(cx, entry, notice));
    }
    if let Some(finding) = told_by_registries(cx, entry) {
        return Some(finding);
    }
    let range = label(entry)?;
    let finding = within(entry, range.clone(), format!("“{}” says that the source was taken back", &entry.text()[range]));
    Some(finding.help("Cite another source; where the retraction is the point, say so in the sentence"))
}

/// What registries say, where they were asked.
fn told_by_registries(cx: &Cx<'_>, entry: &Reference) -> Option<Finding> {
    if cx.world.is_empty() {
        return None;
    }
    let works = of(cx.world, entry);
    let notices = || works.iter().flat_map(|work| work.notices.iter().map(move |notice| (*work, notice)));
    let reinstated = notices().filter(|(_, notice)| notice.kind == NoticeKind::Reinstatement).map(|(_, notice)| notice.day).max();
    let stands = |(_, notice): &(&Work, &world::Notice)| !(notice.kind.takes_back() && reinstated.is_some_and(|day| day >= notice.day));
    if let Some((work, notice)) = notices()
        .filter(stands)
        .filter_map(|found| Some((weight(found.1.kind)?, found)))
        .max_by_key(|(weight, _)| *weight)
        .map(|(_, found)| found)
    {
        return Some(of_notice(cx, entry, work, notice));
    }
    if let Some(work) = works.iter().find(|work| reinstated.is_none() && is_marked(work)) {
        let retraction = world::Notice { kind: NoticeKind::Retraction, doi: None, pmid: None, day: None };
        return Some(of_notice(cx, entry, work, &retraction));
    }
    let notice = works.iter().find(|work| !work.notice_of.is_empty()).filter(|_| !is_about_another(entry))?;
    let finding = about(entry, format!("{} cites a notice, and not the work that the notice is about", entry.quote()));
    let work = notice.notice_of.first().map_or(String::new(), |work| format!(": {}", work.url()));
    Some(finding.severity(Severity::Info).help(format!("See whether the work itself is meant{work}")))
}

/// How much a notice matters; `None` for one that says nothing against the work.
fn weight(kind: NoticeKind) -> Option<u8> {
    match kind {
        NoticeKind::Retraction | NoticeKind::Withdrawal | NoticeKind::Removal | NoticeKind::Republication => Some(4),
        NoticeKind::PartialRetraction => Some(3),
        NoticeKind::Concern => Some(2),
        NoticeKind::Correction | NoticeKind::Other => Some(1),
        NoticeKind::Reinstatement => None,
    }
}

/// Publishers mark the title of a retracted article, at times without a notice of its own.
fn is_marked(work: &Work) -> bool {
    let title = work.title().to_uppercase();
    ["RETRACTED", "WITHDRAWN"].iter().any(|word| title.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', ' '])))
        && !title.starts_with("RETRACTED OR ")
}

fn of_notice(cx: &Cx<'_>, entry: &Reference, work: &Work, notice: &world::Notice) -> Finding {
    use NoticeKind::{Concern, Correction, Other, PartialRetraction, Reinstatement, Removal, Republication, Retraction, Withdrawal};
    let another = "Cite another source; where the retraction is the point, cite the notice as well";
    let (what, severity, help) = match notice.kind {
        Retraction => ("was retracted", Severity::Error, another),
        Withdrawal => ("was withdrawn", Severity::Error, another),
        Removal => ("was removed by its publisher", Severity::Error, another),
        Republication => ("was retracted and published anew", Severity::Error, "Cite the work as it was published anew"),
        PartialRetraction => ("was retracted in part", Severity::Warning, "See whether the part that was retracted is what you cite"),
        Concern => ("stands under an expression of concern", Severity::Info, "Read the notice before you rest a statement on the source"),
        Correction => ("was corrected", Severity::Info, "See whether the correction touches what you cite"),
        Other | Reinstatement => ("has a notice about it", Severity::Info, "Read the notice before you rest a statement on the source"),
    };
    let day = notice.day.map_or(String::new(), |day| format!(" ({day})"));
    let identifiers = entry.identifiers();
    let is_printed = work.identifiers().any(|identifier| identifiers.contains(&identifier));
    let matched = work
        .identifiers()
        .next()
        .filter(|_| !is_printed)
        .map_or(String::new(), |identifier| format!("; matched by its words to {identifier}"));
    let by = |doi: &str| world::Identifier::doi(doi).url();
    let source = notice.doi.as_deref().map(by).or(notice.pmid.map(|pmid| world::Identifier::Pmid(pmid).url()));
    let source = source.map_or(String::new(), |url| format!(" ({url})"));
    let asked = identifiers.iter().flat_map(|identifier| cx.world.works(identifier)).map(|said| (said.day, said.by.name())).max();
    let asked = asked.map_or(String::new(), |(day, by)| format!("; {by} was asked on {day}"));
    about(entry, format!("{} {what}{day}", entry.quote())).severity(severity).help(format!("{help}{source}{matched}{asked}"))
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

/// The numbers that a sentence cites which speaks of a retraction.
fn told(cx: &Cx<'_>) -> BTreeSet<u32> {
    let speaking = cx.article.citations.groups.iter().filter(|group| {
        let text = cx.document.block(group.place).text();
        let sentence = text[sentences::around(text, group.place.range().start)].to_lowercase();
        ["retract", "withdrew", "withdrawn", "taken back", "expression of concern"].iter().any(|word| sentence.contains(word))
    });
    speaking.flat_map(|group| group.numbers.iter().copied()).collect()
}

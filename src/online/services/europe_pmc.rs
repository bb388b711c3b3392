//! Europe PMC: PubMed, PubMed Central, preprints and more in one search.

use serde_json::Value;

use super::json::{list, number, text};
use super::notices::Connection;
use super::words::{add, doi, escaped, phrase, plain, pmcid, pubmed_title, rising, year, years};
use super::{answer, dealt, each, get, read, refused, strange};
use crate::online::questions::Printed;
use crate::online::wire::{Reply, Unknown, Wire};
use crate::world::{Answer, Author, Identifier, Notice, Service, Work, WorkKind};

/// How many numbers are asked for in one call.
pub(in crate::online) const TOGETHER: usize = 25;

/// How many works are looked at for an entry.
const OFFERED: usize = 5;

/// The works of numbers of PubMed Central.
pub(in crate::online) async fn by_pmcid(wire: &Wire, pmcids: &[u32]) -> Vec<Answer<Work>> {
    // A number in quotation marks would find nothing.
    let query = pmcids.iter().map(|pmcid| format!("PMCID:PMC{pmcid}")).collect::<Vec<_>>().join(" OR ");
    // A work may have a record more, that of its preprint.
    let works = ask(wire, &query, pmcids.len() * 2).await;
    each(pmcids.len(), works.map(|works| dealt(Service::EuropePmc, pmcids, &works, |work, pmcid| work.pmcid == Some(*pmcid))))
}

/// The works with the title of an entry.
pub(in crate::online) async fn search(wire: &Wire, entry: &Printed) -> Answer<Vec<Work>> {
    let Some(query) = query(entry) else { return Answer::Unknown("it has no title to look for".into()) };
    let works = ask(wire, &query, OFFERED).await;
    answer(works.map(|works| Some(works).filter(|works| !works.is_empty())))
}

/// What Europe PMC is asked for an entry: the words of its title.
pub(in crate::online) fn query(entry: &Printed) -> Option<String> {
    let title = entry.title.as_deref().map(phrase).filter(|title| !title.is_empty())?;
    Some(format!("TITLE:\"{title}\""))
}

async fn ask(wire: &Wire, query: &str, most: usize) -> Result<Vec<Work>, Unknown> {
    let path = format!("search?query={}&resultType=core&format=json&pageSize={most}", escaped(query));
    works(&get(wire, Service::EuropePmc, path).await?)
}

fn works(reply: &Reply) -> Result<Vec<Work>, Unknown> {
    if reply.status == 404 {
        return Err(refused(Service::EuropePmc, 404));
    }
    let told = read(Service::EuropePmc, reply)?;
    // An answer tells how many there are, even where there are none; an error does not.
    let count = number(&told["hitCount"]).ok_or_else(|| strange(Service::EuropePmc))?;
    let results = told["resultList"]["result"].as_array().map_or(&[][..], Vec::as_slice);
    if count > 0 && results.is_empty() { Err(strange(Service::EuropePmc)) } else { Ok(results.iter().map(work).collect()) }
}

fn work(record: &Value) -> Work {
    let journal = &record["journalInfo"];
    let mut titles = Vec::new();
    for title in [text(&record["title"]), text(&record["vernacularTitle"])].into_iter().flatten() {
        add(&mut titles, pubmed_title(&title).unwrap_or_default());
    }
    let mut containers = Vec::new();
    let names = [&journal["journal"]["title"], &journal["journal"]["medlineAbbreviation"], &journal["journal"]["isoabbreviation"]];
    let book = &record["bookOrReportDetails"];
    for name in names.into_iter().chain([&book["publisher"]]).filter_map(text) {
        add(&mut containers, plain(&name));
    }
    let dates = [
        &record["firstPublicationDate"],
        &record["electronicPublicationDate"],
        &journal["printPublicationDate"],
        &journal["dateOfPublication"],
    ];
    let dates: Vec<String> = dates.into_iter().filter_map(text).collect();
    let numbers = [&record["pubYear"], &journal["yearOfPublication"]].into_iter().filter_map(|value| year(number(value)?));
    let mut work = Work {
        doi: text(&record["doi"]).and_then(|text| doi(&text)),
        pmid: number(&record["pmid"]),
        pmcid: text(&record["pmcid"]).and_then(|text| pmcid(&text)),
        kind: kind(record),
        titles,
        authors: list(&record["authorList"]["author"]).iter().filter_map(author).collect(),
        years: rising(dates.iter().flat_map(|date| years(date)).chain(numbers)),
        containers,
        volume: text(&journal["volume"]),
        issue: text(&journal["issue"]),
        pages: text(&record["pageInfo"]),
        ..Work::default()
    };
    for connection in list(&record["commentCorrectionList"]["commentCorrection"]) {
        // The number is one of PubMed only where the record is.
        let pmid = number(&connection["id"]).filter(|_| connection["source"] == "MED");
        match text(&connection["type"]).and_then(|name| Connection::named(&name)) {
            Some(Connection::Notice(kind)) => work.notify(Notice { kind, doi: None, pmid, day: None }),
            Some(Connection::NoticeOf) => pmid.into_iter().for_each(|pmid| work.concerns(Identifier::Pmid(pmid))),
            None => {}
        }
    }
    if kinds(record).any(|kind| kind == "retracted publication") {
        work.retract();
    }
    work
}

/// The kinds of publication of a record, in lower case.
fn kinds(record: &Value) -> impl Iterator<Item = String> {
    list(&record["pubTypeList"]["pubType"]).iter().filter_map(text).map(|kind| kind.to_lowercase())
}

fn author(author: &Value) -> Option<Author> {
    let part = |name: &str| text(&author[name]).map(|name| plain(&name)).filter(|name| !name.is_empty());
    if let Some(family) = part("collectiveName") {
        return Some(Author { family, given: String::new(), is_group: true });
    }
    let given = part("firstName").or_else(|| part("initials")).unwrap_or_default();
    Some(Author { family: part("lastName").or_else(|| part("fullName"))?, given, is_group: false })
}

fn kind(record: &Value) -> WorkKind {
    let is = |kind: &str| kinds(record).any(|other| other == kind);
    match () {
        () if record["source"] == "PPR" || is("preprint") => WorkKind::Preprint,
        () if is("book chapter") || is("chapter") => WorkKind::Chapter,
        () if is("book") || is("books and documents") => WorkKind::Book,
        () if record["source"] == "ETH" || is("thesis") => WorkKind::Thesis,
        () if record["journalInfo"].is_object() => WorkKind::Article,
        () => WorkKind::Other,
    }
}

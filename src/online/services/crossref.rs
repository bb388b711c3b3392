//! Crossref: the records that publishers deposit, with what Retraction Watch knows of them.

use std::collections::HashMap;

use serde_json::Value;

use super::json::{day_of, list, number, text, texts, year_of};
use super::words::{add, doi, escaped, opening, plain, rising};
use super::{answer, dealt, each, get, notices, read, refused, strange};
use crate::online::questions::Printed;
use crate::online::wire::{Reply, Unknown, Wire};
use crate::world::{Answer, Author, Identifier, Notice, NoticeKind, Service, Work, WorkKind, is_copy};

/// How many DOIs are asked for in one call; their filter must fit into an address.
pub(in crate::online) const TOGETHER: usize = 20;

/// What is wanted of a record in a list. A single record is always given whole.
const FIELDS: &str = "DOI,title,subtitle,original-title,type,author,issued,published,published-print,published-online,posted,created,\
                      container-title,short-container-title,volume,issue,page,article-number,update-to,updated-by,relation";

/// How many works are looked at for an entry.
const OFFERED: usize = 5;

/// The works of DOIs in lower case.
pub(in crate::online) async fn by_doi(wire: &Wire, dois: &[Box<str>]) -> Vec<Answer<Work>> {
    // A comma parts the DOIs of a filter, and can be in none of them.
    let listed: Vec<&str> = dois.iter().map(|doi| &**doi).filter(|doi| !doi.contains(',')).collect();
    let together = if listed.is_empty() { None } else { together(wire, &listed).await };
    let mut together: HashMap<&str, Answer<Work>> = listed.into_iter().zip(together.into_iter().flatten()).collect();
    let mut answers = Vec::with_capacity(dois.len());
    for doi in dois {
        answers.push(match together.remove(&**doi) {
            Some(answer) => answer,
            None => alone(wire, doi).await,
        });
    }
    answers
}

/// The works that Crossref offers for what an entry prints, best first.
pub(in crate::online) async fn search(wire: &Wire, entry: &Printed) -> Answer<Vec<Work>> {
    let Some(query) = query(entry) else { return Answer::Unknown("it has no title to look for".into()) };
    let path = format!("works?query.bibliographic={}&rows={OFFERED}&select={FIELDS}", escaped(&query));
    let reply = get(wire, Service::Crossref, path).await;
    let works = reply.and_then(|reply| items(&reply)).map(|(mut works, _)| {
        works.retain(|work| work.doi.as_ref().is_some_and(|doi| !is_copy(doi)));
        Some(works).filter(|works| !works.is_empty())
    });
    answer(works)
}

/// What Crossref is asked for an entry: its title, its first author and its year.
pub(in crate::online) fn query(entry: &Printed) -> Option<String> {
    let title = opening(entry.title.as_deref()?);
    Some([Some(title.as_str()), entry.author.as_deref(), entry.year.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// The works of DOIs that one call asks for; `None` where Crossref does not take one of them for a DOI, and so answers for none.
async fn together(wire: &Wire, dois: &[&str]) -> Option<Vec<Answer<Work>>> {
    let filter = dois.iter().map(|doi| format!("doi:{}", escaped(doi))).collect::<Vec<_>>().join(",");
    let reply = get(wire, Service::Crossref, format!("works?filter={filter}&rows={}&select={FIELDS}", dois.len())).await;
    if reply.as_ref().is_ok_and(|reply| reply.status == 400) {
        return None;
    }
    let works = reply.and_then(|reply| items(&reply)).and_then(|(works, total)| {
        // Where fewer came than there are, those that did not come may be there.
        if total.is_none_or(|total| total as usize > works.len()) { Err(strange(Service::Crossref)) } else { Ok(works) }
    });
    Some(each(dois.len(), works.map(|works| dealt(Service::Crossref, dois, &works, |work, doi| work.doi.as_deref() == Some(*doi)))))
}

async fn alone(wire: &Wire, doi: &str) -> Answer<Work> {
    let reply = get(wire, Service::Crossref, format!("works/{}", escaped(doi))).await;
    answer(reply.and_then(|reply| one(&reply, doi)))
}

fn one(reply: &Reply, doi: &str) -> Result<Option<Work>, Unknown> {
    match reply.status {
        404 if String::from_utf8_lossy(&reply.body).contains("Resource not found") => Ok(None),
        404 | 410 => Err(strange(Service::Crossref)),
        _ => {
            let told = read(Service::Crossref, reply)?;
            let record = work(&told["message"]).filter(|work| work.doi.as_deref() == Some(doi));
            record.map(Some).ok_or_else(|| strange(Service::Crossref))
        }
    }
}

/// The works of a list, and how many there are in all.
fn items(reply: &Reply) -> Result<(Vec<Work>, Option<u32>), Unknown> {
    if reply.status == 404 {
        return Err(refused(Service::Crossref, 404));
    }
    let told = read(Service::Crossref, reply)?;
    let message = &told["message"];
    let items = message["items"].as_array().ok_or_else(|| strange(Service::Crossref))?;
    Ok((items.iter().filter_map(work).collect(), number(&message["total-results"])))
}

/// A record, which has a DOI at least.
fn work(record: &Value) -> Option<Work> {
    let own = doi(&text(&record["DOI"])?)?;
    let (titles, containers) = (titles(record), containers(record));
    let mut work = Work {
        kind: kind(record),
        titles,
        authors: list(&record["author"]).iter().filter_map(author).collect(),
        years: years(record),
        containers,
        volume: text(&record["volume"]),
        issue: text(&record["issue"]),
        pages: text(&record["page"]).or_else(|| text(&record["article-number"])),
        published_as: list(&record["relation"]["is-preprint-of"]).iter().find_map(published).filter(|doi| *doi != own),
        ..Work::default()
    };
    let (own_updates, others): (Vec<&Value>, Vec<&Value>) =
        list(&record["update-to"]).iter().partition(|update| doi_of(update).as_deref() == Some(&*own));
    let mut updates: Vec<&Value> = list(&record["updated-by"]).iter().chain(own_updates).collect();
    // Where Retraction Watch tells of the same event, the publisher knows its day better.
    updates.sort_by_key(|update| update["source"] == "retraction-watch");
    for update in updates {
        let Some(name) = text(&update["type"]) else { continue };
        // A notice that names the work itself took it back in its place.
        let doi = doi_of(update).filter(|doi| *doi != own);
        work.notify(Notice { kind: notices::update(&name), doi, pmid: None, day: day_of(&update["updated"]) });
    }
    for update in others {
        // A new version of a work updates it, and is no notice.
        let is_notice =
            text(&update["type"]).is_some_and(|name| !matches!(notices::update(&name), NoticeKind::NewVersion | NoticeKind::Other));
        if let Some(doi) = doi_of(update).filter(|_| is_notice) {
            work.concerns(Identifier::Doi(doi));
        }
    }
    work.doi = Some(own);
    Some(work)
}

fn doi_of(update: &Value) -> Option<Box<str>> {
    doi(&text(&update["DOI"])?)
}

/// The DOI of `{"id-type": "doi", "id": "10.…", "asserted-by": "subject"}`.
fn published(relation: &Value) -> Option<Box<str>> {
    text(&relation["id-type"]).is_none_or(|kind| kind.eq_ignore_ascii_case("doi")).then(|| doi(&text(&relation["id"])?))?
}

fn titles(record: &Value) -> Vec<String> {
    let mut titles = Vec::new();
    let subtitle = texts(&record["subtitle"]).next().map(|subtitle| plain(&subtitle)).filter(|subtitle| !subtitle.is_empty());
    for title in texts(&record["title"]) {
        let title = plain(&title);
        if let Some(subtitle) = subtitle.as_ref().filter(|subtitle| !title.is_empty() && !title.ends_with(subtitle.as_str())) {
            let colon = if title.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '”' | '"')) { ":" } else { "" };
            add(&mut titles, format!("{title}{colon} {subtitle}"));
        }
        add(&mut titles, title);
    }
    for title in texts(&record["original-title"]) {
        add(&mut titles, plain(&title));
    }
    titles
}

fn containers(record: &Value) -> Vec<String> {
    let mut containers = Vec::new();
    for field in ["container-title", "short-container-title"] {
        for title in texts(&record[field]) {
            add(&mut containers, plain(&title));
        }
    }
    containers
}

fn years(record: &Value) -> Vec<u16> {
    const DATES: &[&str] = &["issued", "published", "published-print", "published-online", "posted"];
    let published = rising(DATES.iter().filter_map(|date| year_of(&record[*date])));
    // The day of the deposit is near that of publication, or decades later where old volumes were deposited.
    let deposited =
        year_of(&record["created"]).filter(|year| published.is_empty() || published.iter().any(|other| other.abs_diff(*year) <= 1));
    rising(published.into_iter().chain(deposited))
}

fn author(author: &Value) -> Option<Author> {
    let part = |name: &str| text(&author[name]).map(|name| plain(&name)).filter(|name| !name.is_empty());
    match part("family") {
        Some(family) => Some(Author { family, given: part("given").unwrap_or_default(), is_group: false }),
        None => {
            let is_group = !author["name"].is_null();
            Some(Author { family: part("name").or_else(|| part("given"))?, given: String::new(), is_group })
        }
    }
}

fn kind(record: &Value) -> WorkKind {
    match text(&record["type"]).unwrap_or_default().as_str() {
        "journal-article" => WorkKind::Article,
        "posted-content" => WorkKind::Preprint,
        "book" | "monograph" | "edited-book" | "reference-book" | "book-set" | "book-series" => WorkKind::Book,
        "book-chapter" | "book-section" | "book-part" | "book-track" | "reference-entry" => WorkKind::Chapter,
        "proceedings-article" | "proceedings" | "proceedings-series" => WorkKind::Conference,
        "report" | "report-component" | "report-series" | "standard" | "standard-series" => WorkKind::Report,
        "dataset" => WorkKind::Dataset,
        "dissertation" => WorkKind::Thesis,
        "peer-review" | "component" | "grant" | "journal" | "journal-issue" | "journal-volume" | "database" => WorkKind::Companion,
        _ => WorkKind::Other,
    }
}

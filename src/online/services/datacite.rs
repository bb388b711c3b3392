//! DataCite: the DOIs of data, software, arXiv and repositories.

use serde_json::Value;

use super::json::{list, number, text};
use super::words::{add, doi, escaped, plain, rising, year, years};
use super::{answer, get, read, strange};
use crate::online::wire::{Reply, Unknown, Wire};
use crate::world::{Answer, Author, Service, Work, WorkKind};

/// The prefix of arXiv, whose records name the published version.
const ARXIV: &str = "10.48550/";

/// The work of a DOI in lower case.
pub(in crate::online) async fn by_doi(wire: &Wire, doi: &str) -> Answer<Work> {
    let reply = get(wire, Service::Datacite, format!("dois/{}", escaped(doi))).await;
    answer(reply.and_then(|reply| record(&reply, doi)))
}

fn record(reply: &Reply, doi: &str) -> Result<Option<Work>, Unknown> {
    if matches!(reply.status, 404 | 410) {
        // A DOI that it does not have is told as JSON; anything else comes from what stands between.
        let told: Value = serde_json::from_slice(&reply.body).map_err(|_| strange(Service::Datacite))?;
        return if told["errors"].is_array() { Ok(None) } else { Err(strange(Service::Datacite)) };
    }
    let told = read(Service::Datacite, reply)?;
    let work = work(&told["data"]["attributes"]).filter(|work| work.doi.as_deref() == Some(doi));
    work.map(Some).ok_or_else(|| strange(Service::Datacite))
}

fn work(record: &Value) -> Option<Work> {
    let own = doi(&text(&record["doi"])?)?;
    let container = &record["container"];
    let (first, last) = (text(&container["firstPage"]), text(&container["lastPage"]));
    let mut containers = Vec::new();
    let publisher = text(&record["publisher"]).or_else(|| text(&record["publisher"]["name"]));
    for name in [text(&container["title"]), publisher].into_iter().flatten() {
        add(&mut containers, plain(&name));
    }
    let published = list(&record["dates"]).iter().filter(|date| date["dateType"] != "Collected" && date["dateType"] != "Copyrighted");
    let dates = published.filter_map(|date| text(&date["date"])).collect::<Vec<_>>();
    Some(Work {
        kind: kind(record, &own),
        titles: titles(record),
        authors: list(&record["creators"]).iter().filter_map(author).collect(),
        years: rising(dates.iter().flat_map(|date| years(date)).chain(number(&record["publicationYear"]).and_then(year))),
        containers,
        volume: text(&container["volume"]),
        issue: text(&container["issue"]),
        pages: first.map(|first| last.map_or_else(|| first.clone(), |last| format!("{first}-{last}"))),
        published_as: list(&record["relatedIdentifiers"]).iter().find_map(|related| published_version(related, &own)),
        doi: Some(own),
        ..Work::default()
    })
}

fn titles(record: &Value) -> Vec<String> {
    let of = |kind: &str| list(&record["titles"]).iter().find(|title| title["titleType"] == kind).and_then(|title| text(&title["title"]));
    let subtitle = of("Subtitle").map(|subtitle| plain(&subtitle));
    let mut titles = Vec::new();
    for title in list(&record["titles"]).iter().filter(|title| title["titleType"] != "Subtitle") {
        let Some(title) = text(&title["title"]).map(|title| plain(&title)) else { continue };
        if let Some(subtitle) = &subtitle {
            add(&mut titles, format!("{title}: {subtitle}"));
        }
        add(&mut titles, title);
    }
    titles
}

fn author(creator: &Value) -> Option<Author> {
    let part = |name: &str| text(&creator[name]).map(|name| plain(&name)).filter(|name| !name.is_empty());
    let name = part("name");
    if creator["nameType"] == "Organizational" {
        return Some(Author { family: name?, given: String::new(), is_group: true });
    }
    // The name of a person is `Family, Given` where its parts are not told apart.
    let (family, given) = match (part("familyName"), &name) {
        (Some(family), _) => (family, part("givenName").unwrap_or_default()),
        (None, name) => {
            let name = name.as_deref()?;
            let (family, given) = name.split_once(',').unwrap_or((name, ""));
            (family.trim().to_owned(), given.trim().to_owned())
        }
    };
    Some(Author { family, given, is_group: false })
}

/// The DOI of the published version. Other repositories call each version of a record one of another.
fn published_version(related: &Value, own: &str) -> Option<Box<str>> {
    let relation = text(&related["relationType"])?;
    let names = relation == "IsPreprintOf" || relation == "IsVersionOf" && own.starts_with(ARXIV);
    (names && related["relatedIdentifierType"] == "DOI").then(|| doi(&text(&related["relatedIdentifier"])?))?.filter(|doi| **doi != *own)
}

fn kind(record: &Value, own: &str) -> WorkKind {
    match text(&record["types"]["resourceTypeGeneral"]).unwrap_or_default().as_str() {
        "JournalArticle" | "DataPaper" => WorkKind::Article,
        "Preprint" => WorkKind::Preprint,
        "Text" if own.starts_with(ARXIV) => WorkKind::Preprint,
        "Book" => WorkKind::Book,
        "BookChapter" => WorkKind::Chapter,
        "ConferencePaper" | "ConferenceProceeding" => WorkKind::Conference,
        "Report" | "Standard" => WorkKind::Report,
        "Dataset" | "Software" | "Model" | "Collection" | "ComputationalNotebook" | "Workflow" => WorkKind::Dataset,
        "Dissertation" => WorkKind::Thesis,
        "PeerReview" | "Image" | "Journal" | "Award" => WorkKind::Companion,
        _ => WorkKind::Other,
    }
}

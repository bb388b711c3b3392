//! The registries of an invented world: one server that speaks the used parts of PubMed's E-utilities, Crossref, DataCite,
//! doi.org, Europe PMC and the Internet Archive from the files of a folder, as each of them does.
#![allow(dead_code, reason = "several test programs use it, each a part")]

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use medproof::config::{Online, Services};
use serde_json::{Map, Value, json};

use super::server::{Asked, Server, Told, serve};

/// The running registries; they end when this is dropped.
pub struct Registry {
    pub server: Server,
    broken: Arc<Mutex<HashMap<&'static str, Told>>>,
}

/// The first part of the paths of each service.
pub const PUBMED: &str = "pubmed";
pub const CROSSREF: &str = "crossref";
pub const DATACITE: &str = "datacite";
pub const DOI_ORG: &str = "doi.org";
pub const EUROPE_PMC: &str = "europe-pmc";
pub const ARCHIVE: &str = "archive";

struct Data {
    /// Records of PubMed as they are sent, by number, and their DOIs.
    pubmed: Vec<(String, Option<String>, String)>,
    /// Citations as far as the author, and what is answered.
    citations: Vec<(String, String)>,
    crossref: Vec<Value>,
    datacite: Vec<Value>,
    handles: Map<String, Value>,
    europe_pmc: Vec<Value>,
    /// The closest copy of each page that has one.
    archive: Map<String, Value>,
}

impl Registry {
    /// Starts the registries with the files of a folder.
    pub fn start(folder: &Path) -> Self {
        let data = Data::read(folder);
        let broken: Arc<Mutex<HashMap<&'static str, Told>>> = Arc::default();
        let refusals = broken.clone();
        let server = serve(move |asked| {
            let path = asked.path().trim_start_matches('/').to_owned();
            let (service, path) = path.split_once('/').unwrap_or((&path, ""));
            if let Some(told) = refusals.lock().unwrap().get(service) {
                return told.clone();
            }
            match service {
                PUBMED => data.pubmed(path, asked),
                CROSSREF => data.crossref(path, asked),
                DATACITE => data.datacite(path),
                DOI_ORG => data.handle(path),
                EUROPE_PMC => data.europe_pmc(asked),
                ARCHIVE => data.archive(path, asked),
                _ => Told::page(404),
            }
        });
        Self { server, broken }
    }

    /// The addresses of the services.
    pub fn services(&self) -> Services {
        let base = |service: &str| self.server.url(&format!("/{service}/"));
        Services {
            pubmed: base(PUBMED),
            crossref: base(CROSSREF),
            datacite: base(DATACITE),
            doi_org: base(DOI_ORG),
            europe_pmc: base(EUROPE_PMC),
            archive: base(ARCHIVE),
        }
    }

    /// Settings by which these registries are asked, without a pause.
    pub fn settings(&self) -> Online {
        Online { services: self.services(), pause: 0.0, timeout: 5.0, ..Online::default() }
    }

    /// Lets a service answer everything in one way from now on.
    pub fn break_down(&self, service: &'static str, told: Told) {
        self.broken.lock().unwrap().insert(service, told);
    }

    /// What a service was asked, as its paths and queries.
    pub fn asked(&self, service: &str) -> Vec<String> {
        let start = format!("/{service}/");
        self.server.asked().iter().filter_map(|asked| asked.target.strip_prefix(&start).map(str::to_owned)).collect()
    }
}

impl Data {
    fn read(folder: &Path) -> Self {
        let file = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let list = |name: &str| serde_json::from_str(&file(name)).unwrap();
        let citations = file("ecitmatch.txt");
        let citations = citations.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.rsplit_once('|'));
        Self {
            pubmed: records(&file("pubmed.xml")),
            citations: citations.map(|(asked, told)| (asked.to_lowercase(), told.to_owned())).collect(),
            crossref: list("crossref.json"),
            datacite: list("datacite.json"),
            handles: serde_json::from_str(&file("handles.json")).unwrap(),
            europe_pmc: list("europe_pmc.json"),
            archive: serde_json::from_str(&file("archive.json")).unwrap(),
        }
    }

    fn pubmed(&self, path: &str, asked: &Asked) -> Told {
        let parameter = |name: &str| asked.parameter(name).unwrap_or_default();
        assert_eq!((parameter("db"), parameter("tool")), ("pubmed".to_owned(), "medproof".to_owned()));
        match path {
            "efetch.fcgi" => {
                assert_eq!(parameter("retmode"), "xml");
                let ids = parameter("id");
                let ids: Vec<&str> = ids.split(',').collect();
                assert!(ids.len() <= 200, "{} numbers in one call", ids.len());
                let records = ids.iter().filter_map(|id| self.pubmed.iter().find(|(pmid, ..)| pmid == id));
                let records: String = records.map(|(.., record)| record.as_str()).collect();
                Told::xml(format!("<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet>{records}</PubmedArticleSet>"))
            }
            "esearch.fcgi" => {
                let term = parameter("term");
                let (mut ids, mut lacking) = (Vec::new(), Vec::new());
                for term in term.split(" OR ") {
                    let doi = term.strip_suffix("[doi]").expect("only DOIs are searched for").trim_matches('"').to_lowercase();
                    match self.pubmed.iter().find(|(_, other, _)| other.as_ref() == Some(&doi)) {
                        Some((pmid, ..)) => ids.push(pmid),
                        None => lacking.push(doi),
                    }
                }
                let result = json!({ "count": ids.len().to_string(), "retmax": ids.len().to_string(), "retstart": "0", "idlist": ids,
                    "errorlist": { "phrasesnotfound": lacking, "fieldsnotfound": [] } });
                Told::json(json!({ "header": { "type": "esearch", "version": "0.3" }, "esearchresult": result }).to_string())
            }
            "ecitmatch.cgi" => {
                let lines = parameter("bdata");
                let told: String = lines.split('\r').map(|line| format!("{line}{}\n", self.matched(line))).collect();
                Told::new(200, "text/plain; charset=utf-8", told)
            }
            _ => Told::page(404),
        }
    }

    /// What ECitMatch answers to `journal|year|volume|page|author|key|`.
    fn matched(&self, line: &str) -> &str {
        let asked = line.trim_end_matches('|').rsplit_once('|').map_or("", |(asked, _)| asked).to_lowercase();
        self.citations.iter().find(|(other, _)| *other == asked).map_or("NOT_FOUND", |(_, told)| told)
    }

    fn crossref(&self, path: &str, asked: &Asked) -> Told {
        let select = asked.parameter("select");
        let refused = |value: &str| {
            let failure = json!([{ "type": "parameter-not-allowed", "value": value, "message": "This route does not support it" }]);
            let message = json!({ "status": "failed", "message-type": "validation-failure", "message": failure });
            Told::new(400, "application/json;charset=utf-8", message.to_string())
        };
        if let Some(doi) = path.strip_prefix("works/") {
            let doi = decoded(doi).to_lowercase();
            return match self.crossref.iter().find(|record| record["DOI"] == doi) {
                _ if select.is_some() => refused("select"),
                Some(record) => told_by_crossref("work", record.clone()),
                None => Told::new(404, "text/plain;charset=utf-8", "Resource not found."),
            };
        }
        assert_eq!(path, "works");
        let select = select.unwrap_or_default();
        if let Some(unknown) = select.split(',').find(|field| !SELECTABLE.contains(field)) {
            return refused(unknown);
        }
        let rows: usize = asked.parameter("rows").map_or(20, |rows| rows.parse().unwrap());
        let mut found: Vec<&Value> = Vec::new();
        if let Some(filter) = asked.parameter("filter") {
            for doi in filter.split(',') {
                let Some(doi) = doi.strip_prefix("doi:").filter(|doi| doi.starts_with("10.") && doi.contains('/')) else {
                    return refused(doi);
                };
                // One that is not there is passed over in silence.
                found.extend(self.crossref.iter().find(|record| record["DOI"] == doi.to_lowercase()));
            }
        } else {
            let query = asked.parameter("query.bibliographic").unwrap().to_lowercase();
            let mut scored: Vec<(usize, &Value)> = self.crossref.iter().map(|record| (shared(&query, record), record)).collect();
            scored.retain(|(score, _)| *score > 0);
            scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
            found.extend(scored.into_iter().map(|(_, record)| record));
        }
        let total = found.len();
        let items: Vec<Value> = found.into_iter().take(rows).map(|record| selected(record, &select)).collect();
        told_by_crossref("work-list", json!({ "facets": {}, "total-results": total, "items": items, "items-per-page": rows }))
    }

    fn datacite(&self, path: &str) -> Told {
        let doi = decoded(path.strip_prefix("dois/").unwrap()).to_lowercase();
        match self.datacite.iter().find(|record| record["doi"].as_str().unwrap().to_lowercase() == doi) {
            Some(record) => {
                let data = json!({ "data": { "id": doi, "type": "dois", "attributes": record } });
                Told::new(200, "application/vnd.api+json; charset=utf-8", data.to_string())
            }
            None => {
                let error = json!({ "errors": [{ "status": "404", "title": "The resource you are looking for doesn't exist." }] });
                Told::new(404, "application/json; charset=utf-8", error.to_string())
            }
        }
    }

    fn handle(&self, path: &str) -> Told {
        let doi = decoded(path.strip_prefix("api/handles/").unwrap());
        match self.handles.get(&doi.to_lowercase()) {
            Some(Value::String(url)) => {
                let value = json!({ "index": 1, "type": "URL", "data": { "format": "string", "value": url }, "ttl": 86400 });
                Told::json(json!({ "responseCode": 1, "handle": doi, "values": [value] }).to_string())
            }
            Some(_) => Told::json(json!({ "responseCode": 200, "message": "Values Not Found", "handle": doi, "values": [] }).to_string()),
            None => Told::new(404, "application/json;charset=UTF-8", json!({ "responseCode": 100, "handle": doi }).to_string()),
        }
    }

    fn europe_pmc(&self, asked: &Asked) -> Told {
        let parameter = |name: &str| asked.parameter(name).unwrap_or_default();
        assert_eq!((parameter("format"), parameter("resultType")), ("json".to_owned(), "core".to_owned()));
        let query = parameter("query");
        let meets = |record: &&Value| {
            query.split(" OR ").any(|term| match term.split_once(':') {
                // A number in quotation marks is found nowhere.
                Some(("PMCID", pmcid)) => record["pmcid"] == pmcid,
                Some(("TITLE", title)) => words(record["title"].as_str().unwrap()).contains(&words(title)),
                _ => panic!("{term} is no term"),
            })
        };
        let found: Vec<&Value> = self.europe_pmc.iter().filter(meets).collect();
        let size = parameter("pageSize").parse().unwrap();
        let results: Vec<&Value> = found.iter().copied().take(size).collect();
        Told::json(json!({ "version": "6.9", "hitCount": found.len(), "resultList": { "result": results } }).to_string())
    }

    fn archive(&self, path: &str, asked: &Asked) -> Told {
        assert_eq!(path, "wayback/available");
        let url = asked.parameter("url").unwrap();
        let snapshots = self.archive.get(&url).map_or(json!({}), |closest| json!({ "closest": closest }));
        Told::json(json!({ "url": url, "archived_snapshots": snapshots }).to_string())
    }
}

/// The fields that Crossref takes in `select`.
const SELECTABLE: &[&str] = &[
    "DOI",
    "title",
    "subtitle",
    "original-title",
    "short-title",
    "type",
    "author",
    "issued",
    "published",
    "published-print",
    "published-online",
    "posted",
    "created",
    "container-title",
    "short-container-title",
    "group-title",
    "volume",
    "issue",
    "page",
    "article-number",
    "update-to",
    "updated-by",
    "relation",
    "ISSN",
];

fn told_by_crossref(kind: &str, message: Value) -> Told {
    Told::json(json!({ "status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message }).to_string())
}

fn selected(record: &Value, select: &str) -> Value {
    let fields = record.as_object().unwrap().iter().filter(|(name, _)| select.split(',').any(|field| field == *name));
    Value::Object(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// How many words of a query a record of Crossref has in its title.
fn shared(query: &str, record: &Value) -> usize {
    let title = words(&record["title"].to_string());
    words(query).split(' ').filter(|word| word.len() > 3 && title.split(' ').any(|other| other == *word)).count()
}

/// A text as small words, without marks and markup.
fn words(text: &str) -> String {
    let text = ["<i>", "</i>", "<sub>", "</sub>"].iter().fold(text.to_lowercase(), |text, tag| text.replace(tag, ""));
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The records of a file of PubMed, each with its number and DOI.
fn records(xml: &str) -> Vec<(String, Option<String>, String)> {
    let mut records = Vec::new();
    for kind in ["PubmedArticle", "PubmedBookArticle"] {
        for part in xml.split(&format!("<{kind}>")).skip(1) {
            let inside = part.split(&format!("</{kind}>")).next().unwrap();
            let pmid = inside.split("<PMID Version=\"").nth(1).and_then(|rest| rest.get(3..11)).unwrap();
            let own = inside.split("<ReferenceList>").next().unwrap();
            let doi = own.split("<ArticleId IdType=\"doi\">").nth(1).and_then(|rest| rest.split('<').next());
            records.push((pmid.to_owned(), doi.map(str::to_lowercase), format!("<{kind}>{inside}</{kind}>")));
        }
    }
    records
}

fn decoded(path: &str) -> String {
    let asked = Asked {
        method: String::new(),
        target: format!("?path={path}"),
        headers: Vec::new(),
        body: String::new(),
        at: std::time::Instant::now(),
    };
    asked.parameter("path").unwrap()
}

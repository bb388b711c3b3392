//! PubMed: the records of the National Library of Medicine, by their numbers, by DOI, and by what an entry prints.

mod citing;
mod record;

use super::json::{number, texts};
use super::tree::Element;
use super::{dealt, each, found, read, refused, strange};
use crate::online::wire::{Request, Unknown, Wire};
use crate::world::{Answer, Service, Work};

pub(in crate::online) use citing::{by_citation, line};

/// How many numbers are asked for in one call, as NCBI asks for.
pub(in crate::online) const TOGETHER: usize = 200;

/// How many DOIs are looked for in one call, and citations in another.
pub(in crate::online) const SOUGHT: usize = 50;

/// How many numbers a search gives at most, as many as one call takes: a DOI leads to one work, rarely to two.
const MOST: &str = "200";

/// The works of PubMed's numbers.
pub(in crate::online) async fn by_pmid(wire: &Wire, pmids: &[u32]) -> Vec<Answer<Work>> {
    let works = records(wire, pmids).await;
    each(pmids.len(), works.map(|works| dealt(Service::Pubmed, pmids, &works, |work, pmid| work.pmid == Some(*pmid))))
}

/// The works of DOIs in lower case: those whose record names the DOI.
pub(in crate::online) async fn by_doi(wire: &Wire, dois: &[Box<str>]) -> Vec<Answer<Work>> {
    let answers = with_dois(wire, dois).await.map(|works| {
        // A search may give other works as well, which say nothing.
        let work = |doi: &str| works.iter().find(|work| work.doi.as_deref() == Some(doi)).cloned();
        dois.iter().map(|doi| found(work(doi))).collect()
    });
    each(dois.len(), answers)
}

async fn with_dois(wire: &Wire, dois: &[Box<str>]) -> Result<Vec<Work>, Unknown> {
    let terms: Vec<String> = dois.iter().map(|doi| format!("{}[doi]", term(doi))).collect();
    let form = [("db", "pubmed"), ("retmode", "json"), ("retmax", MOST), ("term", &terms.join(" OR "))];
    let reply = wire.ask(Service::Pubmed, post("esearch.fcgi", &form, "application/json")).await?;
    let result = &read(Service::Pubmed, &reply)?["esearchresult"];
    // A search that failed has an error in the place of the list. In a list that was cut, a work may be missing.
    let pmids: Vec<u32> = texts(&result["idlist"]).filter_map(|pmid| pmid.parse().ok()).collect();
    let is_whole = number(&result["count"]).is_some_and(|count| count as usize <= pmids.len());
    if !result["ERROR"].is_null() || !result["idlist"].is_array() || !is_whole {
        return Err(strange(Service::Pubmed));
    }
    records(wire, &pmids).await
}

/// A DOI as a term of a search: in quotation marks where it has marks that mean something there.
fn term(doi: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_');
    if doi.chars().all(is_plain) { doi.to_owned() } else { format!("\"{}\"", doi.replace('"', "")) }
}

/// The records that PubMed has; of one that cannot be read, an empty work.
async fn records(wire: &Wire, pmids: &[u32]) -> Result<Vec<Work>, Unknown> {
    if pmids.is_empty() {
        return Ok(Vec::new());
    }
    let numbers = pmids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
    let request = post("efetch.fcgi", &[("db", "pubmed"), ("retmode", "xml"), ("id", &numbers)], "text/xml");
    let reply = wire.ask(Service::Pubmed, request).await?;
    if reply.status != 200 {
        return Err(refused(Service::Pubmed, reply.status));
    }
    let root = Element::root(&reply.body).filter(|root| root.name() == "PubmedArticleSet").ok_or_else(|| strange(Service::Pubmed))?;
    Ok(root.elements().map(|record| record::work(record).unwrap_or_default()).collect())
}

fn post(path: &str, form: &[(&str, &str)], accept: &'static str) -> Request {
    let form = form.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    Request { path: path.to_owned(), form: Some(form), accept }
}

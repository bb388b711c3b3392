//! What an article's questions are at each service: what is asked, and what `--dry-run` tells of it, come from here.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use globset::{Glob, GlobSet, GlobSetBuilder};
use reqwest::Url;

use super::questions::{Printed, Questions};
use super::services::{crossref, europe_pmc, pubmed};
use crate::article::links;
use crate::article::references::Kind;
use crate::config::Online;
use crate::world::{Identifier, Service};

/// A question that would be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub service: Service,
    /// What is sent, without escapes.
    pub what: String,
    /// On which condition, as the end of “only if …”.
    pub only_if: Option<&'static str>,
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.service.name(), self.what)?;
        self.only_if.map_or(Ok(()), |condition| write!(f, " (only if {condition})"))
    }
}

/// The questions of some articles, by what is asked about.
#[derive(Debug, Default)]
pub(super) struct Plan<'q> {
    pub(super) pmids: BTreeSet<u32>,
    pub(super) pmcids: BTreeSet<u32>,
    /// Of references.
    pub(super) dois: BTreeSet<Box<str>>,
    /// Of links that are those of no reference.
    pub(super) linked: BTreeSet<Box<str>>,
    /// Entries to look for by what they print, where none of their identifiers leads to a work.
    pub(super) entries: BTreeMap<&'q str, &'q Printed>,
    /// The addresses of sites, those of one host far from each other.
    pub(super) sites: Vec<&'q str>,
}

/// All that may be asked, in the order of asking.
pub fn plan(questions: &Questions, config: &Online) -> Vec<Planned> {
    const NOWHERE: Option<&str> = Some("none of its identifiers leads to a record");
    let plan = Plan::new(questions, config);
    let mut planned = Vec::new();
    let mut add = |service, what: String, only_if| planned.push(Planned { service, what, only_if });
    for &pmid in &plan.pmids {
        add(Service::Pubmed, Identifier::Pmid(pmid).to_string(), None);
    }
    for &pmcid in &plan.pmcids {
        add(Service::EuropePmc, Identifier::Pmcid(pmcid).to_string(), None);
    }
    for doi in &plan.dois {
        let what = Identifier::Doi(doi.clone()).to_string();
        add(Service::Crossref, what.clone(), None);
        add(Service::Pubmed, what.clone(), Some("no record that was found has it"));
        add(Service::Datacite, what.clone(), Some("Crossref does not know it"));
        add(Service::DoiOrg, what, Some("neither Crossref nor DataCite has a record of it"));
    }
    for doi in &plan.linked {
        add(Service::DoiOrg, Identifier::Doi(doi.clone()).to_string(), None);
    }
    for entry in plan.entries.values() {
        for (service, what) in searches(entry) {
            add(service, what, if entry.identifiers.is_empty() { None } else { NOWHERE });
        }
    }
    for address in &plan.sites {
        add(Service::Site, (*address).to_owned(), None);
    }
    for address in plan.sites.iter().filter(|address| is_public(address, config)) {
        add(Service::Archive, (*address).to_owned(), Some("its site has no such page"));
    }
    planned
}

/// What each service that searches is asked for an entry.
fn searches(entry: &Printed) -> impl Iterator<Item = (Service, String)> {
    let asked = [
        (Service::Pubmed, pubmed::line(entry)),
        (Service::Crossref, crossref::query(entry)),
        (Service::EuropePmc, europe_pmc::query(entry)),
    ];
    asked.into_iter().filter_map(|(service, what)| Some((service, what?)))
}

impl<'q> Plan<'q> {
    pub(super) fn new(questions: &'q Questions, config: &Online) -> Self {
        let mut plan = Plan::default();
        for identifier in questions.entries.values().flat_map(|entry| &entry.identifiers) {
            match identifier {
                Identifier::Pmid(pmid) => _ = plan.pmids.insert(*pmid),
                Identifier::Pmcid(pmcid) => _ = plan.pmcids.insert(*pmcid),
                Identifier::Doi(doi) => _ = plan.dois.insert(doi.clone()),
            }
        }
        let journals = questions.entries.iter().filter(|(_, entry)| matches!(entry.kind, Kind::Journal | Kind::Abstract | Kind::Preprint));
        plan.entries = journals.filter(|(_, entry)| entry.title.is_some()).map(|(text, entry)| (text.as_str(), entry)).collect();
        if config.links {
            plan.follow(questions, &config.skip);
        }
        plan
    }

    fn follow(&mut self, questions: &'q Questions, skip: &[String]) {
        let skip = globs(skip);
        let links = questions.links.iter().map(String::as_str).filter(|address| !skip.is_match(address));
        // A site is asked slowly, so that its links are spread among those of others.
        let mut turns: HashMap<&str, usize> = HashMap::new();
        let mut sites = Vec::new();
        for address in links {
            match links::doi(address) {
                Some(doi) if self.dois.contains(&doi) => {}
                Some(doi) => _ = self.linked.insert(doi),
                None => {
                    let turn = turns.entry(host(address)).or_default();
                    *turn += 1;
                    sites.push((*turn, address));
                }
            }
        }
        sites.sort_unstable();
        self.sites = sites.into_iter().map(|(_, address)| address).collect();
    }
}

/// Whether an address may be named to others than its site: it is none of the user's own network.
pub(super) fn is_public(address: &str, config: &Online) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let host = url.host_str().unwrap_or_default();
    let with_port = format!("{host}:{}", url.port_or_known_default().unwrap_or_default());
    !config.allow_hosts.iter().map(|allowed| allowed.to_lowercase()).any(|allowed| allowed == host || allowed == with_port)
}

/// The host of an address, with what is before it.
fn host(address: &str) -> &str {
    let start = address.find("//").map_or(0, |slashes| slashes + 2);
    address[start..].split(['/', '?', '#']).next().unwrap_or_default()
}

/// The globs of the settings; a glob that is none was told where the settings were read.
fn globs(patterns: &[String]) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    for glob in patterns.iter().filter_map(|pattern| Glob::new(pattern).ok()) {
        globs.add(glob);
    }
    globs.build().unwrap_or_default()
}

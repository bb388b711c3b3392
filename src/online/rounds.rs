//! The rounds of asking: what is asked later hangs on what was said before.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

use futures_util::StreamExt as _;
use futures_util::stream;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::plan::{Plan, is_public};
use super::questions::{Printed, Questions};
use super::services::{archive, crossref, datacite, doi_org, europe_pmc, pubmed};
use super::{Store, Wire};
use crate::config::Online;
use crate::world::{Answer, Identifier, Said, Service, Work, World};

/// How far asking has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions that have come up so far; an answer may raise more.
    pub questions: usize,
    /// Those that are done, answered or not.
    pub done: usize,
}

/// So many questions, or batches of them, wait at once for the turn of their service or site.
const WAITING: usize = 512;

/// Asks the world, first what it said in earlier runs. Every question is answered, with “unknown” at least.
pub async fn ask(wire: &Wire, store: &Store, questions: &Questions, config: &Online, today: Date, progress: impl Fn(Progress)) -> World {
    let plan = Plan::new(questions, config);
    let asking = Asking { wire, store, today, report: &progress, progress: Cell::default(), told: RefCell::default() };

    // What the references name, each kind of identifier where it is at home.
    let Plan { pmids, pmcids, dois, linked, .. } = &plan;
    tokio::join!(asking.pmids(pmids), asking.pmcids(pmcids), asking.crossref(dois));

    // What PubMed and Crossref add to what others told: above all that a work was retracted.
    let (more_pmids, more_dois) = asking.also_known_as(pmids, dois);
    let (unseen, elsewhere) = (asking.not_in_pubmed(dois), asking.not_at_crossref(dois));
    tokio::join!(asking.pmids(&more_pmids), asking.crossref(&more_dois), asking.seek_dois(&unseen), asking.datacite(&elsewhere));

    // What nobody describes: whether it exists at all, and which work it may be.
    let bare: BTreeSet<Box<str>> = asking.undescribed(dois).union(linked).cloned().collect();
    let lost = asking.lost(&plan);
    tokio::join!(asking.registrations(&bare), asking.cited(&lost), asking.at_crossref(&lost), asking.at_europe_pmc(&lost));

    // The published versions of preprints, the sites of the links, and the copies of pages that are gone.
    let published = asking.published();
    asking.crossref(&published).await;
    asking.sites(&plan.sites).await;
    let gone: Vec<&str> = asking.gone(&plan.sites).into_iter().filter(|address| is_public(address, config)).collect();
    asking.archive(&gone).await;
    asking.told.into_inner().world
}

struct Asking<'a> {
    wire: &'a Wire,
    store: &'a Store,
    today: Date,
    report: &'a dyn Fn(Progress),
    progress: Cell<Progress>,
    told: RefCell<Told>,
}

#[derive(Default)]
struct Told {
    world: World,
    /// What the records that were found call their works.
    pmids: BTreeSet<u32>,
    dois: BTreeSet<Box<str>>,
    /// What PubMed says, by the DOIs of its records.
    by_doi: HashMap<Box<str>, Said<Work>>,
    /// The DOIs of versions that records of preprints name.
    published: BTreeSet<Box<str>>,
}

/// An entry with its text, which it is known by.
type Entry<'q> = (&'q str, &'q Printed);

impl Asking<'_> {
    async fn pmids(&self, pmids: &BTreeSet<u32>) {
        let ask = async |pmids: &[u32]| pubmed::by_pmid(self.wire, pmids).await;
        self.works(Service::Pubmed, pmids, pubmed::TOGETHER, |&pmid| Identifier::Pmid(pmid), ask).await;
    }

    async fn pmcids(&self, pmcids: &BTreeSet<u32>) {
        let ask = async |pmcids: &[u32]| europe_pmc::by_pmcid(self.wire, pmcids).await;
        self.works(Service::EuropePmc, pmcids, europe_pmc::TOGETHER, |&pmcid| Identifier::Pmcid(pmcid), ask).await;
    }

    async fn crossref(&self, dois: &BTreeSet<Box<str>>) {
        let ask = async |dois: &[Box<str>]| crossref::by_doi(self.wire, dois).await;
        self.works(Service::Crossref, dois, crossref::TOGETHER, |doi| name(doi), ask).await;
    }

    async fn seek_dois(&self, dois: &BTreeSet<Box<str>>) {
        let ask = async |dois: &[Box<str>]| pubmed::by_doi(self.wire, dois).await;
        self.works(Service::Pubmed, dois, pubmed::SOUGHT, |doi| name(doi), ask).await;
    }

    async fn datacite(&self, dois: &BTreeSet<Box<str>>) {
        let ask = async |dois: &[Box<str>]| vec![datacite::by_doi(self.wire, &dois[0]).await];
        self.works(Service::Datacite, dois, 1, |doi| name(doi), ask).await;
    }

    async fn registrations(&self, dois: &BTreeSet<Box<str>>) {
        let dois: Vec<Box<str>> = dois.iter().cloned().collect();
        let ask = async |dois: &[Box<str>]| vec![doi_org::registration(self.wire, &dois[0]).await];
        self.put(Service::DoiOrg, &dois, 1, |doi| name(doi).to_string(), ask, |told, doi, said| told.world.tell_registration(doi, said))
            .await;
    }

    /// Looks for entries by journal, year, volume, page and author.
    async fn cited(&self, entries: &[Entry<'_>]) {
        let entries: Vec<Entry<'_>> = entries.iter().copied().filter(|(_, entry)| pubmed::line(entry).is_some()).collect();
        let ask = async |entries: &[Entry<'_>]| {
            let printed: Vec<&Printed> = entries.iter().map(|(_, printed)| *printed).collect();
            pubmed::by_citation(self.wire, &printed).await
        };
        self.searches(Service::Pubmed, &entries, pubmed::SOUGHT, ask).await;
    }

    async fn at_crossref(&self, entries: &[Entry<'_>]) {
        let ask = async |entries: &[Entry<'_>]| vec![crossref::search(self.wire, entries[0].1).await];
        self.searches(Service::Crossref, entries, 1, ask).await;
    }

    async fn at_europe_pmc(&self, entries: &[Entry<'_>]) {
        let ask = async |entries: &[Entry<'_>]| vec![europe_pmc::search(self.wire, entries[0].1).await];
        self.searches(Service::EuropePmc, entries, 1, ask).await;
    }

    async fn sites(&self, addresses: &[&str]) {
        let ask = async |addresses: &[&str]| vec![self.wire.reach(addresses[0]).await];
        let key = |address: &&str| (*address).to_owned();
        self.put(Service::Site, addresses, 1, key, ask, |told, address, said| told.world.tell_link(address, said)).await;
    }

    async fn archive(&self, addresses: &[&str]) {
        let ask = async |addresses: &[&str]| vec![archive::snapshot(self.wire, addresses[0]).await];
        let key = |address: &&str| (*address).to_owned();
        self.put(Service::Archive, addresses, 1, key, ask, |told, address, said| told.world.tell_snapshot(address, said)).await;
    }

    /// The addresses whose sites have no such page.
    fn gone<'q>(&self, addresses: &[&'q str]) -> Vec<&'q str> {
        let world = &self.told.borrow().world;
        let is_gone = |address: &&&str| world.link(address).is_some_and(|said| said.answer == Answer::NotFound);
        addresses.iter().filter(is_gone).copied().collect()
    }

    /// The DOIs whose work PubMed has not told of by its number; of the others it is told here.
    fn not_in_pubmed(&self, dois: &BTreeSet<Box<str>>) -> BTreeSet<Box<str>> {
        let Told { world, by_doi, .. } = &mut *self.told.borrow_mut();
        let mut unseen = BTreeSet::new();
        for doi in dois {
            match by_doi.get(doi) {
                Some(said) => world.tell_work(name(doi), said.clone()),
                None => _ = unseen.insert(doi.clone()),
            }
        }
        unseen
    }

    /// The DOIs of works that PubMed or Europe PMC told of, beside those that the references print, and the numbers in PubMed
    /// of those that Europe PMC told of.
    fn also_known_as(&self, pmids: &BTreeSet<u32>, dois: &BTreeSet<Box<str>>) -> (BTreeSet<u32>, BTreeSet<Box<str>>) {
        let told = self.told.borrow();
        (told.pmids.difference(pmids).copied().collect(), told.dois.difference(dois).cloned().collect())
    }

    /// The DOIs that Crossref does not know. Where it could not be asked, another agency is not asked in its place.
    fn not_at_crossref(&self, dois: &BTreeSet<Box<str>>) -> BTreeSet<Box<str>> {
        let world = &self.told.borrow().world;
        let denied = |said: &Said<Work>| said.by == Service::Crossref && said.answer == Answer::NotFound;
        dois.iter().filter(|doi| world.works(&name(doi)).iter().any(denied)).cloned().collect()
    }

    /// The DOIs that no agency has a record of.
    fn undescribed(&self, dois: &BTreeSet<Box<str>>) -> BTreeSet<Box<str>> {
        let world = &self.told.borrow().world;
        let described = |said: &Said<Work>| matches!(said.by, Service::Crossref | Service::Datacite) && said.answer.found().is_some();
        dois.iter().filter(|doi| !world.works(&name(doi)).iter().any(described)).cloned().collect()
    }

    /// The entries none of whose identifiers leads to a work.
    fn lost<'q>(&self, plan: &Plan<'q>) -> Vec<Entry<'q>> {
        let world = &self.told.borrow().world;
        let leads = |identifier: &Identifier| world.works(identifier).iter().any(|said| said.answer.found().is_some());
        plan.entries.iter().filter(|(_, entry)| !entry.identifiers.iter().any(leads)).map(|(text, entry)| (*text, *entry)).collect()
    }

    /// The published versions of preprints that were not asked for yet.
    fn published(&self) -> BTreeSet<Box<str>> {
        let told = self.told.borrow();
        told.published.iter().filter(|doi| told.world.works(&name(doi)).is_empty()).cloned().collect()
    }

    async fn works<Q: Clone>(
        &self,
        by: Service,
        questions: &BTreeSet<Q>,
        together: usize,
        name: impl Fn(&Q) -> Identifier,
        ask: impl AsyncFn(&[Q]) -> Vec<Answer<Work>>,
    ) {
        let questions: Vec<Q> = questions.iter().cloned().collect();
        let tell = |told: &mut Told, question: &Q, said: Said<Work>| {
            told.note(&said);
            told.world.tell_work(name(question), said);
        };
        self.put(by, &questions, together, |question| name(question).to_string(), ask, tell).await;
    }

    async fn searches(
        &self,
        by: Service,
        entries: &[Entry<'_>],
        together: usize,
        ask: impl AsyncFn(&[Entry<'_>]) -> Vec<Answer<Vec<Work>>>,
    ) {
        let key = |(text, _): &Entry<'_>| format!("search:{text}");
        let tell = |told: &mut Told, (text, _): &Entry<'_>, said: Said<Vec<Work>>| {
            for work in said.answer.found().into_iter().flatten() {
                told.published.extend(work.published_as.clone());
            }
            told.world.tell_search(text, said);
        };
        self.put(by, entries, together, key, ask, tell).await;
    }

    /// Puts questions to a service, so many together; those whose answers are kept are not put. `ask` gives an answer to each.
    async fn put<Q: Clone, A: Serialize + DeserializeOwned>(
        &self,
        by: Service,
        questions: &[Q],
        together: usize,
        key: impl Fn(&Q) -> String,
        ask: impl AsyncFn(&[Q]) -> Vec<Answer<A>>,
        tell: impl Fn(&mut Told, &Q, Said<A>),
    ) {
        self.count(questions.len(), 0);
        let mut open = Vec::new();
        for question in questions {
            match self.store.kept(by, &key(question)) {
                Some(said) => {
                    tell(&mut self.told.borrow_mut(), question, said);
                    self.count(0, 1);
                }
                None => open.push(question.clone()),
            }
        }
        let batches = stream::iter(open.chunks(together).map(async |batch| (batch, ask(batch).await)));
        let mut batches = batches.buffer_unordered(WAITING);
        while let Some((batch, answers)) = batches.next().await {
            let silence = std::iter::repeat_with(|| Answer::Unknown(format!("{} left it out of its answer", by.name())));
            for (question, answer) in batch.iter().zip(answers.into_iter().chain(silence)) {
                let said = Said { by, day: self.today, since: self.today, answer };
                let said = if matches!(said.answer, Answer::Unknown(_)) { said } else { self.store.keep(&key(question), said) };
                tell(&mut self.told.borrow_mut(), question, said);
            }
            self.count(0, batch.len());
        }
    }

    fn count(&self, questions: usize, done: usize) {
        let before = self.progress.get();
        self.progress.set(Progress { questions: before.questions + questions, done: before.done + done });
        (self.report)(self.progress.get());
    }
}

impl Told {
    /// Notes what a record leads to.
    fn note(&mut self, said: &Said<Work>) {
        let Some(work) = said.answer.found() else { return };
        self.published.extend(work.published_as.clone());
        self.pmids.extend(work.pmid);
        if let Some(doi) = &work.doi {
            self.dois.insert(doi.clone());
            if said.by == Service::Pubmed {
                self.by_doi.insert(doi.clone(), said.clone());
            }
        }
    }
}

fn name(doi: &str) -> Identifier {
    Identifier::Doi(doi.into())
}

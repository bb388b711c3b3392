//! What the registries say of works, and in which order they are asked.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::{Date, date};
use medproof::article::references::Kind;
use medproof::config::Online;
use medproof::online::{Planned, Printed, Progress, Questions, Store, ask, plan};
use medproof::world::{Answer, Identifier, Reached, Said, Service, Work, World};
use serde_json::Value;

use super::registry::{ARCHIVE, CROSSREF, DATACITE, DOI_ORG, EUROPE_PMC, PUBMED, Registry};
use super::server::Told;
use super::{wait, wire};

pub const TODAY: Date = date(2026, 11, 25);

pub fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/online")
}

pub fn registry() -> Registry {
    Registry::start(&folder())
}

pub fn store() -> Store {
    Store::in_memory(TODAY).unwrap()
}

pub fn identifier(text: &str) -> Identifier {
    Identifier::try_from(text.to_owned()).unwrap()
}

/// An entry of a journal that prints only identifiers.
pub fn naming(identifiers: &[&str]) -> Printed {
    Printed {
        kind: Kind::Journal,
        identifiers: identifiers.iter().map(|text| identifier(text)).collect(),
        author: None,
        title: None,
        container: None,
        year: None,
        volume: None,
        issue: None,
        pages: None,
    }
}

/// An entry of a journal with `author|title|container|year|volume|pages`.
fn printing(fields: &str) -> Printed {
    let mut fields = fields.split('|').map(|field| Some(field.to_owned()).filter(|field| !field.is_empty()));
    let mut next = || fields.next().flatten();
    Printed { author: next(), title: next(), container: next(), year: next(), volume: next(), pages: next(), ..naming(&[]) }
}

pub fn questions(entries: impl IntoIterator<Item = Printed>) -> Questions {
    let entries = entries.into_iter().enumerate().map(|(number, entry)| (format!("é entry {number}"), entry));
    Questions { entries: entries.collect(), links: BTreeSet::new() }
}

fn answers(registry: &Registry, questions: &Questions) -> World {
    let settings = registry.settings();
    wait(ask(&wire(&settings), &store(), questions, &settings, TODAY, |_| {}))
}

/// What was said of an identifier, a line each: `PubMed: not found`.
fn said(world: &World, text: &str) -> Vec<String> {
    world.works(&identifier(text)).iter().map(|said| format!("{}: {}", said.by.name(), verdict(&said.answer))).collect()
}

fn verdict<T>(answer: &Answer<T>) -> String {
    match answer {
        Answer::Found(_) => "found".into(),
        Answer::NotFound => "not found".into(),
        Answer::Unknown(why) => format!("unknown, {}", why.split(" (").next().unwrap()),
    }
}

#[test]
fn records_are_told_in_the_terms_of_the_field() {
    const ASKED: &[&str] = &[
        "PMID 90000001",
        "PMID 90000002",
        "PMID 90000003",
        "PMID 90000005",
        "PMID 90000006",
        "PMID 90000012",
        "PMC9900001",
        "PMC9900009",
        "doi:10.5555/jism.2019.1",
        "doi:10.5555/S0140-6736(97)11096-0",
        "doi:10.5555/im.2012.99",
        "doi:10.5555/inplace.1",
        "doi:10.5555/2020.06.09.1",
        "doi:10.5555/jism.2021.1",
        "doi:10.5555/comma,and.more",
        "doi:10.5555/review.1",
        "doi:10.5555/odd.1",
        "doi:10.5555/data.1",
        "doi:10.48550/arXiv.9999.00001",
    ];
    let world = answers(&registry(), &questions(ASKED.iter().map(|text| naming(&[text]))));
    let mut told = String::new();
    for text in ASKED {
        writeln!(told, "{text}").unwrap();
        world.works(&identifier(text)).iter().for_each(|said| describe(&mut told, said));
    }
    let path = folder().join("told.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &told).unwrap();
    }
    assert_eq!(told, std::fs::read_to_string(path).unwrap());
}

/// Writes a record, a line for each field that it has.
fn describe(told: &mut String, said: &Said<Work>) {
    assert_eq!((said.day, said.since), (TODAY, TODAY));
    let Answer::Found(work) = &said.answer else {
        return writeln!(told, "  {}: {}", said.by.name(), verdict(&said.answer)).unwrap();
    };
    writeln!(told, "  {}: {:?}", said.by.name(), work.kind).unwrap();
    let Value::Object(fields) = serde_json::to_value(work).unwrap() else { panic!("a record has fields") };
    for (name, value) in fields.iter().filter(|(name, _)| *name != "kind") {
        if !(value.is_null() || value.as_array().is_some_and(Vec::is_empty)) {
            writeln!(told, "    {name}: {value}").unwrap();
        }
    }
}

#[test]
fn numbers_are_asked_two_hundred_at_a_time() {
    let registry = registry();
    let pmids: Vec<String> = (90_000_001..=90_001_000).map(|pmid| format!("PMID {pmid}")).collect();
    let world = answers(&registry, &questions(pmids.iter().map(|pmid| naming(&[pmid]))));
    assert_eq!(registry.asked(PUBMED).iter().filter(|asked| asked.starts_with("efetch")).count(), 5);
    assert_eq!(said(&world, "PMID 90000001"), ["PubMed: found"]);
    assert_eq!(said(&world, "PMID 90000999"), ["PubMed: not found"]);
}

#[test]
fn dois_are_asked_twenty_at_a_time_and_elsewhere_only_where_crossref_has_none() {
    let registry = registry();
    let dois: Vec<String> = (1..=40).map(|number| format!("doi:10.5555/none.{number}")).collect();
    let named = dois.iter().map(String::as_str).chain(["doi:10.5555/jism.2019.1", "doi:10.5555/data.1"]).map(|doi| naming(&[doi]));
    let world = answers(&registry, &questions(named));
    assert_eq!((registry.asked(CROSSREF).len(), registry.asked(DATACITE).len(), registry.asked(DOI_ORG).len()), (3, 41, 40));
    assert_eq!(said(&world, "doi:10.5555/jism.2019.1"), ["Crossref: found", "PubMed: found"]);
    assert_eq!(sorted(said(&world, "doi:10.5555/data.1")), ["Crossref: not found", "DataCite: found", "PubMed: not found"]);
    assert_eq!(sorted(said(&world, "doi:10.5555/none.7")), ["Crossref: not found", "DataCite: not found", "PubMed: not found"]);
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

#[test]
fn a_doi_that_no_agency_describes_is_asked_for_at_the_registry() {
    for (doi, expected) in [("10.5555/elsewhere.1", "found"), ("10.5555/empty.1", "not found"), ("10.5555/nöwhere.1", "not found")] {
        let world = answers(&registry(), &questions([naming(&[&format!("doi:{doi}")])]));
        assert_eq!(verdict(&world.registration(doi).unwrap().answer), expected, "{doi}");
    }
}

#[test]
fn links_to_the_registry_are_asked_there_and_never_followed() {
    let registry = registry();
    let mut questions = questions([naming(&["doi:10.5555/jism.2019.1"])]);
    let links = ["https://doi.org/10.5555/linked.1", "http://dx.doi.org/10.5555/gone.1?x=é", "https://doi.org/10.5555/JISM.2019.1"];
    questions.links.extend(links.map(str::to_owned));
    let world = answers(&registry, &questions);
    assert_eq!(verdict(&world.registration("10.5555/linked.1").unwrap().answer), "found");
    assert_eq!(verdict(&world.registration("10.5555/gone.1").unwrap().answer), "not found");
    assert_eq!(registry.asked(DOI_ORG).len(), 2);
    assert!(links.iter().all(|link| world.link(link).is_none()));
}

#[test]
fn a_work_found_by_number_is_looked_up_by_its_doi_as_well() {
    let world = answers(&registry(), &questions([naming(&["PMID 90000002"])]));
    let doi = "doi:10.5555/S0140-6736(97)11096-0";
    assert_eq!((said(&world, "PMID 90000002"), said(&world, doi)), (vec!["PubMed: found".into()], vec!["Crossref: found".into()]));
    // And one that Europe PMC tells of, by its number in PubMed.
    let world = answers(&registry(), &questions([naming(&["PMC9900001"])]));
    assert_eq!(said(&world, "PMID 90000001"), ["PubMed: found"]);
}

#[test]
fn pubmed_is_not_searched_for_a_doi_that_a_record_found_by_number_has() {
    let registry = registry();
    let world = answers(&registry, &questions([naming(&["PMID 90000001", "doi:10.5555/jism.2019.1"])]));
    assert_eq!(sorted(said(&world, "doi:10.5555/jism.2019.1")), ["Crossref: found", "PubMed: found"]);
    assert_eq!(registry.asked(PUBMED), ["efetch.fcgi"]);
}

#[test]
fn the_published_version_of_a_preprint_is_looked_up() {
    for preprint in ["doi:10.5555/2020.06.09.1", "PMID 90000006", "doi:10.48550/arxiv.9999.00001"] {
        let world = answers(&registry(), &questions([naming(&[preprint])]));
        assert_eq!(said(&world, "doi:10.5555/jism.2021.1"), ["Crossref: found"], "{preprint}");
    }
}

/// What each service offers for an entry: `PubMed: 90000001`, by DOI where there is no number.
fn offers(world: &World) -> Vec<String> {
    let line = |said: &Said<Vec<Work>>| match &said.answer {
        Answer::Found(works) => {
            let name = |work: &Work| work.pmid.map(|pmid| pmid.to_string()).or(work.doi.as_deref().map(str::to_owned)).unwrap();
            format!("{}: {}", said.by.name(), works.iter().map(name).collect::<Vec<_>>().join(", "))
        }
        other => format!("{}: {}", said.by.name(), verdict(other)),
    };
    sorted(world.search("é entry 0").iter().map(line).collect())
}

#[test]
fn entries_without_a_work_are_looked_for_by_what_they_print() {
    for (entry, expected) in [
        (
            "Marlow AB|Effects of µ-opioid blockade on slow-wave sleep|J. Invent. Sleep Med.|2019|12|34-56",
            &[
                "Crossref: 10.5555/jism.2019.1, 10.5555/s0140-6736(97)11096-0, 10.5555/im.2012.99",
                "Europe PMC: 90000001",
                "PubMed: 90000001",
            ][..],
        ),
        // The number of another work comes as a record to compare.
        (
            "Nobody N|Quarks in the nightshade family|Invent Med|2013|11|201",
            &["Crossref: not found", "Europe PMC: not found", "PubMed: 90000002"],
        ),
        (
            "Müde, Ida|Schnarchkunde|Erfund Nervenheilkd|1999|7|1–9",
            &["Crossref: not found", "Europe PMC: not found", "PubMed: unknown, PubMed finds several works for it"],
        ),
        // Without journal, volume and page PubMed is not asked.
        ("Müde I|Schnarchkunde||1999||", &["Crossref: not found", "Europe PMC: not found"]),
        ("Müde I||Invent Med|1999|1|1", &[]),
    ] {
        let found = offers(&answers(&registry(), &questions([printing(entry)])));
        assert_eq!(found, expected, "{entry}");
    }
}

#[test]
fn an_entry_whose_work_was_found_is_not_looked_for() {
    let registry = registry();
    let found = Printed { identifiers: vec![identifier("PMID 90000001")], ..printing("Marlow AB|Effects of µ|Invent Med|2019|1|1") };
    let lost = Printed { identifiers: vec![identifier("PMID 99999999")], ..found.clone() };
    assert!(offers(&answers(&registry, &questions([found]))).is_empty());
    assert_eq!(offers(&answers(&registry, &questions([lost]))).len(), 3);
}

#[test]
fn an_outage_says_nothing_against_a_work() {
    for told in
        [Told::page(503), Told::wall(), Told::new(404, "text/plain", "no route"), Told::json("{\"a\": [null]}"), Told::xml("<a><b/></a>")]
    {
        let registry = registry();
        for service in [PUBMED, CROSSREF, DATACITE, DOI_ORG, EUROPE_PMC] {
            registry.break_down(service, told.clone());
        }
        let named = ["PMID 90000001", "PMC9900001", "doi:10.5555/jism.2019.1", "doi:10.5555/comma,and.more"];
        let mut entries: Vec<Printed> = named.iter().map(|text| naming(&[text])).collect();
        entries.insert(0, printing("Marlow AB|Effects of µ-opioid blockade|Invent Med|2019|1|1"));
        let world = answers(&registry, &questions(entries));
        for text in named {
            let said = said(&world, text);
            assert!(!said.is_empty() && said.iter().all(|line| line.contains(": unknown, ")), "{text}: {said:?}");
        }
        assert!(matches!(world.registration("10.5555/jism.2019.1").unwrap().answer, Answer::Unknown(_)));
        let offers = offers(&world);
        assert!(offers.len() == 3 && offers.iter().all(|line| line.contains(": unknown, ")), "{offers:?}");
    }
}

#[test]
fn an_outage_of_crossref_is_made_up_for_by_nobody_but_the_registry() {
    let registry = registry();
    registry.break_down(CROSSREF, Told::page(500));
    let world = answers(&registry, &questions([naming(&["doi:10.5555/jism.2019.1"])]));
    assert_eq!(verdict(&world.registration("10.5555/jism.2019.1").unwrap().answer), "found");
    assert_eq!(registry.asked(DATACITE).len(), 0);
    assert_eq!(said(&world, "doi:10.5555/jism.2019.1")[1..], ["PubMed: found"]);
}

#[test]
fn a_doi_that_crossref_takes_for_none_spoils_only_itself() {
    let world = answers(&registry(), &questions([naming(&["doi:10.5555/jism.2019.1"]), naming(&["doi:11.5555/é"])]));
    assert!(said(&world, "doi:10.5555/jism.2019.1").contains(&"Crossref: found".into()));
    assert!(said(&world, "doi:11.5555/é").contains(&"Crossref: not found".into()));
}

#[test]
fn a_list_that_lacks_records_is_no_answer() {
    let registry = registry();
    let message = "{\"status\":\"ok\",\"message\":{\"total-results\":1,\"items\":[]}}";
    registry.break_down(CROSSREF, Told::json(message));
    let world = answers(&registry, &questions([naming(&["doi:10.5555/jism.2019.1"])]));
    assert!(said(&world, "doi:10.5555/jism.2019.1")[0].starts_with("Crossref: unknown"));
}

#[test]
fn what_is_planned_is_what_is_asked() {
    let settings = Online { skip: vec!["*://intranet.*".into()], ..registry().settings() };
    let mut asked = questions([
        naming(&["PMID 90000001", "PMC9900001", "doi:10.5555/JISM.2019.1"]),
        printing("Marlow, Ann B.|Effects of µ \"OR\" é|J. Invent. Sleep Med.|2019|12|34–56"),
    ]);
    let links = ["https://doi.org/10.5555/linked.1", "https://site.example/a", "https://site.example/b", "https://other.example/µ"];
    asked.links.extend(links.iter().chain(&["https://intranet.example/é"]).map(|link| (*link).to_owned()));
    let line = |Planned { service, what, only_if }: &Planned| {
        let condition = only_if.map(|condition| format!(" only if {condition}")).unwrap_or_default();
        format!("{}: {what}{condition}", service.name())
    };
    let lines: Vec<String> = plan(&asked, &settings).iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "PubMed: PMID 90000001",
            "Europe PMC: PMC9900001",
            "Crossref: doi:10.5555/jism.2019.1",
            "PubMed: doi:10.5555/jism.2019.1 only if no record that was found has it",
            "DataCite: doi:10.5555/jism.2019.1 only if Crossref does not know it",
            "doi.org: doi:10.5555/jism.2019.1 only if neither Crossref nor DataCite has a record of it",
            "doi.org: doi:10.5555/linked.1",
            "PubMed: J Invent Sleep Med|2019|12|34|Marlow AB|",
            "Crossref: Effects of µ \"OR\" é Marlow, Ann B. 2019",
            "Europe PMC: TITLE:\"Effects of µ OR é\"",
            "the site: https://other.example/µ",
            "the site: https://site.example/a",
            "the site: https://site.example/b",
            "Internet Archive: https://other.example/µ only if its site has no such page",
            "Internet Archive: https://site.example/a only if its site has no such page",
            "Internet Archive: https://site.example/b only if its site has no such page",
        ]
    );
    let silent = Online { links: false, ..settings };
    assert!(plan(&asked, &silent).iter().all(|planned| planned.service != Service::Site && !planned.what.contains("linked")));
}

#[test]
fn copies_are_looked_for_of_pages_that_are_gone() {
    let registry = registry();
    let settings = Online { allow_hosts: vec!["Intranet.example".into()], ..registry.settings() };
    let store = store();
    let mut asked = Questions::default();
    for (address, answer) in [
        ("https://name:word@example.org/é/leaflet?page=2#dose", Answer::NotFound),
        ("https://example.org/nowhere", Answer::NotFound),
        ("https://example.org/only-refused", Answer::NotFound),
        ("https://example.org/closed", Answer::NotFound),
        ("https://example.org/odd-address", Answer::NotFound),
        ("https://example.org/odd-day", Answer::NotFound),
        ("https://example.org/there", Answer::Found(Reached::default())),
        ("https://intranet.example/gone", Answer::NotFound),
    ] {
        store.keep(address, Said { by: Service::Site, day: TODAY, since: TODAY, answer });
        asked.links.insert(address.to_owned());
    }
    let world = wait(ask(&wire(&settings), &store, &asked, &settings, TODAY, |_| {}));
    let found = |address: &String| world.snapshot(address)?.answer.found().map(|copy| (copy.day.to_string(), copy.url.clone()));
    let copies: Vec<_> = asked.links.iter().filter_map(found).collect();
    let copy = "https://web.archive.org/web/20190304050607/https://example.org/%C3%A9/leaflet?page=2";
    assert_eq!(copies, [("2019-03-04".to_owned(), copy.to_owned())]);
    let sent = registry.asked(ARCHIVE).join(" ");
    assert_eq!(registry.asked(ARCHIVE).len(), 6, "{sent}");
    assert!(!["word", "dose", "there", "intranet"].iter().any(|word| sent.contains(word)), "{sent}");
}

#[test]
fn a_silent_archive_says_nothing() {
    let registry = registry();
    registry.break_down(ARCHIVE, Told::json("{\"message\": \"µ too many\"}"));
    let (settings, store) = (registry.settings(), store());
    let address = "https://example.org/gone";
    store.keep::<Reached>(address, Said { by: Service::Site, day: TODAY, since: TODAY, answer: Answer::NotFound });
    let asked = Questions { links: BTreeSet::from([address.to_owned()]), ..Questions::default() };
    let world = wait(ask(&wire(&settings), &store, &asked, &settings, TODAY, |_| {}));
    assert!(matches!(world.snapshot(address).unwrap().answer, Answer::Unknown(_)));
    assert_eq!(world.link(address).unwrap().answer, Answer::NotFound);
}

#[test]
fn progress_ends_where_all_is_done() {
    let registry = registry();
    let settings = registry.settings();
    let seen = std::cell::Cell::new(Progress::default());
    let questions = questions([naming(&["PMID 90000001"]), printing("Marlow AB|Effects of µ|Invent Med|2019|1|1")]);
    wait(ask(&wire(&settings), &store(), &questions, &settings, TODAY, |progress| seen.set(progress)));
    // The number, the DOI of its record at Crossref, and the entry at three services.
    assert_eq!(seen.get(), Progress { questions: 5, done: 5 });
}

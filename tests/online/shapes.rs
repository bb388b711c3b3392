//! Answers of services in shapes that they should not have.

use medproof::online::{Questions, ask};
use medproof::world::{Answer, Reached, Said, Service};
use serde_json::{Value, json};

use super::registry::{ARCHIVE, CROSSREF, DATACITE, DOI_ORG, EUROPE_PMC, PUBMED};
use super::rounds::{TODAY, folder, identifier, naming, questions, registry, store};
use super::server::Told;
use super::{wait, wire};

/// What stands in the place of each field in turn.
fn odd() -> Vec<Value> {
    let deep = json!([[[[{ "date-parts": [[1, 2, 3]] }]]]]);
    let texts = ["", " ", "é", "<", "&#x110000;", "10.", "0000-00-00"].map(Value::from);
    let others = [
        Value::Null,
        json!(7),
        json!(-1e300),
        json!(true),
        json!([]),
        json!([null]),
        json!({}),
        deep,
        json!({ "date-parts": [[99999, 13, 40]] }),
    ];
    texts.into_iter().chain(others).collect()
}

/// The answers that have an odd value in the place of one other, each place in turn.
fn mutants(answer: &Value) -> Vec<Value> {
    let mut places = Vec::new();
    gather(answer, String::new(), &mut places);
    let mut mutants = Vec::new();
    for place in places {
        for odd in odd() {
            let mut mutant = answer.clone();
            *mutant.pointer_mut(&place).unwrap() = odd;
            mutants.push(mutant);
        }
    }
    mutants
}

fn gather(value: &Value, place: String, places: &mut Vec<String>) {
    let step = |name: &str| format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| gather(value, step(name), places)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| gather(value, step(&index.to_string()), places)),
        _ => {}
    }
    places.push(place);
}

/// Asks for a work that there is while a service answers with each of these. No one panics, takes another work for it, or says
/// that it is not there.
fn check(part: &'static str, service: Service, name: &str, answers: impl IntoIterator<Item = Told>) {
    let registry = registry();
    let (settings, store, questions) = (registry.settings(), store(), questions([naming(&[name])]));
    let wire = wire(&settings);
    wait(async {
        for told in answers {
            let body = String::from_utf8_lossy(&told.body).into_owned();
            registry.break_down(part, told);
            let world = ask(&wire, &store, &questions, &settings, TODAY, |_| {}).await;
            let registration = name.strip_prefix("doi:").and_then(|doi| world.registration(doi)).filter(|said| said.by == service);
            assert!(!registration.is_some_and(|said| said.answer == Answer::NotFound), "{body}");
            for said in world.works(&identifier(name)).iter().filter(|said| said.by == service) {
                match &said.answer {
                    Answer::Found(work) => {
                        let doi = work.doi.as_deref().map(|doi| format!("doi:{doi}"));
                        let own = [doi, work.pmid.map(|pmid| format!("PMID {pmid}")), work.pmcid.map(|pmcid| format!("PMC{pmcid}"))];
                        assert!(own.contains(&Some(name.to_owned())), "{body} was taken for {name}");
                    }
                    Answer::NotFound => panic!("{name} was not found in {body}"),
                    Answer::Unknown(_) => {}
                }
            }
        }
    });
}

fn mutated(answer: &Value) -> Vec<Told> {
    mutants(answer).iter().map(|mutant| Told::json(mutant.to_string())).collect()
}

/// The first record of a file with a certain DOI.
fn record(file: &str, doi: &str) -> Value {
    let path = folder().join(file);
    let records: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    records
        .into_iter()
        .find(|record| record["doi"].as_str().or(record["DOI"].as_str()).is_some_and(|other| other.eq_ignore_ascii_case(doi)))
        .unwrap()
}

#[test]
fn crossref_may_answer_in_any_shape() {
    let items = [record("crossref.json", "10.5555/jism.2019.1")];
    let answer = json!({ "status": "ok", "message": { "total-results": 1, "items": items } });
    check(CROSSREF, Service::Crossref, "doi:10.5555/jism.2019.1", mutated(&answer));
}

#[test]
fn datacite_may_answer_in_any_shape() {
    let answer = json!({ "data": { "attributes": record("datacite.json", "10.5555/data.1") } });
    check(DATACITE, Service::Datacite, "doi:10.5555/data.1", mutated(&answer));
}

#[test]
fn europe_pmc_may_answer_in_any_shape() {
    let answer = json!({ "hitCount": 1, "resultList": { "result": [record("europe_pmc.json", "10.5555/jism.2019.1")] } });
    check(EUROPE_PMC, Service::EuropePmc, "PMC9900001", mutated(&answer));
}

#[test]
fn the_registry_may_answer_in_any_shape() {
    let value = json!({ "index": 1, "type": "URL", "data": { "format": "string", "value": "https://é.example/" } });
    let answer = json!({ "responseCode": 1, "handle": "10.5555/elsewhere.1", "values": [value] });
    check(DOI_ORG, Service::DoiOrg, "doi:10.5555/elsewhere.1", mutated(&answer));
}

#[test]
fn the_archive_may_answer_in_any_shape() {
    let address = "https://example.org/é/leaflet?page=2";
    let copy = json!({ "status": "200", "available": true, "timestamp": "20190304050607", "url": "http://web.archive.org/web/1/" });
    let answer = json!({ "url": address, "archived_snapshots": { "closest": copy } });
    let (registry, questions) = (registry(), Questions { links: [address.to_owned()].into(), ..Questions::default() });
    let settings = registry.settings();
    let wire = wire(&settings);
    wait(async {
        for told in mutated(&answer) {
            let body = String::from_utf8_lossy(&told.body).into_owned();
            registry.break_down(ARCHIVE, told);
            let store = store();
            store.keep::<Reached>(address, Said { by: Service::Site, day: TODAY, since: TODAY, answer: Answer::NotFound });
            let world = ask(&wire, &store, &questions, &settings, TODAY, |_| {}).await;
            if let Answer::Found(copy) = &world.snapshot(address).unwrap().answer {
                assert!(copy.url.starts_with("https://web.archive.org/") && copy.day.year() == 2019, "{body}");
            }
        }
    });
}

#[test]
fn pubmed_may_leave_out_or_break_off_anything() {
    let xml = std::fs::read_to_string(folder().join("pubmed.xml")).unwrap();
    let record = &xml[xml.find("<PubmedArticle>").unwrap()..xml.find("</PubmedArticle>").unwrap()];
    let lines: Vec<&str> = record.lines().collect();
    let without = |left_out: usize| {
        let kept = lines.iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, line)| *line);
        let body = kept.collect::<Vec<_>>().join("\n");
        Told::xml(format!("<PubmedArticleSet>{body}</PubmedArticle></PubmedArticleSet>"))
    };
    // The first line opens the record: without it the answer is broken.
    check(PUBMED, Service::Pubmed, "PMID 90000001", (0..lines.len()).map(without));
}

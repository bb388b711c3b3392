//! Answers of services in shapes that they should not have.

use medproof::online::ask;
use medproof::world::Answer;
use serde_json::{Value, json};

use super::registry::{CROSSREF, DATACITE, DOI_ORG, EUROPE_PMC};
use super::rounds::{TODAY, identifier, naming, questions, registry, store};
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

/// Asks for a work while a service answers with each mutant of an answer. No one panics, and no one takes a work for another.
fn check(service: &'static str, name: &str, answer: &Value) {
    let registry = registry();
    let (settings, store, questions) = (registry.settings(), store(), questions([naming(&[name])]));
    let wire = wire(&settings);
    let answers = async |mutant: &Value| {
        registry.break_down(service, Told::json(mutant.to_string()));
        ask(&wire, &store, &questions, &settings, TODAY, |_| {}).await
    };
    wait(async {
        for mutant in mutants(answer) {
            for said in answers(&mutant).await.works(&identifier(name)) {
                if let Answer::Found(work) = &said.answer {
                    let own = [work.doi.as_deref().map(|doi| format!("doi:{doi}")), work.pmcid.map(|pmcid| format!("PMC{pmcid}"))];
                    assert!(own.contains(&Some(name.to_owned())), "{mutant} was taken for {name}");
                }
            }
        }
    });
}

/// The first record of a file with a certain DOI.
fn record(file: &str, doi: &str) -> Value {
    let path = super::rounds::folder().join(file);
    let records: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    records
        .into_iter()
        .find(|record| record["doi"].as_str().or(record["DOI"].as_str()).is_some_and(|other| other.eq_ignore_ascii_case(doi)))
        .unwrap()
}

#[test]
fn crossref_may_answer_in_any_shape() {
    check(
        CROSSREF,
        "doi:10.5555/jism.2019.1",
        &json!({ "status": "ok", "message": { "total-results": 1, "items": [record("crossref.json", "10.5555/jism.2019.1")] } }),
    );
}

#[test]
fn datacite_may_answer_in_any_shape() {
    check(DATACITE, "doi:10.5555/data.1", &json!({ "data": { "attributes": record("datacite.json", "10.5555/data.1") } }));
}

#[test]
fn europe_pmc_may_answer_in_any_shape() {
    check(
        EUROPE_PMC,
        "PMC9900001",
        &json!({ "hitCount": 1, "resultList": { "result": [record("europe_pmc.json", "10.5555/jism.2019.1")] } }),
    );
}

#[test]
fn the_registry_may_answer_in_any_shape() {
    let value = json!({ "index": 1, "type": "URL", "data": { "format": "string", "value": "https://é.example/" } });
    check(DOI_ORG, "doi:10.5555/elsewhere.1", &json!({ "responseCode": 1, "handle": "10.5555/elsewhere.1", "values": [value] }));
}

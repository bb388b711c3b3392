//! The services that know of works and pages: each from questions to answers in the terms of [`crate::world`].
//!
//! Where an answer lacks a field, or has it in another form, the record lacks it. What is no answer at all is unknown.

pub(super) mod archive;
pub(super) mod crossref;
pub(super) mod datacite;
pub(super) mod doi_org;
pub(super) mod europe_pmc;
mod json;
mod notices;
pub(super) mod pubmed;
mod tree;
mod words;

use serde_json::Value;

use super::wire::{Reply, Request, Unknown, Wire};
use crate::world::{Answer, Service, Work};

/// Asks for JSON by GET.
async fn get(wire: &Wire, service: Service, path: String) -> Result<Reply, Unknown> {
    wire.ask(service, Request { path, form: None, accept: "application/json" }).await
}

/// The JSON of an answer that has the status of one.
fn read(service: Service, reply: &Reply) -> Result<Value, Unknown> {
    match reply.status {
        200..=299 => serde_json::from_slice(&reply.body).map_err(|_| strange(service)),
        status => Err(refused(service, status)),
    }
}

/// That an answer came which is none.
fn strange(service: Service) -> Unknown {
    Unknown(format!("{} answered in a form that it should not have", service.name()))
}

fn refused(service: Service, status: u16) -> Unknown {
    Unknown(format!("{} refused the question ({status})", service.name()))
}

/// The answers to some questions that were asked together, where together they failed.
fn each<T: Clone>(questions: usize, answers: Result<Vec<Answer<T>>, Unknown>) -> Vec<Answer<T>> {
    answers.unwrap_or_else(|Unknown(why)| vec![Answer::Unknown(why); questions])
}

/// The work of each question among those that answer all of them. Where one of them answers none, it may be the record of
/// a question that seems to have none.
fn dealt<Q>(by: Service, questions: &[Q], works: &[Work], is_its: impl Fn(&Work, &Q) -> bool) -> Vec<Answer<Work>> {
    let strays = works.iter().any(|work| !questions.iter().any(|question| is_its(work, question)));
    let answer = |question| match works.iter().find(|work| is_its(work, question)) {
        Some(work) => Answer::Found(work.clone()),
        None if strays => Answer::Unknown(strange(by).0),
        None => Answer::NotFound,
    };
    questions.iter().map(answer).collect()
}

/// What was found, or that nothing was.
fn found<T>(record: Option<T>) -> Answer<T> {
    record.map_or(Answer::NotFound, Answer::Found)
}

/// The answer to one question.
fn answer<T>(record: Result<Option<T>, Unknown>) -> Answer<T> {
    match record {
        Ok(record) => found(record),
        Err(Unknown(why)) => Answer::Unknown(why),
    }
}

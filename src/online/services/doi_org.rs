//! doi.org: whether a DOI is registered, by whichever agency.

use serde_json::Value;

use super::json::{number, text};
use super::words::escaped;
use super::{answer, get, read, strange};
use crate::online::wire::{Reply, Unknown, Wire};
use crate::world::{Answer, Registration, Service};

/// A handle that is there; one that is not; one that is there and leads nowhere.
const EXISTS: u32 = 1;
const UNKNOWN: u32 = 100;
const EMPTY: u32 = 200;

/// Whether a DOI in lower case is registered.
pub(in crate::online) async fn registration(wire: &Wire, doi: &str) -> Answer<Registration> {
    let reply = get(wire, Service::DoiOrg, format!("api/handles/{}", escaped(doi))).await;
    answer(reply.and_then(|reply| registered(&reply, doi)))
}

fn registered(reply: &Reply, doi: &str) -> Result<Option<Registration>, Unknown> {
    // The answer to a DOI that is not there has the status 404, and says so in JSON as well.
    let told = match reply.status {
        404 => serde_json::from_slice(&reply.body).map_err(|_| strange(Service::DoiOrg))?,
        _ => read(Service::DoiOrg, reply)?,
    };
    let is_it = text(&told["handle"]).is_some_and(|handle| handle.to_lowercase() == doi);
    match number(&told["responseCode"]) {
        Some(EXISTS) if is_it => Ok(Some(Registration { url: url(&told) })),
        Some(UNKNOWN | EMPTY) if is_it => Ok(None),
        _ => Err(strange(Service::DoiOrg)),
    }
}

fn url(told: &Value) -> Option<String> {
    let values = told["values"].as_array()?;
    values.iter().find(|value| value["type"] == "URL").and_then(|value| text(&value["data"]["value"]))
}

//! The Internet Archive: whether it has a copy of a page.

use jiff::civil::Date;
use reqwest::Url;
use serde_json::Value;

use super::json::text;
use super::words::escaped;
use super::{answer, get, read, strange};
use crate::online::wire::{Reply, Unknown, Wire};
use crate::world::{Answer, Service, Snapshot};

/// The newest copy of the page at an address.
pub(in crate::online) async fn snapshot(wire: &Wire, address: &str) -> Answer<Snapshot> {
    let Ok(mut url) = Url::parse(address) else { return Answer::NotFound };
    // Neither is a part of the page, and a password is nobody else's business.
    url.set_fragment(None);
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let reply = get(wire, Service::Archive, format!("wayback/available?url={}", escaped(url.as_str()))).await;
    answer(reply.and_then(|reply| closest(&reply)))
}

fn closest(reply: &Reply) -> Result<Option<Snapshot>, Unknown> {
    let told = read(Service::Archive, reply)?;
    // An answer has this part even where there is no copy.
    let snapshots = told["archived_snapshots"].as_object().ok_or_else(|| strange(Service::Archive))?;
    Ok(snapshots.get("closest").and_then(copy))
}

fn copy(told: &Value) -> Option<Snapshot> {
    // A copy of a refusal or of a notice that the page is gone is none.
    let is_page = told["available"] == true && text(&told["status"]).is_some_and(|status| status == "200");
    let url = text(&told["url"]).filter(|url| is_page && !url.contains(char::is_whitespace))?;
    let (scheme, rest) = url.split_once("://")?;
    let url = matches!(scheme, "http" | "https").then(|| format!("https://{rest}"))?;
    Some(Snapshot { url, day: day(&text(&told["timestamp"])?)? })
}

/// The day of `20130919044612`.
fn day(timestamp: &str) -> Option<Date> {
    Date::strptime("%Y%m%d", timestamp.get(..8)?).ok()
}

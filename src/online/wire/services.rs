//! Asking a service.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Method, Url};

use super::fetch::{Body, Call, Got};
use super::gate::Origin;
use super::pace::Limit;
use super::{Reply, Request, Unknown, Wire, etiquette};
use crate::world::Service;

/// So often a service may send a question elsewhere.
const MOST_HOPS: usize = 3;

impl Wire {
    /// Asks a service, as slowly as it wishes, again where it asks to be asked again.
    pub async fn ask(&self, service: Service, request: Request) -> Result<Reply, Unknown> {
        self.may_ask()?;
        let base = self.base(service)?;
        let (name, limit) = etiquette::limit(service, &request, &self.online);
        let lane = self.pace.lane(name, || if etiquette::is_its_own(service, base) { limit } else { Limit::pause(Duration::ZERO) });
        let introduction = etiquette::introduction(service, &self.online);
        let url = base.join(&request.path).ok().filter(|url| url.as_str().starts_with(base.as_str()));
        let mut url = url.ok_or_else(|| Unknown(format!("“{}” cannot be asked of {}", request.path, service.name())))?;
        let form = request.form.map(|form| [form, introduction.clone()].concat());
        if form.is_none() && !introduction.is_empty() {
            url.query_pairs_mut().extend_pairs(&introduction);
        }
        let method = if form.is_some() { Method::POST } else { Method::GET };
        for _ in 0..=MOST_HOPS {
            let call = Call { method: &method, url: &url, form: form.as_deref(), accept: request.accept, agent: &self.agent };
            let got = self.exchange(&lane, call, Origin::Settings, Body::Read).await?;
            match elsewhere(&url, &got).filter(|_| form.is_none()) {
                Some(next) => url = next,
                None => return self.judge(&url, request.accept, got),
            }
        }
        Err(Unknown(format!("{} sends its readers in circles", base.host_str().unwrap_or_default())))
    }

    /// Takes what is an answer to the question, and refuses what a wall, a proxy or a broken connection made of it.
    fn judge(&self, url: &Url, accept: &str, got: Got) -> Result<Reply, Unknown> {
        let door = &url.origin().ascii_serialization();
        match no_answer(&got, accept) {
            None => {
                self.breaker.success(door);
                Ok(Reply { status: got.status, body: got.body })
            }
            Some(trouble) => {
                let why = Unknown(format!("{} {trouble}", url.host_str().unwrap_or_default()));
                self.breaker.failure(door, &why);
                Err(why)
            }
        }
    }

    fn base(&self, service: Service) -> Result<&Url, Unknown> {
        let base = self.bases.iter().find(|(other, _)| *other == service).map(|(_, base)| base);
        base.ok_or_else(|| Unknown(format!("{} answers no questions", service.name())))
    }
}

/// Where an answer says that the question should be asked.
pub(super) fn elsewhere(url: &Url, got: &Got) -> Option<Url> {
    if !matches!(got.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let mut next = url.join(&String::from_utf8_lossy(got.headers.get(LOCATION)?.as_bytes())).ok()?;
    // An answer must not make medproof send what it does not send for an article.
    let _ = next.set_username("");
    let _ = next.set_password(None);
    next.set_fragment(None);
    Some(next)
}

/// What a service did instead of answering, where it did.
fn no_answer(got: &Got, accept: &str) -> Option<String> {
    match got.status {
        _ if is_page(got, accept) => Some("answered with a web page".into()),
        200..=299 if !is_kind(&got.headers, accept) => Some("answered in another form than asked for".into()),
        200..=299 if !is_whole(&got.body, accept) => Some("broke off its answer".into()),
        200..=299 | 400 | 404 | 410 => None,
        status => Some(format!("refused the question ({status})")),
    }
}

/// A page for people: what a wall, a captive network or an outage puts in the place of data, whatever the status.
fn is_page(got: &Got, accept: &str) -> bool {
    let start = got.body.trim_ascii_start();
    let start = String::from_utf8_lossy(&start[..start.len().min(300)]).to_ascii_lowercase();
    let looks_so = start.starts_with('<') && (start.contains("<!doctype html") || start.contains("<html"));
    // Where anything is taken, the kind that an answer says it has is often wrong.
    looks_so || !accept.is_empty() && kind(&got.headers).is_some_and(|kind| kind.contains("html"))
}

/// Whether the kind of an answer is that which was asked for, where it says so.
fn is_kind(headers: &HeaderMap, accept: &str) -> bool {
    kind(headers).is_none_or(|kind| kind.contains(family(accept)))
}

/// Whether the ends of a text fit its form: a length that a server got wrong cuts it off without an error.
fn is_whole(body: &[u8], accept: &str) -> bool {
    let body = body.trim_ascii();
    let ends = (body.first(), body.last());
    match family(accept) {
        "json" => matches!(ends, (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']'))),
        "xml" => matches!(ends, (Some(b'<' | 0xEF), Some(b'>'))),
        _ => true,
    }
}

/// `json` of `application/vnd.api+json`.
fn family(accept: &str) -> &str {
    accept.rsplit(['/', '+']).next().unwrap_or_default()
}

fn kind(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase())
}

//! One request and its answer, capped in time and size.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Client, Method, Response, Url};

use super::Unknown;
use super::names::Names;

/// The longest body that is read, unpacked.
const MOST_BYTES: usize = 8 << 20;

pub(super) struct Fetch {
    client: Client,
    /// The longest that all of one request may take.
    timeout: Duration,
}

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) method: &'a Method,
    pub(super) url: &'a Url,
    pub(super) form: Option<&'a [(String, String)]>,
    pub(super) accept: &'a str,
    pub(super) agent: &'a HeaderValue,
}

/// What came back.
pub(super) struct Got {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// Empty where it was not read.
    pub(super) body: Vec<u8>,
}

/// Whether the body of an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    Read,
    Leave,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    NoName,
    NoConnection,
    NotSecure,
    TooSlow,
    BrokenOff,
    TooLong,
}

impl Fetch {
    pub(super) fn new(names: Arc<Names>, timeout: Duration, connect: Duration) -> Result<Self, String> {
        // It fails where the program chose one before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .dns_resolver(names)
            .connect_timeout(connect)
            .pool_idle_timeout(Duration::from_secs(15))
            .build()
            .map_err(|error| format!("no secure connection can be made on this machine: {}", innermost(&error)))?;
        Ok(Self { client, timeout })
    }

    pub(super) async fn send(&self, call: Call<'_>, body: Body) -> Result<Got, Failure> {
        tokio::time::timeout(self.timeout, self.answer(call, body)).await.unwrap_or(Err(Failure::TooSlow))
    }

    async fn answer(&self, call: Call<'_>, body: Body) -> Result<Got, Failure> {
        let mut request = self.client.request(call.method.clone(), call.url.clone()).header(USER_AGENT, call.agent);
        request = request.header(ACCEPT, if call.accept.is_empty() { "*/*" } else { call.accept });
        if let Some(form) = call.form {
            let mut encoded = call.url.clone();
            encoded.query_pairs_mut().clear().extend_pairs(form);
            let form = encoded.query().unwrap_or_default().to_owned();
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        }
        let mut response = request.send().await.map_err(|error| Failure::of(&error))?;
        let body = if body == Body::Read { read(&mut response).await? } else { Vec::new() };
        Ok(Got { status: response.status().as_u16(), headers: std::mem::take(response.headers_mut()), body })
    }

    /// Why a host did not answer, in words.
    pub(super) fn unknown(&self, failure: Failure, host: &str) -> Unknown {
        Unknown(match failure {
            Failure::NoName => format!("there is no host {host}, as far as this machine can tell"),
            Failure::NoConnection => format!("no connection to {host}"),
            Failure::NotSecure => format!("no secure connection to {host}"),
            Failure::TooSlow => format!("{host} took longer than {} seconds", self.timeout.as_secs_f64()),
            Failure::BrokenOff => format!("{host} broke off its answer"),
            Failure::TooLong => format!("{host} answered with more than {} MB", MOST_BYTES >> 20),
        })
    }
}

impl Failure {
    fn of(error: &reqwest::Error) -> Self {
        if causes(error).any(is_of_tls) {
            Failure::NotSecure
        } else if error.is_dns() {
            Failure::NoName
        } else if error.is_connect() {
            Failure::NoConnection
        } else {
            Failure::BrokenOff
        }
    }

    /// Whether there may be no network.
    pub(super) fn is_of_network(self) -> bool {
        matches!(self, Failure::NoName | Failure::NoConnection)
    }
}

async fn read(response: &mut Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Failure::BrokenOff)? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(Failure::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// TLS wraps its errors into those of the connection, which hide what is in them from the list of causes.
fn is_of_tls(error: &(dyn Error + 'static)) -> bool {
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || wrapped.is_some_and(|error| is_of_tls(error))
}

fn innermost(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

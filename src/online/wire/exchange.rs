//! A question with its patience: it waits for its turn, is asked again where that may help, and what comes of it is noted for
//! those behind it.

use std::collections::HashSet;

use jiff::Timestamp;
use reqwest::{Method, Url};
use tokio::task::JoinSet;

use super::again::retry_after;
use super::fetch::{Body, Call, Failure, Got};
use super::gate::Origin;
use super::pace::Lane;
use super::{Unknown, Wire};

/// What follows from a try.
enum Next {
    Take(Got),
    /// When the lane lets it.
    Again,
    GiveUp(Stop),
    /// As `GiveUp`, and whoever asks there later.
    Leave(Unknown),
}

/// Why there is no answer.
pub(super) struct Stop {
    why: Unknown,
    /// What went wrong on the way, where the host was asked and is not busy.
    failure: Option<Failure>,
}

impl Stop {
    /// Whether another method may get the answer that this one did not get.
    pub(super) fn is_of_this_method(&self) -> bool {
        matches!(self.failure, Some(Failure::BrokenOff | Failure::TooSlow))
    }
}

impl From<Unknown> for Stop {
    fn from(why: Unknown) -> Self {
        Self { why, failure: None }
    }
}

impl From<Stop> for Unknown {
    fn from(stop: Stop) -> Self {
        stop.why
    }
}

impl Wire {
    /// Asks, and asks again where the host is busy or broke off. The answer may have any status; who takes it as an answer tells the
    /// breaker.
    pub(super) async fn exchange(&self, lane: &Lane, call: Call<'_>, origin: Origin, body: Body) -> Result<Got, Stop> {
        let door = &call.url.origin().ascii_serialization();
        let mut tries = 0;
        loop {
            let mut turn = self.pace.queue(lane).await;
            // Before the wait, so that a long queue is let go at once, and behind it, as others may have failed since.
            self.breaker.admit(door, self.any_service_answers()).await?;
            self.pace.start(&mut turn).await;
            self.breaker.admit(door, self.any_service_answers()).await?;
            self.gate.admit(call.url, origin).await?;
            let next = match self.fetch.send(call, body).await {
                Ok(got) => self.after_answer(lane, call.url, origin, got, tries),
                Err(failure) => self.after_failure(call.url, origin, failure, tries),
            };
            match next {
                Next::Take(got) => return Ok(got),
                Next::Again => tries += 1,
                Next::GiveUp(stop) => {
                    self.breaker.failure(door, &stop.why);
                    return Err(stop);
                }
                Next::Leave(why) => {
                    self.breaker.rest(door, &why);
                    return Err(why.into());
                }
            }
        }
    }

    fn after_answer(&self, lane: &Lane, url: &Url, origin: Origin, got: Got, tries: usize) -> Next {
        let host = url.host_str().unwrap_or_default();
        self.breaker.answer();
        if origin == Origin::Settings {
            lane.heed(&got.headers);
        }
        match (got.status, origin) {
            (429 | 503, _) => self.after_busy(lane, host, origin, &got, tries),
            (500.., Origin::Settings) if tries == 0 => Next::Again,
            (500.., Origin::Settings) => Next::GiveUp(Unknown(format!("{host} has trouble of its own ({})", got.status)).into()),
            _ => Next::Take(got),
        }
    }

    fn after_busy(&self, lane: &Lane, host: &str, origin: Origin, got: &Got, tries: usize) -> Next {
        let why = Unknown(format!("{host} is busy ({})", got.status));
        let asked_for = retry_after(&got.headers, Timestamp::now());
        let is_last = tries == self.patience.again.len();
        let wait = match (asked_for, origin) {
            (Some(wait), _) if wait > self.patience.longest => return Next::Leave(why),
            (Some(_), Origin::Article) if is_last => return Next::Leave(why),
            // Many sites say 429 or 503 to every program, at any time.
            (None, Origin::Article) => None,
            (Some(wait), _) => Some(wait),
            (None, Origin::Settings) => self.patience.again.get(tries).copied(),
        };
        match wait.filter(|_| !is_last) {
            Some(wait) => {
                lane.hold(wait);
                Next::Again
            }
            None => Next::GiveUp(why.into()),
        }
    }

    fn after_failure(&self, url: &Url, origin: Origin, failure: Failure, tries: usize) -> Next {
        if failure.is_of_network() {
            self.breaker.no_connection();
        }
        let may_pass = match failure {
            Failure::NoConnection => self.breaker.has_answered(),
            Failure::BrokenOff => true,
            Failure::NoName | Failure::NotSecure | Failure::TooSlow | Failure::TooLong => false,
        };
        if may_pass && origin == Origin::Settings && tries == 0 {
            return Next::Again;
        }
        Next::GiveUp(Stop { why: self.fetch.unknown(failure, url.host_str().unwrap_or_default()), failure: Some(failure) })
    }

    /// Whether any service can be connected to. It is asked for where connections fail before any succeeded: that may be the network, or a
    /// list of links to hosts that are gone.
    async fn any_service_answers(&self) -> bool {
        let mut tries = JoinSet::new();
        let mut doors = HashSet::new();
        for (_, base) in self.bases.iter().filter(|(_, base)| doors.insert(base.origin())) {
            let (fetch, base, agent) = (self.fetch.clone(), base.clone(), self.agent.clone());
            tries.spawn(async move {
                let call = Call { method: &Method::HEAD, url: &base, form: None, accept: "", agent: &agent };
                !matches!(fetch.send(call, Body::Leave).await, Err(failure) if failure.is_of_network())
            });
        }
        while let Some(answered) = tries.join_next().await {
            if answered.unwrap_or(false) {
                return true;
            }
        }
        false
    }

    /// A question for whether there is an address behind it: no form, no body.
    pub(super) async fn look(&self, lane: &Lane, method: &Method, url: &Url) -> Result<Got, Stop> {
        let call = Call { method, url, form: None, accept: "", agent: &self.stranger };
        let got = self.exchange(lane, call, Origin::Article, Body::Leave).await?;
        self.breaker.success(&url.origin().ascii_serialization());
        Ok(got)
    }
}

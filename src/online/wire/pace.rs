//! How fast the world is asked: each service and each site in a lane of its own, all together no more than so many at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

use super::locked;

/// How fast one lane may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    /// From the start of one request to the start of the next.
    pub(super) gap: Duration,
    /// From the end of one request to the start of the next.
    pub(super) rest: Duration,
    pub(super) at_once: usize,
}

pub(super) struct Pace {
    lanes: Mutex<HashMap<String, Arc<Lane>>>,
    overall: Semaphore,
    /// The places of `overall`.
    most: usize,
}

pub(super) struct Lane {
    /// The most places that it may ever have.
    most: usize,
    places: Semaphore,
    state: Mutex<State>,
}

struct State {
    limit: Limit,
    /// The places that there are: more than the limit has until the requests under way are done.
    places: usize,
    /// When the next request may start.
    next: Instant,
}

/// A place in a lane; the next one's turn comes when it is dropped.
pub(super) struct Turn<'a> {
    lane: &'a Lane,
    place: Option<SemaphorePermit<'a>>,
    /// Once the request may start.
    under_way: Option<SemaphorePermit<'a>>,
}

impl Limit {
    pub(super) const fn per_second(requests: f64, at_once: usize) -> Self {
        Self { gap: Duration::from_micros((1_000_000.0 / requests) as u64), rest: Duration::ZERO, at_once }
    }

    /// One request at a time, with a pause between two; no limit where there is no pause.
    pub(super) fn pause(pause: Duration) -> Self {
        Self { gap: Duration::ZERO, rest: pause, at_once: if pause.is_zero() { usize::MAX } else { 1 } }
    }
}

impl Pace {
    pub(super) fn new(at_once: usize) -> Self {
        let most = at_once.clamp(1, Semaphore::MAX_PERMITS);
        Self { lanes: Mutex::default(), overall: Semaphore::new(most), most }
    }

    /// The lane of that name, made with that limit where there is none yet.
    pub(super) fn lane(&self, name: &str, limit: impl FnOnce() -> Limit) -> Arc<Lane> {
        let mut lanes = locked(&self.lanes);
        if let Some(lane) = lanes.get(name) {
            return lane.clone();
        }
        let lane = Arc::new(Lane::new(limit(), self.most));
        lanes.insert(name.to_owned(), lane.clone());
        lane
    }

    /// Waits until all is done that was in a lane before, but for those that may be under way together.
    pub(super) async fn queue<'a>(&self, lane: &'a Lane) -> Turn<'a> {
        Turn { lane, place: lane.places.acquire().await.ok(), under_way: None }
    }

    /// Waits until the request of a turn may start.
    pub(super) async fn start<'a>(&'a self, turn: &mut Turn<'a>) {
        turn.lane.moment().await;
        turn.under_way = self.overall.acquire().await.ok();
        let mut state = locked(&turn.lane.state);
        state.next = state.next.max(Instant::now() + state.limit.gap);
    }
}

impl Lane {
    fn new(mut limit: Limit, most: usize) -> Self {
        limit.at_once = limit.at_once.min(most);
        let state = Mutex::new(State { limit, places: limit.at_once, next: Instant::now() });
        Self { most, places: Semaphore::new(limit.at_once), state }
    }

    /// Lets no request start for so long.
    pub(super) fn hold(&self, wait: Duration) {
        let mut state = locked(&self.state);
        state.next = state.next.max(Instant::now() + wait);
    }

    /// Goes as fast as an answer says that it may.
    pub(super) fn heed(&self, headers: &HeaderMap) {
        let mut state = locked(&self.state);
        if let Some(gap) = gap(headers) {
            state.limit.gap = gap;
        }
        let Some(at_once) = number(headers, "x-concurrency-limit") else { return };
        let at_once = (at_once as usize).clamp(1, self.most);
        state.limit.at_once = at_once;
        if at_once > state.places {
            self.places.add_permits(at_once - state.places);
            state.places = at_once;
        } else {
            // Those that are taken go when they are given back.
            state.places -= self.places.forget_permits(state.places - at_once);
        }
    }

    async fn moment(&self) {
        loop {
            let next = {
                let mut state = locked(&self.state);
                let now = Instant::now();
                if state.next <= now {
                    state.next = now + state.limit.gap;
                    return;
                }
                state.next
            };
            sleep_until(next).await;
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = locked(&self.lane.state);
        if self.under_way.is_some() {
            state.next = state.next.max(Instant::now() + state.limit.rest);
        }
        if state.places > state.limit.at_once {
            state.places -= 1;
            if let Some(place) = self.place.take() {
                place.forget();
            }
        }
    }
}

/// The gap that Crossref's headers ask for: so many requests (`x-rate-limit-limit: 50`) in a time (`x-rate-limit-interval: 1s`).
fn gap(headers: &HeaderMap) -> Option<Duration> {
    let requests = number(headers, "x-rate-limit-limit").filter(|requests| *requests >= 1.0)?;
    let seconds = number(headers, "x-rate-limit-interval").unwrap_or(1.0);
    Duration::try_from_secs_f64((seconds / requests).min(60.0)).ok()
}

/// The number at the start of a header, which may come twice over: `50, 50`.
fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    value[..end].parse().ok()
}

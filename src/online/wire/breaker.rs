//! When asking is given up: a door (scheme, host and port) behind which nobody answers, time after time, is left alone for the run,
//! and where there is no network at all, nothing more is asked.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::OnceCell;

use super::{Unknown, locked};

/// So many questions in a row without an answer, and a door is left alone.
const FAILURES: u8 = 4;

#[derive(Default)]
pub(super) struct Breaker {
    /// Something answered in this run.
    answered: AtomicBool,
    /// A connection failed before anything answered.
    doubtful: AtomicBool,
    /// Whether there is a network, tried out once when that became doubtful.
    network: OnceCell<bool>,
    doors: Mutex<HashMap<String, Health>>,
}

#[derive(Default)]
struct Health {
    failures: u8,
    rests: Option<Unknown>,
}

impl Breaker {
    /// Refuses a request that would be in vain. `try_out` tells whether any of the services answers; it is awaited at most once.
    pub(super) async fn admit(&self, door: &str, try_out: impl Future<Output = bool>) -> Result<(), Unknown> {
        if let Some(why) = locked(&self.doors).get(door).and_then(|health| health.rests.clone()) {
            return Err(why);
        }
        if self.has_answered() || !self.doubtful.load(Ordering::Relaxed) {
            return Ok(());
        }
        let network = *self.network.get_or_init(|| try_out).await;
        if network || self.has_answered() { Ok(()) } else { Err(Unknown("there is no connection to the internet".into())) }
    }

    /// Whether anything answered in this run.
    pub(super) fn has_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    /// Notes that something answered, whatever it said.
    pub(super) fn answer(&self) {
        self.answered.store(true, Ordering::Relaxed);
    }

    /// Notes that a connection failed.
    pub(super) fn no_connection(&self) {
        self.doubtful.store(true, Ordering::Relaxed);
    }

    /// Notes that a question was answered.
    pub(super) fn success(&self, door: &str) {
        if let Some(health) = locked(&self.doors).get_mut(door) {
            health.failures = 0;
        }
    }

    /// Notes that a question was not answered.
    pub(super) fn failure(&self, door: &str, why: &Unknown) {
        let mut doors = locked(&self.doors);
        let health = doors.entry(door.to_owned()).or_default();
        health.failures = health.failures.saturating_add(1);
        if health.failures >= FAILURES {
            health.rests.get_or_insert_with(|| why.clone());
        }
    }

    /// Leaves a door alone.
    pub(super) fn rest(&self, door: &str, why: &Unknown) {
        locked(&self.doors).entry(door.to_owned()).or_default().rests = Some(why.clone());
    }
}

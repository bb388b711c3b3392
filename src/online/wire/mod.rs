//! The one way out: every request passes here, paced by host, capped in time and size, and kept away from addresses that are
//! no part of the public internet.

mod addresses;
mod again;
mod breaker;
mod etiquette;
mod exchange;
mod fetch;
mod gate;
mod links;
mod moves;
mod names;
mod pace;
mod services;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;

use self::breaker::Breaker;
use self::fetch::Fetch;
use self::gate::Gate;
use self::names::Names;
use self::pace::Pace;
use crate::config::Online;
use crate::world::Service;

pub use again::Patience;

/// A request to a service.
#[derive(Debug, Clone)]
pub struct Request {
    /// Path and query behind the base address of the service, with everything escaped that must be.
    pub path: String,
    /// Sent as a form with POST; `None` for GET.
    pub form: Option<Vec<(String, String)>>,
    /// What the answer must be for an answer: `application/json`, `text/xml`, or empty for anything.
    pub accept: &'static str,
}

/// What a service answered: a status that is an answer (200 to 299, 404, 410, 400), its body whole.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Why a question was not answered, as the end of “could not be checked: …”, such as `api.crossref.org is busy (429)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(pub String);

/// The longest time that a setting may name: a day, which is more than any use has for it.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The connection to the world, for one run. It remembers what was slow, busy or gone, so a run has one of it for all its
/// questions, asked at the same time or not. It works inside a runtime of tokio.
pub struct Wire {
    online: Online,
    patience: Patience,
    /// The bases of the services.
    bases: Vec<(Service, Url)>,
    /// How medproof calls itself where services are asked, and where sites are.
    agent: HeaderValue,
    stranger: HeaderValue,
    gate: Gate,
    pace: Pace,
    breaker: Breaker,
    fetch: Arc<Fetch>,
    is_silent: bool,
}

impl Wire {
    /// A connection by the settings of the user.
    ///
    /// # Errors
    /// A setting that cannot be used, or a machine without certificates to trust, in words for the user.
    pub fn new(online: &Online, patience: Patience) -> Result<Self, String> {
        let seconds = |name: &str, seconds: f64| {
            let time = Duration::try_from_secs_f64(seconds).ok().filter(|time| *time <= LONGEST);
            time.ok_or_else(|| format!("`{name}` takes seconds from 0 to {}, not {seconds}", LONGEST.as_secs()))
        };
        seconds("pause", online.pause)?;
        let timeout = seconds("timeout", online.timeout)?;
        let names = Arc::new(Names::default());
        let bases = gate::bases(&online.services)?;
        Ok(Self {
            agent: etiquette::agent(online.mailto.as_deref())?,
            stranger: etiquette::agent(None)?,
            gate: Gate::new(online, &bases, names.clone(), patience.connect),
            breaker: Breaker::default(),
            fetch: Arc::new(Fetch::new(names, timeout, patience.connect)?),
            online: online.clone(),
            patience,
            bases,
            pace: Pace::new(online.at_once),
            is_silent: false,
        })
    }

    /// A connection over which nothing is asked: every answer is unknown.
    ///
    /// # Errors
    /// Those of [`Wire::new`].
    pub fn silent(online: &Online) -> Result<Self, String> {
        Ok(Self { is_silent: true, ..Self::new(online, Patience::default())? })
    }

    /// # Errors
    /// Nobody is to be asked.
    fn may_ask(&self) -> Result<(), Unknown> {
        if self.is_silent { Err(Unknown("it was not asked before, and is not asked now (--offline)".into())) } else { Ok(()) }
    }
}

/// What a lock guards is whole even where a thread panicked, as nothing here is written in two steps.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

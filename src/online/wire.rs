//! The one way out: every request passes here, paced by host, capped in time and size, and kept away from addresses that are
//! no part of the public internet.

use crate::world::{Answer, Reached, Service};

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

/// The connection to the world.
pub struct Wire {}

impl Wire {
    /// Asks a service, as slowly as it wishes, again where it asks to be asked again.
    pub async fn ask(&self, _service: Service, _request: Request) -> Result<Reply, Unknown> {
        unimplemented!()
    }

    /// Asks whether a link leads somewhere.
    pub async fn reach(&self, _address: &str) -> Answer<Reached> {
        unimplemented!()
    }
}

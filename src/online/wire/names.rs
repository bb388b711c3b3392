//! What the names of hosts lead to: looked up once in a run, so that a name cannot lead somewhere else after it was looked at.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Mutex;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;

use super::addresses::is_public;
use super::locked;

#[derive(Default)]
pub(super) struct Names {
    known: Mutex<HashMap<String, Known>>,
}

/// What is known of a name of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    /// All its addresses are public, and these are the only ones that are ever connected to.
    Public(Vec<IpAddr>),
    /// An address of it is not public. No request is ever made to it; where it is asked for, it is the name of a proxy.
    Private,
    /// There is none, as far as this machine can tell.
    Nothing,
}

impl Names {
    /// What a name leads to.
    pub(super) async fn know(&self, name: &str, patience: Duration) -> Known {
        if let Some(known) = self.get(name) {
            return known;
        }
        let known = match tokio::time::timeout(patience, look_up(name.to_owned())).await {
            Ok(Ok(found)) if found.is_empty() => Known::Nothing,
            Ok(Ok(found)) if found.iter().all(|address| is_public(*address)) => Known::Public(found),
            Ok(Ok(_)) => Known::Private,
            Ok(Err(_)) | Err(_) => Known::Nothing,
        };
        // The first answer stays, where two were asked for at once.
        locked(&self.known).entry(name.to_owned()).or_insert(known).clone()
    }

    fn get(&self, name: &str) -> Option<Known> {
        locked(&self.known).get(name).cloned()
    }
}

/// Gives the client the addresses that were looked at. A name that never was is one that the user chose: of a service, an allowed host
/// or a proxy.
impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let known = self.get(name.as_str());
        Box::pin(async move {
            let found = match known {
                Some(Known::Public(addresses)) => addresses,
                Some(Known::Nothing) => return Err("the name leads nowhere".into()),
                Some(Known::Private) | None => look_up(name.as_str().to_owned()).await?,
            };
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

/// Asks the system, in a thread of its own: it cannot be interrupted, and the end of a run does not wait for it.
async fn look_up(name: String) -> std::io::Result<Vec<IpAddr>> {
    let (tell, told) = oneshot::channel();
    std::thread::Builder::new().spawn(move || {
        let found = (name.as_str(), 0).to_socket_addrs().map(|found| found.map(|address| address.ip()).collect());
        // Nobody may wait for it any more.
        let _ = tell.send(found);
    })?;
    told.await.unwrap_or_else(|_| Err(std::io::Error::other("the look-up ended without an answer")))
}

//! What the names of hosts lead to: looked up once in a run, so that a name cannot lead somewhere else after it was looked at.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;

use super::addresses::is_public;
use super::locked;

pub(super) struct Names {
    known: Mutex<HashMap<String, Known>>,
    look_up: LookUp,
}

/// Gives the addresses of a name. It may take as long as it likes.
type LookUp = Arc<dyn Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync>;

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

/// Names as the system knows them.
impl Default for Names {
    fn default() -> Self {
        Self::of(|name| Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect()))
    }
}

impl Names {
    fn of(look_up: impl Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync + 'static) -> Self {
        Self { known: Mutex::default(), look_up: Arc::new(look_up) }
    }

    /// What a name leads to.
    pub(super) async fn know(&self, name: &str, patience: Duration) -> Known {
        if let Some(known) = self.get(name) {
            return known;
        }
        let known = match tokio::time::timeout(patience, look_up(self.look_up.clone(), name)).await {
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
        let (known, system) = (self.get(name.as_str()), self.look_up.clone());
        Box::pin(async move {
            let found = match known {
                Some(Known::Public(addresses)) => addresses,
                Some(Known::Nothing) => return Err("the name leads nowhere".into()),
                Some(Known::Private) | None => look_up(system, name.as_str()).await?,
            };
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

/// Looks a name up in a thread of its own: it cannot be interrupted, and the end of a run does not wait for it.
async fn look_up(look_up: LookUp, name: &str) -> std::io::Result<Vec<IpAddr>> {
    let (tell, told) = oneshot::channel();
    let name = name.to_owned();
    std::thread::Builder::new().spawn(move || {
        // Nobody may wait for it any more.
        let _ = tell.send(look_up(&name));
    })?;
    told.await.unwrap_or_else(|_| Err(std::io::Error::other("the look-up ended without an answer")))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// What is known of a name with such addresses, and what the client is given for it.
    fn known(addresses: &'static [&'static str]) -> (Known, Vec<String>) {
        // Asked again, every name leads home.
        let asked = AtomicUsize::new(0);
        let names = Names::of(move |_| {
            let addresses = if asked.fetch_add(1, Ordering::SeqCst) == 0 { addresses } else { &["127.0.0.1"] };
            Ok(addresses.iter().map(|address| address.parse().unwrap()).collect())
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let known = names.know("example.org", Duration::from_secs(5)).await;
            let given = names.resolve("example.org".parse().unwrap()).await;
            (known, given.map_or(Vec::new(), |given| given.map(|address| address.ip().to_string()).collect()))
        })
    }

    #[test]
    fn a_name_that_leads_home_is_private() {
        for home in [
            &["127.0.0.1"][..],
            &["::1"],
            &["::ffff:127.0.0.1"],
            &["169.254.169.254"],
            &["fd00:ec2::254"],
            &["10.1.2.3"],
            &["0.0.0.0"],
            &["8.8.8.8", "192.168.0.1"],
        ] {
            assert_eq!(known(home).0, Known::Private, "{home:?}");
        }
        assert_eq!(known(&[]).0, Known::Nothing);
    }

    #[test]
    fn a_name_leads_to_the_addresses_that_were_looked_at() {
        let (known, given) = known(&["8.8.8.8", "2606:4700::1111"]);
        assert!(matches!(known, Known::Public(_)));
        assert_eq!(given, ["8.8.8.8", "2606:4700::1111"]);
    }
}

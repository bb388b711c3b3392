//! Who may be asked: an article names what it likes, so each address is looked at before a request, and so is each that an
//! answer leads to.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use super::Unknown;
use super::addresses::is_public;
use super::names::{Known, Names};
use crate::config::{Online, Services};
use crate::world::Service;

/// The ports that web pages are read from. Others belong to mail, databases and the like, which must not be written to because
/// an article says so.
const PORTS: &[u16] = &[80, 443, 8000, 8008, 8080, 8081, 8088, 8443, 8888];

/// Who gave the address of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The settings of the user, as the base of a service.
    Settings,
    /// An article, which may be anybody's.
    Article,
}

pub(super) struct Gate {
    /// `host` or `host:port` of the user's `allow-hosts`, in lower case.
    allowed: HashSet<String>,
    /// `host:port` of the bases of the services.
    services: HashSet<String>,
    names: Arc<Names>,
    /// The longest that the look-up of a name may take.
    patience: Duration,
}

impl Gate {
    pub(super) fn new(online: &Online, bases: &[(Service, Url)], names: Arc<Names>, patience: Duration) -> Self {
        Self {
            allowed: online.allow_hosts.iter().map(|host| host.to_lowercase()).collect(),
            services: bases.iter().map(|(_, base)| with_port(base)).collect(),
            names,
            patience,
        }
    }

    /// Refuses an address that is no part of the public internet, unless the user chose it. From here on its name leads only to
    /// the addresses that were looked at. A name that cannot be looked up passes: a proxy may know it, and without one there is
    /// no way to it.
    pub(super) async fn admit(&self, url: &Url, origin: Origin) -> Result<(), Unknown> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Unknown(format!("{} is no web address", url.scheme())));
        }
        let host = url.host_str().unwrap_or_default();
        let chosen = origin == Origin::Settings && self.services.contains(&with_port(url));
        if chosen || self.allowed.contains(host) || self.allowed.contains(&with_port(url)) {
            return Ok(());
        }
        if let Some(port) = url.port_or_known_default().filter(|port| !PORTS.contains(port)) {
            return Err(Unknown(format!("web pages are not read from port {port} of {host}")));
        }
        // An address in any spelling, such as 0x7f.1, is one of four plain numbers here.
        let is_public = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => is_public(address),
            Err(_) => !is_local(host) && self.names.know(host, self.patience).await != Known::Private,
        };
        if is_public { Ok(()) } else { Err(Unknown(format!("{host} is no public address"))) }
    }
}

/// Whether a name is meant for a network of one's own, whatever it leads to here: a proxy may read it in another way.
fn is_local(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let ends = [".localhost", ".local", ".localdomain", ".internal", ".intranet", ".lan", ".home.arpa"];
    !name.contains('.') || ends.iter().any(|end| name.ends_with(end))
}

fn with_port(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// The bases of the services, with a slash at their ends.
pub(super) fn bases(services: &Services) -> Result<Vec<(Service, Url)>, String> {
    let read = |base: &str| match Url::parse(&format!("{}/", base.trim_end_matches('/'))) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        _ => Err(format!("“{base}” is no address of a service")),
    };
    services.each().into_iter().map(|(service, base)| Ok((service, read(base)?))).collect()
}

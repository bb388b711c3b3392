//! What each service asks of those who ask it: how fast, and under which name.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;

use super::Request;
use super::pace::Limit;
use crate::config::{Online, Services};
use crate::world::Service;

/// How fast a service may be asked before its answers say otherwise, by the lane of its requests.
///
/// PubMed: NCBI's usage guidelines, 3 requests a second, and 10 with a key. Crossref: the rate limits of its pools as its headers
/// gave them in October 2026, single records and lists apart, faster for those who give an address. DataCite: 500 requests in
/// five minutes, and 1,000 for those who give an address. doi.org, Europe PMC and the
/// Internet Archive name no numbers; these are modest ones.
pub(super) fn limit(service: Service, request: &Request, online: &Online) -> (&'static str, Limit) {
    let known = online.mailto.is_some();
    match service {
        Service::Pubmed if online.ncbi_key.is_some() => ("pubmed", Limit::per_second(10.0, 5)),
        Service::Pubmed => ("pubmed", Limit::per_second(3.0, 3)),
        Service::Crossref => match (is_list(request), known) {
            (true, true) => ("crossref lists", Limit::per_second(3.0, 3)),
            (true, false) => ("crossref lists", Limit::per_second(1.0, 1)),
            (false, true) => ("crossref", Limit::per_second(10.0, 3)),
            (false, false) => ("crossref", Limit::per_second(5.0, 1)),
        },
        Service::Datacite if known => ("datacite", Limit::per_second(3.3, 3)),
        Service::Datacite => ("datacite", Limit::per_second(1.6, 2)),
        Service::DoiOrg => ("doi.org", Limit::per_second(10.0, 4)),
        Service::EuropePmc => ("europe pmc", Limit::per_second(3.0, 3)),
        Service::Archive => ("archive", Limit::per_second(1.0, 1)),
        Service::Site => ("sites", Limit::pause(Duration::from_secs_f64(online.pause))),
    }
}

/// Whether Crossref is asked for a list of works, which costs it more than one record.
fn is_list(request: &Request) -> bool {
    request.path.split('?').next().is_some_and(|path| path.trim_end_matches('/') == "works")
}

/// Whether a base is that of the service itself. Another one is the user's own, and is as fast as its answers say.
pub(super) fn is_its_own(service: Service, base: &Url) -> bool {
    let services = Services::default();
    let own = services.each().into_iter().find(|(other, _)| *other == service).and_then(|(_, own)| Url::parse(own).ok());
    own.is_some_and(|own| own.host_str() == base.host_str())
}

/// What PubMed wants to know of who asks, as parameters: the program always, the rest where the user set it.
pub(super) fn introduction(service: Service, online: &Online) -> Vec<(String, String)> {
    if service != Service::Pubmed {
        return Vec::new();
    }
    let set = [("tool", Some("medproof")), ("email", online.mailto.as_deref()), ("api_key", online.ncbi_key.as_deref())];
    set.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect()
}

/// How medproof introduces itself: to services with the address that the user set, so that they can write to them.
pub(super) fn agent(mailto: Option<&str>) -> Result<HeaderValue, String> {
    let contact = mailto.map(|mailto| format!(" (mailto:{mailto})")).unwrap_or_default();
    HeaderValue::from_str(&format!("medproof/{}{contact}", env!("CARGO_PKG_VERSION")))
        .map_err(|_| format!("“{}” cannot be sent as an address to write to", mailto.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_asked_as_fast_as_they_document() {
        let plain = Online::default();
        let known = Online { mailto: Some("me@example.org".into()), ncbi_key: Some("key".into()), ..Online::default() };
        for (service, path, plainly, with_name) in [
            (Service::Pubmed, "esummary.fcgi?id=1", (333, 3), (100, 5)),
            (Service::Crossref, "works/10.1000/1", (200, 1), (100, 3)),
            (Service::Crossref, "works?rows=5", (1000, 1), (333, 3)),
            (Service::Datacite, "dois/10.1000/1", (625, 2), (303, 3)),
        ] {
            let request = Request { path: path.into(), form: None, accept: "" };
            for (online, (gap, at_once)) in [(&plain, plainly), (&known, with_name)] {
                let limit = limit(service, &request, online).1;
                assert_eq!((limit.gap.as_millis(), limit.at_once), (gap, at_once), "{service:?} {path}");
            }
        }
    }

    #[test]
    fn only_the_services_themselves_have_their_limits() {
        for (base, is_own) in [("https://api.crossref.org/", true), ("http://127.0.0.1:8080/", false), ("https://api.datacite.org/", false)]
        {
            assert_eq!(is_its_own(Service::Crossref, &Url::parse(base).unwrap()), is_own, "{base}");
        }
    }
}

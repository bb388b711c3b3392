//! Asking whether a link leads somewhere.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, Url};

use super::moves::{Move, tell_apart};
use super::pace::{Lane, Limit};
use super::services::elsewhere;
use super::{Unknown, Wire};
use crate::world::{Answer, Reached};

/// So many redirections are followed.
const MOST_HOPS: usize = 5;

/// Where a chain of redirections ends.
enum End {
    Page { url: Url, hops: Vec<u16> },
    Gone,
}

/// What one address answers.
enum Step {
    Page,
    Moved(Url, u16),
    Gone,
}

impl Wire {
    /// Asks whether a link leads somewhere. A site is asked one thing at a time, and for a page only where its head was refused.
    pub async fn reach(&self, address: &str) -> Answer<Reached> {
        match self.lead(address).await {
            Ok(Some(reached)) => Answer::Found(reached),
            Ok(None) => Answer::NotFound,
            Err(Unknown(why)) => Answer::Unknown(why),
        }
    }

    async fn lead(&self, address: &str) -> Result<Option<Reached>, Unknown> {
        let mut start = Url::parse(address).map_err(|_| Unknown("it is no web address".into()))?;
        let fragment = start.fragment().map(str::to_owned);
        start.set_fragment(None);
        // It is for the eyes of the site alone, or meant to deceive a reader.
        let _ = start.set_username("");
        let _ = start.set_password(None);
        let End::Page { url: end, hops } = self.follow(&start).await? else { return Ok(None) };
        let moved = match tell_apart(&start, &end) {
            Move::None => None,
            Move::Elsewhere => Some(end.clone()),
            Move::Away(where_to) => {
                return Err(Unknown(format!("{} leads to {where_to} instead of the page", host(&start))));
            }
        };
        let secure = if moved.is_some() { None } else { self.secure(&start, &end).await };
        let written = |mut url: Url| {
            url.set_fragment(fragment.as_deref());
            url.to_string()
        };
        Ok(Some(Reached {
            for_good: moved.is_some() && hops.iter().all(|status| matches!(status, 301 | 308)),
            moved_to: moved.map(written),
            secure: secure.map(written),
        }))
    }

    async fn follow(&self, start: &Url) -> Result<End, Unknown> {
        let (mut seen, mut hops) = (vec![start.clone()], Vec::new());
        loop {
            let url = &seen[seen.len() - 1];
            match self.step(url).await? {
                Step::Page => return Ok(End::Page { url: url.clone(), hops }),
                Step::Gone => return Ok(End::Gone),
                Step::Moved(next, _) if seen.contains(&next) => {
                    return Err(Unknown(format!("{} sends its readers in circles", host(start))));
                }
                Step::Moved(..) if hops.len() == MOST_HOPS => {
                    return Err(Unknown(format!("{} sends its readers on more than {MOST_HOPS} times", host(start))));
                }
                Step::Moved(next, status) => {
                    seen.push(next);
                    hops.push(status);
                }
            }
        }
    }

    /// Asks for the head of a page, and for the page where that does not come: some sites answer only one of the two.
    async fn step(&self, url: &Url) -> Result<Step, Unknown> {
        if host(url).trim_start_matches("dx.").trim_start_matches("www.") == "doi.org" {
            return Err(Unknown("a DOI is asked at its registry, never where it leads".into()));
        }
        let lane = self.lane(url);
        let head = self.look(&lane, &Method::HEAD, url).await;
        let head = match head {
            Ok(got) => match (elsewhere(url, &got), got.status) {
                (Some(next), status) => return Ok(Step::Moved(next, status)),
                (None, status) if has_page(status) => return Ok(Step::Page),
                (None, status) => Some(status),
            },
            Err(stop) if stop.is_of_this_method() => None,
            Err(stop) => return Err(stop.into()),
        };
        let page = self.look(&lane, &Method::GET, url).await?;
        match (elsewhere(url, &page), page.status) {
            (Some(next), status) => Ok(Step::Moved(next, status)),
            (None, status) if has_page(status) => Ok(Step::Page),
            // 405 and 501 say that the site does not know HEAD.
            (None, 404 | 410) if matches!(head, Some(404 | 410 | 405 | 501)) => Ok(Step::Gone),
            (None, status) => Err(Unknown(format!("{} answered {status}", host(url)))),
        }
    }

    /// The address over https that gives the same page as one over http.
    async fn secure(&self, start: &Url, end: &Url) -> Option<Url> {
        if start.scheme() != "http" {
            return None;
        }
        if end.scheme() == "https" {
            return Some(end.clone());
        }
        let mut twin = start.clone();
        // A port of its own speaks only one of the two.
        if twin.port().is_some() || twin.set_scheme("https").is_err() {
            return None;
        }
        match self.follow(&twin).await {
            Ok(End::Page { url, .. }) if url.scheme() == "https" && tell_apart(&twin, &url) == Move::None => Some(twin),
            _ => None,
        }
    }

    fn lane(&self, url: &Url) -> Arc<Lane> {
        self.pace.lane(&format!("site {}", host(url)), || Limit::pause(Duration::from_secs_f64(self.online.pause)))
    }
}

/// Whether an answer is the page. 202 is not: walls say it until a reader has shown that a person reads.
fn has_page(status: u16) -> bool {
    matches!(status, 200 | 203 | 204 | 206)
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

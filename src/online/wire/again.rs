//! When a service that is busy may be asked again.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// How long medproof waits for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Before a service that is busy is asked for the second and the third time, where it does not say itself.
    pub again: [Duration; 2],
    /// The longest wait that is granted to one that says it. Who asks for more is asked no more in this run.
    pub longest: Duration,
    /// Until a connection stands, the look-up of its name within.
    pub connect: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { again: [Duration::from_secs(2), Duration::from_secs(8)], longest: Duration::from_secs(30), connect: Duration::from_secs(4) }
    }
}

/// The wait that an answer asks for: seconds, or the moment from which on it may be asked again.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()?;
    Some(Duration::try_from(moment.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let now = "1999-12-31T23:59:29Z".parse().unwrap();
        for (value, seconds) in [
            ("120", Some(120)),
            ("0", Some(0)),
            ("Fri, 31 Dec 1999 23:59:59 GMT", Some(30)),
            ("Fri, 31 Dec 1999 23:59:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(value))]);
            assert_eq!(retry_after(&headers, now), seconds.map(Duration::from_secs), "{value}");
        }
    }
}

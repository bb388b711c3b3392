//! What it means that an address leads to another one: nothing, a new address of the page, or a page in its place.

use std::collections::HashSet;

use reqwest::Url;

/// What became of the page that an address was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// The address is as good as the other one.
    None,
    /// The page has another address.
    Elsewhere,
    /// Its readers get something else, as the end of “… leads to”; whether the page is still there, nobody can tell from outside.
    Away(&'static str),
}

/// Segments of paths and labels of hosts that stand before what a reader wants, or in its place. All in lower case, sorted by word.
const IN_THE_WAY: &[(&str, &str)] = &[
    ("401", SIGN_IN),
    ("403", ERROR),
    ("404", ERROR),
    ("accessdenied", ERROR),
    ("auth", SIGN_IN),
    ("authenticate", SIGN_IN),
    ("authorize", SIGN_IN),
    ("blocked", CHECK),
    ("captcha", CHECK),
    ("challenge", CHECK),
    ("consent", CONSENT),
    ("cookie-consent", CONSENT),
    ("cookieabsent", CONSENT),
    ("error", ERROR),
    ("error404", ERROR),
    ("gdpr", CONSENT),
    ("idp", SIGN_IN),
    ("log-in", SIGN_IN),
    ("login", SIGN_IN),
    ("logon", SIGN_IN),
    ("not-found", ERROR),
    ("notfound", ERROR),
    ("oauth", SIGN_IN),
    ("oauth2", SIGN_IN),
    ("page-not-found", ERROR),
    ("pagenotfound", ERROR),
    ("saml", SIGN_IN),
    ("sign-in", SIGN_IN),
    ("signin", SIGN_IN),
    ("sso", SIGN_IN),
    ("validate", CHECK),
];

const SIGN_IN: &str = "a sign-in";
const CONSENT: &str = "a question for consent";
const CHECK: &str = "a check whether a person reads";
const ERROR: &str = "a page about an error";

/// Names of the first page of a site or folder.
const FIRST: &[&str] = &["default", "home", "homepage", "index", "start", "welcome"];

/// What it means that one address leads to another.
pub(super) fn tell_apart(from: &Url, to: &Url) -> Move {
    if site(from) == site(to) && (is_home(from) || path(from) == path(to) && keeps_query(from, to)) {
        return Move::None;
    }
    if let Some(place) = in_the_way(to).filter(|_| in_the_way(from).is_none()) {
        return Move::Away(place);
    }
    if is_home(to) && !is_home(from) { Move::Away("a home page") } else { Move::Elsewhere }
}

fn site(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// The segments of a path, without those that only say that it is the first page of its folder, nor the number of a visit.
fn path(url: &Url) -> Vec<String> {
    let segments = url.path_segments().into_iter().flatten();
    let mut path: Vec<String> = segments.map(|segment| segment.split(';').next().unwrap_or_default().to_ascii_lowercase()).collect();
    while path.last().is_some_and(|last| last.is_empty() || FIRST.contains(&stem(last))) {
        path.pop();
    }
    path
}

/// Whether what was asked for in the query is still asked for: more may have come to it.
fn keeps_query(from: &Url, to: &Url) -> bool {
    let there: HashSet<_> = to.query_pairs().collect();
    from.query_pairs().all(|pair| pair.0.starts_with("utm_") || there.contains(&pair))
}

/// Nothing, or only a language: `/`, `/en`, `/en-us/home`.
fn is_home(url: &Url) -> bool {
    let is_code = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_language = |segment: &str| segment.splitn(2, ['-', '_']).all(is_code);
    url.query().is_none()
        && match path(url).as_slice() {
            [] => true,
            [segment] => is_language(segment),
            _ => false,
        }
}

fn in_the_way(url: &Url) -> Option<&'static str> {
    let labels = url.host_str().unwrap_or_default().split('.').map(str::to_owned);
    let words = labels.chain(url.path_segments().into_iter().flatten().map(str::to_ascii_lowercase));
    words
        .filter_map(|word| IN_THE_WAY.binary_search_by(|(other, _)| (*other).cmp(stem(&word))).ok())
        .map(|found| IN_THE_WAY[found].1)
        .next()
}

/// A name without its ending, such as `.html`.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_way_are_sorted_and_once() {
        assert!(IN_THE_WAY.is_sorted_by(|a, b| a.0 < b.0));
        assert!(FIRST.is_sorted());
    }

    #[test]
    fn moves_are_told_apart() {
        for (from, to, expected) in [
            ("http://a.org/x", "https://www.a.org/x/", Move::None),
            ("http://a.org/x/", "http://a.org/X/index.html", Move::None),
            ("http://a.org/x?id=5", "http://a.org/x?id=5&s=1", Move::None),
            ("http://a.org/x?utm_source=feed", "http://a.org/x", Move::None),
            ("http://a.org/x", "http://a.org/x;jsessionid=77", Move::None),
            ("http://a.org/", "http://a.org/en/welcome", Move::None),
            ("http://a.org/x?id=5", "http://a.org/x?id=6", Move::Elsewhere),
            ("http://a.org/x", "http://a.org/new/x", Move::Elsewhere),
            ("http://a.org/x", "http://b.org/x", Move::Elsewhere),
            ("http://a.org/", "http://b.org/", Move::Elsewhere),
            ("http://a.org/x", "http://a.org/", Move::Away("a home page")),
            ("http://a.org/x/y", "https://www.b.org/en-us/index.html", Move::Away("a home page")),
            ("http://a.org/x", "https://a.org/?p=12", Move::Elsewhere),
            ("http://a.org/?p=12", "https://a.org/2020/x/", Move::Elsewhere),
            ("http://a.org/?p=12", "https://a.org/", Move::Away("a home page")),
            ("http://a.org/x", "https://a.org/en-x", Move::Elsewhere),
            ("http://a.org/x", "https://login.a.org/x", Move::Away(SIGN_IN)),
            ("http://a.org/x", "https://a.org/Account/SignIn.aspx?return=x", Move::Away(SIGN_IN)),
            ("http://a.org/login", "https://b.org/login", Move::Elsewhere),
            ("http://a.org/x", "https://a.org/404.html", Move::Away(ERROR)),
            ("http://a.org/x", "https://a.org/consent?for=x", Move::Away(CONSENT)),
            ("http://a.org/x", "https://a.org/medication-error-reports", Move::Elsewhere),
        ] {
            let (from_url, to_url) = (Url::parse(from).unwrap(), Url::parse(to).unwrap());
            assert_eq!(tell_apart(&from_url, &to_url), expected, "{from} {to}");
        }
    }
}

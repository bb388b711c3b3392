//! Links that lead somewhere, nowhere, elsewhere, or where they must not.

use std::time::Duration;

use medproof::config::Online;
use medproof::world::{Answer, Reached};

use super::server::{Asked, Told, serve};
use super::{open, settings, wait, wire};

/// What comes of a link to `/page`, in short, and what was asked for it.
fn check(handler: impl Fn(&Asked) -> Told + Send + Sync + 'static, expected: &str, questions: &[&str]) {
    let server = serve(handler);
    let said = shown(wait(wire(&open(&server)).reach(&server.url("/page")))).replace(&server.url(""), "");
    assert_eq!(said, expected);
    assert_eq!(server.lines(), questions, "{expected}");
}

fn shown(answer: Answer<Reached>) -> String {
    match answer {
        Answer::Found(Reached { moved_to, for_good, secure }) => {
            let moved = moved_to.map(|to| format!(", moved to {to}{}", if for_good { " for good" } else { "" }));
            let secure = secure.map(|secure| format!(", secure {secure}"));
            format!("found{}{}", moved.unwrap_or_default(), secure.unwrap_or_default())
        }
        Answer::NotFound => "not found".into(),
        Answer::Unknown(why) => format!("unknown: {why}"),
    }
}

/// Answers HEAD and GET with a status each.
fn by_method(head: u16, get: u16) -> impl Fn(&Asked) -> Told + Send + Sync {
    move |asked| Told::page(if asked.method == "HEAD" { head } else { get })
}

#[test]
fn a_page_is_gone_only_where_both_methods_say_so() {
    let both = &["HEAD /page", "GET /page"];
    check(by_method(200, 500), "found", &["HEAD /page"]);
    check(by_method(404, 200), "found", both);
    check(by_method(405, 200), "found", both);
    check(by_method(404, 404), "not found", both);
    check(by_method(410, 404), "not found", both);
    check(by_method(405, 404), "not found", both);
    check(by_method(403, 404), "unknown: 127.0.0.1 answered 404", both);
    for status in [202, 401, 403, 405, 406, 451, 500, 504, 999] {
        check(by_method(status, status), &format!("unknown: 127.0.0.1 answered {status}"), both);
        check(by_method(404, status), &format!("unknown: 127.0.0.1 answered {status}"), both);
    }
    for status in [429, 503] {
        check(by_method(status, status), &format!("unknown: 127.0.0.1 is busy ({status})"), &["HEAD /page"]);
    }
}

#[test]
fn a_site_that_asks_for_patience_gets_it() {
    let asked_before = std::sync::atomic::AtomicBool::new(false);
    let handler = move |_: &Asked| {
        if asked_before.swap(true, std::sync::atomic::Ordering::SeqCst) { Told::page(200) } else { Told::busy(429, "0") }
    };
    check(handler, "found", &["HEAD /page", "HEAD /page"]);
}

#[test]
fn a_site_that_stays_busy_or_asks_for_too_much_is_left_alone() {
    for (wait_for, questions) in [("0", 3), ("60", 1)] {
        let server = serve(move |_| Told::busy(429, wait_for));
        let wire = wire(&open(&server));
        for path in ["/page", "/other"] {
            assert_eq!(shown(wait(wire.reach(&server.url(path)))), "unknown: 127.0.0.1 is busy (429)");
        }
        assert_eq!(server.lines(), vec!["HEAD /page"; questions]);
    }
}

#[test]
fn a_host_that_is_not_there_is_unknown() {
    let server = serve(|_| Told::page(200));
    let said = shown(wait(wire(&settings(&server)).reach("http://nowhere.invalid/page")));
    assert_eq!(said, "unknown: there is no host nowhere.invalid, as far as this machine can tell");
}

#[test]
fn a_broken_answer_is_unknown() {
    let both = &["HEAD /page", "GET /page"];
    check(|_| Told::closed(), "unknown: 127.0.0.1 broke off its answer", both);
    check(|asked| if asked.method == "HEAD" { Told::closed() } else { Told::page(200) }, "found", both);
    check(|asked| if asked.method == "HEAD" { Told::closed() } else { Told::page(404) }, "unknown: 127.0.0.1 answered 404", both);
    // What follows the head of a page is not waited for.
    check(|asked| Told::page(if asked.method == "HEAD" { 404 } else { 200 }).dripping(Duration::from_secs(1)), "found", both);
}

#[test]
fn a_slow_site_is_unknown() {
    let server = serve(|_| Told::silent());
    let wire = wire(&Online { timeout: 0.3, ..open(&server) });
    assert_eq!(shown(wait(wire.reach(&server.url("/")))), "unknown: 127.0.0.1 took longer than 0.3 seconds");
}

#[test]
fn redirections_are_followed() {
    let chain = |statuses: &'static [u16]| {
        move |asked: &Asked| {
            let step = asked.path().strip_prefix("/page").unwrap().parse().unwrap_or(0);
            statuses.get(step).map_or(Told::page(200), |status| Told::redirect(*status, &format!("/page{}", step + 1)))
        }
    };
    check(chain(&[301]), "found, moved to /page1 for good", &["HEAD /page", "HEAD /page1"]);
    check(chain(&[301, 308]), "found, moved to /page2 for good", &["HEAD /page", "HEAD /page1", "HEAD /page2"]);
    check(chain(&[301, 302]), "found, moved to /page2", &["HEAD /page", "HEAD /page1", "HEAD /page2"]);
    let asked = &["HEAD /page", "HEAD /page1", "HEAD /page2", "HEAD /page3", "HEAD /page4", "HEAD /page5"];
    check(chain(&[301, 302, 303, 307, 308]), "found, moved to /page5", asked);
    check(chain(&[301; 6]), "unknown: 127.0.0.1 sends its readers on more than 5 times", asked);
}

#[test]
fn redirections_that_say_nothing_of_the_page() {
    let to = |to: &'static str| move |asked: &Asked| if asked.path() == "/page" { Told::redirect(301, to) } else { Told::page(200) };
    check(to("/page/"), "found", &["HEAD /page", "HEAD /page/"]);
    check(to("/"), "unknown: 127.0.0.1 leads to a home page instead of the page", &["HEAD /page", "HEAD /"]);
    check(to("/login?for=page"), "unknown: 127.0.0.1 leads to a sign-in instead of the page", &["HEAD /page", "HEAD /login?for=page"]);
    check(to("/page"), "unknown: 127.0.0.1 sends its readers in circles", &["HEAD /page"]);
    let ping = |asked: &Asked| Told::redirect(302, if asked.path() == "/page" { "/pong" } else { "/page" });
    check(ping, "unknown: 127.0.0.1 sends its readers in circles", &["HEAD /page", "HEAD /pong"]);
    check(|_| Told::page(301), "unknown: 127.0.0.1 answered 301", &["HEAD /page", "GET /page"]);
}

#[test]
fn a_page_that_moved_and_is_gone_is_gone() {
    let handler = |asked: &Asked| if asked.path() == "/page" { Told::redirect(301, "/new") } else { Told::page(404) };
    check(handler, "not found", &["HEAD /page", "HEAD /new", "GET /new"]);
}

#[test]
fn no_redirection_leads_into_a_network_of_ones_own() {
    for to in [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0177.1/",
        "http://10.1/",
        "//192.168.0.1/admin",
        "http://user:word@router.lan/",
    ] {
        let server = serve(move |_| Told::redirect(302, to));
        let said = shown(wait(wire(&open(&server)).reach(&server.url("/"))));
        assert!(said.starts_with("unknown: ") && said.ends_with("is no public address"), "{to}: {said}");
    }
    for (to, why) in [
        ("file:///etc/passwd", "unknown: file is no web address"),
        ("gopher://example.org/", "unknown: gopher is no web address"),
        ("http://8.8.8.8:25/", "unknown: web pages are not read from port 25 of 8.8.8.8"),
    ] {
        let server = serve(move |_| Told::redirect(302, to));
        assert_eq!(shown(wait(wire(&open(&server)).reach(&server.url("/")))), why);
    }
}

#[test]
fn no_link_leads_into_a_network_of_ones_own() {
    let server = serve(|_| Told::page(200));
    // The base of a service is asked as a service, not for an article.
    let wire = wire(&settings(&server));
    let port = server.address.port();
    for address in [server.url("/"), format!("http://localhost:{port}/"), "http://localhost:8080/".into(), "http://127.1/".into()] {
        let said = shown(wait(wire.reach(&address)));
        assert!(said.starts_with("unknown: "), "{address}: {said}");
    }
    for (address, why) in [
        ("mailto:me@example.org", "unknown: mailto is no web address"),
        ("ftp://example.org/", "unknown: ftp is no web address"),
        ("no address", "unknown: it is no web address"),
        ("https://doi.org/10.1000/1", "unknown: a DOI is asked at its registry, never where it leads"),
        ("http://dx.doi.org/10.1000/1", "unknown: a DOI is asked at its registry, never where it leads"),
    ] {
        assert_eq!(shown(wait(wire.reach(address))), why);
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn a_host_of_the_users_choice_is_asked() {
    let server = serve(|_| Told::page(200));
    for host in ["localhost".to_owned(), format!("LOCALHOST:{}", server.address.port())] {
        let wire = wire(&Online { allow_hosts: vec![host], ..settings(&server) });
        assert_eq!(shown(wait(wire.reach(&format!("http://localhost:{}/", server.address.port())))), "found");
    }
}

#[test]
fn neither_fragments_nor_passwords_nor_the_users_address_are_sent() {
    let server = serve(|asked| if asked.path() == "/a" { Told::redirect(301, "/b") } else { Told::page(200) });
    let wire = wire(&Online { mailto: Some("me@example.org".into()), ..open(&server) });
    let address = format!("http://user:word@{}/a?q=µ#part", server.host());
    assert_eq!(shown(wait(wire.reach(&address))), format!("found, moved to {} for good", server.url("/b#part")));
    assert_eq!(server.lines(), ["HEAD /a?q=%C2%B5", "HEAD /b"]);
    for asked in server.asked() {
        assert!(!format!("{asked:?}").contains("example.org"));
        for header in ["cookie", "referer", "authorization"] {
            assert_eq!(asked.header(header), None, "{header}");
        }
    }
}

#[test]
fn no_secure_connection_is_no_answer() {
    let server = serve(|_| Told::page(200));
    let address = server.url("/").replace("http:", "https:");
    assert_eq!(shown(wait(wire(&open(&server)).reach(&address))), "unknown: no secure connection to 127.0.0.1");
}

//! Services that answer well, badly or not at all.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use medproof::config::Online;
use medproof::online::{Reply, Request, Unknown};
use medproof::world::Service;

use super::server::{Server, Told, serve};
use super::{settings, wait, wire};

/// A server that gives these answers one after the other, and the last of them ever after.
fn in_turn(answers: impl IntoIterator<Item = Told>) -> Server {
    let answers = Mutex::new(answers.into_iter().collect::<VecDeque<_>>());
    serve(move |_| {
        let mut answers = answers.lock().unwrap();
        if answers.len() > 1 { answers.pop_front().unwrap() } else { answers[0].clone() }
    })
}

fn question(path: &str) -> Request {
    Request { path: path.into(), form: None, accept: "application/json" }
}

fn ask(server: &Server) -> Result<Reply, Unknown> {
    let wire = wire(&settings(server));
    wait(wire.ask(Service::Crossref, question("works/10.1000/1")))
}

/// What comes of answers, as `status body` or `unknown: why`, without the port; and how often was asked.
fn check(answers: impl IntoIterator<Item = Told>, expected: &str, questions: usize) {
    let server = in_turn(answers);
    let said = match ask(&server) {
        Ok(reply) => format!("{} {}", reply.status, String::from_utf8_lossy(&reply.body)),
        Err(Unknown(why)) => format!("unknown: {why}"),
    };
    assert_eq!((said.as_str(), server.lines().len()), (expected, questions), "{:?}", server.lines());
}

#[test]
fn answers_are_taken() {
    check([Told::json("{\"a\":1}")], "200 {\"a\":1}", 1);
    check([Told::json(super::server::gzip(b"{\"a\":1}")).header("Content-Encoding", "gzip")], "200 {\"a\":1}", 1);
    check([Told::new(404, "text/plain", "Resource not found.")], "404 Resource not found.", 1);
    check([Told::new(400, "application/json", "{}")], "400 {}", 1);
}

#[test]
fn a_busy_service_is_asked_again() {
    check([Told::busy(429, "0"), Told::json("{}")], "200 {}", 2);
    check([Told::page(429), Told::page(503), Told::json("{}")], "200 {}", 3);
    check([Told::page(429)], "unknown: 127.0.0.1 is busy (429)", 3);
    check([Told::busy(503, "0")], "unknown: 127.0.0.1 is busy (503)", 3);
    check([Told::busy(429, "Fri, 31 Dec 1999 23:59:59 GMT"), Told::json("{}")], "200 {}", 2);
}

#[test]
fn a_service_is_not_asked_before_the_time_it_names() {
    let server = in_turn([Told::busy(429, "1"), Told::json("{}")]);
    ask(&server).unwrap();
    let asked = server.asked();
    assert!(asked[1].at - asked[0].at >= Duration::from_millis(950));
}

#[test]
fn a_service_that_wants_a_long_wait_is_left_alone() {
    for wait_for in ["3600", "Fri, 31 Dec 2999 23:59:59 GMT"] {
        let server = in_turn([Told::busy(429, wait_for), Told::json("{}")]);
        let wire = wire(&settings(&server));
        wait(async {
            for _ in 0..3 {
                let why = wire.ask(Service::Crossref, question("works/10.1000/1")).await.unwrap_err();
                assert_eq!(why.0, "127.0.0.1 is busy (429)");
            }
        });
        assert_eq!(server.lines().len(), 1);
    }
}

#[test]
fn trouble_of_a_service_is_no_answer() {
    check([Told::page(500), Told::json("{}")], "200 {}", 2);
    check([Told::page(502)], "unknown: 127.0.0.1 has trouble of its own (502)", 2);
    check([Told::new(403, "text/plain", "no")], "unknown: 127.0.0.1 refused the question (403)", 1);
    check([Told::new(401, "application/json", "{}")], "unknown: 127.0.0.1 refused the question (401)", 1);
}

#[test]
fn a_web_page_is_no_answer() {
    for wall in [
        Told::wall(),
        Told::page(403),
        Told::page(404),
        Told::json("\n<!DOCTYPE html><p>Read this"),
        Told::json("<?xml version='1.0'?><html>"),
    ] {
        check([wall], "unknown: 127.0.0.1 answered with a web page", 1);
    }
    check([Told::new(200, "text/plain", "{}")], "unknown: 127.0.0.1 answered in another form than asked for", 1);
}

#[test]
fn where_any_form_will_do_only_a_page_is_refused() {
    for (body, is_answer) in [("PMID\n1", true), ("", true), ("<!-- x --><html><p>Read this", false)] {
        let server = in_turn([Told::new(200, "text/html", body)]);
        let question = Request { accept: "", ..question("ecitmatch.cgi?bdata=1") };
        assert_eq!(wait(wire(&settings(&server)).ask(Service::Pubmed, question)).is_ok(), is_answer, "{body}");
    }
}

#[test]
fn an_answer_that_breaks_off_is_no_answer() {
    let why = "unknown: 127.0.0.1 broke off its answer";
    check([Told::json("{\"a\":").claiming(100)], why, 2);
    check([Told::json("{\"a\":").claiming(100), Told::json("{}")], "200 {}", 2);
    check([Told::closed()], why, 2);
    // A length that is too short cuts the text off without an error.
    check([Told::json("{\"a\":1}").claiming(4)], why, 1);
    let packed = super::server::gzip(b"{\"a\":1}");
    check([Told::json(&packed[..15]).header("Content-Encoding", "gzip")], why, 2);
}

#[test]
fn an_answer_without_end_is_left() {
    check([Told::bomb("application/json", 50_000_000)], "unknown: 127.0.0.1 answered with more than 8 MB", 1);
    check([Told::json(vec![b'['; 9 << 20])], "unknown: 127.0.0.1 answered with more than 8 MB", 1);
}

#[test]
fn a_slow_answer_is_left_in_time() {
    for slow in [Told::silent(), Told::json("[1,2,3,4,5,6,7]").dripping(Duration::from_millis(200))] {
        let server = in_turn([slow]);
        let wire = wire(&Online { timeout: 0.5, ..settings(&server) });
        let start = Instant::now();
        let why = wait(wire.ask(Service::DoiOrg, question("api/handles/10.1000/1"))).unwrap_err();
        assert_eq!(why.0, "127.0.0.1 took longer than 0.5 seconds");
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}

#[test]
fn a_service_that_never_answers_is_left_alone() {
    for (trouble, most) in [(Told::closed(), 8), (Told::page(500), 8), (Told::page(403), 4), (Told::wall(), 4)] {
        let server = in_turn([trouble]);
        let wire = wire(&settings(&server));
        wait(async {
            for _ in 0..20 {
                assert!(wire.ask(Service::Pubmed, question("esummary.fcgi?id=1")).await.is_err());
            }
        });
        assert_eq!(server.lines().len(), most);
    }
}

#[test]
fn one_answer_makes_up_for_failures() {
    let server = serve(|asked| if asked.target.contains("id=4") { Told::json("{}") } else { Told::wall() });
    let wire = wire(&settings(&server));
    wait(async {
        for id in [1, 2, 3, 4, 5, 6, 7, 4] {
            let answer = wire.ask(Service::Pubmed, question(&format!("esummary.fcgi?id={id}"))).await;
            assert_eq!(answer.is_ok(), id == 4);
        }
    });
    assert_eq!(server.lines().len(), 8);
}

#[test]
fn a_service_may_send_elsewhere_but_not_home() {
    let server = serve(|asked| match asked.path() {
        "/works/10.1000/1" => Told::redirect(301, "/works/10.1000/2"),
        "/works/10.1000/2" => Told::json("{}"),
        "/works/circle" => Told::redirect(302, "/works/circle"),
        "/works/cloud" => Told::redirect(302, "http://169.254.169.254/latest/meta-data/"),
        "/works/home" => Told::redirect(307, "http://localhost:80/"),
        _ => Told::page(500),
    });
    let wire = wire(&settings(&server));
    let ask = |path: &str| wait(wire.ask(Service::Crossref, question(path))).map(|reply| reply.status).map_err(|why| why.0);
    assert_eq!(ask("works/10.1000/1"), Ok(200));
    assert_eq!(ask("works/circle"), Err("127.0.0.1 sends its readers in circles".into()));
    assert_eq!(ask("works/cloud"), Err("169.254.169.254 is no public address".into()));
    assert_eq!(ask("works/home"), Err("localhost is no public address".into()));
    // What an entry prints must not choose whom to ask, nor for what.
    for path in ["//localhost/", "/\\localhost/", "http://localhost/"] {
        assert_eq!(ask(path), Err(format!("“{path}” cannot be asked of Crossref")));
    }
}

#[test]
fn medproof_says_who_it_is_and_no_more() {
    let server = in_turn([Told::json("{}")]);
    let ask = |online: &Online, form: Option<Vec<(String, String)>>| {
        let wire = wire(online);
        wait(wire.ask(Service::Pubmed, Request { form, ..question("esummary.fcgi?db=pubmed") })).unwrap();
        wait(wire.ask(Service::Crossref, question("works?rows=5"))).unwrap();
        let asked = server.asked();
        (asked[asked.len() - 2].clone(), asked[asked.len() - 1].clone())
    };
    let plain = format!("medproof/{}", env!("CARGO_PKG_VERSION"));
    let (pubmed, crossref) = ask(&settings(&server), None);
    assert_eq!((pubmed.target.as_str(), crossref.target.as_str()), ("/esummary.fcgi?db=pubmed&tool=medproof", "/works?rows=5"));
    assert_eq!(pubmed.header("user-agent"), Some(plain.as_str()));
    for header in ["cookie", "referer", "authorization", "from"] {
        assert_eq!(pubmed.header(header), None, "{header}");
    }

    let set = Online { mailto: Some("me@example.org".into()), ncbi_key: Some("k e/y".into()), ..settings(&server) };
    let (pubmed, crossref) = ask(&set, None);
    assert_eq!(pubmed.target, "/esummary.fcgi?db=pubmed&tool=medproof&email=me%40example.org&api_key=k+e%2Fy");
    assert_eq!(crossref.header("user-agent"), Some(format!("{plain} (mailto:me@example.org)").as_str()));
    let (pubmed, _) = ask(&set, Some(vec![("id".into(), "1,2".into())]));
    assert_eq!((pubmed.method.as_str(), pubmed.target.as_str()), ("POST", "/esummary.fcgi?db=pubmed"));
    assert_eq!(pubmed.body, "id=1%2C2&tool=medproof&email=me%40example.org&api_key=k+e%2Fy");
    assert_eq!(pubmed.header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[test]
fn settings_that_cannot_be_used_are_told() {
    let server = in_turn([Told::json("{}")]);
    let told = |online: Online| medproof::online::Wire::new(&online, medproof::online::Patience::default()).err();
    let mut ftp = settings(&server);
    ftp.services.crossref = "ftp://example.org/".into();
    assert_eq!(told(ftp).as_deref(), Some("“ftp://example.org/” is no address of a service"));
    let why = Some("`timeout` takes seconds from 0 to 86400, not -1");
    assert_eq!(told(Online { timeout: -1.0, ..settings(&server) }).as_deref(), why);
    assert!(told(Online { pause: f64::INFINITY, ..settings(&server) }).is_some());
    let why = Some("“me\n@example.org” cannot be sent as an address to write to");
    assert_eq!(told(Online { mailto: Some("me\n@example.org".into()), ..settings(&server) }).as_deref(), why);
    // A base without its slash, and no request at once, are understood.
    let mut bare = Online { at_once: 0, ..settings(&server) };
    bare.services.crossref = server.url("/mirror");
    wait(wire(&bare).ask(Service::Crossref, question("works/10.1000/1"))).unwrap();
    assert_eq!(server.lines(), ["GET /mirror/works/10.1000/1"]);
}

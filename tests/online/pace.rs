//! How fast the world is asked, and when asking is given up.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use medproof::config::Online;
use medproof::online::{Request, Wire};
use medproof::world::{Answer, Service};
use tokio::task::JoinSet;

use super::server::{Server, Told, serve};
use super::{open, settings, wait, wire};

/// Asks for all links at the same time; how many were found.
fn reach(wire: Wire, links: impl IntoIterator<Item = String>) -> usize {
    let wire = Arc::new(wire);
    wait(async move {
        let mut under_way = JoinSet::new();
        for link in links {
            let wire = wire.clone();
            under_way.spawn(async move { matches!(wire.reach(&link).await, Answer::Found(_)) });
        }
        under_way.join_all().await.into_iter().filter(|found| *found).count()
    })
}

fn links(server: &Server, count: usize) -> Vec<String> {
    (0..count).map(|number| server.url(&format!("/{number}"))).collect()
}

#[test]
fn a_site_is_asked_one_thing_at_a_time_with_a_pause() {
    let server = serve(|_| Told::page(200).after(Duration::from_millis(20)));
    let wire = wire(&Online { pause: 0.1, ..open(&server) });
    assert_eq!(reach(wire, links(&server, 8)), 8);
    assert_eq!(server.most_under_way(), 1);
    let asked = server.asked();
    for (one, next) in asked.iter().zip(&asked[1..]) {
        assert!(next.at - one.at >= Duration::from_millis(115), "{:?}", next.at - one.at);
    }
}

#[test]
fn no_more_is_under_way_than_the_user_wants() {
    let server = serve(|_| Told::page(200).after(Duration::from_millis(5)));
    assert_eq!(reach(wire(&Online { at_once: 3, ..open(&server) }), links(&server, 60)), 60);
    assert_eq!(server.most_under_way(), 3);
}

/// Asks a service once, and then ten times at once; how long these took.
fn ask_ten(server: &Server) -> Duration {
    let wire = Arc::new(wire(&settings(server)));
    let question = || Request { path: "works/10.1000/1".into(), form: None, accept: "application/json" };
    wait(async {
        wire.ask(Service::Crossref, question()).await.unwrap();
        let start = Instant::now();
        let mut under_way = JoinSet::new();
        for _ in 0..10 {
            let wire = wire.clone();
            under_way.spawn(async move { wire.ask(Service::Crossref, question()).await.unwrap() });
        }
        under_way.join_all().await;
        start.elapsed()
    })
}

#[test]
fn a_service_sets_its_pace() {
    let server = serve(|_| Told::json("{}").header("X-Rate-Limit-Limit", "20, 20").header("X-Rate-Limit-Interval", "1s, 1s"));
    let took = ask_ten(&server);
    assert!((Duration::from_millis(430)..Duration::from_secs(5)).contains(&took), "{took:?}");
}

#[test]
fn a_service_says_how_much_may_be_under_way() {
    let server = serve(|_| Told::json("{}").after(Duration::from_millis(20)).header("X-Concurrency-Limit", "2"));
    let took = ask_ten(&server);
    assert_eq!(server.most_under_way(), 2);
    assert!(took >= Duration::from_millis(100), "{took:?}");
}

/// An address where connections hang: nobody takes them, and no more may wait.
#[cfg(target_os = "linux")]
fn black_hole() -> (TcpListener, Vec<std::net::TcpStream>) {
    let listener = TcpListener::bind(("0.0.0.0", 0)).unwrap();
    let address = ([127, 0, 0, 1], listener.local_addr().unwrap().port()).into();
    let waiting = std::iter::from_fn(|| std::net::TcpStream::connect_timeout(&address, Duration::from_millis(200)).ok());
    let waiting = waiting.take(10_000).collect();
    (listener, waiting)
}

/// Two hundred sites, each an address of this machine, and all services at one of them.
#[cfg(target_os = "linux")]
fn without_network(port: u16) -> (Online, Vec<String>) {
    let hosts: Vec<String> = (1..=200).map(|number| format!("127.0.0.{number}:{port}")).collect();
    let services = super::all_at(&format!("http://{}/", hosts[0]));
    let links = hosts.iter().map(|host| format!("http://{host}/")).collect();
    (Online { services, allow_hosts: hosts, ..Online::default() }, links)
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_network_a_run_is_short() {
    let (hole, _waiting) = black_hole();
    let refused = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    for (port, most) in [(hole.local_addr().unwrap().port(), 10), (refused, 5)] {
        let (online, links) = without_network(port);
        let start = Instant::now();
        let wire = Arc::new(Wire::new(&online, medproof::online::Patience::default()).unwrap());
        wait(async {
            let mut under_way = JoinSet::new();
            // One site has many links, which would wait for each other.
            let many = (0..100).map(|number| format!("{}{number}", links[7]));
            for link in links.iter().cloned().chain(many) {
                let wire = wire.clone();
                under_way.spawn(async move { assert!(matches!(wire.reach(&link).await, Answer::Unknown(_)), "{link}") });
            }
            // The services are asked one thing after the other, as one answer may lead to the next question.
            for number in 0..200 {
                let question = Request { path: format!("works/10.1000/{number}"), form: None, accept: "application/json" };
                assert!(wire.ask(Service::Crossref, question).await.is_err());
            }
            under_way.join_all().await;
        });
        assert!(start.elapsed() < Duration::from_secs(most), "{:?}", start.elapsed());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn dead_hosts_are_no_dead_network() {
    let server = serve(|_| Told::page(200));
    let refused = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let (online, dead) = without_network(refused);
    let allow_hosts = [online.allow_hosts, vec![server.host()]].concat();
    let wire = Arc::new(wire(&Online { allow_hosts, ..settings(&server) }));
    wait(async {
        for link in &dead[..20] {
            let Answer::Unknown(why) = wire.reach(link).await else { panic!("{link}") };
            assert!(why.starts_with("no connection to 127.0.0."), "{why}");
        }
        assert!(matches!(wire.reach(&server.url("/")).await, Answer::Found(_)));
    });
    // Whether there is a network was tried once.
    assert_eq!(server.lines(), ["HEAD /", "HEAD /"]);
}

#[test]
fn a_site_that_is_gone_is_asked_a_few_times() {
    let server = serve(|_| Told::closed());
    assert_eq!(reach(wire(&open(&server)), links(&server, 1)), 0);
    let before = server.lines().len();
    assert_eq!(reach(wire(&Online { pause: 0.001, ..open(&server) }), links(&server, 50)), 0);
    assert!(server.lines().len() - before <= 5, "{}", server.lines().len() - before);
}

/// `cargo test --test online -- --ignored --nocapture ten_thousand`: links a second without a pause, and with one.
#[test]
#[ignore = "it measures"]
fn ten_thousand_links() {
    let server = serve(|_| Told::page(200));
    let wire = Arc::new(wire(&open(&server)));
    let start = Instant::now();
    wait(async {
        let mut under_way = JoinSet::<bool>::new();
        for (number, link) in links(&server, 10_000).into_iter().enumerate() {
            if under_way.len() == 64 {
                assert!(under_way.join_next().await.unwrap().unwrap());
            }
            let wire = wire.clone();
            under_way.spawn(async move { matches!(wire.reach(&link).await, Answer::Found(_)) });
            if number % 2000 == 1999 {
                // What the server noted is not of the wire.
                server.forget();
                println!("{} links, {} kB", number + 1, memory());
            }
        }
        assert!(under_way.join_all().await.into_iter().all(|found| found));
    });
    let a_second = 10_000.0 / start.elapsed().as_secs_f64();
    println!("10,000 links: {a_second:.0} a second");
    assert!(a_second >= 2000.0);

    let start = Instant::now();
    assert_eq!(reach(self::wire(&Online { pause: 0.02, ..open(&server) }), links(&server, 200)), 200);
    println!("200 links with a pause of 0.02 s: {:.1} a second", 200.0 / start.elapsed().as_secs_f64());
}

/// The most memory that this process had, in kB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

//! The program as a user meets it: what it asks, keeps, tells, and how it ends.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::folder::{Folder, Ran};
use super::registry::{ARCHIVE, CROSSREF, DATACITE, DOI_ORG, EUROPE_PMC, PUBMED, Registry};
use super::rounds::{folder as fixtures, registry};
use super::server::{Server, Told, serve};

const SERVICES: [&str; 6] = [PUBMED, CROSSREF, DATACITE, DOI_ORG, EUROPE_PMC, ARCHIVE];

/// An article with a work of every fate: sound, retracted, misprinted, another one, unregistered, published since.
const ARTICLE: &str = "\
Die Wörter dieses Satzes verlassen das Haus nicht.[1,2,3,4,5]

## References

1. Marlow AB, van der Élan D. Effects of µ-opioid blockade on slow-wave sleep at H2O balance & rest: a randomised é-trial. J Invent Sleep Med. 2019;12(1):34-56. PMID: 90000001
2. Élan D. Café noir for µ-wave headaches. Invent Med. 2011;11(2):201-9. PMID: 90000002
3. Müde I. Naps of é-bikers. J Invent Sleep Med. 2014;15(1):1-9. doi:10.5555/jism.2021.1
4. Andersson Q, Berg R. Weariness after stroke in a rural district hospital. Invent Med. 2003;3(2):11-19. doi:10.5555/jism.2021.1
5. Berg R. Dreams of rural physicians in the long winter. Invent Med. 2004;4(1):5-8. doi:10.5555/nowhere.at.all
";

/// A folder with the article, its settings leading to registries and allowing links to a host.
fn folder(name: &str, registry: &Registry, more: &str) -> Folder {
    let services = registry.services();
    let toml = format!(
        "[online]\npause = 0\n{more}\n[online.services]\npubmed = \"{}\"\ncrossref = \"{}\"\ndatacite = \"{}\"\ndoi-org = \"{}\"\neurope-pmc = \"{}\"\narchive = \"{}\"\n",
        services.pubmed, services.crossref, services.datacite, services.doi_org, services.europe_pmc, services.archive
    );
    let folder = Folder::with_settings(name, &toml);
    folder.file("µ.md", ARTICLE);
    folder
}

const CHECK: [&str; 8] = ["check", "--select", "online,retracted-reference", "-o", "concise", "--today", "2026-11-25", "µ.md"];

/// The lines of a report that tell of something wrong, and not of what could not be checked.
fn accusing(run: &Ran) -> Vec<&str> {
    run.stdout.lines().filter(|line| !line.contains("unchecked-source")).collect()
}

fn check(folder: &Folder, more: &[&str]) -> Ran {
    folder.run(&[&CHECK, &["--cache-dir", "kept"][..], more].concat())
}

#[test]
fn nothing_is_sent_unless_it_is_wanted() {
    let registry = registry();
    let folder = folder("unasked", &registry, "");
    assert_eq!(check(&folder, &[]).stdout, "");
    let planned = check(&folder, &["--online", "--dry-run"]);
    assert!(planned.stdout.contains("PubMed: PMID 90000001\n"), "{}", planned.stdout);
    assert!(planned.stdout.contains("doi.org: doi:10.5555/nowhere.at.all (only if"), "{}", planned.stdout);
    assert_eq!((planned.status, registry.server.lines()), (0, Vec::new()));
}

#[test]
fn what_is_wrong_with_works_is_told_once_asked_and_again_from_what_is_kept() {
    let registry = registry();
    let folder = folder("asked", &registry, "");
    let first = check(&folder, &["--online"]);
    let rules: Vec<&str> = ["retracted-reference", "reference-mismatch", "misattributed-identifier", "unresolved-doi"].into();
    for rule in rules {
        assert!(first.stdout.contains(rule), "{rule} in\n{}", first.stdout);
    }
    assert_eq!(first.status, 1);
    for service in SERVICES {
        for line in registry.asked(service) {
            assert!(!line.contains("Haus") && !line.contains("Satz"), "the article itself is sent: {line}");
        }
    }
    let asked = registry.server.lines().len();
    assert!(registry.server.asked().iter().all(|asked| !asked.target.contains("mailto") && !asked.target.contains("email=")));
    let second = check(&folder, &["--online"]);
    assert_eq!((second.stdout, registry.server.lines().len()), (first.stdout.clone(), asked), "what is kept is not asked again");
    drop(registry);
    let offline = check(&folder, &["--offline", "--strict-online"]);
    assert_eq!((offline.stdout, offline.status), (first.stdout, 1));
}

#[test]
fn an_outage_accuses_nobody_and_is_told() {
    let registry = registry();
    let folder = folder("outage", &registry, "timeout = 0.5");
    // A wall of any kind: a page for people, a limit that lasts, an error.
    for (service, told) in SERVICES.into_iter().zip([
        Told::wall(),
        Told::busy(429, "3600"),
        Told::page(403),
        Told::closed(),
        Told::wall(),
        Told::busy(503, "3600"),
    ]) {
        registry.break_down(service, told);
    }
    let run = check(&folder, &["--online"]);
    assert_eq!((accusing(&run), run.status), (Vec::<&str>::new(), 0));
    assert!(run.stdout.contains("could not be checked"), "{}", run.stdout);
    assert!(run.stderr.contains("5 sources looked up online, of which 5 could not be checked"), "{}", run.stderr);
    assert_eq!(check(&folder, &["--online", "--strict-online"]).status, 2);
    // No answer was kept for one.
    assert_eq!(folder.run(&["cache", "export", "--cache-dir", "kept"]).stdout, "");
}

#[test]
fn a_baseline_accepts_what_the_world_says() {
    let registry = registry();
    let folder = folder("accepted", &registry, "");
    let write = [&["baseline", "write", "--reason", "µ known"], &CHECK[1..3], &CHECK[5..], &["--cache-dir", "kept"]].concat();
    let told = folder.run(&[&write[..], &["--online"]].concat());
    assert!(told.stderr.contains("findings accepted in 1 article"), "{}", told.stderr);
    let run = check(&folder, &["--online"]);
    assert_eq!((accusing(&run), run.status), (Vec::<&str>::new(), 0));
    // A run that asks nobody does not take that for mended.
    let told = folder.run(&write);
    assert!(told.stderr.contains("nothing has changed"), "{}", told.stderr);
    assert_eq!(check(&folder, &["--online"]).status, 0);
}

#[test]
fn an_address_is_given_to_services_only_where_the_user_gives_it() {
    let registry = registry();
    let folder = folder("address", &registry, "");
    check(&folder, &["--online", "--mailto", "desk@example.org"]);
    let [pubmed, crossref] = [PUBMED, CROSSREF].map(|service| registry.asked(service).concat());
    assert!(
        pubmed.contains("email=desk%40example.org")
            || registry
                .server
                .asked()
                .iter()
                .any(|asked| asked.header("user-agent").is_some_and(|agent| agent.contains("desk@example.org"))),
        "{pubmed} {crossref}"
    );
}

/// A site with pages of every kind.
fn site() -> Server {
    serve(|asked| match asked.path() {
        "/gone" => Told::page(404),
        "/refused" => Told::page(403),
        "/old" => Told::redirect(301, "/new/place"),
        "/trap" => Told::redirect(302, "http://169.254.169.254/latest/meta-data/"),
        _ => Told::page(200),
    })
}

#[test]
fn links_are_followed_where_that_is_safe() {
    let (registry, site) = (registry(), site());
    let folder = folder("links", &registry, &format!("allow-hosts = [\"{}\"]", site.host()));
    let links: String =
        ["/gone", "/refused", "/old", "/trap", "/fine"].iter().map(|path| format!("Siehe {}\n\n", site.url(path))).collect();
    folder.file("µ.md", links);
    let run = check(&folder, &["--online"]);
    let has = |words: &str| assert!(run.stdout.contains(words), "{words} in\n{}", run.stdout);
    has("µ.md:1:7 warning dead-link");
    has("µ.md:5:7 info redirected-link");
    has("169.254.169.254 is no public address");
    assert_eq!(accusing(&run).len(), 2, "{}", run.stdout);
    assert!(!check(&folder, &["--online", "--dead-for", "3d"]).stdout.contains("dead-link"));
    // Of its own accord, no article leads into the network of its reader.
    folder.file("medproof.toml", "[online]\npause = 0\n");
    let before = site.lines().len();
    let run = check(&folder, &["--online", "--no-cache"]);
    assert_eq!((accusing(&run), site.lines().len()), (Vec::new(), before));
}

#[test]
fn without_a_network_a_run_ends_soon_and_says_so() {
    let registry = registry();
    let folder = folder("dark", &registry, "");
    drop(registry);
    let entries = |number: usize| {
        format!(
            "{number}. Marlow AB. Nap number {number} of the é-bikers of a town. J Invent Sleep Med. 2019;12:{number}-999. PMID: {}\n",
            90_000_000 + number
        )
    };
    let list: String = (1..=200).map(entries).collect();
    folder.file("µ.md", format!("Müde.[1-200]\n\n## References\n\n{list}"));
    let start = Instant::now();
    let run = check(&folder, &["--online", "--strict-online"]);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("200 sources looked up online, of which 200 could not be checked"), "{}", run.stderr);
}

#[test]
fn runs_share_what_is_kept_and_a_killed_one_loses_nothing_of_it() {
    let site = serve(|_| Told::page(200).after(Duration::from_millis(2)));
    let registry = registry();
    let folder = folder("shared", &registry, &format!("allow-hosts = [\"{}\"]\nat-once = 4", site.host()));
    let article = |name: &str| (0..300).map(|page| format!("Siehe {}\n\n", site.url(&format!("/{name}/{page}")))).collect::<String>();
    folder.file("a.md", article("a")).file("b.md", article("b"));
    let start = |name: &str| {
        let mut command = folder.command(&["check", "--online", "--cache-dir", "kept", "-q", name]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let kept = || folder.run(&["cache", "export", "--cache-dir", "kept"]).stdout.lines().map(str::to_owned).collect::<Vec<_>>();
    let mut before = Vec::new();
    for round in 0..12 {
        let (mut one, mut other) = (start("a.md"), start("b.md"));
        std::thread::sleep(Duration::from_millis(30 + 25 * round));
        one.kill().unwrap();
        one.wait().unwrap();
        other.kill().unwrap();
        other.wait().unwrap();
        let now = kept();
        assert!(before.iter().all(|line| now.contains(line)), "what was written is lost");
        before = now;
    }
    for mut run in [start("a.md"), start("b.md")] {
        assert!(run.wait().unwrap().success());
    }
    assert_eq!(kept().len(), 600);
    let told = folder.run(&["cache", "clear", "--cache-dir", "kept"]);
    assert!(told.stderr.contains("600 answers"), "{}", told.stderr);
    assert_eq!(kept().len(), 0);
}

/// What a run takes that asks much: `cargo test --test online measured -- --ignored --nocapture`.
#[test]
#[ignore = "measures, and takes a minute"]
fn measured() {
    let world = Folder::new("measured-world");
    for name in ["archive.json", "crossref.json", "datacite.json", "ecitmatch.txt", "europe_pmc.json", "handles.json"] {
        world.file(name, std::fs::read(fixtures().join(name)).unwrap());
    }
    let record = |number: usize| {
        format!(
            "<PubmedArticle><MedlineCitation><PMID Version=\"1\">{}</PMID><Article><Journal><JournalIssue><Volume>12</Volume><PubDate><Year>2019</Year>\
             </PubDate></JournalIssue><Title>Invented medicine</Title></Journal><ArticleTitle>Nap number {number} of the é-bikers of a town.\
             </ArticleTitle><Pagination><MedlinePgn>{number}-999</MedlinePgn></Pagination><AuthorList><Author><LastName>Marlow</LastName>\
             </Author></AuthorList></Article></MedlineCitation></PubmedArticle>\n",
            80_000_000 + number
        )
    };
    world.file("pubmed.xml", format!("<PubmedArticleSet>\n{}</PubmedArticleSet>", (1..=1000).map(record).collect::<String>()));
    let registry = Registry::start(&world.0);
    let site = serve(|_| Told::page(200));
    let folder = folder("measured", &registry, &format!("allow-hosts = [\"{}\"]\nat-once = 64", site.host()));
    let entry = |number: usize| {
        format!(
            "{number}. Marlow A. Nap number {number} of the é-bikers of a town. Invent Med. 2019;12:{number}-999. PMID: {}\n",
            80_000_000 + number
        )
    };
    folder.file("references.md", format!("Müde.[1-1000]\n\n## References\n\n{}", (1..=1000).map(entry).collect::<String>()));
    folder.file("links.md", (0..10_000).map(|page| format!("Siehe {}\n\n", site.url(&format!("/{page}")))).collect::<String>());
    for (name, what) in [("references.md", "1,000 references"), ("links.md", "10,000 links")] {
        for kept in ["cold", "warm"] {
            let start = Instant::now();
            let run = folder.run(&[
                "check",
                "--online",
                "--cache-dir",
                "kept",
                "-o",
                "concise",
                "--fail-on",
                "never",
                "--select",
                "online",
                name,
            ]);
            println!(
                "{what}, {kept}: {:.2?}, {} requests so far; {}",
                start.elapsed(),
                registry.server.lines().len() + site.lines().len(),
                run.stderr
            );
        }
    }
}

//! `medproof review`: the calendar in every output against `fixtures/calendar`, and the marking of articles as reviewed.
//! `BLESS=1 cargo test --test calendar` writes them; read the diff.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};
use medproof::lexicon::Lexicon;
use medproof::linter::File;
use medproof::mark::{self, Mark};
use proptest::prelude::*;
use serde_json::Value;

const TODAY: &str = "2026-11-23";

#[test]
fn the_calendar_in_every_output() {
    let outputs: &[(&str, &[&str])] = &[
        ("table.txt", &["-o", "table"]),
        ("all.txt", &["--all"]),
        ("by-owner.txt", &["--group-by", "owner", "--all"]),
        ("by-folder.md", &["--group-by", "folder", "-o", "markdown"]),
        ("by-month.txt", &["--group-by", "month", "--within", "6mo"]),
        ("calendar.json", &["-o", "json"]),
        ("calendar.csv", &["-o", "csv"]),
        ("calendar.html", &["-o", "html", "--all"]),
        ("calendar.svg", &["-o", "svg"]),
        ("events.ics", &["-o", "ics"]),
        ("tasks.ics", &["-o", "ics", "--tasks"]),
    ];
    let differing: Vec<&str> =
        outputs.iter().filter(|(name, args)| !is_golden(name, &review(args).stdout)).map(|(name, _)| *name).collect();
    assert!(differing.is_empty(), "{differing:?} differ; run BLESS=1 cargo test --test calendar and read the diff");
}

#[test]
fn a_calendar_program_reads_the_file() {
    let articles = articles();
    for (args, kind) in [(&["-o", "ics"][..], "event"), (&["-o", "ics", "--tasks"], "task")] {
        let file = String::from_utf8(review(args).stdout).unwrap();
        for line in file.split_inclusive('\n') {
            assert!(line.ends_with("\r\n") && line.len() <= 77, "{line:?}");
        }
        let calendar: Calendar = file.parse().unwrap();
        let mut entries = BTreeMap::new();
        for component in &calendar.components {
            let (uid, summary, day) = match component {
                CalendarComponent::Event(event) => (event.get_uid(), event.get_summary(), event.get_start()),
                CalendarComponent::Todo(todo) => (todo.get_uid(), todo.get_summary(), todo.get_due()),
                other => panic!("{other:?}"),
            };
            let Some(DatePerhapsTime::Date(day)) = day else { panic!("a whole day, not {day:?}") };
            let entry = (summary.unwrap_or_default().to_owned(), day.to_string());
            assert!(entries.insert(uid.unwrap_or_default().to_owned(), entry).is_none(), "each UID once");
        }
        let due = articles.iter().filter(|article| !article["due"].is_null());
        let want: BTreeMap<String, (String, String)> = due
            .map(|article| {
                let word = |key: &str| article[key].as_str().unwrap().to_owned();
                (word("uid"), (format!("Review due: {}", word("title")), word("due")))
            })
            .collect();
        assert_eq!(entries, want, "{kind}");
        assert!(want.contains_key("valve-0042@health.example.org") && want.contains_key("heart/angina.md@health.example.org"));
    }
}

#[test]
fn a_file_taken_in_again_moves_its_entries() {
    let folder = Folder::new("again");
    folder.file("medproof.toml", "").file("a.md", &dated("2024-05-01")).file("b.md", &dated("2025-05-01"));
    let entries = |today: &str| {
        let ran = folder.run(&["review", "--today", today, "-o", "ics=reviews.ics"]);
        assert_eq!(ran.status.code(), Some(0));
        let calendar: Calendar = folder.read("reviews.ics").parse().unwrap();
        let events = calendar.components.iter().filter_map(CalendarComponent::as_event);
        let value = |event: &icalendar::Event, key: &str| event.property_value(key).unwrap().to_owned();
        events.map(|event| ["UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART"].map(|key| value(event, key))).collect::<Vec<_>>()
    };
    let first = entries("2026-11-01");
    assert_eq!(entries("2026-11-20"), first, "what does not change is written as it was");
    folder.file("a.md", &dated("2026-11-21"));
    let second = entries("2026-11-22");
    let of = |entries: &[[String; 5]], uid: &str| entries.iter().find(|entry| entry[0] == uid).unwrap().clone();
    assert_eq!(of(&first, "b.md@medproof"), of(&second, "b.md@medproof"));
    let (before, after) = (of(&first, "a.md@medproof"), of(&second, "a.md@medproof"));
    assert!(after[1].parse::<u32>().unwrap() > before[1].parse::<u32>().unwrap());
    assert_eq!((after[2].as_str(), after[3].as_str(), after[4].as_str()), ("20261122T000000Z", "20261122T000000Z", "20291121"));
    // Another interval changes the day and not the review.
    folder.file("medproof.toml", "[rules.review-overdue]\nmax-months = 12\n");
    let (third, counted) = (of(&entries("2026-11-23"), "a.md@medproof"), after[1].parse::<u32>().unwrap() + 1);
    assert_eq!((third[1].parse(), third[4].as_str()), (Ok(counted), "20271121"));
}

#[test]
fn plots_and_pages_are_well_formed_and_named() {
    for args in [&["-o", "svg"][..], &["-o", "html", "--all"]] {
        let text = String::from_utf8(review(args).stdout).unwrap();
        let svg = &text[text.find("<svg").unwrap()..text.rfind("</svg>").unwrap() + 6];
        // A page holds one plot behind the other.
        let mut reader = quick_xml::Reader::from_str(svg);
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{error}: {svg}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::DocType(_) => panic!("none"),
                _ => {}
            }
        }
        assert_eq!(svg.matches("role=\"img\" aria-labelledby=").count(), 2);
        assert!(text.contains("prefers-color-scheme:dark") && !text.contains("<now>") && !text.contains("<script"));
    }
}

#[test]
fn every_format_says_the_same() {
    let mut args = vec!["review", "--isolated", "--today", TODAY, "-o", "json"];
    args.push("fixtures/articles");
    let output = Command::new(program()).current_dir(root()).env_clear().args(args).output().unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut of: BTreeMap<&str, Vec<[&Value; 4]>> = BTreeMap::new();
    for article in value["articles"].as_array().unwrap() {
        let path = article["path"].as_str().unwrap();
        let stem = path.rsplit_once('.').unwrap().0;
        of.entry(stem).or_default().push(["state", "last_reviewed", "reviewer", "due"].map(|key| &article[key]));
    }
    for (stem, outlooks) in of {
        assert_eq!(outlooks.len(), 5, "{stem}");
        assert!(outlooks.iter().all(|outlook| *outlook == outlooks[0]), "{stem}: {outlooks:?}");
    }
}

#[test]
fn exit_statuses_follow_the_bar() {
    let folder = Folder::new("bar");
    folder.file("medproof.toml", "").file("old.md", &dated("2020-05-01")).file("soon.md", &dated("2023-12-01"));
    let status = |args: &[&str]| folder.run(&[&["review", "--today", TODAY][..], args].concat()).status.code().unwrap();
    let table = [
        (&["."][..], 0),
        (&["--fail-on", "overdue", "."], 1),
        (&["--fail-on", "overdue", "soon.md"], 0),
        (&["--fail-on", "due", "soon.md"], 1),
        (&["--fail-on", "due", "--within", "1d", "soon.md"], 0),
        (&["--fail-on", "overdue", "soon.md", "none.md"], 2),
        (&["--within", "soon", "soon.md"], 2),
        (&["-o", "svg=a.svg", "-o", "json=./a.svg", "soon.md"], 2),
    ];
    for (args, want) in table {
        assert_eq!(status(args), want, "{args:?}");
    }
}

#[test]
fn a_mistake_in_the_settings_is_told_at_its_place() {
    let folder = Folder::new("mistake");
    folder.file("a.md", &dated("2026-05-01"));
    for (settings, message) in [
        ("[review]\nwithin = 'µ'\n", "“µ” is no length of time"),
        ("[review]\nwithn = '9d'\n", "Did you mean “within”?"),
        ("[review.keys]\nmine = 'lastreviewd'\n", "Did you mean “lastreviewed”?"),
    ] {
        let ran = folder.file("medproof.toml", settings).run(&["review"]);
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.code() == Some(2) && told.contains(message) && told.contains("medproof.toml:2:"), "{settings}\n{told}");
    }
}

#[test]
fn articles_are_marked_or_refused_with_a_reason() {
    let folder = root().join("fixtures/calendar/mark");
    let cases = std::fs::read_to_string(folder.join("cases.tsv")).unwrap();
    let mut blessed = String::new();
    let mut differing = Vec::new();
    for row in cases.lines() {
        let [name, options, refusal] = row.splitn(3, '\t').collect::<Vec<_>>()[..] else {
            blessed += &format!("{row}\n");
            continue;
        };
        if name.starts_with('#') {
            blessed += &format!("{row}\n");
            continue;
        }
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let next = options.strip_prefix("--next ").map(|next| next.parse().unwrap());
        let mark = Mark { by: "Dr Kim Lee, MD".into(), on: TODAY.parse().unwrap(), next, add: options == "--add" };
        let file = || File { name: name.to_owned(), bytes: bytes.clone(), format: None };
        let after = folder.join(name.replace(".before.", ".after."));
        let refused = match mark::mark(file(), (&Lexicon::default()).into(), &mark) {
            Ok(marked) => {
                if std::env::var_os("BLESS").is_some() {
                    std::fs::write(&after, &marked.bytes).unwrap();
                }
                if std::fs::read(&after).unwrap_or_default() != marked.bytes {
                    differing.push(name);
                }
                // Marked again, it says so already.
                let again = File { name: name.to_owned(), bytes: marked.bytes.clone(), format: None };
                let again = mark::mark(again, (&Lexicon::default()).into(), &Mark { add: false, ..mark.clone() }).unwrap();
                assert_eq!(again.bytes, marked.bytes, "{name}");
                String::new()
            }
            Err(reason) => reason.to_string(),
        };
        if refused != refusal {
            differing.push(name);
        }
        blessed += &format!("{name}\t{options}\t{refused}\n");
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(folder.join("cases.tsv"), blessed).unwrap();
    } else {
        assert!(differing.is_empty(), "{differing:?} differ; run BLESS=1 cargo test --test calendar and read the diff");
    }
}

#[test]
fn a_marked_file_keeps_its_link_and_permissions_and_a_diff_writes_nothing() {
    let folder = Folder::new("mark");
    let before = dated("2020-05-01");
    folder.file("medproof.toml", "").file("real/a.md", &before).file("bad.md", "# Café\n");
    let mark = ["review", "mark", "--by", "Dr Kim Lee", "--on", "2021-02-03"];
    let ran = folder.run(&[&mark[..], &["real/a.md", "--diff"]].concat());
    let diff = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(diff.contains("\n-last_reviewed_on: 2020-05-01\n") && diff.contains("\n+last_reviewed_on: 2021-02-03\n"), "{diff}");
    assert_eq!(folder.read("real/a.md"), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::os::unix::fs::symlink("real/a.md", folder.0.join("a.md")).unwrap();
        std::fs::set_permissions(folder.0.join("real/a.md"), std::fs::Permissions::from_mode(0o640)).unwrap();
        let ran = folder.run(&[&mark[..], &["bad.md", "a.md"]].concat());
        assert_eq!(ran.status.code(), Some(2), "one could not be marked, and the other was");
        assert!(folder.0.join("a.md").symlink_metadata().unwrap().is_symlink());
        assert_eq!(folder.0.join("real/a.md").metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert!(folder.read("real/a.md").contains("last_reviewed_on: 2021-02-03\n"));
        assert_eq!(std::fs::read_dir(folder.0.join("real")).unwrap().count(), 1, "nothing is left behind");
    }
    assert_eq!(folder.read("bad.md"), "# Café\n");
    let ahead = folder.run(&["review", "mark", "a.md", "--by", "Dr Kim Lee", "--on", "9999-01-01"]);
    assert!(ahead.status.code() == Some(2) && String::from_utf8_lossy(&ahead.stderr).contains("9999-01-01 lies ahead"));
    folder.file("stale.md", &before.replace("title: Café", "next_review: 2020-12"));
    let told = String::from_utf8(folder.run(&[&mark[..], &["stale.md"]].concat()).stderr).unwrap();
    assert!(told.contains("line 2 still announces the next review for 2020-12; give the new date with --next"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever an article is put together from, marking it gives the new review or a reason, and a second time nothing new.
    #[test]
    fn no_article_breaks_the_marking(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..9),
        name in prop::sample::select(&["µ.md", "µ.txt", "µ.html"][..]),
        by in prop::sample::select(&["Dr Kim Lee, MD", "Kim \"K\" O'Neill", "the Town: Board & <Co>", "µ"][..]),
        add in any::<bool>(),
        next in prop::sample::select(&[None, Some("3y"), Some("2030-01-31")][..]),
    ) {
        let mark = Mark { by: by.into(), on: TODAY.parse().unwrap(), next: next.map(|next| next.parse().unwrap()), add };
        let lexicon = Lexicon::default();
        let text = pieces.concat();
        let file = |bytes: &[u8]| File { name: name.into(), bytes: bytes.to_vec(), format: None };
        if let Ok(marked) = mark::mark(file(text.as_bytes()), (&lexicon).into(), &mark) {
            let again = mark::mark(file(&marked.bytes), (&lexicon).into(), &mark).unwrap_or_else(|reason| panic!("{reason}: {text}"));
            prop_assert_eq!(String::from_utf8(again.bytes).unwrap(), String::from_utf8(marked.bytes).unwrap());
        }
    }
}

/// What articles are put together from.
const PIECES: &[&str] = &[
    "---\n",
    "+++\n",
    "\n",
    "\r\n",
    "title: Café\n",
    "title = \"Café\"\n",
    "last_reviewed_on: 2023-03-05\n",
    "lastReviewed: \"5 March 2023\" # µ\n",
    "last-reviewed = 2023-03-05\n",
    "reviewed: 'Ana Ruiz, 5/2020'\n",
    "reviewed_by:\n",
    "reviewers: [Ana Ruiz]\n",
    "reviewed_by = 'Ana Ruiz'\n",
    "next_review: 2026-03\n",
    "review_in: 6 months\n",
    "review:\n  date: 2020-01-01\n",
    "Medically reviewed by Ana Ruiz, MD on May 3rd, 2020\n",
    "Last reviewed: **5/2020** · Reviewed by Ana Ruiz, MD\n",
    "Zuletzt geprüft am 3. Mai 2020\n",
    "Next review due: May 2023\n",
    "<meta name=\"last-reviewed\" content='2023-03-05'>\n",
    "<p>Last reviewed: <time datetime='2023-03-05'>5 March 2023</time></p>\n",
    "<script type=\"application/ld+json\">{\"@type\":\"WebPage\",\"lastReviewed\":\"2023-03-05\"}</script>\n",
    "# Café µ\n",
];

/// An article reviewed on a day.
fn dated(day: &str) -> String {
    format!("---\ntitle: Café\nlast_reviewed_on: {day}\nreviewed_by: Ana Ruiz\n---\n\nText.\n")
}

fn articles() -> Vec<Value> {
    let value: Value = serde_json::from_slice(&review(&["-o", "json"]).stdout).unwrap();
    value["articles"].as_array().unwrap().clone()
}

/// Runs `medproof review` over the articles of the fixtures.
fn review(args: &[&str]) -> Output {
    let folder = root().join("fixtures/calendar/articles");
    Command::new(program()).current_dir(folder).env_clear().args(["review", "--today", TODAY]).args(args).output().unwrap()
}

fn is_golden(name: &str, bytes: &[u8]) -> bool {
    let path = root().join("fixtures/calendar").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, bytes).unwrap();
    }
    std::fs::read(&path).unwrap_or_default() == bytes
}

/// A folder for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("calendar-{name}"));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> &Self {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(program()).current_dir(&self.0).env_clear().args(args).output().unwrap()
    }
}

fn program() -> &'static str {
    assert_cmd::cargo::cargo_bin!("medproof").to_str().expect("a path")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

//! Many files: which are checked, in shares, again, and only where something changed. Results must be the same each way.
#![cfg(feature = "cli")]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/many.rs"]
mod many;

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use folder::{Folder, Ran};
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Enabled, File};
use medproof::record::Record;
use medproof::rules::RULES;

const BAD: &str = "A dose of 5 µg is is enough.\n";
const RULE: [&str; 2] = ["--select", "doubled-word"];
const DAY: [&str; 2] = ["--today", "2026-11-23"];

fn check(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["check", "--fail-on", "never"], args].concat())
}

/// A run with a cache in `cache`.
fn cached(folder: &Folder, args: &[&str]) -> Ran {
    check(folder, &[&["--cache-dir", "cache"], args].concat())
}

/// The files of the cache.
fn packs(folder: &Folder) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.0.join("cache")).into_iter().flatten();
    let mut packs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some()).collect();
    packs.retain(|path| !path.ends_with("CACHEDIR.TAG"));
    packs
}

#[test]
fn an_article_is_dated_where_another_day_may_change_it() {
    let check = |path: &PathBuf, today| {
        let rules: Vec<Enabled> = RULES.iter().map(|entry| Enabled { entry, rule: (entry.make)(None).unwrap(), severity: None }).collect();
        let file = File { name: path.display().to_string(), bytes: std::fs::read(path).unwrap(), format: None };
        let checked = linter::check_file(file, &rules, (&Lexicon::default()).into(), today).unwrap();
        (checked.is_dated, Record::of(&checked))
    };
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let files = ["articles", "rules"].into_iter().flat_map(|folder| std::fs::read_dir(fixtures.join(folder)).unwrap());
    let files: Vec<PathBuf> =
        files.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|ending| ending != "findings")).collect();
    let mut undated = 0;
    for path in files {
        let (is_dated, record) = check(&path, jiff::civil::date(2026, 11, 23));
        if !is_dated {
            undated += 1;
            assert_eq!(check(&path, jiff::civil::date(1999, 1, 1)), (false, record), "{}", path.display());
        }
    }
    assert!(undated > 20, "most articles are the same on any day");
}

#[test]
fn what_is_kept_reads_as_what_is_found() {
    let folder = Folder::new("pace-cache");
    many::write(&folder.0.join("in"), 50);
    for output in medproof::report::FORMS.iter().filter(|form| !form.is_binary).map(|form| form.name) {
        let args = [&["in", "-o", output], &DAY[..]].concat();
        let plain = check(&folder, &[&args[..], &["--no-cache"]].concat());
        for run in ["cold", "warm"] {
            let ran = cached(&folder, &args);
            assert_eq!((ran.status, &ran.stdout, &ran.stderr), (plain.status, &plain.stdout, &plain.stderr), "{output}, {run}");
        }
    }
    // All in all one file for the records, and one for what each output said that reads the texts.
    let readers = medproof::report::FORMS.iter().filter(|form| form.reads_source && !form.is_binary).count();
    let kept = packs(&folder).len();
    assert!((1..=1 + readers).contains(&kept), "{kept} files");

    // In another place, an article is the same under another name.
    std::fs::rename(folder.0.join("in"), folder.0.join("moved")).unwrap();
    let args = [&["moved", "-o", "json"], &DAY[..]].concat();
    assert_eq!(cached(&folder, &args).stdout, check(&folder, &args).stdout);
    assert_eq!(packs(&folder).len(), kept);

    let clean = folder.run(&["clean", "--cache-dir", "cache"]);
    assert_eq!((clean.status, folder.0.join("cache").exists()), (0, false), "{}", clean.stderr);
}

#[test]
fn a_change_of_text_day_or_settings_is_seen() {
    let folder = Folder::new("pace-stale");
    many::write(&folder.0.join("in"), 10);
    let same = |args: &[&str]| {
        let args = [&["in", "-o", "json"], args].concat();
        assert_eq!(cached(&folder, &args).stdout, check(&folder, &[&args[..], &["--no-cache"]].concat()).stdout, "{args:?}");
    };
    let old = "1999-01-01";
    for args in [&DAY[..], &["--today", old], &["--select", "all"], &["--preset", "news"], &["--ignore", "medicines"]] {
        same(args);
        same(args);
    }
    let settings = [
        "[severity]\ndoubled-word = \"info\"\n",
        "[rules.review-overdue]\nmax-months = 600\n",
        "[[medicines]]\nname = \"Pressure\"\nkind = \"brand\"\ngeneric = \"exampliximab\"\n",
        "[paths.\"in/**\"]\nignore = [\"citations\"]\n",
        "retractions = \"list.csv\"\n",
    ];
    folder.file("list.csv", "OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n10.1/x,1,Retraction,3/9/2020 0:00\n");
    for settings in settings {
        folder.file("medproof.toml", settings);
        same(&DAY);
    }
    let before = packs(&folder).len();
    same(&DAY);
    assert_eq!(packs(&folder).len(), before, "nothing was added");
    let path = folder.0.join("in/000/00001-gout-at-night.html");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace(" and ", " and and ")).unwrap();
    same(&DAY);
    // The name of a file may tell how it is read.
    std::fs::rename(folder.0.join("in/000/00003-gout-at-night.txt"), folder.0.join("in/000/00003.md")).unwrap();
    same(&DAY);
    for pack in packs(&folder) {
        let bytes = std::fs::read(&pack).unwrap();
        std::fs::write(&pack, &bytes[..bytes.len() / 2]).unwrap();
    }
    same(&DAY);
}

#[test]
fn a_cache_that_cannot_be_used_changes_nothing() {
    let folder = Folder::new("pace-unusable");
    folder.file("a.md", BAD).file("wall", "");
    let args = [&["a.md", "-o", "concise"], &RULE[..]].concat();
    let ran = check(&folder, &[&args[..], &["--cache-dir", "wall/cache"]].concat());
    assert_eq!((ran.status, &ran.stdout), (0, &check(&folder, &args).stdout));
    assert!(ran.stderr.contains("the cache cannot be written"), "{}", ran.stderr);
    // Where nobody named it, nobody hears of it.
    many::write(&folder.0.join("in"), 40);
    let mut command = folder.command(&["check", "in", "-q", "-o", "concise", "--fail-on", "never"]);
    let wall = folder.0.join("wall");
    let output = command.env("HOME", &wall).env("XDG_CACHE_HOME", &wall).env("LOCALAPPDATA", &wall).output().unwrap();
    let ran = Ran::of(&output);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    // Nor does it take what is not its own.
    let ran = folder.run(&["clean", "--cache-dir", "in"]);
    assert!(ran.status == 0 && ran.stderr.starts_with("Took 0 files"), "{}", ran.stderr);
}

#[test]
fn runs_beside_each_other_agree() {
    let folder = Folder::new("pace-beside");
    many::write(&folder.0.join("in"), 40);
    let args = ["check", "in", "-o", "json", "--fail-on", "never", "--today", "2026-11-23", "--cache-dir", "cache"];
    let start = || folder.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let all: Vec<_> = (0..4).map(|_| start()).collect();
    let all: Vec<Ran> = all.into_iter().map(|child| Ran::of(&child.wait_with_output().unwrap())).collect();
    assert!(all.iter().all(|ran| ran.status == 0 && ran.stdout == all[0].stdout));
    assert_eq!(folder.run(&args).stdout, all[0].stdout);
}

#[test]
fn files_are_named_in_a_list() {
    let folder = Folder::new("pace-list");
    folder.file("a b.md", BAD).file("µ/[1].md", BAD).file("c.md", BAD).file("d/e.md", BAD);
    let args = |list: &'static str| [&["--files-from", list, "-o", "concise", "-q"], &RULE[..]].concat();
    let paths = |ran: &Ran| ran.stdout.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>();
    folder.file("lines", "a b.md\r\n\nµ/[1].md\n").file("nuls", "a b.md\0d\0");
    assert_eq!(paths(&check(&folder, &args("lines"))), ["a b.md", "µ/[1].md"]);
    assert_eq!(paths(&check(&folder, &args("nuls"))), ["a b.md", "d/e.md"]);
    assert_eq!(paths(&check(&folder, &[&args("lines")[..], &["c.md"]].concat())), ["a b.md", "c.md", "µ/[1].md"]);
    folder.file("gone", "a b.md\nnone.md\n").file("empty", "\n");
    let gone = check(&folder, &args("gone"));
    assert_eq!((gone.status, paths(&gone)), (2, vec!["a b.md".to_owned()]));
    assert_eq!(gone.stderr, "medproof: none.md: there is no such file or folder\n");
    let empty = check(&folder, &args("empty"));
    assert_eq!((empty.status, empty.stderr.as_str()), (2, "medproof: nothing to check: the list names no file\n"));
    assert_eq!(check(&folder, &args("nowhere")).status, 2);

    let mut command = folder.command(&[&["check"], &args("-")[..]].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"c.md\n").unwrap();
    assert_eq!(paths(&Ran::of(&child.wait_with_output().unwrap())), ["c.md"]);
    assert_eq!(check(&folder, &[&args("-")[..], &["-"]].concat()).status, 2);
}

#[test]
fn shares_are_joined_to_the_whole() {
    let folder = Folder::new("pace-shards");
    many::write(&folder.0.join("in"), 50);
    folder.file("in/broken.md", b"\0\x01\x02");
    let json = |args: &[&str]| check(&folder, &[&["in", "-o", "json"], &DAY[..], args].concat());
    let whole = json(&[]);
    for share in ["1/3", "2/3", "3/3"] {
        let ran = json(&["--shard", share]);
        assert!(ran.findings().len() < whole.findings().len());
        folder.file(&format!("{}.json", &share[..1]), &ran.stdout);
    }
    let merge = |args: &[&str]| folder.run(&[&["merge"], args].concat());
    let merged = merge(&["3.json", "1.json", "2.json", "-o", "json"]);
    assert_eq!((merged.status, &merged.stdout), (2, &whole.stdout));
    let direct = check(&folder, &[&["in", "-o", "full"], &DAY[..]].concat());
    let full = merge(&["1.json", "2.json", "3.json", "-o", "full", "-o", "concise=concise.txt"]);
    assert_eq!((full.status, &full.stdout), (2, &direct.stdout));
    assert_eq!(folder.read("concise.txt"), check(&folder, &[&["in", "-o", "concise"], &DAY[..]].concat()).stdout);

    // A text that changed, or is gone, cannot be shown; the rest is.
    folder.file("in/000/00001-gout-at-night.html", "<p>Another text.</p>");
    std::fs::remove_file(folder.0.join("in/000/00002-gout-at-night.md")).unwrap();
    let full = merge(&["1.json", "2.json", "3.json"]);
    assert!(full.status == 2 && full.stdout.len() < direct.stdout.len(), "{}", full.stdout);
    for words in ["00001-gout-at-night.html: its findings cannot be shown", "has changed", "00002-gout-at-night.md: its findings"] {
        assert!(full.stderr.contains(words), "{}", full.stderr);
    }
    assert_eq!(check(&folder, &["in", "--shard", "4/3"]).status, 2);
    // A share may be empty, the whole may not.
    folder.file("one/a.md", "Nothing is wrong.\n");
    let statuses: Vec<i32> = (1..=9).map(|i| check(&folder, &["one", "--shard", &format!("{i}/9")]).status).collect();
    assert_eq!(statuses, [0; 9]);
}

#[test]
fn reports_that_do_not_belong_together_are_refused() {
    let folder = Folder::new("pace-misfit");
    folder.file("a.md", BAD).file("b.md", BAD).file("notes.txt", "µ");
    let report = |file: &str, to: &str, day: &str| {
        let to = format!("json={to}");
        assert_eq!(check(&folder, &[&[file, "-o", &to, "--today", day], &RULE[..]].concat()).status, 0);
    };
    report("a.md", "a.json", "2026-11-23");
    report("b.md", "b.json", "2026-11-23");
    report("b.md", "later.json", "2026-11-24");
    let merge = |args: &[&str]| folder.run(&[&["merge"], args].concat());
    assert_eq!(merge(&["a.json", "b.json", "--fail-on", "warning"]).status, 1);
    assert_eq!(merge(&["a.json", "b.json"]).status, 0);
    let told = |args: &[&str], words: &str| {
        let ran = merge(args);
        assert!(ran.status == 2 && ran.stderr.contains(words) && ran.stdout.is_empty(), "{}", ran.stderr);
    };
    told(&["a.json", "later.json"], "a.json judges articles on 2026-11-23, and later.json on 2026-11-24");
    told(&["a.json", "a.json"], "a.md is in a.json and in a.json");
    told(&["a.json", "notes.txt"], "notes.txt: this is no report to merge");
    told(&["a.json", "none.json"], "none.json");
}

#[test]
fn files_that_are_left_out_have_a_reason() {
    let folder = Folder::new("pace-show");
    folder.file("a.md", BAD).file("b/c.txt", BAD).file("b/draft-µ.md", BAD).file("b/picture.png", "").file("b/README", "");
    folder.file(".hidden/d.md", BAD).file("skipped/e.md", BAD).file("b/.gitignore", "draft-*\n").file(".gitignore", "# µ\nskipped/\n");
    let ran = check(&folder, &["--show-files"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "a.md\nb/c.txt\n"));
    for line in [
        "b/draft-µ.md: “draft-*” in b/.gitignore leaves it out",
        "b/picture.png: the ending .png tells no format that medproof reads",
        "b/README: the name has no ending that tells a format",
        ".hidden: the name begins with a dot",
        "skipped: “skipped/” in .gitignore leaves it out",
    ] {
        assert!(ran.stderr.lines().any(|other| other == line), "{line}\n{}", ran.stderr);
    }
    assert!(!ran.stderr.contains("e.md"));
    let shares: Vec<String> = (1..=2).map(|i| check(&folder, &["--show-files", "--shard", &format!("{i}/2")]).stdout).collect();
    let mut shares: Vec<&str> = shares.iter().flat_map(|share| share.lines()).collect();
    shares.sort_unstable();
    assert_eq!(shares, ["a.md", "b/c.txt"]);
}

#[test]
fn nothing_to_check_says_why() {
    let folder = Folder::new("pace-empty");
    folder.file("a/picture.png", "").file("b/.gitignore", "*.md\n").file("b/µ.md", BAD);
    std::fs::create_dir_all(folder.0.join("empty")).unwrap();
    let why = |paths: &[&str]| {
        let ran = check(&folder, paths);
        assert_eq!((ran.status, check(&folder, &[paths, &["--show-files"]].concat()).status), (2, 2));
        ran.stderr.strip_prefix("medproof: nothing to check: ").unwrap_or(&ran.stderr).trim_end().to_owned()
    };
    assert_eq!(why(&["empty"]), "there is no file in empty");
    assert_eq!(why(&["a"]), "all in a is left out: a/picture.png (the ending .png tells no format that medproof reads)");
    let both = why(&["a", "b"]);
    assert!(both.contains("b/µ.md (“*.md” in b/.gitignore leaves it out)"), "{both}");
    let ran = check(&folder, &["a", "--allow-empty", "-o", "json"]);
    assert_eq!((ran.status, ran.findings().len()), (0, 0));
    assert_eq!(check(&folder, &["none", "--allow-empty"]).status, 2);
}

#[test]
fn statistics_count_by_rule_and_folder() {
    let folder = Folder::new("pace-statistics");
    folder.file("a/1.md", BAD).file("a/2.md", BAD.repeat(2)).file("b/3.md", BAD).file("b/4.md", "Nothing.\n");
    let ran = check(&folder, &[&["--statistics"], &RULE[..]].concat());
    let want = "findings  articles  with a fix  severity  rule\n       4         3           4  warning   doubled-word\n\n\
                errors  warnings  info  articles  folder\n     0         3     0         2  a\n     0         1     0         2  b\n";
    assert_eq!(ran.stdout, want);
    assert_eq!(check(&folder, &[&["-o", "statistics"], &RULE[..]].concat()).stdout, want);
    let both = check(&folder, &[&["--statistics", "-o", "json=out.json"], &RULE[..]].concat());
    assert_eq!((both.stdout.as_str(), folder.read("out.json").is_empty()), (want, false));
}

#[test]
fn a_change_is_watched_for() {
    let folder = Folder::new("pace-watch");
    folder.file("in/a.md", BAD);
    let mut command = folder.command(&[&["check", "in", "--watch", "-o", "concise", "-o", "json=in/out.json"], &RULE[..]].concat());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // What goes wrong must not leave it behind.
    let (send, lines) = channel();
    let streams: [Box<dyn std::io::Read + Send>; 2] = [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
    for stream in streams {
        let send = send.clone();
        std::thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    }
    let outcome = std::panic::catch_unwind(|| {
        // The two streams come in any order, so the rest of a round is what comes before silence.
        let until = |words: &str| {
            let mut seen = Vec::new();
            while let Ok(line) = lines.recv_timeout(Duration::from_secs(30)) {
                let found = line.contains(words);
                seen.push(line);
                if found {
                    while lines.recv_timeout(Duration::from_millis(700)).is_ok() {}
                    return;
                }
            }
            panic!("{words} does not come: {seen:?}");
        };
        until("in/a.md:1:16 warning");
        folder.file("in/a.md", "\nThe µ is gone gone.\n");
        until("in/a.md:2:10 warning");
        folder.file("in/deep/new.md", BAD);
        until("in/deep/new.md:1:16 warning");
        folder.file("medproof.toml", "ignore = [\"doubled-word\"]\n[rules.none]\n");
        until("“none” is no rule");
        // Its own report is no change.
        assert!(lines.recv_timeout(Duration::from_secs(1)).is_err());
    });
    if cfg!(unix) && outcome.is_ok() {
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(2), "the status of the last round");
    } else {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    outcome.unwrap();
    assert_eq!(folder.run(&["check", "-", "--watch"]).status, 2);
}

//! The baseline, and what a change brings in: what they let through and what they hold back, on articles that change, and what
//! is said when git, the file or the disk fails.
#![cfg(feature = "cli")]

#[path = "support/folder.rs"]
mod folder;

use std::path::Path;

use folder::{Folder, Ran};
use serde_json::Value;

const SETTINGS: &str = "select = ['doubled-word', 'brand-generic-mismatch']\n";
const FILE: &str = "medproof-baseline.toml";
const TODAY: &str = "2026-11-25";

/// An article with a doubled word, and two of another that are equal.
const ARTICLE: &str =
    "# Pain\n\nA dose of 5 µg is is enough for most of them.\n\nTake it with the the food.\n\nTake it with the the food.\n";

/// The findings of a check, as `path:line words`, and what is said beside them.
fn check(folder: &Folder, args: &[&str]) -> (Vec<String>, Ran) {
    let ran = folder.run(&[&["check", "--today", TODAY, "-o", "json"], args].concat());
    (rows(&ran, |row| format!("{}:{} {}", text(row, "path"), row["start"]["line"], text(row, "quote"))), ran)
}

fn found(folder: &Folder, args: &[&str]) -> Vec<String> {
    check(folder, args).0
}

fn rows<T>(ran: &Ran, of: impl Fn(&Value) -> T) -> Vec<T> {
    let value: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.stdout, ran.stderr));
    value["diagnostics"].as_array().unwrap().iter().map(of).collect()
}

fn text(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap().to_owned()
}

fn baseline(folder: &Folder, args: &[&str]) -> Ran {
    let (verb, rest) = args.split_first().unwrap();
    folder.run(&[&["baseline", verb, "--today", TODAY], rest].concat())
}

/// A folder with the article and a baseline of it.
fn adopted(name: &str) -> Folder {
    let folder = Folder::with_settings(&format!("baseline-{name}"), SETTINGS);
    folder.file("content/pain.md", ARTICLE);
    let written = baseline(&folder, &["write"]);
    assert_eq!(written.stderr, "Wrote medproof-baseline.toml: 3 findings accepted in 1 article (3 new, 0 kept, 0 taken out)\n");
    assert_eq!((written.status, found(&folder, &[])), (0, vec![]));
    folder
}

#[test]
fn accepted_findings_are_known_again_when_the_article_changes() {
    // What the article becomes, the findings that are then told, and what is said of the baseline.
    let table = [
        ("as it was", ARTICLE.to_owned(), &[][..], ""),
        ("a paragraph above", format!("# New\n\nA new µ paragraph.\n\n{}", &ARTICLE[2..]), &[], ""),
        ("two paragraphs change places", moved_first_last(ARTICLE), &[], ""),
        (
            "one of two equal ones is mended",
            ARTICLE.replacen("the the", "the", 1),
            &[],
            "  content/pain.md: doubled-word “the the” in “take it with the the food”, 1 of 2 left, since 2026-11-25\n",
        ),
        (
            "all are mended",
            ARTICLE.replace("the the", "the").replace("is is", "is"),
            &[],
            "nothing is found any more for 2 entries; `medproof baseline prune` takes them out\n",
        ),
        ("a third equal one comes", format!("{ARTICLE}\nTake it with the the food.\n"), &["content/pain.md:9 the the"], ""),
        ("a word beside it changes", ARTICLE.replace("5 µg", "7 µg").replace("enough", "plenty"), &[], ""),
        (
            "the sentence is another",
            ARTICLE.replace("A dose of 5 µg is is enough for most of them", "That what it is is what we learn"),
            &["content/pain.md:3 is is"],
            "nothing is found any more for 1 entry; ",
        ),
    ];
    let folder = adopted("changes");
    for (what, article, want, told) in table {
        folder.file("content/pain.md", article);
        let (findings, ran) = check(&folder, &[]);
        assert_eq!(findings, want, "{what}: {}", ran.stderr);
        assert!(ran.stderr.contains(told) && (!told.is_empty() || !ran.stderr.contains("medproof:")), "{what}: {}", ran.stderr);
        assert_eq!(ran.status, 0, "{what}");
    }
    let ran = folder.file("content/pain.md", ARTICLE).run(&["check", "--today", TODAY]);
    assert!(ran.stdout.ends_with("; no findings (3 accepted by the baseline)\n"), "{}", ran.stdout);
}

fn moved_first_last(article: &str) -> String {
    let mut paragraphs: Vec<&str> = article.trim().split("\n\n").collect();
    let first = paragraphs.remove(1);
    paragraphs.push(first);
    paragraphs.join("\n\n")
}

#[test]
fn a_renamed_article_is_told_as_moved() {
    let folder = adopted("moved");
    folder.rename("content/pain.md", "content/b/pain relief.md");
    let (findings, ran) = check(&folder, &[]);
    assert_eq!(findings, [""; 0]);
    let told = "medproof: medproof-baseline.toml: content/pain.md is now content/b/pain relief.md, and its entries still hold\n";
    assert!(ran.stderr.starts_with(told) && !ran.stderr.contains("any more"), "{}", ran.stderr);
    // Moved and mended in part.
    folder.file("content/b/pain relief.md", ARTICLE.replace("is is", "is"));
    let (findings, ran) = check(&folder, &["--fail-on-stale"]);
    assert!(findings.is_empty() && ran.status == 1 && ran.stderr.contains(told) && ran.stderr.contains("“is is”"), "{}", ran.stderr);
    assert_eq!(baseline(&folder, &["prune"]).stderr, "medproof-baseline.toml: 1 finding taken out; 2 findings accepted in 1 article\n");
    assert!(folder.read(FILE).contains("\n\"content/b/pain relief.md\" = [\n") && !folder.read(FILE).contains("\"content/pain.md\""));
    let (findings, ran) = check(&folder, &["--fail-on-stale"]);
    assert!(findings.is_empty() && ran.status == 0 && !ran.stderr.contains("medproof:"), "{}", ran.stderr);
    // An article that shares little with what is gone is no move.
    folder.remove("content/b/pain relief.md").file("content/other.md", "# Other\n\nIt is is enough for most of us.\n");
    let (findings, ran) = check(&folder, &[]);
    assert_eq!(findings, ["content/other.md:3 is is"]);
    assert!(ran.stderr.contains("any more for 1 entry") && !ran.stderr.contains("is now"), "{}", ran.stderr);
}

#[test]
fn only_what_was_looked_at_is_called_stale() {
    let folder = adopted("scope");
    folder.file("content/other.md", "It is is so.\n").file("archive/old.md", "It was was so.\n");
    assert_eq!(baseline(&folder, &["write"]).status, 0);
    let all = folder.read(FILE);
    folder.file("content/pain.md", "# Pain\n").remove("archive/old.md");
    let stale = |args: &[&str]| {
        let ran = check(&folder, args).1;
        (ran.stderr.matches("content/pain.md: ").count(), ran.stderr.matches("archive/old.md: ").count(), ran.status)
    };
    assert_eq!(stale(&[]), (2, 1, 0));
    assert_eq!(stale(&["--fail-on-stale"]), (2, 1, 1));
    assert_eq!(stale(&["content/other.md"]), (0, 0, 0));
    assert_eq!(stale(&["content"]), (2, 0, 0));
    assert_eq!(stale(&["archive", "content/other.md"]), (0, 1, 0));
    assert_eq!(stale(&["--select", "brand-generic-mismatch"]), (0, 0, 0));
    assert_eq!(stale(&["--quiet"]), (0, 0, 0));
    // What cannot be read is not empty.
    folder.file("content/pain.md", b"\x7fELF\0\0\0");
    assert_eq!(stale(&["content"]), (1, 0, 2), "told as unread, and not as stale");
    assert_eq!(baseline(&folder, &["prune", "content"]).status, 2);
    assert_eq!(folder.read(FILE), all, "nothing to take out");
    // A run over a part leaves the rest alone.
    folder.file("content/pain.md", "# Pain\n");
    assert_eq!(
        baseline(&folder, &["write", "content/other.md"]).stderr,
        "medproof-baseline.toml: nothing has changed; 5 findings accepted in 3 articles\n"
    );
    assert_eq!(baseline(&folder, &["prune"]).stderr, "medproof-baseline.toml: 4 findings taken out; 1 finding accepted in 1 article\n");
    assert_eq!(folder.read(FILE).matches("{ rule").count(), 1);
}

#[test]
fn reasons_stay_and_time_runs_out() {
    let folder = adopted("until");
    let reason =
        folder.read(FILE).replace(", since = 2026-11-25 },", ", since = 2026-11-25, until = 2026-12-31, reason = \"an archive copy\" },");
    folder.file(FILE, &reason).file("content/new.md", "It is is so.\n");
    let written = baseline(&folder, &["write", "--reason", "kept µ", "--until", "2027-06-30"]);
    assert!(written.stderr.contains("4 findings accepted in 2 articles (1 new, 3 kept, 0 taken out)"), "{}", written.stderr);
    let text = folder.read(FILE);
    assert_eq!(text.matches("until = 2026-12-31, reason = \"an archive copy\"").count(), 2, "{text}");
    assert!(
        text.contains("words = \"is is\", near = \"it is is so\", since = 2026-11-25, until = 2027-06-30, reason = \"kept µ\""),
        "{text}"
    );
    let on = |day: &str| folder.run(&["check", "-o", "concise", "--today", day]);
    assert_eq!(on("2026-12-31").stdout, "");
    let late = on("2027-01-01");
    assert_eq!(late.stdout.lines().count(), 3);
    assert!(late.stderr.contains("the time is over of 2 entries; their findings are told again\n"), "{}", late.stderr);
    // One file under two names is one file.
    assert!(baseline(&folder, &["write", "content", "./content/pain.md"]).stderr.contains("nothing has changed; 4 findings"));
    // Written again they stay expired, until somebody decides; pruned they are gone.
    let again = folder.run(&["baseline", "write", "--today", "2027-01-01"]);
    assert!(again.stderr.contains("nothing has changed") && again.stderr.contains("\n2 expired and still so: "), "{}", again.stderr);
    let pruned = folder.run(&["baseline", "prune", "--today", "2027-01-01"]);
    assert!(pruned.stderr.contains("3 findings taken out; 1 finding accepted in 1 article"), "{}", pruned.stderr);
}

#[test]
fn what_can_do_harm_is_accepted_on_request_only() {
    let folder = Folder::with_settings("baseline-safety", SETTINGS);
    let article = "Some take Cozaar (valsartan) once a day, 5 µg of it it with food.\n";
    folder.file("a.md", article);
    let harm = ["a.md:1 valsartan"];
    let (before, _) = check(&folder, &[]);
    assert_eq!(before.len(), 2, "{before:?}");
    let written = baseline(&folder, &["write"]);
    assert_eq!(
        written.stderr,
        "Wrote medproof-baseline.toml: 1 finding accepted in 1 article (1 new, 0 kept, 0 taken out)\n\
         1 finding on medicines and doses left out: correct them, or accept them with --include-safety\n"
    );
    let (findings, ran) = check(&folder, &[]);
    assert!(findings.len() == 1 && findings[0].starts_with("a.md:1") && ran.status == 1, "{findings:?} {harm:?}");
    assert!(baseline(&folder, &["write", "--include-safety"]).stderr.contains("(1 new, 1 kept, 0 taken out)"));
    assert!(folder.read(FILE).contains(", safety = true,"), "{}", folder.read(FILE));
    assert_eq!(found(&folder, &[]), [""; 0]);
    // An entry that was accepted so stays without the option; but one that is edited by hand accepts no harm.
    assert!(baseline(&folder, &["write"]).stderr.contains("nothing has changed; 2 findings"));
    let text = folder.read(FILE);
    folder.file(FILE, text.replace(", safety = true", ""));
    assert_eq!(found(&folder, &[]).len(), 1);
    // Nor is a harm accepted whose words are other ones.
    folder.file(FILE, &text).file("a.md", article.replace("Some take", "Many take"));
    let (findings, ran) = check(&folder, &[]);
    assert!(findings.len() == 1 && ran.stderr.contains("any more for 1 entry"), "{findings:?} {}", ran.stderr);
}

#[test]
fn the_baseline_shows_itself() {
    let folder = adopted("show");
    folder
        .file("content/one.md", "It is is so with 5 µg.\n")
        .file("content/two.md", "We went went home that day.\n")
        .file("archive/old.md", "It was was so.\n");
    assert_eq!(baseline(&folder, &["write", "--until", "2027-01-31", "--reason", "see the ticket"]).status, 0);
    folder.rename("content/two.md", "content/three.md").file("content/pain.md", ARTICLE.replacen("the the", "the", 1));
    let shown = folder.run(&["baseline", "show", "--today", "2027-02-01", "content"]);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/baseline/show.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        std::fs::write(&golden, &shown.stdout).unwrap();
    }
    assert_eq!(shown.stdout, std::fs::read_to_string(golden).unwrap_or_default());
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""));
}

#[test]
fn the_baseline_is_found_beside_the_settings() {
    let folder = adopted("where");
    let told = |args: &[&str]| folder.run(&[&["check", "-o", "concise", "--today", TODAY], args].concat()).stdout.lines().count();
    assert_eq!(
        (told(&[]), told(&["content/pain.md"]), told(&["--no-baseline"]), told(&["--isolated", "--select", "doubled-word"])),
        (0, 0, 3, 3)
    );
    assert_eq!(told(&["--isolated", "--select", "doubled-word", "--baseline", FILE]), 0);
    let inside = folder.run_in("content", &["check", "-o", "concise", "--today", TODAY]);
    assert_eq!((inside.status, inside.stdout.as_str()), (0, ""));
    // Named in the settings, and by a folder of its own.
    folder.rename(FILE, "accepted/old.toml").file("medproof.toml", format!("baseline = 'accepted/old.toml'\n{SETTINGS}"));
    let (findings, ran) = check(&folder, &[]);
    assert!(findings.is_empty() && ran.stderr.contains("old.toml: content/pain.md is now ../content/pain.md, and"), "{}", ran.stderr);
    assert!(baseline(&folder, &["write"]).stderr.starts_with("Wrote accepted/old.toml: 3 findings"));
    assert!(folder.read("accepted/old.toml").contains("\n\"../content/pain.md\" = [\n"));
    let (findings, ran) = check(&folder, &[]);
    assert!(findings.is_empty() && !ran.stderr.contains("medproof:"), "{}", ran.stderr);
    folder.rename("content/pain.md", "away/pain").file("content/other.md", "It is so.\n");
    assert!(check(&folder, &["."]).1.stderr.contains("old.toml: nothing is found any more for 2 entries"));
    folder.rename("away/pain", "content/pain.md");
    folder.file("sub/medproof.toml", SETTINGS).file("sub/a.md", "It is is so.\n");
    assert!(baseline(&folder, &["write"]).stderr.contains("Wrote sub/medproof-baseline.toml: 1 finding"));
    assert_eq!((told(&[]), folder.read("sub/medproof-baseline.toml").matches("\"a.md\"").count()), (0, 1));
    folder.remove("accepted/old.toml");
    let missing = folder.run(&["check"]);
    assert_eq!(missing.status, 2);
    assert!(
        missing.stderr.contains("accepted/old.toml: there is no such baseline; `medproof baseline write` makes it"),
        "{}",
        missing.stderr
    );
}

#[test]
fn a_baseline_that_is_none_is_told_and_left() {
    let folder = Folder::with_settings("baseline-bad", SETTINGS);
    folder.file("a.md", "It is is so, with 5 µg.\n");
    let table: [(&[u8], &str); 6] = [
        (b"version = 2\n", "medproof-baseline.toml: this baseline has version 2, and this medproof reads version 1; it is left as it is\n"),
        (b"written = 2026-11-25\n", "this is no baseline of medproof: it says no version"),
        (b"{\"version\": 1}", "medproof-baseline.toml: line 1: "),
        (b"version = 1\n[articles]\n\"a.md\" = [\n{ rule = \"x\" },\n]\n", "medproof-baseline.toml: line 4: missing field `words`"),
        (b"version = 1\n[articles]\n\"a.md\" = [\n", "medproof-baseline.toml: line "),
        (b"# \xff", "a baseline is written in UTF-8"),
    ];
    for (bytes, told) in table {
        folder.file(FILE, bytes);
        for args in [&["check", "-o", "json=out.json"][..], &["baseline", "write"], &["baseline", "prune"], &["baseline", "show"]] {
            let ran = folder.run(args);
            assert!(ran.status == 2 && ran.stdout.is_empty() && ran.stderr.contains(told), "{args:?}: {}", ran.stderr);
        }
        assert_eq!(std::fs::read(folder.0.join(FILE)).unwrap(), bytes, "left as it is");
        assert_eq!(folder.names(), ["a.md", FILE, "medproof.toml"], "nothing half-written");
    }
    folder.remove(FILE);
    for args in [&["baseline", "prune"][..], &["baseline", "show"]] {
        let ran = folder.run(args);
        assert_eq!((ran.status, ran.stderr.contains("there is no baseline for these articles")), (2, true), "{}", ran.stderr);
    }
    let ran = folder.run(&["check", "--baseline", "none.toml"]);
    assert!(ran.status == 2 && ran.stderr.starts_with("medproof: none.toml: there is no such baseline"), "{}", ran.stderr);
    assert_eq!(folder.run(&["check", "--baseline", ".", "a.md"]).status, 2);
    for file in ["no/such/folder.toml", "a.md/b.toml"] {
        let ran = baseline(&folder, &["write", "--baseline", file]);
        assert!(ran.status == 2 && ran.stderr.contains(file), "{}", ran.stderr);
    }
    folder.file("a.md", "It is so.\n");
    assert_eq!(baseline(&folder, &["write"]).stderr, "medproof-baseline.toml: there is nothing to accept\n");
    assert_eq!(folder.names(), ["a.md", "medproof.toml"]);
    assert_eq!(folder.run(&["baseline", "write", "none.md"]).status, 2);
    assert!(folder.run(&["baseline", "write", "-"]).stderr.contains("standard input has no path"));
    assert_eq!(folder.run(&["baseline", "write", "--until", "soon"]).status, 2);
    assert!(baseline(&folder, &["write", "--until", "2026-11-24"]).stderr.contains("the day of --until is over"));
    // An absurd count asks for no memory.
    folder.file("a.md", "It is is so.\n");
    folder.file(FILE, "version = 1\n[articles]\n\"a.md\" = [{ rule = \"doubled-word\", words = \"is is\", near = \"it is is so\", count = 4000000000 }]\n");
    assert_eq!(found(&folder, &[]), [""; 0]);
}

/// A repository with the article, one that stays, and one whose name is no plain word.
fn repository(name: &str) -> Folder {
    let folder = Folder::with_settings(&format!("changes-{name}"), SETTINGS);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    folder
        .file("content/pain.md", ARTICLE)
        .file("content/stays.md", "It is is so.\n")
        .file("content/sœur µ 1.md", "It was was so.\n")
        .commit();
    folder
}

#[test]
fn a_change_is_checked_alone() {
    let folder = repository("since");
    let none = folder.run(&["check", "--changed-since", "main"]);
    assert_eq!((none.status, none.stdout.as_str(), none.stderr.as_str()), (0, "no article changed since main\n", ""));
    folder.git(&["checkout", "--quiet", "-b", "work"]);
    folder.file("content/sœur µ 1.md", "Above is one one more.\n\nIt was was so.\n").commit();
    // What comes to main afterwards is none of this change.
    folder.git(&["checkout", "--quiet", "main"]);
    folder.file("content/stays.md", "It is is so so.\n").commit();
    folder.git(&["checkout", "--quiet", "work"]);
    folder.file("content/pain.md", format!("{ARTICLE}\nTake it with the the food.\n")).file("content/untracked.md", "A new new one.\n");
    let all = [
        "content/pain.md:3 is is",
        "content/pain.md:5 the the",
        "content/pain.md:7 the the",
        "content/pain.md:9 the the",
        "content/sœur µ 1.md:1 one one",
        "content/sœur µ 1.md:3 was was",
        "content/untracked.md:1 new new",
    ];
    let (findings, ran) = check(&folder, &["--changed-since", "main"]);
    assert_eq!(findings, all);
    assert!(ran.stderr.starts_with("3 articles changed since main: "), "{}", ran.stderr);
    let is_new = |row: &Value| row["is_new"].as_bool().expect("told of each");
    assert_eq!(rows(&ran, is_new), [false, false, false, true, true, false, true]);
    let (findings, ran) = check(&folder, &["--changed-since", "main", "--new-only"]);
    assert_eq!(findings, [all[3], all[4], all[6]]);
    assert!(ran.stderr.ends_with("3 warnings (4 not new)\n"), "{}", ran.stderr);
    // From a folder inside, by paths outside of it, and by a commit's other names.
    let inside = |args: &[&str]| {
        let ran = folder.run_in("content", &[&["check", "-o", "concise"], args].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stdout.lines().count()
    };
    assert_eq!((inside(&["--changed-since", "main"]), inside(&["--changed-since", "HEAD~1", "--new-only"])), (7, 3));
    assert_eq!((inside(&["--changed-since", "HEAD"]), inside(&["../content", "--changed-since", "main~0"])), (5, 7));
    assert_eq!(inside(&["stays.md", "--changed-since", "main"]), 0);
    // The baseline holds for a change too, and nothing is called stale for what was not looked at.
    assert_eq!(folder.run(&["baseline", "write", "--today", TODAY]).status, 0);
    folder.file("content/pain.md", format!("{ARTICLE}\nTake it with the the food.\n\nWe do do so.\n")).remove("content/stays.md");
    let (findings, ran) = check(&folder, &["--changed-since", "main", "--new-only"]);
    assert_eq!(findings, ["content/pain.md:11 do do"]);
    assert!(!ran.stderr.contains("medproof:") && ran.stderr.ends_with("1 warning (7 accepted by the baseline)\n"), "{}", ran.stderr);
}

#[test]
fn a_renamed_article_is_compared_with_what_it_was() {
    let folder = repository("renamed");
    folder.git(&["mv", "content/pain.md", "content/new name.md"]);
    folder.file("content/new name.md", format!("Above is one one more.\n\n{ARTICLE}"));
    for args in [&["--changed-since", "HEAD", "--new-only"][..], &["--staged", "--new-only"]] {
        folder.git(&["add", "content/new name.md"]);
        assert_eq!(found(&folder, args), ["content/new name.md:1 one one"], "{args:?}");
    }
}

#[test]
fn what_is_staged_is_checked_as_it_is_staged() {
    let folder = repository("staged");
    let none = folder.run(&["check", "--staged"]);
    assert_eq!((none.status, none.stdout.as_str()), (0, "no article staged\n"));
    folder.file("content/pain.md", ARTICLE.replace("is is enough", "is enough enough")).file("content/gone.md", "It went went away.\n");
    folder.file("notes.rst", "It is is so.\n").git(&["add", "--all"]);
    // The folder has moved on since: mended, taken away, and one more that is not staged.
    folder.file("content/pain.md", "# Pain\n").remove("content/gone.md").file("content/later.md", "It is is so.\n");
    let staged =
        ["content/gone.md:1 went went", "content/pain.md:3 enough enough", "content/pain.md:5 the the", "content/pain.md:7 the the"];
    let (findings, ran) = check(&folder, &["--staged"]);
    assert_eq!(findings, staged);
    assert!(ran.status == 0 && ran.stderr.starts_with("2 articles staged: "), "{}", ran.stderr);
    assert_eq!(found(&folder, &["--staged", "--new-only"]), staged[..2]);
    // By the names that a hook gives, and by a glob; a file that is named is taken as it is.
    assert_eq!(found(&folder, &["--staged", "content/gone.md"]), staged[..1]);
    assert_eq!(found(&folder, &["--staged", "content/p*.md", "notes.rst"]).len(), 4);
    let inside = folder.run_in("content", &["check", "--staged", "-o", "concise"]);
    assert_eq!(inside.stdout.lines().next(), Some("gone.md:1:4 warning doubled-word: “went” stands twice"));
    // As a hook, which git gives an index of its own.
    let program = assert_cmd::cargo::cargo_bin!("medproof");
    folder.file(
        ".git/hooks/pre-commit",
        format!("#!/bin/sh\nexec '{}' check --staged --new-only -o concise --fail-on warning\n", program.display()),
    );
    folder.git(&["config", "core.hooksPath", ".git/hooks"]);
    folder.program("chmod", &["+x", ".git/hooks/pre-commit"]).status().unwrap();
    folder
        .file("content/stays.md", "It is is so.\n\nThere we we go.\n")
        .file("content/pain.md", ARTICLE)
        .file("content/gone.md", "It went away.\n");
    let commit = |message: &str| folder.program("git", &["commit", "--quiet", "--all", "--message", message]).output().unwrap();
    let refused = Ran::of(&commit("µ"));
    assert!(refused.status == 1 && refused.stderr.contains("content/stays.md:3:7 warning"), "{}", refused.stderr);
    assert_eq!(refused.stderr.matches("stands twice").count(), 1, "{}", refused.stderr);
    folder.file("content/stays.md", "It is is so.\n\nThere we go.\n");
    assert_eq!(Ran::of(&commit("µ")).status, 0);
    // Before the first commit everything is new.
    let first = Folder::with_settings("changes-first", SETTINGS);
    first.git(&["init", "--quiet"]);
    first.file("a.md", "It is is so.\n").git(&["add", "a.md"]);
    assert_eq!(found(&first, &["--staged", "--new-only"]), ["a.md:1 is is"]);
}

#[test]
fn what_git_cannot_tell_is_an_error() {
    let folder = repository("errors");
    folder.file("content/pain.md", "It is is so.\n");
    let outside = Folder::with_settings("changes-outside", SETTINGS);
    outside.file("a.md", "It is is so.\n");
    let outside_name = outside.0.join("a.md");
    let outside_name = outside_name.to_str().unwrap();
    let table: [(&[&str], &str); 9] = [
        (&["--changed-since", "none-such"], "medproof: “none-such” names no commit in this repository\n"),
        (&["--changed-since=--output=x"], "medproof: “--output=x” names no commit in this repository\n"),
        (&["--changed-since=-n"], "medproof: “-n” names no commit"),
        (&["--changed-since", "0000000000000000000000000000000000000000"], "names no commit"),
        (&["--changed-since", ""], "a value is required"),
        (&["--new-only"], "required"),
        (&["--staged", "--changed-since", "main"], "cannot be used with"),
        (&["--changed-since", "main", outside_name], "is outside of the repository"),
        (&["--staged", "-"], "git knows nothing of standard input"),
    ];
    for (args, told) in table {
        let ran = folder.run(&[&["check", "-o", "json=out.json"], args].concat());
        assert!(ran.status == 2 && ran.stdout.is_empty() && ran.stderr.contains(told), "{args:?}: {}", ran.stderr);
        assert!(!folder.names().iter().any(|name| name == "x" || name.contains("out.json")), "{args:?}");
    }
    assert!(folder.run(&["check", "--staged", outside_name]).stderr.contains("is outside of the repository"));
    let bare = outside.run(&["check", "--changed-since", "main"]);
    assert!(bare.status == 2 && bare.stderr.starts_with("medproof: git: not a git repository"), "{}", bare.stderr);
    let no_git = Ran::of(&folder.command(&["check", "--staged"]).env("PATH", folder.0.join("content")).output().unwrap());
    assert_eq!((no_git.status, no_git.stderr.as_str()), (2, "medproof: git is not installed, and what changed is asked from it\n"));
    // Nothing to check is no change that is clean.
    std::fs::create_dir(folder.0.join("empty")).unwrap();
    assert_eq!(folder.run(&["check", "empty", "--changed-since", "main"]).status, 2);
    // Histories that never met, and one that was cut off.
    folder.commit().git(&["checkout", "--quiet", "--orphan", "other"]);
    folder.commit();
    let apart = folder.run(&["check", "--changed-since", "main"]);
    assert_eq!((apart.status, apart.stderr.as_str()), (2, "medproof: “main” and HEAD have no commit in common\n"));
    let url = format!("file://{}", folder.0.display());
    outside.git(&["clone", "--quiet", "--depth=1", "--branch=main", &url, "shallow"]);
    let shallow = outside.run_in("shallow", &["check", "--changed-since", "HEAD~1"]);
    assert!(shallow.status == 2 && shallow.stderr.contains("the clone is shallow; fetch its history"), "{}", shallow.stderr);
    // A file with conflicts has no content to commit.
    let folder = repository("conflict");
    folder.git(&["checkout", "--quiet", "-b", "work"]);
    folder.file("content/stays.md", "One µ.\n").commit().git(&["checkout", "--quiet", "main"]);
    folder.file("content/stays.md", "It is is two.\n").commit();
    assert!(!folder.program("git", &["merge", "--quiet", "work"]).output().unwrap().status.success());
    let ran = folder.run(&["check", "--staged"]);
    assert!(ran.status == 2 && ran.stderr.contains("has conflicts that are not resolved"), "{}", ran.stderr);
    assert!(
        folder.run(&["check", "--changed-since", "HEAD"]).stderr.starts_with("1 article")
            || folder.run(&["check", "--changed-since", "HEAD"]).stdout.contains("1 article changed since HEAD")
    );
}

#[test]
fn outputs_are_whole_or_not_at_all() {
    let folder = Folder::with_settings("baseline-outputs", SETTINGS);
    for i in 0..12 {
        folder.file(&format!("{i:02}.md"), "It is is so, with 5 µg.\n\n".repeat(9));
    }
    let before = folder.names();
    let full = Path::new("/dev/full").exists();
    for form in medproof::report::FORMS {
        let name = form.name;
        let told = |target: &str, reason: &str| {
            let ran = folder.run(&["check", "-q", "-o", &format!("{name}={target}")]);
            assert!(ran.status == 2 && ran.stderr.contains(target) && ran.stderr.contains(reason), "{name}={target}: {}", ran.stderr);
            assert_eq!(folder.names(), before, "{name}={target}");
        };
        if full {
            told("/dev/full", "cannot be written: No space left");
        }
        told("no/such/folder.out", "cannot be written");
        told("00.md/report.out", "cannot be written");
        told(".", "cannot be written");
        let same = folder.run(&["check", "-o", &format!("{name}=x.out"), "-o", &format!("json={}/x.out", folder.0.display())]);
        assert!(same.status == 2 && same.stderr.contains("two outputs go to"), "{name}: {}", same.stderr);
        assert_eq!(folder.names(), before, "{name}");
    }
    if full {
        let ran = folder.run(&["baseline", "write", "--baseline", "/dev/full"]);
        assert!(ran.status == 2 && ran.stderr.contains("/dev/full"), "{}", ran.stderr);
        let ran = folder
            .program("sh", &["-c", "exec \"$0\" check -o json > /dev/full", assert_cmd::cargo::cargo_bin!("medproof").to_str().unwrap()]);
        let ran = Ran::of(&{ ran }.output().unwrap());
        assert!(ran.status == 2 && ran.stderr.contains("standard output: cannot be written"), "{}", ran.stderr);
    }
    let stdout = folder.run(&["check", "-o", "concise", "-o", "json=/dev/stdout"]);
    assert!(stdout.status == 2 && stdout.stderr.contains("two outputs go to"), "{}", stdout.stderr);
}

/// A disk that is full in the middle of a file, by a limit on the size of files.
#[test]
#[cfg(unix)]
fn a_disk_that_fills_up_leaves_what_was_there() {
    let folder = Folder::with_settings("baseline-disk", SETTINGS);
    for i in 0..40 {
        folder.file(&format!("{i:02}.md"), (0..40).map(|j| format!("It is is so in µ {i} and {j} of them.\n\n")).collect::<String>());
    }
    folder.file("old.json", "as it was").file(FILE, "version = 1\nwritten = 2020-01-01\n");
    let limited = |args: &str| {
        let script = format!("trap '' XFSZ; ulimit -f 8; exec \"$0\" {args}");
        let program = assert_cmd::cargo::cargo_bin!("medproof");
        Ran::of(&folder.program("sh", &["-c", &script, program.to_str().unwrap()]).output().unwrap())
    };
    let before = folder.names();
    for (args, file) in [("check -o json=old.json", "old.json"), ("baseline write", FILE)] {
        let kept = folder.read(file);
        let ran = limited(args);
        assert!(ran.status == 2 && ran.stderr.contains(&format!("{file}: cannot be written: File too large")), "{args}: {}", ran.stderr);
        assert_eq!((folder.read(file), folder.names()), (kept, before.clone()), "{args}");
    }
}

#[test]
fn a_reader_that_goes_away_stops_nothing_else() {
    let folder = Folder::with_settings("baseline-pipe", SETTINGS);
    for i in 0..80 {
        folder.file(&format!("{i:03}.md"), (0..30).map(|j| format!("It is is so in µ {i} and {j} of them.\n\n")).collect::<String>());
    }
    assert_eq!(baseline(&folder, &["write"]).status, 0);
    let forms = medproof::report::FORMS.iter().filter(|form| !form.is_binary).map(|form| vec!["check", "--no-baseline", "-o", form.name]);
    for args in forms.chain([vec!["baseline", "show"]]) {
        let piped = std::process::Stdio::piped;
        let mut child = folder.command(&args).stdout(piped()).stderr(piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(&child.wait_with_output().unwrap());
        assert!(ran.status < 2 && !ran.stderr.contains("cannot be written"), "{args:?}: {}", ran.stderr);
    }
}

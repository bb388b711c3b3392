//! The program as its users run it: arguments, exit statuses, outputs, configuration, and what it does with bad input.
#![cfg(feature = "cli")]

#[path = "support/folder.rs"]
mod folder;

use std::path::Path;
use std::process::Stdio;

use folder::{Folder, Ran};
use serde_json::Value;

/// Only this rule, so that the tests do not hang on what other rules find.
const ONE_RULE: [&str; 2] = ["--select", "doubled-word,unreadable-part,unused-ignore"];
const BAD: &str = "A dose of 5 µg is is enough.\n";
const GOOD: &str = "A dose of 5 µg is enough.\n";

fn json(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["check", "-o", "json"], &ONE_RULE[..], args].concat())
}

#[test]
fn exit_statuses_follow_the_bar() {
    let folder = Folder::new("bar");
    folder.file("bad.txt", BAD).file("good.md", GOOD);
    let status = |args: &[&str]| folder.run(&[&["check"], &ONE_RULE[..], args].concat()).status;
    assert_eq!(status(&["good.md", "--fail-on", "info"]), 0);
    assert_eq!(status(&["bad.txt"]), 0);
    assert_eq!(status(&["bad.txt", "--fail-on", "error"]), 0);
    assert_eq!(status(&["bad.txt", "--fail-on", "warning"]), 1);
    assert_eq!(status(&["bad.txt", "--fail-on", "info"]), 1);
    assert_eq!(status(&["bad.txt", "--fail-on", "never"]), 0);
    assert_eq!(status(&["none.txt", "bad.txt"]), 2);
}

#[test]
fn folders_globs_and_standard_input() {
    let folder = Folder::new("walk");
    folder
        .file("b/two.md", BAD)
        .file("b/one.txt", BAD)
        .file("a.markdown", BAD)
        .file("c/ignored.md", BAD)
        .file("c/.gitignore", "ignored.md\n");
    folder.file("picture.png", b"\x89PNG\r\n\x1a\n").file("notes.rst", BAD);
    assert_eq!(json(&folder, &[]).findings(), ["a.markdown doubled-word", "b/one.txt doubled-word", "b/two.md doubled-word"]);
    assert_eq!(json(&folder, &["b"]).findings(), ["b/one.txt doubled-word", "b/two.md doubled-word"]);
    assert_eq!(json(&folder, &["b/*.md", "./b/two.md"]).findings(), ["./b/two.md doubled-word", "b/two.md doubled-word"]);
    assert_eq!(json(&folder, &["**/*.md"]).findings(), ["b/two.md doubled-word"]);
    assert_eq!(json(&folder, &["notes.rst"]).findings(), ["notes.rst doubled-word"]);
    let nothing = json(&folder, &["*.docx"]);
    assert_eq!(
        (nothing.status, nothing.stderr.as_str()),
        (2, "medproof: *.docx: no article matches this glob\n0 articles; 1 file could not be checked\n")
    );

    let mut command = folder.command(&["check", "-", "--stdin-filename", "b/new.md", "-o", "concise", "--select", "doubled-word"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"<!-- x -->\n\nIt is *\xc2\xb5g* is is.\n").unwrap();
    let ran = Ran::of(&child.wait_with_output().unwrap());
    assert_eq!(ran.stdout, "b/new.md:3:12 warning doubled-word: “is” stands twice\n");
    folder.file("empty/readme", "");
    let nothing = folder.run(&["check", "empty"]);
    assert_eq!(
        (nothing.status, nothing.stderr.as_str()),
        (2, "medproof: nothing to check: all in empty is left out: empty/readme (the name has no ending that tells a format)\n")
    );
}

#[test]
fn the_bare_program_checks_paths() {
    let folder = Folder::new("bare");
    folder.file("bad.txt", BAD);
    assert_eq!(
        folder.run(&["bad.txt", "-o", "concise", "--select", "doubled-word"]).stdout,
        "bad.txt:1:16 warning doubled-word: “is” stands twice\n"
    );
    let help = folder.run(&[]);
    assert!(help.stderr.contains("Usage: medproof"), "{}", help.stderr);
    assert!(folder.run(&["chekc"]).stderr.contains("'check'"));
    assert!(folder.run(&["--version"]).stdout.starts_with("medproof "));
}

#[test]
fn one_bad_file_stops_no_other() {
    let folder = Folder::new("bad-input");
    folder
        .file("empty.md", "")
        .file("good.md", BAD)
        .file("binary.txt", b"\x7fELF\0\0\0")
        .file("damaged.txt", b"\xc2\xb5\xc2\xb5 is is \xff\n".as_slice());
    folder
        .file("latin.txt", b"caf\xe9 is is\n".as_slice())
        .file("deep.md", "[".repeat(100_000))
        .file("open.md", "---\ntitle: µ\n\nis is\n");
    let ran = json(&folder, &[".", "missing.md"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert_eq!(
        ran.findings(),
        [
            "damaged.txt doubled-word",
            "damaged.txt unreadable-part",
            "empty.md unreadable-part",
            "good.md doubled-word",
            "latin.txt doubled-word",
            "open.md unreadable-part",
            "open.md doubled-word"
        ]
    );
    assert!(
        ran.stderr.contains("medproof: binary.txt: the file is a program, which medproof does not read; check the text of an article\n"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("medproof: missing.md: there is no such file or folder\n"), "{}", ran.stderr);
    let value: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((value["articles"].as_array().unwrap().len(), value["summary"]["unread"].as_u64()), (6, Some(2)));
    assert!(ran.stderr.ends_with("2 files could not be checked\n"), "{}", ran.stderr);
}

#[test]
fn a_folder_of_bad_files_hides_no_good_one() {
    let folder = Folder::new("all-bad");
    let bad = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad");
    for entry in std::fs::read_dir(bad).unwrap().map(Result::unwrap) {
        folder.file(entry.file_name().to_str().unwrap(), std::fs::read(entry.path()).unwrap());
    }
    let ran = json(folder.file("good.md", BAD), &["."]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.findings().contains(&"good.md doubled-word".to_owned()), "{:?}", ran.findings());
    assert!(ran.stderr.contains("medproof: encrypted.docx: the file is not text: it is a Word or Office file with a password"));
}

#[test]
#[cfg(unix)]
fn an_unreadable_folder_and_a_full_device_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("world");
    folder.file("good.md", BAD).file("locked/in.md", BAD);
    let locked = folder.0.join("locked");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator may read everything, so there is nothing to see then.
    if std::fs::read_dir(&locked).is_err() {
        let ran = json(&folder, &["."]);
        assert_eq!((ran.status, ran.findings()), (2, vec!["good.md doubled-word".to_owned()]));
        assert!(ran.stderr.contains("locked: Permission denied"), "{}", ran.stderr);
    }
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o755)).unwrap();
    if Path::new("/dev/full").exists() {
        let ran = folder.run(&["check", "good.md", "-o", "json=/dev/full", "-o", "concise", "--select", "doubled-word"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, "good.md:1:16 warning doubled-word: “is” stands twice\n"));
        assert!(ran.stderr.contains("medproof: /dev/full: cannot be written: No space left"), "{}", ran.stderr);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new("pipe");
    for i in 0..300 {
        folder.file(&format!("{i:03}.txt"), BAD.repeat(60));
    }
    for args in [&["check", "-o", "concise"][..], &["check", "-o", "json"], &["check"], &["rule", "--all"]] {
        let mut child = folder.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(&child.wait_with_output().unwrap());
        assert!(!ran.stderr.contains("cannot be written"), "{}", ran.stderr);
    }
}

#[test]
fn outputs_go_where_they_are_sent() {
    let folder = Folder::new("outputs");
    folder.file("bad.txt", BAD).file("old.json", "old");
    let ran =
        folder.run(&["check", "bad.txt", "-o", "concise", "-o", "json=old.json", "-o", "full=report.txt", "--select", "doubled-word"]);
    assert_eq!((ran.status, ran.stdout.lines().count(), ran.stderr.lines().count()), (0, 1, 1));
    assert!(serde_json::from_str::<Value>(&folder.read("old.json")).is_ok());
    assert!(folder.read("report.txt").contains("“is” stands twice") && !folder.read("report.txt").contains('\u{1b}'));
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 4, "no temporary file is left");
    let quiet = folder.run(&["check", "bad.txt", "-o", "concise", "-q", "--select", "doubled-word"]);
    assert_eq!((quiet.stdout.lines().count(), quiet.stderr.as_str()), (1, ""));
    let same = folder.run(&["check", "bad.txt", "-o", "json=x", "-o", "full=./x"]);
    assert_eq!((same.status, same.stderr.as_str()), (2, "medproof: two outputs go to ./x; give each a path of its own\n"));
    let nowhere = folder.run(&["check", "bad.txt", "-o", "json=no/such/folder.json"]);
    assert!(nowhere.status == 2 && nowhere.stderr.contains("no/such/folder.json: cannot be written"), "{}", nowhere.stderr);
    assert_eq!(folder.run(&["check", "bad.txt", "-o", "pdf"]).status, 2);
}

#[test]
fn colours_follow_the_flag_and_the_environment() {
    let folder = Folder::new("colours");
    folder.file("bad.txt", BAD);
    let coloured = |args: &[&str], env: &[(&str, &str)]| {
        let args = [&["check", "bad.txt", "--select", "doubled-word"], args].concat();
        let output = folder.command(&args).envs(env.iter().copied()).output().unwrap();
        Ran::of(&output).stdout.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "a pipe is not coloured");
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(coloured(&[], &[("FORCE_COLOR", "1")]) && coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&[], &[("FORCE_COLOR", "0")]) && !coloured(&["--color", "never"], &[("FORCE_COLOR", "1")]));
}

#[test]
fn the_day_is_given_or_is_today() {
    let folder = Folder::new("day");
    folder.file("good.md", GOOD);
    let day = |args: &[&str], env: &[(&str, &str)]| {
        let output = folder.command(&[&["check", "good.md", "-o", "json"], args].concat()).envs(env.iter().copied()).output().unwrap();
        let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        value["today"].as_str().map(str::to_owned)
    };
    assert_eq!(day(&["--today", "2020-02-29"], &[]).as_deref(), Some("2020-02-29"));
    assert_eq!(day(&[], &[("MEDPROOF_TODAY", "2021-01-05")]).as_deref(), Some("2021-01-05"));
    assert_eq!(day(&["--today", "2020-02-29"], &[("MEDPROOF_TODAY", "2021-01-05")]).as_deref(), Some("2020-02-29"));
    assert!(day(&[], &[]).is_some_and(|day| day.as_str() >= "2026"));
    let wrong = folder.run(&["check", "--today", "31/02/2020"]);
    assert!(wrong.status == 2 && wrong.stderr.contains("YYYY-MM-DD"), "{}", wrong.stderr);
}

#[test]
fn rules_are_chosen_by_id_category_and_all() {
    let folder = Folder::new("select");
    folder.file("bad.txt", BAD);
    let found = |args: &[&str]| {
        folder.run(&[&["check", "bad.txt", "-o", "json"], args].concat()).findings().contains(&"bad.txt doubled-word".to_owned())
    };
    assert!(
        found(&["--select", "text"]) && found(&["--select", "all"]) && found(&["--select", "citations", "--extend-select", "doubled-word"])
    );
    assert!(
        !found(&["--select", "citations"]) && !found(&["--ignore", "text"]) && !found(&["--select", "all", "--ignore", "doubled-word"])
    );
    let wrong = folder.run(&["check", "bad.txt", "--select", "doubled-wrod"]);
    assert_eq!(
        (wrong.status, wrong.stderr.as_str()),
        (2, "medproof: “doubled-wrod” is no rule and no category; did you mean “doubled-word”?\n")
    );
}

#[test]
fn the_nearest_configuration_holds() {
    let folder = Folder::new("config");
    folder.file("one.md", BAD).file("deep/er/two.md", BAD).file("other/three.md", BAD);
    folder.file("medproof.toml", "select = ['doubled-word']\n[paths.\"deep/**\".severity]\ntext = 'error'\n");
    folder.file("other/medproof.toml", "select = ['doubled-word']\n[rules.doubled-word]\nallow = ['is']\n");
    let ran = folder.run(&["check", "-o", "concise"]);
    assert_eq!(
        ran.stdout,
        "deep/er/two.md:1:16 error doubled-word: “is” stands twice\none.md:1:16 warning doubled-word: “is” stands twice\n"
    );
    assert_eq!(ran.status, 1);
    let all = folder.run(&["check", "--isolated", "-o", "concise", "--select", "doubled-word"]);
    assert_eq!(all.stdout.lines().count(), 3, "{}", all.stdout);
    let one = folder.run(&["check", "--config", "other/medproof.toml", "-o", "concise"]);
    assert_eq!(one.stdout, "");
    let shown = folder.run(&["config", "deep/er/two.md", "--ignore", "citations"]);
    assert!(shown.stdout.contains("doubled-word = \"error\" # medproof.toml, paths.\"deep/**\""), "{}", shown.stdout);
    let effective = shown.stdout.replace("# ", "# effective: ");
    folder.file("effective.toml", effective);
    assert_eq!(
        folder.run(&["check", "--config", "effective.toml", "-o", "concise"]).stderr.lines().count(),
        1,
        "what is shown can be read"
    );
}

#[test]
fn presets_and_policies_are_layers() {
    let folder = Folder::new("presets");
    let undated = "# Café\n\n".to_owned() + &(0..9).map(|i| format!("Care begins early and goes on for {i} lives. ")).collect::<String>();
    folder.file("page.md", undated + "\n\nPage last reviewed: 4 May 2026\n").file("news/one.md", "# Café\n\nLast reviewed: 4 May 2016\n");
    let review = |args: &[&str]| folder.run(&[&["check", "-o", "concise", "--today", "2026-11-23"], args].concat()).stdout;
    assert_eq!(review(&["page.md"]), "");
    folder.file("medproof.toml", "policy = 'nhs'\n[paths.'news/**']\npreset = 'news'\n");
    let found = review(&[]);
    assert!(found.contains("page.md:5:1 info missing-next-review"), "{found}");
    assert!(!found.contains("review-overdue"), "the preset of the path holds: {found}");
    let shown = folder.run(&["config", "page.md"]).stdout;
    for line in [
        "# policy nhs: NHS.uk: the last review and the next one are shown",
        "\"missing-next-review\", # policy nhs\n",
        "# without \"missing-reviewer\": policy nhs\n",
        "max-months = 36 # policy nhs\n",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    // What the file says itself has more weight than what its policy brings, and the command line more than both.
    folder.file("medproof.toml", "policy = 'nhs'\nignore = ['missing-next-review']\n");
    assert_eq!(review(&["page.md"]), "");
    assert!(review(&["page.md", "--preset", "guideline"]).contains("missing-next-review"));
    assert!(!review(&["page.md", "--preset", "guideline", "--ignore", "review"]).contains("missing-next-review"));
    let wrong = folder.run(&["check", "--preset", "new"]);
    assert_eq!((wrong.status, wrong.stderr.as_str()), (2, "medproof: “new” is no preset; did you mean “news”?\n"));
}

#[test]
fn mistakes_in_a_configuration_are_told_at_their_place() {
    let folder = Folder::new("mistakes");
    folder.file("one.md", BAD);
    let table = [
        ("today = 2026-01-01", "1:1", "“today” is no setting", "--today"),
        ("# µ\nslect = ['all']", "2:1", "“slect” is no setting", "Did you mean “select”?"),
        ("# µ\npolicy = 'nsh'", "2:10", "“nsh” is no policy", "Did you mean “nhs”?"),
        ("preset = 3", "1:10", "invalid type", ""),
        ("select = 'all'", "1:10", "invalid type", ""),
        ("ignore = ['doubled-wrod']", "1:11", "“doubled-wrod” is no rule", "Did you mean “doubled-word”?"),
        ("[severity]\ntext = 'loud'", "2:8", "no severity", "“error”, “warning” or “info”"),
        ("[rules.doubled-word]\nalow = ['x']", "2:1", "unknown field `alow`", "“allow”"),
        ("[rules.doubled-word]\nallow = 3", "2:9", "invalid type", ""),
        ("[rules]\ndoubled = {}", "2:1", "“doubled” is no rule", "Did you mean “doubled-word”?"),
        ("[paths.'a[']\nignore = []", "1:8", "is no glob", ""),
        ("[paths.'a'.rules]\nreviw = 1\n", "2:1", "is no rule", ""),
        ("[[medicines]]\nname = 'µ'\nkind = 'brnd'", "3:8", "unknown variant", "“name”, “kind” and “generic”"),
        ("[[medicines]]\nname = 'Examplix'\nkind = 'brand'", "2:8", "“Examplix” is a brand without the nonproprietary name", ""),
        ("medicines = 3", "1:13", "rows [[medicines]]", ""),
        ("ignore = [", "1:11", "", ""),
    ];
    for (text, place, message, help) in table {
        folder.file("medproof.toml", text);
        let ran = folder.run(&["check", "-o", "concise"]);
        assert_eq!(ran.status, 2, "{text}\n{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("medproof.toml:{place}]")), "{text}\n{}", ran.stderr);
        assert!(ran.stderr.contains(message) && ran.stderr.contains(help), "{text}\n{}", ran.stderr);
        assert!(ran.stdout.contains("one.md:1:16"), "the rest still applies: {text}");
    }
    folder.file("medproof.toml", "This µ is no configuration\n".repeat(100));
    let ran = folder.run(&["check", "-o", "concise"]);
    assert!(
        ran.stderr.matches("error[configuration]").count() == 20 && ran.stderr.contains("more mistakes are not shown"),
        "{}",
        ran.stderr
    );
    folder.file("medproof.toml", "\u{feff}# µ\nslect = []\n");
    assert!(folder.run(&["check"]).stderr.contains("medproof.toml:2:1]"));
    folder.file("medproof.toml", b"select = ['\xff']".as_slice());
    assert!(folder.run(&["check"]).stderr.contains("written in UTF-8"));
    assert_eq!(folder.run(&["check", "--config", "none.toml"]).status, 2);
}

#[test]
fn medicines_of_a_configuration_are_read() {
    let folder = Folder::new("medicines");
    folder.file("a.md", "A dose of Examplix, 5 µg, is enough.\n");
    let row = |generic: &str| format!("[[medicines]]\nname = 'Examplix'\nkind = 'brand'\ngeneric = {generic}\n");
    folder.file("medproof.toml", row("'exampliximab'") + "[[medicines]]\nname = '5'\nkind = 'generic'\n");
    let ran = folder.run(&["parse", "a.md"]);
    assert!(ran.status == 2 && ran.stderr.contains("medproof.toml:6:8]"), "{}", ran.stderr);
    assert!(ran.stdout.contains("Medicines: 1\n  Examplix (exampliximab): line 1\n"), "the other rows are read: {}", ran.stdout);
    folder.file("medproof.toml", row("['exampliximab', 'aspirin']"));
    assert!(folder.run(&["parse", "-o", "json", "a.md"]).stdout.contains("\"exampliximab\""));
}

const RETRACTION_WATCH: &str = "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n\
    1,10.5555/a,0,Retraction,3/9/2020 0:00\n";

#[test]
fn retractions_are_read_from_a_file() {
    let folder = Folder::new("retractions");
    folder.file("a.md", "Pain (µ) [1].\n\n## References\n\n1. Able A. On pain. J Test. 2001;2:3-9. doi:10.5555/A\n");
    folder.file("watch.csv", RETRACTION_WATCH);
    let told = "“On pain” was retracted (2020-03-09)";
    let ran = folder.run(&["check", "--isolated", "--retractions", "watch.csv", "a.md"]);
    assert!(ran.stdout.contains(told) && ran.stdout.contains("2020-03-09\n"), "{}", ran.stdout);
    assert!(!folder.run(&["check", "--isolated", "a.md"]).stdout.contains(told));
    folder.file("medproof.toml", "retractions = 'watch.csv'\n");
    assert!(folder.run(&["check", "a.md"]).stdout.contains(told));
    assert!(folder.run(&["config"]).stdout.contains("# Retractions: notices about 1 work, the newest of 2020-03-09"));
    // A mistake is told at its row, and the other rows count.
    folder.file("watch.csv", format!("{RETRACTION_WATCH}2,10.5555/b,0,Vanished,3/9/2020 0:00\n"));
    let ran = folder.run(&["check", "a.md"]);
    assert!(ran.status == 2 && ran.stderr.contains("watch.csv:3:1]") && ran.stdout.contains(told), "{}", ran.stderr);
    folder.file("medproof.toml", "retractions = 'none.csv'\n");
    let ran = folder.run(&["check", "a.md"]);
    assert!(
        ran.status == 2 && ran.stderr.contains("medproof.toml:1:15]") && ran.stderr.contains("“none.csv” cannot be read"),
        "{}",
        ran.stderr
    );
    assert_eq!(folder.run(&["check", "--retractions", "none.csv", "a.md"]).status, 2);
}

#[test]
fn init_writes_a_workflow_of_this_version_once() {
    let folder = Folder::new("init-github");
    let written = folder.run(&["init", "--github"]);
    assert_eq!((written.status, written.stdout.as_str()), (0, ""), "{}", written.stderr);
    assert!(written.stderr.starts_with("Wrote ./.github/workflows/medproof.yml\n"), "{}", written.stderr);
    let workflow = folder.read(".github/workflows/medproof.yml");
    let home = env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/");
    let action = format!("uses: {home}@v{} #", env!("CARGO_PKG_VERSION"));
    assert_eq!(workflow.matches(&action).count(), 1, "{workflow}");
    assert!(!workflow.contains("VERSION"), "{workflow}");
    folder.file(".github/workflows/medproof.yml", "mine");
    let again = folder.run(&["init", "--github", "."]);
    assert_eq!((again.status, folder.read(".github/workflows/medproof.yml").as_str()), (2, "mine"), "{}", again.stderr);
    assert_eq!(folder.run(&["init", "--github", "none"]).status, 2);
    assert!(!folder.0.join("none").exists());
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new("man");
    let page = folder.run(&["man"]);
    assert!(page.status == 0 && page.stdout.contains(".SH SYNOPSIS"), "{}", page.stderr);
    assert_eq!(folder.run(&["man", "pages"]).status, 0);
    assert!(folder.read("pages/medproof.1").contains("medproof\\-check(1)"));
    assert!(folder.read("pages/medproof-check.1").contains("\\-\\-fail\\-on"));
    assert!(!folder.0.join("pages/medproof-help.1").exists());
    // A file stands where the folder should be.
    assert_eq!(folder.run(&["man", "medproof.toml"]).status, 2);
}

#[test]
fn init_writes_what_can_be_read_and_overwrites_nothing() {
    let folder = Folder::new("init");
    std::fs::remove_file(folder.0.join("medproof.toml")).unwrap();
    folder.file("one.md", BAD);
    assert_eq!(folder.run(&["init"]).status, 0);
    let again = folder.run(&["init"]);
    assert_eq!((again.status, again.stderr.as_str()), (2, "medproof: ./medproof.toml is there already, and is left as it is\n"));
    // Every line that is set when its # is taken away is valid.
    let set: String = folder
        .read("medproof.toml")
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .filter(|line| !line.starts_with(' '))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(set.contains("[[medicines]]"), "{set}");
    folder.file("medproof.toml", set);
    folder.file("retraction_watch.csv", RETRACTION_WATCH).file("medproof-baseline.toml", "version = 1\n");
    let ran = folder.run(&["check"]);
    assert!(ran.status != 2, "{}", ran.stderr);
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = Folder::new("explain");
    let list = folder.run(&["rule"]);
    assert!(list.stdout.lines().count() > 3 && list.stdout.contains("doubled-word"), "{}", list.stdout);
    let page = folder.run(&["rule", "doubled-word"]);
    assert!(page.stdout.starts_with("# doubled-word\n\ntext · warning · on by default · unsafe fix\nmeasured: "), "{}", page.stdout);
    for part in ["\noption allow = [", "## When it may be wrong", "<!-- medproof-ignore-next-line doubled-word -- the reason -->"] {
        assert!(page.stdout.contains(part), "{part} in {}", page.stdout);
    }
    assert!(folder.run(&["rule", "--all"]).stdout.contains("# unused-ignore"));
    assert_eq!(folder.run(&["rule", "none-such"]).status, 2);
    assert!(folder.run(&["completions", "bash"]).stdout.contains("_medproof"));
}

#[test]
fn parse_shows_what_is_read() {
    let folder = Folder::new("parse");
    folder.file("a.md", "Pain (µ).\n\n## References\n\n1. Able A. On pain. J Test. 2001;2:3-9.\n");
    let people = folder.run(&["parse", "a.md"]);
    assert!(people.stdout.contains("References: 1\n  1 (line 5): Able A. On pain."), "{}", people.stdout);
    let value: Value = serde_json::from_str(&folder.run(&["parse", "-o", "json", "a.md"]).stdout).unwrap();
    assert_eq!((value["references"][0]["number"].as_u64(), value["references"][0]["start"]["line"].as_u64()), (Some(1), Some(5)));
    assert!(value["style"]["name"].is_string() && value["style"]["why"].is_string());
    for key in ["citations", "review", "medicines"] {
        assert!(!value[key].is_null(), "{key}");
    }
    assert_eq!(folder.run(&["parse", "none.md"]).status, 2);
}

#[test]
fn comments_silence_findings() {
    let folder = Folder::new("comments");
    folder.file("a.md", format!("<!-- medproof-ignore-next-line doubled-word -- quoted so -->\n\n{BAD}\n{BAD}"));
    let ran = folder.run(&["check", "-o", "concise", "a.md", ONE_RULE[0], ONE_RULE[1]]);
    assert_eq!(ran.stdout, "a.md:5:16 warning doubled-word: “is” stands twice\n");
    assert!(ran.stderr.contains("1 warning (1 silenced by comments)"), "{}", ran.stderr);
}

#[test]
fn many_files_give_one_order() {
    let folder = Folder::new("order");
    for i in 0..150 {
        folder.file(&format!("{}/{i}.txt", i % 7), BAD.repeat(1 + i % 3));
    }
    let first = json(&folder, &["."]).stdout;
    assert_eq!(json(&folder, &["."]).stdout, first);
    assert_eq!(json(&folder, &["6", "5", "4", "3", "2", "1", "0"]).stdout, first);
}

//! The step that checks, and the gate: with a stand-in for medproof that keeps its arguments, and at last with medproof.

use super::job::{Job, Step};

/// Keeps its arguments one a line, and writes a little to each file that it is asked for.
const STAND_IN: &str = r#"
here=${0%/tools/*}
printf '%s\n' "$@" >"$here/arguments"
for argument in "$@"; do
    case $argument in
        json=*) printf '{\n"diagnostics": [\n],\n"summary": %s\n}\n' "$(cat "$here/sums")" >"${argument#*=}" ;;
        sarif=* | html=* | markdown=*) printf '%s\n' "${argument%%=*} of the run" >"${argument#*=}" ;;
    esac
done
echo '::error file=a.md,line=1::“µ” is wrong'
exit "$(cat "$here/code")"
"#;

const SUMS: &str = r#"{"articles":3,"unread":1,"references":20,"errors":2,"warnings":11,"infos":0,"silenced":0}"#;

fn job(name: &str, code: i32) -> Job {
    let job = Job::new(&format!("check-{name}")).with_inputs();
    std::fs::write(job.folder.join("sums"), SUMS).unwrap();
    std::fs::write(job.folder.join("code"), code.to_string()).unwrap();
    job.program("medproof", STAND_IN);
    job
}

/// The arguments that medproof got, with the folder of results as `RESULTS`.
fn arguments(job: &Job) -> Vec<String> {
    let results = regex::Regex::new(r"=[^=]*/temp/medproof-results\.\w+/").unwrap();
    let temp = job.folder.join("temp").to_str().unwrap().to_owned();
    job.read("arguments").lines().map(|line| results.replace(line, "=RESULTS/").replace(&temp, "TEMP")).collect()
}

#[test]
fn one_run_writes_all_and_never_fails() {
    let job = job("all", 1);
    let step = job.step("check.sh");
    assert_eq!(step.status, 0, "{}", step.log);
    let asked = "check --fail-on error --cache-dir TEMP/medproof-cache -o github -o json=RESULTS/medproof.json \
                 -o markdown=RESULTS/medproof.md -o sarif=RESULTS/medproof.sarif -o html=RESULTS/medproof.html -- .";
    assert_eq!(arguments(&job).join(" "), asked);
    let counts = ["exit-code", "articles", "unread", "errors", "warnings", "infos"].map(|name| step.output(name).to_owned());
    assert_eq!(counts, ["1", "3", "1", "2", "11", "0"]);
    assert!(step.log.contains("\n::error file=a.md,line=1::“µ” is wrong\n"), "{}", step.log);
    assert_eq!(job.read("summary"), "markdown of the run\n");
    for (name, text) in [("sarif-file", "sarif of the run\n"), ("report-file", "html of the run\n")] {
        assert_eq!(std::fs::read_to_string(step.output(name)).unwrap(), text);
    }
    assert!(step.output("json-file").ends_with("/medproof.json"));
}

#[test]
fn inputs_become_arguments_and_never_code() {
    let mut job = job("inputs", 0);
    job.set("INPUT_PATHS", "  two words.md \r\n\n$(touch pwned)\n`touch pwned`; touch pwned\n\"*\" 'µ' -o\n--fix")
        .set("INPUT_CONFIG", "my $HOME/settings.toml")
        .set("INPUT_BASELINE", "old; findings.json")
        .set("INPUT_TODAY", "2026-11-23")
        .set("INPUT_FAIL_ON", "never")
        .set("INPUT_FAIL_IF_EMPTY", "false")
        .set("INPUT_SARIF", "out/of it/medproof.sarif")
        .set("INPUT_REPORT", "false")
        .set("INPUT_SUMMARY", "false")
        .set("INPUT_CACHE", "false")
        .set("INPUT_ARGS", "--select=citations,references\n--preset\nnews");
    let step = job.step("check.sh");
    assert_eq!(step.status, 0, "{}", step.log);
    assert_eq!(
        arguments(&job),
        [
            "check",
            "--fail-on",
            "never",
            "--config",
            "my $HOME/settings.toml",
            "--baseline",
            "old; findings.json",
            "--today",
            "2026-11-23",
            "--allow-empty",
            "--no-cache",
            "-o",
            "github",
            "-o",
            "json=RESULTS/medproof.json",
            "-o",
            "sarif=out/of it/medproof.sarif",
            "--select=citations,references",
            "--preset",
            "news",
            "--",
            "two words.md",
            "$(touch pwned)",
            "`touch pwned`; touch pwned",
            "\"*\" 'µ' -o",
            "--fix",
        ]
    );
    assert!(!job.folder.join("workspace/pwned").exists());
    assert_eq!((step.output("sarif-file"), step.output("report-file")), ("out/of it/medproof.sarif", ""));
    assert_eq!(job.read("workspace/out/of it/medproof.sarif"), "sarif of the run\n");
    assert_eq!(job.read("summary"), "");
}

#[test]
fn without_annotations_no_text_is_a_command() {
    let mut job = job("plain", 0);
    job.set("INPUT_ANNOTATIONS", "false");
    let step = job.step("check.sh");
    assert!(arguments(&job).join(" ").contains("-o concise -o json="));
    let (_, rest) = step.log.split_once("\n::stop-commands::").expect(&step.log);
    let (token, rest) = rest.split_once('\n').unwrap();
    let (text, _) = rest.split_once(&format!("::{token}::\n")).expect(&step.log);
    assert!(token.len() > 30 && text.contains("is wrong"), "{}", step.log);
}

#[test]
fn wrong_inputs_are_refused() {
    for (input, value, told) in [
        ("INPUT_CHANGED_ONLY", "yes", "changed-only is 'yes'; it may be one of: auto true false"),
        ("INPUT_FAIL_ON", "", "fail-on is ''; it may be one of: error warning info never"),
        ("INPUT_SUMMARY", "a\n::warning::%0A", "summary is 'a%0A::warning::%250A'; it may be one of: true false"),
        ("INPUT_PATHS", " \n ", "paths is empty; name a file, a folder or a glob"),
    ] {
        let mut job = job("wrong", 0);
        let step = job.set(input, value).step("check.sh");
        assert_eq!((step.status, step.log.as_str()), (2, format!("::error title=medproof::{told}\n").as_str()));
        assert_eq!(job.read("arguments"), "");
    }
}

#[test]
fn a_run_that_breaks_off_is_told() {
    let job = job("broken", 2);
    job.program("medproof", "echo 'medproof: no such setting' >&2\nexit 2\n");
    let step = job.step("check.sh");
    assert_eq!((step.status, step.output("exit-code")), (0, "2"), "{}", step.log);
    for name in ["articles", "errors", "json-file", "sarif-file", "report-file"] {
        assert_eq!(step.output(name), "");
    }
    assert_eq!(job.read("summary"), "medproof could not finish (exit code 2); the log of the check tells why.\n");
}

#[test]
fn a_summary_stays_below_what_github_takes() {
    let job = job("long", 0);
    let script = r#"for a in "$@"; do case $a in markdown=*) yes 'a line of µ' 2>/dev/null | head -n 100000 >"${a#*=}" ;; esac; done"#;
    job.program("medproof", &format!("yes() {{ while echo \"$1\"; do :; done; }}\n{script}\n"));
    let step = job.step("check.sh");
    let summary = job.read("summary");
    assert!(summary.len() > 890_000 && summary.len() < 1_000_000, "{} {}", summary.len(), step.log);
    let (lines, end) = summary.split_once("\n\nThe summary is cut here").expect("an end");
    assert!(lines.lines().all(|line| line == "a line of µ") && end.ends_with('\n'));
}

/// A repository with two commits, of which the workspace has only as many as a runner checks out.
fn repository(name: &str, depth: &str) -> (Job, String, String) {
    let mut job = job(name, 0);
    let workspace = job.folder.join("workspace");
    job.git(&["init", "-q"]);
    job.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    for text in ["one", "two"] {
        job.write("article.md", text).git(&["add", "."]);
        job.git(&["commit", "-qm", text]);
    }
    let (base, head) = (job.git(&["rev-parse", "HEAD^"]), job.git(&["rev-parse", "HEAD"]));
    std::fs::rename(&workspace, job.folder.join("origin")).unwrap();
    std::fs::create_dir(&workspace).unwrap();
    let origin = format!("file://{}/origin", job.folder.display());
    job.git(&["clone", "-q", "--depth", depth, &origin, "."]);
    job.set("GITHUB_EVENT_NAME", "push").set("GITHUB_SHA", &head).set("EVENT_BASE", &base).set("INPUT_CHANGED_ONLY", "true");
    (job, base, head)
}

#[track_caller]
fn compares_with(job: &Job, base: &str) -> Step {
    let step = job.step("check.sh");
    let asked = arguments(job).join(" ");
    assert!(asked.contains(&format!("--changed-since {base} --new-only --allow-empty ")), "{asked}\n{}", step.log);
    step
}

/// Everything is checked, and said so.
#[track_caller]
fn takes_all(job: &Job, why: &str) {
    let step = job.step("check.sh");
    let asked = arguments(job).join(" ");
    assert!(!asked.contains("--changed-since") && !asked.contains("--allow-empty"), "{asked}");
    let told = format!("::notice title=medproof::Everything is checked, not only the change: {why}");
    assert!(step.log.contains(&told), "{}", step.log);
}

#[test]
fn a_push_is_compared_with_what_was_there_before() {
    let (job, base, _) = repository("full", "2");
    compares_with(&job, &base);
    // A shallow clone gets the commit it lacks.
    let (mut job, base, head) = repository("shallow", "1");
    compares_with(&job, &base);
    takes_all(job.set("EVENT_BASE", "0000000000000000000000000000000000000000"), "the branch is new.");
    takes_all(job.set("EVENT_BASE", ""), "the event does not tell what it is based on.");
    takes_all(job.set("EVENT_BASE", head), "its base is what is checked out.");
    takes_all(job.set("GITHUB_EVENT_NAME", "schedule"), "an event of the kind schedule changes nothing.");
    // Only changes of a pull request are looked for unasked.
    job.set("INPUT_CHANGED_ONLY", "auto").set("GITHUB_EVENT_NAME", "push").set("EVENT_BASE", base);
    let step = job.step("check.sh");
    assert!(!arguments(&job).join(" ").contains("--changed-since") && !step.log.contains("::notice"), "{}", step.log);
}

#[test]
fn a_base_that_cannot_be_had_means_everything() {
    let (mut job, ..) = repository("lost", "1");
    let lost = "1234567890123456789012345678901234567890";
    takes_all(job.set("EVENT_BASE", lost), &format!("commit {lost} is not here ("));
    // No repository at all.
    std::fs::remove_dir_all(job.folder.join("workspace/.git")).unwrap();
    std::fs::remove_dir_all(job.folder.join("origin")).unwrap();
    job.set("GIT_CEILING_DIRECTORIES", job.folder.to_str().unwrap().to_owned());
    takes_all(&job, &format!("commit {lost} is not here ("));
}

#[test]
fn a_pull_request_is_compared_with_the_parent_of_its_merge() {
    let (mut job, old, main) = repository("merge", "2");
    job.git(&["checkout", "-q", "-b", "change", &old]);
    job.write("new.md", "three").git(&["add", "."]);
    job.git(&["commit", "-qm", "three"]);
    job.git(&["checkout", "-q", "--detach", &main]);
    job.git(&["merge", "-q", "--no-edit", "change"]);
    let merge = job.git(&["rev-parse", "HEAD"]);
    job.set("GITHUB_EVENT_NAME", "pull_request").set("GITHUB_SHA", merge).set("INPUT_CHANGED_ONLY", "auto");
    // The event still tells the commit that was the tip of main when the pull request was opened.
    compares_with(job.set("EVENT_BASE", &old), &main);
    // What the author committed is checked out instead of the merge: the two part at the old commit.
    job.git(&["checkout", "-q", "change"]);
    compares_with(job.set("EVENT_BASE", &main), &old);
    job.set("INPUT_CHANGED_ONLY", "false").step("check.sh");
    assert!(!arguments(&job).join(" ").contains("--changed-since"));
}

#[test]
fn a_change_without_articles_is_told() {
    let (job, base, _) = repository("none", "2");
    std::fs::write(job.folder.join("sums"), SUMS.replace(":3", ":0").replace(":1,", ":0,")).unwrap();
    let step = compares_with(&job, &base);
    assert!(
        step.log.ends_with("::notice title=medproof::This change touches none of the articles, so nothing was checked.\n"),
        "{}",
        step.log
    );
}

#[test]
fn the_gate_passes_and_fails_by_the_exit_code() {
    for (code, status, told) in [
        ("0", 0, "Passed (fail-on: never). Found errors: 2, warnings: 1, infos: 0.\n"),
        ("1", 1, "::error title=medproof::Failed (fail-on: never). Found errors: 2, warnings: 1, infos: 0.\n"),
        ("2", 2, "::error title=medproof::The check could not be finished (exit code 2); the log of the check tells why.\n"),
        ("101", 2, "::error title=medproof::The check could not be finished (exit code 101); the log of the check tells why.\n"),
        ("", 2, "::error title=medproof::The check could not be finished (exit code missing); the log of the check tells why.\n"),
    ] {
        let mut job = Job::new("gate");
        job.set("EXIT_CODE", code).set("FAIL_ON", "never").set("ERRORS", "2").set("WARNINGS", "1").set("INFOS", "0");
        let step = job.step("gate.sh");
        assert_eq!((step.status, step.log.as_str()), (status, told));
    }
}

#[test]
fn the_counts_are_read_from_what_medproof_writes() {
    let mut job = job("counts", 0);
    let program = assert_cmd::cargo::cargo_bin!("medproof");
    // Of all that it is asked for, the JSON alone.
    let script = format!(
        "for argument in \"$@\"; do case $argument in json=*) json=$argument ;; esac; done\n\
         '{}' check --isolated --select doubled-word --fail-on info -o \"$json\" *.md none.md\n",
        program.display()
    );
    job.program("medproof", &script).write("a.md", "A dose of 5 µg is is wrong.\n").write("b.md", "A dose of 5 µg is right.\n");
    let step = job.set("INPUT_SUMMARY", "false").step("check.sh");
    let counts = ["exit-code", "articles", "unread", "errors", "warnings", "infos"].map(|name| step.output(name).to_owned());
    assert_eq!(counts, ["2", "2", "1", "0", "1", "0"], "{}", step.log);
}

/// medproof itself, in a repository whose second commit brings a mistake in.
#[test]
fn medproof_itself_writes_annotations_summary_sarif_and_report() {
    let program = assert_cmd::cargo::cargo_bin!("medproof");
    let (mut job, ..) = repository("itself", "2");
    std::fs::remove_file(job.folder.join("tools/medproof")).unwrap();
    std::os::unix::fs::symlink(program, job.folder.join("tools/medproof")).unwrap();
    job.write("medproof.toml", "").write("old.md", "A dose of 5 µg is is old.\n").git(&["add", "."]);
    job.git(&["commit", "-qm", "old"]);
    let base = job.git(&["rev-parse", "HEAD"]);
    job.write("folder/new.md", "A dose of 5 µg is is new.\n").git(&["add", "."]);
    job.git(&["commit", "-qm", "new"]);
    job.set("EVENT_BASE", base).set("INPUT_FAIL_ON", "warning").set("INPUT_TODAY", "2026-11-23");
    job.set("INPUT_ARGS", "--select=doubled-word");

    // The change alone.
    let step = job.step("check.sh");
    let got = ["exit-code", "articles", "unread", "errors", "warnings", "infos"].map(|name| step.output(name).to_owned());
    assert_eq!(got, ["1", "1", "0", "0", "1", "0"], "{}", step.log);
    let annotation = step.log.lines().find(|line| line.starts_with("::warning ")).expect(&step.log);
    assert!(annotation.contains("file=folder/new.md") && annotation.contains("line=1") && annotation.contains("“is”"), "{annotation}");
    assert!(!step.log.contains("old.md"), "{}", step.log);
    assert!(job.read("summary").contains(r"new\.md"), "{}", job.read("summary"));
    let sarif = std::fs::read_to_string(step.output("sarif-file")).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(1));
    assert!(std::fs::read_to_string(step.output("report-file")).unwrap().contains("doubled-word"));

    // Everything, and again from the cache.
    job.set("INPUT_CHANGED_ONLY", "false");
    for _ in 0..2 {
        let step = job.step("check.sh");
        assert_eq!((step.output("articles"), step.output("warnings")), ("3", "2"), "{}", step.log);
    }

    // A change that touches no article, and a folder that has none.
    let base = job.git(&["rev-parse", "HEAD"]);
    job.write("notes.rst", "none").git(&["add", "."]);
    job.git(&["commit", "-qm", "no article"]);
    job.set("INPUT_CHANGED_ONLY", "true").set("EVENT_BASE", base);
    let step = job.step("check.sh");
    assert_eq!((step.output("exit-code"), step.output("articles")), ("0", "0"), "{}", step.log);
    job.set("INPUT_CHANGED_ONLY", "false").write("empty/notes.rst", "");
    assert_eq!(job.set("INPUT_PATHS", "empty").step("check.sh").output("exit-code"), "2");
}

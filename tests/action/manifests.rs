//! What `action.yml`, the template of a workflow and the hooks of pre-commit promise.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::file;
use super::pages::{fresh, with_part};

/// An input or output of the action. `action.yml` keeps each value on one line.
pub struct Entry {
    pub name: String,
    description: String,
    pub default: String,
}

pub fn inputs() -> Vec<Entry> {
    entries("inputs", "default")
}

/// The entries of a part of `action.yml`: each has a description and one more key.
fn entries(part: &str, key: &str) -> Vec<Entry> {
    let action = file("action.yml");
    let (_, rest) = action.split_once(&format!("\n{part}:\n")).expect("the part");
    let (rows, _) = rest.split_once("\n\n").expect("its end");
    let entry = Regex::new(&format!(r#"(?m)^  ([a-z-]+):\n    description: (\S.*)\n    {key}: (?:"([^"]*)"|(\S.*))$"#)).unwrap();
    let found: Vec<Entry> = entry
        .captures_iter(rows)
        .map(|found| Entry {
            name: found[1].to_owned(),
            description: found[2].to_owned(),
            default: found.get(3).or(found.get(4)).unwrap().as_str().to_owned(),
        })
        .collect();
    assert_eq!(found.len() * 3, rows.lines().count(), "each of the {part} has one line of description and one of {key}");
    found
}

/// The environment variable that an input reaches the scripts by.
pub fn variable(input: &str) -> String {
    format!("INPUT_{}", input.to_ascii_uppercase().replace('-', "_"))
}

#[test]
fn every_input_reaches_a_script_as_environment_and_nothing_as_code() {
    let action = file("action.yml");
    let scripts = [file(".github/action/install.sh"), file(".github/action/check.sh")].concat();
    let asked: BTreeSet<&str> =
        Regex::new(r"\$\{?(INPUT_[A-Z_]+)").unwrap().captures_iter(&scripts).map(|found| found.get(1).unwrap().as_str()).collect();
    let given: BTreeSet<String> = inputs().iter().map(|input| variable(&input.name)).collect();
    assert_eq!(asked, given.iter().map(String::as_str).collect());
    for input in inputs() {
        let line = format!("        {}: ${{{{ inputs.{} }}}}\n", variable(&input.name), input.name);
        assert!(action.contains(&line), "action.yml gives {line}");
    }
    for line in action.lines().filter(|line| line.trim_start().starts_with("run:")) {
        assert!(!line.contains("${{"), "{line}");
    }
    let last = action.lines().rfind(|line| line.starts_with("    - name: "));
    assert_eq!(last, Some("    - name: Gate"), "the gate is the last step");
}

#[test]
fn other_actions_are_pinned_to_a_commit_that_is_the_same_everywhere() {
    let pinned = Regex::new(r"uses: ([\w./-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$").unwrap();
    let mut pins: BTreeMap<String, String> = BTreeMap::new();
    let workflows = ["action.yml", "src/cli/workflow.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml"];
    for path in workflows.into_iter().chain(["README.md", "docs/github-action.md"]) {
        let text = file(path);
        let uses = text.lines().filter(|line| line.trim_start_matches([' ', '-']).starts_with("uses: "));
        for line in uses.filter(|line| !line.contains("uses: ./ #") && !line.contains("/medproof@v")) {
            let found = pinned.captures(line).unwrap_or_else(|| panic!("{path}: {line}"));
            let pin = pins.entry(found[1].to_owned()).or_insert_with(|| found[2].to_owned());
            assert_eq!(*pin, found[2], "{path}: {line}");
        }
    }
}

#[test]
fn hooks_take_the_names_that_medproof_reads() {
    let hooks = file(".pre-commit-hooks.yaml");
    let pattern = hooks.lines().find_map(|line| line.strip_prefix("  files: &articles ")).expect("a pattern");
    let pattern = Regex::new(pattern).unwrap();
    let names = Regex::new(r#""([a-z]+)""#).unwrap();
    let formats = file("src/formats/mod.rs");
    let (_, by_name) = formats.split_once("pub fn by_name").expect("by_name");
    let (by_name, _) = by_name.split_once("_ => None").expect("its end");
    let mut count = 0;
    for name in names.captures_iter(by_name) {
        assert!(pattern.is_match(&format!("content/article.{}", &name[1])), "{}", &name[1]);
        count += 1;
    }
    assert_eq!(count, pattern.as_str().matches('|').count() + 1);
    for other in ["notes.rst", "md", "article.md.bak", "script.py"] {
        assert!(!pattern.is_match(other) && medproof::formats::by_name(other).is_none(), "{other}");
    }
}

#[test]
fn the_page_of_the_action_is_fresh() {
    let mut rows = String::from("| input | default | meaning |\n|---|---|---|\n");
    for Entry { name, description, default } in inputs() {
        let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
        rows += &format!("| `{name}` | {default} | {description} |\n");
    }
    let page = with_part(&file("docs/github-action.md"), "inputs", &rows);
    let mut rows = String::from("| output | meaning |\n|---|---|\n");
    for Entry { name, description, .. } in entries("outputs", "value") {
        rows += &format!("| `{name}` | {description} |\n");
    }
    let page = with_part(&page, "outputs", &rows);
    fresh("docs/github-action.md", &with_part(&page, "workflow", &format!("```yaml\n{}```\n", workflow())));
}

/// What `medproof init --github` writes.
fn workflow() -> String {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("action-init");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut medproof = std::process::Command::new(assert_cmd::cargo::cargo_bin!("medproof"));
    let written = medproof.current_dir(&folder).args(["init", "--github"]).output().unwrap();
    assert!(written.status.success());
    std::fs::read_to_string(folder.join(".github/workflows/medproof.yml")).unwrap()
}

#[test]
fn pages_name_this_version() {
    let (home, version) = (env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
    let action = format!("uses: {}@v{version}\n", home.trim_start_matches("https://github.com/"));
    let hook = format!("repo: {home}\n    rev: v{version}\n");
    for (page, text) in [("README.md", action), ("docs/github-action.md", hook)] {
        assert!(file(page).contains(&text), "{page} should have: {text}");
    }
}

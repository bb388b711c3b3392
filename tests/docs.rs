//! What is generated: the table of rules in `docs/rules.md` and in the README, that of outputs in `docs/outputs.md` and in the
//! README, the reports that the README shows, and `docs/cli.md`.
//! `BLESS=1 cargo test --test docs` writes them.
#![cfg(feature = "cli")]

#[path = "support/pages.rs"]
mod pages;

use std::fmt::Write as _;

use medproof::report::{FORMS, Form};
use medproof::rule::{Category, Entry};
use medproof::rules::RULES;

use pages::{fresh, root, with_part};

#[test]
fn the_page_of_rules_is_fresh() {
    let mut page = String::from(
        "# The rules\n\nA rule has a page that says what it flags and why, with examples; the page is its test too. \
         `medproof rule ID` prints it.\n",
    );
    for category in Category::ALL {
        let rules: Vec<&Entry> = RULES.iter().copied().filter(|entry| entry.category == category).collect();
        if !rules.is_empty() {
            let _ = write!(page, "\n## {}\n\n{}", category.name(), table(&rules, "../fixtures/rules/"));
        }
    }
    fresh("docs/rules.md", &page);
}

#[test]
fn the_readme_is_fresh() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("a README.md");
    let readme = with_part(&readme, "rules", &table(RULES, "fixtures/rules/"));
    let readme = with_part(&readme, "outputs", &outputs());
    let readme =
        with_part(&readme, "findings", &shown(EXAMPLE, &["--select", "citation-out-of-order,duplicate-reference,brand-generic-mismatch"]));
    let readme = with_part(&readme, "report", &shown(EXAMPLE, &["--output", "concise"]));
    let readme = with_part(&readme, "calendar", &shown(&["review", "--today", "2026-11-23"], &["fixtures/calendar/articles"]));
    fresh("README.md", &readme);
}

#[test]
fn the_page_of_outputs_is_fresh_and_tells_of_each() {
    let page = std::fs::read_to_string(root().join("docs/outputs.md")).expect("docs/outputs.md");
    fresh("docs/outputs.md", &with_part(&page, "outputs", &outputs()));
    for form in FORMS {
        assert!(page.contains(&format!("\n## {}\n", form.name)), "docs/outputs.md has no section on {}", form.name);
    }
}

fn outputs() -> String {
    let row = |form: &Form| format!("| `{}` | {} |\n", form.name, form.about);
    format!("| output | what it is |\n|---|---|\n{}", FORMS.iter().map(row).collect::<String>())
}

/// What the quick start of the README runs.
const EXAMPLE: &[&str] = &["check", "--today", "2026-11-23", "fixtures/articles/sleep-and-pressure.txt"];

/// A command with more options, and what it prints, as a block of code.
fn shown(command: &[&str], options: &[&str]) -> String {
    let mut medproof = std::process::Command::new(assert_cmd::cargo::cargo_bin!("medproof"));
    // Settings of folders above this one must not reach in; the articles of the calendar have their own.
    let isolated = (command[0] == "check").then_some("--isolated");
    let medproof = medproof.current_dir(root()).env_clear().args(command).args(options).args(isolated);
    let output = medproof.output().expect("a run");
    let (report, closing) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("```text\n$ medproof {} {}\n{report}{closing}```\n", command.join(" "), options.join(" "))
}

#[test]
fn the_page_of_the_command_line_is_fresh() {
    fresh("docs/cli.md", &medproof::cli::reference());
}

#[test]
fn rules_pages_and_list_agree() {
    let mut pages: Vec<String> = std::fs::read_dir(root().join("fixtures/rules"))
        .expect("fixtures/rules")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    pages.sort();
    let ids: Vec<String> = RULES.iter().map(|entry| format!("{}.md", entry.id)).collect();
    assert_eq!(pages, ids, "every rule has a page, every page a rule, and the list is in the order of the ids");
    for entry in RULES {
        assert!(entry.spec.starts_with(&format!("# {}\n\n", entry.id)), "{}: the page starts with its id", entry.id);
        assert!(!entry.summary.ends_with('.') && !entry.summary.contains(['|', '\n']), "{}: the summary is one line", entry.id);
    }
}

fn table(rules: &[&Entry], pages: &str) -> String {
    let mut out = String::from("| rule | category | severity | default | fix | what is flagged |\n|---|---|---|---|---|---|\n");
    for entry in rules {
        let Entry { id, summary, .. } = entry;
        let on = entry.standing();
        let fix = entry.fix.map_or("", |safety| safety.name());
        let _ =
            writeln!(out, "| [{id}]({pages}{id}.md) | {} | {} | {on} | {fix} | {summary} |", entry.category.name(), entry.severity.name());
    }
    out
}

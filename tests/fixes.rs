//! Fixes as they reach the files of a user: what is changed, what never is, and that a file is whole at every moment.
#![cfg(feature = "cli")]

#[path = "support/folder.rs"]
mod folder;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use folder::Folder;
use medproof::diagnostic::Safety;
use medproof::fix::{self, Draft};
use medproof::formats;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked};
use medproof::rule::Entry;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// Two safe fixes, an unsafe one, and a finding without a fix.
const BAD: &str = "# Pain — µg\r\n\r\nTake Ibuprofen with the the food, 5 mg or 10mg a day, and Ibuprofen again. 🙂\r\n";
const RULES: [&str; 2] = ["--select", "capitalized-generic,dangerous-dose,doubled-word"];

fn run(folder: &Folder, args: &[&str]) -> folder::Ran {
    folder.run(&[&["check", "--today", "2026-11-23", "-o", "concise"], &RULES[..], args].concat())
}

#[test]
fn safe_fixes_change_the_words_and_nothing_else() {
    let folder = Folder::new("safe");
    let with_mark = format!("\u{feff}{BAD}");
    folder.file("bad.md", &with_mark).file("good.md", "Take 10 mg of ibuprofen — µ.\n");
    let before = std::fs::metadata(folder.0.join("good.md")).unwrap().modified().unwrap();
    let ran = run(&folder, &["--fix", "bad.md", "good.md"]);
    let want = with_mark.replace("Ibuprofen", "ibuprofen").replace("10mg", "10 mg");
    assert_eq!(folder.read("bad.md"), want, "{}", ran.stderr);
    assert!(ran.stdout.contains("doubled-word") && !ran.stdout.contains("capitalized-generic"), "{}", ran.stdout);
    assert!(ran.stderr.contains("fixed"), "{}", ran.stderr);
    assert_eq!(std::fs::metadata(folder.0.join("good.md")).unwrap().modified().unwrap(), before);
    // The second run has nothing to do.
    run(&folder, &["--fix", "bad.md"]);
    assert_eq!(folder.read("bad.md"), want);
    run(&folder, &["--fix", "--unsafe-fixes", "bad.md"]);
    assert_eq!(folder.read("bad.md"), want.replace("the the", "the"));
}

#[test]
fn fixes_are_chosen_by_rule() {
    let folder = Folder::new("chosen");
    folder.file("bad.md", BAD);
    run(&folder, &["--fix", "--fix-only", "dangerous-dose", "bad.md"]);
    assert_eq!(folder.read("bad.md"), BAD.replace("10mg", "10 mg"));
    let ran = run(&folder, &["--fix", "--fix-only", "dangerous-doses", "bad.md"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("did you mean “dangerous-dose”"), "{}", ran.stderr);
    for args in [["--unsafe-fixes", "bad.md"], ["--fix-only=text", "bad.md"]] {
        let ran = run(&folder, &args);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("it needs --fix, --diff or --docx-track"), "{}", ran.stderr);
    }
}

#[test]
fn a_diff_is_shown_and_nothing_written() {
    let folder = Folder::new("diff");
    folder.file("sub/bad.md", BAD).file("good.md", "µ\n");
    let ran = run(&folder, &["--diff", "."]);
    assert_eq!(folder.read("sub/bad.md"), BAD);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.starts_with("--- a/sub/bad.md\n+++ b/sub/bad.md\n@@ "), "{}", ran.stdout);
    assert!(ran.stdout.contains("+Take ibuprofen with the the food, 5 mg or 10 mg a day"), "{}", ran.stdout);
    assert_eq!(run(&folder, &["--diff", "good.md"]).status, 0);
    let piped =
        folder.command(&["check", "--diff", "--isolated", "-"]).stdin(std::fs::File::open(folder.0.join("sub/bad.md")).unwrap()).output();
    assert!(String::from_utf8_lossy(&piped.unwrap().stdout).contains("+++ b/<stdin>"));
    let ran = run(&folder, &["--fix", "-"]);
    assert!(ran.status == 2 && ran.stderr.contains("standard input cannot be changed"), "{}", ran.stderr);
}

#[test]
fn a_file_that_is_no_text_in_utf_8_is_left_and_said() {
    let folder = Folder::new("encoded");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(BAD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    folder.file("bad.txt", &utf16);
    let ran = run(&folder, &["--fix", "bad.txt"]);
    assert_eq!(std::fs::read(folder.0.join("bad.txt")).unwrap(), utf16);
    assert!(ran.stderr.contains("bad.txt: its fixes are not made"), "{}", ran.stderr);
    assert!(ran.stdout.contains("capitalized-generic"), "{}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_followed() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("links");
    folder.file("real/bad.md", BAD);
    let real = folder.0.join("real/bad.md");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real/bad.md", folder.0.join("link.md")).unwrap();
    run(&folder, &["--fix", "link.md"]);
    assert!(folder.0.join("link.md").is_symlink());
    assert!(folder.read("real/bad.md").contains("ibuprofen"));
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    let left: Vec<_> = std::fs::read_dir(folder.0.join("real")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["bad.md"], "nothing is left beside the file");
}

#[test]
fn a_file_is_the_old_one_or_the_new_one_whenever_the_program_is_killed() {
    const FILES: usize = 12;
    let folder = Folder::new("killed");
    let old = BAD.repeat(40);
    let mut new = String::new();
    let names: Vec<String> = (0..FILES).map(|i| format!("{i}.md")).collect();
    let mut cut = 0;
    for round in 0..200u64 {
        names.iter().for_each(|name| {
            folder.file(name, &old);
        });
        let mut child = folder
            .command(&[&["check", "--fix", "-q", "-o", "concise", "."], &RULES[..]].concat())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if round == 0 {
            child.wait().unwrap();
            new = folder.read("0.md");
            assert!(new != old && new.contains("ibuprofen"));
            continue;
        }
        std::thread::sleep(Duration::from_micros(round * 300));
        child.kill().unwrap();
        child.wait().unwrap();
        let done = names.iter().filter(|name| {
            let text = folder.read(name);
            assert!(text == old || text == new, "{name} is neither the old nor the new one:\n{text}");
            text == new
        });
        cut += usize::from((1..FILES).contains(&done.count()));
    }
    println!("{cut} runs were cut while they wrote");
}

/// Every article of our own in every format that is a text.
#[test]
fn fixes_settle_on_whole_articles_and_leave_what_they_say() {
    let made: usize = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles")).iter().map(|path| settled(path)).sum();
    assert!(made > 20, "{made} fixes made");
}

/// `MEDPROOF_CORPUS=folder:folder cargo test --release --test fixes corpus -- --ignored --nocapture`
#[test]
#[ignore = "needs folders of articles"]
fn corpus() {
    for folder in std::env::var("MEDPROOF_CORPUS").expect("MEDPROOF_CORPUS names folders").split(':') {
        let paths = texts(Path::new(folder));
        let made: usize = paths.iter().map(|path| settled(path)).sum();
        println!("{folder}: {made} fixes made in {} articles", paths.len());
    }
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let is_text =
        |path: &PathBuf| path.extension().is_some_and(|extension| ["md", "txt", "html", "xml"].iter().any(|text| extension == *text));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(is_text).collect();
    paths.sort();
    paths
}

/// Makes the fixes of an article, first the safe ones and then all; they must settle, add no finding, and leave what is cited.
/// How many were made.
fn settled(path: &Path) -> usize {
    let (rules, lexicon) = (all_rules(), Lexicon::default());
    let name = path.display().to_string();
    let (source, document) = formats::open(name.clone(), std::fs::read(path).unwrap(), None).unwrap();
    let checked = linter::check_document(source, document, &rules, (&lexicon).into(), TODAY);
    let (old, works) = (checked.diagnostics.len(), works(&checked));
    let again = |checked: &Checked, draft: &Draft| Ok(linter::check_again(checked, draft.text.clone(), &rules, (&lexicon).into(), TODAY));
    let mut made = 0;
    for least in [Safety::Safe, Safety::Unsafe] {
        let first = linter::check_again(&checked, checked.source.text().to_owned(), &rules, (&lexicon).into(), TODAY);
        let fixed = fix::settle(first, |d| fix::is_at_least(d, least), again);
        made += fixed.made.values().sum::<usize>();
        assert!(fixed.checked.diagnostics.len() <= old, "{name}");
        assert_eq!(self::works(&fixed.checked), works, "{name}");
        let text = fixed.checked.source.text().to_owned();
        let refused = fixed.refused.clone();
        let second =
            fix::settle(fixed.checked, |d| fix::is_at_least(d, least) && !refused.contains_key(&(d.rule, d.message.clone())), again);
        assert_eq!(second.checked.source.text(), text, "{name}");
    }
    made
}

fn works(checked: &Checked) -> Vec<Vec<u32>> {
    let sorted = |numbers: &[u32]| {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    checked.article.citations.groups.iter().map(|group| sorted(&group.numbers)).collect()
}

fn all_rules() -> Vec<linter::Enabled> {
    let enabled = |&entry: &&'static Entry| linter::Enabled { entry, rule: (entry.make)(None).expect("defaults"), severity: None };
    medproof::rules::RULES.iter().map(enabled).collect()
}

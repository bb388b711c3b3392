//! Renumbering: fixtures with what becomes of them, and articles that are shuffled and put in order again.

#[cfg(feature = "cli")]
#[path = "support/folder.rs"]
mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use medproof::formats;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked};
use medproof::renumber::{Arrangement, Map, Refusal, Renumbered, Wishes, hold, renumber, rewrite};

fn read(path: &Path) -> Checked {
    let (source, document) = formats::open(path.to_string_lossy(), std::fs::read(path).unwrap(), None).unwrap();
    linter::check_document(source, document, &[], (&Lexicon::default()).into(), jiff::civil::date(2026, 1, 1))
}

fn again(checked: &Checked, text: String) -> Checked {
    linter::check_again(checked, text, &[], (&Lexicon::default()).into(), jiff::civil::date(2026, 1, 1))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// `fixtures/renumber/<name>[.assume-<number>].<format>`, with what is said and written in the file of that name with `.new`.
#[test]
fn fixtures_become_what_they_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/renumber");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for path in files(&folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension != "new")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let assumed = name.split('.').find_map(|part| part.strip_prefix("assume-")).into_iter().filter_map(|number| number.parse().ok());
        let wishes = Wishes { assume_missing: assumed.collect(), keep_duplicates: name.contains("kept"), ..Wishes::default() };
        let checked = read(&path);
        let got = match renumber(&checked, &wishes, again) {
            Err(refusal) => format!("refused: {refusal}\n"),
            Ok(Renumbered { text: None, .. }) => "nothing to do\n".to_owned(),
            Ok(Renumbered { plan, text: Some(text) }) => {
                let twice = renumber(&again(&checked, text.clone()), &wishes_again(&wishes, &plan.map()), again);
                assert!(twice.as_ref().is_ok_and(|twice| twice.text.is_none()), "{name}: twice is not once: {twice:?}");
                format!("{plan}\n\n{text}")
            }
        };
        let expected = path.with_file_name(format!("{name}.new"));
        if bless {
            std::fs::write(&expected, &got).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != got {
            wrong.push(format!("{name} becomes\n{got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The hole has a new number.
fn wishes_again(wishes: &Wishes, map: &Map) -> Wishes {
    Wishes { assume_missing: wishes.assume_missing.iter().map(|number| map.of(*number)).collect(), ..wishes.clone() }
}

/// Sentences in an article whose citations are in another order than its list: `^2` is a superscript in one format, and
/// flattened in the other.
#[test]
fn numbers_that_may_cite_are_asked_about() {
    const NAMES: [&str; 12] = ["Ruiz", "Bern", "Ek", "Olsen", "Adler", "Kim", "Coe", "Dorn", "Ong", "Foe", "Lund", "Hale"];
    let outcome = |sentence: &str, format: &str| {
        let list: String =
            (1..=12).map(|i| format!("{i}. {} P. Work {i} of ten. J Test. 20{:02};1:{i}-12.\n", NAMES[i - 1], 24 - i)).collect();
        let text =
            format!("Iron é\n\nIron helps adults.^3,4^ {sentence} Others agree.^1,5,12^ And others say so.^2^\n\nReferences\n\n{list}");
        let text = if format == "md" { text } else { text.replace('^', "") };
        let name = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("renumber-asks.{format}"));
        std::fs::write(&name, text).unwrap();
        renumber(&read(&name), &Wishes::default(), again).map(|renumbered| renumbered.text.unwrap())
    };
    for asked in [
        "It helped in the RCT^2^ too.",
        "It helped with vitamin K^2^ too.",
        "It helped in hepatitis B^12^ too.",
        "A dose of 5 mg^2^ helped too.",
        "It rose by half (95% CI 1 to 3)^2^ too.",
        "It changed Pam-Cys^5^ too.",
    ] {
        // It is refused, or the number is read as the citation that it is.
        let number = asked.split('^').nth(1).unwrap();
        let cited = asked.replace(&format!("^{number}^"), "^3^");
        for (format, cited) in [("md", cited.clone()), ("txt", cited.replace('^', ""))] {
            let got = outcome(asked, format);
            let refused = matches!(got, Err(Refusal::Doubtful(_) | Refusal::Unproved(_)));
            assert!(refused || got.as_ref().is_ok_and(|text| text.contains(&cited)), "{asked}: {got:?}");
        }
    }
    for sure in [
        "The CO^2^ fell.",
        "The area fell to 5 cm^2^ too.",
        "A mass of 5 kg/m^2^ is low.",
        "It was shown in Table^2^ too.",
        "The χ^2^ test was used.",
        "It is like vitamin B^12^ then.",
    ] {
        let text = outcome(sure, "txt");
        assert!(text.as_ref().is_ok_and(|text| text.contains(&sure.replace('^', ""))), "{sure}: {text:?}");
    }
}

#[test]
fn shuffled_articles_get_their_numbers_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let texts =
        files(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| ["txt", "md", "html", "xml"].iter().any(|x| e == *x)));
    let mut count = 0;
    for path in texts {
        for seed in 0..3 {
            let outcome = shuffle_and_renumber(&path, seed);
            count += usize::from(outcome == Outcome::Back);
            assert!(!matches!(outcome, Outcome::Wrong(_)), "{}: {outcome:?}", path.display());
        }
    }
    assert!(count >= 12, "only {count} of 60 shuffled articles come back");
}

/// `MEDPROOF_CORPUS=folder:folder cargo test --release --test renumber corpus -- --ignored --nocapture`
#[test]
#[ignore = "needs folders of articles"]
fn corpus() {
    let folders = std::env::var("MEDPROOF_CORPUS").expect("MEDPROOF_CORPUS names folders");
    for folder in folders.split(':') {
        let mut counts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in files(Path::new(folder)) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let outcome = shuffle_and_renumber(&path, 1);
            let short = format!("{outcome:?}").split(['“', '\\']).next().unwrap().chars().filter(|c| !c.is_ascii_digit()).collect();
            counts.entry(short).or_default().push(format!("{name} {outcome:?}"));
        }
        println!("== {folder}");
        for (outcome, names) in counts {
            println!("{:5} {outcome}", names.len());
            if std::env::var_os("NAMES").is_some() && outcome != "Back" {
                names.iter().for_each(|name| println!("          {name}"));
            }
        }
    }
}

/// What becomes of an article that is shuffled and renumbered.
#[derive(Debug, PartialEq)]
#[allow(dead_code, reason = "shown by Debug")]
enum Outcome {
    /// The very numbers of before.
    Back,
    /// The same works in another order, as numbers that first appear in tables may stand in several.
    Reordered,
    /// The article cannot be renumbered as it is.
    Unnumbered(Refusal),
    /// It cannot be shuffled.
    Unshuffled(Refusal),
    /// In random order its citations are read otherwise, and renumbering refuses.
    RefusedUnread(Refusal),
    Refused(Refusal),
    /// A citation cites another work than before.
    Wrong(String),
}

fn shuffle_and_renumber(path: &Path, seed: u64) -> Outcome {
    let original = read(path);
    let wishes = Wishes::default();
    let base = match renumber(&original, &wishes, again) {
        Err(refusal) => return Outcome::Unnumbered(refusal),
        Ok(Renumbered { text: None, .. }) => original,
        Ok(Renumbered { text: Some(text), .. }) => again(&original, text),
    };
    let (outcome, result) = shuffled(&base, seed);
    match (outcome, result) {
        // Once more from an order that the plan itself made.
        (Outcome::Reordered, Some(base)) => match shuffled(&base, seed + 1).0 {
            Outcome::Back => Outcome::Back,
            other => other,
        },
        (outcome, _) => outcome,
    }
}

fn shuffled(base: &Checked, seed: u64) -> (Outcome, Option<Checked>) {
    let map = permutation(base, seed);
    let text = match rewrite(base, &map, Arrangement::AsWritten) {
        Err(refusal) => return (Outcome::Unshuffled(refusal), None),
        Ok(text) => text,
    };
    let mixed = again(base, text);
    let read = hold(base, &mixed, &map);
    let renumbered = match renumber(&mixed, &Wishes::default(), again) {
        Err(refusal) if read.is_err() => return (Outcome::RefusedUnread(refusal), None),
        Err(refusal) => return (Outcome::Refused(refusal), None),
        Ok(Renumbered { text: None, .. }) => mixed,
        Ok(Renumbered { text: Some(text), .. }) => again(&mixed, text),
    };
    let outcome = match compare(base, &renumbered) {
        Err(why) => Outcome::Wrong(format!("{why}; read: {read:?}")),
        Ok(true) => Outcome::Back,
        Ok(false) => Outcome::Reordered,
    };
    (outcome, Some(renumbered))
}

/// A random order of the list, in which entries that are not cited keep theirs.
fn permutation(checked: &Checked, seed: u64) -> Map {
    let numbering = &checked.article.numbering;
    let mut numbers: Vec<u32> = numbering.listed.iter().copied().collect();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ checked.source.text().len() as u64;
    for i in (1..numbers.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        numbers.swap(i, (state >> 33) as usize % (i + 1));
    }
    let mut new: BTreeMap<u32, u32> = numbering.listed.iter().copied().zip(numbers).collect();
    let pointed = checked.article.citations.pointers.iter().filter_map(|p| checked.article.references.entries[p.entry?].number);
    let cited: BTreeSet<u32> = numbering.cited.keys().copied().chain(pointed).collect();
    let uncited: Vec<u32> = numbering.listed.iter().copied().filter(|number| !cited.contains(number)).collect();
    let mut rising: Vec<u32> = uncited.iter().map(|number| new[number]).collect();
    rising.sort_unstable();
    new.extend(uncited.into_iter().zip(rising));
    Map { new, merged: BTreeSet::new() }
}

/// Whether each citation has the same numbers; an error where it cites other works.
fn compare(before: &Checked, after: &Checked) -> Result<bool, String> {
    let works = |checked: &Checked| -> BTreeMap<u32, String> {
        checked.article.references.entries.iter().filter_map(|entry| Some((entry.number?, entry.text().to_owned()))).collect()
    };
    let (old, new) = (works(before), works(after));
    let (groups, others) = (&before.article.citations.groups, &after.article.citations.groups);
    if groups.len() != others.len() {
        return Err(format!("{} citations become {}", groups.len(), others.len()));
    }
    let mut same = old == new;
    for (group, other) in groups.iter().zip(others) {
        let cited = |numbers: &[u32], works: &BTreeMap<u32, String>| -> BTreeSet<Option<String>> {
            numbers.iter().map(|number| works.get(number).cloned()).collect()
        };
        if cited(&group.numbers, &old) != cited(&other.numbers, &new) {
            return Err(format!("“{}” becomes “{}”", before.document.words(group.place), after.document.words(other.place)));
        }
        let numbers = |numbers: &[u32]| numbers.iter().copied().collect::<BTreeSet<u32>>();
        same &= numbers(&group.numbers) == numbers(&other.numbers);
    }
    Ok(same)
}

/// The program itself: what is written, said and refused.
#[cfg(feature = "cli")]
mod program {
    use std::path::Path;

    use super::folder::{Folder, Ran};

    const LIST: &str = "## References\r\n\r\n1. Adler P. One. J Test. 2001;1:1-2.\r\n2. Bern Q. Two. J Test. 2002;2:3-4.\r\n\
                        3. Coe R. Three. J Test. 2003;3:5-6.\r\n";

    fn article(text: &str) -> String {
        format!("\u{feff}# Iron and µ\r\n\r\n{text}\r\n\r\n{LIST}")
    }

    fn renumber(folder: &Folder, args: &[&str]) -> Ran {
        folder.run(&[&["renumber"], args].concat())
    }

    #[test]
    fn a_file_is_written_once_and_the_map_told() {
        let folder = Folder::new("written");
        folder
            .file("a.md", article("Iron é helps [3]. Others agree [1, 2]."))
            .file("b.md", article("Iron é helps [1]. Others agree [2, 3]."));
        let ran = renumber(&folder, &["."]);
        assert_eq!(
            (ran.status, ran.stdout.as_str()),
            (0, "a.md: renumbered, old → new\n    3 → 1\n    1 → 2\n    2 → 3\n"),
            "{}",
            ran.stderr
        );
        assert_eq!(ran.stderr, "b.md: nothing to renumber\n");
        let written = folder.read("a.md");
        assert!(written.starts_with("\u{feff}# Iron and µ\r\n\r\nIron é helps [1]. Others agree [2, 3].\r\n"), "{written}");
        assert!(written.ends_with(
            "1. Coe R. Three. J Test. 2003;3:5-6.\r\n2. Adler P. One. J Test. 2001;1:1-2.\r\n3. Bern Q. Two. J Test. 2002;2:3-4.\r\n"
        ));
        assert_eq!(folder.names(), ["a.md", "b.md", "medproof.toml"], "nothing is left beside the files");
        let again = renumber(&folder, &["a.md"]);
        assert_eq!((again.status, again.stderr.as_str()), (0, "a.md: nothing to renumber\n"));
        assert_eq!(folder.read("a.md"), written);
    }

    #[test]
    fn a_diff_writes_nothing() {
        let folder = Folder::new("renumber-diff");
        let before = article("Iron é helps [3]. Others agree [1, 2].");
        folder.file("a.md", &before);
        let ran = renumber(&folder, &["--diff", "a.md"]);
        assert_eq!((ran.status, folder.read("a.md") == before), (1, true));
        assert!(
            ran.stdout.starts_with("--- a/a.md\n+++ b/a.md\n@@ ") && ran.stdout.contains("+Iron é helps [1]. Others agree [2, 3]."),
            "{}",
            ran.stdout
        );
        assert!(ran.stderr.contains("    3 → 1\n"), "{}", ran.stderr);
        let stdin = || std::fs::File::open(folder.0.join("a.md")).unwrap();
        let piped = Ran::of(&folder.command(&["renumber", "--format", "markdown", "--diff", "-"]).stdin(stdin()).output().unwrap());
        assert_eq!((piped.status, piped.stdout.contains("+++ b/<stdin>")), (1, true), "{}", piped.stderr);
        let piped = Ran::of(&folder.command(&["renumber", "--format", "markdown", "-"]).stdin(stdin()).output().unwrap());
        assert!(piped.status == 2 && piped.stderr.contains("standard input cannot be changed in place"), "{}", piped.stderr);
    }

    #[test]
    fn one_refusal_stops_no_other_file() {
        let folder = Folder::new("refusal");
        let hole = article("Iron é helps [4], and more so [3]. Others agree [1, 2].");
        folder.file("hole.md", &hole).file("order.md", article("Iron é helps [3]. Others agree [1, 2]."));
        let ran = renumber(&folder, &["."]);
        assert_eq!(ran.status, 2);
        assert_eq!(
            ran.stderr,
            "medproof: hole.md: not renumbered: 4 is cited and not in the list, first in line 3: “[4]”, so that nobody can tell which \
             work is meant; mend that first, or keep the number open with --assume-missing 4\n"
        );
        assert_eq!(folder.read("hole.md"), hole);
        assert!(folder.read("order.md").contains("helps [1]"));
        let ran = renumber(&folder, &["hole.md", "--assume-missing", "4"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains("    4 → 1  not in the list, kept open\n"), "{}", ran.stdout);
        assert!(folder.read("hole.md").contains("helps [1], and more so [2]. Others agree [3, 4]."));
    }

    #[test]
    fn names_are_told_by_the_user() {
        let folder = Folder::new("names");
        let list = LIST.replace("## ", "").replace('\r', "");
        folder.file("a.txt", format!("Iron é\n\nIron helps adults.3 The RCT2 was larger.1 Others say so.2,3\n\n{list}"));
        let ran = renumber(&folder, &["a.txt"]);
        assert!(ran.status == 2 && ran.stderr.contains("by --names RCT2\n"), "{}", ran.stderr);
        let ran = renumber(&folder, &["a.txt", "--names", "RCT2"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert!(folder.read("a.txt").contains("Iron helps adults.1 The RCT2 was larger.2 Others say so.1,3\n"));
    }

    #[test]
    fn what_cannot_be_renumbered_is_said_plainly() {
        let folder = Folder::new("plain");
        let uncited = article("Iron é helps.");
        let sections = format!("# A\n\n## One\n\nIron é helps [2], and so [1].\n\n{LIST}\n## Two\n\nZinc helps [1].\n\n{LIST}");
        let word = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles/gout-at-night.docx")).unwrap();
        let table: &[(&str, &[u8], &str)] = &[
            ("empty.md", b"", "it has no numbered reference list"),
            ("no-list.md", "# Iron\n\nIron é helps [2], and [1].\n".as_bytes(), "it has no numbered reference list"),
            ("no-citations.md", uncited.as_bytes(), "no numbers in its text cite"),
            (
                "names.md",
                "# Iron\n\nIron é helps (Adler, 2001). It does so often (Bern, 2002), or always (Coe, 2003).\n\n## References\n\n\
                 - Adler P. One. J Test. 2001;1:1-2.\n- Bern Q. Two. J Test. 2002;2:3-4.\n- Coe R. Three. J Test. 2003;3:5-6.\n"
                    .as_bytes(),
                "it cites by authors and years",
            ),
            ("sections.md", sections.as_bytes(), "several lists of references have numbers of their own"),
            ("word.docx", &word, "Word files are only reported on; renumber it in Word"),
            ("utf16.md", b"\xff\xfe#\x00 \x00A\x00", "the file is no text in UTF-8"),
        ];
        for (name, bytes, _) in table {
            folder.file(name, bytes);
        }
        for (name, bytes, said) in table {
            let ran = renumber(&folder, &[name]);
            assert!(ran.status == 2 && ran.stderr.contains(said), "{name}: {}", ran.stderr);
            assert_eq!(&std::fs::read(folder.0.join(name)).unwrap(), bytes, "{name}");
        }
    }
}

//! Whole articles of our own in every format, `fixtures/articles`: what is found in one is found in all, at its place.
//!
//! `BLESS=1 cargo test --test articles` makes the Word files from the Markdown and writes what is found; read the diff.

mod spans;
mod word;
mod words;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use medproof::diagnostic::Diagnostic;
use medproof::document::Format;
use medproof::formats;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked};
use word::Numbers;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// The articles, each with what it cites by in Markdown and who numbers its references in Word.
const ARTICLES: &[(&str, Numbers)] = &[
    // Raised numbers.
    ("sleep-and-pressure", Numbers::Automatic),
    // Numbers in brackets.
    ("gout-at-night", Numbers::Typed),
    // Links to the entries.
    ("her2-and-early-breast-cancer", Numbers::Automatic),
    // Footnotes.
    ("iron-without-anaemia", Numbers::Automatic),
    // Author and year.
    ("vitamin-b12-in-later-life", Numbers::Automatic),
];

/// The formats by the ends of their files' names, Markdown first.
const FORMATS: &[(&str, Format)] =
    &[("md", Format::Markdown), ("txt", Format::Text), ("html", Format::Html), ("xml", Format::Jats), ("docx", Format::Docx)];

#[test]
fn word_files_are_made_from_their_markdown() {
    for (name, numbers) in ARTICLES {
        let markdown = String::from_utf8(read(&file(name, "md"))).unwrap();
        let blessed = word::parts(&markdown, *numbers);
        assert!(word::unpack(&fresh(name, "docx")) == blessed, "{name}.docx is not made from {name}.md; BLESS=1 makes it");
    }
}

#[test]
fn every_format_finds_what_markdown_finds() {
    for (name, _) in ARTICLES {
        let twin = findings(name, FORMATS[0]);
        assert!(!twin.is_empty(), "{name} has defects");
        for format in &FORMATS[1..] {
            assert_eq!(findings(name, *format), twin, "{name}.{} beside {name}.md", format.0);
        }
    }
}

/// The rule, the message and the words of every finding.
fn findings(name: &str, (extension, format): (&str, Format)) -> Vec<[String; 3]> {
    let checked = check(name, extension);
    assert_eq!(checked.document.format, format, "{name}.{extension} is known by what it holds");
    let row = |d: &Diagnostic| [d.rule.to_owned(), words::plain(&d.message), quoted(&checked, d)];
    let mut rows: Vec<_> = checked.diagnostics.iter().map(row).collect();
    rows.sort();
    rows
}

/// Rules that point at the number before an entry, which a page with `<ol>` leaves to the browser: there they point at the
/// entry. It is the one difference between the formats.
const AT_A_NUMBER: &[&str] = &["reference-gap"];

/// The words at the place of a finding, without the number that some formats print before an entry and others keep in a tag.
fn quoted(checked: &Checked, d: &Diagnostic) -> String {
    if AT_A_NUMBER.contains(&d.rule) {
        return String::new();
    }
    let words = words::shown(checked.document.format, checked.source.slice(d.span));
    let behind = words.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ':'));
    if behind.starts_with(char::is_alphabetic) { behind.to_owned() } else { words.trim_end_matches('.').to_owned() }
}

#[test]
fn findings_stand_in_a_golden_file() {
    for (name, _) in ARTICLES {
        let path = file(name, "findings");
        let found = golden(name);
        if blessing() {
            std::fs::write(&path, &found).unwrap();
        }
        assert_eq!(String::from_utf8(read(&path)).unwrap(), found, "{name}.findings is stale; BLESS=1 writes it");
    }
}

/// The findings in the order of the Markdown, each with its place in every format.
fn golden(name: &str) -> String {
    let checked = FORMATS.iter().map(|(extension, _)| check(name, extension)).collect::<Vec<_>>();
    let mut out = String::new();
    let mut told: Vec<String> = Vec::new();
    for d in &checked[0].diagnostics {
        let title = title(d);
        let nth = told.iter().filter(|earlier| **earlier == title).count();
        writeln!(out, "{title}").unwrap();
        for (checked, (extension, _)) in checked.iter().zip(FORMATS) {
            let twin = checked.diagnostics.iter().filter(|d| self::title(d) == title).nth(nth);
            write!(out, "    {extension} {}", twin.map_or("nowhere".into(), |d| place(checked, d))).unwrap();
        }
        writeln!(out).unwrap();
        told.push(title);
    }
    out
}

fn title(d: &Diagnostic) -> String {
    format!("{} {}: {}", d.severity.name(), d.rule, words::plain(&d.message))
}

fn place(checked: &Checked, d: &Diagnostic) -> String {
    let at = checked.source.position(d.span.start);
    format!("{}:{}", at.line, at.column)
}

fn check(name: &str, extension: &str) -> Checked {
    let bytes = fresh(name, extension);
    let (source, document) = formats::open(format!("{name}.{extension}"), bytes, None).unwrap();
    assert!(document.problems.is_empty(), "{name}.{extension}: {:?}", document.problems);
    linter::check_document(source, document, &linter::default_rules(), (&Lexicon::default()).into(), TODAY)
}

/// A file of an article, as it is after blessing.
fn fresh(name: &str, extension: &str) -> Vec<u8> {
    LazyLock::force(&FRESH);
    read(&file(name, extension))
}

/// Makes the Word files under `BLESS=1`, before any test reads them.
static FRESH: LazyLock<()> = LazyLock::new(|| {
    for (name, numbers) in ARTICLES.iter().filter(|_| blessing()) {
        let markdown = String::from_utf8(read(&file(name, "md"))).unwrap();
        std::fs::write(file(name, "docx"), word::pack(&word::parts(&markdown, *numbers))).unwrap();
    }
});

fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

fn file(name: &str, extension: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles").join(format!("{name}.{extension}"))
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

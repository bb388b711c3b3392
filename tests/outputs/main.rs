//! Outputs, opened by readers that are not ours: whatever an article holds, they are well-formed and say it unchanged.
#![cfg(feature = "cli")]

mod readers;
#[path = "../support/run.rs"]
mod run;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use medproof::diagnostic::{Diagnostic, Edit, Fix, Label, Safety, Severity};
use medproof::document::Format;
use medproof::lexicon::Lexicon;
use medproof::linter;
use medproof::record::{Record, Summary};
use medproof::report::{Colour, FORMS, Facts, Form, Tally, Unread};
use medproof::rules::RULES;
use medproof::source::{Source, Span};
use proptest::prelude::*;
use support::cases;

/// Words that mean something to some reader of an output.
const PIECES: &[&str] = &[
    "µg ",
    "🙂",
    "]]>",
    "\"'",
    "<b>",
    "</script>",
    "&amp;",
    "&#10;",
    "::error::x",
    "\n::error file=a::x",
    "##[error]x",
    "%0A",
    "%",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "+1",
    "-1",
    "|",
    "`",
    "``` ",
    "[4](1)",
    "![x](y)",
    "*a*",
    "_x0041_",
    "{0}",
    "\\",
    "\u{0}",
    "\u{1b}[31m",
    "\u{85}",
    "\u{202e}",
    "\u{200f}שלום",
    "مرحبا ",
    "\u{fffe}",
    "\u{feff}",
    "https://a.b/?c=d&e ",
    "@joe #12 ",
    ",",
    ";",
    "# x",
    "- ",
    "12) x. ",
    ". 7. x",
    "word ",
    "the the ",
    "\u{2028}",
];

#[test]
fn whatever_an_article_holds_the_outputs_are_well_formed() {
    let pieces = prop::collection::vec((0..PIECES.len()).prop_map(|nth| PIECES[nth]), 1..40);
    let places = prop::collection::vec((0usize..400, 0usize..30), 1..8);
    proptest!(cases(128), |(pieces in pieces, places in places, path in 0usize..5)| {
        let path = ["a.md", "content/µ \"x\" <b>&%,:=.md", "::error::\n.txt", "=a|b`.html", "./a b.md"][path];
        Run::new(path, &pieces.concat(), Format::Markdown, &places).holds();
    });
}

#[test]
fn every_piece_is_said_unchanged() {
    let text = PIECES.concat();
    for format in [Format::Text, Format::Docx] {
        let places: Vec<(usize, usize)> = (0..30).map(|nth| (nth * 13, 17)).collect();
        Run::new("a.txt", &text, format, &places).holds();
    }
}

#[test]
fn a_run_of_nothing_is_well_formed_too() {
    let mut run = Run::new("a.md", "µ", Format::Markdown, &[]);
    run.holds();
    run.unread.clear();
    run.holds();
    run.articles.clear();
    run.holds();
}

#[test]
fn a_long_run_is_cut_to_the_worst() {
    let text = "µg of it. ".repeat(40);
    let places: Vec<(usize, usize)> = (0..30).map(|nth| (nth * 11, 4)).collect();
    let mut run = Run::new("0.md", &text, Format::Markdown, &places);
    let (record, _) = &run.articles[0];
    let named = |path: String| Record { summary: Summary { path, ..record.summary.clone() }, ..record.clone() };
    let more: Vec<_> = (1..520).map(|nth| format!("{nth}.md")).map(|path| (named(path.clone()), Source::new(path, &*text))).collect();
    run.articles.extend(more);
    for form in ["sarif", "github", "markdown"] {
        readers::read(form, &run.bytes(Form::find(form).expect("an output")), &run);
    }
    readers::are_the_worst(&run);
}

#[test]
fn places_of_a_word_file_are_told_in_words() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles/gout-at-night.docx")).expect("a file");
    let lexicon = Lexicon::default();
    let file = linter::File { name: "gout.docx".into(), bytes, format: None };
    let checked =
        linter::check_file(file, &linter::default_rules(), (&lexicon).into(), jiff::civil::date(2026, 11, 23)).expect("an article");
    let run = Run { articles: vec![(Record::of(&checked), checked.source)], unread: Vec::new() };
    run.holds();
    let said = |form: &str| String::from_utf8(run.bytes(Form::find(form).expect("an output"))).expect("UTF-8");
    assert!(said("sarif").contains(r#""logicalLocations":[{"name":"paragraph 1","fullyQualifiedName":""#));
    assert!(!said("github").contains(",line=") && said("github").contains("paragraph 1: “"), "{}", said("github"));
}

#[test]
fn a_workbook_is_the_same_on_every_run() {
    let run = || Run::new("a.md", "µ the the", Format::Markdown, &[(0, 3), (2, 5)]).bytes(Form::find("xlsx").expect("an output"));
    assert!(run() == run());
    let before_excel = Facts { today: jiff::civil::date(1896, 2, 29), rules: [].into() };
    assert!(!run::whole(Form::find("xlsx").expect("an output"), Colour::Never, &before_excel, &[], &Tally::default()).is_empty());
}

#[test]
fn the_status_is_the_same_whatever_is_written() {
    let folder = std::env::temp_dir().join(format!("medproof-outputs-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let article = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles/sleep-and-pressure.txt");
    for form in FORMS {
        let output = format!("{}={}", form.name, folder.join(form.name).display());
        let mut medproof = std::process::Command::new(assert_cmd::cargo::cargo_bin!("medproof"));
        let medproof = medproof.args(["check", "--isolated", "--quiet", "--today", "2026-11-23", "-o", &output, article]);
        assert_eq!(medproof.status().expect("a run").code(), Some(1), "{}", form.name);
        assert!(folder.join(form.name).metadata().expect("a file").len() > 100, "{}", form.name);
    }
    std::fs::remove_dir_all(folder).expect("the folder");
}

/// A run to be written.
struct Run {
    articles: Vec<(Record, Source)>,
    unread: Vec<Unread>,
}

impl Run {
    /// One article with findings at some places, which quote the words there.
    fn new(path: &str, text: &str, format: Format, places: &[(usize, usize)]) -> Self {
        let mut checked = linter::check(Source::new(path, text), format, &[], &Lexicon::default(), jiff::civil::date(2026, 11, 23));
        checked.diagnostics = places.iter().enumerate().map(|(nth, &place)| diagnostic(&checked.source, nth, place)).collect();
        let unread =
            vec![Unread { path: format!("{path}.pdf"), message: format!("no text: {}", text.chars().take(40).collect::<String>()) }];
        Self { articles: vec![(Record::of(&checked), checked.source)], unread }
    }

    fn bytes(&self, form: &Form) -> Vec<u8> {
        let facts = Facts { today: jiff::civil::date(2026, 11, 23), rules: RULES.iter().map(|entry| entry.id).collect() };
        let tally =
            Tally { articles: self.records().map(|record| record.summary.clone()).collect(), unread: self.unread.clone(), only: None };
        let articles: Vec<(&Record, &Source)> = self.articles.iter().map(|(record, source)| (record, source)).collect();
        run::whole(form, Colour::Never, &facts, &articles, &tally)
    }

    fn records(&self) -> impl Iterator<Item = &Record> {
        self.articles.iter().map(|(record, _)| record)
    }

    /// Every output can be read, and says what it was given.
    fn holds(&self) {
        // Those for people and pages have tests of their own.
        for form in FORMS.iter().filter(|form| !["full", "concise", "html", "statistics"].contains(&form.name)) {
            readers::read(form.name, &self.bytes(form), self);
        }
    }
}

fn diagnostic(source: &Source, nth: usize, (start, length): (usize, usize)) -> Diagnostic {
    let text = source.text();
    let boundary = |at: usize| (at.min(text.len())..=text.len()).find(|&at| text.is_char_boundary(at)).expect("the end");
    let start = boundary(start % (text.len() + 1));
    let span = Span::new(start, boundary(start + length));
    let words = source.slice(span);
    let severity = [Severity::Error, Severity::Warning, Severity::Info][nth % 3];
    let edit = |text: &str| Edit { span, text: text.into() };
    let fix = |edits| Fix { title: format!("Write “{words}” once"), safety: Safety::Unsafe, edits };
    Diagnostic {
        rule: RULES[nth % 7].id,
        severity,
        message: format!("{words}: “{words}” is meant"),
        span,
        labels: vec![Label { span: Span::at(0), message: format!("as {words}") }],
        help: nth.is_multiple_of(2).then(|| format!("Mend {words}")),
        data: BTreeMap::new(),
        fix: match nth % 4 {
            0 => Some(fix(vec![edit("µ")])),
            1 => Some(fix(vec![
                Edit { span: Span::at(start), text: words.into() },
                Edit { span: Span::at(span.end as usize), text: "\n".into() },
            ])),
            _ => None,
        },
    }
}

//! The reports against files in `fixtures/reports`; `BLESS=1 cargo test --test reports` writes them, read the diff.
#![cfg(feature = "cli")]

#[path = "support/run.rs"]
mod run;

use std::collections::BTreeMap;
use std::path::Path;

use medproof::diagnostic::{Datum, Diagnostic, Edit, Fix, Label, Safety, Severity};
use medproof::document::Format;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked};
use medproof::record::{Record, Sources, Summary};
use medproof::report::{Colour, Facts, Form, Tally, Unread, json};
use medproof::source::{Source, Span};
use run::whole;
use sha2::Digest;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

#[test]
fn an_article_in_every_output() {
    let checked = article();
    let record = Record::of(&checked);
    // What is read has tests of its own.
    let read = Summary { references: 2, citations: 2, style: "flattened superscript".into(), medicines: 3, ..record.summary.clone() };
    let sources = Sources { identified: 1, linked: 0, bare: 1, preprints: 0 };
    let reviewed = Summary { reviewed: Some("2020-05".into()), reviewer: Some("Ana Ruiz, MD".into()), ..read };
    let record = Record { summary: Summary { owner: Some("Team <Pain>".into()), sources, ..reviewed }, ..record };
    let unread = vec![Unread { path: "scan.pdf".into(), message: "the file is not text: it is a PDF".into() }];
    let facts = facts();
    // A workbook is read again by `tests/outputs`.
    for form in medproof::report::FORMS.iter().filter(|form| !form.is_binary) {
        let tally = Tally { articles: vec![record.summary.clone()], unread: unread.clone(), only: None };
        let bytes = whole(form, Colour::Never, &facts, &[(&record, &checked.source)], &tally);
        golden(form.name, &bytes);
    }
    let full = Form::find("full").expect("an output");
    golden("colour", &whole(full, Colour::Always, &facts, &[(&record, &checked.source)], &Tally::default()));
}

#[test]
fn json_has_every_finding_at_its_words_and_can_be_read_again() {
    let checked = article();
    let record = Record::of(&checked);
    let text = report("json", &record, &checked.source);
    let saved = json::read(&text).expect("a run");
    assert_eq!(saved.records, [record]);
    assert_eq!((saved.facts.today, saved.facts.rules), (TODAY, facts().rules));
    let file = checked.source.text();
    for remark in &saved.records[0].remarks {
        assert_eq!(file[remark.start.offset as usize..remark.end.offset as usize], remark.quote);
    }
    assert!(json::read("{\"version\": 7}").is_err_and(|error| error.to_string().contains("version 7")));
    assert!(json::read("µ").is_err());
}

#[test]
fn the_page_knows_its_script_and_obeys_no_text() {
    let script = include_str!("../src/report/html/script.js");
    let hash = format!("sha256-{}\n", base64(&sha2::Sha256::digest(script)));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/html/script.sha256");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &hash).expect("a file");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), hash, "run BLESS=1 cargo test --test reports twice");

    let evil = "</script><script>alert(1)</script>\" onclick='x' &amp; \u{1b}[1m\u{0}\u{202e}{{ version }}";
    let text = format!("# {evil}\n\nIn mice the the µ {evil} dose.\n");
    let mut checked = linter::check(Source::new(evil, text.as_str()), Format::Text, &[], &Lexicon::default(), TODAY);
    checked.diagnostics = vec![diagnostic(Span::new(2, text.len() - 2), Severity::Error, evil)];
    let record = Record::of(&checked);
    let summary = Summary { title: Some(evil.into()), owner: Some(evil.into()), reviewer: Some(evil.into()), ..record.summary.clone() };
    let page = report("html", &Record { summary, ..record }, &checked.source);
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("onclick='") && !page.contains("\" onclick") && !page.contains(['\u{0}', '\u{1b}']));
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("{{ version }}"));
    assert!(page.contains("Blocked") && page.contains(hash.trim()));
}

#[test]
fn the_page_plots_the_reviews_of_a_set_and_puts_the_worst_article_first() {
    let read = |name: &str, keys: &str| {
        let source = Source::new(name, format!("---\n{keys}\n---\n\n# µ {name}\n\nMice.\n"));
        linter::check(source, Format::Markdown, &[], &Lexicon::default(), TODAY)
    };
    let fresh = read("a.md", "last_reviewed: 2026-05-03\nnext_review: 2027-02");
    let mut stale = read("b.md", "last_reviewed: 2020-05");
    stale.diagnostics.push(diagnostic(Span::new(0, 3), Severity::Error, "anything"));
    let undated = read("c.md", "owner: Café");
    let articles = [fresh, stale, undated];
    let records: Vec<Record> = articles.iter().map(Record::of).collect();
    let pairs: Vec<(&Record, &Source)> = records.iter().zip(&articles).map(|(record, checked)| (record, &checked.source)).collect();
    let tally = Tally { articles: records.iter().map(|record| record.summary.clone()).collect(), unread: Vec::new(), only: None };
    let page = whole(Form::find("html").expect("an output"), Colour::Never, &facts(), &pairs, &tally);
    let page = String::from_utf8(page).expect("text");
    for words in ["under 1 year 1, 1 to 2 years 0", "5 years and more 1", "1 article without a date of review"] {
        assert!(page.contains(words), "{words}");
    }
    for words in ["overdue 1, November 2026 0", "February 2027 1,", "1 without a date to count from", "announced for 2027-02"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.find("id=\"a2\"") < page.find("id=\"a1\"") && page.find("id=\"a1\"") < page.find("id=\"a3\""));
}

#[test]
fn the_page_ends_with_ten_thousand_findings_and_says_so() {
    let checked = article();
    let record = Record::of(&checked);
    let remarks = record.remarks.iter().cycle().take(10_005).cloned().collect();
    let page = report("html", &Record { remarks, ..record }, &checked.source);
    assert_eq!(page.matches("class=\"finding\"").count(), 10_000);
    assert!(page.contains("5 more findings of this article are not shown"));
}

/// Bytes as Base64.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |bytes: &[u8]| {
        let bits = bytes.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - bytes.len()));
        (0..4)
            .map(move |i| if i > bytes.len() { '=' } else { char::from(LETTERS[(bits >> (18 - 6 * i)) as usize & 63]) })
            .collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[test]
fn no_span_breaks_the_full_report() {
    let texts = ["", "é", "a\r\nµ\r\n\r\nb", "日本語 𝛼 5 mg\n\n\t x\n", &"µ wide ".repeat(400), &"é".repeat(3000)];
    for text in texts {
        let length = text.len() as u32;
        for start in (0..length + 3).step_by(1 + length as usize / 40) {
            for end in [start, start + 1, start + 5, start + 400, length + 9] {
                let mut checked = linter::check(Source::new("µ.txt", text), Format::Text, &[], &Lexicon::default(), TODAY);
                let mut finding = diagnostic(Span { start, end }, Severity::Error, "anything");
                for (start, end) in [(0, 2), (length / 2, length / 2 + 3), (length, length + 1)] {
                    finding.labels.push(Label { span: Span { start, end }, message: "because".into() });
                }
                checked.diagnostics.push(finding);
                let report = report("full", &Record::of(&checked), &checked.source);
                assert!(report.contains("anything") && !report.contains("OutOfBounds"), "{start}..{end} of {text:?}:\n{report}");
                assert!(report.len() < 6000, "{start}..{end}:\n{report}");
            }
        }
    }
}

#[test]
fn repeats_of_a_rule_are_counted_for_people_and_kept_for_machines() {
    let text = "µ ".repeat(100);
    let mut checked = linter::check(Source::new("µ.txt", text.as_str()), Format::Text, &[], &Lexicon::default(), TODAY);
    let repeated = |rule: &'static str, severity, count: usize| {
        (0..count).map(move |i| Diagnostic { rule, ..diagnostic(Span::new(i * 3, i * 3 + 2), severity, "“µ” means nothing") })
    };
    let all = repeated("doubled-word", Severity::Warning, 47).chain(repeated("bare-title", Severity::Info, 20));
    checked.diagnostics = all.collect();
    let record = Record::of(&checked);
    for form in ["full", "concise"] {
        let report = report(form, &record, &checked.source);
        // Twenty findings and the line that counts the others.
        assert_eq!(report.matches("doubled-word").count(), 21, "{report}");
        assert!(report.contains("warning doubled-word: 27 more findings not shown"), "{report}");
        assert_eq!(report.matches("bare-title").count(), 20, "{report}");
    }
    assert_eq!(report("json", &record, &checked.source).matches("\"rule\":\"doubled-word\"").count(), 47);
}

#[test]
fn a_thousand_findings_in_a_large_text_take_no_time() {
    let text = "Patients (µ = 3) take it with food and water. ".repeat(22_000);
    let mut checked = linter::check(Source::new("a.txt", text), Format::Text, &[], &Lexicon::default(), TODAY);
    // Different rules, so that none is left out.
    checked.diagnostics = medproof::rules::RULES
        .iter()
        .flat_map(|entry| {
            (0..20).map(|i| Diagnostic { rule: entry.id, ..diagnostic(Span::new(i * 50_000, i * 50_000 + 8), Severity::Info, "x") })
        })
        .cycle()
        .take(1000)
        .collect();
    let start = std::time::Instant::now();
    let record = Record::of(&checked);
    for form in medproof::report::FORMS {
        let _ = whole(form, Colour::Never, &facts(), &[(&record, &checked.source)], &Tally::default());
    }
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

fn article() -> Checked {
    let wide = "The pH of blood is kept within narrow limits by buffers. ".repeat(12);
    let text = format!(
        "# Pain and its medicines\n\nAbout 5 µg 🙂 is enough in a mouse.4,5,6 Nobody knows why.\n\n{wide}In rats the the dose is 6 µg.3 {wide}\n\n\
         ## References\n\n11. Able A. On pain. J Test. 2001;2:3-9.\n12. Able A. On pain. J Test. 2001;2:3-9.\n{}",
        "x ".repeat(25)
    );
    let source = Source::new("articles/pain.md", text);
    let mut checked = linter::check(source, Format::Markdown, &[], &Lexicon::default(), TODAY);
    let find = |words: &str, nth: usize| {
        let (at, _) = checked.source.text().match_indices(words).nth(nth).expect("the words");
        Span::new(at, at + words.len())
    };
    let mut order = diagnostic(find("4,5,6", 0), Severity::Error, "“4” is cited first, before 1 to 3");
    order.help =
        Some("Number the references in the order of their first citation; this help is long enough to be wrapped to a second line".into());
    order.labels.push(Label { span: find(".3", 0), message: "3 follows here".into() });
    order.data.insert("numbers", Datum::Numbers(vec![4]));
    let mut doubled = diagnostic(find("the the", 0), Severity::Warning, "“the” stands twice");
    doubled.fix = Some(Fix {
        title: "Delete the second “the”".into(),
        safety: Safety::Unsafe,
        edits: vec![Edit { span: Span::new(doubled.span.start as usize + 3, doubled.span.end as usize), text: String::new() }],
    });
    let mut same = diagnostic(find("12. Able A. On pain. J Test. 2001;2:3-9.", 0), Severity::Warning, "entry 12 repeats entry 11");
    same.labels.push(Label { span: find("11. Able A. On pain. J Test. 2001;2:3-9.", 0), message: "the same work".into() });
    let heading = diagnostic(find("# Pain and its medicines\n\nAbout 5 µg", 0), Severity::Info, "this goes over\ntwo lines");
    let repeats =
        (0..25).map(|i| Diagnostic { rule: "unreadable-part", ..diagnostic(find("x ", i), Severity::Info, "“x” means nothing") });
    checked.diagnostics = vec![heading, order, doubled, same];
    checked.diagnostics.extend(repeats.collect::<Vec<_>>());
    checked
}

fn diagnostic(span: Span, severity: Severity, message: &str) -> Diagnostic {
    let message = message.to_owned();
    Diagnostic { rule: "doubled-word", severity, message, span, labels: Vec::new(), help: None, data: BTreeMap::new(), fix: None }
}

fn facts() -> Facts {
    Facts { today: TODAY, rules: ["doubled-word", "unreadable-part"].into() }
}

/// A whole report of one article.
fn report(form: &str, record: &Record, source: &Source) -> String {
    let tally = Tally { articles: vec![record.summary.clone()], unread: Vec::new(), only: None };
    let form = Form::find(form).expect("an output");
    String::from_utf8(whole(form, Colour::Never, &facts(), &[(record, source)], &tally)).expect("text")
}

/// Compares with `fixtures/reports/<name>.<ending>`.
fn golden(name: &str, bytes: &[u8]) {
    let ending = match name {
        "full" | "concise" | "colour" | "github" | "statistics" => "txt",
        "markdown" => "md",
        "gitlab" | "rdjson" => "json",
        "junit" | "checkstyle" => "xml",
        name => name,
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/reports").join(format!("{name}.{ending}"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
    }
    let want = std::fs::read(&path).unwrap_or_default();
    let text = String::from_utf8_lossy(bytes);
    assert!(want == bytes, "{name} differs; run BLESS=1 cargo test --test reports and read the diff:\n{text}");
}

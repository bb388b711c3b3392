//! A reader for each output.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::LazyLock;

use calamine::{Data, Reader as _, Xlsx};
use jsonschema::Validator;
use medproof::diagnostic::Severity;
use medproof::record::{Record, Remark};
use medproof::report::{Form, json};
use medproof::source::Source;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use super::Run;

pub fn read(form: &str, bytes: &[u8], run: &Run) {
    let text = || std::str::from_utf8(bytes).expect("UTF-8");
    match form {
        "json" => assert_eq!(json::read(text()).expect("a run").records.len(), run.articles.len()),
        "jsonl" => jsonl(text(), run),
        "sarif" => sarif(text(), run),
        "gitlab" => gitlab(text(), run),
        "rdjson" => rdjson(text(), run),
        "checkstyle" => checkstyle(text(), run),
        "junit" => junit(text(), run),
        "csv" => csv(text(), run),
        "xlsx" => xlsx(bytes, run),
        "github" => github(text(), run),
        "markdown" => markdown(text(), run),
        other => panic!("{other} has no reader here"),
    }
}

/// What outputs that have room for a part only must hold.
pub fn are_the_worst(run: &Run) {
    let count = |severity| remarks(run).filter(|(_, remark)| remark.severity == severity).count();
    let bytes = |form: &str| String::from_utf8(run.bytes(Form::find(form).expect("an output"))).expect("UTF-8");
    let sarif: Value = serde_json::from_str(&bytes("sarif")).expect("JSON");
    let levels = sarif["runs"][0]["results"].as_array().expect("results").iter().map(|result| result["level"].as_str().expect("a level"));
    let levels: Vec<&str> = levels.collect();
    let (errors, all) = (count(Severity::Error), remarks(run).count());
    assert!(errors > 5000 && levels.len() == 5000 && levels.iter().all(|level| *level == "error"));
    let notes = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notes[1]["message"]["text"], format!("{} more findings are not shown; the 5000 worst are", all - 5000));
    let github = bytes("github");
    let lines = |kind: &str| github.lines().filter(|line| line.starts_with(&format!("::{kind} "))).count();
    assert_eq!((lines("error"), lines("warning"), lines("notice")), (10, 10, 10));
    let left = all + run.unread.len() - 29;
    assert!(github.ends_with(&format!("::{left} more findings not shown, as GitHub takes ten of each kind\n")), "{github}");
    let markdown = bytes("markdown");
    assert!(markdown.len() < 900 << 10, "{}", markdown.len());
    let left = run.articles.len() - (markdown.matches("\n## ").count() - 1);
    assert!(left > 0 && markdown.ends_with(&format!("\nLeft out for its length: {left} articles with findings.\n")));
}

fn sarif(text: &str, run: &Run) {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| schema(include_str!("../../fixtures/schemas/sarif-2.1.0.json")));
    let log = valid(&SCHEMA, text);
    let run_out = &log["runs"][0];
    let results = run_out["results"].as_array().expect("results");
    assert_eq!(results.len(), remarks(run).count().min(5000));
    let ids: BTreeSet<&str> = run_out["tool"]["driver"]["rules"].as_array().expect("rules").iter().map(|rule| id(rule, "id")).collect();
    for rule in run_out["tool"]["driver"]["rules"].as_array().expect("rules") {
        for description in ["shortDescription", "fullDescription"] {
            let length = rule[description]["text"].as_str().expect("a text").chars().count();
            assert!((1..=1024).contains(&length), "{rule}");
        }
        assert!(!rule["help"]["text"].as_str().expect("a text").contains("## Bad"), "{rule}");
    }
    for result in results {
        assert!(ids.contains(id(result, "ruleId")), "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][key].as_u64().is_some_and(|at| at > 0), "{result}");
        }
        let uri = id(&place["artifactLocation"], "uri");
        assert!(uri.is_ascii() && !uri.contains(['\\', ' ', '<', '"', '\n']), "{uri}");
    }
    let notes = run_out["invocations"][0]["toolExecutionNotifications"].as_array().expect("notifications");
    assert!(notes.len() >= run.unread.len());
    assert_eq!(run_out["invocations"][0]["executionSuccessful"], Value::Bool(run.unread.is_empty()));
}

fn id<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().expect("a text")
}

fn gitlab(text: &str, run: &Run) {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| schema(include_str!("../../fixtures/schemas/gitlab-code-quality.json")));
    let issues = valid(&SCHEMA, text);
    let issues = issues.as_array().expect("a list");
    let prints: BTreeSet<&str> = issues.iter().map(|issue| id(issue, "fingerprint")).collect();
    assert_eq!((issues.len(), prints.len()), (remarks(run).count() + run.unread.len(), issues.len()));
}

/// Columns are bytes of the line: the words are cut out by them, and suggestions are made by them.
fn rdjson(text: &str, run: &Run) {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| schema(include_str!("../../fixtures/schemas/rdformat.json")));
    let result = valid(&SCHEMA, text);
    let rows = result["diagnostics"].as_array().expect("diagnostics");
    assert_eq!(rows.len(), remarks(run).count() + run.unread.len());
    let sources = run.articles.iter().flat_map(|(record, source)| record.remarks.iter().map(move |remark| (remark, source)));
    for (row, (remark, source)) in rows.iter().zip(sources) {
        let (start, end) = places(&row["location"]["range"], source.text());
        assert_eq!(&source.text()[start..end], remark.quote, "{row}");
        let Some(suggestion) = row.get("suggestions") else { continue };
        let (start, end) = places(&suggestion[0]["range"], source.text());
        let made = format!("{}{}{}", &source.text()[..start], id(&suggestion[0], "text"), &source.text()[end..]);
        assert_eq!(made, mended(remark, source), "{row}");
    }
}

/// The bytes of a range in lines and columns of bytes.
fn places(range: &Value, text: &str) -> (usize, usize) {
    let lines: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let at = |place: &Value| {
        let number = |key: &str| place[key].as_u64().expect("a number") as usize;
        lines[number("line") - 1] + number("column") - 1
    };
    (at(&range["start"]), at(&range["end"]))
}

/// The text after the fix, as an editor makes it.
fn mended(remark: &Remark, source: &Source) -> String {
    let mut text = source.text().to_owned();
    for edit in remark.fix.as_ref().expect("a fix").edits.iter().rev() {
        text.replace_range(source.span(edit.start, edit.end).range(), &edit.text);
    }
    text
}

fn jsonl(text: &str, run: &Run) {
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let count = |kind: &str| lines.iter().filter(|line| line["type"] == kind).count();
    let counts = (count("finding"), count("article"), count("unread"), count("summary"));
    assert_eq!(counts, (remarks(run).count(), run.articles.len(), run.unread.len(), 1));
    for (line, (record, remark)) in lines.iter().filter(|line| line["type"] == "finding").zip(remarks(run)) {
        assert_eq!((id(line, "message"), id(line, "path")), (&*remark.message, &*record.summary.path));
    }
    assert_eq!(lines.last().expect("a line")["unread"], run.unread.len());
}

fn checkstyle(text: &str, run: &Run) {
    let document = roxmltree::Document::parse(text).expect("XML");
    let errors: Vec<_> = document.descendants().filter(|node| node.has_tag_name("error")).collect();
    assert_eq!(errors.len(), remarks(run).count() + run.unread.len());
    for (node, (record, remark)) in errors.iter().zip(remarks(run)) {
        assert_eq!(node.attribute("message"), Some(&*shown(&remark.message)));
        assert_eq!(node.attribute("source"), Some(&*format!("medproof.{}", remark.rule)));
        assert_eq!(node.parent().and_then(|file| file.attribute("name")), Some(&*clean(record.summary.path.trim_start_matches("./"))));
    }
}

/// What the schema of Jenkins allows of the elements and attributes used here, as its xUnit plugin refuses any other.
const JUNIT: [(&str, &[&str], &[&str]); 6] = [
    ("testsuites", &["name"], &["testsuite"]),
    ("testsuite", &["name", "tests", "failures", "errors", "skipped"], &["testcase"]),
    ("testcase", &["classname", "name", "file"], &["error", "failure", "system-out"]),
    ("error", &["message", "type"], &[]),
    ("failure", &["message", "type"], &[]),
    ("system-out", &[], &[]),
];

/// The shape that Jenkins and GitLab ask for, and counts that are true.
fn junit(text: &str, run: &Run) {
    let document = roxmltree::Document::parse(text).expect("XML");
    let root = document.root_element();
    assert!(root.has_tag_name("testsuites"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let (_, attributes, inside) = JUNIT.iter().find(|(name, ..)| node.has_tag_name(*name)).expect("an element of the schema");
        assert!(node.attributes().all(|attribute| attributes.contains(&attribute.name())), "{node:?}");
        let children = node.children().filter(roxmltree::Node::is_element);
        assert!(children.into_iter().all(|child| inside.contains(&child.tag_name().name())), "{node:?}");
    }
    let suites: Vec<_> = root.children().filter(roxmltree::Node::is_element).collect();
    assert_eq!(suites.len(), run.articles.len() + run.unread.len());
    for suite in suites {
        assert!(suite.has_tag_name("testsuite") && suite.attribute("name").is_some());
        let tests: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        let with = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
        let count = |name: &str| suite.attribute(name).expect("a count").to_owned();
        assert_eq!((count("tests"), count("failures"), count("errors")), (tests.len().to_string(), with("failure"), with("error")));
        let keys: BTreeSet<_> = tests.iter().map(|test| (test.attribute("classname"), test.attribute("name"))).collect();
        assert_eq!(keys.len(), tests.len(), "GitLab would take two tests for one");
    }
    for (node, (_, remark)) in document.descendants().filter(|node| node.has_tag_name("failure")).zip(failures(run)) {
        assert_eq!(node.attribute("message"), Some(&*shown(&remark.message)));
        assert!(node.text().expect("a text").contains(&*shown(&remark.message)));
    }
}

fn failures(run: &Run) -> impl Iterator<Item = (&Record, &Remark)> {
    remarks(run).filter(|(_, remark)| remark.severity > Severity::Info)
}

fn csv(text: &str, run: &Run) {
    assert!(text.starts_with('\u{feff}'));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().expect("a head").get(0), Some("path"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), remarks(run).count() + run.unread.len());
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
    }
    for (row, (_, remark)) in rows.iter().zip(remarks(run)) {
        let message = shown(&remark.message);
        assert!(row[8] == message || row[8].strip_prefix('\'') == Some(&message), "{:?}", &row[8]);
        assert_eq!(row[1], remark.start.line.to_string());
    }
}

fn xlsx(bytes: &[u8], run: &Run) {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Findings", "Articles"]);
    for sheet in ["Findings", "Articles"] {
        let formulas = book.worksheet_formula(sheet).expect("a sheet");
        assert!(formulas.used_cells().next().is_none());
    }
    let sheet = book.worksheet_range("Findings").expect("a sheet");
    let rows: Vec<&[Data]> = sheet.rows().skip(1).collect();
    assert_eq!(rows.len(), remarks(run).count() + run.unread.len());
    for (row, (_, remark)) in rows.iter().zip(remarks(run)) {
        assert_eq!(row[1], Data::Float(remark.start.line.into()));
        assert_eq!(row[6], Data::String(remark.rule.into()));
        assert_eq!(row[8], Data::String(shown(&remark.message)));
    }
    let articles = book.worksheet_range("Articles").expect("a sheet");
    assert_eq!(articles.rows().count(), 1 + run.articles.len() + run.unread.len());
}

fn github(text: &str, run: &Run) {
    let commands = ["::error ", "::warning ", "::notice "];
    for line in text.lines() {
        assert!(commands.iter().any(|command| line.starts_with(command)), "{line:?}");
        let (properties, _) = line[2..].split_once("::").expect("a message");
        for property in properties.split_once(' ').expect("properties").1.split(',') {
            assert!(property.contains('=') && !property.contains(':'), "{line:?}");
        }
    }
    assert!(text.lines().count() <= 30 && !text.contains('\r'));
    // The errors come in their order, behind the files that nobody could check.
    let errors = text.lines().filter(|line| line.starts_with("::error ")).skip(run.unread.len());
    for (line, (_, remark)) in errors.zip(remarks(run).filter(|(_, remark)| remark.severity == Severity::Error)) {
        let said = line[2..].split_once("::").expect("a message").1;
        let said = said.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
        assert!(said.starts_with(&shown(&remark.message)), "{said:?}");
    }
}

/// Rendered by a Markdown parser, nothing of an article is markup.
fn markdown(text: &str, run: &Run) {
    let (mut sections, mut said) = (0, String::new());
    for event in Parser::new_ext(text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::InlineHtml(html) => assert!(["<b>", "</b>"].contains(&&*html), "{html} in {text}"),
            Event::Html(html) => panic!("{html} in {text}"),
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::List(Some(_)) | Tag::Emphasis | Tag::Strikethrough,
            ) => {
                panic!("{event:?} in {text}")
            }
            Event::Start(Tag::Heading { .. }) => sections += 1,
            Event::Text(words) => said += &words,
            Event::SoftBreak | Event::HardBreak | Event::End(_) => said.push('\n'),
            _ => {}
        }
    }
    let with_findings = run.records().filter(|record| !record.remarks.is_empty()).count();
    if with_findings < 100 {
        assert_eq!(sections, 1 + with_findings + usize::from(!run.unread.is_empty()), "{text}");
        for (_, remark) in remarks(run) {
            let message: String = shown(&remark.message).chars().take(150).collect();
            assert!(said.replace('\u{2060}', "").contains(&message), "{message:?} in {said}");
        }
    }
}

fn remarks(run: &Run) -> impl Iterator<Item = (&Record, &Remark)> {
    run.records().flat_map(|record| record.remarks.iter().map(move |remark| (record, remark)))
}

/// A message on one line, without what neither XML nor a terminal takes.
fn shown(message: &str) -> String {
    clean(&message.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn clean(text: &str) -> String {
    let is_bad = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.replace("\r\n", "\n").replace(is_bad, "\u{fffd}")
}

fn schema(text: &str) -> Validator {
    // The pattern of a language in the schema of SARIF has a stray bracket, which strict readers refuse.
    let schema = serde_json::from_str(&text.replace("{2}]?$", r"{2}\\]?$")).expect("JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

fn valid(schema: &Validator, text: &str) -> Value {
    let value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let errors: Vec<String> = schema.iter_errors(&value).take(5).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(errors.is_empty(), "{}\n{text}", errors.join("\n"));
    value
}

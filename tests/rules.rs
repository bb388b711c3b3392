//! Every rule against its specification in `fixtures/rules`: the page a user reads is the test.
//!
//! A fence `text`, `markdown`, `html` or `xml` (JATS) is an article. A fence `findings` behind it lists what the rule says about it; without
//! one the rule must be silent. A fence `fixed` gives the article after all fixes of the rule. A fence `toml` before an
//! article sets the rule's options, a fence `csv` gives a list of Retraction Watch, and a fence `json` what the world says. `BLESS=1 cargo test` writes the findings and the fixed texts; read the diff.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use medproof::diagnostic::{Diagnostic, Safety};
use medproof::document::Format;
use medproof::fix;
use medproof::formats;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Enabled, Known};
use medproof::retractions::Retractions;
use medproof::rule::Entry;
use medproof::rules::RULES;
use medproof::source::Source;
use medproof::world::World;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// Rules whose findings no known article causes.
const CAUSED_BY_NO_ARTICLE: &[&str] = &["internal-error"];

#[derive(Debug, Default)]
struct Case {
    format: String,
    article: String,
    options: String,
    retractions: String,
    world: String,
    findings: Option<String>,
    fixed: Option<String>,
}

#[test]
fn rules_do_what_their_specifications_say() {
    let blessing = std::env::var_os("BLESS").is_some();
    let mut failures = String::new();
    for entry in RULES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules").join(format!("{}.md", entry.id));
        let spec = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let cases = cases(&spec);
        let has_bad_example = cases.iter().any(|case| case.findings.is_some()) || CAUSED_BY_NO_ARTICLE.contains(&entry.id);
        assert!(has_bad_example, "{} has no bad example", entry.id);
        assert!(cases.iter().any(|case| case.findings.is_none()), "{} has no good example", entry.id);
        let mut blessed = spec.clone();
        for case in &cases {
            let (found, fixed) = outcome(entry, case);
            if let Some(want) = &case.findings {
                assert!(!case.article.is_ascii(), "{}: a bad article needs a character of two bytes before the finding", entry.id);
                blessed = bless(&blessed, case, "findings", want, &found);
            }
            if let Some(want) = &case.fixed {
                blessed = bless(&blessed, case, "fixed", want, &fixed);
            }
            let want = case.findings.as_deref().unwrap_or("");
            // A good article is silent, whatever is blessed.
            if found != want && !(blessing && case.findings.is_some()) {
                write!(failures, "\n== {} on\n{}\n-- expected\n{want}-- found\n{found}", entry.id, case.article).unwrap();
            }
            if let Some(want) = &case.fixed
                && fixed != *want
                && !blessing
            {
                write!(failures, "\n== {} fixes\n{}\n-- expected\n{want}-- got\n{fixed}", entry.id, case.article).unwrap();
            }
        }
        if blessed != spec && blessing {
            std::fs::write(&path, blessed).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// The page with another text in the fence behind an article.
fn bless(page: &str, case: &Case, fence: &str, old: &str, new: &str) -> String {
    let article = format!("```{}\n{}```", case.format, case.article);
    let after = page.find(&article).expect("the article is on the page") + article.len();
    let (head, tail) = page.split_at(after);
    format!("{head}{}", tail.replacen(&format!("```{fence}\n{old}```"), &format!("```{fence}\n{new}```"), 1))
}

fn outcome(entry: &'static Entry, case: &Case) -> (String, String) {
    let found = run(entry, case, &case.article);
    let mut report = String::new();
    for d in &found.diagnostics {
        let at = found.source.position(d.span.start);
        writeln!(report, "{}:{} {} {}: {}", at.line, at.column, d.severity.name(), d.rule, d.message).unwrap();
    }
    let wanted = |d: &Diagnostic| fix::is_at_least(d, Safety::Unsafe);
    let fixed = fix::settle(found, wanted, |_, draft| Ok(run(entry, case, &draft.text)));
    assert_eq!(fixed.refused, BTreeMap::new(), "{}: fixes left out on\n{}", entry.id, case.article);
    (report, fixed.checked.source.text().to_owned())
}

fn run(entry: &'static Entry, case: &Case, text: &str) -> linter::Checked {
    let table = (!case.options.is_empty())
        .then(|| toml::de::ValueDeserializer::parse(case.options.trim()).expect("options in the form { key = value }"));
    let rule = (entry.make)(table).unwrap_or_else(|e| panic!("{}: {e}", entry.id));
    let format = match case.format.as_str() {
        "markdown" => Format::Markdown,
        "html" => Format::Html,
        "xml" => Format::Jats,
        _ => Format::Text,
    };
    let mut rules = vec![Enabled { entry, rule, severity: None }];
    if entry.id == "unused-ignore" {
        // Whether a comment is of use is known only where the other rules run.
        let others = RULES.iter().filter(|other| other.id != entry.id);
        rules.extend(others.map(|entry| Enabled { entry, rule: (entry.make)(None).expect("defaults"), severity: None }));
    }
    let source = Source::new("article", text);
    let document = formats::parse(&source, format);
    let (retractions, bad) = if case.retractions.is_empty() { Default::default() } else { Retractions::read(&case.retractions) };
    assert_eq!(bad, [], "{}: the list of retractions", entry.id);
    let lexicon = Lexicon::default();
    let world: World = match case.world.as_str() {
        "" => World::default(),
        json => serde_json::from_str(json).unwrap_or_else(|e| panic!("{}: {e}\n{json}", entry.id)),
    };
    let known = Known { retractions: &retractions, world: &world, ..Known::from(&lexicon) };
    let mut checked = linter::check_document(source, document, &rules, known, TODAY);
    checked.diagnostics.retain(|d| d.rule == entry.id);
    for d in &checked.diagnostics {
        assert!(checked.source.text().get(d.span.range()).is_some(), "{}: span {:?} out of bounds", d.rule, d.span);
        for label in &d.labels {
            assert!(checked.source.text().get(label.span.range()).is_some(), "{}: label {:?} out of bounds", d.rule, label.span);
        }
    }
    checked
}

/// The fenced blocks of a page, gathered into cases.
fn cases(spec: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut options, mut retractions, mut world) = (String::new(), String::new(), String::new());
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        match info {
            "text" | "markdown" | "html" | "xml" => cases.push(Case {
                format: info.into(),
                article: body,
                options: std::mem::take(&mut options),
                retractions: std::mem::take(&mut retractions),
                world: std::mem::take(&mut world),
                ..Case::default()
            }),
            "toml" => options = body,
            "csv" => retractions = body,
            "json" => world = body,
            "findings" => cases.last_mut().expect("an article first").findings = Some(body),
            "fixed" => cases.last_mut().expect("an article first").fixed = Some(body),
            _ => {}
        }
    }
    cases
}

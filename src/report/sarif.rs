//! SARIF 2.1.0, as code scanning of GitHub and other viewers read it.
//!
//! GitHub shows 5,000 results of a run, by severity; so no more are written, the worst first, and a notification says how many
//! there are besides. Every rule that may have run is described, not only those that found something.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::worst::{Worst, rank};
use super::{Facts, Form, Record, Remark, Report, Tally, UNREAD, Unread, one_line, plain, sections, told};
use crate::diagnostic::{Safety, Severity};
use crate::precision::{self, Precision};
use crate::record::Mending;
use crate::rule::Entry;
use crate::rules;
use crate::source::Position;

pub const FORM: Form = Form {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning",
    reads_source: false,
    is_binary: false,
    make: |_| Box::new(Sarif::default()),
};

/// The results that GitHub shows.
const RESULTS: usize = 5000;

/// The longest description that GitHub takes, in characters.
const DESCRIPTION: usize = 1024;

/// The longest words of an article that go into a result, in bytes: GitHub takes 10 MB of a run.
const SNIPPET: usize = 1000;

/// What relative addresses are relative to.
const ROOT: &str = "%SRCROOT%";

struct Sarif {
    results: Worst<String>,
    /// The rules that found something.
    found: BTreeSet<&'static str>,
}

impl Default for Sarif {
    fn default() -> Self {
        Self { results: Worst::new(RESULTS), found: BTreeSet::new() }
    }
}

impl Report for Sarif {
    fn take(&mut self, record: &Record) {
        for remark in &record.remarks {
            self.found.insert(remark.rule);
            self.results.take(rank(remark), || result(record, remark).to_string());
        }
    }

    fn closing(&mut self, facts: &Facts, tally: &Tally) -> Vec<u8> {
        let entries = facts.rules.union(&self.found).filter_map(|id| rules::find(id));
        let driver = json!({
            "name": "medproof",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "shortDescription": { "text": env!("CARGO_PKG_DESCRIPTION") },
            "rules": entries.map(described).collect::<Vec<_>>(),
        });
        let invocation = json!({
            "executionSuccessful": tally.unread.is_empty() && !self.found.contains(rules::INTERNAL_ERROR.id),
            "toolExecutionNotifications": tally.unread.iter().map(unread).chain(self.more()).collect::<Vec<_>>(),
        });
        let root = json!({ ROOT: { "description": { "text": "The folder that medproof was started in" } } });
        let results: Vec<&str> = self.results.iter().map(String::as_str).collect();
        format!(
            "{{\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": [{{\n\
             \"tool\": {{\"driver\":{driver}}},\n\"invocations\": [{invocation}],\n\"originalUriBaseIds\": {root},\n\
             \"columnKind\": \"unicodeCodePoints\",\n\"results\": [\n{}\n],\n\"properties\": {{\"today\":\"{}\"}}\n}}]\n}}\n",
            results.join(",\n"),
            facts.today
        )
        .into_bytes()
    }
}

impl Sarif {
    /// A word on the results that are left out.
    fn more(&self) -> Option<Value> {
        let Worst { left_out, .. } = self.results;
        let text = format!("{left_out} more findings are not shown; the {RESULTS} worst are");
        (left_out > 0).then(|| json!({ "level": "note", "message": { "text": text }, "descriptor": { "id": "more-findings" } }))
    }
}

fn unread(file: &Unread) -> Value {
    json!({
        "level": "error",
        "message": { "text": file.told() },
        "descriptor": { "id": UNREAD },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(&file.path) } }],
    })
}

/// A rule with all that its page says beside the examples.
fn described(entry: &Entry) -> Value {
    let page = Page::of(entry.spec);
    let doubt = page.doubt.map(|doubt| format!("\n\n## When it may be wrong\n\n{doubt}")).unwrap_or_default();
    let id = entry.id;
    let accept = format!(
        "\n\n## How to accept a finding\n\nSay why in a comment before the line:\n\n```html\n\
         <!-- medproof-ignore-next-line {id} -- the reason -->\n```"
    );
    let help = format!("{}{doubt}", page.about);
    let problem = match entry.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    };
    json!({
        "id": id,
        "name": id,
        "shortDescription": { "text": entry.summary },
        "fullDescription": { "text": short(&one_line(page.about.split("\n\n").next().unwrap_or(entry.summary))) },
        "help": { "text": help, "markdown": format!("{help}{accept}") },
        "defaultConfiguration": { "enabled": entry.default, "level": level(entry.severity) },
        "properties": { "tags": [entry.category.name()], "precision": precision(precision::of(id)), "problem.severity": problem },
    })
}

/// The parts of a page that hold without its examples.
struct Page<'a> {
    /// What the rule flags, and why.
    about: &'a str,
    /// When a finding may be wrong.
    doubt: Option<&'a str>,
}

impl<'a> Page<'a> {
    fn of(spec: &'a str) -> Self {
        let body = spec.split_once('\n').map_or("", |(_, body)| body);
        let mut sections = body.split("\n## ");
        let about = sections.next().unwrap_or_default().trim();
        let doubt = sections.find_map(|section| section.strip_prefix("When it may be wrong\n")).map(str::trim);
        Self { about, doubt }
    }
}

/// The share of right alarms as GitHub's four words. Where hardly any were read, the share says little.
fn precision(known: Option<Precision>) -> &'static str {
    match known.map(|precision| (precision.read, precision.share())) {
        None | Some((..10, _)) => "medium",
        Some((20.., share)) if share >= 0.98 => "very-high",
        Some((_, share)) if share >= 0.9 => "high",
        Some((_, share)) if share >= 0.75 => "medium",
        Some(_) => "low",
    }
}

fn result(record: &Record, remark: &Remark) -> Value {
    let path = &record.summary.path;
    let fingerprint = remark.fingerprint(None);
    let mut location = physical(path, remark.start, remark.end);
    if remark.quote.len() <= SNIPPET {
        location["physicalLocation"]["region"]["snippet"] = json!({ "text": remark.quote });
    }
    if !record.summary.has_lines() {
        location["logicalLocations"] = json!([logical(remark)]);
    }
    let mut result = json!({
        "ruleId": remark.rule,
        "level": level(remark.severity),
        "message": { "text": unlinked(&told(remark)) },
        "locations": [location],
        "partialFingerprints": { "primaryLocationLineHash": fingerprint, "medproof/v1": fingerprint },
    });
    if !remark.labels.is_empty() {
        let related = remark.labels.iter().enumerate().map(|(i, note)| {
            let mut location = physical(path, note.start, note.end);
            location["id"] = json!(i + 1);
            location["message"] = json!({ "text": unlinked(&one_line(&note.message)) });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = remark.fix.as_ref().filter(|fix| fix.safety > Safety::Manual && !fix.edits.is_empty()) {
        result["fixes"] = json!([mending(path, fix)]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn artifact(path: &str) -> Value {
    let uri = plain::uri(path);
    if uri.starts_with("file:") { json!({ "uri": uri }) } else { json!({ "uri": uri, "uriBaseId": ROOT }) }
}

fn physical(path: &str, start: Position, end: Position) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(path), "region": region(start, end) } })
}

fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// Where a finding is in a file without lines: its headings and paragraph.
fn logical(remark: &Remark) -> Value {
    let mut sections = sections(remark);
    if sections.is_empty() {
        sections.push("text".into());
    }
    json!({ "name": sections.last(), "fullyQualifiedName": sections.join(" › "), "kind": "element" })
}

fn mending(path: &str, fix: &Mending) -> Value {
    let replacements =
        fix.edits.iter().map(|edit| json!({ "deletedRegion": region(edit.start, edit.end), "insertedContent": { "text": edit.text } }));
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": artifact(path), "replacements": replacements.collect::<Vec<_>>() }],
        "properties": { "safety": fix.safety },
    })
}

/// A message in which no `[4](1)` of an article is taken for a link.
fn unlinked(text: &str) -> String {
    if text.contains("](") { text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]") } else { text.to_owned() }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(DESCRIPTION - 1) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

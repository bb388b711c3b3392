//! The HTML report: one file that is read without scripts, mailed, printed, and looked through with filters where scripts run.
//!
//! Its parts are files of their own: `page.html` and `findings.html` are templates, in which every value is escaped;
//! `style.css` and `script.js` go into the page as they are. The page forbids itself to load anything, and to run any script
//! but its own, which it knows by `script.sha256`.

mod card;
mod finding;
mod plots;
mod scope;
mod words;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{Environment, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use super::{Facts, Form, Record, Report, Summary, Tally};
use crate::diagnostic::Severity;
use crate::record::RuleId;

pub const FORM: Form = Form {
    name: "html",
    about: "a page to read, print and mail",
    reads_source: false,
    is_binary: false,
    make: |_| Box::new(Html { templates: templates(), articles: Vec::new(), shown: 0 }),
};

/// The findings that one page shows, which keeps it near ten megabytes. Articles beyond have their cards.
const SHOWN: usize = 10_000;

struct Html {
    templates: Environment<'static>,
    articles: Vec<Taken>,
    shown: usize,
}

/// An article on its way into the page.
struct Taken {
    summary: Summary,
    found: Found,
    /// Its findings as HTML.
    findings: String,
    left_out: usize,
}

/// How often each rule found something, the worst first.
type Found = BTreeMap<(Reverse<Severity>, RuleId), usize>;

impl Report for Html {
    fn take(&mut self, record: &Record) {
        let number = self.articles.len() + 1;
        let count = record.remarks.len().min(SHOWN - self.shown);
        self.shown += count;
        let mut found = Found::new();
        for remark in &record.remarks {
            *found.entry((Reverse(remark.severity), remark.rule)).or_default() += 1;
        }
        let groups = finding::groups(record, count);
        let findings = self.render("findings.html", &Findings { number, groups });
        self.articles.push(Taken { summary: record.summary.clone(), found, findings, left_out: record.remarks.len() - count });
    }

    fn closing(&mut self, facts: &Facts, tally: &Tally) -> Vec<u8> {
        let taken = std::mem::take(&mut self.articles);
        let cards = taken.into_iter().enumerate().map(|(index, taken)| card::Card::new(index + 1, taken, facts.today));
        let mut cards: Vec<card::Card> = cards.collect();
        cards.sort_by_key(|card| card.verdict);
        let page = Page::new(cards, facts, tally);
        self.render("page.html", &page).into_bytes()
    }
}

impl Html {
    fn render(&self, template: &str, values: &impl Serialize) -> String {
        let template = self.templates.get_template(template).expect("the template is built in");
        template.render(Value::from(Serde(values))).expect("the template names only what it is given")
    }
}

fn templates() -> Environment<'static> {
    let mut templates = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(syntax.expect("the marks are those of Jinja"));
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    // What HTML forbids is shown as a mark, whatever text it comes in.
    templates.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if value.kind() == ValueKind::String && !value.is_safe() && text.contains(words::is_forbidden) => {
            escape_formatter(out, state, &Value::from(text.replace(words::is_forbidden, "\u{fffd}")))
        }
        _ => escape_formatter(out, state, value),
    });
    for (name, text) in [("page.html", include_str!("html/page.html")), ("findings.html", include_str!("html/findings.html"))] {
        templates.add_template(name, text).expect("the template is well formed");
    }
    templates
}

#[derive(Serialize)]
struct Findings<'a> {
    number: usize,
    groups: Vec<finding::Group<'a>>,
}

/// All that the template of the page names.
#[derive(Serialize)]
struct Page {
    style: &'static str,
    script: &'static str,
    script_hash: &'static str,
    version: &'static str,
    today: String,
    /// How many articles have each verdict, in the order of verdicts.
    verdicts: Vec<Count>,
    severities: Vec<Count>,
    owners: Vec<Count>,
    rules: Vec<scope::Rule>,
    findings: usize,
    words: usize,
    references: usize,
    ages: Option<plots::Plot>,
    forecast: Option<plots::Plot>,
    articles: Vec<card::Card>,
    scope: scope::Scope,
}

/// Something that a reader may choose, with how often it is there.
#[derive(Serialize)]
struct Count {
    name: String,
    words: String,
    count: usize,
}

impl Page {
    fn new(articles: Vec<card::Card>, facts: &Facts, tally: &Tally) -> Self {
        let counts = tally.counts();
        let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
        articles.iter().filter_map(|article| article.owner.as_deref()).for_each(|owner| *owners.entry(owner).or_default() += 1);
        let several = articles.len() > 1;
        let of_verdict = |verdict: card::Verdict| articles.iter().filter(|article| article.verdict == verdict).count();
        Self {
            style: include_str!("html/style.css"),
            script: include_str!("html/script.js"),
            script_hash: include_str!("html/script.sha256").trim_ascii(),
            version: env!("CARGO_PKG_VERSION"),
            today: words::day(&facts.today.to_string()),
            verdicts: card::Verdict::ALL
                .map(|verdict| Count { name: verdict.name().into(), words: verdict.words().into(), count: of_verdict(verdict) })
                .into(),
            severities: [(Severity::Error, counts.errors), (Severity::Warning, counts.warnings), (Severity::Info, counts.infos)]
                .map(|(severity, count)| Count { name: severity.name().into(), words: finding::title(severity).into(), count })
                .into(),
            owners: owners.into_iter().map(|(owner, count)| Count { name: owner.into(), words: owner.into(), count }).collect(),
            rules: scope::found(&articles),
            findings: counts.errors + counts.warnings + counts.infos,
            words: tally.sum(|article| article.words),
            references: tally.sum(|article| article.references),
            ages: several.then(|| plots::ages(&articles)),
            forecast: several.then(|| plots::forecast(&articles, facts.today)),
            scope: scope::Scope::new(&articles, facts, tally),
            articles,
        }
    }
}

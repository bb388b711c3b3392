//! `medproof parse` and `medproof rule`: what medproof reads, and what it looks for.

use std::fmt::Write as _;

use super::args::{ParseArgs, ParseFormat, RuleArgs, RuleChoice, When};
use super::files::Article;
use super::settings::Resolver;
use super::{Error, output, work};
use crate::report::{Unread, guide, parsed};
use crate::rule::Entry;
use crate::rules::RULES;

/// Shows what is read from an article.
pub fn parse(args: &ParseArgs) -> Result<u8, Error> {
    let none = RuleChoice { select: Some(Vec::new()), ..RuleChoice::default() };
    let article = match args.file.as_str() {
        "-" => Article::StandardInput(args.stdin_filename.clone().unwrap_or("<stdin>".into())),
        file => Article::File(file.to_owned()),
    };
    let mut resolver = Resolver::new(&none, &args.settings)?;
    let settings = resolver.settings(article.name());
    let status = resolver.tell_troubles(When::Auto);
    let checked =
        work::checked(&article, args.format, &settings, work::today()).map_err(|Unread { path, message }| Error::File { path, message })?;
    let text = match args.output {
        ParseFormat::Full => parsed::text(&checked),
        ParseFormat::Json => parsed::json::text(&checked),
    };
    Ok(output::print(&text)?.max(status))
}

/// Explains a rule by its page, or lists the rules.
pub fn rule(args: &RuleArgs) -> Result<u8, Error> {
    let text = match &args.id {
        _ if args.all => RULES.iter().map(|entry| page(entry)).collect::<Vec<_>>().join("\n"),
        None => table(),
        Some(id) => match id.parse()? {
            crate::config::Selector::Rule(entry) => page(entry),
            other => RULES.iter().filter(|entry| other.holds(entry)).map(|entry| page(entry)).collect::<Vec<_>>().join("\n"),
        },
    };
    output::print(&text)
}

/// The page of a rule between its facts and what holds for every rule: how a finding is accepted.
fn page(entry: &Entry) -> String {
    let fix = entry.fix.map_or("no fix".to_owned(), |safety| format!("{} fix", safety.name()));
    let on = match entry.standing() {
        "online" => "on with --online".to_owned(),
        on => format!("{on} by default"),
    };
    let mut facts = format!("{} · {} · {on} · {fix}\n", entry.category.name(), entry.severity.name());
    if let Some(measured) = guide::measured(entry.id) {
        let _ = writeln!(facts, "measured: {measured}");
    }
    for (key, value) in (entry.defaults)() {
        let _ = writeln!(facts, "option {key} = {value}");
    }
    let (title, rest) = entry.spec.split_once('\n').unwrap_or((entry.spec, ""));
    let (comment, [paths, ignore]) = (guide::ignore_comment(entry.id), guide::ignore_setting(entry.id));
    format!(
        "{title}\n\n{facts}{rest}\n## How to accept a finding\n\n\
         Where it is meant so, say why in a comment before the line (Markdown, HTML, JATS):\n\n    \
         {comment}\n\n\
         For a whole file or folder, in medproof.toml:\n\n    \
         {paths}\n    {ignore}\n"
    )
}

fn table() -> String {
    let width = RULES.iter().map(|entry| entry.id.len()).max().unwrap_or(0);
    let row = |entry: &&Entry| {
        let on = entry.standing();
        let fix = entry.fix.map_or("", |safety| safety.name());
        format!("{:width$}  {:10}  {:8}  {on:6}  {fix:6}  {}\n", entry.id, entry.category.name(), entry.severity.name(), entry.summary)
    };
    let head = format!("{:width$}  {:10}  {:8}  {:6}  {:6}  {}\n", "rule", "category", "severity", "on", "fix", "what is flagged");
    std::iter::once(head).chain(RULES.iter().map(row)).collect()
}

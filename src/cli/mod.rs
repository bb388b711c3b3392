//! The command line.

use std::process::ExitCode;

use crate::{formats, lexicon::Lexicon, linter, report, source::Source};

/// Runs the program.
pub fn run() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut today = jiff::civil::date(2026, 11, 23);
    let mut files = Vec::new();
    let mut iter = args.iter().skip(1);
    let mut all = false;
    while let Some(arg) = iter.next() {
        match arg.as_str() {
            "-o" => {
                iter.next();
            }
            "--select" => all = iter.next().is_some(),
            "--today" => today = iter.next().and_then(|d| d.parse().ok()).unwrap_or(today),
            _ => files.push(arg.clone()),
        }
    }
    let lexicon = Lexicon::default();
    let mut rules = linter::default_rules();
    if all {
        rules = crate::rules::RULES
            .iter()
            .map(|entry| linter::Enabled { entry, rule: (entry.make)(None).expect("defaults"), severity: None })
            .collect();
    }
    let mut run = Vec::new();
    for file in &files {
        let Ok(bytes) = std::fs::read(file) else { return ExitCode::from(2) };
        let Ok(source) = Source::decode(file.as_str(), bytes) else { continue };
        let format = formats::by_name(file).unwrap_or(crate::document::Format::Text);
        run.push(linter::check(source, format, &rules, &lexicon, today));
    }
    if args.first().is_some_and(|a| a == "parse") {
        println!("{}", report::json::parse(&run[0]));
    } else {
        println!("{}", report::json::check(&run, today));
    }
    ExitCode::SUCCESS
}

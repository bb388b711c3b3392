//! Which numbers cite and which entries are listed, as `fixtures/citations/articles.txt` says.

use std::fmt::Write as _;
use std::path::Path;

use medproof::document::Format;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked};
use medproof::source::Source;

#[test]
fn numbers_of_articles_are_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/citations/articles.txt");
    let cases = std::fs::read_to_string(&path).unwrap();
    let mut failures = String::new();
    for case in cases.split("\n=== ").skip(1) {
        let (head, body) = case.split_once('\n').expect("an article below its name");
        let (article, want) = body.rsplit_once("\n---\n").expect("numbers below an article");
        let (format, name) = head.split_once(' ').expect("a format and a name");
        let (format, heading) = if format == "md" { (Format::Markdown, "## References") } else { (Format::Text, "References") };
        let article: String = article.lines().map(|line| written_out(line, heading)).collect();
        assert!(!article.is_ascii(), "{name}: an article needs a character of two bytes");
        let checked = linter::check(Source::new("article", &article), format, &[], &Lexicon::default(), jiff::civil::date(2026, 11, 23));
        let want: Vec<String> = want.lines().filter(|line| !line.is_empty()).map(expanded).collect();
        let got = [format!("cites: {}", cited(&checked)), format!("lists: {}", listed(&checked))].map(|line| line.trim_end().to_owned());
        if want != got {
            writeln!(failures, "== {name}\n-- expected\n{}\n-- found\n{}", want.join("\n"), got.join("\n")).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn cited(checked: &Checked) -> String {
    let group = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
    checked.article.citations.groups.iter().map(|citation| group(&citation.numbers)).collect::<Vec<_>>().join(" | ")
}

fn listed(checked: &Checked) -> String {
    let number = |number: Option<u32>| number.map_or("-".to_owned(), |number| number.to_string());
    checked.article.references.entries.iter().map(|entry| number(entry.number)).collect::<Vec<_>>().join(" ")
}

/// A line of an article; `@list` and `@items` give invented references.
fn written_out(line: &str, heading: &str) -> String {
    let (heading, numbers) = match (line.strip_prefix("@list "), line.strip_prefix("@items ")) {
        (Some(numbers), _) => (format!("{heading}\n\n"), numbers),
        (_, Some(numbers)) => (String::new(), numbers),
        _ => return format!("{line}\n"),
    };
    let (first, last) = numbers.split_once('-').unwrap_or(("1", numbers));
    let entry = |n: u32| format!("{n}. Wríter A, Poet B. The {n}. disorder in practice. J Test Med. {};{n}:{n}1-{n}9.\n", 1990 + n % 30);
    heading + &(first.parse().unwrap()..=last.parse().unwrap()).map(entry).collect::<String>()
}

/// `cites: 1-3 | 5` as `cites: 1,2,3 | 5`, `lists: 1-3` as `lists: 1 2 3`.
fn expanded(line: &str) -> String {
    let joint = if line.starts_with("cites") { "," } else { " " };
    let part = |part: &str| match part.split_once('-').map(|(first, last)| (first.parse::<u32>(), last.parse::<u32>())) {
        Some((Ok(first), Ok(last))) => (first..=last).map(|n| n.to_string()).collect::<Vec<_>>().join(joint),
        _ => part.to_owned(),
    };
    let words = |words: &str| words.split(joint).map(part).collect::<Vec<_>>().join(joint);
    line.split(' ').map(words).collect::<Vec<_>>().join(" ").trim_end().to_owned()
}

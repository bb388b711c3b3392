//! What holds for every input, however broken: nothing panics, every place lies in the text on character boundaries, and
//! the words quoted are the words there.

mod support;

use medproof::document::Format;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked, Enabled};
use medproof::record::Record;
use medproof::report::{Colour, FORMS, Facts, Look, Tally, parsed};
use medproof::rules::RULES;
use medproof::source::{Source, Span};
use proptest::prelude::*;

/// The formats that are text; Word files have a test of their own.
const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::Html, Format::Jats];

proptest! {
    #![proptest_config(support::cases(512))]

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for format in FORMATS {
            if let Ok(source) = Source::decode("any", bytes.clone()) {
                hold(&check(source, format));
            }
        }
    }

    #[test]
    fn pieces_of_articles_in_any_order_are_read(pieces in proptest::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        for format in FORMATS {
            hold(&check(Source::new("any", text.as_str()), format));
        }
    }
}

proptest! {
    #![proptest_config(support::cases(96))]

    /// What copying and typing do to a whole article: a space of another kind, a number too many, a character lost.
    #[test]
    fn articles_with_other_characters_are_read(slips in proptest::collection::vec((any::<prop::sample::Index>(), slip()), 1..80)) {
        for (text, format) in articles() {
            let mut text: Vec<String> = text.chars().map(String::from).collect();
            for (index, slip) in &slips {
                let at = index.index(text.len());
                // Spaces are where most slips are.
                let space = text[at..].iter().position(|c| c == " ").map_or(at, |ahead| at + ahead);
                text[if slip.len() > 1 { space } else { at }].clone_from(slip);
            }
            hold(&check(Source::new("any", text.concat().as_str()), format));
        }
    }
}

fn articles() -> impl Iterator<Item = (&'static str, Format)> {
    [
        (include_str!("../fixtures/articles/her2-and-early-breast-cancer.txt"), Format::Text),
        (include_str!("../fixtures/articles/sleep-and-pressure.md"), Format::Markdown),
        (include_str!("../fixtures/articles/gout-at-night.html"), Format::Html),
        (include_str!("../fixtures/articles/iron-without-anaemia.xml"), Format::Jats),
    ]
    .into_iter()
}

fn slip() -> impl Strategy<Value = String> {
    const SLIPS: &[&str] = &[
        "",
        "<",
        "\"",
        "[",
        ")",
        "^",
        "\u{a0}",
        "\u{2009}",
        "\u{2028}",
        "\u{feff}",
        "\u{3000}",
        "—",
        "’",
        "µ",
        "²",
        "İ",
        "🙂",
        ".The",
        "and(so) ",
        " 4000000000 ",
        " , ",
        "- ",
    ];
    proptest::sample::select(SLIPS).prop_map(str::to_owned)
}

/// What articles are made of, sound and broken, and what breaks readers.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "# Pain µ\n\n",
        "## References\n\n",
        "References:\n",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\u{a0}",
        "\t",
        "\u{feff}",
        "\0",
        "🙂",
        "é",
        "日本語",
        "The the patient ",
        "took Aspirin® ",
        "(aspirin) ",
        "HER2 ",
        "5 mg ",
        "10 to 20% ",
        "in 2019.",
        "relapse.4,5,6 ",
        "growth.3",
        "cells²,³ ",
        "as shown [1, 3-5] ",
        "[1]–[3] ",
        "\\[2\\] ",
        "(4) ",
        "^1,2^ ",
        "<sup>7</sup> ",
        "<sup>",
        "</sup>",
        "[^1]",
        "\n[^1]: A note.\n",
        "[5](#r5)",
        "1. Able A, Baker B. On pain. J Test. 2001;2:3-9.\n",
        "2. Able A. Title only\n",
        "4. Charles C. In: Book. 2nd ed. Town: Press; 1999. p. 1-9.\n",
        "999999999999. Too many.\n",
        "[12] Delta D. doi:10.1000/xyz.\n",
        "  3) https://example.org/a. Accessed May 5, 2020.\n",
        "Smith et al. (2019) ",
        "Last reviewed: 31/02/2020\n",
        "Medically reviewed by A. Able, MD on 13/13/2020\n",
        "Next review due May 2024\n",
        "---\n",
        "+++\n",
        "title: a\nreviewed: 2020-05\n",
        "reviewed = 2020-05-01\n",
        "- item\n",
        "> quoted\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "```\n",
        "`code` ",
        "<!-- medproof-ignore-next-line all -- why -->\n",
        "<!-- medproof-ignore-file doubled-word -->\n",
        "<!--",
        "-->",
        "<p>",
        "</p>",
        "&nbsp;",
        "&#x3b1;",
        "[",
        "]",
        "(",
        "*",
        "_",
        "“",
        "”",
        "–",
        "\u{2028}",
        "\u{202e}",
        "\u{301}",
    ];
    prop_oneof![9 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

fn check(source: Source, format: Format) -> Checked {
    let rules: Vec<Enabled> =
        RULES.iter().map(|entry| Enabled { entry, rule: (entry.make)(None).expect("defaults"), severity: None }).collect();
    linter::check(source, format, &rules, &Lexicon::default(), jiff::civil::date(2026, 11, 23))
}

fn hold(checked: &Checked) {
    let text = checked.source.text();
    let inside = |what: &str, span: Span| assert!(text.get(span.range()).is_some(), "{what}: {span:?} of {text:?}");
    for block in &checked.document.blocks {
        inside("block", block.span);
    }
    for entry in &checked.article.references.entries {
        inside("reference", entry.span);
        let _ = entry.fields();
    }
    for citation in &checked.article.citations.groups {
        inside("citation", citation.span);
    }
    for d in &checked.diagnostics {
        inside(d.rule, d.span);
        d.labels.iter().for_each(|label| inside(d.rule, label.span));
        d.fix.iter().flat_map(|fix| &fix.edits).for_each(|edit| inside(d.rule, edit.span));
    }
    reports(checked);
}

fn reports(checked: &Checked) {
    let record = Record::of(checked);
    for (remark, d) in record.remarks.iter().zip(&checked.diagnostics) {
        assert_eq!(remark.quote, checked.source.text()[d.span.range()]);
    }
    assert!(serde_json::from_str::<serde_json::Value>(&parsed::json::text(checked)).is_ok());
    let _ = parsed::text(checked);
    let facts = Facts { today: jiff::civil::date(2026, 11, 23), rules: Default::default() };
    for form in FORMS {
        let mut report = (form.make)(Look { colour: Colour::Never, quiet: false });
        let _ = report.article(&record, &checked.source);
        report.take(&record);
        let _ = report.closing(&facts, &Tally { articles: vec![record.summary.clone()], unread: Vec::new(), only: None });
    }
}

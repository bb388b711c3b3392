//! What is read from reference entries, as `fixtures/references/fields.txt` says: an entry a paragraph, its parts below.
//!
//! `BLESS=1 cargo test --test references` writes the parts; read the diff.

use std::fmt::Write as _;
use std::path::Path;

use medproof::article::references::{Element, Field, Fields, Reference, References, Sign, duplicates, malformed, page_ranges};
use medproof::prose::Prose;
use medproof::source::Span;
use proptest::prelude::*;

#[test]
fn parts_of_entries_are_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/references/fields.txt");
    let want = std::fs::read_to_string(&path).unwrap();
    let mut got = String::new();
    for paragraph in want.split_inclusive("\n\n") {
        let Some(text) = paragraph.lines().next().filter(|line| !line.starts_with('#')) else {
            got.push_str(paragraph);
            continue;
        };
        let entry = entry(text);
        write!(got, "{text}\n{}\n", parts(text, entry.fields())).unwrap();
    }
    let got = format!("{}\n", got.trim_end());
    if got != want && std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, got).unwrap();
    } else {
        assert_eq!(got, want);
    }
}

proptest! {
    /// Ranges lie on characters and give the words of the field, whatever the entry.
    #[test]
    fn no_entry_is_too_strange(texts in prop::collection::vec(strange(), 1..6)) {
        let entries: Vec<_> = texts.iter().map(|text| entry(text)).collect();
        for entry in &entries {
            parts(entry.text(), entry.fields());
            prop_assert!(malformed(entry.text()).iter().all(|found| entry.text().get(found.range.clone()).is_some()));
            for sign in [Sign::OnlineFirst, Sign::Unpublished, Sign::Abstract, Sign::Retracted, Sign::PreprintServer] {
                prop_assert!(entry.sign(sign).is_none_or(|range| entry.text().get(range).is_some()));
            }
            prop_assert!(page_ranges(entry.text()).all(|range| entry.text()[range.range.clone()] == *range.text));
        }
        for (earlier, later, _) in duplicates(&entries) {
            prop_assert!(earlier < later && later < entries.len());
        }
        let list = References { entries, ..References::default() };
        for element in [Element::Author, Element::Title, Element::Source, Element::Year, Element::Locator, Element::AccessDate] {
            prop_assert!(list.lacking_among(element, |_| true).len() <= list.entries.len());
        }
    }
}

/// Pieces that entries are made of, in any order, with any characters between them.
fn strange() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "Smith AB, ",
        "van der Berg, A. B., ",
        "& ",
        "et al",
        ". ",
        "(2010",
        "2010;",
        "12(3):",
        "34–56",
        "e1001",
        "10.5555/x",
        "doi:",
        "http://",
        "[",
        "]",
        "In: ",
        "in press ",
        "RETRACTED: ",
        "[abstract]",
        "bioRxiv",
        "PMC ",
        "NCT ",
        "ISBN 978-",
        "eds",
        "µ",
        "“",
        "PMID: 12",
        "J. Clin. ",
        "Accessed ",
        "May 3, 2010",
        "…",
        "\u{1}",
        "İ",
        "ß",
        "-",
        "–",
        "Suppl",
        "(",
        ")",
        ": ",
        "; ",
    ];
    prop::collection::vec(prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>()], 0..14)
        .prop_map(|pieces| pieces.concat())
}

fn entry(text: &str) -> Reference {
    let mut prose = Prose::default();
    prose.push_verbatim(text, Span::new(0, text.len()));
    Reference::new(None, None, prose, Span::new(0, text.len()))
}

fn parts(entry: &str, fields: &Fields) -> String {
    let mut out = String::new();
    let mut part = |name: &str, field: &Field| {
        let words = entry[field.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words, field.text, "the range of {name} in {entry}");
        writeln!(out, "  {name}: {}", field.text).unwrap();
    };
    fields.authors.iter().for_each(|author| part("author", author));
    fields.group_author.iter().for_each(|group| part("group", group));
    fields.named().for_each(|(name, field)| part(name, field));
    let more = if fields.et_al { ", et al" } else { "" };
    let kind = serde_json::to_string(&fields.kind).unwrap();
    writeln!(out, "  kind: {}{more}", kind.trim_matches('"')).unwrap();
    out
}

//! What holds for the medicine rules on any text.

mod support;

use medproof::diagnostic::{Safety, Severity};
use medproof::document::Format;
use medproof::fix;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked, Enabled};
use medproof::rule::Category;
use medproof::rules::RULES;
use medproof::source::Source;
use proptest::prelude::*;

/// What names stand among, so that chance makes what matters: marks, brackets, joints, cases, characters of many bytes.
const PIECES: &[&str] = &[
    "Keytruda",
    "keytruda",
    "Herceptin",
    "Tykerb",
    "Today",
    "Ella",
    "Tylenol",
    "Lapatinib",
    "lapatinib",
    "trastuzumab-dkst",
    "Metoprolol succinate",
    "Insulin Glargine",
    "FOLFOX",
    "®",
    "™",
    "(R)",
    "TM",
    "(",
    ")",
    "[",
    "]",
    "“",
    "”",
    "\"",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\n",
    "\n\n",
    "- ",
    "# ",
    "> ",
    "| ",
    "`",
    "*",
    "**",
    "-",
    "–",
    "/",
    ", ",
    "; ",
    ": ",
    ". ",
    "’s",
    "4,5",
    "[3]",
    " and ",
    " or ",
    " with ",
    " is the brand name of ",
    ", sold as ",
    " are generic names",
    "patients taking ",
    "the dose of ",
    "Dr. ",
    "é",
    "µ",
    "𝛼",
    "e.g., ",
    "Maker Inc., Town",
    "https://x.org/",
    "@",
    "und der die ",
    "Study Group",
    "(STELLAR)",
];

fn check(text: &str) -> Checked {
    let medicines = RULES.iter().filter(|entry| entry.category == Category::Medicines);
    let rules: Vec<Enabled> =
        medicines.map(|entry| Enabled { entry, rule: (entry.make)(None).expect("defaults"), severity: Some(Severity::Error) }).collect();
    linter::check(Source::new("article", text), Format::Markdown, &rules, &Lexicon::default(), jiff::civil::date(2026, 11, 23))
}

proptest! {
    #![proptest_config(support::cases(400))]

    #[test]
    fn spans_are_sound_and_fixes_settle(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = pieces.iter().map(|&i| PIECES[i]).collect();
        let checked = check(&text);
        for medicine in &checked.article.medicines {
            prop_assert_eq!(checked.document.words(medicine.place), checked.source.slice(medicine.span));
        }
        for finding in &checked.diagnostics {
            prop_assert!(text.get(finding.span.range()).is_some_and(|quote| !quote.is_empty()));
        }
        // A fix takes its finding away and brings no other.
        let count = checked.diagnostics.len();
        let fixed = fix::settle(checked, |d| fix::is_at_least(d, Safety::Safe), |_, draft| Ok(check(&draft.text)));
        let made: usize = fixed.made.values().sum();
        prop_assert!(fixed.refused.is_empty(), "{fixed:?}");
        prop_assert!(fixed.checked.diagnostics.len() + made <= count, "{fixed:?}");
        prop_assert!(!fixed.checked.diagnostics.iter().any(|d| fix::is_at_least(d, Safety::Safe)), "{fixed:?}");
    }
}

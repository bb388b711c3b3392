use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Setting};
use crate::article::sentences;
use crate::diagnostic::{Finding, Severity};
use crate::lexicon::Withdrawal;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "withdrawn-medicine",
    category: Category::Medicines,
    summary: "a medicine off the market that is written of as current",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/withdrawn-medicine.md"),
    make: make::<WithdrawnMedicine>,
    defaults: defaults::<WithdrawnMedicine>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct WithdrawnMedicine {
    /// The market of the readers; by default a withdrawal from either counts.
    market: Option<Market>,
    /// The year for which the article is written; by default that of today.
    as_of: Option<i16>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Market {
    Us,
    Eu,
}

impl Rule for WithdrawnMedicine {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        // What was published before the withdrawal was right in its day.
        let written =
            cx.article.review.iter().filter_map(|statement| statement.reading()?.latest()).map(|date| date.last_day().year()).max();
        let year = || self.as_of.or(written).unwrap_or_else(|| cx.today().year());
        let mut seen: HashSet<&str> = HashSet::new();
        for medicine in &cx.article.medicines {
            let [reading] = medicine.entry.readings.as_slice() else { continue };
            let [substance] = reading.as_slice() else { continue };
            let Some((gone, where_)) = Withdrawal::of(substance).and_then(|gone| self.concerns(gone)) else { continue };
            if gone <= year()
                && !medicine.quoted
                && medicine.setting != Setting::Footnote
                && is_current(cx, medicine)
                && seen.insert(substance)
            {
                let words = cx.words(medicine.place);
                sink.report(
                    Finding::new(medicine.span, format!("“{words}” was taken off the market {where_} in {gone}"))
                        .help("Say so, or write of it in the past tense")
                        .data("substance", substance.as_str())
                        .data("year", gone as u32),
                );
            }
        }
    }
}

impl WithdrawnMedicine {
    /// The year of the withdrawal and the market, where it matters to the readers.
    fn concerns(&self, gone: Withdrawal) -> Option<(i16, &'static str)> {
        let us = gone.us.map(|year| (year, "in the United States"));
        let eu = gone.eu.map(|year| (year, "in the European Union"));
        match self.market {
            Some(Market::Us) => us,
            Some(Market::Eu) => eu,
            None => us.or(eu),
        }
    }
}

/// Whether the sentence offers the medicine to the reader of today, and nothing around it tells of its end.
fn is_current(cx: &Cx<'_>, medicine: &Medicine) -> bool {
    const OFFERS: [&str; 16] = [
        "is prescribed",
        "are prescribed",
        "can be prescribed",
        "may be prescribed",
        "is available",
        "are available",
        "is indicated",
        "is approved",
        "is recommended",
        "are recommended",
        "is used",
        "are used",
        "can be used",
        "may be used",
        "can be taken",
        "you can take",
    ];
    const ENDS: [&str; 16] = [
        "withdr",
        "recall",
        "banned",
        "removed",
        "no longer",
        "discontinu",
        "off the market",
        "former",
        "previously",
        "suspended",
        "not available",
        "was ",
        "were ",
        "had been",
        "not approved",
        "animal",
    ];
    let text = cx.document.block(medicine.place).text();
    let sentence = text[sentences::around(text, medicine.place.start as usize)].to_ascii_lowercase();
    OFFERS.iter().any(|offer| sentence.contains(offer)) && {
        let block = text[sentences::near(text, medicine.place.range(), 1000)].to_ascii_lowercase();
        !ENDS.iter().any(|end| sentence.contains(end)) && !ENDS[..11].iter().any(|end| block.contains(end))
    }
}

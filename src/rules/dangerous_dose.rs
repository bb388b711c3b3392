use std::cell::LazyCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, short_salts};
use crate::article::sentences;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "dangerous-dose",
    category: Category::Medicines,
    summary: "a dose written so that it may be misread",
    severity: Severity::Error,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/dangerous-dose.md"),
    make: make::<DangerousDose>,
    defaults: defaults::<DangerousDose>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct DangerousDose {
    /// Units that are misread: of the lists of ISMP and the Joint Commission, those that articles can do without.
    units: Vec<String>,
}

impl Default for DangerousDose {
    fn default() -> Self {
        Self { units: ["U", "cc"].map(str::to_owned).to_vec() }
    }
}

impl Rule for DangerousDose {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let mut glued: Vec<(Place, usize)> = Vec::new();
        let mut misread: BTreeMap<&str, Misread> = BTreeMap::new();
        let names_morphine =
            cx.article.medicines.iter().any(|medicine| medicine.entry.readings.iter().flatten().any(|key| key == "morphine"));
        for (index, block) in cx.own_text() {
            let text = block.text();
            let teaches = LazyCell::new(|| teaches(text));
            for (range, salt) in short_salts(text, names_morphine) {
                if !*teaches {
                    let (message, help) = (format!("may be read as {}", salt.taken_for), format!("Write “{}”", salt.meant));
                    let found = misread.entry(&text[range.clone()]).or_insert_with(|| Misread { message, help, places: Vec::new() });
                    found.places.push(Place::new(index, range));
                }
            }
            let mut at = 0;
            while let Some(dose) = next_dose(text, at) {
                at = dose.end;
                if dose.is_glued() && !*teaches {
                    glued.push((Place::new(index, dose.start..dose.end), dose.unit_start));
                }
                if let Some((message, help)) = self.danger(cx, index, text, &dose).filter(|_| !*teaches) {
                    let found =
                        misread.entry(&text[dose.start..dose.shown_end]).or_insert_with(|| Misread { message, help, places: Vec::new() });
                    found.places.push(Place::new(index, dose.start..dose.shown_end));
                }
            }
        }
        misread.iter().for_each(|(words, found)| report_misread(cx, words, found, sink));
        report_glued(cx, &glued, sink);
    }
}

/// A dose that may be misread, in all its places.
struct Misread {
    message: String,
    help: String,
    places: Vec<Place>,
}

fn report_misread(cx: &Cx<'_>, words: &str, found: &Misread, sink: &mut Sink<'_>) {
    let mut finding =
        Finding::new(cx.span(found.places[0]), format!("“{words}” {}", found.message)).help(found.help.as_str()).data("dose", words);
    for &place in &found.places[1..] {
        finding = finding.label(cx.span(place), "here too");
    }
    sink.report(finding);
}

impl DangerousDose {
    /// What a dose may be taken for, and what to write.
    fn danger(&self, cx: &Cx<'_>, block: usize, text: &str, dose: &Dose) -> Option<(String, String)> {
        let unit = &text[dose.unit_start..dose.end];
        let number = &text[dose.start..dose.number_end];
        if number.starts_with('.') && dose.is_of_medicine() {
            return Some((format!("may be read as {} {unit}", &number[1..]), format!("Write “0{number} {unit}”")));
        }
        let frequency = &text[dose.end..dose.shown_end];
        if !frequency.is_empty() {
            let (taken, meant) = if frequency.to_ascii_lowercase().contains('o') {
                ("daily or four times a day", "every other day")
            } else {
                ("four times a day", "daily")
            };
            return Some((format!("may be read as {taken}"), format!("Write “{number} {unit} {meant}”")));
        }
        let near = || Nearby::new(cx, block, text, dose);
        if self.units.iter().any(|listed| listed == unit) && !rest_is_concentration(text, dose.end) && !is_of_body(&text[dose.end..]) {
            let meant = match unit {
                "U" => "units",
                "IU" => "international units",
                "cc" => "mL",
                "µg" | "μg" => "mcg",
                _ => "the unit in full",
            };
            return near()
                .names_medicine(unit == "U")
                .then(|| (format!("has a unit that is misread: “{unit}”"), format!("Write “{number} {meant}”")));
        }
        // Three zeros are thousands, and volumes are measured.
        let zeros = |decimals: &str| decimals.len() < 3 && decimals.bytes().all(|byte| byte == b'0');
        let whole = number.split_once('.').filter(|(_, decimals)| zeros(decimals)).map(|(whole, _)| whole)?;
        let weighed = matches!(dose.unit, "mcg" | "µg" | "μg" | "mg" | "units" | "IU");
        (weighed && !rest_is_concentration(text, dose.end) && near().names_medicine(false) && !near().has_decimals())
            .then(|| (format!("may be read as {} {unit}", number.replace('.', "")), format!("Write “{whole} {unit}”")))
    }
}

/// A number with a unit.
struct Dose {
    start: usize,
    number_end: usize,
    unit_start: usize,
    end: usize,
    /// Behind how often it is given, where this is written as `QD` or `QOD`; else the end.
    shown_end: usize,
    unit: &'static str,
    /// The number is the end of a range such as `2.5-40mg`.
    ranged: bool,
}

/// Units of doses, with those that begin alike longest first.
const UNITS: [&str; 12] = ["mcg", "µg", "μg", "mg", "mL", "ml", "IU", "U", "units", "cc", "kg", "mmol"];

impl Dose {
    fn is_of_medicine(&self) -> bool {
        matches!(self.unit, "mcg" | "µg" | "μg" | "mg" | "mL" | "ml" | "units" | "IU")
    }

    fn is_glued(&self) -> bool {
        self.number_end == self.unit_start && !self.ranged && matches!(self.unit, "mcg" | "µg" | "μg" | "mg" | "mL" | "ml")
    }
}

/// The next number with a unit at or behind a byte.
fn next_dose(text: &str, mut at: usize) -> Option<Dose> {
    let bytes = text.as_bytes();
    loop {
        let digit = at + bytes.get(at..)?.iter().position(u8::is_ascii_digit)?;
        let end = digit + bytes[digit..].iter().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
        let number_end = digit + text[digit..end].trim_end_matches(['.', ',']).len();
        at = end;
        let naked = digit > 0 && bytes[digit - 1] == b'.';
        let start = digit - usize::from(naked);
        let before = text[..start].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric()
            || matches!(before, '.' | ',' | '_' | '/' | '×' | '^')
            || naked && !before.is_whitespace() && before != '('
        {
            continue;
        }
        let rest = &text[number_end..];
        let unit_start = text.len() - rest.strip_prefix([' ', '\u{a0}', '\u{202f}', '\u{2009}']).unwrap_or(rest).len();
        let begins = |unit: &&str| bytes.get(unit_start) == unit.as_bytes().first();
        let Some(unit) = UNITS.into_iter().filter(begins).find(|unit| text[unit_start..].starts_with(unit)) else { continue };
        let end = unit_start + unit.len();
        if text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let ranged = matches!(before, '-' | '–' | '\u{2011}');
        return Some(Dose { start, number_end, unit_start, end, shown_end: end + frequency(&text[end..]), unit, ranged });
    }
}

/// The length of a `QD` or `QOD` behind a unit, with the space before it.
fn frequency(rest: &str) -> usize {
    const FREQUENCIES: [&str; 8] = ["q.o.d.", "Q.O.D.", "q.d.", "Q.D.", "QOD", "qod", "QD", "qd"];
    let Some(word) = rest.strip_prefix([' ', '\u{a0}']) else { return 0 };
    let whole = |found: &&str| !word[found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    FREQUENCIES
        .into_iter()
        .filter(|frequency| word.starts_with(frequency))
        .find(whole)
        .map_or(0, |found| rest.len() - word.len() + found.len())
}

/// An amount in a volume is measured in a laboratory, where a last zero tells how exactly.
fn rest_is_concentration(text: &str, end: usize) -> bool {
    const DOSES: [&str; 8] = ["kg", "day", "d", "h", "hour", "hr", "week", "min"];
    let Some(rest) = text[end..].strip_prefix('/') else {
        return text[end..].starts_with([' ', '·']) && text[end..].trim_start().starts_with("per ");
    };
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    !DOSES.contains(&word)
}

/// `600 cc of blood` is a volume and no dose.
fn is_of_body(rest: &str) -> bool {
    [" of blood", " of urine", " of fluid", " of air", " blood", " urine"].iter().any(|words| rest.starts_with(words))
}

/// What stands around a dose. A sentence will not do, as numbers with full stops break it.
struct Nearby<'a> {
    before: &'a str,
    after: &'a str,
    medicines: Vec<&'a Medicine>,
}

impl<'a> Nearby<'a> {
    fn new(cx: &'a Cx<'_>, block: usize, text: &'a str, dose: &Dose) -> Self {
        const REACH: usize = 120;
        let range = sentences::near(text, dose.start..dose.end, REACH);
        let all = &cx.article.medicines;
        let first = all.partition_point(|medicine| (medicine.place.block, medicine.place.start) < (block as u32, range.start as u32));
        let inside = |medicine: &&Medicine| medicine.place.block == block as u32 && (medicine.place.start as usize) < range.end;
        let medicines = all[first..].iter().take_while(inside).collect();
        Self { before: &text[range.start..dose.start], after: &text[dose.end..range.end], medicines }
    }

    /// Whether a medicine is named, or one that is dosed in units.
    fn names_medicine(&self, in_units: bool) -> bool {
        if in_units {
            return ["insulin", "heparin", "botulinum", "penicillin", "oxytocin", "vasopressin"]
                .iter()
                .any(|name| self.before.contains(name) || self.after.contains(name));
        }
        !self.medicines.is_empty()
    }

    /// Whether other numbers have decimals, so that a last zero keeps them alike, or the numbers are measurements.
    fn has_decimals(&self) -> bool {
        let decimal = |triple: &[u8]| triple[0].is_ascii_digit() && triple[1] == b'.' && triple[2].is_ascii_digit();
        [self.before, self.after].iter().any(|words| words.as_bytes().windows(3).any(decimal) || words.contains(['±', '=', '<', '>']))
    }
}

/// A text about such notation shows it.
fn teaches(text: &str) -> bool {
    ["trailing zero", "leading zero", "error-prone", "do not use", "Do Not Use", "ISMP"]
        .iter()
        .any(|words| memchr::memmem::find(text.as_bytes(), words.as_bytes()).is_some())
}

/// Doses without a space before the unit, as one finding.
fn report_glued(cx: &Cx<'_>, glued: &[(Place, usize)], sink: &mut Sink<'_>) {
    let Some(&(first, _)) = glued.first() else { return };
    let times = match glued.len() {
        1 => String::new(),
        count => format!(", and {count} doses in all"),
    };
    let words = cx.words(first);
    let mut finding = Finding::new(cx.span(first), format!("“{words}” has no space before the unit{times}"))
        .severity(Severity::Warning)
        .help("Put a space between number and unit")
        .data("dose", words);
    for &(place, _) in &glued[1..] {
        finding = finding.label(cx.span(place), "here too");
    }
    let edit = |&(place, unit): &(Place, usize)| {
        let block = cx.document.block(place);
        let span = block.prose.editable(place.range())?;
        let text = block.text();
        Some(Edit { span, text: format!("{} {}", &text[place.start as usize..unit], &text[unit..place.end as usize]) })
    };
    if let Some(edits) = glued.iter().map(edit).collect() {
        finding = finding.fix(Safety::Safe, "Put a space before the unit", edits);
    }
    sink.report(finding);
}

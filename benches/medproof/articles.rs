//! Articles to measure on, made from our own words: the same every time, with as many citations, numbers, medicine names
//! and references as published articles have. They are sound, so that reading is measured and not the writing of findings.

use std::fmt::Write as _;

/// How an article is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text whose superscripts were flattened on copying.
    Text,
    /// Markdown with numbers in brackets.
    Markdown,
}

/// Bytes of text to one reference: an article of 40 KB has about 60.
const BYTES_PER_REFERENCE: usize = 640;

/// Bytes of an entry of the list, on average.
const BYTES_PER_ENTRY: usize = 130;

/// An article of about so many bytes.
pub fn of_bytes(form: Form, bytes: usize) -> String {
    write(form, bytes, bytes / BYTES_PER_REFERENCE)
}

/// An article with so many references, and the text that cites them.
pub fn of_references(form: Form, references: usize) -> String {
    write(form, references * BYTES_PER_REFERENCE, references)
}

fn write(form: Form, bytes: usize, references: usize) -> String {
    let mut words = Words(20_261_123);
    let mut out = String::with_capacity(bytes + 1024);
    let (title, section) = if form == Form::Markdown { ("# ", "## ") } else { ("", "") };
    let _ = write!(out, "{title}Care of µ-receptor disease\n\nMedically reviewed by Imogen Quillfeather, MD\nLast reviewed: May 2026\n\n");
    let body = bytes.saturating_sub(references * BYTES_PER_ENTRY).max(out.len() + 1);
    let mut cited = 0;
    let mut sentences = 0;
    while out.len() < body || cited < references {
        match sentences % 24 {
            0 => {
                let _ = write!(out, "\n\n{section}{} and {}\n\n", capital(words.of(SUBJECTS)), words.of(PLACES));
            }
            6 | 12 | 18 => out.push_str("\n\n"),
            _ => out.push(' '),
        }
        sentence(&mut out, &mut words);
        // First citations keep pace with the text, so that the last entry is cited near its end.
        let due = (references as u64 * out.len() as u64 / body as u64) as usize;
        if cited < references.min(due) || out.len() >= body {
            cited += 1;
            citation(&mut out, form, cited, references, &mut words);
        }
        sentences += 1;
    }
    let _ = write!(out, "\n\n{section}References\n\n");
    for number in 1..=references {
        entry(&mut out, number, &mut words);
    }
    out
}

fn sentence(out: &mut String, words: &mut Words) {
    let (subject, verb, object, place) = (words.of(SUBJECTS), words.of(VERBS), words.of(OBJECTS), words.of(PLACES));
    let (dose, share, count) = (words.below(90) + 10, words.below(60) + 20, words.below(900) + 100);
    let _ = match words.below(6) {
        0 => write!(out, "In a group of {count} adults, {subject} {verb} {object} in {share}% of those who came to {place}."),
        1 => write!(out, "{} {verb} {object}, and {} {dose} mg was taken once a day.", capital(subject), words.of(GENERICS)),
        2 => write!(out, "At {place}, {subject} {verb} {object} (P = 0.0{dose}; 95% CI, 1.2–3.4) after {} weeks.", words.below(9) + 2),
        3 => write!(out, "Treatment with {} {verb} {object} – but not {subject} – at {dose} µg/mL.", words.of(PAIRS)),
        4 => write!(out, "Most people with {subject} ask at {place} what {verb} {object}; few are told."),
        _ => write!(out, "Since {}, {subject} {verb} {object} in type 2 disease and in stage 3 alike.", 1990 + words.below(30)),
    };
}

fn citation(out: &mut String, form: Form, number: usize, last: usize, words: &mut Words) {
    // The group takes in the next number or an old one now and then.
    let group = match words.below(4) {
        0 if number + 2 <= last => format!("{number}-{}", number + 2),
        1 if number > 2 => format!("{},{number}", number - 2),
        _ => number.to_string(),
    };
    match form {
        Form::Text => out.push_str(&group),
        Form::Markdown => {
            let _ = write!(out, " [{group}]");
        }
    }
}

fn entry(out: &mut String, number: usize, words: &mut Words) {
    // As many first authors as a real list has: entries by one author are compared with each other.
    let (first, second) = (format!("{}{}", words.of(NAMES), town(number / 4)), words.of(NAMES));
    let (subject, object, place) = (words.of(SUBJECTS), words.of(OBJECTS), words.of(PLACES));
    let (town, page) = (capital(&town(number)), words.below(800) + 100);
    let _ = writeln!(
        out,
        "{number}. {first} A, {second} BC. {town} health register: {subject} and {object} at {place}. {}. {};{}({}):{page}-{}.",
        words.of(JOURNALS),
        1990 + words.below(35),
        words.below(60) + 1,
        words.below(11) + 1,
        page + words.below(9) + 1,
    );
}

/// A name that no other number has: titles of a list differ from their first word on.
fn town(mut number: usize) -> String {
    const SYLLABLES: [&str; 16] = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "zu", "ar"];
    let mut name = String::new();
    while name.len() < 6 || number > 0 {
        name.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    name
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Chooses words; the same ones in every run.
struct Words(u64);

impl Words {
    fn below(&mut self, bound: usize) -> usize {
        // Knuth's multiplier; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

const SUBJECTS: &[&str] = &[
    "a short night",
    "fever without a cause",
    "early walking",
    "high blood pressure",
    "the naïve T-cell count",
    "a diet rich in fibre",
    "pain at rest",
    "the waiting time",
    "HER2-negative disease",
    "weight loss",
];

const VERBS: &[&str] = &["lowered", "raised", "hardly changed", "doubled", "went together with", "came before", "predicted"];

const OBJECTS: &[&str] = &[
    "the risk of a second stroke",
    "the number of relapses",
    "the length of stay",
    "the dose that was needed",
    "quality of life",
    "the rate of readmission",
    "the HbA1c value",
    "survival without symptoms",
];

const PLACES: &[&str] =
    &["the clinic", "three district hospitals", "the day unit", "home", "a café near the ward", "the island’s only practice"];

const GENERICS: &[&str] = &["metformin", "amlodipine", "lisinopril", "warfarin", "levothyroxine", "sertraline", "methotrexate"];

const PAIRS: &[&str] = &[
    "pembrolizumab (Keytruda)",
    "nivolumab (Opdivo)",
    "adalimumab (Humira)",
    "apixaban (Eliquis)",
    "semaglutide (Ozempic)",
    "sitagliptin (Januvia)",
];

const NAMES: &[&str] = &["Quillfeather", "Tarnbrook", "Oakhollow", "Vellacombe", "Marrowby", "Zellwick", "Fennimore-Ashby", "Ördögh"];

const JOURNALS: &[&str] = &["Example J Sleep", "Ann Imagined Med", "J Invented Physiol", "Pretended Chest Rev", "Fict Clin Pract"];

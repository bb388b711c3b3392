//! Identifiers as they are printed, with what is wrong with their form.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use crate::article::sentences;

/// An identifier that cannot be what it says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Its words, with the label where the label is part of the mistake.
    pub range: Range<usize>,
    /// What is wrong, as the end of a sentence about the words.
    pub flaw: &'static str,
    /// How it is written rightly, where only the form is wrong.
    pub right: Option<String>,
}

impl Malformed {
    fn new(range: Range<usize>, flaw: &'static str) -> Self {
        Self { range, flaw, right: None }
    }

    fn right(self, right: String) -> Self {
        Self { right: Some(right), ..self }
    }
}

/// Looks at what follows a label, by the text and the start and end of the label.
type Check = fn(&str, usize, usize) -> Option<Malformed>;

/// The labels by which identifiers are known, in lower case, each before those that begin it.
const LABELS: &[(&str, Check)] = &[("doi", doi), ("pmcid", pmcid), ("pmid", pmid), ("pmc", pmc), ("isbn", isbn), ("issn", issn)];

/// Whether a DOI is that of a preprint: by the prefixes of their servers. bioRxiv and medRxiv share theirs with journals of their
/// publisher, whose suffixes begin with letters.
pub(super) fn is_preprint(doi: &str) -> bool {
    let own =
        ["10.48550/", "10.21203/", "10.20944/", "10.2139/ssrn", "10.31234/", "10.26434/"].iter().any(|prefix| doi.starts_with(prefix));
    own || doi.strip_prefix("10.1101/").is_some_and(|suffix| suffix.starts_with(|c: char| c.is_ascii_digit()))
}

/// A DOI as it is registered, of one that is printed with the escapes of addresses (`%28`), of Markdown and TeX (`\\_`) or of
/// HTML (`&lt;`), or with what an address has behind it.
pub fn bare_doi(printed: &str) -> Cow<'_, str> {
    const TAILS: [&str; 5] = ["?", "&partnerid=", "&utm_", "&sa=", "&ved="];
    if !printed.contains(['%', '\\', '&', '?']) {
        return Cow::Borrowed(printed);
    }
    let mut bytes = Vec::with_capacity(printed.len());
    let mut rest = printed.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        rest = tail;
        match (first, digit(0).zip(digit(1))) {
            (b'%', Some((high, low))) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            (b'\\', _) if tail.first().is_some_and(u8::is_ascii_punctuation) => {}
            (other, _) => bytes.push(*other),
        }
    }
    let mut doi = String::from_utf8(bytes).unwrap_or_else(|_| printed.to_owned());
    for (escape, mark) in [("&lt;", "<"), ("&gt;", ">"), ("&#40;", "("), ("&#41;", ")"), ("&amp;", "&")] {
        doi = doi.replace(escape, mark);
    }
    let lower = doi.to_ascii_lowercase();
    let end = TAILS.iter().filter_map(|tail| lower.find(tail)).min().unwrap_or(doi.len());
    doi.truncate(end);
    Cow::Owned(doi)
}

/// The malformed identifiers of an entry.
pub fn malformed(text: &str) -> Vec<Malformed> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    for at in 0..bytes.len() {
        let starts = at >= from && matches!(bytes[at] | 0x20, b'd' | b'p' | b'i') && (at == 0 || !is_word(bytes[at - 1]));
        if !starts {
            continue;
        }
        let label = LABELS
            .iter()
            .find(|(label, _)| bytes.get(at..at + label.len()).is_some_and(|word| word.eq_ignore_ascii_case(label.as_bytes())));
        if let Some((label, check)) = label {
            from = at + label.len();
            if let Some(flawed) = check(text, at, from) {
                from = flawed.range.end;
                found.push(flawed);
            }
        }
    }
    found.extend(registrations(text));
    found
}

/// The malformed numbers of trial registries, in an entry or in any text.
pub fn registrations(text: &str) -> impl Iterator<Item = Malformed> {
    // Both names have these letters, so that one look over a text is enough.
    static LETTERS: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("CT"));
    const REGISTRIES: [(&str, usize, &str); 2] = [
        ("NCT", 1, "is no number of ClinicalTrials.gov, which is NCT and eight digits"),
        ("ISRCTN", 3, "is no number of the ISRCTN registry, which is ISRCTN and eight digits"),
    ];
    LETTERS.find_iter(text.as_bytes()).filter_map(move |letters| {
        REGISTRIES.into_iter().find_map(|(registry, before, flaw)| {
            let at = letters.checked_sub(before)?;
            text.get(at..)?.starts_with(registry).then(|| registration(text, at, registry, flaw))?
        })
    })
}

fn registration(text: &str, at: usize, registry: &str, flaw: &'static str) -> Option<Malformed> {
    let bytes = text.as_bytes();
    if at > 0 && is_word(bytes[at - 1]) {
        return None;
    }
    let label = at + registry.len();
    let gap = text[label..].len() - text[label..].trim_start_matches([' ', '\u{a0}', '-', ':', '#', '–']).len();
    let start = label + gap;
    let digits = digits_at(bytes, start);
    let end = start + digits;
    // `NCT 1` is an abbreviation of something else, and digits that go on with letters or marks are no number.
    let mut next = text[end..].chars();
    let alone = match next.next() {
        Some('.' | '-' | '–' | '/') => !next.next().is_some_and(char::is_alphanumeric),
        next => !next.is_some_and(char::is_alphanumeric),
    };
    match digits {
        8 if gap == 0 || text[label..start].contains([':', '#']) || !alone => None,
        8 => Some(Malformed::new(at..end, "is written apart").right(format!("{registry}{}", &text[start..end]))),
        6..=10 if alone => Some(Malformed::new(at..end, flaw)),
        _ => None,
    }
}

/// How far behind its label a DOI begins at most, in bytes.
const PREFIX: usize = 40;

/// The longest DOI looked at with what stands before it, in bytes.
const LONGEST: usize = 240;

/// `10.`, a registrant of four to nine digits, a slash, and a suffix.
fn doi(text: &str, at: usize, label: usize) -> Option<Malformed> {
    // What is longer than this is no DOI, and looking stays cheap on any text.
    let text = &text[..sentences::near(text, label..label, LONGEST).end];
    let mut start = label;
    let mut twice = None;
    while start < label + PREFIX {
        let rest = &text[start..];
        let begins = |word: &str| rest.get(..word.len()).is_some_and(|words| words.eq_ignore_ascii_case(word));
        let skip = ["https://", "http://", "dx.doi.org/", "doi.org/", ".org/", "doi:", "doi ", "doi"].into_iter().find(|word| begins(word));
        start += match skip {
            Some(word) => {
                twice = twice.or((word.starts_with("doi") && word != "doi.org/").then_some(start));
                word.len()
            }
            None => match rest.chars().next() {
                Some(c @ (':' | ' ' | '\u{a0}' | '/' | '.')) if !(c == '.' && start > label + 4) => c.len_utf8(),
                _ => break,
            },
        };
    }
    let word = text[start..].split(char::is_whitespace).next().unwrap_or("").trim_end_matches(['.', ',', ';', ':', ')', ']']);
    let end = start + word.len();
    if twice.is_some() && word.starts_with("10.") {
        let label = if text[at..start].contains("http") { "https://doi.org/" } else { "doi:" };
        return Some(Malformed::new(at..end, "names the DOI twice").right(format!("{label}{word}")));
    }
    let number = word.strip_prefix("10.");
    let Some(number) = number else {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        // Only what can be nothing else: `doi:1.1016/j.cell`, `doi:101.1016/j.cell`.
        let meant = word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('/') && digits >= 5 && !word.starts_with("10/");
        return meant.then(|| Malformed::new(start..end, "is no DOI, as it does not begin with “10.”"));
    };
    let registrant = number.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    match number[registrant..].strip_prefix('/') {
        _ if !(4..=9).contains(&digits) => Some(Malformed::new(start..end, "is no DOI, as its registrant has four digits or more")),
        None => Some(Malformed::new(start..end, "is no DOI, as it has no slash behind its registrant")),
        Some("") => Some(Malformed::new(start..end, "is no whole DOI, as nothing follows its slash")),
        Some(suffix) if suffix.contains(['–', '—', '‐', '‑', '−']) => {
            let plain = word.replace(['–', '—', '‐', '‑', '−'], "-");
            Some(Malformed::new(start..end, "has a dash where DOIs have a hyphen").right(plain))
        }
        Some(_) => None,
    }
}

fn pmid(text: &str, _: usize, label: usize) -> Option<Malformed> {
    let start = value(text, label);
    let bytes = text.as_bytes();
    let digits = digits_at(bytes, start);
    if text[start..].get(..3).is_some_and(|word| word.eq_ignore_ascii_case("pmc")) && digits_at(bytes, start + 3) > 0 {
        return Some(Malformed::new(start..start + 3 + digits_at(bytes, start + 3), "is a PMCID, and no PMID"));
    }
    (digits > 8 && start > label).then(|| Malformed::new(start..start + digits, "is no PMID, which has eight digits at most"))
}

/// The number behind `PMCID:` has `PMC` before it.
fn pmcid(text: &str, _: usize, label: usize) -> Option<Malformed> {
    let start = value(text, label);
    let digits = digits_at(text.as_bytes(), start);
    let end = start + digits;
    let alone = !text.as_bytes().get(end).is_some_and(|next| is_word(*next));
    ((5..=8).contains(&digits) && alone)
        .then(|| Malformed::new(start..end, "is no PMCID without “PMC”").right(format!("PMC{}", &text[start..end])))
}

/// `PMC 3086113` is one word.
fn pmc(text: &str, at: usize, label: usize) -> Option<Malformed> {
    let start = value(text, label);
    let digits = digits_at(text.as_bytes(), start);
    let end = start + digits;
    let alone = !text.as_bytes().get(end).is_some_and(|next| is_word(*next));
    let apart = start > label && (6..=8).contains(&digits) && alone;
    apart.then(|| Malformed::new(at..end, "is written apart").right(format!("PMC{}", &text[start..end])))
}

fn isbn(text: &str, _: usize, label: usize) -> Option<Malformed> {
    let rest = &text[label..];
    let skip = ["-13", "-10", " 13:", " 10:", "13:", "10:"].into_iter().find(|form| rest.starts_with(form)).map_or(0, str::len);
    let start = value(text, label + skip);
    let (digits, end) = check_digits(text, start, 13);
    // A year or another number may follow behind a space.
    let right = digits.get(..10).is_some_and(is_isbn10) || digits.get(..13).is_some_and(is_isbn13);
    match digits.len() {
        0..=8 => None,
        _ if right => None,
        10 | 13 => Some(Malformed::new(start..end, "is no ISBN, as its check digit does not fit")),
        _ if text[start..end].contains(' ') => None,
        _ => Some(Malformed::new(start..end, "is no ISBN, which has 10 or 13 digits")),
    }
}

fn is_isbn10(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    sum.is_multiple_of(11)
}

fn is_isbn13(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    sum.is_multiple_of(10)
}

fn issn(text: &str, _: usize, label: usize) -> Option<Malformed> {
    let start = value(text, label);
    let (digits, end) = check_digits(text, start, 8);
    let sum: u32 = digits.iter().zip((1..=8).rev()).map(|(d, weight)| d * weight).sum();
    (digits.len() == 8 && !sum.is_multiple_of(11)).then(|| Malformed::new(start..end, "is no ISSN, as its check digit does not fit"))
}

/// Digits with single hyphens or spaces between them, the last perhaps an X for ten, and where they end.
fn check_digits(text: &str, start: usize, most: usize) -> (Vec<u32>, usize) {
    let mut digits = Vec::new();
    let mut end = start;
    let mut parted = false;
    for (at, c) in text[start..].char_indices() {
        match c {
            '0'..='9' => digits.push(u32::from(c) - u32::from('0')),
            'X' | 'x' if matches!(digits.len(), 7 | 9) => digits.push(10),
            '-' | '‐' | '‑' | '–' | ' ' if !parted && !digits.is_empty() && digits.len() < most => {
                parted = true;
                continue;
            }
            _ => break,
        }
        parted = false;
        end = start + at + c.len_utf8();
        if matches!(digits.last(), Some(10)) || digits.len() > most {
            break;
        }
    }
    (digits, end)
}

/// Where the value behind a label begins.
fn value(text: &str, label: usize) -> usize {
    text.len() - text[label..].trim_start_matches([':', ' ', '\u{a0}', '.', '=', '#']).len()
}

fn digits_at(bytes: &[u8], start: usize) -> usize {
    bytes.get(start..).unwrap_or(&[]).iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let found = malformed(text);
        let found: Vec<_> = found.iter().map(|m| (&text[m.range.clone()], m.right.as_deref())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dois_are_freed_of_escapes_and_tails() {
        for (printed, bare) in [
            ("10.1016/S0140-6736%2897%2911096-0", "10.1016/S0140-6736(97)11096-0"),
            ("10.1016/S0140-6736(97)11096-0", "10.1016/S0140-6736(97)11096-0"),
            ("10.1000/a\\_b\\(c\\)", "10.1000/a_b(c)"),
            ("10.1002/(SICI)1:19&lt;1987::AID-SIM318&gt;3.0.CO;2-9", "10.1002/(SICI)1:19<1987::AID-SIM318>3.0.CO;2-9"),
            ("10.1000/%C3%A9&amp;partnerID=40&amp;md5=1", "10.1000/é"),
            ("10.1000/1?utm_source=µ", "10.1000/1"),
            ("10.1000/100%µ", "10.1000/100%µ"),
            ("10.1000/%FF", "10.1000/%FF"),
        ] {
            assert_eq!(bare_doi(printed), bare, "{printed}");
        }
    }

    #[test]
    fn identifiers_of_a_right_form() {
        for text in [
            "doi:10.1016/S0140-6736(97)11096-0. PMID: 9500320. PMCID: PMC3086113",
            "https://doi.org/10.1002/(SICI)1097-0258(19961015)15:19<1987::AID-SIM318>3.0.CO;2-9",
            "DOI 10.1093/ije/dyw001; dx.doi.org/10.1093/ije/dyw001; doi: 10/abc",
            "ISBN 978-3-16-148410-0, ISBN-10: 0-306-40615-2, ISBN 0-8044-2957-X, ISSN 0378-5955, ISSN 2434-561X",
            "NCT01866163 and ISRCTN12345678, the DISTINCT 12 PMC laboratories, NCT: 01866163",
            "doi: https://doi.org/10.1093/ije/dyw001",
            "ISBN 0-306-40615-2 2003, ISBN 0306406152 978-3-16-148410-0, ISBN 3-900051-07-0",
            "µ doi:",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn identifiers_of_a_wrong_form() {
        check("µ doi:doi:10.5555/x", &[("doi:doi:10.5555/x", Some("doi:10.5555/x"))]);
        check("doi: 10.5555", &[("10.5555", None)]);
        check("doi: 10.5555/ x.2", &[("10.5555/", None)]);
        check("doi: 10.555/x.2", &[("10.555/x.2", None)]);
        check("https://doi.org/10.5555/x–2.", &[("10.5555/x–2", Some("10.5555/x-2"))]);
        check("doi:1.1016/j.x.2010", &[("1.1016/j.x.2010", None)]);
        check("doi:10.5555/x–2.", &[("10.5555/x–2", Some("10.5555/x-2"))]);
        check("PMID: 123456789", &[("123456789", None)]);
        check("PMID: PMC3086113", &[("PMC3086113", None)]);
        check("PMCID: 3086113", &[("3086113", Some("PMC3086113"))]);
        check("PMC 3086113", &[("PMC 3086113", Some("PMC3086113"))]);
        check("ISBN 978-3-16-148410-1", &[("978-3-16-148410-1", None)]);
        check("ISBN 0306406153", &[("0306406153", None)]);
        check("ISSN 0378-5956", &[("0378-5956", None)]);
        check("NCT0186616", &[("NCT0186616", None)]);
        check("NCT 01866163.", &[("NCT 01866163", Some("NCT01866163"))]);
    }
}

//! Identifiers, links, access dates and remarks: found by their own marks, and taken out before the rest is read.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::tokens::GAP;
use super::{Field, field};

/// What was found, and the entry with it taken out, byte for byte at the same places.
pub(super) struct Identifiers {
    pub doi: Option<Field>,
    pub pmid: Option<Field>,
    pub pmcid: Option<Field>,
    pub url: Option<Field>,
    pub accessed: Option<Field>,
    /// The entry with [`GAP`] bytes where something was taken out.
    pub body: String,
}

pub(super) fn take(text: &str) -> Identifiers {
    let lower = text.to_ascii_lowercase();
    let mut scan = Scan { text, lower: &lower, signs: signs(&lower), body: text.as_bytes().to_vec() };
    scan.remarks();
    let doi = scan.doi();
    let pmid = scan.number("pmid", 1..=9, false).or_else(|| scan.number("pubmed", 5..=9, false)).or_else(|| scan.pubmed_link());
    let url = scan.url();
    let pmcid = scan.number("pmc", 5..=9, true);
    let accessed = scan.accessed();
    scan.dated_remarks();
    scan.tails();
    scan.labels();
    let body = String::from_utf8(scan.body).unwrap_or_else(|_| text.to_owned());
    Identifiers { doi, pmid, pmcid, url, accessed, body }
}

struct Scan<'a> {
    text: &'a str,
    lower: &'a str,
    /// The signs of the text and where each starts, in the order of their ends.
    signs: Vec<(&'static str, usize)>,
    body: Vec<u8>,
}

/// What identifiers, links and notes are known by, in small letters. Most entries have none or two of them, so that one walk
/// through the entry spares a search for each.
const SIGNS: &[&[&str]] = &[&["10."], NUMBERS, PUBMED, SCHEMES, DOMAINS, ACCESSED, DATED, TAILS];

const NUMBERS: &[&str] = &["pmid", "pubmed", "pmc"];
const PUBMED: &[&str] = &["ncbi.nlm.nih.gov/pubmed/", "pubmed.ncbi.nlm.nih.gov/", "pubmed.gov/"];
const SCHEMES: &[&str] = &["http://", "https://", "ftp://", "www."];
/// Where the site ends in a link that is written without its scheme.
const DOMAINS: &[&str] = &[".org/", ".com/", ".gov/", ".edu/", ".net/", ".int/", ".uk/", ".eu/"];
/// Words before a date of access.
const ACCESSED: &[&str] = &["accessed", "cited", "retrieved", "consulted", "viewed", "assessed"];
/// What remarks with dates begin with.
const DATED: &[&str] = &["[updated", "[cited", "[accessed", "[last ", "[modified", "[retrieved"];

fn signs(lower: &str) -> Vec<(&'static str, usize)> {
    static FLAT: LazyLock<Vec<&str>> = LazyLock::new(|| SIGNS.concat());
    static WALK: LazyLock<AhoCorasick> = LazyLock::new(|| AhoCorasick::new(FLAT.iter()).expect("a few short words"));
    WALK.find_overlapping_iter(lower).map(|found| (FLAT[found.pattern()], found.start())).collect()
}

/// What link buttons, languages and media are called in brackets behind a title.
#[rustfmt::skip]
const REMARKS: &[&str] = &[
    "pubmed", "google scholar", "pmc", "crossref", "cross ref", "medline", "ref list", "full text", "free full text", "web of science",
    "scopus", "view article", "in ", "article in", "internet", "online", "serial online", "abstract", "letter", "editorial",
    "press release", "cited", "accessed", "last accessed", "epub", "published", "e-pub", "doi", "database", "web page", "webpage",
    "homepage", "document", "cd-rom", "computer", "dissertation", "thesis", "ph.d", "phd", "data set", "dataset", "preprint", "review",
    "updated", "retrieved", "isi", "cas", "unpublished",
];

/// The longest remark, in bytes.
const REMARK: usize = 80;

/// Words that open a note behind the entry proper.
#[rustfmt::skip]
const TAILS: &[&str] = &[
    "erratum in", "comment in", "epub 1", "epub 2", "corrected and republished", "republished in", "retraction in", "pubmed central",
    "pubmed pmid", "[erratum", "(erratum", "ecollection",
];

impl Scan<'_> {
    /// Where a sign starts, in rising order.
    fn starts(&self, sign: &'static str) -> impl Iterator<Item = usize> + use<> {
        let places: Vec<usize> = self.signs.iter().filter(|(found, _)| *found == sign).map(|&(_, at)| at).collect();
        places.into_iter()
    }

    /// Where the first of some signs starts.
    fn first(&self, signs: &[&str]) -> Option<usize> {
        self.signs.iter().filter(|(found, _)| signs.contains(found)).map(|&(_, at)| at).min()
    }

    fn hide(&mut self, range: Range<usize>) {
        self.body[range].fill(GAP);
    }

    fn is_free(&self, at: usize) -> bool {
        self.body.get(at).is_some_and(|&byte| byte != GAP)
    }

    /// `[PubMed]`, `[in German]`, `[Internet]`, `(in Japanese)`.
    fn remarks(&mut self) {
        for (open, close) in [('[', ']'), ('(', ')')] {
            for (start, _) in self.lower.match_indices(open) {
                let Some(length) = self.lower.as_bytes()[start..].iter().take(REMARK).position(|&byte| byte == close as u8) else {
                    continue;
                };
                let (at, end) = (start + 1, start + length);
                let inside = self.lower[at..end].trim_start();
                let remark = match open {
                    '[' => REMARKS.iter().any(|word| inside.starts_with(word)) || inside.ends_with("press release"),
                    _ => {
                        inside.starts_with("in ")
                            && inside.split(' ').count() <= 3
                            && self.text[at..end].trim_start()[3..].starts_with(char::is_uppercase)
                    }
                };
                if remark {
                    self.hide_remark(start..end + 1);
                }
            }
        }
    }

    /// Hides a remark, but not the date or the link in it.
    fn hide_remark(&mut self, range: Range<usize>) {
        let inside = &self.lower[range.clone()];
        if ["published correction", "published erratum"].iter().any(|note| inside[1..].starts_with(note)) {
            self.hide(range);
            return;
        }
        if ["accessed", "cited", "retrieved", "http", "10.", "pmc", "published", "updated"].iter().any(|word| inside.contains(word))
            || inside.bytes().any(|b| b.is_ascii_digit())
        {
            return;
        }
        self.hide(range);
    }

    /// `[updated 2014 May 2; cited 2015 Mar 3]`, once the date of access has been taken.
    fn dated_remarks(&mut self) {
        for word in DATED {
            if let Some(start) = self.starts(word).next()
                && let Some(length) = self.lower[start..].find(']').filter(|&length| length < REMARK)
            {
                self.hide(start..start + length + 1);
            }
        }
    }

    /// Notes behind the entry proper tell of other publications of the work.
    fn tails(&mut self) {
        let first = TAILS.iter().filter_map(|tail| self.starts(tail).next());
        if let Some(at) = first.filter(|&at| at > 40).min() {
            self.hide(at..self.text.len());
        }
    }

    /// `10.`, four to nine digits, `/`, and what follows up to white space, without the punctuation of the sentence.
    fn doi(&mut self) -> Option<Field> {
        for start in self.starts("10.") {
            let at = start + 3;
            let digits = self.lower[at..].bytes().take_while(u8::is_ascii_digit).count();
            let registrant = at + digits + self.lower[at + digits..].bytes().take_while(|&b| b == b'.' || b.is_ascii_digit()).count();
            if !(4..=9).contains(&digits)
                || !self.lower[registrant..].starts_with('/')
                || self.lower[..start].ends_with(|c: char| c.is_ascii_digit())
            {
                continue;
            }
            let end = doi_end(self.lower, start, registrant + 1);
            if end <= registrant + 1 {
                continue;
            }
            let link = word_start(&self.lower[..start], char::is_whitespace);
            let from =
                if self.lower[link..start].contains("http") { link + self.lower[link..start].find("http").unwrap_or(0) } else { start };
            self.hide(from..end);
            return Some(field(self.text, start..end));
        }
        None
    }

    fn url(&mut self) -> Option<Field> {
        let mut found = None;
        for scheme in SCHEMES {
            for start in self.starts(scheme) {
                if !self.is_free(start) || *scheme == "www." && self.lower[..start].ends_with('/') {
                    continue;
                }
                let length = self.lower[start..]
                    .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '\u{1}'))
                    .unwrap_or(self.lower.len() - start);
                let end = start + trimmed(&self.lower[start..start + length]);
                if end <= start + scheme.len() {
                    continue;
                }
                self.hide(start..end);
                let better = found.as_ref().is_none_or(|old: &Field| start < old.range.start);
                if better {
                    found = Some(field(self.text, start..end));
                }
            }
        }
        found.or_else(|| self.bare_link())
    }

    /// A link without scheme, such as `my.example.org/health/sleep`.
    fn bare_link(&mut self) -> Option<Field> {
        let slash = self.first(DOMAINS)?;
        let start = word_start(&self.lower[..slash], |c| c.is_whitespace() || matches!(c, '(' | '<' | '['));
        let length = self.lower[start..].find(char::is_whitespace).unwrap_or(self.lower.len() - start);
        let end = start + trimmed(&self.lower[start..start + length]);
        if !self.is_free(start) || end <= slash || self.lower[start..slash].contains('@') {
            return None;
        }
        self.hide(start..end);
        Some(field(self.text, start..end))
    }

    /// The number in a link to PubMed, which stays a link.
    fn pubmed_link(&self) -> Option<Field> {
        PUBMED.iter().find_map(|site| {
            let start = self.starts(site).next()? + site.len();
            let digits = self.lower[start..].bytes().take_while(u8::is_ascii_digit).count();
            (4..=9).contains(&digits).then(|| field(self.text, start..start + digits))
        })
    }

    /// `PMID: 12345678`, `PMC1234567`: the digits, or label and digits where the label belongs to the number.
    fn number(&mut self, label: &'static str, length: std::ops::RangeInclusive<usize>, keeps_label: bool) -> Option<Field> {
        for start in self.starts(label) {
            let at = start + label.len();
            let digits = at + self.lower[at..].find(|c: char| !matches!(c, ':' | ' ' | '\u{a0}' | '.')).unwrap_or(0);
            let end = digits + self.lower[digits..].bytes().take_while(u8::is_ascii_digit).count();
            if length.contains(&(end - digits)) && (!keeps_label || digits == at) && self.is_free(start) {
                self.hide(start..end);
                return Some(field(self.text, if keeps_label { start } else { digits }..end));
            }
        }
        None
    }

    /// The date behind "accessed", "cited" or "retrieved".
    fn accessed(&mut self) -> Option<Field> {
        for word in ACCESSED {
            for start in self.starts(word) {
                let at = start + word.len();
                let skip = self.lower[at..].find(|c: char| !matches!(c, ':' | ' ' | ',')).unwrap_or(0);
                let from = at + skip + if self.lower[at + skip..].starts_with("on ") { 3 } else { 0 };
                let end = date_end(self.lower, from);
                if self.lower[from..end].bytes().filter(u8::is_ascii_digit).count() >= 4 {
                    let label = self.lower[..start].trim_end_matches("last ").trim_end_matches("date ").trim_end_matches("access ").len();
                    self.hide(label..end);
                    return Some(field(self.text, from..end));
                }
            }
        }
        None
    }

    /// Words that only announce a link: "Available at:", "Retrieved from", "doi:", "URL:".
    fn labels(&mut self) {
        const WORDS: &[&str] = &[
            "available",
            "from",
            "at",
            "online",
            "url",
            "retrieved",
            "doi",
            "via",
            "link",
            "pubmed",
            "pmid",
            "pmcid",
            "and",
            "accessible",
            "found",
            "website",
            "web",
            "on",
            "see",
            "central",
        ];
        let mut at = 0;
        while let Some(gap) = self.body[at..].iter().position(|&b| b == GAP).map(|i| i + at) {
            let mut end = gap;
            loop {
                let before =
                    self.lower[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '<' | '(' | '[' | ',' | ';'));
                let word =
                    before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
                if word < before.len() && WORDS.contains(&&before[word..]) {
                    end = word;
                } else {
                    break;
                }
            }
            if end < gap {
                self.hide(end..gap);
            }
            at = gap + self.body[gap..].iter().take_while(|&&b| b == GAP).count();
        }
    }
}

/// Where the word at the end of a text begins.
fn word_start(text: &str, parts: fn(char) -> bool) -> usize {
    text.len() - text.rsplit(parts).next().map_or(0, str::len)
}

/// The end of a DOI that starts at `start`: brackets are part of it where they are balanced.
fn doi_end(lower: &str, start: usize, suffix: usize) -> usize {
    // Identifiers of the SICI kind have angle brackets: `(SICI)1097-0258(19961015)15:19<1987::AID-SIM318>3.0.CO;2-9`.
    let word = lower[suffix..].split(char::is_whitespace).next().unwrap_or("");
    let sici = word.split_once('<').is_some_and(|(_, rest)| rest.split_once('>').is_some_and(|(inside, _)| inside.contains("::")));
    let length = lower[suffix..]
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '“' | '{' | '}' | '|' | '\u{1}') || !sici && matches!(c, '<' | '>'))
        .unwrap_or(lower.len() - suffix);
    let mut doi = &lower[start..suffix + length];
    for tail in ["&partnerid=", "?", ";pubmed", ",pmid", ";pmid", "pmid:", ",doi", "[pubmed", "[google"] {
        doi = doi.split(tail).next().unwrap_or(doi);
    }
    let mut end = trimmed(doi);
    for tail in ["/full", "/abstract", "/pdf", "/epdf", ".pdf"] {
        end = doi[..end].strip_suffix(tail).map_or(end, str::len);
    }
    start + end
}

/// The length of a link or DOI without the punctuation that belongs to the sentence.
fn trimmed(link: &str) -> usize {
    let count = |mark: char| link.matches(mark).count() as isize;
    let (mut round, mut square) = (count(')') - count('('), count(']') - count('['));
    let mut end = link.len();
    while let Some(last) = link[..end].chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '\'' | '’' | '”' | '"' | '*' => {}
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

/// The end of a date that starts at `from`.
fn date_end(lower: &str, from: usize) -> usize {
    let mut end = from;
    let mut at = from;
    for _ in 0..8 {
        let rest = &lower[at..];
        let skip = rest.len() - rest.trim_start_matches([' ', ',', '\u{a0}']).len();
        let length = rest[skip..].find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '/' | '–')).unwrap_or(rest.len() - skip);
        let word = &rest[skip..skip + length];
        if word.is_empty() || !is_date_word(word) {
            break;
        }
        end = at + skip + length;
        at = end + usize::from(lower[end..].starts_with('.') && lower[end + 1..].starts_with(|c: char| c == ' ' || c.is_ascii_digit()));
    }
    end
}

fn is_date_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || is_month(word) || word == "of"
}

/// Whether a word in any case names a month, whole or shortened to three letters or more, or a season.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    const SEASONS: [&str; 5] = ["spring", "summer", "autumn", "fall", "winter"];
    // Three letters tell them apart, and from almost all other words.
    let Some(first) = word.as_bytes().first_chunk::<3>().map(|first| first.map(|byte| byte.to_ascii_lowercase())) else { return false };
    let lead = || word.split(['-', '–', '/']).next().unwrap_or(word);
    let begins = |name: &&&str| name.as_bytes().first_chunk() == Some(&first);
    match MONTHS.iter().find(begins) {
        Some(month) => month.get(..lead().len()).is_some_and(|start| start.eq_ignore_ascii_case(lead())),
        None => SEASONS.iter().find(begins).is_some_and(|season| season.eq_ignore_ascii_case(lead())),
    }
}

//! What tells a work: its parts, folded so that spelling and style do not matter.

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::article::references::{Field, Reference};

/// The folded parts of an entry; what is not given is `None` or empty.
#[derive(Debug)]
pub(super) struct Key<'e> {
    /// The whole entry, letters and digits only.
    pub words: String,
    /// Its words without identifiers, small words and the dots between initials; few entries are asked for them.
    list: OnceCell<Vec<String>>,
    entry: &'e Reference,
    /// The title, letters and digits only.
    pub title: String,
    /// The numbers of the title, roman ones too: what parts of a series differ in.
    pub numbers: Vec<String>,
    /// The kind of note about another work that the title says it is.
    pub about: Option<&'static str>,
    /// The number of the edition.
    pub edition: Option<String>,
    /// The surname of the first author, or the group.
    pub author: Option<String>,
    pub container: Option<String>,
    pub year: Option<String>,
    /// The letter behind the year, which authors give to tell two works of one year apart: `2015b`.
    pub letter: Option<String>,
    pub volume: Option<String>,
    /// The first page.
    pub page: Option<String>,
    pub doi: Option<String>,
    pub pmid: Option<String>,
    pub url: Option<String>,
}

impl<'e> Key<'e> {
    pub fn of(entry: &'e Reference) -> Self {
        let fields = entry.fields();
        let given = |field: &Option<Field>| field.as_ref().map(|field| fold(&field.text)).filter(|text| !text.is_empty());
        let title = fields.title.as_ref().map_or("", |field| field.text.as_str());
        Key {
            words: fold(entry.text()),
            list: OnceCell::new(),
            entry,
            title: fold(title),
            numbers: numbers(title),
            about: about(title),
            edition: edition(entry.text()),
            author: fields.authors.first().map(|name| surname(&name.text)).or_else(|| given(&fields.group_author)),
            container: given(&fields.container),
            year: given(&fields.year),
            letter: fields.year.as_ref().and_then(|year| letter(&entry.text()[year.range.end..])),
            volume: given(&fields.volume),
            page: fields.pages.as_ref().map(|pages| first_page(&pages.text)),
            doi: fields.doi.as_ref().map(|doi| doi.text.to_ascii_lowercase()),
            pmid: given(&fields.pmid),
            url: fields.url.as_ref().map(|url| link(&url.text)),
        }
    }

    /// The words of the entry.
    pub fn list(&self) -> &[String] {
        self.list.get_or_init(|| words(self.entry))
    }

    /// Whether publishers or sites do not speak against one work: one stands in the other, or one is not given.
    pub fn container_agrees(&self, other: &Key<'_>) -> bool {
        match (&self.container, &other.container) {
            (Some(a), Some(b)) => a.contains(b.as_str()) || b.contains(a.as_str()) || abbreviates(a, b) || abbreviates(b, a),
            _ => true,
        }
    }
}

fn letter(behind: &str) -> Option<String> {
    let mut chars = behind.chars();
    let letter = chars.next().filter(char::is_ascii_lowercase)?;
    chars.next().is_none_or(|c| !c.is_alphanumeric()).then(|| letter.to_string())
}

/// Gives what entries of one work share at least one of, hashed.
pub(super) fn marks(entry: &Reference, mut give: impl FnMut(u64)) {
    let fields = entry.fields();
    let mut text = String::with_capacity(entry.text().len());
    let mut mark = |name: &str, write: &dyn Fn(&mut String) -> bool| {
        text.clear();
        text.push_str(name);
        if write(&mut text) {
            give(hash(&text));
        }
    };
    let folded = |field: &Option<Field>, out: &mut String| {
        let start = out.len();
        field.iter().for_each(|field| fold_into(&field.text, out));
        out.len() > start
    };
    mark("doi ", &|out| fields.doi.as_ref().map(|doi| out.extend(doi.text.chars().map(|c| c.to_ascii_lowercase()))).is_some());
    mark("pmid ", &|out| folded(&fields.pmid, out));
    mark("at ", &|out| {
        let page = fields.pages.as_ref().map(|pages| first_page(&pages.text));
        folded(&fields.volume, out) && page.map(|page| *out += &format!(" {page}")).is_some()
    });
    mark("title ", &|out| folded(&fields.title, out));
    mark("by ", &|out| {
        let year = folded(&fields.year, out);
        out.push(' ');
        year && match fields.authors.first() {
            Some(name) => {
                *out += &surname(&name.text);
                true
            }
            None => folded(&fields.group_author, out),
        }
    });
    mark("words ", &|out| {
        let start = out.len();
        fold_into(entry.text(), out);
        out.len() - start >= LEAST
    });
}

/// Entries of fewer letters and digits say nothing by being the same.
pub(super) const LEAST: usize = 20;

fn hash(text: &str) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The words of an entry, folded: initials together, without identifiers and the small words that shortening leaves out.
fn words(entry: &Reference) -> Vec<String> {
    let fields = entry.fields();
    let hidden =
        [&fields.doi, &fields.pmid, &fields.pmcid, &fields.url].map(|field| field.as_ref().map_or(0..0, |field| field.range.clone()));
    let mut out: Vec<String> = Vec::new();
    let mut initial = false;
    let mut at = 0;
    for word in entry.text().split(|c: char| !c.is_alphanumeric()) {
        let start = at;
        at += word.len() + entry.text()[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        let folded = fold(word);
        let small = matches!(
            folded.as_str(),
            "of" | "the" | "and" | "for" | "in" | "on" | "a" | "doi" | "pmid" | "pmcid" | "https" | "http" | "org" | "dx"
        );
        if folded.is_empty()
            || small && word.chars().next().is_some_and(char::is_lowercase)
            || hidden.iter().any(|range| range.contains(&start))
        {
            continue;
        }
        let single = word.chars().count() <= 2 && word.chars().all(char::is_uppercase);
        match out.last_mut() {
            Some(last) if single && initial => last.push_str(&folded),
            _ => out.push(folded),
        }
        initial = single;
    }
    out
}

/// Letters and digits in lower case, without accents.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            _ if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ if c.is_ascii() || is_punctuation(c) => {}
            _ => fold_wide(c, out),
        }
    }
}

/// Quotation marks, dashes and the like; none of them decomposes into letters.
fn is_punctuation(c: char) -> bool {
    ('\u{2000}'..='\u{206f}').contains(&c)
}

fn fold_wide(c: char, out: &mut String) {
    for c in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'μ' => out.push('µ'),
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
}

/// Whether the letters of `short` stand in `long` in their order, from its first letter on, as in a shortened title.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.chars().next() == long.chars().next() && short.chars().all(|c| letters.any(|l| l == c))
}

/// Without initials and suffix: the longest part of a name, and what stands before it.
fn surname(name: &str) -> String {
    let family = name.split(',').next().unwrap_or(name);
    let parts: Vec<&str> = family.split([' ', '.']).filter(|part| !part.is_empty() && !is_initials(part)).collect();
    let glued = |part: &str| part.trim_end_matches(|c: char| c.is_uppercase()).to_owned();
    match parts.as_slice() {
        [] => fold(name),
        [one] if one.chars().any(char::is_lowercase) => fold(&glued(one)),
        parts => fold(&parts.concat()),
    }
}

fn is_initials(part: &str) -> bool {
    part.chars().count() <= 3 && part.chars().all(|c| c.is_uppercase() || c == '-') || matches!(part, "Jr" | "Sr")
}

fn first_page(pages: &str) -> String {
    let first = pages.split(['-', '–', '‐', '‑', '−', ',']).next().unwrap_or(pages);
    fold(first)
}

/// A link without scheme, `www.` and the slash at its end.
fn link(url: &str) -> String {
    let lower = url.to_ascii_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    rest.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

/// The numbers of a title, and the words that number its parts.
fn numbers(title: &str) -> Vec<String> {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            let roman = !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
            word.bytes().any(|b| b.is_ascii_digit())
                || roman
                || matches!(
                    word.to_ascii_lowercase().as_str(),
                    "ii" | "iii" | "iv" | "first" | "second" | "third" | "fourth" | "one" | "two" | "three"
                )
        })
        .map(str::to_ascii_lowercase)
        .collect()
}

/// Notes that carry the title of the work they are about.
fn about(title: &str) -> Option<&'static str> {
    const NOTES: &[(&str, &str)] = &[
        ("erratum", "erratum"),
        ("errata", "erratum"),
        ("corrigend", "erratum"),
        ("correction", "erratum"),
        ("correction to", "erratum"),
        ("comment", "comment"),
        ("reply", "reply"),
        ("response", "reply"),
        ("authors reply", "reply"),
        ("retract", "retraction"),
        ("expression of concern", "concern"),
        ("editorial", "comment"),
        ("withdrawn", "retraction"),
        ("re ", "reply"),
        ("letter", "comment"),
    ];
    let lower = title.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace([':', '’', '\''], " ");
    let opens = NOTES.iter().find(|(word, _)| lower.starts_with(word));
    let ends = ["reply", "comment", "erratum", "correction", "corrigendum"]
        .iter()
        .find(|word| lower.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with(*word));
    opens.map(|(_, note)| *note).or(ends.copied())
}

/// The number before "ed", "edn" or "edition".
fn edition(text: &str) -> Option<String> {
    let mut last = "";
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let lower = word.to_ascii_lowercase();
        if matches!(lower.as_str(), "ed" | "edn" | "edition") && last.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(last.chars().take_while(char::is_ascii_digit).collect());
        }
        last = word;
    }
    None
}

//! Parts of an entry that the format tags: they stand over what was read from the words.

use std::ops::Range;

use super::{Field, Fields, Kind, field};
use crate::document::Part;

/// The parts as tagged, in the order of their start.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    pub parts: Vec<(Part, Range<usize>)>,
    /// The kind of source in the format's own word.
    pub publication: Option<String>,
}

/// Puts what is tagged over what was read.
pub(super) fn overlay(text: &str, tags: &Tags, fields: &mut Fields) {
    if tags.parts.is_empty() {
        return;
    }
    let first = |part: Part| tags.parts.iter().find(|(other, _)| *other == part).map(|(_, range)| trimmed(text, range.clone()));
    let set = |slot: &mut Option<Field>, found: Option<Field>| {
        if let Some(found) = found.filter(|found| !found.text.is_empty()) {
            *slot = Some(found);
        }
    };
    let mut et_al = first(Part::EtAl).is_some();
    let authors = authors(text, tags, &mut et_al);
    let group = first(Part::GroupAuthor);
    if !authors.is_empty() || group.is_some() {
        (fields.authors, fields.group_author) = (authors, group);
        fields.et_al |= et_al;
    }
    let (title, source) = (first(Part::Title), first(Part::Source));
    let located = first(Part::Volume).is_some() || tags.publication.as_deref().is_some_and(|kind| kind == "journal");
    match (title, source) {
        // What is no journal and has no other title is the work itself.
        (None, Some(source)) if !located => {
            (fields.title, fields.container) = (Some(source), first(Part::Publisher));
        }
        (None, Some(source)) => (fields.title, fields.container) = (None, Some(source)),
        (title, source) => {
            set(&mut fields.title, title);
            set(&mut fields.container, source);
        }
    }
    set(&mut fields.year, first(Part::Year).map(|year| undated(text, year)));
    set(&mut fields.volume, first(Part::Volume));
    set(&mut fields.issue, first(Part::Issue));
    set(&mut fields.pages, pages(text, &first));
    set(&mut fields.doi, first(Part::Doi).map(|doi| from(text, doi, "10.")));
    set(&mut fields.pmid, first(Part::Pmid));
    set(&mut fields.pmcid, first(Part::Pmcid));
    set(&mut fields.accessed, first(Part::Accessed));
    fields.kind = kind(tags, fields.kind);
}

/// The authors as "Surname AB", as their tags say, whatever order the names are printed in.
fn authors(text: &str, tags: &Tags, et_al: &mut bool) -> Vec<Field> {
    let mut parts = tags.parts.iter().peekable();
    let mut authors = Vec::new();
    while let Some((part, whole)) = parts.next() {
        if *part != Part::Author {
            continue;
        }
        let (mut surname, mut given) = (None, None);
        while let Some((part, range)) = parts.next_if(|(part, range)| *part != Part::Author && range.end <= whole.end) {
            match part {
                Part::Surname => surname = Some(&text[range.clone()]),
                Part::GivenNames => given = Some(&text[range.clone()]),
                _ => {}
            }
        }
        let mut author = trimmed(text, whole.clone());
        if let Some(surname) = surname {
            author.text = format!("{} {}", folded(surname), initials(given.unwrap_or(""))).trim_end().to_owned();
        }
        // Some publishers tag `et al` as one more name.
        let cut = author.text.trim_end_matches('.').eq_ignore_ascii_case("et al");
        *et_al |= cut;
        if !author.text.is_empty() && !cut {
            authors.push(author);
        }
    }
    authors
}

/// `Anna-Lena B.` as `ALB`; what is short and in capitals is initials already.
fn initials(given: &str) -> String {
    let plain: String = given.chars().filter(|c| !matches!(c, '.' | ' ' | '\u{a0}' | '-' | '‐')).collect();
    if plain.chars().count() <= 4 && plain.chars().all(char::is_uppercase) {
        return plain;
    }
    given
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '‐'))
        .filter_map(|name| name.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

/// First and last page as one range of the words.
fn pages(text: &str, first: &dyn Fn(Part) -> Option<Field>) -> Option<Field> {
    match (first(Part::FirstPage), first(Part::LastPage)) {
        (Some(start), Some(end)) if start.range.end <= end.range.start && start.text != end.text => {
            Some(trimmed(text, start.range.start..end.range.end))
        }
        (Some(start), _) => Some(start),
        _ => first(Part::Pages).or_else(|| first(Part::ArticleNumber)),
    }
}

/// The kind of source by the word of the tag sets; other words leave what was read.
fn kind(tags: &Tags, read: Kind) -> Kind {
    let chapter = tags.parts.iter().any(|(part, _)| *part == Part::Title);
    match tags.publication.as_deref().unwrap_or("") {
        "journal" if !matches!(read, Kind::Abstract | Kind::Preprint) => Kind::Journal,
        "book" if chapter => Kind::Chapter,
        "book" => Kind::Book,
        "confproc" | "conference" | "conf-proc" => Kind::Abstract,
        "thesis" => Kind::Thesis,
        "report" | "gov" | "government" if read != Kind::Guideline => Kind::Report,
        "web" | "website" | "webpage" | "web-page" if !matches!(read, Kind::Registry | Kind::DrugLabel | Kind::Announcement) => {
            Kind::WebPage
        }
        "preprint" => Kind::Preprint,
        "data" | "dataset" | "database" => Kind::Dataset,
        _ => read,
    }
}

/// The letter of `2004a` is none of the year.
fn undated(text: &str, year: Field) -> Field {
    let digits = year.text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 && year.text.len() == 5 { field(text, year.range.start..year.range.start + 4) } else { year }
}

/// An identifier without the link or word before it.
fn from(text: &str, found: Field, mark: &str) -> Field {
    match text[found.range.clone()].find(mark) {
        Some(start) => field(text, found.range.start + start..found.range.end),
        None => found,
    }
}

/// A part without the punctuation that some publishers leave inside its tags.
fn trimmed(text: &str, range: Range<usize>) -> Field {
    let words = text.get(range.clone()).unwrap_or("");
    let loose = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':');
    let start = range.start + (words.len() - words.trim_start_matches(loose).len());
    let end = start + words.trim_matches(loose).len();
    let end = if text[start..end].ends_with('.') && !text[start..end - 1].contains('.') { end - 1 } else { end };
    field(text, start..end)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

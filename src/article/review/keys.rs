//! Review statements in the front matter.

use std::collections::BTreeMap;

use super::intervals;
use super::labels::Link;
use super::tail::{self, Tail};
use super::{Lack, Origin, ReviewKind, ReviewStatement, Reviewer, StatedDate};
use crate::article::{dates, upkeep};
use crate::document::{Document, Format, Metadata};
use crate::source::{Source, Span};

/// What the value of a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    /// A date, or for a review also a name.
    Date(ReviewKind),
    /// The name of a reviewer.
    Reviewer,
    /// `review_by`: the last day for a review, or the reviewer.
    ReviewBy,
}

use ReviewKind::{NextReview, Published, Reviewed, Updated};

/// Keys in lower case without separators, sorted.
const KEYS: &[(&str, Key)] = &[
    ("articlemodifiedtime", Key::Date(Updated)),
    ("articlepublishedtime", Key::Date(Published)),
    ("citationdate", Key::Date(Published)),
    ("citationonlinedate", Key::Date(Published)),
    ("citationpublicationdate", Key::Date(Published)),
    ("clinicallyreviewed", Key::Date(Reviewed)),
    ("clinicallyreviewedby", Key::Reviewer),
    ("clinicalreviewer", Key::Reviewer),
    ("contentlastreviewed", Key::Date(Reviewed)),
    ("created", Key::Date(Published)),
    ("createdat", Key::Date(Published)),
    ("date", Key::Date(Published)),
    ("datecreated", Key::Date(Published)),
    ("datelastreviewed", Key::Date(Reviewed)),
    ("datelastupdated", Key::Date(Updated)),
    ("datemodified", Key::Date(Updated)),
    ("datenextreview", Key::Date(NextReview)),
    ("datepublished", Key::Date(Published)),
    ("datereviewed", Key::Date(Reviewed)),
    ("dateupdated", Key::Date(Updated)),
    ("dcdate", Key::Date(Published)),
    ("dcdatecreated", Key::Date(Published)),
    ("dcdateissued", Key::Date(Published)),
    ("dcdatemodified", Key::Date(Updated)),
    ("dctermscreated", Key::Date(Published)),
    ("dctermsdate", Key::Date(Published)),
    ("dctermsissued", Key::Date(Published)),
    ("dctermsmodified", Key::Date(Updated)),
    ("lastclinicalreview", Key::Date(Reviewed)),
    ("lastmedicallyreviewed", Key::Date(Reviewed)),
    ("lastmedicalreview", Key::Date(Reviewed)),
    ("lastmod", Key::Date(Updated)),
    ("lastmodified", Key::Date(Updated)),
    ("lastmodifiedat", Key::Date(Updated)),
    ("lastreview", Key::Date(Reviewed)),
    ("lastreviewdate", Key::Date(Reviewed)),
    ("lastreviewed", Key::Date(Reviewed)),
    ("lastreviewedat", Key::Date(Reviewed)),
    ("lastreviewedby", Key::Reviewer),
    ("lastreviewedon", Key::Date(Reviewed)),
    ("lastrevised", Key::Date(Updated)),
    ("lastupdate", Key::Date(Updated)),
    ("lastupdated", Key::Date(Updated)),
    ("lastupdatedat", Key::Date(Updated)),
    ("lastupdatedon", Key::Date(Updated)),
    ("medicallyreviewed", Key::Date(Reviewed)),
    ("medicallyreviewedat", Key::Date(Reviewed)),
    ("medicallyreviewedby", Key::Reviewer),
    ("medicallyreviewedon", Key::Date(Reviewed)),
    ("medicalreview", Key::Date(Reviewed)),
    ("medicalreviewdate", Key::Date(Reviewed)),
    ("medicalreviewedby", Key::Reviewer),
    ("medicalreviewer", Key::Reviewer),
    ("medicalreviewers", Key::Reviewer),
    ("modified", Key::Date(Updated)),
    ("modifiedat", Key::Date(Updated)),
    ("modifieddate", Key::Date(Updated)),
    ("nextreview", Key::Date(NextReview)),
    ("nextreviewdate", Key::Date(NextReview)),
    ("nextreviewdue", Key::Date(NextReview)),
    ("nextreviewon", Key::Date(NextReview)),
    ("ogpublishdate", Key::Date(Published)),
    ("ogupdatedtime", Key::Date(Updated)),
    ("pagelastreviewed", Key::Date(Reviewed)),
    ("pagelastupdated", Key::Date(Updated)),
    ("parselypubdate", Key::Date(Published)),
    ("pubdate", Key::Date(Published)),
    ("publicationdate", Key::Date(Published)),
    ("publishdate", Key::Date(Published)),
    ("published", Key::Date(Published)),
    ("publishedat", Key::Date(Published)),
    ("publisheddate", Key::Date(Published)),
    ("publishedon", Key::Date(Published)),
    ("reviewby", Key::ReviewBy),
    ("reviewdate", Key::Date(Reviewed)),
    ("reviewdue", Key::Date(NextReview)),
    ("reviewduedate", Key::Date(NextReview)),
    ("reviewed", Key::Date(Reviewed)),
    ("reviewedat", Key::Date(Reviewed)),
    ("reviewedby", Key::Reviewer),
    ("reviewedbyname", Key::Reviewer),
    ("revieweddate", Key::Date(Reviewed)),
    ("reviewedon", Key::Date(Reviewed)),
    ("reviewer", Key::Reviewer),
    ("reviewername", Key::Reviewer),
    ("reviewers", Key::Reviewer),
    ("reviewlast", Key::Date(Reviewed)),
    ("reviewnext", Key::Date(NextReview)),
    ("revised", Key::Date(Updated)),
    ("revisiondate", Key::Date(Updated)),
    ("sailthrudate", Key::Date(Published)),
    ("updated", Key::Date(Updated)),
    ("updatedat", Key::Date(Updated)),
    ("updateddate", Key::Date(Updated)),
    ("updatedon", Key::Date(Updated)),
];

/// Keys of a house, each read as one that is known: `checked_on` as `last_reviewed_on`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnKeys(BTreeMap<String, String>);

impl OwnKeys {
    /// Adds a key.
    ///
    /// # Errors
    /// The key that it is to be read as is none that is known; the known keys, without separators.
    pub fn add(&mut self, own: &str, known: &str) -> Result<(), Vec<&'static str>> {
        let all = KEYS.iter().map(|(key, _)| *key).chain(intervals::KEYS.iter().copied()).chain(upkeep::keys());
        let all: Vec<&str> = all.collect();
        if !all.contains(&fold(known).as_str()) {
            return Err(all);
        }
        self.0.insert(fold(own), known.to_owned());
        Ok(())
    }

    /// Each own key, in lower case without separators, with the key that it is read as.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(own, known)| (own.as_str(), known.as_str()))
    }

    /// Renames the metadata of a document; their places stay.
    pub fn rename(&self, document: &mut Document) {
        if self.0.is_empty() {
            return;
        }
        for entry in &mut document.metadata {
            let last = entry.key.rsplit(['.', ':']).next().unwrap_or(&entry.key);
            if let Some(known) = self.0.get(&fold(&entry.key)).or_else(|| self.0.get(&fold(last))) {
                entry.key.clone_from(known);
            }
        }
    }
}

/// Keys of flash cards: beside them a review is a reader's own repetition.
const FLASH_CARD: &[&str] = &["nextreviewat", "easefactor", "ease", "repetitions", "stability"];

/// The statements of the front matter, in the order written.
pub(super) fn read(source: &Source, document: &Document) -> Vec<ReviewStatement> {
    let names: Vec<String> = document.metadata.iter().map(|entry| fold(&entry.key)).collect();
    if names.iter().any(|name| FLASH_CARD.contains(&name.as_str())) {
        return Vec::new();
    }
    let mut statements: Vec<ReviewStatement> = Vec::new();
    for (entry, name) in document.metadata.iter().zip(&names) {
        let last = fold(entry.key.rsplit('.').next().unwrap_or(&entry.key));
        // `review.date` is a review, `image.date` and `comments.updated` are not the article's.
        let key = key(name).or_else(|| key(&last).filter(|_| last.contains("review")));
        if let Some(mut statement) = key.and_then(|key| statement(source, entry, key)) {
            if !matches!(document.format, Format::Text | Format::Markdown) {
                statement.origin = Origin::Hidden(entry.key.clone());
            }
            statements.push(statement);
        }
    }
    join_reviewers(&mut statements);
    statements
}

/// A key in lower case without separators.
pub fn fold(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn key(name: &str) -> Option<Key> {
    KEYS.binary_search_by(|(known, _)| (*known).cmp(name)).ok().map(|i| KEYS[i].1)
}

fn statement(source: &Source, entry: &Metadata, key: Key) -> Option<ReviewStatement> {
    let value = entry.value.trim();
    let kind = match key {
        Key::Date(kind) => kind,
        Key::Reviewer | Key::ReviewBy => Reviewed,
    };
    let mut statement = ReviewStatement {
        kind,
        date: None,
        reviewer: None,
        label: entry.key_span,
        span: entry.key_span.cover(entry.value_span),
        origin: Origin::FrontMatter(entry.key.clone()),
        pending: false,
        lacks: None,
        open: false,
        of_literature: false,
    };
    let mention = dates::starting_at(value, 0).or_else(|| dates::year_at(value, 0).filter(|mention| mention.range.end == value.len()));
    if let Some(mention) = mention
        && key != Key::Reviewer
    {
        if key == Key::ReviewBy {
            statement.kind = NextReview;
        }
        statement.date = Some(stated(source, entry, value, mention.reading, mention.range));
        return Some(statement);
    }
    if tail::is_pending(value) {
        statement.pending = true;
        return Some(statement);
    }
    if !matches!(kind, Reviewed | NextReview) || matches!(value, "true" | "false" | "yes" | "no") {
        return None;
    }
    if value.is_empty() {
        statement.lacks = Some(if key == Key::Reviewer { Lack::Name } else { Lack::Date });
        return Some(statement);
    }
    if kind == NextReview {
        return None;
    }
    // `kim-lee`, `authors/kim-lee.md`: the page of a person.
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_/.".contains(c);
    if key == Key::Reviewer
        && value.chars().all(slug)
        && value.contains(['-', '_', '/'])
        && value.contains(|c: char| c.is_ascii_lowercase())
    {
        statement.reviewer = Some(Reviewer { name: value.to_owned(), span: span_in(source, entry, 0..value.len()), place: None });
        return Some(statement);
    }
    let link = if matches!(key, Key::Date(_)) { Link::None } else { Link::Person };
    let Tail { date, reviewer, .. } = tail::read(&format!(": {value}"), 0, link);
    let shifted = |range: std::ops::Range<usize>| range.start - 2..range.end - 2;
    statement.date = date.map(|mention| stated(source, entry, value, mention.reading, shifted(mention.range)));
    statement.reviewer = reviewer.map(|range| {
        let name = value[shifted(range.clone())].to_owned();
        Reviewer { name, span: span_in(source, entry, shifted(range)), place: None }
    });
    (statement.date.is_some() || statement.reviewer.is_some()).then_some(statement)
}

fn stated(source: &Source, entry: &Metadata, value: &str, reading: dates::Reading, range: std::ops::Range<usize>) -> StatedDate {
    StatedDate { reading, words: value[range.clone()].to_owned(), span: span_in(source, entry, range) }
}

/// A range of the trimmed value in the source; the whole value where it is written with escapes.
fn span_in(source: &Source, entry: &Metadata, range: std::ops::Range<usize>) -> Span {
    if source.slice(entry.value_span) != entry.value {
        return entry.value_span;
    }
    let start = entry.value_span.start as usize + (entry.value.len() - entry.value.trim_start().len());
    Span::new(start + range.start, start + range.end)
}

/// A reviewer named under a key of their own belongs to the one date of a review.
fn join_reviewers(statements: &mut Vec<ReviewStatement>) {
    let dated: Vec<usize> = (0..statements.len()).filter(|&i| statements[i].kind == Reviewed && statements[i].date.is_some()).collect();
    let named: Vec<usize> = (0..statements.len())
        .filter(|&i| statements[i].kind == Reviewed && statements[i].date.is_none() && statements[i].reviewer.is_some())
        .collect();
    if let (&[dated], &[named]) = (dated.as_slice(), named.as_slice())
        && statements[dated].reviewer.is_none()
    {
        statements[dated].reviewer = statements[named].reviewer.take();
        statements.remove(named);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_sorted_and_unique() {
        for pair in KEYS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} {}", pair[0].0, pair[1].0);
        }
    }
}

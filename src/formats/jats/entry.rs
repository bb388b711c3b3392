//! An entry of the reference list: its words as a reader sees them, with its parts marked.
//!
//! Some publishers print the entry and tag its parts (`mixed-citation`), others give the parts alone and leave the
//! punctuation to the style sheet (`element-citation`). The parts of an entry are kept until it ends, because only its
//! whole tells which of the two it is.

use quick_xml::events::BytesStart;

use super::tag::{Role, Tag};
use super::words::{Words, is_white};
use super::{Reading, Slot, Undo, attribute, attributes};
use crate::document::{Block, BlockKind, MarkKind, Marker, Part};
use crate::source::Span;

/// An entry being read.
#[derive(Debug)]
pub struct Entry {
    start: u32,
    ids: Vec<String>,
    label: Option<(String, Span)>,
    publication: Option<String>,
    works: Vec<Work>,
    /// The citations that follow are one work told in several ways.
    alternatives: bool,
    /// The room that the pieces of the last entry took, for those of the next work.
    room: Vec<Piece>,
}

/// One work of an entry.
#[derive(Debug)]
struct Work {
    tag: Tag,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
pub enum Piece {
    Text(Span),
    Decoded(String, Span),
    /// An element with what it is a part of.
    Open(Tag, Option<Part>, Span),
    Close(Tag, Span),
}

impl Reading<'_> {
    pub(super) fn enter_entry(&mut self, element: &BytesStart<'_>, span: Span) -> Undo {
        self.flush();
        let ids = attribute(element, "id").into_iter().collect();
        let room = std::mem::take(&mut self.room);
        self.entry = Some(Entry { start: span.start, ids, label: None, publication: None, works: Vec::new(), alternatives: false, room });
        Undo::Entry
    }

    /// An element within an entry.
    pub(super) fn enter_in_entry(&mut self, tag: Tag, element: &BytesStart<'_>, span: Span) -> Undo {
        let Some(entry) = &mut self.entry else { return Undo::Nothing };
        if tag == Tag::Label {
            return if entry.label.is_none() { self.capture(Slot::EntryLabel) } else { Undo::Nothing };
        }
        if tag == Tag::CitationAlternatives {
            entry.alternatives = true;
            return Undo::Alternatives;
        }
        if tag.is_citation() {
            let [id, publication, older] = attributes(element, ["id", "publication-type", "citation-type"]);
            entry.ids.extend(id);
            entry.publication = entry.publication.take().or(publication).or(older);
            return if entry.begin(tag) { Undo::Nothing } else { self.hide() };
        }
        match tag.role() {
            // An entry may have no other title than the translated one.
            Role::Skip if tag != Tag::TransTitle => self.hide(),
            _ => {
                entry.push(Piece::Open(tag, part(tag, element), span));
                Undo::Piece(tag)
            }
        }
    }

    pub(super) fn text_in_entry(&mut self, span: Span) {
        let blank = self.text.as_bytes()[span.range()].iter().all(|&b| is_white(b));
        if let Some(entry) = &mut self.entry
            && !(blank && entry.works.is_empty())
        {
            entry.push(Piece::Text(span));
        }
    }

    pub(super) fn decoded_in_entry(&mut self, text: String, span: Span) {
        if let Some(entry) = &mut self.entry {
            entry.push(Piece::Decoded(text, span));
        }
    }

    pub(super) fn leave_piece(&mut self, tag: Tag, span: Span) {
        if let Some(entry) = &mut self.entry {
            entry.push(Piece::Close(tag, span));
        }
    }

    pub(super) fn leave_alternatives(&mut self) {
        if let Some(entry) = &mut self.entry {
            entry.alternatives = false;
        }
    }

    pub(super) fn label_entry(&mut self, label: String, span: Span) {
        if let Some(entry) = &mut self.entry {
            entry.label = Some((label, span));
        }
    }

    pub(super) fn leave_entry(&mut self, end: Span) {
        let Some(entry) = self.entry.take() else { return };
        let mut words = Words::of_entry(entry.works.iter().map(|work| work.pieces.len()).sum());
        for (i, work) in entry.works.iter().enumerate() {
            if i > 0 && !words.is_empty() {
                words.space(Span::at(end.start as usize));
            }
            // The parts of the first work are those of the entry.
            Writer { source: self.text, words: &mut words, spoken: work.is_spoken(self.text), marked: i == 0 }.write(work);
        }
        if let Some(work) = entry.works.into_iter().next() {
            self.room = work.pieces;
            self.room.clear();
        }
        let (prose, marks) = words.finish();
        let marker = entry.label.and_then(|(label, span)| marker(&label, span));
        let kind = BlockKind::Reference { ids: entry.ids, marker, publication: entry.publication };
        let span = Span::new(entry.start as usize, end.end as usize);
        self.emit(Block { kind, prose, marks, span, quoted: false });
    }
}

/// The number of a label such as `3`, `3.`, `[3]` or `3••`, as reviews mark works of interest. A supplement numbers its own works,
/// `e1` and `S2`, which have none here; labels of other kinds, such as names with years, are no markers.
fn marker(label: &str, span: Span) -> Option<Marker> {
    let digits = label.trim_matches(|c: char| !c.is_alphanumeric());
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let supplement =
        digits.strip_prefix(['e', 'S', 's', 'w']).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    (number || supplement).then(|| Marker { number: digits.parse().ok(), span })
}

impl Entry {
    /// Begins a work; false for a further telling of the same one that is worse than the one at hand.
    fn begin(&mut self, tag: Tag) -> bool {
        if self.alternatives && !self.works.is_empty() {
            if tag != Tag::MixedCitation || self.works.iter().any(|work| work.tag == Tag::MixedCitation) {
                return false;
            }
            self.works.clear();
        }
        self.works.push(Work { tag, pieces: std::mem::take(&mut self.room) });
        true
    }

    fn push(&mut self, piece: Piece) {
        if self.works.is_empty() {
            self.works.push(Work { tag: Tag::Note, pieces: std::mem::take(&mut self.room) });
        }
        if let Some(work) = self.works.last_mut() {
            work.pieces.push(piece);
        }
    }
}

impl Work {
    /// Whether words or punctuation of its own stand between its parts, so that nothing need be added.
    fn is_spoken(&self, source: &str) -> bool {
        let mut depth = 0usize;
        self.pieces.iter().any(|piece| match piece {
            Piece::Open(..) => {
                depth += 1;
                false
            }
            Piece::Close(..) => {
                depth = depth.saturating_sub(1);
                false
            }
            Piece::Text(span) => depth == 0 && says_something(&source[span.range()]),
            Piece::Decoded(text, _) => depth == 0 && says_something(text),
        })
    }
}

fn says_something(text: &str) -> bool {
    text.contains(|c: char| c.is_alphabetic() || matches!(c, '.' | ',' | ';' | ':'))
}

/// What an element of a citation says its words are.
fn part(tag: Tag, element: &BytesStart<'_>) -> Option<Part> {
    Some(match tag {
        Tag::Name | Tag::StringName => Part::Author,
        Tag::Surname => Part::Surname,
        Tag::GivenNames => Part::GivenNames,
        Tag::Collab => Part::GroupAuthor,
        Tag::Etal => Part::EtAl,
        Tag::ArticleTitle | Tag::ChapterTitle | Tag::PartTitle | Tag::DataTitle | Tag::TransTitle => Part::Title,
        Tag::Source => Part::Source,
        Tag::PublisherName => Part::Publisher,
        Tag::Year => Part::Year,
        Tag::Volume => Part::Volume,
        Tag::Issue => Part::Issue,
        Tag::Fpage => Part::FirstPage,
        Tag::Lpage => Part::LastPage,
        Tag::PageRange => Part::Pages,
        Tag::ElocationId => Part::ArticleNumber,
        Tag::DateInCitation => Part::Accessed,
        Tag::PubId => match attribute(element, "pub-id-type")?.as_str() {
            "doi" => Part::Doi,
            "pmid" => Part::Pmid,
            "pmc" | "pmcid" => Part::Pmcid,
            _ => return None,
        },
        // Editors and translators are no authors of the work.
        Tag::PersonGroup => match attribute(element, "person-group-type")?.as_str() {
            "author" | "allauthors" => return None,
            _ => Part::Publisher,
        },
        _ => return None,
    })
}

/// Writes a work as words.
struct Writer<'w> {
    source: &'w str,
    words: &'w mut Words,
    /// The work has its own punctuation.
    spoken: bool,
    marked: bool,
}

impl Writer<'_> {
    fn write(&mut self, work: &Work) {
        let mut last: Option<Tag> = None;
        // Words of the author's own since the last part ended.
        let mut between = true;
        let mut others = 0u32;
        let mut open: Vec<bool> = Vec::new();
        for (i, piece) in work.pieces.iter().enumerate() {
            match piece {
                Piece::Text(span) => {
                    let blank = self.source.as_bytes()[span.range()].iter().all(|&b| is_white(b));
                    between |= !blank;
                    self.words.text_at(self.source, *span);
                }
                Piece::Decoded(text, span) => {
                    between |= !text.trim().is_empty();
                    self.words.decoded(self.source, text, *span);
                }
                Piece::Open(tag, part, span) => {
                    if is_part(*tag) {
                        self.separate(last, *tag, *part, between, span.start);
                        (last, between) = (None, false);
                    }
                    others += u32::from(is_other_group(*tag, *part));
                    let kind = self.mark(*tag, *part, others);
                    open.push(kind.is_some());
                    if let Some(kind) = kind {
                        self.words.open(kind);
                    }
                    let empty = matches!(work.pieces.get(i + 1), Some(Piece::Close(Tag::Etal, _)));
                    if *tag == Tag::Etal && empty && !self.spoken {
                        self.words.insert("et al", span.start);
                    }
                    if *tag == Tag::Break {
                        self.words.space(*span);
                    }
                }
                Piece::Close(tag, span) => {
                    if open.pop().unwrap_or(false) {
                        self.words.close();
                    }
                    if *tag == Tag::PersonGroup {
                        others = others.saturating_sub(1);
                    }
                    if *tag == Tag::Issue && !self.spoken {
                        self.words.insert(")", span.start);
                    }
                    if is_part(*tag) {
                        (last, between) = (Some(*tag), false);
                    }
                }
            }
        }
    }

    fn mark(&self, tag: Tag, part: Option<Part>, others: u32) -> Option<MarkKind> {
        let style = match tag {
            Tag::Sup => MarkKind::Superscript,
            Tag::Sub => MarkKind::Subscript,
            Tag::Italic => MarkKind::Emphasis,
            Tag::Bold => MarkKind::Strong,
            _ => {
                let named = matches!(part, Some(Part::Author | Part::Surname | Part::GivenNames | Part::GroupAuthor | Part::EtAl));
                let part = part.filter(|_| self.marked && tag != Tag::PersonGroup && !(named && others > 0))?;
                MarkKind::Part(part)
            }
        };
        Some(style)
    }

    /// Puts between two parts what the page shows there, where the source has nothing.
    fn separate(&mut self, last: Option<Tag>, next: Tag, part: Option<Part>, between: bool, at: u32) {
        let name = match part {
            Some(Part::Doi) => "doi:",
            Some(Part::Pmid) => "PMID: ",
            Some(Part::Pmcid) => "PMCID: ",
            _ => "",
        };
        if self.spoken {
            let before = self.words.text();
            if !name.is_empty() && !announces(before) {
                self.words.insert(" ", at);
                self.words.insert(name, at);
            } else if let (Some(last), false) = (last, between)
                && names(last, next)
            {
                self.words.insert(", ", at);
            } else if !between && !self.words.ends_in_space() && before.ends_with(char::is_alphanumeric) && last.is_some() {
                self.words.insert(" ", at);
            }
            return;
        }
        if between || self.words.is_empty() {
            if !name.is_empty() {
                self.words.insert(" ", at);
                self.words.insert(name, at);
            }
            return;
        }
        let Some(last) = last else { return };
        let mark = separator(last, next);
        let ended = mark.starts_with('.') && self.words.text().ends_with(['.', '?', '!']);
        self.words.insert(if ended { " " } else { mark }, at);
        self.words.insert(name, at);
    }
}

/// `doi:`, `PMID `, `https://doi.org/`: the words before an identifier say what it is.
fn announces(before: &str) -> bool {
    let tail = before.trim_end().trim_end_matches([':', '.', '/']).trim_end();
    let tail = tail.get(tail.len().saturating_sub(8)..).unwrap_or("").to_ascii_lowercase();
    ["doi", "pmid", "pmcid", "pmc", "doi.org", "pubmed"].iter().any(|word| tail.ends_with(word))
}

fn is_other_group(tag: Tag, part: Option<Part>) -> bool {
    tag == Tag::PersonGroup && part.is_some()
}

/// Elements that are parts of a citation, apart from mere styling.
fn is_part(tag: Tag) -> bool {
    !matches!(
        tag,
        Tag::Sup
            | Tag::Sub
            | Tag::Italic
            | Tag::Bold
            | Tag::Monospace
            | Tag::SmallCaps
            | Tag::Break
            | Tag::P
            | Tag::Note
            | Tag::Math
            | Tag::Xref
    )
}

/// Two names side by side.
fn names(last: Tag, next: Tag) -> bool {
    let name = |tag| matches!(tag, Tag::Name | Tag::StringName | Tag::Collab | Tag::Etal);
    name(last) && name(next)
}

/// What stands between two parts in the style of the NLM.
fn separator(last: Tag, next: Tag) -> &'static str {
    use Tag::*;
    match (last, next) {
        (Surname | GivenNames | Suffix, Surname | GivenNames | Suffix) => " ",
        _ if names(last, next) => ", ",
        (Fpage, Lpage) => "-",
        (Year | Month | Day, Month | Day) => " ",
        (Year | Month | Day, Volume) => ";",
        (_, Volume) => " ",
        (_, Issue) => "(",
        (Volume | Issue | Supplement | Year | Month | Day, Fpage | ElocationId | PageRange) => ":",
        (Volume | Issue, Supplement) => " ",
        (PublisherLoc, PublisherName) => ": ",
        (PublisherName, PublisherLoc) => ", ",
        (PublisherName | PublisherLoc, Year) => "; ",
        _ => ". ",
    }
}

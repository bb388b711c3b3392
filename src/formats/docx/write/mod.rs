//! Writing into a copy of a Word file: findings as comments, fixes as tracked changes.
//!
//! Nothing is written anew but the parts that have to say something else: the rest of the package keeps its bytes. In those parts
//! only the runs are split in which a mark stands. The copy is read again before it is handed out, and has to show the same
//! text with the edits in it; so an odd file costs a refusal and never a damaged copy.

mod changes;
mod comments;
mod marks;
mod patch;
mod places;
mod roots;
mod runs;
mod spots;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;

use self::changes::Change;
use self::marks::Marks;
use self::patch::Patch;
use self::places::{NoteReferences, Place};
use self::roots::NewPart;
use super::layout::Layout;
use super::package::Package;
use super::queries;
use super::trace::Part;
use super::xml::WORD;
use crate::diagnostic::{Edit, edited};
use crate::document::{Document, Queries, Query};
use crate::source::{Source, Span, Unreadable};

/// A finding for the margin.
#[derive(Debug, Clone)]
pub struct Comment<'c> {
    pub rule: &'c str,
    /// Where it is in the text.
    pub span: Span,
    /// The words there.
    pub words: &'c str,
    /// What to say of it.
    pub lines: Vec<String>,
}

/// A copy of a Word file.
#[derive(Debug)]
pub struct Copy {
    pub bytes: Vec<u8>,
    /// Comments that were written.
    pub comments: usize,
    /// Comments that stood there already.
    pub kept: usize,
}

/// Why a copy cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritten {
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
    #[error("its part “{0}” is damaged; open it in Word and save a repaired copy")]
    Damaged(String),
    #[error("its part “{0}” is not in UTF-8; open it in Word and save it again")]
    NotUtf8(String),
    #[error("its part “{0}” spells its tags as Word never does; open it in Word and save it again")]
    OddTags(String),
    #[error("its place in the file takes no tracked change")]
    Unplaced,
    #[error("the copy would not show the same text")]
    Unproved,
}

/// Writes comments and edits into a copy of a file, both by places of the text that [`read`](super::read) gives of it.
///
/// Comments that stand there already and are open are kept, and not written twice. Tracked changes and comments bear the day.
///
/// # Errors
/// [`Unwritten`], and then there is no copy: for one edit that cannot be placed as well.
pub fn copy(bytes: &[u8], comments: &[Comment<'_>], edits: &[Edit], day: Date) -> Result<Copy, Unwritten> {
    let (source, document, trace) = super::read("", bytes)?;
    let (comments, kept) = new_comments(&document, comments);
    let mut package = Package::open(bytes)?;
    let layout = Layout::read(&mut package)?;
    let changes: Option<Vec<Change>> = edits.iter().map(|edit| changes::change(&trace, source.text(), edit)).collect();
    let changes = changes.ok_or(Unwritten::Unplaced)?;
    let mut stories = Stories::read(&mut package, &layout)?;
    let mut texts = Texts::read(&mut package, &layout)?;
    let references = NoteReferences::of(&document);
    let places: Vec<Place> = comments.iter().map(|comment| Place::of(&trace, &references, comment.span)).collect();
    let written = stories.write(&comments, &places, &changes, &mut texts, day)?;
    if written.is_empty() {
        return Ok(Copy { bytes: bytes.to_vec(), comments: 0, kept });
    }
    let mut parts = written;
    if !comments.is_empty() {
        parts.extend(texts.parts(&mut package, &layout, day)?);
    }
    let copy = package.with(&parts)?;
    prove(&copy, &source, &document, edits, comments.len())?;
    Ok(Copy { bytes: copy, comments: comments.len(), kept })
}

/// The comments that do not stand in the margin yet, and how many do.
fn new_comments<'c>(document: &Document, comments: &'c [Comment<'c>]) -> (Vec<&'c Comment<'c>>, usize) {
    let mut open = Queries::of(document.queries.iter().filter(|query| !query.is_resolved));
    let new: Vec<_> = comments.iter().filter(|comment| !open.take(comment.rule, comment.span, comment.words)).collect();
    let kept = comments.len() - new.len();
    (new, kept)
}

/// Reads the copy again: it has to show the text with its edits, and all comments.
fn prove(copy: &[u8], source: &Source, document: &Document, edits: &[Edit], comments: usize) -> Result<(), Unwritten> {
    let (after, read, _) = super::read("", copy)?;
    let is_same = after.text() == edited(source.text(), edits) && read.problems.len() == document.problems.len();
    (is_same && read.queries.len() == document.queries.len() + comments).then_some(()).ok_or(Unwritten::Unproved)
}

/// The parts with text.
struct Stories(Vec<Story>);

struct Story {
    part: Part,
    name: String,
    xml: String,
}

impl Stories {
    fn read(package: &mut Package<'_>, layout: &Layout) -> Result<Self, Unwritten> {
        let mut stories = Vec::new();
        let names = [
            (Part::Document, layout.document.clone()),
            (Part::Footnotes, layout.name("footnotes")),
            (Part::Endnotes, layout.name("endnotes")),
        ];
        for (part, name) in names {
            if let Some(xml) = utf8(package, &name)? {
                stories.push(Story { part, name, xml });
            }
        }
        Ok(Self(stories))
    }

    /// The parts with comments and changes in them, by their names.
    fn write(
        &mut self,
        comments: &[&Comment<'_>],
        places: &[Place],
        changes: &[Change],
        texts: &mut Texts,
        day: Date,
    ) -> Result<BTreeMap<String, String>, Unwritten> {
        let mut patches: Vec<Patch<'_>> = self.0.iter().map(|story| Patch::new(story.part, &story.xml)).collect();
        for patch in &mut patches {
            let part = patch.part;
            changes.iter().filter(|change| change.part == part).for_each(|change| patch.change(change));
            for (i, place) in places.iter().enumerate() {
                if let Some(words) = place.words.clone().filter(|_| patch.part == Part::Document) {
                    patch.comment(i, words);
                }
            }
        }
        let mut last_id = 0;
        let mut homeless: BTreeSet<usize> = (0..comments.len()).filter(|&i| places[i].words.is_none()).collect();
        let mut elsewhere: HashSet<usize> = (0..comments.len()).filter(|&i| places[i].is_elsewhere).collect();
        for (patch, story) in patches.iter_mut().zip(&self.0) {
            patch.look().map_err(|_| Unwritten::Damaged(story.name.clone()))?;
            let is_written = !patch.is_empty() || patch.part == Part::Document && !comments.is_empty();
            if patch.found.prefix.is_empty() && is_written {
                return Err(Unwritten::OddTags(story.name.clone()));
            }
            last_id = last_id.max(patch.found.greatest_id);
            homeless.extend(patch.homeless());
            elsewhere.extend(patch.beside());
        }
        for (i, comment) in comments.iter().enumerate() {
            texts.add(comment, homeless.contains(&i) || elsewhere.contains(&i));
        }
        let mut written = BTreeMap::new();
        for (patch, story) in patches.iter().zip(&self.0) {
            let homeless: Vec<usize> = if patch.part == Part::Document { homeless.iter().copied().collect() } else { Vec::new() };
            if patch.is_empty() && homeless.is_empty() {
                continue;
            }
            let mut marks = Marks { prefix: patch.found.prefix.clone(), day, last_id };
            let xml = patch.write(&homeless, |i| texts.id(i), &mut marks).ok_or(Unwritten::Unplaced)?;
            last_id = marks.last_id;
            written.insert(story.name.clone(), xml);
        }
        Ok(written)
    }
}

/// The parts with the texts of comments, as they are and with what comes in.
struct Texts {
    comments: Option<String>,
    extended: Option<String>,
    first_id: u32,
    paragraph_ids: HashSet<String>,
    new: Vec<comments::Text>,
}

impl Texts {
    fn read(package: &mut Package<'_>, layout: &Layout) -> Result<Self, Unwritten> {
        let (name, extended_name) = (layout.name("comments"), layout.name("commentsExtended"));
        let (comments, extended) = (utf8(package, &name)?, utf8(package, &extended_name)?);
        let (greatest, mut paragraph_ids) = match &comments {
            Some(xml) => comments::ids(xml).map_err(|_| Unwritten::Damaged(name))?,
            None => (None, Vec::new()),
        };
        if let Some(xml) = &extended {
            paragraph_ids.extend(comments::ids(xml).map_err(|_| Unwritten::Damaged(extended_name))?.1);
        }
        let first_id = greatest.map_or(0, |greatest| greatest.saturating_add(1));
        Ok(Self { comments, extended, first_id, paragraph_ids: paragraph_ids.into_iter().collect(), new: Vec::new() })
    }

    fn id(&self, comment: usize) -> u32 {
        self.first_id.saturating_add(comment as u32)
    }

    fn add(&mut self, comment: &Comment<'_>, is_elsewhere: bool) {
        let mut lines = comment.lines.clone();
        if is_elsewhere {
            lines.push(format!("This is about other words, where no comment can stand: “{}”", Query::short(comment.words)));
        }
        lines.push(queries::foot(comment.rule, comment.words, is_elsewhere));
        let id = self.id(self.new.len());
        self.new.push(comments::Text { id, lines });
    }

    /// The parts that have to change for them.
    fn parts(self, package: &mut Package<'_>, layout: &Layout, day: Date) -> Result<BTreeMap<String, String>, Unwritten> {
        let (name, extended_name) = (layout.name("comments"), layout.name("commentsExtended"));
        let main = package.text(&layout.document)?.unwrap_or_default();
        let is_strict = roots::is_strict(&main);
        let comments = self.comments.unwrap_or_else(|| comments::empty(WORD[usize::from(is_strict)]));
        let extended = self.extended.unwrap_or_else(comments::empty_extended);
        let prefix = roots::prefix(&comments).filter(|prefix| !prefix.is_empty()).ok_or_else(|| Unwritten::OddTags(name.clone()))?;
        let mut taken = self.paragraph_ids;
        let mut next = 0x4d50_0000u32;
        let id = || loop {
            next += 1;
            let id = format!("{next:08X}");
            if taken.insert(id.clone()) {
                break id;
            }
        };
        let marks = Marks { prefix, day, last_id: 0 };
        let (comments, extended) =
            comments::added(&comments, &extended, &self.new, &marks, id).ok_or_else(|| Unwritten::Damaged(name.clone()))?;
        let relations = if is_strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
        };
        let new = [
            NewPart {
                name: &name,
                kind: "comments",
                relation: relations,
                content_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
            },
            NewPart {
                name: &extended_name,
                kind: "commentsExtended",
                relation: "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
                content_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml",
            },
        ];
        let (related_name, types_name) = (layout.relations_name(), "[Content_Types].xml".to_owned());
        let related = roots::related(utf8(package, &related_name)?.as_deref(), layout, &new);
        let related = related.ok_or_else(|| Unwritten::Damaged(related_name.clone()))?;
        let typed = utf8(package, &types_name)?.and_then(|xml| roots::typed(&xml, &new));
        let typed = typed.ok_or_else(|| Unwritten::Damaged(types_name.clone()))?;
        Ok([(name, comments), (extended_name, extended), (related_name, related), (types_name, typed)].into())
    }
}

/// A part as text that can be written back as it is.
fn utf8(package: &mut Package<'_>, name: &str) -> Result<Option<String>, Unwritten> {
    let Some(bytes) = package.bytes(name)? else { return Ok(None) };
    let xml = String::from_utf8(bytes).map_err(|_| Unwritten::NotUtf8(name.to_owned()))?;
    let declaration = xml.split("?>").next().filter(|start| start.contains("<?xml")).unwrap_or_default().to_ascii_lowercase();
    if declaration.contains("encoding") && !declaration.contains("utf-8") {
        return Err(Unwritten::NotUtf8(name.to_owned()));
    }
    Ok(Some(xml.strip_prefix('\u{feff}').map_or(xml.clone(), str::to_owned)))
}

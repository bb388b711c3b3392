//! Word files (`.docx`): the text as Word shows it, a paragraph a line, and the document over it.
//!
//! Nothing is converted and searched for afterwards: every word keeps the run it stands in ([`Trace`]), so that a finding
//! can be named by heading and paragraph, and a comment or a tracked change be written to its place. The numbers of
//! automatic lists and of notes stand nowhere in the file; they are counted as Word counts them and are part of the text.
//!
//! What Word does not show is not read: deleted and moved text, hidden text, field instructions, and the second form of
//! what is stored twice for older programs. Headers and footers stand on every page and are no text of the article; of
//! them a line on its review is read, behind everything else.

mod fields;
mod layout;
mod notes;
mod numbering;
mod output;
mod package;
mod paragraph;
mod properties;
mod queries;
mod relations;
mod story;
mod styles;
mod symbols;
mod tables;
mod trace;
mod write;
mod xml;

use std::collections::{HashMap, HashSet};

pub use package::{is_ole, is_zip};
pub use trace::{Part, Place, Run, Trace};
pub use write::{Comment, Copy, Unwritten, copy};

use self::layout::Layout;
use self::notes::Notes;
use self::numbering::Numbering;
use self::output::Output;
use self::package::Package;
use self::paragraph::Paragraph;
use self::queries::Queries;
use self::relations::Relations;
use self::story::Shared;
use self::styles::Styles;
use super::margins::mentions_review;
use crate::document::{Document, Problem};
use crate::source::{MAX_BYTES, Source, Span, Unreadable};

/// The most headers and footers that are looked at: three of each in every section of a long article.
const MOST_MARGINS: usize = 96;

/// The longest line of a header or footer that dates the article, in bytes.
const LONGEST_LINE: usize = 300;

/// Reads a Word file: its text, the document over it, and the way back to the runs.
///
/// # Errors
/// [`Unreadable`] for bytes that are no Word file, a damaged or encrypted one, or one over a limit. Broken XML inside is
/// no error: what comes before it is read, and the document says so.
pub fn read(name: impl Into<String>, bytes: &[u8]) -> Result<(Source, Document, Trace), Unreadable> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Unreadable::TooLarge(bytes.len() as u64));
    }
    if package::is_ole(bytes) {
        return Err(package::refuse_ole(bytes));
    }
    if !package::is_zip(bytes) {
        return Err(Unreadable::NotText("it is no Word file, whatever its name says; save it as .docx in Word"));
    }
    let mut package = Package::open(bytes)?;
    let parts = Parts::read(&mut package)?;
    let styles = Styles::read(&parts.styles);
    let mut notes = Notes::new(&parts.settings, &parts.document);
    let mut output = Output::new(&styles, Numbering::read(&parts.numbering));
    output.document.metadata = properties::core(&parts.core);
    output.document.metadata.extend(properties::custom(&parts.custom));
    let queries = Queries::read(&parts.comments, &parts.comments_extended);
    let (relations, layout) = (&parts.relations, HashSet::new());
    let mut shared = Shared { styles: &styles, relations, queries: &queries, notes: &mut notes, tables: 0, layout };
    let mut end = story::read(&parts.document, Part::Document, &mut shared, &mut |paragraph, _| output.paragraph(paragraph));
    if !end.has_body {
        end.damage.get_or_insert(0);
    }
    let mut ends = vec![(parts.document_name.as_str(), end)];
    let read_to = output.text.len();
    // The links of notes have relations of their own, which say nothing that is asked here.
    let no_relations = Relations::default();
    shared.relations = &no_relations;
    for (part, name, xml) in
        [(Part::Footnotes, "word/footnotes.xml", &parts.footnotes), (Part::Endnotes, "word/endnotes.xml", &parts.endnotes)]
    {
        ends.push((name, read_notes(xml, part, &mut shared, &mut output)));
    }
    read_margins(&parts.margins, &mut shared, &mut output);
    let layout = std::mem::take(&mut shared.layout);
    let marks = std::mem::take(&mut output.queries);
    let (text, mut document, trace) = output.finish(&layout);
    document.queries = queries.placed(&marks);
    document.problems = ends.iter().flat_map(|(name, end)| problems(name, end, read_to)).collect();
    Ok((Source::extracted(name, text), document, trace))
}

/// Reads the texts of notes and writes them in the order of their references.
fn read_notes(xml: &str, part: Part, shared: &mut Shared<'_>, output: &mut Output<'_>) -> story::End {
    let mut texts: HashMap<String, Vec<Paragraph>> = HashMap::new();
    let mut take = |paragraph: Paragraph, id: Option<&str>| {
        if let Some(id) = id {
            texts.entry(id.to_owned()).or_default().push(paragraph);
        }
    };
    let end = story::read(xml, part, shared, &mut take);
    for note in shared.notes.referred.iter().filter(|note| note.part == part) {
        // Each text is printed once, however often it is referred to.
        if let Some(paragraphs) = texts.remove(&note.id) {
            output.note(note, paragraphs);
        }
    }
    end
}

/// Reads what headers and footers say of the review, each line once: first, even and odd pages mostly say the same.
fn read_margins(margins: &[String], shared: &mut Shared<'_>, output: &mut Output<'_>) {
    let mut told = HashSet::new();
    for xml in margins {
        story::read(xml, Part::Margin, shared, &mut |paragraph, _| {
            if paragraph.text.len() <= LONGEST_LINE && mentions_review(&paragraph.text) && told.insert(paragraph.text.trim().to_owned()) {
                output.margin(paragraph);
            }
        });
    }
}

/// The parts that are read, as XML; empty where there is none.
struct Parts {
    document_name: String,
    document: String,
    relations: Relations,
    styles: String,
    numbering: String,
    footnotes: String,
    endnotes: String,
    /// Headers and footers.
    margins: Vec<String>,
    comments: String,
    comments_extended: String,
    settings: String,
    core: String,
    custom: String,
}

impl Parts {
    fn read(package: &mut Package<'_>) -> Result<Self, Unreadable> {
        let layout = Layout::read(package)?;
        let document = package.text(&layout.document)?.unwrap_or_default();
        let mut text = |kind: &str| package.text(&layout.name(kind)).map(Option::unwrap_or_default);
        let (styles, numbering, settings) = (text("styles")?, text("numbering")?, text("settings")?);
        let (footnotes, endnotes) = (text("footnotes")?, text("endnotes")?);
        let (comments, comments_extended) = (text("comments")?, text("commentsExtended")?);
        let Layout { document: document_name, folder, relations } = layout;
        let names = ["header", "footer"].into_iter().flat_map(|kind| relations.parts(kind, &folder)).take(MOST_MARGINS);
        let margins = names.map(|name| package.text(&name).map(Option::unwrap_or_default)).collect::<Result<_, _>>()?;
        let core = package.text("docProps/core.xml")?.unwrap_or_default();
        let custom = package.text("docProps/custom.xml")?.unwrap_or_default();
        Ok(Self {
            document_name,
            document,
            relations,
            styles,
            numbering,
            footnotes,
            endnotes,
            margins,
            comments,
            comments_extended,
            settings,
            core,
            custom,
        })
    }
}

/// What could not be read of a part; `read_to` is where the text of the article ends.
fn problems(name: &str, end: &story::End, read_to: usize) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(at) = end.damage {
        problems.push(Problem {
            span: Span::at(read_to),
            message: format!("the Word file is damaged: “{name}” cannot be read beyond byte {at}"),
            help: "Open it in Word and save a repaired copy; what stands behind this place was not checked".into(),
        });
    }
    if end.unread > 0 {
        problems.push(Problem {
            span: Span::at(read_to),
            message: "a document of another format is embedded, which only Word unfolds".into(),
            help: "Open the file in Word and save it again; the embedded text was not checked".into(),
        });
    }
    problems
}

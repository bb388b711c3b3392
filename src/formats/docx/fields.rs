//! Field codes: what Word and the reference managers put around a citation.

use super::paragraph::Paragraph;
use crate::document::MarkKind;

/// The fields around a place, the innermost last.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<OpenField>,
    /// How many of them are still in their instruction: what they hold is not shown.
    hidden: usize,
    /// Fields before this one stand outside the text box around this place.
    base: usize,
}

/// The fields around a text box.
#[derive(Debug)]
pub struct Outside {
    hidden: usize,
    base: usize,
}

#[derive(Debug, Default)]
struct OpenField {
    instruction: String,
    /// `None` as long as the instruction is read.
    field: Option<Field>,
    /// The paragraph in which the result starts, and where.
    paragraph: Option<u32>,
    start: usize,
}

/// A field with a result, which has ended.
pub struct Shown {
    field: Field,
    pub paragraph: Option<u32>,
    start: usize,
}

impl Fields {
    /// Whether what stands here is part of an instruction.
    pub fn hide(&self) -> bool {
        self.hidden > 0
    }

    pub fn begin(&mut self) {
        self.hidden += 1;
        self.open.push(OpenField::default());
    }

    /// Adds to the instruction of the innermost field.
    pub fn instruction(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.field.is_none())
            && field.instruction.len() < LONGEST
        {
            field.instruction.extend(text.chars().take(LONGEST));
        }
    }

    /// The result starts at a place: a paragraph and the length of its text.
    pub fn separate(&mut self, place: Option<(u32, usize)>) {
        if let Some(field) = self.open[self.base..].last_mut().filter(|field| field.field.is_none()) {
            self.hidden = self.hidden.saturating_sub(1);
            field.field = Some(read(&field.instruction));
            (field.paragraph, field.start) = (place.map(|p| p.0), place.map_or(0, |p| p.1));
        }
    }

    /// Begins a field that has its instruction in its tag.
    pub fn simple(&mut self, instruction: &str, place: Option<(u32, usize)>) {
        let (paragraph, start) = (place.map(|p| p.0), place.map_or(0, |p| p.1));
        self.open.push(OpenField { instruction: String::new(), field: Some(read(instruction)), paragraph, start });
    }

    pub fn end(&mut self) -> Option<Shown> {
        if self.open.len() <= self.base {
            return None;
        }
        let OpenField { field, paragraph, start, .. } = self.open.pop()?;
        if field.is_none() {
            self.hidden = self.hidden.saturating_sub(1);
        }
        Some(Shown { field: field?, paragraph, start })
    }

    /// A field whose instruction never ended hides no further paragraph.
    pub fn end_paragraph(&mut self) {
        for field in self.open[self.base..].iter_mut().rev().take_while(|field| field.field.is_none()) {
            field.field = Some(Field::Other);
            self.hidden = self.hidden.saturating_sub(1);
        }
    }

    /// Enters a text box, in which none of the fields around it counts.
    pub fn go_inside(&mut self) -> Outside {
        let outside = Outside { hidden: std::mem::take(&mut self.hidden), base: self.base };
        self.base = self.open.len();
        outside
    }

    /// Leaves a text box.
    pub fn go_outside(&mut self, outside: Outside) {
        self.open.truncate(self.base);
        (self.hidden, self.base) = (outside.hidden, outside.base);
    }
}

impl Shown {
    /// Marks the result at the end of its paragraph.
    pub fn mark(self, paragraph: &mut Paragraph) {
        let start = self.start;
        match self.field {
            Field::Citation => mark_citation(paragraph, start),
            Field::Bookmark(name) => paragraph.mark(start, MarkKind::Link(format!("#{name}"))),
            Field::Note => {
                let label = paragraph.text.get(start..).unwrap_or("").trim().to_owned();
                paragraph.mark(start, MarkKind::FootnoteReference(label));
            }
            Field::Link(target) => paragraph.mark(start, MarkKind::Link(target)),
            Field::Other => {}
        }
    }
}

/// Marks what a reference manager shows for a citation, where it is numbers: names and years say themselves what they are.
pub fn mark_citation(paragraph: &mut Paragraph, start: usize) {
    let shown = paragraph.text.get(start..).unwrap_or("");
    let numbers = shown.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "[](),;-–—‑".contains(c));
    let longest = shown.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    if numbers && (1..=3).contains(&longest) {
        paragraph.mark(start, MarkKind::Link("#citation".into()));
    }
}

/// What a field is, by its instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Field {
    /// A citation by a reference manager or by Word.
    Citation,
    /// A reference to a bookmark, such as a numbered paragraph.
    Bookmark(String),
    /// The number of a note referred to again.
    Note,
    Link(String),
    Other,
}

/// As much of an instruction as is kept: what follows the first words of one may be a whole library record.
const LONGEST: usize = 512;

/// The words that the instructions of citations hold behind `ADDIN`, in lower case.
const CITATIONS: &[&str] = &[
    "citavi.placeholder",
    "citaviplaceholder",
    "csl_citation",
    "en.cite",
    "ne.ref",
    "noteexpress",
    "papers2_citations",
    "paperpile_citation",
    "procite",
    "readcube",
    "refman.cite",
    "refmgr.cite",
    "rw.cite",
    "zotero_item",
];

/// Reads an instruction such as ` ADDIN ZOTERO_ITEM CSL_CITATION {…} ` or ` REF _Ref123 \r \h `.
fn read(instruction: &str) -> Field {
    let mut words = instruction.split_whitespace();
    let name = words.next().unwrap_or_default().to_ascii_uppercase();
    match name.as_str() {
        "ADDIN" => {
            let what: String = words.take(2).flat_map(|word| [word, " "]).collect::<String>().to_ascii_lowercase();
            // `EN.CITE.DATA` inside a citation holds its record.
            let cites = CITATIONS.iter().any(|name| what.contains(name)) && !what.contains("en.cite.data");
            if cites { Field::Citation } else { Field::Other }
        }
        "CITATION" => Field::Citation,
        "REF" => words.next().map_or(Field::Other, |name| Field::Bookmark(name.to_owned())),
        "NOTEREF" => Field::Note,
        "HYPERLINK" => link(instruction),
        _ => Field::Other,
    }
}

/// Whether the tag of a content control is that of a citation, as Mendeley Cite and Citavi set it.
pub fn is_citation_tag(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    (tag.starts_with("mendeley_citation") || tag.starts_with("citaviplaceholder")) && !tag.contains("bibliography")
}

/// `HYPERLINK "https://…"`, or `HYPERLINK \l "_ENREF_3"` for a place in the document.
fn link(instruction: &str) -> Field {
    let mut quoted = instruction.split('"');
    let before = quoted.next().unwrap_or_default();
    match quoted.next() {
        Some(target) if before.contains("\\l") => Field::Link(format!("#{target}")),
        Some(target) => Field::Link(target.to_owned()),
        None => Field::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_read() {
        for (instruction, want) in [
            (" ADDIN ZOTERO_ITEM CSL_CITATION {\"citationID\":\"µ\"} ", Field::Citation),
            ("ADDIN CSL_CITATION {}", Field::Citation),
            (" ADDIN EN.CITE <EndNote>", Field::Citation),
            (" ADDIN EN.CITE.DATA ", Field::Other),
            (" ADDIN EN.REFLIST ", Field::Other),
            (" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", Field::Other),
            ("CITATION Doe20 \\l 1033", Field::Citation),
            ("REF _Ref12 \\r \\h", Field::Bookmark("_Ref12".into())),
            (" HYPERLINK \\l \"_ENREF_3\" \\o \"Doe, 2010 #3\" ", Field::Link("#_ENREF_3".into())),
            ("HYPERLINK \"https://example.org\"", Field::Link("https://example.org".into())),
            ("PAGE", Field::Other),
            ("", Field::Other),
        ] {
            assert_eq!(read(instruction), want, "{instruction}");
        }
    }
}

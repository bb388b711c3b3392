//! Word files of the articles, made from their Markdown in the shapes that Word writes: numbered lists of `numbering.xml`
//! that start anew where the author jumped, raised runs, sentences cut into runs as by editing, links to bookmarks,
//! endnotes, tables, a header and a footer.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The parts of a Word file by name, in the order of the package.
pub type Parts = Vec<(String, String)>;

/// Who numbers the references of a Word file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// Word, as an automatic list.
    Automatic,
    /// The author, as `[1]` and a tab.
    Typed,
}

/// The parts of the Word file of an article.
pub fn parts(markdown: &str, numbers: Numbers) -> Parts {
    let mut writer = Writer::new(numbers);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        writer.event(event, &markdown[range]);
    }
    let page = r#"<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#;
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml")])),
        ("word/document.xml", part("document", &format!("<w:body>{}{SECTION}</w:body>", writer.body))),
        ("word/_rels/document.xml.rels", relations(PARTS)),
        ("word/styles.xml", part("styles", STYLES)),
        ("word/numbering.xml", part("numbering", &writer.numbering())),
        ("word/settings.xml", part("settings", r#"<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>"#)),
        ("word/endnotes.xml", part("endnotes", &format!("{SEPARATORS}{}", writer.notes))),
        ("word/header1.xml", part("hdr", &paragraph("", &run("", "Example Health Pages: the the weekly folder [99]")))),
        ("word/footer1.xml", part("ftr", &paragraph("", &format!("{}{page}", run("", "© 2026 Example Health Pages, page "))))),
    ];
    parts.map(|(name, xml)| (name.to_owned(), xml)).into()
}

/// Packs parts.
pub fn pack(parts: &Parts) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of a packed file: what is compared, as another version of the packer may pack otherwise.
pub fn unpack(bytes: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: String| {
        let mut xml = String::new();
        zip.by_name(&name).unwrap().read_to_string(&mut xml).unwrap();
        (name, xml)
    };
    names.into_iter().map(&mut read).collect()
}

struct Writer {
    numbers: Numbers,
    body: String,
    notes: String,
    /// The properties and the runs of the open paragraph.
    properties: String,
    runs: String,
    /// Run properties of the markup around this place.
    format: String,
    /// The number of the last item, and the lists that start at a number of their own.
    last: u32,
    starts: Vec<u32>,
    /// The endnote around this place.
    note: Option<u32>,
}

impl Writer {
    fn new(numbers: Numbers) -> Self {
        let empty = String::new;
        Self {
            numbers,
            body: empty(),
            notes: empty(),
            properties: empty(),
            runs: empty(),
            format: empty(),
            last: 0,
            starts: Vec::new(),
            note: None,
        }
    }

    fn event(&mut self, event: Event<'_>, raw: &str) {
        match event {
            Event::Start(tag) => self.start(tag, raw),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words),
            Event::SoftBreak => self.words(" "),
            Event::InlineHtml(tag) if tag.starts_with("</") => self.format.clear(),
            Event::InlineHtml(tag) => {
                let place = if &*tag == "<sup>" { "superscript" } else { "subscript" };
                self.format = format!(r#"<w:vertAlign w:val="{place}"/>"#);
            }
            Event::FootnoteReference(label) => {
                let style = r#"<w:rPr><w:rStyle w:val="EndnoteReference"/></w:rPr>"#;
                write!(self.runs, r#"<w:r>{style}<w:endnoteReference w:id="{label}"/></w:r>"#).unwrap();
            }
            other => panic!("{other:?} has no shape in Word yet"),
        }
    }

    fn start(&mut self, tag: Tag<'_>, raw: &str) {
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } => self.properties = r#"<w:pStyle w:val="Title"/>"#.into(),
            Tag::Heading { .. } => self.properties = r#"<w:pStyle w:val="Heading1"/>"#.into(),
            Tag::Item => self.item(raw),
            Tag::Emphasis => self.format = "<w:i/>".into(),
            Tag::Link { dest_url, .. } => {
                write!(self.runs, r#"<w:hyperlink w:anchor="{}" w:history="1">"#, dest_url.trim_start_matches('#')).unwrap();
                self.format = r#"<w:rStyle w:val="Hyperlink"/>"#.into();
            }
            Tag::FootnoteDefinition(label) => self.note = label.parse().ok(),
            Tag::Table(_) => self.body.push_str(r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>"#),
            Tag::TableHead => self.body.push_str("<w:tr><w:trPr><w:tblHeader/></w:trPr>"),
            Tag::TableRow => self.body.push_str("<w:tr>"),
            Tag::TableCell => self.body.push_str(r#"<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>"#),
            Tag::Paragraph | Tag::List(_) => {}
            other => panic!("{other:?} has no shape in Word yet"),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.close(),
            TagEnd::Emphasis => self.format.clear(),
            TagEnd::Link => {
                self.format.clear();
                self.runs.push_str("</w:hyperlink>");
            }
            TagEnd::FootnoteDefinition => self.note = None,
            TagEnd::Table => self.body.push_str("</w:tbl>"),
            TagEnd::TableHead | TagEnd::TableRow => self.body.push_str("</w:tr>"),
            TagEnd::TableCell => {
                self.close();
                self.body.push_str("</w:tc>");
            }
            _ => {}
        }
    }

    /// An entry of the reference list, by the number that is printed before it.
    fn item(&mut self, raw: &str) {
        let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
        let Ok(number) = raw[..digits].parse::<u32>() else {
            self.properties = r#"<w:pStyle w:val="Bibliography"/>"#.into();
            return;
        };
        write!(self.runs, r#"<w:bookmarkStart w:id="{number}" w:name="ref-{number}"/><w:bookmarkEnd w:id="{number}"/>"#).unwrap();
        if self.numbers == Numbers::Typed {
            write!(self.runs, "<w:r><w:t>[{number}]</w:t></w:r><w:r><w:tab/></w:r>").unwrap();
            return;
        }
        if number != self.last + 1 {
            self.starts.push(number);
        }
        self.last = number;
        self.properties = format!(
            r#"<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>"#,
            self.starts.len() + 1
        );
    }

    /// Cuts words into two runs after the 37th character, in the middle of a word, as an edit does.
    fn words(&mut self, words: &str) {
        let cut = words.char_indices().nth(37).map_or(words.len(), |(at, _)| at);
        self.runs.push_str(&run(&self.format, &words[..cut]));
        if cut < words.len() {
            self.runs.push_str(r#"<w:proofErr w:type="spellStart"/>"#);
            self.runs.push_str(&run(&self.format, &words[cut..]));
        }
    }

    fn close(&mut self) {
        let (properties, runs) = (std::mem::take(&mut self.properties), std::mem::take(&mut self.runs));
        match self.note {
            _ if runs.is_empty() => {}
            Some(note) => {
                let number = r#"<w:r><w:rPr><w:rStyle w:val="EndnoteReference"/></w:rPr><w:endnoteRef/></w:r>"#;
                let runs = format!(r#"{number}<w:r><w:t xml:space="preserve"> </w:t></w:r>{runs}"#);
                let text = paragraph(r#"<w:pStyle w:val="EndnoteText"/>"#, &runs);
                write!(self.notes, r#"<w:endnote w:id="{note}">{text}</w:endnote>"#).unwrap();
            }
            None => self.body.push_str(&paragraph(&properties, &runs)),
        }
    }

    fn numbering(&self) -> String {
        let mut xml = String::from(
            r#"<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        );
        for (i, start) in self.starts.iter().enumerate() {
            write!(
                xml,
                r#"<w:num w:numId="{}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>"#,
                i + 2
            )
            .unwrap();
        }
        xml
    }
}

fn paragraph(properties: &str, runs: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:pPr>{properties}</w:pPr>") };
    format!(r#"<w:p w:rsidR="00A77B3E">{properties}{runs}</w:p>"#)
}

fn run(properties: &str, words: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(r#"<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>"#)
}

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts beside the document: their kind and their file.
const PARTS: &[(&str, &str)] = &[
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("endnotes", "endnotes.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
];

const SECTION: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>"#;

const SEPARATORS: &str = r#"<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote><w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>"#;

const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Bibliography"><w:name w:val="Bibliography"/><w:basedOn w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="EndnoteText"><w:name w:val="endnote text"/><w:basedOn w:val="Normal"/></w:style><w:style w:type="character" w:styleId="EndnoteReference"><w:name w:val="endnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style><w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/></w:style>"#;

fn part(root: &str, inner: &str) -> String {
    format!(
        r#"{DECLARATION}<w:{root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{TYPES}">{inner}</w:{root}>"#
    )
}

fn relations(parts: &[(&str, &str)]) -> String {
    let mut xml = format!(r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for (i, (kind, target)) in parts.iter().enumerate() {
        write!(xml, r#"<Relationship Id="rId{}" Type="{TYPES}/{kind}" Target="{target}"/>"#, i + 1).unwrap();
    }
    xml + "</Relationships>"
}

fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut xml = format!(
        r#"{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>"#
    );
    for (kind, file) in PARTS {
        write!(xml, r#"<Override PartName="/word/{file}" ContentType="{word}.{kind}+xml"/>"#).unwrap();
    }
    xml + "</Types>"
}

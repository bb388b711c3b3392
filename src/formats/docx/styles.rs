//! The styles of a document, and the properties of paragraphs and runs that matter to a reader.

use std::collections::HashMap;

use super::xml::{Node, Nodes, Tag};

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    #[default]
    Body,
    /// Level 1 to 6; the title of the article has level 1 too.
    Heading(u8),
    /// A line of a table of contents or an index: it repeats what stands elsewhere.
    Contents,
    Quotation,
    Code,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Height {
    Baseline,
    Superscript,
    Subscript,
}

/// Properties of a run; `None` leaves it to the style.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunProperties {
    pub height: Option<Height>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
}

/// The list a paragraph belongs to: `w:numPr`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListProperties {
    /// The `w:num` of numbering.xml; 0 takes a paragraph out of the list of its style.
    pub list: Option<u32>,
    pub level: Option<usize>,
}

/// Properties of a paragraph: `w:pPr`.
#[derive(Debug, Clone, Default)]
pub struct ParagraphProperties {
    pub style: Option<String>,
    /// 0 to 8 for headings, 9 for body text.
    pub outline: Option<u32>,
    pub list: ListProperties,
    /// The mark at its end was deleted as a tracked change: the next paragraph goes on with it.
    pub joins_next: bool,
}

/// A style with what it takes from the styles it is based on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    pub role: Role,
    pub run: RunProperties,
    pub list: ListProperties,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Style,
}

impl Styles {
    pub fn read(xml: &str) -> Self {
        let mut raw: HashMap<String, Raw> = HashMap::new();
        let mut default = None;
        let mut nodes = Nodes::new(xml);
        while let Some(node) = nodes.next() {
            let Node::Open(tag) = node else { continue };
            if tag.name() == "style" {
                let id = tag.attribute("styleId").unwrap_or_default();
                let is_default = tag.attribute("default").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
                if is_default && tag.attribute("type").as_deref() == Some("paragraph") {
                    default = Some(id.clone());
                }
                raw.insert(id, Raw::read(&mut nodes));
            }
        }
        let styles: HashMap<String, Style> = raw.keys().map(|id| (id.clone(), resolve(&raw, id))).collect();
        let default = default.and_then(|id| styles.get(&id).copied()).unwrap_or_default();
        Self { styles, default }
    }

    /// The style of a paragraph. An id without a style still tells a heading.
    pub fn paragraph(&self, properties: &ParagraphProperties) -> Style {
        let Some(id) = &properties.style else { return self.default };
        let known = self.styles.get(id).copied();
        known.unwrap_or_else(|| Style { role: role_of(id).unwrap_or_default(), ..self.default })
    }

    /// The properties of a character style.
    pub fn character(&self, id: &str) -> RunProperties {
        self.styles.get(id).map(|style| style.run).unwrap_or_default()
    }

    /// The list of a style by its id.
    pub fn list(&self, id: &str) -> ListProperties {
        self.styles.get(id).map(|style| style.list).unwrap_or_default()
    }
}

/// A style as written.
#[derive(Default)]
struct Raw {
    name: String,
    based_on: Option<String>,
    run: RunProperties,
    paragraph: ParagraphProperties,
}

impl Raw {
    fn read(nodes: &mut Nodes<'_>) -> Self {
        let mut raw = Self::default();
        let depth = nodes.depth();
        while let Some(node) = nodes.next_inside(depth) {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "name" => raw.name = tag.val().unwrap_or_default(),
                "basedOn" => raw.based_on = tag.val(),
                "rPr" => raw.run = run_properties(nodes, &Styles::default()),
                "pPr" => raw.paragraph = paragraph_properties(nodes),
                // Conditional formats of table styles.
                "tblStylePr" => nodes.pass_over(),
                _ => {}
            }
        }
        raw
    }
}

/// How many styles may be based on each other: more is a circle.
const LONGEST_CHAIN: usize = 24;

fn resolve(raw: &HashMap<String, Raw>, id: &str) -> Style {
    let mut style = Style::default();
    let mut role = None;
    let mut next = Some(id);
    for _ in 0..LONGEST_CHAIN {
        let Some(here) = next.and_then(|id| raw.get(id)) else { break };
        style.run = style.run.or(here.run);
        style.list.list = style.list.list.or(here.paragraph.list.list);
        style.list.level = style.list.level.or(here.paragraph.list.level);
        role = role.or_else(|| here.paragraph.outline.map(role_of_outline).or_else(|| role_of(&here.name)));
        next = here.based_on.as_deref();
    }
    style.role = role.unwrap_or_default();
    style
}

/// The role of an outline level: 0 to 8 are headings, 9 is body text.
pub fn role_of_outline(level: u32) -> Role {
    if level < 9 { Role::Heading(level.min(5) as u8 + 1) } else { Role::Body }
}

/// The role of a built-in style; Word keeps the English names of these in every language.
fn role_of(name: &str) -> Option<Role> {
    let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (word, digits) = folded.split_at(folded.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let level = digits.parse::<u8>().ok();
    Some(match (word, level) {
        ("heading", Some(level)) if (1..=9).contains(&level) => Role::Heading(level.min(6)),
        ("title", None) => Role::Heading(1),
        ("toc" | "index", Some(_)) | ("tableoffigures" | "tableofauthorities", None) => Role::Contents,
        ("quote" | "intensequote" | "blocktext" | "blockquote", None) => Role::Quotation,
        ("sourcecode", None) => Role::Code,
        _ => return None,
    })
}

impl RunProperties {
    /// These, and for what they leave open the others.
    pub fn or(self, other: Self) -> Self {
        Self {
            height: self.height.or(other.height),
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            hidden: self.hidden.or(other.hidden),
        }
    }
}

/// How far up text must stand to count as superscript, in half points: authors raise digits by hand too.
const RAISED: i32 = 5;

/// Reads `w:rPr` up to its end, with the character style it names.
pub fn run_properties(nodes: &mut Nodes<'_>, styles: &Styles) -> RunProperties {
    let mut direct = RunProperties::default();
    let mut style = RunProperties::default();
    let depth = nodes.depth();
    while let Some(node) = nodes.next_inside(depth) {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "rStyle" => style = tag.val().map(|id| styles.character(&id)).unwrap_or_default(),
            "vertAlign" => direct.height = tag.val().map(|value| height(&value)),
            "position" if raised_by(&tag) >= RAISED && direct.height.is_none() => direct.height = Some(Height::Superscript),
            "b" => direct.bold = Some(tag.is_on()),
            "i" => direct.italic = Some(tag.is_on()),
            "vanish" => direct.hidden = Some(tag.is_on()),
            "rPrChange" => nodes.pass_over(),
            _ => {}
        }
    }
    direct.or(style)
}

fn height(value: &str) -> Height {
    match value {
        "superscript" => Height::Superscript,
        "subscript" => Height::Subscript,
        _ => Height::Baseline,
    }
}

fn raised_by(tag: &Tag<'_>) -> i32 {
    tag.val().and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// Reads `w:pPr` up to its end.
pub fn paragraph_properties(nodes: &mut Nodes<'_>) -> ParagraphProperties {
    let mut properties = ParagraphProperties::default();
    let depth = nodes.depth();
    while let Some(node) = nodes.next_inside(depth) {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "pStyle" => properties.style = tag.val(),
            "outlineLvl" => properties.outline = tag.number("val"),
            "numId" => properties.list.list = tag.number("val"),
            "ilvl" => properties.list.level = tag.number("val").map(|level| level as usize),
            // Inside the properties of the paragraph mark.
            "del" | "moveFrom" => properties.joins_next = true,
            "pPrChange" | "rPrChange" | "sectPr" | "numberingChange" => nodes.pass_over(),
            _ => {}
        }
    }
    properties
}

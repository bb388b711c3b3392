//! The numbers that Word prints in front of paragraphs: they stand nowhere in the file and are counted here.

use std::collections::{HashMap, HashSet};

use super::styles::{ListProperties, Styles};
use super::xml::{Node, Nodes, Tag};

/// The levels of a list.
const LEVELS: usize = 9;

/// What stands in front of a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// As Word shows it, such as `12.` or `[12]`; `•` for every bullet.
    pub text: String,
    /// What Word puts behind it.
    pub gap: &'static str,
    /// The number where it is one number in plain digits.
    pub number: Option<u32>,
    pub level: usize,
    /// It counts, as bullets do not.
    pub counts: bool,
}

/// The lists of a document with where each has got to.
#[derive(Debug, Default)]
pub struct Numbering {
    lists: HashMap<u32, List>,
    definitions: HashMap<u32, Definition>,
    /// Levels of lists that have been used: a restart counts once.
    used: HashSet<(u32, usize)>,
    /// How far each definition has counted, by level; lists of one definition count on together.
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
}

/// `w:num`
#[derive(Debug, Default)]
struct List {
    definition: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// `w:abstractNum`
#[derive(Debug, Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// The style that holds the real definition.
    style: Option<String>,
}

/// `w:lvl`
#[derive(Debug, Default, Clone)]
struct Level {
    start: u32,
    format: String,
    /// The text with `%1` for the number of the first level, and so on.
    text: String,
    gap: Option<&'static str>,
    /// The level (from 1) behind which this one starts again; 0 for never.
    restart: Option<usize>,
    /// All numbers of the text are plain digits.
    legal: bool,
    style: Option<String>,
}

impl Numbering {
    pub fn read(xml: &str) -> Self {
        let mut numbering = Self::default();
        let mut nodes = Nodes::new(xml);
        while let Some(node) = nodes.next() {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "abstractNum" => {
                    if let Some(id) = tag.number("abstractNumId") {
                        let definition = definition(&mut nodes);
                        numbering.definitions.insert(id, definition);
                    }
                }
                "num" => {
                    if let Some(id) = tag.number("numId") {
                        let list = list(&mut nodes);
                        numbering.lists.insert(id, list);
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// The text in front of the next paragraph, which has a style with a list, or names a list itself.
    pub fn next(&mut self, direct: ListProperties, style: Option<&str>, of_style: ListProperties, styles: &Styles) -> Option<Printed> {
        let id = direct.list.or(of_style.list).filter(|&id| id > 0)?;
        let (definition_id, definition) = self.definition(id, styles)?;
        // A style is tied to its level by name.
        let tied = || style.and_then(|style| definition.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)));
        let index = match direct {
            ListProperties { level: Some(level), .. } => level,
            ListProperties { list: Some(_), .. } => 0,
            _ => tied().map(|(&index, _)| index).or(of_style.level).unwrap_or(0),
        }
        .min(LEVELS - 1);
        let levels: Vec<Level> = (0..=index).map(|i| self.level(id, definition, i)).collect();
        let restarts: Vec<Option<usize>> = (0..LEVELS).map(|i| definition.levels.get(&i).and_then(|level| level.restart)).collect();
        let counters = self.counters.entry(definition_id).or_default();
        let here = levels.last()?;
        let restart = self.lists.get(&id).and_then(|list| list.starts.get(&index)).copied();
        let first_use = self.used.insert((id, index));
        counters[index] = Some(match (counters[index], restart) {
            (_, Some(start)) if first_use => start,
            (Some(last), _) => last.saturating_add(1),
            (None, start) => start.unwrap_or(here.start),
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(index + 1) {
            if restarts[deeper].is_none_or(|behind| index < behind) {
                *counter = None;
            }
        }
        let numbers: Vec<u32> = levels.iter().zip(counters.iter()).map(|(level, counter)| counter.unwrap_or(level.start)).collect();
        here.print(&levels, &numbers)
    }

    /// The definition of a list; a definition may stand in the list of a style.
    fn definition(&self, list: u32, styles: &Styles) -> Option<(u32, &Definition)> {
        let id = self.lists.get(&list)?.definition;
        let definition = self.definitions.get(&id)?;
        let Some(style) = &definition.style else { return Some((id, definition)) };
        let id = self.lists.get(&styles.list(style).list?)?.definition;
        Some((id, self.definitions.get(&id)?))
    }

    fn level(&self, list: u32, definition: &Definition, index: usize) -> Level {
        let own = self.lists.get(&list).and_then(|list| list.levels.get(&index));
        own.or_else(|| definition.levels.get(&index)).cloned().unwrap_or_default()
    }
}

impl Level {
    fn print(&self, levels: &[Level], numbers: &[u32]) -> Option<Printed> {
        let level = numbers.len() - 1;
        let gap = self.gap.unwrap_or("\t");
        if self.format == "bullet" {
            return Some(Printed { text: "•".into(), gap, number: None, level, counts: false });
        }
        let mut text = String::new();
        let mut printed = Vec::new();
        let mut chars = self.text.chars().peekable();
        while let Some(c) = chars.next() {
            let index = (c == '%').then(|| chars.peek().and_then(|c| c.to_digit(10))).flatten().filter(|&n| n > 0);
            match index.map(|n| n as usize - 1) {
                Some(i) if i < numbers.len() => {
                    chars.next();
                    printed.push(numbers[i]);
                    let format = if self.legal { "decimal" } else { levels[i].format.as_str() };
                    text.push_str(&in_format(numbers[i], format));
                }
                _ => text.push(c),
            }
        }
        if text.trim().is_empty() {
            return None;
        }
        // `Table 3` or `2.1` are no numbers of entries.
        let plain = !text.contains(char::is_alphabetic) && text.contains(|c: char| c.is_ascii_digit());
        let number = if let (true, [number]) = (plain, printed.as_slice()) { Some(*number) } else { None };
        Some(Printed { text: text.trim().to_owned(), gap, number, level, counts: true })
    }
}

/// A number in a number format of Word; unknown formats print digits.
pub fn in_format(number: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "chicago" => ["*", "†", "‡", "§"][(number.max(1) as usize - 1) % 4].into(),
        "decimalZero" => format!("{number:02}"),
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_uppercase(),
        "ordinal" => format!("{number}{}", ordinal_ending(number)),
        "decimalEnclosedParen" => format!("({number})"),
        "decimalEnclosedFullstop" => format!("{number}."),
        _ => number.to_string(),
    }
}

/// `a` to `z`, then `aa`, `bb`, as Word counts.
fn letters(number: u32) -> String {
    const MOST: u32 = 26 * 30;
    match number {
        1..=MOST => {
            let letter = char::from(b'a' + ((number - 1) % 26) as u8);
            std::iter::repeat_n(letter, (number as usize - 1) / 26 + 1).collect()
        }
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..=4999).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

fn ordinal_ending(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn definition(nodes: &mut Nodes<'_>) -> Definition {
    let mut definition = Definition::default();
    let depth = nodes.depth();
    while let Some(node) = nodes.next_inside(depth) {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "lvl" => {
                let index = level_index(&tag);
                definition.levels.insert(index, level(nodes));
            }
            "numStyleLink" => definition.style = tag.val(),
            _ => {}
        }
    }
    definition
}

fn list(nodes: &mut Nodes<'_>) -> List {
    let mut list = List::default();
    let mut overridden = 0;
    let depth = nodes.depth();
    while let Some(node) = nodes.next_inside(depth) {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "abstractNumId" => list.definition = tag.number("val").unwrap_or_default(),
            "lvlOverride" => overridden = level_index(&tag),
            "startOverride" => {
                list.starts.insert(overridden, tag.number("val").unwrap_or_default());
            }
            "lvl" => {
                list.levels.insert(overridden, level(nodes));
            }
            _ => {}
        }
    }
    list
}

/// The text of a level is printed once a paragraph: it must not be long.
fn short(value: Option<String>) -> String {
    const LONGEST: usize = 40;
    value.unwrap_or_default().chars().take(LONGEST).collect()
}

fn level_index(tag: &Tag<'_>) -> usize {
    tag.number("ilvl").unwrap_or(0) as usize
}

fn level(nodes: &mut Nodes<'_>) -> Level {
    let mut level = Level { format: "decimal".into(), ..Level::default() };
    let depth = nodes.depth();
    while let Some(node) = nodes.next_inside(depth) {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "start" => level.start = tag.number("val").unwrap_or_default(),
            "numFmt" => level.format = short(tag.val()),
            "lvlText" => level.text = short(tag.val()),
            "suff" => {
                level.gap = match tag.val().as_deref() {
                    Some("space") => Some(" "),
                    Some("nothing") => Some(""),
                    _ => None,
                }
            }
            "lvlRestart" => level.restart = tag.number("val").map(|level| level as usize),
            "isLgl" => level.legal = tag.is_on(),
            "pStyle" => level.style = tag.val(),
            _ => {}
        }
    }
    level
}

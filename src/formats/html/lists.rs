//! The numbers of lists: those a browser computes from `start`, `value` and `reversed`, and those printed in the text.

use std::ops::Range;

use super::furniture::declares;
use super::page::{Element, Event, Page};

/// A list being read.
#[derive(Debug)]
pub struct List {
    /// The number of the next item; `None` where the items have no numbers.
    next: Option<i64>,
    step: i64,
    /// The items print their numbers themselves.
    pub printed: bool,
}

impl List {
    /// Looks at a list before its items are read.
    pub fn new(page: &Page, element: usize) -> Self {
        let tag = &page.elements[element].tag;
        let items = items(page, element);
        let printed = prints_numbers(page, &items);
        let kind = tag.value("type").unwrap_or_default();
        let style = tag.value("style").unwrap_or_default();
        let letters = matches!(kind, "a" | "A" | "i" | "I")
            || ["list-style", "list-style-type"]
                .iter()
                .any(|property| ["lower-", "upper-", "disc", "circle", "square"].iter().any(|value| declares(style, property, value)));
        let reversed = tag.value("reversed").is_some();
        let start = tag.value("start").and_then(integer).unwrap_or(if reversed { items.len() as i64 } else { 1 });
        let numbered = tag.name == "ol" && !letters && !printed;
        Self { next: numbered.then_some(start), step: if reversed { -1 } else { 1 }, printed }
    }

    /// The number of an item, which counts the next ones on: the outer `None` for an item without number, the inner one
    /// for a number no entry can have.
    pub fn number(&mut self, item: &Element) -> Option<Option<u32>> {
        let next = self.next?;
        let number = match item.tag.value("value") {
            Some(value) => integer(value).unwrap_or(next),
            None => next,
        };
        self.next = Some(number.saturating_add(self.step));
        Some(u32::try_from(number).ok())
    }
}

/// The longest run of events looked at for the first words of an item.
const LOOK_AHEAD: usize = 24;

/// The items of a list, by their opening events.
fn items(page: &Page, list: usize) -> Vec<usize> {
    let Element { open, close, .. } = page.elements[list];
    let mut items = Vec::new();
    let mut at = open + 1;
    while at < close {
        match page.events[at] {
            Event::Open(i) => {
                if page.elements[i].name() == "li" {
                    items.push(at);
                }
                at = page.elements[i].close + 1;
            }
            _ => at += 1,
        }
    }
    items
}

/// Whether most items start with a number of their own.
fn prints_numbers(page: &Page, items: &[usize]) -> bool {
    let count = items.iter().filter(|&&item| leading_number(&first_words(page, item)).is_some()).count();
    count > 0 && count * 3 >= items.len() * 2
}

fn first_words(page: &Page, open: usize) -> String {
    let mut words = String::new();
    for event in page.events[open..].iter().take(LOOK_AHEAD) {
        match event {
            Event::Text(pieces) => words.extend(pieces.iter().flat_map(|piece| piece.text.chars()).take(24)),
            // The item ends, or a list begins in it: its numbers are not this item's.
            Event::Close(i) | Event::Open(i)
                if page.elements[*i].open != open && matches!(page.elements[*i].name(), "li" | "ol" | "ul") =>
            {
                break;
            }
            _ => {}
        }
        if words.trim_start().len() > 12 {
            break;
        }
    }
    words
}

/// A number with its punctuation in front of words: its value and its range, as `[12]`, `12.` or `(12)`.
pub fn leading_number(text: &str) -> Option<(Option<u32>, Range<usize>)> {
    let bytes = text.as_bytes();
    let start = text.len() - text.trim_start().len();
    let open = usize::from(matches!(bytes.get(start), Some(b'[' | b'(')));
    let digits = bytes[start + open..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let close = start + open + digits;
    let closed = match (open, bytes.get(close)) {
        (1, Some(b']' | b')')) | (0, Some(b'.' | b')' | b']')) => true,
        _ => return None,
    };
    let end = close + usize::from(closed) + usize::from(bytes.get(close + 1) == Some(&b'.') && open == 1);
    let rest = &text[end..];
    let fits = (1..=12).contains(&digits) && (rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase()));
    fits.then(|| (text[start + open..close].parse().ok(), start..end))
}

/// An integer as HTML reads one: leading blanks, a sign, digits; what follows does not matter.
fn integer(value: &str) -> Option<i64> {
    let value = value.trim_start();
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count().min(18);
    let number: i64 = digits[..length].parse().ok()?;
    Some(if value.starts_with('-') { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markup::Dialect;

    fn numbers(html: &str) -> Vec<Option<u32>> {
        let page = Page::read(html, Dialect::Html);
        let mut list = List::new(&page, 0);
        let items = page.elements.iter().filter(|element| element.name() == "li");
        items.map(|item| list.number(item).flatten()).collect()
    }

    #[test]
    fn numbers_are_those_a_browser_prints() {
        assert_eq!(numbers("<ol><li>µ<li>b<li value=7>c<li>d</ol>"), [Some(1), Some(2), Some(7), Some(8)]);
        assert_eq!(numbers("<ol start=' 4x'><li>µ<li value=x>b</ol>"), [Some(4), Some(5)]);
        assert_eq!(numbers("<ol reversed><li>µ<li>b<li>c</ol>"), [Some(3), Some(2), Some(1)]);
        assert_eq!(numbers("<ol start=-1><li>µ<li>b<li>c</ol>"), [None, Some(0), Some(1)]);
        assert_eq!(numbers("<ol type=a><li>µ</ol>"), [None]);
        assert_eq!(numbers("<ul><li>µ</ul>"), [None]);
        assert_eq!(numbers("<ol start=99999999999999999999><li>µ</ol>"), [None]);
    }

    #[test]
    fn numbers_in_the_text_count_first() {
        let printed = |html: &str| List::new(&Page::read(html, Dialect::Html), 0).printed;
        assert!(printed("<ol style='list-style:none'><li><span>1.</span> Author<li>[2] Author</ol>"));
        assert!(printed("<ul><li><a>3</a>. Author µ</ul>"));
        assert!(!printed("<ol><li>2.5 mg<li>10 mg<li>First</ol>"));
        assert_eq!(leading_number(" (12). Author"), Some((Some(12), 1..6)));
        assert_eq!(leading_number("2001;5:6"), None);
    }
}

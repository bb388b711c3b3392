//! Where the article stands on a page, and what around and inside it is furniture.

use std::ops::Range;

use super::furniture;
use super::page::{Event, Page};
use crate::formats::margins::mentions_review;

/// The parts of a page that are article.
#[derive(Debug)]
pub struct Content {
    /// Ranges of events, in reading order.
    pub parts: Vec<Range<usize>>,
    /// By element: it and all in it are no article.
    pub dropped: Vec<bool>,
}

/// Finds the article: `<main>` or `<article>` where the page has them, else the smallest element that holds nearly all
/// running text. A title, a review line or a reference list that stands outside is taken in too.
pub fn find(page: &Page) -> Content {
    let measure = Measure::new(page);
    let mut dropped = furniture::always(page);
    let root = marked_root(page, &measure, &dropped);
    furniture::of_site(page, &measure, root, &mut dropped);
    let root = root.or_else(|| densest(page, &measure, &dropped));
    let whole = root.map_or(0..page.events.len(), |root| page.elements[root].open..page.elements[root].close + 1);
    let mut parts = strays(page, &measure, &whole, &dropped);
    parts.push(whole);
    parts.sort_by_key(|part| part.start);
    parts.dedup_by(|later, earlier| later.start < earlier.end);
    Content { parts, dropped }
}

/// Text lengths as sums from the start, so that those of an element are one subtraction.
pub struct Measure {
    text: Vec<u32>,
    linked: Vec<u32>,
}

impl Measure {
    fn new(page: &Page) -> Self {
        let mut measure = Self { text: vec![0], linked: vec![0] };
        let (mut text, mut linked, mut links, mut raw) = (0, 0, 0u32, 0u32);
        for event in &page.events {
            match event {
                Event::Open(i) | Event::Close(i) => {
                    let step = if matches!(event, Event::Open(_)) { 1 } else { u32::MAX };
                    match page.elements[*i].name() {
                        "a" | "button" => links = links.wrapping_add(step),
                        name if furniture::is_unseen(name) => raw = raw.wrapping_add(step),
                        _ => {}
                    }
                }
                Event::Text(pieces) if raw == 0 => {
                    let length: usize = pieces.iter().map(|piece| piece.text.trim().len()).sum();
                    text += length as u32;
                    linked += if links > 0 { length as u32 } else { 0 };
                }
                Event::Text(_) => {}
            }
            measure.text.push(text);
            measure.linked.push(linked);
        }
        measure
    }

    /// Bytes of text of an element.
    pub fn text(&self, page: &Page, element: usize) -> u32 {
        let element = &page.elements[element];
        self.text[element.close + 1] - self.text[element.open]
    }

    /// Bytes of text of an element that are not links.
    pub fn running(&self, page: &Page, element: usize) -> u32 {
        let (open, close) = (page.elements[element].open, page.elements[element].close + 1);
        self.text(page, element) - (self.linked[close] - self.linked[open])
    }

    /// Bytes of text of the page.
    pub fn whole(&self) -> u32 {
        self.text.last().copied().unwrap_or_default()
    }
}

/// The element that says it is the article: the fullest `<main>`, else the fullest `<article>`.
fn marked_root(page: &Page, measure: &Measure, dropped: &[bool]) -> Option<usize> {
    let is_main = |i: &usize| page.elements[*i].name() == "main" || page.elements[*i].tag.value("role") == Some("main");
    let is_article = |i: &usize| {
        let tag = &page.elements[*i].tag;
        tag.name == "article" || tag.value("role") == Some("article") || tag.value("itemprop") == Some("articleBody")
    };
    let fullest = |wanted: &dyn Fn(&usize) -> bool| {
        (0..page.elements.len()).filter(|&i| !dropped[i]).filter(wanted).max_by_key(|&i| (measure.running(page, i), std::cmp::Reverse(i)))
    };
    let enough = |root: &usize| measure.running(page, *root) * 4 >= running_of_page(measure);
    fullest(&is_main).filter(enough).or_else(|| fullest(&is_article).filter(enough))
}

fn running_of_page(measure: &Measure) -> u32 {
    measure.whole() - measure.linked.last().copied().unwrap_or_default()
}

/// The smallest element that holds nearly all running text that is not furniture.
fn densest(page: &Page, measure: &Measure, dropped: &[bool]) -> Option<usize> {
    let lost: u32 = outermost_dropped(page, dropped).map(|i| measure.running(page, i)).sum();
    let all = running_of_page(measure).saturating_sub(lost);
    let mut best = None;
    let mut i = 0;
    // Every element that holds so much lies inside the one found before it.
    while i < page.elements.len() {
        if !dropped[i] {
            let inside: u32 = measure.running(page, i);
            // A line of the site too many does less harm than a line of the article too few.
            if u64::from(inside) * 1000 >= u64::from(all) * 995 && !furniture::is_unseen(page.elements[i].name()) {
                best = Some(i);
            }
        }
        i += 1;
    }
    // Not into the one long paragraph: its neighbours are article too.
    best.map(|i| page.elements[i].parent.filter(|_| is_text_block(page.elements[i].name())).unwrap_or(i))
}

fn is_text_block(name: &str) -> bool {
    matches!(name, "p" | "ul" | "ol" | "li" | "blockquote" | "dl" | "dd" | "pre" | "h1" | "h2" | "h3") || super::page::is_inline(name)
}

fn outermost_dropped<'p>(page: &'p Page, dropped: &'p [bool]) -> impl Iterator<Item = usize> + 'p {
    let mut end = 0;
    (0..page.elements.len()).filter(move |&i| {
        let outermost = dropped[i] && page.elements[i].open >= end;
        if outermost {
            end = page.elements[i].close;
        }
        outermost
    })
}

/// The longest line outside the article that may be a review statement, in bytes.
const LINE: u32 = 300;

/// Parts outside the marked article that belong to it: the title, lines on its review, a reference list.
fn strays(page: &Page, measure: &Measure, root: &Range<usize>, dropped: &[bool]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = title_outside(page, root, dropped).into_iter().collect();
    let mut i = 0;
    while i < page.events.len() {
        let Event::Open(element) = page.events[i] else {
            i += 1;
            continue;
        };
        let Range { start, end } = page.elements[element].open..page.elements[element].close + 1;
        if start == root.start {
            i = end;
            continue;
        }
        let name = page.elements[element].name();
        // The footer of the site may hold the one line that dates the page.
        let skipped = dropped[element] && !matches!(name, "footer" | "header") || matches!(name, "nav" | "aside" | "article");
        if skipped {
            i = end;
            continue;
        }
        let holds_root = start <= root.start && root.end <= end;
        if !holds_root && is_line(name) && measure.text(page, element) <= LINE && mentions_review(&page.words(element, LINE as usize)) {
            parts.push(start..end);
            i = end;
            continue;
        }
        if !holds_root && !dropped[element] && is_heading(name) && announces_references(&page.words(element, 64)) {
            let parent = page.elements[element].parent.map(|parent| &page.elements[parent]);
            let limit = parent.map_or(page.events.len(), |parent| parent.close);
            let part = if start < root.start { start..root.start.min(limit) } else { start..limit };
            i = part.end;
            parts.push(part);
            continue;
        }
        i += 1;
    }
    parts
}

fn is_line(name: &str) -> bool {
    matches!(name, "p" | "div" | "li" | "span" | "section" | "small" | "time" | "dd")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn announces_references(words: &str) -> bool {
    let words = words.trim().trim_end_matches(':').to_lowercase();
    matches!(words.as_str(), "references" | "reference" | "sources" | "article sources" | "bibliography" | "works cited" | "literature")
}

/// The first `<h1>` where it stands outside the article and is no logo.
fn title_outside(page: &Page, root: &Range<usize>, dropped: &[bool]) -> Option<Range<usize>> {
    let titles = || (0..page.elements.len()).filter(|&i| page.elements[i].name() == "h1");
    if titles().any(|i| root.contains(&page.elements[i].open)) {
        return None;
    }
    let is_shown =
        |i: usize| !dropped[i] && page.elements[i].open < root.start && !page.ancestors(i).take(64).any(|around| around.name() == "nav");
    let title = titles().rfind(|&i| is_shown(i))?;
    let element = &page.elements[title];
    let words = page.words(title, 200);
    let is_link = page.tags(element).take(16).any(|tag| tag.name == "a");
    (words.trim().len() > 3 && !is_link).then(|| element.open..element.close + 1)
}

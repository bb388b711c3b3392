//! The ways back from a note to the text: `↑`, `^`, “Back to top”, “[Go to ref]”. They are no words of an entry.

use super::page::{Event, Page};

/// The longest link that may be a way back, in bytes.
const LONGEST: usize = 40;

/// Takes the ways back out of the page, with the brackets around them.
pub fn remove(page: &mut Page) {
    for i in 0..page.elements.len() {
        let (open, close) = (page.elements[i].open, page.elements[i].close);
        if !is_internal_link(page, i) || !is_way_back(page, i) {
            continue;
        }
        for event in &mut page.events[open..close] {
            if let Event::Text(pieces) = event {
                pieces.clear();
            }
        }
        remove_brackets(page, open, close);
    }
}

fn is_internal_link(page: &Page, element: usize) -> bool {
    let tag = &page.elements[element].tag;
    tag.name == "a" && tag.value("href").is_some_and(|href| href.starts_with('#'))
}

/// Words that lead back, in lower case without punctuation around them.
const WORDS: &[&str] = &[
    "back",
    "back to article",
    "back to cited text",
    "back to citation",
    "back to content",
    "back to reference",
    "back to text",
    "back to top",
    "go to citation",
    "go to ref",
    "go to reference",
    "go to text",
    "go to top",
    "jump back",
    "jump back to text",
    "jump up",
    "jump up to",
    "return",
    "return to article",
    "return to citation",
    "return to ref",
    "return to reference",
    "return to text",
    "return to top",
    "to top",
    "top",
];

fn is_way_back(page: &Page, element: usize) -> bool {
    let words = page.words(element, LONGEST);
    let words = words.trim();
    if words.is_empty() || words.len() > LONGEST {
        return false;
    }
    let is_arrow =
        |c: char| matches!(c, '↑' | '↩' | '\u{fe0e}' | '\u{fe0f}' | '⤴' | '↵' | '⏎' | '⇑' | '⇧' | '▲' | '△' | '^' | 'ˆ' | '←' | '⬆' | '↥');
    if words.chars().all(|c| is_arrow(c) || c.is_whitespace()) {
        return true;
    }
    // `^ a b c`: one letter for each place that cites.
    let mut letters = words.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_ascii_lowercase()
    {
        let href = page.elements[element].tag.value("href").unwrap_or_default();
        return href.contains("ref") && page.ancestors(element).take(6).any(|around| around.name() == "li");
    }
    let folded = words.to_lowercase();
    let folded = folded.trim_matches(|c: char| is_arrow(c) || c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '.' | ':'));
    WORDS.contains(&folded)
}

/// `[<a href="#r1">Go to ref</a>]` leaves `[]` behind.
fn remove_brackets(page: &mut Page, open: usize, close: usize) {
    let (before, after) = page.events.split_at_mut(close);
    let last = before[..open].last_mut().and_then(|event| match event {
        Event::Text(pieces) => pieces.last_mut(),
        _ => None,
    });
    let first = after.get_mut(1).and_then(|event| match event {
        Event::Text(pieces) => pieces.first_mut(),
        _ => None,
    });
    let (Some(last), Some(first)) = (last, first) else { return };
    let pairs = [("[", "]"), ("(", ")")];
    let Some((opened, closed)) = pairs.into_iter().find(|(opened, closed)| last.text.ends_with(opened) && first.text.starts_with(closed))
    else {
        return;
    };
    if last.verbatim && first.verbatim {
        last.text.truncate(last.text.len() - opened.len());
        last.span.end -= 1;
        first.text.drain(..closed.len());
        first.span.start += 1;
    }
}

//! Keys that an article lacks, added beside those it has, in their style.

use super::written::Container;
use super::{Outcome, refuse};
use crate::article::review::{Origin, ReviewKind};
use crate::diagnostic::Edit;
use crate::document::Metadata;
use crate::formats::front_matter;
use crate::linter::Checked;
use crate::source::Span;

/// What a key says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Reviewed,
    Reviewer,
    Next,
}

impl Role {
    /// The words of the key.
    fn words(self) -> &'static [&'static str] {
        match self {
            Role::Reviewed => &["last", "reviewed", "on"],
            Role::Reviewer => &["reviewed", "by"],
            Role::Next => &["next", "review"],
        }
    }
}

/// How the words of a key are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Snake,
    Kebab,
    Camel,
}

impl Style {
    /// The style of the first key that has more than one word.
    fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let style = |key: &str| {
            let hump = key.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
            if key.contains('_') {
                Some(Style::Snake)
            } else if key.contains('-') {
                Some(Style::Kebab)
            } else {
                hump.then_some(Style::Camel)
            }
        };
        keys.filter_map(style).next().unwrap_or(Style::Snake)
    }

    fn key(self, role: Role) -> String {
        let words = role.words();
        match self {
            Style::Snake => words.join("_"),
            Style::Kebab => words.join("-"),
            Style::Camel => {
                let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
                words[..1].iter().map(|word| (*word).to_owned()).chain(words[1..].iter().map(|word| capital(word))).collect()
            }
        }
    }
}

/// Keys for the front matter of a file; `None` where it has none.
pub fn in_front_matter(checked: &Checked, missing: &[(Role, String)]) -> Option<Edit> {
    let text = checked.source.text();
    let bounds = front_matter::bounds(text)?;
    let container = Container::of(checked, Span::at(bounds.inside.start));
    let metadata = &checked.document.metadata;
    let inside = |entry: &&Metadata| bounds.inside.contains(&(entry.key_span.start as usize));
    // Beside the date where it stands at the top level, else where the top level surely is.
    let beside = dated(checked).filter(inside).filter(|entry| line_of(text, entry.key_span).start == entry.key_span.start);
    let at = match (beside, container) {
        (Some(entry), _) => line_of(text, entry.key_span).end as usize,
        (None, Container::Toml) => bounds.inside.start,
        (None, _) => bounds.inside.end,
    };
    let own = beside.into_iter().chain(metadata.iter().filter(inside)).map(|entry| checked.source.slice(entry.key_span));
    Some(Edit { span: Span::at(at), text: lines(container, Style::of(own), line_end(text), missing) })
}

/// Front matter for a Markdown file that has none.
pub fn front_matter(checked: &Checked, missing: &[(Role, String)]) -> Edit {
    let end = line_end(checked.source.text());
    let keys = lines(Container::Yaml, Style::Snake, end, missing);
    Edit { span: Span::at(0), text: format!("---{end}{keys}---{end}{end}") }
}

/// The reviewer for a page whose date stands in a tag or in JSON-LD.
pub fn in_page(checked: &Checked, missing: &[(Role, String)]) -> Outcome<Vec<Edit>> {
    let text = checked.source.text();
    let [(Role::Reviewer, by)] = missing else {
        let (what, example) = match missing[0].0 {
            Role::Next => ("announces no next review", "Next review due: DATE"),
            _ => ("states no review", "Reviewed by NAME on DATE"),
        };
        return refuse(format!("the page {what}; write “{example}” where readers see it"));
    };
    let Some(entry) = dated(checked) else {
        return refuse("the page names no reviewer; write “by NAME” beside the date of the review");
    };
    let container = Container::of(checked, entry.value_span);
    let name = container.encoded(by);
    if container == Container::JsonLd {
        let at = entry.value_span.end as usize + 1;
        return Ok(vec![Edit { span: Span::at(at), text: format!(", \"reviewedBy\": {{\"@type\": \"Person\", \"name\": \"{name}\"}}") }]);
    }
    // The tag once more, with another key and value.
    let tag = text[..entry.key_span.start as usize].rfind('<').zip(text[entry.value_span.end as usize..].find('>'));
    let Some((start, rest)) = tag.filter(|_| entry.key_span.end < entry.value_span.start) else {
        return refuse("the page names no reviewer; add a <meta name=\"reviewedBy\"> beside the date of the review");
    };
    let (key, value) = (entry.key_span, entry.value_span);
    let end = value.end as usize + rest + 1;
    let key_name = Style::of([checked.source.slice(key)].into_iter()).key(Role::Reviewer);
    let key_name = if key_name.contains('_') && !checked.source.slice(key).contains('_') { "reviewedBy".to_owned() } else { key_name };
    let parts =
        [&text[start..key.start as usize], &key_name, &text[key.end as usize..value.start as usize], &name, &text[value.end as usize..end]];
    let line = line_of(text, Span::at(start));
    let indent = &text[line.start as usize..start];
    let indent = if indent.trim().is_empty() { format!("{}{indent}", line_end(text)) } else { String::new() };
    Ok(vec![Edit { span: Span::at(end), text: indent + &parts.concat() }])
}

/// The metadata that state the last review.
fn dated(checked: &Checked) -> Option<&Metadata> {
    let mut statements = checked.article.review.iter();
    let stated = statements.find(|statement| statement.kind == ReviewKind::Reviewed && statement.origin != Origin::Text)?;
    checked.document.metadata.iter().find(|entry| entry.key_span == stated.label)
}

fn lines(container: Container, style: Style, end: &str, missing: &[(Role, String)]) -> String {
    let joint = if container == Container::Toml { " = " } else { ": " };
    missing.iter().map(|(role, value)| format!("{}{joint}{}{end}", style.key(*role), container.bare(value))).collect()
}

/// The line of a place, with its end.
fn line_of(text: &str, place: Span) -> Span {
    let start = text[..place.start as usize].rfind('\n').map_or(0, |i| i + 1);
    let end = text[place.start as usize..].find('\n').map_or(text.len(), |i| place.start as usize + i + 1);
    Span::new(start, end)
}

/// How the lines of a text end.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(i) if text[..i].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

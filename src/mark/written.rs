//! How a value is written where it stands: YAML, TOML, JSON-LD, or the attribute of a tag.

use crate::diagnostic::Edit;
use crate::document::{Format, Metadata};
use crate::formats::front_matter;
use crate::linter::Checked;
use crate::source::Span;

/// What a value stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    Yaml,
    Toml,
    JsonLd,
    /// The text or an attribute of a page.
    Page,
}

impl Container {
    /// That of a place in a file.
    pub fn of(checked: &Checked, span: Span) -> Self {
        let text = checked.source.text();
        if checked.document.format == Format::Html {
            let before = text[..span.start as usize].to_ascii_lowercase();
            let script = before.rfind("<script").is_some_and(|open| before.rfind("</script").is_none_or(|close| close < open));
            return if script { Container::JsonLd } else { Container::Page };
        }
        match front_matter::bounds(text) {
            Some(bounds) if bounds.fence == "+++" => Container::Toml,
            _ => Container::Yaml,
        }
    }

    /// Words between the quotation marks that stand there, or in a page.
    pub fn encoded(self, words: &str) -> String {
        match self {
            Container::Yaml | Container::Toml => in_double_quotes(words),
            // A script ends at its closing tag, whatever JSON says.
            Container::JsonLd => in_double_quotes(words).replace("</", "<\\/"),
            Container::Page => {
                words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
            }
        }
    }

    /// A value that stands alone behind its key in front matter.
    pub fn bare(self, value: &str) -> String {
        let date = value.parse::<jiff::civil::Date>().is_ok();
        match self {
            _ if date => value.to_owned(),
            Container::Yaml if is_plain(value) => value.to_owned(),
            _ => format!("\"{}\"", in_double_quotes(value)),
        }
    }
}

/// Writes the whole value of a key.
pub fn value(checked: &Checked, entry: &Metadata, value: &str) -> Edit {
    let text = checked.source.text();
    let container = Container::of(checked, entry.value_span);
    let span = entry.value_span;
    let quote = text[..span.start as usize].chars().next_back();
    if matches!(container, Container::JsonLd | Container::Page) {
        return Edit { span, text: container.encoded(value) };
    }
    let quoted = matches!(quote, Some('"' | '\'')) && text[span.end as usize..].starts_with(['"', '\'']);
    match quote {
        Some('"') if quoted => Edit { span, text: in_double_quotes(value) },
        Some('\'') if quoted && container == Container::Yaml => Edit { span, text: value.replace('\'', "''") },
        Some('\'') if quoted && !value.contains('\'') => Edit { span, text: value.to_owned() },
        Some('\'') if quoted => Edit { span: Span { start: span.start - 1, end: span.end + 1 }, text: container.bare(value) },
        _ if entry.value.is_empty() => {
            // `last_reviewed:` has its value behind the colon, wherever the parser says that nothing stands.
            let behind = &text[entry.key_span.end as usize..];
            let at = entry.key_span.end as usize + behind.find(':').map_or(0, |colon| colon + 1);
            Edit { span: Span::at(at), text: format!(" {}", container.bare(value)) }
        }
        _ => Edit { span, text: container.bare(value) },
    }
}

/// Escapes that YAML, TOML and JSON share.
fn in_double_quotes(words: &str) -> String {
    words.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Whether YAML takes words for themselves without quotation marks.
fn is_plain(words: &str) -> bool {
    // `3 years` is no number.
    let starts = words.starts_with(|c: char| c.is_alphabetic() || c.is_ascii_digit() && words.contains(' '));
    let harmless = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '-' | '\'' | '’' | '(' | ')' | '/');
    let word = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].iter().any(|word| words.eq_ignore_ascii_case(word));
    starts && !words.ends_with(char::is_whitespace) && !word && words.chars().all(harmless)
}

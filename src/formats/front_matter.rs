//! Front matter: a block of YAML (`---`) or TOML (`+++`) before the article.

use saphyr_parser::{Event, Parser, ScalarStyle};
use toml::de::{DeTable, DeValue};

use crate::document::{Document, Metadata, Problem};
use crate::source::Span;

/// Where front matter stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// The line that opens it.
    pub fence: &'static str,
    /// What stands between the fences.
    pub inside: std::ops::Range<usize>,
    /// Where the article starts.
    pub end: usize,
}

/// Finds front matter; `None` where there is none, or it is never closed.
pub fn bounds(text: &str) -> Option<Bounds> {
    let fence = opening(text)?;
    let start = first_line(text).len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let closes = line.trim_end();
        if closes == fence || fence == "---" && closes == "..." {
            return Some(Bounds { fence, inside: start..at, end: at + line.len() });
        }
        at += line.len();
    }
    None
}

/// Reads front matter into `document` and returns where the article starts.
pub fn read(text: &str, document: &mut Document) -> usize {
    let Some(fence) = opening(text) else { return 0 };
    if let Some(bounds) = bounds(text) {
        match fence {
            "---" => yaml(text, bounds.inside, document),
            _ => toml_table(text, bounds.inside, document),
        }
        return bounds.end;
    }
    let start = first_line(text).len();
    if first_line(&text[start..]).contains(if fence == "---" { ':' } else { '=' }) {
        document.problems.push(Problem {
            span: Span::new(0, fence.len()),
            message: format!("the front matter opened by `{fence}` is never closed"),
            help: format!("Close it with a line `{fence}`; until then its dates and names are read as text"),
        });
    }
    0
}

fn opening(text: &str) -> Option<&'static str> {
    ["---", "+++"].into_iter().find(|fence| first_line(text).trim_end() == *fence)
}

fn first_line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or("")
}

fn yaml(text: &str, range: std::ops::Range<usize>, document: &mut Document) {
    let yaml = &text[range.clone()];
    let bytes = char_offsets(yaml);
    let span_of = |span: saphyr_parser::Span| {
        let at = |index: usize| range.start + bytes.get(index).copied().unwrap_or(yaml.len());
        Span::new(at(span.start.index()), at(span.end.index()))
    };
    // The path of open collections: a mapping with the key being read, or a sequence.
    let mut path: Vec<Option<(String, Span)>> = Vec::new();
    let mut expects_key: Vec<bool> = Vec::new();
    for event in Parser::new_from_str(yaml) {
        match event {
            Ok((Event::MappingStart(..), _)) => {
                path.push(None);
                expects_key.push(true);
            }
            Ok((Event::SequenceStart(..), _)) => {
                path.push(None);
                expects_key.push(false);
            }
            Ok((Event::MappingEnd | Event::SequenceEnd, _)) => {
                path.pop();
                expects_key.pop();
                close_value(&mut path, &mut expects_key);
            }
            Ok((Event::Scalar(value, style, ..), span)) => {
                if expects_key.last() == Some(&true) {
                    *path.last_mut().expect("a key stands in a mapping") = Some((value.into_owned(), span_of(span)));
                    *expects_key.last_mut().expect("a key stands in a mapping") = false;
                    continue;
                }
                let keys: Vec<&str> = path.iter().flatten().map(|(key, _)| key.as_str()).collect();
                if let Some((_, key_span)) = path.iter().flatten().next_back() {
                    let value_span = trim_quotes(text, span_of(span), style);
                    document.metadata.push(Metadata { key: keys.join("."), value: value.into_owned(), key_span: *key_span, value_span });
                }
                close_value(&mut path, &mut expects_key);
            }
            Ok((Event::Alias(_), _)) => close_value(&mut path, &mut expects_key),
            Ok(_) => {}
            Err(error) => {
                let at = range.start + bytes.get(error.marker().index()).copied().unwrap_or(yaml.len());
                document.problems.push(problem(Span::at(at), "YAML", error.info()));
                return;
            }
        }
    }
}

/// After a value, a mapping expects its next key. A mapping is known by the key it has read.
fn close_value(path: &mut [Option<(String, Span)>], expects_key: &mut [bool]) {
    if let (Some(slot), Some(expects)) = (path.last_mut(), expects_key.last_mut())
        && slot.take().is_some()
    {
        *expects = true;
    }
}

fn trim_quotes(text: &str, span: Span, style: ScalarStyle) -> Span {
    let quoted = match style {
        ScalarStyle::SingleQuoted => between_quotes(text, span, b'\''),
        ScalarStyle::DoubleQuoted => between_quotes(text, span, b'"'),
        _ => None,
    };
    quoted.unwrap_or_else(|| Span::new(span.start as usize, span.start as usize + text[span.range()].trim_end().len()))
}

/// What stands between the quotation marks of a scalar; the parser counts a comment behind it in.
fn between_quotes(text: &str, span: Span, quote: u8) -> Option<Span> {
    let bytes = &text.as_bytes()[span.range()];
    let mut at = 1;
    while *bytes.first()? == quote {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return Some(Span::new(span.start as usize + 1, span.start as usize + at)),
            _ => at += 1,
        }
    }
    None
}

fn char_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(i, _)| i).collect()
}

fn toml_table(text: &str, range: std::ops::Range<usize>, document: &mut Document) {
    match DeTable::parse(&text[range.clone()]) {
        Ok(table) => toml_values(table.get_ref(), "", range.start, document),
        Err(error) => {
            let at = range.start + error.span().map_or(0, |span| span.start);
            document.problems.push(problem(Span::at(at), "TOML", error.message()));
        }
    }
}

fn toml_values(table: &DeTable<'_>, prefix: &str, base: usize, document: &mut Document) {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.get_ref());
        let key_span = Span::new(base + key.span().start, base + key.span().end);
        let mut values = vec![value];
        while let Some(value) = values.pop() {
            let text = match value.get_ref() {
                DeValue::Table(inner) => {
                    toml_values(inner, &format!("{name}."), base, document);
                    continue;
                }
                DeValue::Array(items) => {
                    values.extend(items.iter().rev());
                    continue;
                }
                DeValue::String(text) => text.to_string(),
                DeValue::Integer(number) => number.to_string(),
                DeValue::Float(number) => number.to_string(),
                DeValue::Boolean(truth) => truth.to_string(),
                DeValue::Datetime(date) => date.to_string(),
            };
            let quote = usize::from(matches!(value.get_ref(), DeValue::String(_)));
            let value_span = Span::new(base + value.span().start + quote, base + value.span().end - quote);
            document.metadata.push(Metadata { key: name.clone(), value: text, key_span, value_span });
        }
    }
}

fn problem(span: Span, language: &str, message: &str) -> Problem {
    Problem {
        span,
        message: format!("the front matter is not valid {language}: {message}"),
        help: "Correct it; what stands after this place in the front matter was not checked".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    fn read_all(text: &str) -> (usize, Document) {
        let mut document = Document::new(Format::Markdown);
        (read(text, &mut document), document)
    }

    #[test]
    fn yaml_values_stay_text_with_their_places() {
        let text = "---\ntitle: \"µg and more\"\nreview:\n  last: 5/2020\ntags: [a, no]\n---\nText";
        let (start, document) = read_all(text);
        assert_eq!(&text[start..], "Text");
        let found: Vec<_> = document.metadata.iter().map(|m| (m.key.as_str(), &text[m.value_span.range()])).collect();
        assert_eq!(found, [("title", "µg and more"), ("review.last", "5/2020"), ("tags", "a"), ("tags", "no")]);
        assert!(document.problems.is_empty());
    }

    #[test]
    fn the_place_of_a_quoted_value_ends_at_its_quotation_mark() {
        let text = "---\na: \"µ \\\" b\"  # a \"comment\" µ\nb: 'it''s µ' # 'more'\nc: ''\n---\n";
        let (_, document) = read_all(text);
        let found: Vec<_> = document.metadata.iter().map(|m| &text[m.value_span.range()]).collect();
        assert_eq!(found, ["µ \\\" b", "it''s µ", ""]);
    }

    #[test]
    fn toml_values_too() {
        let text = "+++\ntitle = \"µg\"\nreviewed = 2024-05-01\n[by]\nname = 'A'\n+++\nText";
        let (start, document) = read_all(text);
        assert_eq!(&text[start..], "Text");
        let found: Vec<_> = document.metadata.iter().map(|m| (m.key.as_str(), &text[m.value_span.range()])).collect();
        assert_eq!(found, [("by.name", "A"), ("reviewed", "2024-05-01"), ("title", "µg")]);
    }

    #[test]
    fn broken_front_matter_is_told_and_does_no_harm() {
        assert_eq!(read_all("---\n\nA rule, then text\n").1.problems.len(), 0);
        let (start, document) = read_all("---\ntitle: µ\n\nText without an end\n");
        assert_eq!((start, document.problems.len()), (0, 1));
        assert_eq!(read_all("---\na: [1\n---\nText").1.problems.len(), 1);
        assert_eq!(read_all("---\n{{{: &a *b\n---\nText").1.problems.len(), 1);
    }
}

//! MDX inside Markdown: comments, imports and components, set aside so that nothing of them is read as the article.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Comment;
use crate::source::Span;

/// A text with its MDX replaced by blanks of the same length, so that every place stays what it was.
pub struct Masked<'t> {
    pub text: Cow<'t, str>,
    /// What was replaced, in order.
    pub ranges: Vec<Range<usize>>,
    pub comments: Vec<Comment>,
}

/// Masks `{/* comments */}`, `import` and `export` lines, and the braces in the attributes of components.
pub fn mask(text: &str) -> Masked<'_> {
    let mut found = Found::default();
    if text.contains("{/*") {
        comments(text, &mut found);
    }
    if ["import ", "export "].iter().any(|word| text.contains(word)) {
        modules(text, &mut found);
    }
    if text.contains("={") {
        components(text, &mut found);
    }
    if found.ranges.is_empty() {
        return Masked { text: Cow::Borrowed(text), ranges: Vec::new(), comments: Vec::new() };
    }
    found.ranges.sort_by_key(|(range, _)| range.start);
    found.ranges.dedup_by(|(later, _), (earlier, _)| later.start < earlier.end);
    let mut bytes = text.as_bytes().to_vec();
    for (range, quoted) in &found.ranges {
        for byte in bytes[range.clone()].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
            *byte = b' ';
        }
        if *quoted {
            bytes[range.start] = b'"';
            bytes[range.end - 1] = b'"';
        }
    }
    // Whole characters became blanks, so that this is UTF-8 as before.
    let text = String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned);
    Masked { text, ranges: found.ranges.into_iter().map(|(range, _)| range).collect(), comments: found.comments }
}

#[derive(Default)]
struct Found {
    /// Ranges to blank out; those with a mark become empty quoted values.
    ranges: Vec<(Range<usize>, bool)>,
    comments: Vec<Comment>,
}

fn comments(text: &str, found: &mut Found) {
    let mut at = 0;
    while let Some(open) = text[at..].find("{/*").map(|i| at + i) {
        let Some(length) = text[open..].find("*/}") else { return };
        let end = open + length + 3;
        found.comments.push(Comment { text: text[open + 3..end - 3].to_owned(), span: Span::new(open, end) });
        found.ranges.push((open..end, false));
        at = end;
    }
}

/// Paragraphs of JavaScript modules: from `import …` or `export …` to the next blank line.
fn modules(text: &str, found: &mut Found) {
    let mut at = 0;
    let mut start: Option<usize> = None;
    let mut after_blank = true;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        match start {
            Some(from) if blank => {
                found.ranges.push((from..at, false));
                start = None;
            }
            None if after_blank && is_module(line.trim_end()) => start = Some(at),
            _ => {}
        }
        after_blank = blank;
        at += line.len();
    }
    found.ranges.extend(start.map(|from| (from..text.len(), false)));
}

fn is_module(line: &str) -> bool {
    let quoted = |rest: &str| rest.trim_end_matches(';').ends_with(['"', '\'']);
    match (line.strip_prefix("import "), line.strip_prefix("export ")) {
        (Some(rest), _) => quoted(rest) && (rest.starts_with(['"', '\'']) || rest.contains(" from ")),
        (_, Some(rest)) => ["const ", "default ", "function ", "let ", "async ", "{"].iter().any(|word| rest.starts_with(word)),
        _ => false,
    }
}

/// The `{…}` values in the start tags of components: `<Cite ids={[1, 2]} />`.
fn components(text: &str, found: &mut Found) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|i| at + i) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let mut values = Vec::new();
        if let Some(end) = tag_end(bytes, at, &mut values) {
            found.ranges.extend(values.into_iter().map(|range| (range, true)));
            at = end;
        }
    }
}

/// The longest start tag looked at, in bytes.
const LONGEST_TAG: usize = 4096;

/// Where a start tag ends; its values in braces go to `values`.
fn tag_end(bytes: &[u8], start: usize, values: &mut Vec<Range<usize>>) -> Option<usize> {
    let mut depth = 0u32;
    let mut opened = start;
    let mut quote: Option<u8> = None;
    for (i, &byte) in bytes.iter().enumerate().skip(start).take(LONGEST_TAG) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') if depth > 0 || bytes[i - 1] == b'=' => quote = Some(byte),
            (None, b'{') => {
                if depth == 0 {
                    opened = i;
                }
                depth += 1;
            }
            (None, b'}') if depth > 0 => {
                depth -= 1;
                if depth == 0 && bytes[opened - 1] == b'=' {
                    values.push(opened..i + 1);
                }
            }
            (None, b'>') if depth == 0 => return Some(i + 1),
            (None, b'<') if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_texts_keep_their_places() {
        let text = "import A from './a'\n\nµ {/* medproof note\n\nmore */} x <Cite ids={[1, \"é}\"]} a=\"{b}\" /> y\n";
        let masked = mask(text);
        assert_eq!(masked.text.len(), text.len());
        assert_eq!(masked.text.find('x'), text.find(" x ").map(|i| i + 1));
        assert!(!masked.text.contains("import") && !masked.text.contains("[1") && !masked.text.contains("more"));
        assert!(masked.text.contains("<Cite ids=\"") && masked.text.contains("a=\"{b}\""));
        assert_eq!(masked.comments[0].text.trim(), "medproof note\n\nmore");
    }

    #[test]
    fn plain_markdown_is_left_alone() {
        for text in
            ["import duties on µ rose\n", "a < b ={x}", "We export the data.\n\nexport is a word", "a {/* never closed", "<a href={x"]
        {
            let masked = mask(text);
            assert_eq!(masked.text, text);
        }
    }
}

//! The words that a reader sees in a stretch of a file, worked out without the readers under test.

use medproof::document::Format;

/// Takes markup away and decodes entities.
pub fn shown(format: Format, raw: &str) -> String {
    let text = match format {
        Format::Text | Format::Docx => raw.to_owned(),
        Format::Markdown => decoded(&without_tags(&without_targets(raw))),
        Format::Html | Format::Jats => decoded(&without_tags(raw)),
    };
    plain(&text)
}

/// Words with single spaces, and without the brackets and escapes that Markdown may have of either kind.
pub fn plain(text: &str) -> String {
    text.replace(['[', ']', '\\', '^'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the targets of links away: `](#ref-8)`.
fn without_targets(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once(')').map_or("", |(_, behind)| behind);
    }
    out + rest
}

fn without_tags(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, behind)| behind);
    }
    out + rest
}

fn decoded(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
        match rest[at + 1..].split_once(';').filter(|(name, _)| is_name(name)) {
            Some((name, behind)) => {
                out.push(character(name));
                rest = behind;
            }
            // An "and" that Markdown and HTML leave as it is.
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out + rest
}

fn character(name: &str) -> char {
    let code = match name.strip_prefix("#x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => name.strip_prefix('#').and_then(|code| code.parse().ok()),
    };
    if let Some(c) = code.and_then(char::from_u32) {
        return c;
    }
    match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        "micro" => 'µ',
        "eacute" => 'é',
        "iuml" => 'ï',
        "reg" => '®',
        "middot" => '·',
        "deg" => '°',
        "times" => '×',
        "ndash" => '–',
        _ => panic!("&{name}; is not used in the articles"),
    }
}

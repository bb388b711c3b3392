//! Words of an article and names of files, made fit for places that give some characters a meaning.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::one_line;

/// Text without characters that XML forbids and terminals obey; a line end and a tab stay.
pub fn plain(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(is_bad) { text.replace("\r\n", "\n").replace(is_bad, "\u{fffd}").into() } else { text.into() }
}

/// The path of a file as services that look for it in a repository write it: with `/`, and nothing before its first folder.
pub fn path(path: &str) -> Cow<'_, str> {
    let is_other = std::path::MAIN_SEPARATOR == '\\';
    let path: Cow<'_, str> = if is_other { path.replace('\\', "/").into() } else { path.into() };
    match path.strip_prefix("./") {
        Some(rest) => rest.to_owned().into(),
        None => path,
    }
}

/// The path of a file as a URI: relative where the path is.
pub fn uri(name: &str) -> String {
    let name = path(name);
    let mut out = match name.as_bytes() {
        [b'/', ..] => "file://".to_owned(),
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => "file:///".to_owned(),
        _ => String::new(),
    };
    let is_absolute = !out.is_empty();
    for byte in name.bytes() {
        // A colon in the first part of a relative path would be read as a scheme.
        match byte {
            b':' if is_absolute => out.push(':'),
            b'/' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => out.push(byte.into()),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Text as XML, for what stands between tags and for attributes.
pub fn xml(text: &str) -> String {
    // A line end in an attribute would be read as a space.
    quick_xml::escape::escape(plain(text)).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// What may start markup, a link or a symbol in the Markdown of GitHub, GitLab and others.
const MARKS: &str = r"\`*_{}[])#+-.!|~:@$=^";

/// Text as Markdown that shows it and nothing else: no markup, no links, and nobody is called.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let line = one_line(text);
    let line = plain(&line);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            c if MARKS.contains(c) => out.extend(['\\', c]),
            c => out.push(c),
        }
        // `@name` and `#12` are made links after everything else was read.
        if matches!(c, '@' | '#') && chars.peek().is_some_and(|next| next.is_alphanumeric()) {
            out.push('\u{2060}');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./content/über 1%.md"), "content/%C3%BCber%201%25.md");
        assert_eq!(uri("/a/b:c.md"), "file:///a/b:c.md");
        assert_eq!(uri("a:b#c?.md"), "a%3Ab%23c%3F.md");
        assert_eq!(uri("C:/a.md"), "file:///C:/a.md");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }

    #[test]
    fn text_is_shown_and_not_obeyed() {
        assert_eq!(xml("a<b>\u{1b}[1m “µ”\u{0}\n]]>"), "a&lt;b&gt;\u{fffd}[1m “µ”\u{fffd}&#10;]]&gt;");
        assert_eq!(
            markdown("a | <b>\n[x](y) *µ* @joe #12 &amp;"),
            "a \\| &lt;b&gt; \\[x\\](y\\) \\*µ\\* \\@\u{2060}joe \\#\u{2060}12 &amp;amp;"
        );
    }
}

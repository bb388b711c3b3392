//! Which format a file is in, by what it holds and then by its name; and which formats are refused.

use super::{by_name, docx};
use crate::document::Format;

/// The format of a text: what its first lines say, else what the end of its name says.
pub fn detect(name: &str, text: &str) -> Option<Format> {
    let start = behind_preamble(text);
    if is_page(start) {
        return Some(Format::Html);
    }
    if is_jats(start) {
        return Some(Format::Jats);
    }
    by_name(name).or_else(|| is_fragment(start).then_some(Format::Html))
}

/// What stands behind comments and processing instructions; other XML than pages starts with them too.
fn behind_preamble(text: &str) -> &str {
    let mut rest = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    while let Some(close) = [("<!--", "-->"), ("<?", "?>")].iter().find_map(|(open, close)| rest.starts_with(open).then_some(*close)) {
        match rest.find(close) {
            Some(end) => rest = rest[end + close.len()..].trim_start(),
            None => break,
        }
    }
    rest
}

/// Whether a text starts as a page does: with its doctype or with `<html>`.
fn is_page(text: &str) -> bool {
    let head: String = text.chars().take(24).collect::<String>().to_ascii_lowercase();
    head.strip_prefix("<!doctype").is_some_and(|name| name.trim_start().starts_with("html")) || element(&head) == Some("html")
}

/// Whether a text starts as an article of the Journal Article Tag Suite does: with its doctype, or with `<article>` that
/// has the attributes or the front of one.
fn is_jats(text: &str) -> bool {
    let head: String = text.chars().take(600).collect::<String>().to_ascii_lowercase();
    let doctype = head.strip_prefix("<!doctype").is_some_and(|name| name.trim_start().starts_with("article"));
    doctype || element(&head) == Some("article") && ["article-type=", "dtd-version=", "<front>"].iter().any(|sign| head.contains(sign))
}

/// Whether a text starts with an element that only pages have. `<article>` and `<p>` are JATS too.
fn is_fragment(text: &str) -> bool {
    let head: String = text.chars().take(24).collect::<String>().to_ascii_lowercase();
    matches!(element(&head), Some("body" | "div" | "h1" | "h2" | "head" | "header" | "main" | "meta" | "ol" | "section" | "span" | "ul"))
}

/// The name of the element that a text starts with.
fn element(text: &str) -> Option<&str> {
    let name = text.strip_prefix('<')?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
    name[end..].starts_with(['>', ' ', '\n', '\t', '\r', '/']).then_some(&name[..end])
}

/// A format that is not read, with what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file is {what}, which medproof does not read; {instead}")]
pub struct Unsupported {
    pub what: &'static str,
    /// An imperative without a full stop.
    pub instead: &'static str,
}

/// A format by the end of a file's name, by its first bytes, or by both.
struct Foreign {
    extensions: &'static [&'static str],
    starts: &'static [&'static [u8]],
    unsupported: Unsupported,
}

const FOREIGN: &[Foreign] = &[
    Foreign {
        extensions: &["adoc", "asciidoc", "asc"],
        starts: &[],
        unsupported: Unsupported { what: "AsciiDoc", instead: "export it as HTML (`asciidoctor FILE`) and check that" },
    },
    Foreign {
        extensions: &["tex", "latex", "ltx"],
        starts: &[b"\\documentclass", b"\\documentstyle"],
        unsupported: Unsupported { what: "LaTeX", instead: "export it as HTML or DOCX (`pandoc FILE -o article.html`) and check that" },
    },
    Foreign {
        extensions: &["rtf"],
        starts: &[b"{\\rtf"],
        unsupported: Unsupported { what: "RTF", instead: "save it as .docx in Word or LibreOffice and check that" },
    },
    Foreign {
        extensions: &["pdf"],
        starts: &[b"%PDF-"],
        unsupported: Unsupported { what: "a PDF", instead: "check the Word, HTML or JATS file it was made from" },
    },
    Foreign {
        extensions: &["doc", "dot"],
        starts: &[],
        unsupported: Unsupported { what: "an old Word file (.doc)", instead: "save it as .docx and check that" },
    },
    Foreign {
        extensions: &["odt"],
        starts: &[],
        unsupported: Unsupported { what: "an OpenDocument text", instead: "save it as .docx and check that" },
    },
    Foreign {
        extensions: &[],
        starts: &[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"],
        unsupported: Unsupported { what: "a picture", instead: "check the text that it shows" },
    },
    Foreign {
        extensions: &[],
        starts: &[b"\x7fELF", b"MZ\x90\0"],
        unsupported: Unsupported { what: "a program", instead: "check the text of an article" },
    },
    Foreign { extensions: &["epub"], starts: &[], unsupported: Unsupported { what: "an EPUB", instead: "check the HTML chapters in it" } },
];

/// Whether a file is in a format that is known and not read. Its bytes speak before its name: a page named `.doc`, as
/// some systems export it, is a page. Packages and old Office files have a reader that knows more of them.
pub fn unsupported(name: &str, bytes: &[u8]) -> Option<Unsupported> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if let Some(foreign) = FOREIGN.iter().find(|foreign| foreign.starts.iter().any(|magic| start.starts_with(magic))) {
        return Some(foreign.unsupported);
    }
    let head = String::from_utf8_lossy(&start[..start.len().min(1024)]);
    if docx::is_zip(bytes) || docx::is_ole(bytes) || is_page(behind_preamble(&head)) {
        return None;
    }
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    FOREIGN.iter().find(|foreign| foreign.extensions.contains(&extension.as_str())).map(|foreign| foreign.unsupported)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_speaks_before_the_name() {
        let page = "\u{feff}<?xml version='1.0'?>\n<!-- µ --><!DOCTYPE html PUBLIC 'x'><p>µ";
        assert_eq!(detect("export", page), Some(Format::Html));
        assert_eq!(detect("a.txt", "<HTML lang=en>µ"), Some(Format::Html));
        assert_eq!(detect("a.md", "<div>µ</div>\n\n# Title"), Some(Format::Markdown));
        assert_eq!(detect("a.htm", "<p>µ"), Some(Format::Html));
        assert_eq!(detect("a.txt", "The tag <html> is µ"), Some(Format::Text));
        assert_eq!(detect("a.bin", "µ"), None);
        assert_eq!(detect("-", "<div class=x>µ</div>"), Some(Format::Html));
    }

    #[test]
    fn jats_is_no_page() {
        let jats = "<?xml version=\"1.0\"?><!DOCTYPE article PUBLIC \"-//NLM//DTD JATS v1.2//EN\" \"x.dtd\"><article article-type=\"x\">µ";
        assert_ne!(detect("a.xml", jats), Some(Format::Html));
        assert_ne!(detect("a", "<article article-type=\"review-article\"><body>µ</body></article>"), Some(Format::Html));
    }

    #[test]
    fn foreign_formats_are_refused_with_a_way_out() {
        let says = |name, bytes: &[u8]| unsupported(name, bytes).map(|what| what.to_string()).unwrap_or_default();
        assert_eq!(
            says("a.adoc", "= Title µ".as_bytes()),
            "the file is AsciiDoc, which medproof does not read; export it as HTML (`asciidoctor FILE`) and check that"
        );
        assert!(says("a.txt", b"{\\rtf1 x").contains("is RTF"));
        assert!(says("a.html", b"\x89PNG\r\n\x1a\n").contains("is a picture"));
        assert!(says("a.doc", "µ".as_bytes()).contains("old Word file"));
        assert_eq!(says("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "");
        assert!(says("a.tex", b"% a comment").contains("LaTeX"));
        assert_eq!(says("a.doc", b"<html><body>x"), "");
        assert_eq!(says("a.md", b"# Title"), "");
    }
}

//! Whether the encoding that an XML declaration names is the one the file was read in.

use crate::source::{Encoding, Source};

/// Says how declaration and file disagree, where letters depend on it.
pub fn contradiction(source: &Source, declaration: &str) -> Option<String> {
    let declared = declared(declaration)?;
    if source.text().is_ascii() {
        return None;
    }
    let (read, name) = match source.encoding() {
        Encoding::Utf8 => (encoding_rs::UTF_8, "UTF-8"),
        Encoding::Utf16Le => (encoding_rs::UTF_16LE, "UTF-16"),
        Encoding::Utf16Be => (encoding_rs::UTF_16BE, "UTF-16"),
        Encoding::Windows1252 => (encoding_rs::WINDOWS_1252, "Windows-1252"),
        Encoding::Extracted => return None,
    };
    let agrees = encoding_rs::Encoding::for_label(declared.as_bytes())
        .is_some_and(|encoding| encoding == read || name == "UTF-16" && declared.to_ascii_lowercase().starts_with("utf-16"));
    (!agrees).then(|| format!("the file says that it is in {declared}, and was read as {name}"))
}

/// The value of `encoding="…"`.
fn declared(declaration: &str) -> Option<&str> {
    let rest = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split_once(quote).map(|(value, _)| value)
}

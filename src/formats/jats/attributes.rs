//! The attributes of an element.

use quick_xml::events::BytesStart;

use super::entities;

/// The value of an attribute, entities decoded.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let [value] = attributes(element, [name]);
    value
}

/// The values of some attributes.
pub fn attributes<const N: usize>(element: &BytesStart<'_>, names: [&str; N]) -> [Option<String>; N] {
    let mut values = [const { None }; N];
    for found in element.attributes().with_checks(false).flatten() {
        let key: &str = found.key.as_ref();
        if let Some(i) = names.iter().position(|name| *name == key) {
            values[i] = Some(plain(&found.value));
        }
    }
    values
}

/// An attribute's value with its entities decoded.
fn plain(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(';').unwrap_or(0);
        match rest.get(1..end).and_then(entities::resolve) {
            Some(text) => {
                out.push_str(&text);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

//! What entities stand for. Nothing is ever loaded or expanded: the entities of a DTD are those of its public character
//! sets, which HTML took over under the same names.

use crate::formats::markup::{Dialect, Token, tokens};

/// The text that `&name;` stands for; `None` where the name is not known.
pub fn resolve(name: &str) -> Option<String> {
    match name {
        "amp" => return Some("&".into()),
        "lt" => return Some("<".into()),
        "gt" => return Some(">".into()),
        "quot" => return Some("\"".into()),
        "apos" => return Some("'".into()),
        _ => {}
    }
    if let Some(number) = name.strip_prefix('#') {
        return character(number).map(String::from);
    }
    /// The longest name of HTML's table has 31 letters.
    const LONGEST: usize = 32;
    if name.len() > LONGEST || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let written = format!("&{name};");
    let mut tokens = tokens(&written, 0, Dialect::Html);
    match (tokens.next(), tokens.next()) {
        (Some(Token::Text(pieces)), None) if pieces.len() == 1 && !pieces[0].verbatim => Some(pieces[0].text.clone()),
        _ => None,
    }
}

/// `8211` or `x2013`.
fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).filter(|&c| c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_and_numbered() {
        for (name, text) in
            [("nbsp", "\u{a0}"), ("alpha", "α"), ("ndash", "–"), ("lsqb", "["), ("thinsp", "\u{2009}"), ("#x2013", "–"), ("#181", "µ")]
        {
            assert_eq!(resolve(name).as_deref(), Some(text), "{name}");
        }
        for name in ["lol9", "notit", "#x110000", "#", "", "#0", "no-such"] {
            assert_eq!(resolve(name), None, "{name}");
        }
    }
}

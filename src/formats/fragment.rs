//! HTML inside another format: its words, tags and comments, with their places.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::source::Span;

/// What a stretch of HTML consists of.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// Words with entities decoded; verbatim where they equal the source.
    Text(String, Span),
    Open(String),
    Close(String),
    Comment(String, Span),
}

/// Splits HTML that starts at byte `base` of the file. Scripts and styles give no words.
pub fn parts(html: &str, base: usize) -> Vec<Part> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut out = Vec::new();
    let mut hidden = 0u32;
    let at = |span: html5gum::Span<usize>| Span::new(base + span.start.min(html.len()), base + span.end.min(html.len()));
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::String(text) if hidden == 0 => {
                out.push(Part::Text(String::from_utf8_lossy(&text.value).into_owned(), at(text.span)));
            }
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                hidden += u32::from(!tag.self_closing && is_hidden(&name));
                out.push(Part::Open(name));
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                hidden = hidden.saturating_sub(u32::from(is_hidden(&name)));
                out.push(Part::Close(name));
            }
            Token::Comment(comment) => out.push(Part::Comment(String::from_utf8_lossy(&comment.value).into_owned(), at(comment.span))),
            _ => {}
        }
    }
    out
}

fn is_hidden(tag: &str) -> bool {
    matches!(tag, "script" | "style")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        let html = "<p>5&nbsp;µg<!-- c --> x</p><style>p{}</style>";
        let parts = parts(html, 10);
        assert_eq!(parts[0], Part::Open("p".into()));
        assert_eq!(parts[1], Part::Text("5\u{a0}µg".into(), Span::new(13, 23)));
        assert!(matches!(&parts[2], Part::Comment(text, _) if text == " c "));
        assert_eq!(parts[3], Part::Text(" x".into(), Span::new(33, 35)));
        assert!(!parts.iter().any(|part| matches!(part, Part::Text(text, _) if text.contains("{"))));
    }
}

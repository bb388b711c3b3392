//! Words as services write them, made plain; and words made fit to be sent.

use std::fmt::Write as _;

use html5gum::{Token, Tokenizer};

/// Titles come with markup that was escaped once or twice.
const ESCAPES: usize = 3;

/// A text without markup, entities and runs of white space.
pub(super) fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ESCAPES {
        if !text.contains(['<', '&']) {
            break;
        }
        let words = Tokenizer::new(text.as_str()).filter_map(|token| match token {
            Ok(Token::String(words)) => Some(String::from_utf8_lossy(&words.value).into_owned()),
            Ok(Token::StartTag(tag)) if matches!(&**tag.name, b"br" | b"p") => Some(" ".to_owned()),
            _ => None,
        });
        text = words.collect();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title as PubMed and Europe PMC write it: `[Translated title].`, with a final period and remarks in brackets behind.
pub(super) fn pubmed_title(text: &str) -> Option<String> {
    const REMARKS: &[&str] = &["[corrected]", "[see comments]", "[not available]", "[in process citation]"];
    let plain = plain(text);
    let mut title = plain.trim_end();
    loop {
        let bare = title.trim_end_matches(['.', ' ']);
        let remark = REMARKS.iter().find(|remark| {
            let start = bare.len().checked_sub(remark.len()).and_then(|start| bare.get(start..));
            start.is_some_and(|end| end.eq_ignore_ascii_case(remark))
        });
        match remark {
            Some(remark) => title = &bare[..bare.len() - remark.len()],
            None => {
                title = bare;
                break;
            }
        }
    }
    let inside = title.strip_prefix('[').and_then(|title| title.strip_suffix(']')).filter(|title| !title.contains(['[', ']']));
    let title = inside.unwrap_or(title).trim_end_matches('.').trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// Adds a text to those of a record, unless it is empty or there.
pub(super) fn add(texts: &mut Vec<String>, text: impl Into<String>) {
    let text = text.into();
    if !text.is_empty() && !texts.contains(&text) {
        texts.push(text);
    }
}

/// A year that may be one of publication.
pub(super) fn year(number: u32) -> Option<u16> {
    u16::try_from(number).ok().filter(|year| (1400..=2200).contains(year))
}

/// The years of a date in words: `1998 Dec-1999 Jan`, `2010-02-06`.
pub(super) fn years(text: &str) -> impl Iterator<Item = u16> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4).filter_map(|digits| year(digits.parse().ok()?))
}

/// Years in rising order, each once.
pub(super) fn rising(years: impl IntoIterator<Item = u16>) -> Vec<u16> {
    let mut years: Vec<u16> = years.into_iter().collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The DOI in a text, in lower case: behind `doi:` or `doi.org/`, or the whole text.
pub(super) fn doi(text: &str) -> Option<Box<str>> {
    let text = text.trim().to_lowercase();
    let start = if text.starts_with("10.") {
        0
    } else {
        let label = ["doi.org/", "doi:", "doi "].into_iter().find_map(|label| Some(text.find(label)? + label.len()))?;
        label + (text[label..].len() - text[label..].trim_start().len())
    };
    let doi = text[start..].split_whitespace().next()?.trim_end_matches(['.', ',', ';']);
    (doi.starts_with("10.") && doi.contains('/')).then(|| doi.into())
}

/// The digits of `PMC123`, or of a number alone.
pub(super) fn pmcid(text: &str) -> Option<u32> {
    let text = text.trim();
    text.strip_prefix("PMC").unwrap_or(text).parse().ok()
}

/// A text as a part of a path or a query: everything but letters, digits and `-._~` as `%` and digits, and slashes kept in a path.
pub(super) fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut escaped, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => escaped.push(byte.into()),
            _ => write!(escaped, "%{byte:02X}").expect("a string takes all"),
        }
        escaped
    })
}

/// Letters and digits of a text with single spaces between, fit for a phrase of a query: nothing in it can be an operator.
pub(super) fn phrase(text: &str) -> String {
    opening(&text.replace(|c: char| !c.is_alphanumeric(), " "))
}

/// The first words of a text. No title is longer; a paragraph that was taken for one is not sent.
pub(super) fn opening(text: &str) -> String {
    const WORDS: usize = 40;
    const LETTERS: usize = 60;
    text.split_whitespace().filter(|word| word.len() <= LETTERS).take(WORDS).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_out_plain() {
        for (text, expected) in [
            ("Effects of <i>µ</i>-opioids\n      on H<sub>2</sub>O", "Effects of µ-opioids on H2O"),
            ("Caf&amp;eacute; &amp;lt;i&amp;gt;in vitro&amp;lt;/i&amp;gt; &amp; more", "Café in vitro & more"),
            ("<mml:math><mml:mi>α</mml:mi></mml:math>-blockers, p < 0.05", "α-blockers, p < 0.05"),
            ("", ""),
            ("<", "<"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn titles_lose_the_marks_of_pubmed() {
        for (text, expected) in [
            ("Sleep and µ-opioids.", Some("Sleep and µ-opioids")),
            ("[Schlaf bei Müdigkeit].", Some("Schlaf bei Müdigkeit")),
            ("[A thing [µ] of brackets].", Some("[A thing [µ] of brackets]")),
            ("Does é sleep?", Some("Does é sleep?")),
            ("Sleep [corrected] [see comments].", Some("Sleep")),
            ("[Not Available].", None),
        ] {
            assert_eq!(pubmed_title(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dois_and_years_are_read() {
        assert_eq!(doi("Lancet. 2010 Feb 6;375:445. doi: 10.1000/S01(10)60175-4.").as_deref(), Some("10.1000/s01(10)60175-4"));
        assert_eq!(doi("https://doi.org/10.1000/É").as_deref(), Some("10.1000/é"));
        assert_eq!(doi("doi: none"), None);
        assert_eq!(years("1998 Dec-1999 Jan").collect::<Vec<_>>(), [1998, 1999]);
        assert_eq!(escaped("10.1000/(µ)?#"), "10.1000/%28%C2%B5%29%3F%23");
        assert_eq!(phrase("A \"b\" OR (é-d): [x]"), "A b OR é d x");
        assert_eq!(opening(&"é ".repeat(1_000)).len(), 40 * 3 - 1);
    }
}

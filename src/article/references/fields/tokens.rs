//! An entry cut into words and marks, with the identifiers already taken out.

use std::ops::Range;

use crate::article::shapes::WordList;

/// A byte that stands for a taken-out identifier, link or remark: nothing is read across it.
pub(super) const GAP: u8 = 1;

/// A word (letters and digits, with inner hyphens, apostrophes and decimal points) or a single mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub start: usize,
    /// White space or the start of the entry stands before it.
    pub spaced: bool,
}

impl Token<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    pub fn is(&self, mark: char) -> bool {
        self.mark() == Some(mark)
    }

    pub fn is_any(&self, marks: &[char]) -> bool {
        self.mark().is_some_and(|mark| marks.contains(&mark))
    }

    /// The one character of the token.
    fn mark(&self) -> Option<char> {
        let mut chars = self.text.chars();
        chars.next().filter(|_| chars.as_str().is_empty())
    }

    pub fn is_gap(&self) -> bool {
        self.text.as_bytes()[0] == GAP
    }

    pub fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }

    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    pub fn eq(&self, word: &str) -> bool {
        // Almost all words differ in their length or first letter.
        let first = |word: &str| word.as_bytes().first().map(u8::to_ascii_lowercase);
        self.text.len() == word.len() && first(self.text) == first(word) && self.text.eq_ignore_ascii_case(word)
    }

    pub fn is_in(&self, list: &WordList) -> bool {
        list.holds(self.text)
    }

    pub fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eq(word))
    }
}

/// The hyphens and dashes that join the ends of a range or the parts of a name.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

pub(super) fn tokens(body: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut chars = body.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        if c as u32 == u32::from(GAP) {
            while chars.next_if(|&(_, c)| c as u32 == u32::from(GAP)).is_some() {
                end += 1;
            }
        } else if c.is_alphanumeric() {
            let mut last = c;
            while let Some(&(at, c)) = chars.peek() {
                let joins = is_letter(c) || is_joint(last, c, body[at + c.len_utf8()..].chars().next());
                if !joins {
                    break;
                }
                chars.next();
                end = at + c.len_utf8();
                last = c;
            }
        }
        let text = &body[start..end];
        match glued(text, body[end..].trim_start()) {
            Some(cut) => {
                out.push(Token { text: &text[..cut], start, spaced });
                out.push(Token { text: &text[cut..], start: start + cut, spaced: false });
            }
            None => out.push(Token { text, start, spaced }),
        }
        spaced = false;
    }
    out
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '®' | '™' | '_')
}

/// Whether a mark between two letters or digits belongs to the word: `O’Brien`, `H-J`, `337–345`, `2.5`, `12/13`.
fn is_joint(before: char, mark: char, after: Option<char>) -> bool {
    let Some(after) = after.filter(|c| c.is_alphanumeric()) else { return false };
    match mark {
        '\'' | '’' | 'ʼ' | '‘' | '`' | '´' => before.is_alphabetic() && after.is_alphabetic(),
        // Also `697.e1`, a page of an appendix.
        '.' => before.is_ascii_digit() && (after.is_ascii_digit() || after == 'e'),
        '/' => before.is_alphanumeric() && after.is_alphanumeric(),
        _ => is_dash(mark) && before.is_alphanumeric(),
    }
}

/// Where a year or volume is glued to the journal: `Surgeons2007;`, `Hypertension28, 488`.
fn glued(word: &str, rest: &str) -> Option<usize> {
    let cut = word.find(|c: char| c.is_ascii_digit())?;
    let (name, digits) = word.split_at(cut);
    let locates = digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with([';', ',', ':', '(']);
    // `ofw217` is the number of an article.
    let is_long = name.len() > 3 || name.len() > 2 && name.starts_with(char::is_uppercase);
    let named =
        name == "J" || is_long && name.ends_with(|c: char| c.is_lowercase()) && name.chars().all(|c| c.is_alphabetic() || is_dash(c));
    (cut > 0 && locates && named).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_hyphens_and_let_go_of_glued_numbers() {
        let words: Vec<_> = tokens("O’Brien H-J. µ 337–345; Surgeons2007; 205: p53.2 Gut28, ofw217 (").iter().map(|t| t.text).collect();
        assert_eq!(
            words,
            ["O’Brien", "H-J", ".", "µ", "337–345", ";", "Surgeons", "2007", ";", "205", ":", "p53.2", "Gut", "28", ",", "ofw217", "("]
        );
    }
}

//! Lists of numbers as citations write them: `4,5,6`, `1, 3-5`, `¹⁻³,⁵`, `2(p4)`.

use std::ops::Range;

/// One number of a list, or a range of them, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub first: u32,
    /// The other end of a range such as `3-5`.
    pub last: Option<u32>,
    /// Where it stands, in the same text as the list.
    pub range: Range<usize>,
}

/// The widest range that is written out: a wider one is no citation, and its ends say enough.
const WIDEST: u32 = 500;

impl Member {
    /// The numbers cited, in rising order even where the range runs backwards.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        let last = self.last.unwrap_or(self.first);
        let (low, high) = (self.first.min(last), self.first.max(last));
        let wide = high - low > WIDEST;
        let ends = wide.then_some([low, high]).into_iter().flatten();
        let all = (!wide).then_some(low..=high).into_iter().flatten();
        ends.chain(all)
    }
}

/// Whether white space may stand between the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    Tight,
    Loose,
}

/// A list of numbers and where it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberList {
    pub members: Vec<Member>,
    pub end: usize,
}

impl NumberList {
    /// The numbers cited, in the order written.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.members.iter().flat_map(Member::numbers)
    }
}

/// Reads the longest list that starts at `at`. A number of more than four digits is none.
pub fn list(text: &str, at: usize, spacing: Spacing) -> Option<NumberList> {
    let mut members = vec![member(text, at, spacing)?];
    let mut end = after_locator(text, members[0].range.end);
    while let Some(next) = separator(text, end, spacing).and_then(|at| member(text, at, spacing)) {
        end = after_locator(text, next.range.end);
        members.push(next);
    }
    Some(NumberList { members, end })
}

/// A number, or two joined by a dash.
fn member(text: &str, at: usize, spacing: Spacing) -> Option<Member> {
    let (first, end) = number(text, at)?;
    let dash = skip_space(text, end, spacing);
    let last = char_at(text, dash).filter(|&c| is_dash(c)).and_then(|c| number(text, skip_space(text, dash + c.len_utf8(), spacing)));
    Some(match last {
        // `10−2` with a minus is a power.
        Some((last, _)) if last < first && text[dash..].starts_with('−') => return None,
        Some((last, end)) => Member { first, last: Some(last), range: at..end },
        None => Member { first, last: None, range: at..end },
    })
}

fn separator(text: &str, at: usize, spacing: Spacing) -> Option<usize> {
    let mark = skip_space(text, at, spacing);
    match char_at(text, mark) {
        Some(c) if is_comma(c) => Some(skip_space(text, mark + c.len_utf8(), spacing)),
        Some('a') if mark > at && text[mark..].starts_with("and ") => Some(mark + 4),
        Some('&') if spacing == Spacing::Loose => Some(skip_space(text, mark + 1, spacing)),
        Some(c) if mark > at && digit(c).is_some() => Some(mark),
        _ => None,
    }
}

/// Up to four digits of one kind, ASCII or superscript; a citation has no leading zero.
fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let (mut value, mut count, mut end, mut kind) = (0u32, 0, at, None);
    for c in text.get(at..)?.chars() {
        let Some((value_of, kind_of)) = digit(c) else { break };
        if *kind.get_or_insert(kind_of) != kind_of {
            break;
        }
        count += 1;
        if count > 4 {
            return None;
        }
        value = value * 10 + value_of;
        end += c.len_utf8();
    }
    let padded = text[at..].starts_with(['0', '⁰']);
    (count > 0 && !padded).then_some((value, end))
}

/// Skips a page behind a number: `(p17)`, `(pp4-5)`, `⁽ᵖ⁴⁵⁾`.
fn after_locator(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    if !rest.starts_with("(p") && !rest.starts_with("⁽ᵖ") {
        return at;
    }
    let close = rest.char_indices().take(16).find(|(_, c)| matches!(c, ')' | '⁾'));
    close.map_or(at, |(i, c)| at + i + c.len_utf8())
}

fn skip_space(text: &str, at: usize, spacing: Spacing) -> usize {
    match spacing {
        Spacing::Tight => at,
        Spacing::Loose => text[at..].char_indices().find(|(i, c)| !c.is_whitespace() || *i > 6).map_or(text.len(), |(i, _)| at + i),
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The value of a digit, and whether it is a superscript.
pub fn digit(c: char) -> Option<(u32, Kind)> {
    Some(match c {
        '0'..='9' => (c as u32 - '0' as u32, Kind::Plain),
        '¹' => (1, Kind::Superscript),
        '²' => (2, Kind::Superscript),
        '³' => (3, Kind::Superscript),
        '⁰' | '⁴'..='⁹' => (c as u32 - '⁰' as u32, Kind::Superscript),
        _ => return None,
    })
}

/// The two kinds of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Superscript,
}

pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' | '⁻')
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | ';' | '，' | '、' | '‚' | '˒' | 'ʼ' | '⸴')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, spacing: Spacing) -> (Vec<u32>, &str) {
        let list = list(text, 0, spacing).unwrap();
        (list.numbers().collect(), &text[list.end..])
    }

    #[test]
    fn lists_and_ranges() {
        assert_eq!(read("4,5,6 x", Spacing::Tight), (vec![4, 5, 6], " x"));
        assert_eq!(read("1, 3–5; 7]", Spacing::Loose), (vec![1, 3, 4, 5, 7], "]"));
        assert_eq!(read("1, 2", Spacing::Tight), (vec![1], ", 2"));
        assert_eq!(read("¹⁻³,⁵,⁷ x", Spacing::Tight), (vec![1, 2, 3, 5, 7], " x"));
        assert_eq!(read("¹⁽ᵖ⁴⁵⁾, the", Spacing::Tight), (vec![1], ", the"));
        assert_eq!(read("2(p4),5", Spacing::Tight), (vec![2, 5], ""));
        assert_eq!(read("8-3]", Spacing::Loose), (vec![3, 4, 5, 6, 7, 8], "]"));
        assert_eq!(read("1 and 2]", Spacing::Loose), (vec![1, 2], "]"));
        assert_eq!(read("3-9000", Spacing::Loose).0, [3, 9000]);
        assert!(list("12345", 0, Spacing::Tight).is_none());
        assert!(list("x", 0, Spacing::Tight).is_none());
    }
}

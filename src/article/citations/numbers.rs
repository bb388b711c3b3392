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

/// The most numbers and ranges of one list: whatever is longer holds data.
const LONGEST: usize = 100;

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
    read(text, at, spacing, after_locator)
}

/// A list between brackets, where parts of a work may be named behind its number: `12, p. 3`, `3: Table 2`, `4a,b`. Works of
/// a supplement, which has a list of its own, are passed over: `2, e1`.
pub fn list_in_brackets(text: &str, at: usize) -> Option<NumberList> {
    let after = |text: &str, at| after_supplement(text, after_named_part(text, after_letters(text, after_locator(text, at))));
    read(text, before_numbers(text, at), Spacing::Loose, after)
}

/// A list in a superscript, which may hold works of a supplement and a bracket behind each number: `1),2)`, `2,e1`.
pub fn list_raised(text: &str, at: usize) -> Option<NumberList> {
    let after = |text: &str, at| {
        let end = after_locator(text, at);
        let bracket = text[end..].strip_prefix(')').is_some_and(|rest| rest.starts_with(is_comma));
        after_supplement(text, end + usize::from(bracket))
    };
    read(text, before_numbers(text, at), Spacing::Loose, after)
}

/// A list that may name parts of a composite reference: `4a,b`.
pub fn list_with_letters(text: &str, at: usize) -> Option<NumberList> {
    read(text, at, Spacing::Tight, |text, at| after_letters(text, after_locator(text, at)))
}

/// Reads a list whose numbers may have a locator behind them, which `after` passes over.
fn read(text: &str, at: usize, spacing: Spacing, after: fn(&str, usize) -> usize) -> Option<NumberList> {
    let mut members = vec![member(text, at, spacing)?];
    let mut end = after(text, members[0].range.end);
    // `pDest14,²⁹`: a name and its citation.
    let kind = |at: usize| char_at(text, at).and_then(digit).map(|(_, kind)| kind);
    let next = |end: usize| separator(text, end, spacing).filter(|&next| kind(next) == kind(at)).and_then(|at| member(text, at, spacing));
    while let Some(next) = next(end).filter(|_| members.len() < LONGEST) {
        end = after(text, next.range.end);
        members.push(next);
    }
    Some(NumberList { members, end })
}

/// A number, or two joined by a dash.
fn member(text: &str, at: usize, spacing: Spacing) -> Option<Member> {
    let (first, end) = number(text, at)?;
    // `4)–6)`
    let bracket = text[end..].strip_prefix(')').is_some_and(|rest| rest.starts_with(is_dash));
    let dash = skip_space(text, end + usize::from(bracket), spacing);
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
        Some(c) if is_comma(c) => {
            let next = skip_space(text, mark + c.len_utf8(), spacing);
            // `8, 9, and 10`
            Some(if next > mark + c.len_utf8() && text[next..].starts_with("and ") { next + 4 } else { next })
        }
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

/// What sites print behind a number for people who cannot see its colour.
const BADGE: &str = "Trusted Source";

/// Skips a page behind a number, `(p17)`, `(pp4-5)`, `⁽ᵖ⁴⁵⁾`, or the badge of a source that the publisher trusts.
fn after_locator(text: &str, at: usize) -> usize {
    let at = after_marks(text, at);
    let rest = &text[at..];
    let badge = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest);
    if badge.starts_with(BADGE) {
        return text.len() - badge.len() + BADGE.len();
    }
    if !rest.starts_with("(p") && !rest.starts_with("⁽ᵖ") {
        return at;
    }
    let close = rest.char_indices().take(16).find(|(_, c)| matches!(c, ')' | '⁾'));
    close.map_or(at, |(i, c)| at + i + c.len_utf8())
}

/// Skips the marks of a work of note: `3••`, and `5*` before another number or the end of the brackets.
fn after_marks(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(is_mark_of_note);
    let stars = rest.trim_start_matches('*');
    let within = rest.len() - stars.len() <= 3 && stars.starts_with([',', ';', ']']);
    text.len() - if within { stars.len() } else { rest.len() }
}

/// Skips works of a supplement behind a number: `, e1, e3`, ` w2-w4`.
fn after_supplement(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        let rest = text[end..].trim_start_matches(|c: char| c == ' ' || c == '\u{a0}' || is_comma(c));
        let start = text.len() - rest.len();
        match supplement(text, start).filter(|_| start > end) {
            Some(behind) => end = behind,
            None => return end,
        }
    }
}

/// Skips works of a supplement in front of the first number: `e1, 2`.
fn before_numbers(text: &str, at: usize) -> usize {
    let Some(end) = supplement(text, at) else { return at };
    let rest = text[after_supplement(text, end)..].trim_start_matches(|c: char| c == ' ' || is_comma(c));
    text.len() - rest.len()
}

/// `e12`, `S3`, `w2-w4`: the end of a number that a supplement gives.
fn supplement(text: &str, at: usize) -> Option<usize> {
    let one = |at: usize| {
        let digits = text.get(at..)?.strip_prefix(['e', 'S', 's', 'w'])?;
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&count).then_some(at + 1 + count)
    };
    let end = one(at)?;
    let end = char_at(text, end).filter(|&c| is_dash(c)).and_then(|c| one(end + c.len_utf8())).unwrap_or(end);
    (!char_at(text, end).is_some_and(char::is_alphanumeric)).then_some(end)
}

/// Skips the letters of the parts of a composite reference: `4a`, `4a,b`, `4a-c`.
fn after_letters(text: &str, at: usize) -> usize {
    let part = |at: usize| {
        let mut chars = text[at..].chars();
        let letter = chars.next().is_some_and(|c| matches!(c, 'a'..='h'));
        (letter && chars.next().is_none_or(|c| !c.is_alphanumeric())).then_some(at + 1)
    };
    let Some(mut end) = part(at) else { return at };
    while let Some(next) = char_at(text, end).filter(|&c| c == ',' || is_dash(c)).and_then(|c| part(end + c.len_utf8())) {
        end = next;
    }
    end
}

/// Words that name a part of a work, in English and German, folded.
const PARTS: &[&str] = &[
    "app", "appendix", "box", "ch", "chap", "chapter", "fig", "figs", "figure", "figures", "kap", "kapitel", "p", "page", "pages", "para",
    "pp", "s", "sec", "sect", "section", "seite", "seiten", "tab", "table", "tables", "vol",
];

/// Skips a part of a work named behind its number: `, p. 3`, `: Table 2`, `, S. 45–47`.
fn after_named_part(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let words = rest.trim_start_matches([',', ':', ' ', '\u{a0}']);
    let gap = rest.len() - words.len();
    let length = words.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(words.len());
    if !(1..=3).contains(&gap) || length > 8 || !PARTS.contains(&words[..length].to_ascii_lowercase().as_str()) {
        return at;
    }
    let number = words[length..].trim_start_matches(['.', ' ', '\u{a0}']);
    let end = number.find(|c: char| !c.is_ascii_alphanumeric() && !is_dash(c)).unwrap_or(number.len());
    if number.starts_with(|c: char| c.is_ascii_digit()) { text.len() - number.len() + end } else { at }
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

/// What reviews put at the works that are worth reading first.
pub fn is_mark_of_note(c: char) -> bool {
    matches!(c, '•' | '●' | '▪' | '■')
}

pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' | '⁻' | '~' | '∼' | '～' | '〜')
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
        assert_eq!(read("14,²⁹ the", Spacing::Tight), (vec![14], ",²⁹ the"));
        assert_eq!(read("2(p4),5", Spacing::Tight), (vec![2, 5], ""));
        assert_eq!(read("8-3]", Spacing::Loose), (vec![3, 4, 5, 6, 7, 8], "]"));
        assert_eq!(read("1 and 2]", Spacing::Loose), (vec![1, 2], "]"));
        assert_eq!(read("3-9000", Spacing::Loose).0, [3, 9000]);
        assert_eq!(read("1Trusted Source,2 Trusted Source). x", Spacing::Tight), (vec![1, 2], "). x"));
        assert_eq!(read("8, 9, and 10]", Spacing::Loose), (vec![8, 9, 10], "]"));
        assert!(list("12345", 0, Spacing::Tight).is_none());
        assert!(list("x", 0, Spacing::Tight).is_none());
    }
    #[test]
    fn parts_of_works() {
        for (text, numbers, rest) in [
            ("1, p. 3]", vec![1], "]"),
            ("1, S. 45–47; 2]", vec![1, 2], "]"),
            ("3: Table 2]", vec![3], "]"),
            ("2 p3)", vec![2], ")"),
            ("3,4b]", vec![3, 4], "]"),
            ("2a,b; 5a–c]", vec![2, 5], "]"),
            ("5 pm)", vec![5], " pm)"),
            ("3 patients]", vec![3], " patients]"),
            ("2ab]", vec![2], "ab]"),
            ("2, e1]", vec![2], "]"),
            ("e1, 2, S3, 4]", vec![2, 4], "]"),
            ("3 w2-w4)", vec![3], ")"),
            ("1•, 3••, 5*]", vec![1, 3, 5], "]"),
            ("1~3]", vec![1, 2, 3], "]"),
            ("2, early]", vec![2], ", early]"),
            ("2, page]", vec![2], ", page]"),
        ] {
            let list = list_in_brackets(text, 0).unwrap();
            assert_eq!((list.numbers().collect::<Vec<_>>(), &text[list.end..]), (numbers, rest));
        }
    }
}

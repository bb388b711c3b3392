//! Ranges of pages as printed, and what they mean.

use std::fmt;
use std::ops::Range;

/// A range of pages such as `337-345`, `3687-94` or `S11-S63`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRange<'a> {
    /// The range as printed.
    pub text: &'a str,
    /// Where it stands in the pages it was read from.
    pub range: Range<usize>,
    pub first: Page<'a>,
    /// The last page as meant: a shortened one is filled up from the first.
    pub last: Page<'a>,
    /// Digits printed of the last page, and digits left out.
    printed: u32,
    left_out: u32,
    /// The last page has the letters of the first again: `S11-S63`, `126A-127A`.
    lettered: bool,
}

/// A page: a number that may have letters before and after it, such as `S11` and `1389S`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'a> {
    before: &'a str,
    number: u64,
    after: &'a str,
}

/// How the last page of a range is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `3687-3694`
    Whole,
    /// `3687-94`
    Shortened,
}

/// The most pages of a work that a shortened end which runs over a hundred is read as: `2099-01` for 2099 to 2101.
const CARRIED: u64 = 30;

impl PageRange<'_> {
    /// Whether it ends before it begins, however its last page is filled up.
    pub fn is_reversed(&self) -> bool {
        let carried = self.last.number + 10u64.pow(self.printed);
        self.last.number < self.first.number && (self.left_out == 0 || carried > self.first.number + CARRIED)
    }

    /// The form it is written in; `None` where nothing could be left out, as in `99-101`, or nothing need be: who shortens
    /// `337-45` may still repeat a letter.
    pub fn form(&self) -> Option<Form> {
        let (first, last) = (self.first.number.to_string(), self.last.number.to_string());
        match self.left_out {
            0 if self.lettered => None,
            0 if first.len() == last.len() && first != last && first.len() > 1 && first.as_bytes()[0] == last.as_bytes()[0] => {
                Some(Form::Whole)
            }
            0 => None,
            _ => Some(Form::Shortened),
        }
    }
}

impl Page<'_> {
    /// The number without its letters.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl fmt::Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.before, self.number, self.after)
    }
}

/// The ranges in pages as printed; roman numerals, single pages and ranges with unlike letters give none.
pub fn page_ranges(pages: &str) -> impl Iterator<Item = PageRange<'_>> {
    let mut at = 0;
    pages.split(',').filter_map(move |part| {
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        page_range(part.trim(), start)
    })
}

fn page_range(text: &str, start: usize) -> Option<PageRange<'_>> {
    let mut parts = text.split(['-', '–', '—', '‐', '‑', '−', '‒']).map(str::trim);
    let ends = (parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (first, mut last) = (page(ends.0)?, page(ends.1)?);
    if !last.before.is_empty() && !last.before.eq_ignore_ascii_case(first.before) || !last.after.is_empty() && last.after != first.after {
        return None;
    }
    let digits = |end: &str| end.bytes().filter(u8::is_ascii_digit).count() as u32;
    let (whole, printed) = (digits(ends.0), digits(ends.1));
    let left_out = whole.saturating_sub(printed);
    // Nobody drops one digit of five: `PA 19106–3261` is a postal code.
    if left_out > 0 && printed > 3 {
        return None;
    }
    let lettered = !last.before.is_empty() || !last.after.is_empty();
    if left_out > 0 {
        let power = 10u64.pow(printed);
        last.number += first.number / power * power;
    }
    last.before = first.before;
    last.after = first.after;
    Some(PageRange { text, range: start..start + text.len(), first, last, printed, left_out, lettered })
}

fn page(text: &str) -> Option<Page<'_>> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let end = text[digits..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |i| i + digits);
    let (before, after) = (&text[..digits], &text[end..]);
    let letters = |part: &str| part.len() <= 3 && part.bytes().all(|b| b.is_ascii_alphabetic());
    // Longer numbers are no pages.
    let number = text[digits..end].parse().ok().filter(|_| end - digits <= 7)?;
    (letters(before) && letters(after)).then_some(Page { before, number, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pages: &str) -> Vec<(String, bool, Option<Form>)> {
        page_ranges(pages).map(|range| (format!("{}-{}", range.first, range.last), range.is_reversed(), range.form())).collect()
    }

    #[test]
    fn shortened_ends_are_filled_up() {
        for (pages, meaning, reversed, form) in [
            ("337-345", "337-345", false, Some(Form::Whole)),
            ("3687–94", "3687-3694", false, Some(Form::Shortened)),
            ("12-3", "12-13", false, Some(Form::Shortened)),
            ("99-101", "99-101", false, None),
            ("651-567", "651-567", true, None),
            ("S11-S63", "S11-S63", false, None),
            ("E1035-44", "E1035-E1044", false, Some(Form::Shortened)),
            ("1389S–91S", "1389S-1391S", false, Some(Form::Shortened)),
            ("1345 - 32", "1345-1332", true, Some(Form::Shortened)),
            ("2099–01", "2099-2001", false, Some(Form::Shortened)),
            ("S31-S34", "S31-S34", false, None),
            ("S183-191", "S183-S191", false, Some(Form::Whole)),
        ] {
            assert_eq!(read(pages), [(meaning.to_owned(), reversed, form)], "{pages}");
        }
    }

    #[test]
    fn what_is_no_range_is_left_alone() {
        for pages in ["iii–iv", "e1001", "CD000340", "12", "", "-", "S63-11x", "A12-B3", "1-2-3", "12345678-9", "19106–3261"] {
            assert_eq!(read(pages), [], "{pages}");
        }
        assert_eq!(read("iii–iv, ix–x, 1-59").len(), 1);
        assert_eq!(page_ranges("iii–iv, 1-59").next().unwrap().range, 10..14);
    }
}

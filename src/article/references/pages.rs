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
    /// Digits left out of the last page.
    left_out: usize,
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
        let carried = self.last.number + 10u64.pow(self.short_digits());
        self.last.number < self.first.number && (self.left_out == 0 || carried > self.first.number + CARRIED)
    }

    /// How many digits of a shortened last page are printed.
    fn short_digits(&self) -> u32 {
        (self.first.number.to_string().len() - self.left_out) as u32
    }

    /// The form it is written in; `None` where nothing could be left out, as in `99-101`.
    pub fn form(&self) -> Option<Form> {
        let (first, last) = (self.first.number.to_string(), self.last.number.to_string());
        match self.left_out {
            0 if first.len() == last.len() && first != last && first.len() > 1 && first.as_bytes()[0] == last.as_bytes()[0] => {
                Some(Form::Whole)
            }
            0 => None,
            _ => Some(Form::Shortened),
        }
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
    let mut ends = text.split(['-', '–', '—', '‐', '‑', '−', '‒']).map(str::trim);
    let (first, last) = (ends.next()?, ends.next()?);
    if ends.next().is_some() {
        return None;
    }
    let (first, mut last) = (page(first)?, page(last)?);
    let digits = |page: Page<'_>| page.number.to_string().len();
    if !last.before.is_empty() && !last.before.eq_ignore_ascii_case(first.before) || !last.after.is_empty() && last.after != first.after {
        return None;
    }
    // Letters before the first page alone start another count, as in a supplement that ends in the journal.
    let left_out = digits(first).saturating_sub(digits(last));
    let whole = 10u64.pow(digits(last) as u32);
    last.number += if left_out > 0 { first.number / whole * whole } else { 0 };
    last.before = first.before;
    last.after = first.after;
    Some(PageRange { text, range: start..start + text.len(), first, last, left_out })
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
        ] {
            assert_eq!(read(pages), [(meaning.to_owned(), reversed, form)], "{pages}");
        }
    }

    #[test]
    fn what_is_no_range_is_left_alone() {
        for pages in ["iii–iv", "e1001", "CD000340", "12", "", "-", "S63-11x", "A12-B3", "1-2-3", "12345678-9"] {
            assert_eq!(read(pages), [], "{pages}");
        }
        assert_eq!(read("iii–iv, ix–x, 1-59").len(), 1);
        assert_eq!(page_ranges("iii–iv, 1-59").next().unwrap().range, 10..14);
    }
}

//! A place in a text, and the small parts that dates are made of.

/// A run of digits.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub value: u16,
    pub digits: usize,
}

impl Number {
    pub fn small(self) -> Option<i8> {
        i8::try_from(self.value).ok()
    }
}

/// The year of a whole date. Two digits mean 1970 to 2069.
pub(super) fn full_year(number: Number) -> Option<i16> {
    let value = number.value as i16;
    match number.digits {
        2 if value < 70 => Some(2000 + value),
        2 => Some(1900 + value),
        _ => (1000..=9999).contains(&value).then_some(value),
    }
}

/// A number that is a year by itself: four digits alone may also be a count.
pub(super) fn likely_year(number: Number) -> Option<i16> {
    (number.digits == 4 && (1800..2200).contains(&number.value)).then_some(number.value as i16)
}

#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub text: &'t str,
    pub at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    pub fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.bump();
        }
        found
    }

    pub fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        self.at = self.text.len() - self.rest().trim_start_matches(wanted).len();
    }

    /// A run of up to four digits.
    pub fn number(&mut self) -> Option<Number> {
        let digits = self.rest().bytes().take(5).take_while(u8::is_ascii_digit).count();
        let value = self.rest().get(..digits)?.parse().ok().filter(|_| digits <= 4)?;
        self.at += digits;
        Some(Number { value, digits })
    }

    /// A run of letters; a capital after a small letter starts the next word.
    pub fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let mut small = false;
        let mut end = 0;
        for (i, c) in rest.char_indices() {
            if !c.is_alphabetic() || small && c.is_uppercase() || i > 20 {
                break;
            }
            small = c.is_lowercase();
            end = i + c.len_utf8();
        }
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }

    /// `st`, `nd`, `rd`, `th`, `er`, `º` behind a day.
    pub fn ordinal(&mut self) -> bool {
        let mut ahead = *self;
        let found = ahead.word().is_some_and(|word| ["st", "nd", "rd", "th", "er", "º", "ª"].iter().any(|s| s.eq_ignore_ascii_case(word)));
        if found {
            *self = ahead;
        }
        found
    }

    /// What may stand between the parts of a date.
    pub fn gap(&mut self) {
        self.skip(is_gap);
        let mut ahead = *self;
        if ahead.word().is_some_and(|word| ["de", "del", "of"].iter().any(|s| s.eq_ignore_ascii_case(word))) {
            ahead.skip(is_gap);
            *self = ahead;
        }
    }

    /// Four digits of a year, or an apostrophe and two.
    pub fn year(&mut self) -> Option<i16> {
        let mut ahead = *self;
        let short = ahead.eat('\'') || ahead.eat('’');
        let number = ahead.number()?;
        let year = if short { full_year(number).filter(|_| number.digits == 2) } else { likely_year(number).or_else(|| far_year(number)) }?;
        *self = ahead;
        Some(year)
    }
}

/// A year far off is still a year behind the name of a month, such as `May 3, 3024`.
fn far_year(number: Number) -> Option<i16> {
    (number.digits == 4).then(|| full_year(number)).flatten()
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/' | '‑' | '_' | '\u{200b}')
}

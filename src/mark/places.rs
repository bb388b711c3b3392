//! The places of an article that state a review, written anew.

use jiff::civil::Date;

use super::written::{self, Container};
use super::{Outcome, refuse};
use crate::article::dates::{Reading, rewrite};
use crate::article::review::{Lack, Origin, ReviewStatement, StatedDate};
use crate::diagnostic::Edit;
use crate::document::{Format, Metadata};
use crate::linter::Checked;
use crate::source::Span;

/// Gathers the edits of an article.
pub struct Places<'c> {
    checked: &'c Checked,
    pub edits: Vec<Edit>,
}

impl<'c> Places<'c> {
    pub fn new(checked: &'c Checked) -> Self {
        Self { checked, edits: Vec::new() }
    }

    /// Writes a day into every statement that has a date or waits for one. Whether there is any.
    pub fn dates<'s>(&mut self, statements: impl Iterator<Item = &'s ReviewStatement> + Clone, day: Date) -> Outcome<bool> {
        let before = self.edits.len();
        for statement in statements.clone().filter(|statement| statement.origin != Origin::Text) {
            let Some(entry) = self.entry(statement) else { continue };
            match &statement.date {
                Some(date) => {
                    let text = self.rewritten(statement, date, day)?;
                    self.edits.push(Edit { span: date.span, text });
                }
                None if statement.pending || statement.lacks == Some(Lack::Date) => self.value(entry, &day.to_string()),
                None => {}
            }
        }
        let seen = statements.filter(|statement| statement.origin == Origin::Text);
        if let Some(waiting) = seen.clone().find(|statement| statement.pending || statement.lacks == Some(Lack::Date)) {
            let (line, label) = (self.line(waiting.span), self.checked.source.slice(waiting.label));
            return refuse(format!("line {line}: “{label}” has no date to write anew; write {day} there"));
        }
        let mut dated = seen.filter_map(|statement| Some((statement, statement.date.as_ref()?)));
        let first = dated.clone().next();
        if let Some((_, other)) = dated.clone().find(|(_, date)| first.is_some_and(|(_, first)| first.reading != date.reading)) {
            let (a, b) = (first.map_or("", |(_, date)| &date.words), &other.words);
            return refuse(format!(
                "the text dates the review “{a}” and, in line {}, “{b}”; make the two agree first",
                self.line(other.span)
            ));
        }
        dated.try_for_each(|(statement, date)| self.seen_date(statement, date, day))?;
        Ok(self.edits.len() > before)
    }

    /// Writes a name into every statement that names a reviewer or waits for one. Whether there is any.
    pub fn reviewers<'s>(&mut self, statements: impl Iterator<Item = &'s ReviewStatement> + Clone, by: &str) -> Outcome<bool> {
        let before = self.edits.len();
        for in_text in [false, true] {
            let mut first: Option<&str> = None;
            for statement in statements.clone().filter(|statement| (statement.origin == Origin::Text) == in_text) {
                if let Some(reviewer) = &statement.reviewer {
                    if first.is_some_and(|first| first != reviewer.name) {
                        let line = self.line(reviewer.span);
                        return refuse(format!(
                            "line {line}: more than one reviewer is named; edit their names by hand, then run this again"
                        ));
                    }
                    first = Some(&reviewer.name);
                    let whole = self.checked.document.metadata.iter().find(|entry| entry.value_span.contains(reviewer.span));
                    match whole.filter(|entry| !in_text && entry.value.trim() == reviewer.name) {
                        Some(entry) => self.value(entry, by),
                        None => self.words(reviewer.span, &reviewer.name, by)?,
                    }
                } else if statement.lacks == Some(Lack::Name) {
                    match self.entry(statement) {
                        Some(entry) => self.value(entry, by),
                        None => {
                            let label = self.checked.source.slice(statement.label);
                            return refuse(format!("line {}: “{label}” names nobody; write the name there", self.line(statement.span)));
                        }
                    }
                }
            }
        }
        Ok(self.edits.len() > before)
    }

    /// Writes the whole value of a key.
    pub fn value(&mut self, entry: &Metadata, value: &str) {
        self.edits.push(written::value(self.checked, entry, value));
    }

    /// A date of the text, and the one that its `<time>` gives to machines.
    fn seen_date(&mut self, statement: &ReviewStatement, date: &StatedDate, day: Date) -> Outcome<()> {
        let text = self.rewritten(statement, date, day)?;
        self.words(date.span, &date.words, &text)?;
        let before = &self.checked.source.text()[..date.span.start as usize];
        let tag = before.rfind('<').filter(|_| before.ends_with('>')).map(|start| (start, &before[start..]));
        if let Some((start, tag)) = tag.filter(|(_, tag)| tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("<time")))
            && let Some(at) = tag.find("datetime=").map(|at| at + "datetime=".len() + 1)
            && let Some(length) = tag.get(at..).and_then(|value| value.find(['"', '\'']))
        {
            let (words, span) = (&tag[at..at + length], Span::new(start + at, start + at + length));
            let stated = StatedDate { reading: reading(words), words: words.to_owned(), span };
            let text = self.rewritten(statement, &stated, day)?;
            self.edits.push(Edit { span, text });
        }
        Ok(())
    }

    /// Replaces words that the text shows, where they stand in one piece.
    fn words(&mut self, span: Span, old: &str, new: &str) -> Outcome<()> {
        if self.checked.source.slice(span) != old {
            let line = self.line(span);
            return refuse(format!("line {line}: “{old}” goes over markup, line ends or entities; write “{new}” there by hand"));
        }
        let text = if self.checked.document.format == Format::Html { Container::Page.encoded(new) } else { new.to_owned() };
        self.edits.push(Edit { span, text });
        Ok(())
    }

    fn rewritten(&self, statement: &ReviewStatement, date: &StatedDate, day: Date) -> Outcome<String> {
        let line = self.line(date.span);
        let words = &date.words;
        match date.reading {
            Reading::Exact(exact) => match rewrite(words, exact, statement.is_english(&self.checked.source), day) {
                Some(text) => Ok(text),
                None => refuse(format!("line {line}: it is not clear how “{words}” would be written for {day}; write it there by hand")),
            },
            Reading::Ambiguous { month_first, day_first } => {
                refuse(format!("line {line}: “{words}” may be {month_first} or {day_first}; write {day} there by hand"))
            }
            Reading::Impossible | Reading::Yearless => refuse(format!("line {line}: “{words}” is no date; write {day} there by hand")),
        }
    }

    /// The metadata that a statement was read from.
    fn entry(&self, statement: &ReviewStatement) -> Option<&'c Metadata> {
        let inside = |entry: &&Metadata| entry.key_span == statement.label && statement.span.contains(entry.value_span);
        (statement.origin != Origin::Text).then(|| self.checked.document.metadata.iter().find(inside)).flatten()
    }

    fn line(&self, span: Span) -> u32 {
        self.checked.source.position(span.start).line
    }
}

fn reading(words: &str) -> Reading {
    let mention = crate::article::dates::starting_at(words, 0).or_else(|| crate::article::dates::year_at(words, 0));
    mention.filter(|mention| mention.range.end == words.len()).map_or(Reading::Impossible, |mention| mention.reading)
}

//! The calendar of reviews: which articles are overdue, due soon, never reviewed or current, in many outputs.
//!
//! An article whose review is not known is a row like any other: what is not known is not right. Outputs for people show what
//! there is to do and count the rest, those for machines have every article.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::{Unread, count_of};
use crate::article::review::due::{self, Cycle, Doubt, Due, Outlook, State};
use crate::article::review::intervals;
use crate::article::upkeep;
use crate::linter::Checked;

pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
mod markup;
pub mod spreadsheet;
pub mod svg;
pub mod table;

/// The articles of a run on a day, the most urgent first.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub today: Date,
    /// What is due within this span is due soon; `None` where the settings of the articles differ.
    pub within: Option<Span>,
    pub rows: Vec<Row>,
    pub unread: Vec<Unread>,
    pub grouping: Grouping,
    pub extent: Extent,
}

/// One article.
#[derive(Debug, Clone)]
pub struct Row {
    pub path: String,
    /// What its entry in a calendar file is known by, and stays known by.
    pub uid: String,
    pub title: Option<String>,
    pub owners: Vec<String>,
    pub outlook: Outlook,
    /// What could not be read in the file.
    pub problems: Vec<String>,
}

/// What the articles are sorted into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    None,
    Owner,
    Folder,
    /// The month in which the review is due.
    Month,
}

/// Which articles people are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Those with something to do.
    Urgent,
    All,
}

/// What a row is made with, besides the article.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'t> {
    /// How long a review holds; `None` where the settings let it be.
    pub cycle: Option<&'t Cycle>,
    pub today: Date,
    pub within: Span,
    /// The path of the article from the folder of its settings, the same wherever the program is started.
    pub place: &'t str,
    /// Where the articles belong.
    pub site: &'t str,
}

impl Row {
    /// The row of an article.
    pub fn of(checked: &Checked, terms: Terms<'_>) -> Self {
        let Terms { cycle, today, within, place, site } = terms;
        let document = &checked.document;
        Self {
            path: checked.source.name().to_owned(),
            uid: format!("{}@{site}", upkeep::identity(document).unwrap_or(place)),
            title: document.title(),
            owners: upkeep::owners(document),
            outlook: due::outlook(&checked.article.review, document, cycle, today, within),
            problems: document.problems.iter().map(|problem| problem.message.clone()).collect(),
        }
    }

    /// The title, or where there is none the path.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.path)
    }

    /// The date of the last review, as precise as it is written.
    fn last(&self) -> Option<String> {
        self.outlook.last.as_ref().map(|last| last.date.to_string())
    }

    fn reviewer(&self) -> Option<&str> {
        self.outlook.last.as_ref()?.reviewer.as_deref()
    }

    /// What a reader has to know to judge the row.
    pub fn notes(&self) -> Vec<String> {
        let doubts = self.outlook.doubts.iter().map(doubt);
        doubts.chain(self.problems.iter().map(|problem| format!("a part of the file was not read: {problem}"))).collect()
    }
}

/// A doubt in words.
fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Ambiguous { words, earliest, latest } => format!("“{words}” may mean {earliest} or {latest}; the later is taken"),
        Doubt::Unreadable(words) => format!("“{words}” is no date"),
        Doubt::NoReview(kind, date) => format!("{} {date}, which is no review", kind.name()),
        Doubt::InFuture(date) => format!("the review is dated {date}, in the future"),
        Doubt::Pending => "the review is announced as pending".into(),
        Doubt::Open(words) => format!("the review date “{words}” may be the last one or the next one; the last is taken"),
        Doubt::Interval(words) => format!("“{words}” is no length of time"),
    }
}

impl Calendar {
    /// Sorts the rows: the most urgent first, then by day and path.
    pub fn sorted(mut self) -> Self {
        self.rows.sort_by(|a, b| {
            let key = |row: &Row| (row.outlook.state, row.outlook.due.as_ref().map(|due| due.day));
            key(a).cmp(&key(b)).then_with(|| a.path.cmp(&b.path))
        });
        self
    }

    /// How many articles are in a state.
    pub fn count(&self, state: State) -> usize {
        self.rows.iter().filter(|row| row.outlook.state == state).count()
    }

    /// Days from today to the day a review is due; negative where it is overdue.
    fn days(&self, due: &Due) -> i32 {
        self.today.until(due.day).map_or(0, |span| span.get_days())
    }

    /// The same in words: "in 5 days".
    fn distance(&self, due: &Due) -> String {
        match self.days(due) {
            0 => "today".into(),
            days if days > 0 => format!("in {}", count_of(days as usize, "day")),
            days => format!("{} ago", count_of(days.unsigned_abs() as usize, "day")),
        }
    }

    /// The rows that people are shown, by group; a group without a name is that of articles that lack what it is named by. An
    /// article with two owners stands with both.
    fn groups(&self) -> Vec<(String, Vec<&Row>)> {
        let mut named: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
        let mut rest: Vec<&Row> = Vec::new();
        for row in self.rows.iter().filter(|row| self.shows(row)) {
            let names = self.names(row);
            if names.is_empty() {
                rest.push(row);
            }
            for name in names {
                named.entry(name).or_default().push(row);
            }
        }
        let nameless = match self.grouping {
            Grouping::Owner => "No owner",
            Grouping::Month => "No due date",
            Grouping::None | Grouping::Folder => "",
        };
        let rest = (!rest.is_empty()).then(|| (nameless.to_owned(), rest));
        named.into_iter().chain(rest).collect()
    }

    /// The groups that an article belongs to.
    fn names(&self, row: &Row) -> Vec<String> {
        match self.grouping {
            Grouping::None => Vec::new(),
            Grouping::Owner => row.owners.clone(),
            Grouping::Folder => {
                let path = row.path.replace('\\', "/");
                vec![path.rsplit_once('/').map_or(".".to_owned(), |(folder, _)| folder.to_owned())]
            }
            Grouping::Month => row.outlook.due.iter().map(|due| due.day.strftime("%Y-%m").to_string()).collect(),
        }
    }

    /// The sums of the run on one line: `12 articles on 2026-11-23: 3 overdue, 2 due within 90 days, 7 current`.
    pub fn line(&self) -> String {
        let counts: Vec<String> = State::ALL
            .into_iter()
            .map(|state| (self.count(state), state))
            .filter(|(count, _)| *count > 0)
            .map(|(count, state)| match state {
                State::DueSoon => format!("{count} {}", self.due_soon()),
                state => format!("{count} {}", state.words()),
            })
            .collect();
        let counts = if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) };
        let unread = match self.unread.len() {
            0 => String::new(),
            count => format!("; {} could not be read", count_of(count, "file")),
        };
        format!("{} on {}{counts}{unread}", count_of(self.rows.len(), "article"), self.today)
    }

    /// Whether people are shown an article.
    fn shows(&self, row: &Row) -> bool {
        self.extent == Extent::All || !matches!(row.outlook.state, State::Current | State::Unscheduled)
    }

    /// How many articles people are not shown.
    fn hidden(&self) -> usize {
        self.rows.iter().filter(|row| !self.shows(row)).count()
    }

    /// "due within 90 days", or "due soon" where that is not the same for all articles.
    fn due_soon(&self) -> String {
        self.within.map_or(State::DueSoon.words().to_owned(), |within| format!("due within {}", intervals::words(&within)))
    }
}

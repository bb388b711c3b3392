//! The two plots of a set: how old its reviews are, and what falls due in the coming year.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::super::count_of;
use super::card::Card;
use super::words;

/// A plot of columns. Lengths are in units of its drawing.
#[derive(Debug, Serialize)]
pub struct Plot {
    title: &'static str,
    /// What stands along the columns.
    axis: &'static str,
    /// What the columns do not show, as a sentence.
    note: Option<String>,
    width: usize,
    columns: Vec<Column>,
}

#[derive(Debug, Serialize)]
struct Column {
    label: String,
    /// The label for those who hear it.
    spoken: String,
    count: usize,
    left: usize,
    width: usize,
    height: usize,
    /// The reviews counted here have lapsed.
    late: bool,
}

/// The height of the highest column, and the width of a plot.
const HEIGHT: usize = 110;
const WIDTH: usize = 420;

/// How many articles were last reviewed how long ago.
pub fn ages(articles: &[Card]) -> Plot {
    const YEARS: usize = 5;
    let mut counts = [0; YEARS + 1];
    for months in articles.iter().filter_map(|article| article.months) {
        counts[usize::try_from(months / 12).unwrap_or(0).min(YEARS)] += 1;
    }
    let columns = counts.into_iter().enumerate().map(|(years, count)| {
        let (label, spoken) = match years {
            0 => ("0–1".into(), "under 1 year".into()),
            YEARS => (format!("{YEARS}+"), format!("{YEARS} years and more")),
            _ => (format!("{years}–{}", years + 1), format!("{years} to {} years", years + 1)),
        };
        Column::new(label, spoken, count, years >= 3)
    });
    let undated = articles.iter().filter(|article| article.months.is_none()).count();
    let note = (undated > 0).then(|| format!("{} without a date of review.", count_of(undated, "article")));
    plot("Age of the last review", "years since the last review", note, columns.collect())
}

/// How many articles fall due in each of the twelve months from this one on, beside those overdue.
pub fn forecast(articles: &[Card], today: Date) -> Plot {
    let due = || articles.iter().filter_map(|article| article.due_day);
    let overdue = due().filter(|day| *day < today).count();
    let first = Column::new("overdue".into(), "overdue".into(), overdue, true);
    let months = (0..12).map(|ahead| {
        let month = today.first_of_month().saturating_add(ahead.months());
        let count = due().filter(|day| *day >= today && day.first_of_month() == month).count();
        let name = words::month(month.month());
        Column::new(name.chars().take(3).collect(), format!("{name} {}", month.year()), count, false)
    });
    let end = today.first_of_month().saturating_add(12.months());
    let (later, unknown) = (due().filter(|day| *day >= end).count(), articles.len() - due().count());
    let notes = [(later, "later"), (unknown, "without a date to count from")];
    let notes: Vec<String> = notes.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let note = (!notes.is_empty()).then(|| format!("Not shown: {}.", notes.join(", ")));
    plot(
        "Reviews due in the next twelve months",
        "month in which the review falls due",
        note,
        std::iter::once(first).chain(months).collect(),
    )
}

impl Column {
    fn new(label: String, spoken: String, count: usize, late: bool) -> Self {
        Self { label, spoken, count, left: 0, width: 0, height: 0, late }
    }
}

/// Lays the columns out, each as wide as its label needs.
fn plot(title: &'static str, axis: &'static str, note: Option<String>, mut columns: Vec<Column>) -> Plot {
    let highest = columns.iter().map(|column| column.count).max().unwrap_or(0).max(1);
    let letters = |column: &Column| column.label.chars().count() + 1;
    let all: usize = columns.iter().map(letters).sum();
    let mut before = 0;
    for column in &mut columns {
        column.left = before * WIDTH / all;
        before += letters(column);
        column.width = before * WIDTH / all - column.left;
        // One article among thousands is still seen.
        column.height = (column.count * HEIGHT / highest).max(if column.count > 0 { 2 } else { 0 });
    }
    Plot { title, axis, note, width: WIDTH, columns }
}

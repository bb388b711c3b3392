//! Which words of an article change.

use jiff::civil::Date;

use super::keys::{self, Role};
use super::places::Places;
use super::{Mark, Next, Outcome, refuse};
use crate::article::review::{ReviewKind, ReviewStatement, due, intervals};
use crate::diagnostic::Edit;
use crate::document::Format;
use crate::linter::Checked;

/// The edits of an article, sorted and apart.
pub struct Plan {
    pub edits: Vec<Edit>,
    pub notes: Vec<String>,
}

/// Plans the edits; `next` is the day that the mark gives for the next review.
pub fn plan(checked: &Checked, mark: &Mark, next: Option<Date>) -> Outcome<Plan> {
    let mut places = Places::new(checked);
    let mut notes: Vec<String> = later_review(checked, mark.on).into_iter().collect();
    let mut missing: Vec<(Role, String)> = Vec::new();
    if let Some(open) = of_kind(checked, ReviewKind::Reviewed).find(|statement| statement.open) {
        let line = checked.source.position(open.span.start).line;
        return refuse(format!(
            "line {line}: “{}” may be the last review or the next one; say which it is",
            checked.source.slice(open.label)
        ));
    }
    if !places.dates(of_kind(checked, ReviewKind::Reviewed), mark.on)? {
        missing.push((Role::Reviewed, mark.on.to_string()));
    }
    if !places.reviewers(of_kind(checked, ReviewKind::Reviewed), &mark.by)? {
        missing.push((Role::Reviewer, mark.by.clone()));
    }
    match next {
        Some(day) => {
            let interval = checked.document.metadata.iter().find(|entry| intervals::is_key(&entry.key));
            let stated = places.dates(of_kind(checked, ReviewKind::NextReview), day)?;
            match (interval, &mark.next) {
                (Some(entry), Some(Next::After(span))) if !stated => places.value(entry, &intervals::words(span)),
                _ if !stated => missing.push((Role::Next, day.to_string())),
                _ => {}
            }
        }
        None => notes.extend(stale_announcement(checked, mark.on)),
    }
    let mut edits = places.edits;
    edits.extend(added(checked, mark, &missing)?);
    edits.retain(|edit| checked.source.slice(edit.span) != edit.text);
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let text = checked.source.text();
    if edits.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) || edits.iter().any(|edit| text.get(edit.span.range()).is_none())
    {
        return refuse("the date and the reviewer are written in one place that cannot be told apart; edit it by hand");
    }
    Ok(Plan { edits, notes })
}

fn of_kind(checked: &Checked, kind: ReviewKind) -> impl Iterator<Item = &ReviewStatement> + Clone {
    checked.article.review.iter().filter(move |statement| statement.kind == kind && !statement.of_literature)
}

/// A review that the article says took place after this one.
fn later_review(checked: &Checked, on: Date) -> Option<String> {
    let (date, statement) = due::newest(&checked.article.review, ReviewKind::Reviewed)?;
    let line = checked.source.position(statement.span.start).line;
    (date.first_day() > on).then(|| format!("line {line} stated a later review, of {date}"))
}

/// A next review that is over with this one, and that nobody gave anew.
fn stale_announcement(checked: &Checked, on: Date) -> Option<String> {
    let (date, statement) = due::newest(&checked.article.review, ReviewKind::NextReview)?;
    let line = checked.source.position(statement.span.start).line;
    (date.first_day() <= on).then(|| format!("line {line} still announces the next review for {date}; give the new date with --next"))
}

/// The edits that add what the article has no place for.
fn added(checked: &Checked, mark: &Mark, missing: &[(Role, String)]) -> Outcome<Vec<Edit>> {
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    match checked.document.format {
        Format::Html => keys::in_page(checked, missing),
        Format::Markdown if mark.add => {
            Ok(vec![keys::in_front_matter(checked, missing).unwrap_or_else(|| keys::front_matter(checked, missing))])
        }
        _ => match keys::in_front_matter(checked, missing) {
            Some(edit) => Ok(vec![edit]),
            None => refuse(lacking(checked, missing)),
        },
    }
}

/// What to do where there is no place to write to.
fn lacking(checked: &Checked, missing: &[(Role, String)]) -> String {
    let add = if checked.document.format == Format::Markdown { ", or pass --add to give it front matter" } else { "" };
    let dated = of_kind(checked, ReviewKind::Reviewed).find_map(|statement| statement.date.as_ref());
    match missing {
        [(Role::Reviewed, _), ..] => format!("the article states no review; write a line such as “Reviewed by NAME on DATE”{add}"),
        [(Role::Reviewer, _), ..] => {
            let line = dated.map_or(1, |date| checked.source.position(date.span.start).line);
            format!("the review names no reviewer; write “by NAME” beside its date in line {line}{add}")
        }
        _ => format!("the article announces no next review; write a line such as “Next review due: DATE”{add}"),
    }
}

//! `medproof review`: the calendar of reviews of many files.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Span;
use rayon::prelude::*;

use super::args::{GroupBy, ReviewArgs, ReviewBar, ReviewCommand};
use super::files::{self, Article};
use super::left_out;
use super::output;
use super::settings::{Resolver, Settings};
use super::sink::Sink;
use super::{CLEAN, Error, FOUND, UNFINISHED, args::When, mark, work};
use crate::article::review::due::State;
use crate::report::Unread;
use crate::report::calendar::{Calendar, Extent, Grouping, Row, Terms, html, ics, json, markdown, spreadsheet, svg, table};
use crate::rules::INTERNAL_ERROR;

/// An output asked for: `ics`, or `ics=reviews.ics`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    form: Form,
    path: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Table,
    Json,
    Csv,
    Html,
    Markdown,
    Ics,
    Svg,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
        let form = match name {
            "table" => Form::Table,
            "json" => Form::Json,
            "csv" => Form::Csv,
            "html" => Form::Html,
            "markdown" => Form::Markdown,
            "ics" => Form::Ics,
            "svg" => Form::Svg,
            _ => return Err("the formats are table, json, csv, html, markdown, ics and svg".into()),
        };
        match path {
            Some("") => Err("a path belongs behind the =".into()),
            path => Ok(Self { form, path: path.map(PathBuf::from) }),
        }
    }
}

/// Makes the calendar, or marks articles, and gives the exit status.
pub fn run(args: &ReviewArgs) -> Result<u8, Error> {
    if let Some(ReviewCommand::Mark(args)) = &args.command {
        return mark::run(args);
    }
    for (i, target) in args.output.iter().enumerate() {
        let place = |target: &Target| target.path.as_ref().map(|path| std::path::absolute(path).unwrap_or(path.clone()));
        if args.output[..i].iter().any(|other| place(other) == place(target)) {
            return Err(Error::SameOutput(target.path.as_ref().map_or("standard output".into(), |path| path.display().to_string())));
        }
    }
    let (rules, settings) = args.source.choices();
    let mut resolver = Resolver::new(&rules, &settings)?;
    let files = files::find(&args.paths, &[], None);
    if files.articles.is_empty() && files.unread.is_empty() {
        return Err(Error::NothingToCheck(left_out::why_empty(&args.paths, &[])));
    }
    files.unread.iter().for_each(warn);
    let calendar = calendar(args, &files.articles, files.unread, &mut resolver);
    for target in &args.output {
        let text = text(&calendar, target, args.tasks);
        let mut sink = Sink::open(target.path.as_deref())?;
        sink.write(&text)?;
        sink.finish()?;
    }
    let mistaken = resolver.tell_troubles(When::Auto);
    let unread = if calendar.unread.is_empty() { CLEAN } else { UNFINISHED };
    Ok(bar(&calendar, args.fail_on).max(unread).max(mistaken))
}

fn calendar(args: &ReviewArgs, articles: &[Article], mut unread: Vec<Unread>, resolver: &mut Resolver) -> Calendar {
    let today = args.today.unwrap_or_else(work::today);
    let work: Vec<Work<'_>> = articles
        .iter()
        .map(|article| {
            let settings = resolver.settings(article.name());
            Work { article, place: resolver.place(article.name()), within: args.within.unwrap_or(settings.review.within), settings }
        })
        .collect();
    let row = |work: &Work<'_>| {
        let Settings { cycle, review, .. } = &*work.settings;
        let checked = work::checked(work.article, None, &work.settings.without_rules(), today)?;
        if let Some(failure) = checked.diagnostics.iter().find(|diagnostic| diagnostic.rule == INTERNAL_ERROR.id) {
            return Err(Unread { path: work.article.name().to_owned(), message: failure.message.clone() });
        }
        let terms = Terms { cycle: cycle.as_ref(), today, within: work.within, place: &work.place, site: &review.site };
        Ok(Row::of(&checked, terms))
    };
    let mut rows = Vec::with_capacity(work.len());
    for done in work.par_iter().map(row).collect::<Vec<_>>() {
        match done {
            Ok(row) => rows.push(row),
            Err(file) => {
                warn(&file);
                unread.push(file);
            }
        }
    }
    let first = work.first().map(|work| work.within);
    let within = first.filter(|first| work.iter().all(|work| work.within.fieldwise() == first.fieldwise()));
    let extent = if args.all { Extent::All } else { Extent::Urgent };
    Calendar { today, within, rows, unread, grouping: args.group_by.grouping(), extent }.sorted()
}

/// An article to read, with what holds for it.
struct Work<'a> {
    article: &'a Article,
    settings: Arc<Settings>,
    place: String,
    within: Span,
}

impl GroupBy {
    fn grouping(self) -> Grouping {
        match self {
            GroupBy::None => Grouping::None,
            GroupBy::Owner => Grouping::Owner,
            GroupBy::Folder => Grouping::Folder,
            GroupBy::Month => Grouping::Month,
        }
    }
}

fn text(calendar: &Calendar, target: &Target, tasks: bool) -> String {
    match target.form {
        Form::Table => table::table(calendar),
        Form::Json => json::json(calendar),
        Form::Csv => spreadsheet::csv(calendar),
        Form::Html => html::html(calendar),
        Form::Markdown => markdown::markdown(calendar),
        Form::Svg => svg::svg(calendar),
        Form::Ics => {
            let kind = if tasks { ics::Kind::Task } else { ics::Kind::Event };
            let before = target.path.as_ref().filter(|path| path.is_file()).and_then(|path| std::fs::read_to_string(path).ok());
            ics::ics(calendar, kind, before.as_deref())
        }
    }
}

fn bar(calendar: &Calendar, bar: ReviewBar) -> u8 {
    let states: &[State] = match bar {
        ReviewBar::Overdue => &[State::Overdue],
        ReviewBar::Due => &[State::Overdue, State::DueSoon],
        ReviewBar::Never => &[],
    };
    if states.iter().any(|state| calendar.count(*state) > 0) { FOUND } else { CLEAN }
}

fn warn(unread: &Unread) {
    output::warn(&format!("{}: {}", unread.path, unread.message));
}

//! `medproof review`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;

use super::{RuleChoice, SettingsChoice, day};

#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 nothing that --fail-on names was found; 1 something was; 2 the run could not be finished"
)]
pub struct ReviewArgs {
    #[command(subcommand)]
    pub command: Option<ReviewCommand>,
    /// Files, folders and globs
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<String>,
    /// The time within which a review is due soon, such as 90d, 12w or 6mo [default: that of the settings, else 90d]
    #[arg(long, value_name = "TIME", value_parser = crate::config::span)]
    pub within: Option<jiff::Span>,
    /// Sort the articles into groups
    #[arg(long, value_name = "GROUP", default_value = "none")]
    pub group_by: GroupBy,
    /// Show people the current articles too
    #[arg(long)]
    pub all: bool,
    /// The day the articles are judged on [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", env = "MEDPROOF_TODAY", hide_env_values = true, value_parser = day)]
    pub today: Option<Date>,
    /// What makes the exit status 1
    #[arg(long, value_name = "STATE", default_value = "never")]
    pub fail_on: ReviewBar,
    /// How to show it, and where to; may be given several times. FORMAT is table, json, csv, html, markdown, ics or svg
    #[arg(short, long, value_name = "FORMAT[=PATH]", default_value = "table", help_heading = "Output")]
    pub output: Vec<super::super::review::Target>,
    /// In ics, write tasks rather than whole days
    #[arg(long, help_heading = "Output")]
    pub tasks: bool,
    #[command(flatten)]
    pub source: SettingsSource,
}

/// Where the settings come from that tell when a review is due.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Settings")]
pub struct SettingsSource {
    /// Use the review intervals of a kind of article: guideline, journal-article, news, patient-information
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// Read the settings from this file, not from the nearest medproof.toml
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Read no medproof.toml
    #[arg(long)]
    pub isolated: bool,
}

impl SettingsSource {
    /// The choices that `medproof check` has, with these and no other.
    pub fn choices(&self) -> (RuleChoice, SettingsChoice) {
        let rules = RuleChoice { preset: self.preset.clone(), ..RuleChoice::default() };
        (rules, SettingsChoice { config: self.config.clone(), isolated: self.isolated, retractions: None })
    }
}

#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    /// Write into articles that they were reviewed, by whom and on which day
    Mark(MarkArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status: 0 every file says so now; 2 a file could not be marked, and is left as it was")]
pub struct MarkArgs {
    /// The articles
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Who reviewed it, with titles and degrees as they are to stand
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// The day of the review [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub on: Option<Date>,
    /// When the next one is due: a day, or a time from the review on, such as 3y
    #[arg(long, value_name = "YYYY-MM-DD|TIME")]
    pub next: Option<crate::mark::Next>,
    /// Give front matter to a Markdown file that states no review
    #[arg(long)]
    pub add: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub diff: bool,
    #[command(flatten)]
    pub source: SettingsSource,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    None,
    Owner,
    Folder,
    /// The month in which the review is due
    Month,
}

/// The bar for exit status 1 of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviewBar {
    Overdue,
    /// Overdue or due soon
    Due,
    Never,
}

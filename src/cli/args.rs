//! What the user can type.

mod baseline;
mod online;
mod review;

use std::path::PathBuf;

pub use baseline::{BaselineArgs, BaselineRun, BaselineVerb, BaselineWriteArgs};
use clap::builder::{ArgPredicate, NonEmptyStringValueParser};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
#[cfg(feature = "online")]
pub use online::CacheAction;
pub use online::{CacheArgs, OnlineChoice, WorldChoice};
pub use review::{GroupBy, MarkArgs, ReviewArgs, ReviewBar, ReviewCommand};

use super::output::Target;
use super::shard::Shard;
use crate::config::Selector;
use crate::diagnostic::Severity;
use crate::document::Format;
use crate::report::FORMS;

/// The help of the program and of each command, as a page.
pub fn reference() -> String {
    let mut out = String::from("# The command line\n");
    let mut program = Args::command().term_width(100);
    program.build();
    sections("medproof", &mut program, &mut out);
    out
}

fn sections(title: &str, command: &mut clap::Command, out: &mut String) {
    *out += &format!("\n## {title}\n\n```text\n{}\n```\n", command.render_help().to_string().trim_end());
    for command in command.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        sections(&format!("{title} {}", command.get_name()), command, out);
    }
}

#[derive(Debug, Parser)]
#[command(
    name = "medproof",
    version,
    about = "Proofreads medical articles: citations, references, review dates and medicine names",
    after_help = "`medproof PATH...` means `medproof check PATH...`.\n\
                  Exit status: 0 nothing at or above --fail-on was found; 1 something was; 2 the run could not be finished",
    arg_required_else_help = true
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check files and folders
    Check(CheckArgs),
    /// Join the reports of several runs, written with -o json, and show them in any output
    Merge(MergeArgs),
    /// Number the reference list in the order of first citation, and the citations with it
    Renumber(RenumberArgs),
    /// Show what is read from an article: citations, references, review statements, medicines
    Parse(ParseArgs),
    /// Show which articles are overdue for review or due soon, or mark them as reviewed
    Review(ReviewArgs),
    /// Accept the findings of today, so that only others are told
    Baseline(BaselineArgs),
    /// Explain a rule, or list the rules
    Rule(RuleArgs),
    /// Show the settings that hold for a path, and where they come from
    Config(ConfigArgs),
    /// Write a medproof.toml with every setting explained, or a workflow for GitHub
    Init(InitArgs),
    /// Take the results of unchanged articles away; `medproof cache clear` forgets what the world said
    Clean(CleanArgs),
    /// Tell, forget or print what the world said in earlier runs
    Cache(CacheArgs),
    /// Print a script that completes medproof's options in a shell
    Completions { shell: clap_complete::Shell },
    /// Print the manual page, or write those of all commands to a folder
    Man { folder: Option<PathBuf> },
}

#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Files, folders and globs; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".", default_value_if("files_from", ArgPredicate::IsPresent, None))]
    pub paths: Vec<String>,
    /// The name of what comes from standard input: it tells the format and the settings
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// Read every file as this format [default: what its content says, then its name]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FormatName>,
    /// The day the articles are judged on [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", env = "MEDPROOF_TODAY", hide_env_values = true, value_parser = day)]
    pub today: Option<Date>,
    /// The mildest finding that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Print the findings and nothing else
    #[arg(short, long)]
    pub quiet: bool,
    /// Check again whenever an article or a setting changes, until Ctrl-C
    #[arg(long, conflicts_with = "show_files")]
    pub watch: bool,
    #[arg(
        short,
        long,
        value_name = "FORMAT[=PATH]",
        default_value = "full",
        default_value_if("statistics", ArgPredicate::IsPresent, "statistics"),
        help_heading = "Output",
        help = outputs()
    )]
    pub output: Vec<Target>,
    /// Count the findings by rule and by folder instead; short for `-o statistics`
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,
    /// Colour the report
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub color: When,
    /// Show no progress, which only a terminal is shown, and only in a long run
    #[arg(long, help_heading = "Output")]
    pub no_progress: bool,
    #[command(flatten)]
    pub files: FileChoice,
    #[command(flatten)]
    pub fixing: Fixing,
    #[command(flatten)]
    pub changes: ChangeChoice,
    #[command(flatten)]
    pub baseline: BaselineChoice,
    #[command(flatten)]
    pub online: OnlineChoice,
    #[command(flatten)]
    pub rules: RuleChoice,
    #[command(flatten)]
    pub settings: SettingsChoice,
    #[command(flatten)]
    pub cache: CacheChoice,
}

/// Which files are meant, beside the paths.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Files")]
pub struct FileChoice {
    /// Check the files that this file names too, one a line or with a NUL behind each; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<String>,
    /// Check only the I-th of N shares of the files, which are told by their paths; `medproof merge` joins the reports
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Show which files would be checked, and why others would not; check nothing
    #[arg(long)]
    pub show_files: bool,
    /// Let there be nothing to check, which otherwise is exit status 2
    #[arg(long)]
    pub allow_empty: bool,
}

/// Whether results are kept, and where.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Cache")]
pub struct CacheChoice {
    /// Neither use nor keep the results of unchanged articles
    #[arg(long)]
    pub no_cache: bool,
    /// Keep results in this folder [default: the user's folder for caches, for runs over 32 articles and more]
    #[arg(long, value_name = "DIR", env = "MEDPROOF_CACHE_DIR", hide_env_values = true)]
    pub cache_dir: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct CleanArgs {
    /// The folder with the results [default: the user's folder for caches]
    #[arg(long, value_name = "DIR", env = "MEDPROOF_CACHE_DIR", hide_env_values = true)]
    pub cache_dir: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    /// Reports that `medproof check -o json` wrote
    #[arg(value_name = "REPORT", required = true)]
    pub reports: Vec<PathBuf>,
    /// The mildest finding that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Print the findings and nothing else
    #[arg(short, long)]
    pub quiet: bool,
    #[arg(short, long, value_name = "FORMAT[=PATH]", default_value = "full", help_heading = "Output", help = outputs())]
    pub output: Vec<Target>,
    /// Colour the report
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub color: When,
}

/// Whether files are changed, and how far.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Fixing")]
pub struct Fixing {
    /// Make the fixes that are safe: no number, name, dose or date changes, and no meaning
    #[arg(long)]
    pub fix: bool,
    /// Show the changes that --fix would make, and make none
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,
    /// Make fixes too that a person should look at, such as of wording
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Make the fixes of these rules only
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub fix_only: Vec<String>,
    /// Write a copy of each Word file to this folder, with the findings as comments at their words
    #[arg(long, value_name = "DIR", conflicts_with_all = ["fix", "diff", "watch"])]
    pub docx_comments: Option<PathBuf>,
    /// Write a copy of each Word file to this folder, with the fixes as tracked changes; in the folder of --docx-comments, both
    /// stand in one copy
    #[arg(long, value_name = "DIR", conflicts_with_all = ["fix", "diff", "watch"])]
    pub docx_track: Option<PathBuf>,
}

/// What of the articles a change touches.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "What a change brings in (asked from git)")]
pub struct ChangeChoice {
    /// Check only files that differ from where this branch left REF, untracked ones among them
    #[arg(long, value_name = "REF", group = "change", value_parser = NonEmptyStringValueParser::new())]
    pub changed_since: Option<String>,
    /// Check only what is staged for the next commit, as it is staged
    #[arg(long, group = "change")]
    pub staged: bool,
    /// Tell only of findings that the change brings in
    #[arg(long, requires = "change")]
    pub new_only: bool,
}

/// Which findings are accepted already.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "What is accepted already")]
pub struct BaselineChoice {
    /// The findings accepted in this file are not told [default: medproof-baseline.toml beside medproof.toml, where it is there]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Tell of accepted findings too
    #[arg(long, conflicts_with = "baseline")]
    pub no_baseline: bool,
    /// Make the exit status 1 when an accepted finding is not there any more
    #[arg(long, conflicts_with = "no_baseline")]
    pub fail_on_stale: bool,
}

/// Which rules run, over what the configuration says.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Rules (by id, category or `all`)")]
pub struct RuleChoice {
    /// Use the rules and options for a kind of article: guideline, journal-article, news, patient-information
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// Run these rules only
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub select: Option<Vec<String>>,
    /// Run these rules too
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub extend_select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Tell of a dead link only when its page has been gone for so long, such as 3d, by what earlier runs were told
    #[arg(long, value_name = "TIME", value_parser = days)]
    pub dead_for: Option<u16>,
}

/// Where the settings come from.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Settings")]
pub struct SettingsChoice {
    /// Read the settings from this file, not from the nearest medproof.toml
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Read no medproof.toml
    #[arg(long)]
    pub isolated: bool,
    /// A list of Retraction Watch, as CSV, for retracted-reference
    #[arg(long, value_name = "FILE")]
    pub retractions: Option<PathBuf>,
}

/// A format by its name on the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum FormatName {
    Text,
    Markdown,
    Html,
    Jats,
    Docx,
}

impl FormatName {
    pub fn format(self) -> Format {
        match self {
            FormatName::Text => Format::Text,
            FormatName::Markdown => Format::Markdown,
            FormatName::Html => Format::Html,
            FormatName::Jats => Format::Jats,
            FormatName::Docx => Format::Docx,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Text and list move together or not at all: a file is written only where every citation is proved to cite the same \
                  works as before.\n\
                  Exit status: 0 renumbered, or nothing to do; 1 --diff shows changes; 2 a file is left as it is, for the reason told"
)]
pub struct RenumberArgs {
    /// Files and folders to renumber in place
    #[arg(required = true)]
    pub paths: Vec<String>,
    /// Show the changes, and make none
    #[arg(long)]
    pub diff: bool,
    /// These numbers are cited and not in the list: each keeps a number of its own, open in the list
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    pub assume_missing: Vec<u32>,
    /// These words end with a number that cites nothing, as CO2 and SF36
    #[arg(long, value_name = "WORDS", value_delimiter = ',')]
    pub names: Vec<String>,
    /// Keep entries that give the same work twice, word for word or by DOI or PMID, and do not merge them
    #[arg(long)]
    pub keep_duplicates: bool,
    /// Read every file as this format [default: what its content says, then its name]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FormatName>,
    #[command(flatten)]
    pub settings: SettingsChoice,
}

#[derive(Debug, clap::Args)]
pub struct ParseArgs {
    /// The article; `-` is standard input
    pub file: String,
    /// The name of what comes from standard input: it tells the format
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// Read the file as this format [default: what its content says, then its name]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FormatName>,
    /// How to show it
    #[arg(short, long, value_name = "FORMAT", default_value = "full")]
    pub output: ParseFormat,
    #[command(flatten)]
    pub settings: SettingsChoice,
}

#[derive(Debug, clap::Args)]
pub struct RuleArgs {
    /// The id of a rule; without it, all are listed
    pub id: Option<String>,
    /// Explain every rule
    #[arg(long, conflicts_with = "id")]
    pub all: bool,
}

#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    /// A file, or a folder with articles
    #[arg(default_value = ".")]
    pub path: PathBuf,
    #[command(flatten)]
    pub rules: RuleChoice,
    #[command(flatten)]
    pub settings: SettingsChoice,
}

#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// The folder to write it in; for --github the top of the repository
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Write .github/workflows/medproof.yml instead, which checks pull requests and, once a week, all review dates
    #[arg(long)]
    pub github: bool,
}

/// The bar for exit status 1.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ParseFormat {
    /// For people
    Full,
    Json,
}

impl RuleChoice {
    /// The rules named, as the last layer of settings.
    pub fn choice(&self) -> Result<crate::config::Choice, crate::config::UnknownRule> {
        let parse = |names: &[String]| -> Result<Vec<Selector>, _> {
            names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).map(str::parse).collect()
        };
        let select = self.select.as_deref().map(parse).transpose()?;
        Ok(crate::config::Choice { select, extend: parse(&self.extend_select)?, ignore: parse(&self.ignore)? })
    }
}

fn outputs() -> String {
    let names: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
    format!("How to report, and where to; may be given several times. FORMAT is {}", names.join(", "))
}

/// A length of time in whole days; a month has 30 of them.
fn days(text: &str) -> Result<u16, String> {
    let span = crate::config::span(text)?;
    let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
    let days = months * 30 + i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    u16::try_from(days).map_err(|_| format!("“{text}” is too long"))
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written as YYYY-MM-DD, such as 2026-05-31".to_owned())
}

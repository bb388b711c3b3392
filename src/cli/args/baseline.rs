//! `medproof baseline`.

use std::path::PathBuf;

use clap::Subcommand;
use jiff::civil::Date;

use super::{BaselineChoice, CacheChoice, FormatName, RuleChoice, SettingsChoice, WorldChoice, day};

#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct BaselineArgs {
    #[command(subcommand)]
    pub verb: BaselineVerb,
}

#[derive(Debug, Subcommand)]
pub enum BaselineVerb {
    /// Accept what is found today; what was accepted keeps its reason and last day
    Write(BaselineWriteArgs),
    /// Take out what is not found any more and what has expired
    Prune(BaselineRun),
    /// List what is accepted, and whether it still is found
    Show(BaselineRun),
}

#[derive(Debug, clap::Args)]
pub struct BaselineWriteArgs {
    /// Accept errors on medicines and doses too
    #[arg(long)]
    pub include_safety: bool,
    /// Why the new entries are accepted
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// The last day on which the new entries hold
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<Date>,
    #[command(flatten)]
    pub run: BaselineRun,
}

/// The articles that a baseline is made for, and how they are checked.
#[derive(Debug, clap::Args)]
pub struct BaselineRun {
    /// Files, folders and globs; entries for other articles are left as they are
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<String>,
    /// The file of the baseline [default: medproof-baseline.toml beside medproof.toml]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Read every file as this format [default: what its content says, then its name]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FormatName>,
    /// The day the articles are judged on [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", env = "MEDPROOF_TODAY", hide_env_values = true, value_parser = day)]
    pub today: Option<Date>,
    #[command(flatten)]
    pub rules: RuleChoice,
    #[command(flatten)]
    pub settings: SettingsChoice,
    #[command(flatten)]
    pub world: WorldChoice,
    #[command(flatten)]
    pub cache: CacheChoice,
}

impl BaselineRun {
    pub fn choice(&self) -> BaselineChoice {
        BaselineChoice { baseline: self.baseline.clone(), ..BaselineChoice::default() }
    }
}

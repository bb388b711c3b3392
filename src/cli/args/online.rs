//! What the command line says of asking the world.

use std::path::PathBuf;

/// Whether the world is asked, and how.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "References and links in the world (only what a reference prints and addresses are sent)")]
pub struct WorldChoice {
    /// Look references up at PubMed, Crossref, DataCite, doi.org and Europe PMC, and ask whether links lead somewhere, and the
    /// Internet Archive for copies of pages that are gone
    #[arg(long, group = "world")]
    pub online: bool,
    /// Ask nobody, and judge by what earlier runs were told, however old it is
    #[arg(long, group = "world")]
    pub offline: bool,
    /// An address of yours that the services may write to; they serve those faster who give one
    #[arg(long, value_name = "ADDRESS", env = "MEDPROOF_MAILTO", hide_env_values = true)]
    pub mailto: Option<String>,
}

/// What becomes of questions to the world.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "References and links in the world (only what a reference prints and addresses are sent)")]
pub struct OnlineChoice {
    #[command(flatten)]
    pub world: WorldChoice,
    /// Make the exit status 2 when a reference or link could not be checked in full
    #[arg(long, requires = "world")]
    pub strict_online: bool,
    /// Show what --online would ask, a line each; ask and check nothing
    #[arg(long, requires = "online")]
    pub dry_run: bool,
}

/// `medproof cache`
#[derive(Debug, clap::Args)]
pub struct CacheArgs {
    #[command(subcommand)]
    pub action: CacheAction,
}

#[derive(Debug, clap::Subcommand)]
pub enum CacheAction {
    /// Tell where it is, and how much of what is in it
    Info(CacheFolder),
    /// Forget every answer
    Clear(CacheFolder),
    /// Print every answer with its day, as a line of JSON
    Export(CacheFolder),
}

#[derive(Debug, clap::Args)]
pub struct CacheFolder {
    /// The folder with the answers [default: the user's folder for caches]
    #[arg(long, value_name = "DIR", env = "MEDPROOF_CACHE_DIR", hide_env_values = true)]
    pub cache_dir: Option<PathBuf>,
}

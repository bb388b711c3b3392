//! How far a long run is, for a person at a terminal.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is shorter shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// The bar of a run: none where nobody would see it.
pub struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    shown: OnceLock<()>,
}

impl Progress {
    /// Starts to count so many articles.
    pub fn start(articles: usize, wanted: bool) -> Self {
        let in_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
        let wanted = wanted && !in_ci && io::stderr().is_terminal();
        let bar = wanted.then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} articles, {elapsed} gone, {eta} left").ok();
            let bar = ProgressBar::with_draw_target(Some(articles as u64), ProgressDrawTarget::hidden());
            style.into_iter().for_each(|style| bar.set_style(style.progress_chars("━╸ ")));
            bar
        });
        Self { bar, start: Instant::now(), shown: OnceLock::new() }
    }

    /// An article is done.
    pub fn advance(&self) {
        let Some(bar) = &self.bar else { return };
        bar.inc(1);
        if self.start.elapsed() > PATIENCE {
            self.shown.get_or_init(|| bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }

    /// Writes to the terminal while the bar is away. What is written says whether it ended its line: if not, the bar stays away.
    pub fn beside(&mut self, write: impl FnOnce(bool) -> bool) {
        let is_on_screen = self.shown.get().is_some() && io::stdout().is_terminal();
        let Some(bar) = &self.bar else {
            write(false);
            return;
        };
        if !bar.suspend(|| write(is_on_screen)) {
            bar.set_draw_target(ProgressDrawTarget::hidden());
            self.bar = None;
        }
    }
}

/// Nothing of the bar is left behind.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

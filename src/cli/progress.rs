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
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} articles, {elapsed} gone, {eta} left{msg}").ok();
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
        self.show(bar);
    }

    /// So many questions about articles are answered.
    #[cfg(feature = "online")]
    pub fn asked(&self, done: usize, questions: usize) {
        let Some(bar) = &self.bar else { return };
        bar.set_message(if done < questions { format!(", {done} of {questions} questions answered") } else { String::new() });
        self.show(bar);
    }

    fn show(&self, bar: &ProgressBar) {
        if self.start.elapsed() > PATIENCE {
            self.shown.get_or_init(|| bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }

    /// Writes, with the bar out of the way where anything comes to the screen: a warning, or what an output says.
    pub fn beside(&self, warns: bool, speaks: bool, write: impl FnOnce()) {
        match &self.bar {
            Some(bar) if warns || speaks && io::stdout().is_terminal() => bar.suspend(write),
            _ => write(),
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

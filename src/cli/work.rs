//! An article in hand: its file, its settings, and what comes of checking it.

use std::io::Read;
use std::sync::Arc;

use jiff::civil::Date;

use super::args::FormatName;
use super::files::Article;
use super::settings::{Resolver, Settings};
use crate::linter::{self, Checked};
use crate::report::Unread;
use crate::source::{MAX_BYTES, Unreadable};

/// How many files are in hand at once: enough to keep the threads busy, few enough to hold in memory.
pub const AT_ONCE: usize = 64;

/// Reads and checks a file.
///
/// # Errors
/// The file cannot be read, or is no text.
pub fn checked(article: &Article, format: Option<FormatName>, settings: &Settings, today: Date) -> Result<Checked, Unread> {
    check(read(article, format)?, settings, today)
}

/// Checks a file.
///
/// # Errors
/// It is no text.
pub fn check(file: linter::File, settings: &Settings, today: Date) -> Result<Checked, Unread> {
    let name = file.name.clone();
    linter::check_file(file, &settings.rules, settings.known(), today).map_err(|error| Unread { path: name, message: error.to_string() })
}

/// An article to check.
pub struct Work<'a> {
    pub article: &'a Article,
    /// What was read of it already.
    pub file: Option<Result<linter::File, Unread>>,
    pub settings: Arc<Settings>,
}

impl<'a> Work<'a> {
    /// Articles, each with its settings.
    pub fn of(articles: &'a [Article], resolver: &mut Resolver) -> Vec<Self> {
        articles.iter().map(|article| Work { article, file: None, settings: resolver.settings(article.name()) }).collect()
    }

    /// Checks the article.
    ///
    /// # Errors
    /// The file cannot be read, or is no text.
    pub fn checked(self, format: Option<FormatName>, today: Date) -> Result<Checked, Unread> {
        check(self.file.unwrap_or_else(|| read(self.article, format))?, &self.settings, today)
    }
}

/// Reads a file.
///
/// # Errors
/// It cannot be read.
pub fn read(article: &Article, format: Option<FormatName>) -> Result<linter::File, Unread> {
    let name = article.name().to_owned();
    match bytes(article) {
        Ok(bytes) => Ok(linter::File { name, bytes, format: format.map(FormatName::format) }),
        Err(message) => Err(Unread { path: name, message }),
    }
}

fn bytes(article: &Article) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match article {
        Article::Staged(_, content) => return content.read(),
        Article::StandardInput(_) => {
            std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        }
        Article::File(path) => {
            let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
            let size = file.metadata().map(|meta| meta.len()).unwrap_or(0);
            if size > MAX_BYTES {
                return Err(Unreadable::TooLarge(size).to_string());
            }
            bytes.reserve(size as usize);
            file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        }
    }
    Ok(bytes)
}

/// The day in UTC: the same everywhere, so that one run in two places judges alike.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

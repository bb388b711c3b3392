//! Asking the world about articles before they are checked, and what is kept of its answers.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::args::{CacheAction, CacheArgs, CacheChoice, FormatName, WorldChoice};
use super::progress::Progress;
use super::work::{self, Work};
use super::{CLEAN, Error, cache, output};
use crate::config::Online;
use crate::linter;
use crate::online::{Asker, Counts, Questions, Store, plan};
use crate::rules::{ASKING_FOR_LINKS, ASKING_FOR_WORKS};

/// The world, as a run may ask it.
pub struct Asking {
    choice: WorldChoice,
    cache: CacheChoice,
    /// Made when the first article tells how to ask.
    asker: Option<(Arc<Online>, Asker)>,
    /// What was shown already.
    shown: BTreeSet<String>,
    told: bool,
}

impl Asking {
    /// The asking of a run; `None` where the world is left alone.
    ///
    /// # Errors
    /// This build cannot ask.
    pub fn of(choice: &WorldChoice, cache: &CacheChoice) -> Result<Option<Self>, Error> {
        let is_wanted = choice.online || choice.offline;
        let asking = || Self { choice: choice.clone(), cache: cache.clone(), asker: None, shown: BTreeSet::new(), told: false };
        Ok(is_wanted.then(asking))
    }

    /// Shows what would be asked about articles, but for what was shown already.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn show(&mut self, articles: &mut [Work<'_>], format: Option<FormatName>) -> Result<(), Error> {
        let Some(config) = articles.first().map(|first| first.settings.online.clone()) else { return Ok(()) };
        let lines = plan(&about(articles, format), &self.with_mailto(&config)).into_iter().map(|planned| format!("{planned}\n"));
        let new: String = lines.filter(|line| self.shown.insert(line.clone())).collect();
        output::print(&new)?;
        Ok(())
    }

    /// Reads articles, asks about them, and puts what was said into their settings.
    ///
    /// # Errors
    /// The settings are such that nothing can be asked.
    pub fn ask(&mut self, articles: &mut [Work<'_>], format: Option<FormatName>, progress: &Progress) -> Result<(), Error> {
        let Some(config) = articles.first().map(|first| first.settings.online.clone()) else { return Ok(()) };
        let questions = about(articles, format);
        if self.asker.is_none() {
            let asker = self.asker(&config)?;
            self.asker = Some((config, asker));
        }
        let Some((config, asker)) = &self.asker else { return Ok(()) };
        if !self.told && articles.iter().any(|work| work.settings.online != *config) {
            self.told = true;
            output::warn("a run asks the world in one way: that of its first article; [online] of other settings is not heeded");
        }
        let world = Arc::new(asker.ask(&questions, |so_far| progress.asked(so_far.done, so_far.questions)));
        articles.iter_mut().for_each(|work| work.settings = Arc::new(work.settings.knowing(&world)));
        Ok(())
    }

    fn asker(&self, config: &Online) -> Result<Asker, Error> {
        let counts = if self.choice.offline { Counts::AtAnyAge } else { Counts::WhileFresh };
        let today = work::today();
        let folder = self.cache.folder().filter(|_| !self.cache.no_cache);
        // Where it cannot be made, nothing can be opened in it either, which is told.
        folder.iter().for_each(|folder| drop(cache::create_folder(folder)));
        let store = match folder.map(|folder| (Store::open(&folder, today, counts), folder)) {
            Some((Ok(store), _)) => Ok(store),
            Some((Err(trouble), folder)) if self.choice.offline => return Err(unusable(&folder, &trouble)),
            Some((Err(trouble), folder)) => {
                output::warn(&format!("what the world says cannot be kept: {}", unusable(&folder, &trouble)));
                Store::in_memory(today)
            }
            None => Store::in_memory(today),
        };
        let store = store.map_err(|trouble| Error::Misfit(trouble.to_string()))?;
        let asker = if self.choice.offline {
            Asker::silent(config.clone(), store, today)
        } else {
            Asker::new(self.with_mailto(config), store, today)
        };
        asker.map_err(|trouble| Error::Misfit(trouble.to_string()))
    }

    fn with_mailto(&self, config: &Online) -> Online {
        Online { mailto: self.choice.mailto.clone().or(config.mailto.clone()), ..config.clone() }
    }
}

/// Reads articles, and gives what their rules need to know.
fn about(articles: &mut [Work<'_>], format: Option<FormatName>) -> Questions {
    articles.iter_mut().for_each(|work| work.file = Some(work::read(work.article, format)));
    articles.par_iter().map(questions).reduce(Questions::default, Questions::with)
}

/// What the rules of an article need to know.
fn questions(work: &Work<'_>) -> Questions {
    let mut questions = Questions::default();
    let settings = &work.settings;
    let runs = |ids: &[&str]| settings.rules.iter().any(|enabled| ids.contains(&enabled.entry.id));
    let (works, links) = (runs(ASKING_FOR_WORKS), runs(ASKING_FOR_LINKS) && settings.online.links);
    let Some(Ok(file)) = work.file.as_ref().filter(|_| works || links) else { return questions };
    let copy = linter::File { name: file.name.clone(), bytes: file.bytes.clone(), format: file.format };
    // A file that cannot be read is told of when it is checked.
    if let Ok(read) = linter::check_file(copy, &[], settings.known(), work::today()) {
        if works {
            questions.add_works(&read.article);
        }
        if links {
            questions.add_links(&read.document);
        }
    }
    questions
}

fn unusable(folder: &Path, trouble: &crate::online::Trouble) -> Error {
    Error::File { path: folder.join(crate::online::STORE).display().to_string(), message: trouble.to_string() }
}

/// `medproof cache`: what is kept of the answers of the world.
pub fn cache(args: &CacheArgs) -> Result<u8, Error> {
    let (CacheAction::Info(choice) | CacheAction::Clear(choice) | CacheAction::Export(choice)) = &args.action;
    let choice = CacheChoice { no_cache: false, cache_dir: choice.cache_dir.clone() };
    let folder = choice.folder().ok_or(Error::NoCache)?;
    let path = folder.join(crate::online::STORE);
    let failed = |trouble| unusable(&folder, &trouble);
    if !path.exists() {
        output::tell(&format!("{}: nothing is kept\n", path.display()));
        return Ok(CLEAN);
    }
    let store = Store::open(&folder, work::today(), Counts::AtAnyAge).map_err(failed)?;
    match args.action {
        CacheAction::Info(_) => {
            let size = path.metadata().map_or(0, |meta| meta.len());
            let mut lines = format!("{}: {}\n", path.display(), cache::size_in_words(size));
            for of in store.holdings().map_err(failed)? {
                let days = if of.from == of.to { of.from } else { format!("{} to {}", of.from, of.to) };
                lines += &format!("{}: {} found, {} not found, {days}\n", of.by, of.found, of.not_found);
            }
            output::print(&lines)
        }
        CacheAction::Clear(_) => {
            let count = store.clear().map_err(failed)?;
            output::tell(&format!("Took {count} answers out of {}\n", path.display()));
            Ok(CLEAN)
        }
        CacheAction::Export(_) => {
            let mut outcome = Ok(CLEAN);
            store
                .each(|line| {
                    outcome = output::print(&format!("{line}\n"));
                    outcome.is_ok()
                })
                .map_err(failed)?;
            outcome
        }
    }
}

//! A build that cannot ask the world.

use super::Error;
use super::args::{CacheArgs, CacheChoice, FormatName, WorldChoice};
use super::progress::Progress;
use super::work::Work;

/// Nothing that could be asked.
pub enum Asking {}

impl Asking {
    /// # Errors
    /// The world is to be asked.
    pub fn of(choice: &WorldChoice, _: &CacheChoice) -> Result<Option<Self>, Error> {
        if choice.online || choice.offline { Err(Error::NotOnline) } else { Ok(None) }
    }

    pub fn show(&mut self, _: &mut [Work<'_>], _: Option<FormatName>) -> Result<(), Error> {
        match *self {}
    }

    pub fn ask(&mut self, _: &mut [Work<'_>], _: Option<FormatName>, _: &Progress) -> Result<(), Error> {
        match *self {}
    }
}

/// `medproof cache`
pub fn cache(_: &CacheArgs) -> Result<u8, Error> {
    Err(Error::NotOnline)
}

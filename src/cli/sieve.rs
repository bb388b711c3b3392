//! What of the findings of an article is told: not what the baseline accepts, and only what is new where that is asked for.

use jiff::civil::Date;

use super::args::FormatName;
use super::baselines::{Baselines, Place};
use super::changes::Changes;
use super::settings::Settings;
use crate::baseline::Fit;
use crate::record::Record;

/// The sieve of a run.
#[derive(Default)]
pub struct Sieve {
    pub baselines: Baselines,
    pub changes: Option<Changes>,
}

/// What a run takes note of when an article was sifted.
#[derive(Default)]
pub struct Sifted {
    fit: Option<(Place, Fit)>,
    trouble: Option<String>,
}

impl Sieve {
    /// Takes findings out of an article, beside others.
    pub fn sift(&self, record: &mut Record, format: Option<FormatName>, settings: &Settings, today: Date) -> Sifted {
        // Which findings are new is known only while all are there.
        let trouble = self.changes.as_ref().and_then(|changes| changes.mark(record, format, settings, today).err());
        let fit = self.baselines.fit(record, settings, today);
        if let Some((place, fit)) = &fit {
            self.baselines.accept(record, place, fit, today);
        }
        if let Some(changes) = &self.changes {
            changes.leave_new(record);
        }
        record.recount();
        Sifted { fit, trouble }
    }

    /// Takes note of an article in its turn, and gives what could not be done.
    pub fn note(&mut self, sifted: Sifted) -> Option<String> {
        if let Some((place, fit)) = sifted.fit {
            self.baselines.note(place, fit);
        }
        sifted.trouble
    }
}

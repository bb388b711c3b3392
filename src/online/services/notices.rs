//! What is published about a work, in the words of the services.

use crate::world::{Identifier, Notice, NoticeKind, Work};

/// What PubMed and Europe PMC call what was published about a work since.
const SINCE: &[(&str, NoticeKind)] = &[
    ("correctedandrepublishedin", NoticeKind::Correction),
    ("erratumin", NoticeKind::Correction),
    ("expressionofconcernin", NoticeKind::Concern),
    ("retractedandrepublishedin", NoticeKind::Republication),
    ("retractionin", NoticeKind::Retraction),
    ("updatein", NoticeKind::NewVersion),
];

/// What they call the work that a notice is about. A work that was republished or updated is no notice, but a work.
const ABOUT: &[&str] = &["erratumfor", "expressionofconcernfor", "retractionof"];

/// What Crossref calls what happened to a work.
const UPDATES: &[(&str, NoticeKind)] = &[
    ("corrigendum", NoticeKind::Correction),
    ("correction", NoticeKind::Correction),
    ("erratum", NoticeKind::Correction),
    ("expression_of_concern", NoticeKind::Concern),
    ("new_edition", NoticeKind::NewVersion),
    ("new_version", NoticeKind::NewVersion),
    ("partial_retraction", NoticeKind::PartialRetraction),
    ("reinstatement", NoticeKind::Reinstatement),
    ("removal", NoticeKind::Removal),
    ("retracted_and_republished", NoticeKind::Republication),
    ("retraction", NoticeKind::Retraction),
    ("withdrawal", NoticeKind::Withdrawal),
];

/// What a connection between two records of PubMed or Europe PMC is: `RetractionIn`, `Retraction in`.
pub(super) enum Connection {
    Notice(NoticeKind),
    NoticeOf,
}

impl Connection {
    pub(super) fn named(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        let since = SINCE.iter().find(|(known, _)| *known == name).map(|&(_, kind)| Connection::Notice(kind));
        since.or_else(|| ABOUT.contains(&name.as_str()).then_some(Connection::NoticeOf))
    }
}

/// The kind of an update at Crossref: `retraction`, `Expression of concern`.
pub(super) fn update(name: &str) -> NoticeKind {
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    UPDATES.iter().find(|(known, _)| *known == name).map_or(NoticeKind::Other, |&(_, kind)| kind)
}

impl Work {
    /// Takes a notice; one that another source told already gives only what that one lacks.
    pub(super) fn notify(&mut self, notice: Notice) {
        let known = self.notices.iter_mut().find(|known| {
            let same = known.doi == notice.doi && known.pmid == notice.pmid;
            // A work is taken back once, whichever notice each source names; it may be corrected more than once.
            known.kind == notice.kind && (same || known.kind.takes_back() || known.kind == NoticeKind::Concern)
        });
        match known {
            None => self.notices.push(notice),
            Some(known) => {
                known.doi = known.doi.take().or(notice.doi);
                known.pmid = known.pmid.or(notice.pmid);
                known.day = known.day.or(notice.day);
            }
        }
    }

    /// Takes that the work is retracted, where no notice says so.
    pub(super) fn retract(&mut self) {
        if !self.notices.iter().any(|notice| notice.kind.takes_back()) {
            self.notices.push(Notice { kind: NoticeKind::Retraction, doi: None, pmid: None, day: None });
        }
    }

    /// Takes the work that this one is a notice about.
    pub(super) fn concerns(&mut self, work: Identifier) {
        if !self.notice_of.contains(&work) {
            self.notice_of.push(work);
        }
    }
}

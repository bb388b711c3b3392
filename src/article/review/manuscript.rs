//! Telling the making of a journal article from the review of a page.

use super::ReviewKind;
use super::labels::Label;
use super::reviewers::has_degree;
use super::tail::{Tail, floor};
use super::text::{MARGIN, Reader, around};

impl Reader<'_> {
    /// Whether the label belongs to the making of a journal article: "Edited by" names its editor, "Reviewed" and "Revised" are
    /// steps between "Received" and "Accepted", and its reviewers are peers. What follows the label stands on line `j`.
    pub(super) fn is_of_manuscript(&self, i: usize, label: &Label, j: usize, tail: &Tail) -> bool {
        let words = self.lines[i].text[label.range.clone()].to_lowercase();
        if ["medic", "medizin", "médic", "clinic", "ärztlich", "fachlich", "fact", "last", "next"].iter().any(|word| words.contains(word))
        {
            return false;
        }
        if words == "edited by" {
            return tail.date.is_none();
        }
        let near =
            || self.lines[i.saturating_sub(1)..(i + 2).min(self.lines.len())].iter().map(|line| &line.text[..floor(line.text, MARGIN)]);
        match label.kind {
            ReviewKind::Updated if words.starts_with("revis") => near().any(|head| STEPS.iter().any(|step| head.contains(step))),
            ReviewKind::Reviewed if tail.date.is_some() => {
                let own = around(self.lines[i].text, label.range.start);
                STEPS.iter().any(|step| own.contains(step))
                    || near().any(|head| STEPS.iter().any(|step| head.trim_start().get(1..).is_some_and(|head| head.starts_with(step))))
            }
            ReviewKind::Reviewed => self.is_peer_review(i, label, j, tail),
            _ => false,
        }
    }

    /// Whether the reviewers are the peers of a journal, which prints them beside the editor, or under a heading of their own;
    /// they have a place of work and no degree.
    fn is_peer_review(&self, i: usize, label: &Label, j: usize, tail: &Tail) -> bool {
        let line = self.lines[i].text;
        let before = line[..label.range.start].trim_end_matches([' ', '-', '‑']);
        if before.len() >= 4 && before.get(before.len() - 4..).is_some_and(|word| word.eq_ignore_ascii_case("peer")) {
            return true;
        }
        if tail.reviewer.as_ref().is_none_or(|name| has_degree(&self.lines[j].text[name.clone()])) {
            return false;
        }
        let near = &self.lines[i.saturating_sub(3)..(i + 4).min(self.lines.len())];
        near.iter().any(|line| {
            let head = line.text[..floor(line.text, MARGIN)].trim_start().to_lowercase();
            PEERS.iter().any(|words| head.starts_with(words))
                || matches!(head.trim_end_matches([':', ' ']), "reviewers" | "book review" | "book reviews")
        })
    }
}

/// The steps of a manuscript, without the first letter, which may be a capital.
const STEPS: &[&str] = &["eceived", "ccepted", "cceptance", "ubmitted", "ubmission"];

/// What journals print beside the names of the peers who reviewed an article.
const PEERS: &[&str] = &["academic editor", "edited by", "handling editor", "open peer review", "peer review"];

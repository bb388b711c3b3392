//! Lines in which a page says that its review is still to come: "Pending clinical review", "DRAFT".

use super::{Origin, ReviewKind, ReviewStatement};
use crate::document::{BlockKind, Document};

/// How far from the ends of an article such a line is looked for, in blocks.
const NEAR: usize = 8;

/// The longest line that is a notice and no sentence of the article, in bytes.
const LONGEST: usize = 90;

/// The notices at the start and the end of a document.
pub(super) fn read(document: &Document) -> Vec<ReviewStatement> {
    let count = document.blocks.len();
    let ends = document.blocks.iter().enumerate().filter(|(i, _)| *i < NEAR || i + NEAR >= count);
    let prose =
        ends.filter(|(_, block)| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) && block.text().len() <= LONGEST * 3);
    prose
        .flat_map(|(i, block)| {
            let text = block.text();
            let start = move |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
            text.split('\n').map(str::trim).filter(move |line| is_notice(line, i < 3)).map(move |line| {
                let span = block.prose.span(start(line)..start(line) + line.len());
                ReviewStatement {
                    kind: ReviewKind::Reviewed,
                    date: None,
                    reviewer: None,
                    label: span,
                    span,
                    origin: Origin::Text,
                    pending: true,
                    lacks: None,
                    open: false,
                    of_literature: false,
                }
            })
        })
        .collect()
}

/// Whether a whole line says that the article is not reviewed yet; the word "draft" alone only at the very top.
fn is_notice(line: &str, top: bool) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = words.iter().copied().filter(|word| !FILLERS.contains(word)).collect();
    NOTICES.iter().any(|notice| notice.split(' ').eq(words.iter().copied()))
        || top
            && (words == ["draft"]
                || words.first() == Some(&"draft") && DRAFTS.iter().any(|notice| notice.split(' ').eq(words[1..].iter().copied())))
}

/// Words that may stand in a notice or not.
const FILLERS: &[&str] = &[
    "this",
    "page",
    "article",
    "content",
    "information",
    "leaflet",
    "text",
    "the",
    "is",
    "are",
    "was",
    "been",
    "be",
    "has",
    "have",
    "currently",
    "still",
    "yet",
    "a",
    "an",
    "medical",
    "medically",
    "clinical",
    "clinically",
    "by",
    "clinician",
    "doctor",
    "expert",
    "status",
    "preview",
    "note",
    "please",
];

/// Notices without these words.
const NOTICES: &[&str] = &[
    "awaiting review",
    "not reviewed",
    "pending review",
    "review pending",
    "review in progress",
    "under review",
    "wartet auf prüfung",
    "pendiente de revisión",
    "en attente de relecture",
];

/// What may follow "draft".
const DRAFTS: &[&str] =
    &["for review", "not for publication", "do not publish", "not reviewed", "pending review", "awaiting review", "under review"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_line_is_a_notice_and_prose_is_none() {
        let notices = [
            "Pending clinical review",
            "⚠️ This page has not yet been medically reviewed.",
            "Awaiting medical review",
            "Preview · pending clinical review",
            "Status: pending review",
            "DRAFT – not for publication",
            "Draft",
            "Medical review pending",
        ];
        for line in notices {
            assert!(is_notice(line, true), "{line}");
        }
        let prose = [
            "The guideline is pending review by the agency.",
            "Draft guidance",
            "Drafts are pending clinical review before they are published.",
            "Review of pending trials",
            "Not all trials were reviewed",
            "Status: pending approval",
            "Peer review status: under review",
            "Pending results",
            "Under-reviewed topics",
            "Systematic review",
        ];
        for line in prose {
            assert!(!is_notice(line, true), "{line}");
        }
        assert!(!is_notice("Draft", false));
    }
}

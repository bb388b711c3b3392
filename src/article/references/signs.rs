//! Words of an entry that tell how its work stands: not yet in an issue, not published at all, an abstract, a preprint,
//! retracted.

use std::ops::Range;

/// What a phrase says of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The work is out, or accepted, and has no place in an issue yet.
    OnlineFirst,
    /// Nobody but the author can read it.
    Unpublished,
    /// A word for the short form of a work, if it is no word of a title.
    Abstract,
    /// It was shown at a meeting.
    Presented,
    /// The server of preprints that holds it.
    PreprintServer,
    /// It is called a preprint.
    Preprint,
    /// It was taken back.
    Retracted,
}

use Sign::{Abstract, OnlineFirst, Preprint, PreprintServer, Presented, Retracted, Unpublished};

/// Phrases in lower case, sorted; of two that begin alike the longer one counts.
const PHRASES: &[(&str, Sign)] = &[
    ("abstr", Abstract),
    ("abstract", Abstract),
    ("accepted for publication", OnlineFirst),
    ("advance access", OnlineFirst),
    ("advance article", OnlineFirst),
    ("advance online publication", OnlineFirst),
    ("ahead of print", OnlineFirst),
    ("ahead of publication", OnlineFirst),
    ("article in press", OnlineFirst),
    ("articles in press", OnlineFirst),
    ("arxiv", PreprintServer),
    ("biorxiv", PreprintServer),
    ("chemrxiv", PreprintServer),
    ("data on file", Unpublished),
    ("e-pub ahead of print", OnlineFirst),
    ("early online", OnlineFirst),
    ("early view", OnlineFirst),
    ("epub ahead", OnlineFirst),
    ("epub ahead of print", OnlineFirst),
    ("epublication ahead of print", OnlineFirst),
    ("expert opinion", Unpublished),
    ("first published online", OnlineFirst),
    ("forthcoming", OnlineFirst),
    ("in preparation", Unpublished),
    ("in press", OnlineFirst),
    ("manuscript in preparation", Unpublished),
    ("manuscript submitted", Unpublished),
    ("medrxiv", PreprintServer),
    ("not peer reviewed", Preprint),
    ("not peer-reviewed", Preprint),
    ("online ahead of print", OnlineFirst),
    ("online first", OnlineFirst),
    ("oral communication", Unpublished),
    ("pers comm", Unpublished),
    ("pers. comm", Unpublished),
    ("personal communication", Unpublished),
    ("personal correspondence", Unpublished),
    ("poster", Abstract),
    ("poster presented", Presented),
    ("poster presented at", Presented),
    ("pp/ol", Preprint),
    ("preprint", Preprint),
    ("preprints.org", PreprintServer),
    ("presented at", Presented),
    ("private communication", Unpublished),
    ("prépublication", Preprint),
    ("psyarxiv", PreprintServer),
    ("publish ahead of print", OnlineFirst),
    ("published ahead of print", OnlineFirst),
    ("published online", OnlineFirst),
    ("research square", PreprintServer),
    ("retracted", Retracted),
    ("retraction in", Retracted),
    ("retraction published", Retracted),
    ("ssrn", PreprintServer),
    ("submitted", Unpublished),
    ("submitted for publication", Unpublished),
    ("to be published", OnlineFirst),
    ("unpublished", Unpublished),
    ("unpublished data", Unpublished),
    ("unpublished manuscript", Unpublished),
    ("unpublished observation", Unpublished),
    ("unpublished result", Unpublished),
    ("vorabdruck", Preprint),
    ("withdrawn", Retracted),
    ("written communication", Unpublished),
];

/// Which two first letters a phrase begins with: most words of an entry are passed over by them.
const OPENINGS: [bool; 32 * 32] = {
    let mut openings = [false; 32 * 32];
    let mut i = 0;
    while i < PHRASES.len() {
        let phrase = PHRASES[i].0.as_bytes();
        openings[opening(phrase[0], phrase[1])] = true;
        i += 1;
    }
    openings
};

/// The five low bits of two bytes, which small and capital letters share.
const fn opening(first: u8, second: u8) -> usize {
    (first as usize & 31) * 32 + (second as usize & 31)
}

/// Every sign in a text, in its order.
pub(super) fn find(text: &str) -> Vec<(Sign, Range<usize>)> {
    let mut signs = Vec::new();
    let bytes = text.as_bytes();
    let mut inside = false;
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let starts = !inside && byte.is_ascii_alphabetic() && at >= from;
        inside = byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let likely = starts && bytes.get(at + 1).is_some_and(|next| OPENINGS[opening(*byte, *next)]);
        if let Some((sign, end)) = likely.then(|| phrase_at(bytes, at)).flatten() {
            signs.push((sign, at..end));
            from = end;
        }
    }
    signs
}

/// The longest phrase that begins at a byte and ends with a word.
fn phrase_at(bytes: &[u8], at: usize) -> Option<(Sign, usize)> {
    let first = bytes[at].to_ascii_lowercase();
    let from = PHRASES.partition_point(|(phrase, _)| phrase.as_bytes()[0] < first);
    let alike = PHRASES[from..].iter().take_while(|(phrase, _)| phrase.as_bytes()[0] == first);
    let found = alike.filter(|(phrase, _)| {
        let end = at + phrase.len();
        bytes.get(at..end).is_some_and(|words| words.eq_ignore_ascii_case(phrase.as_bytes()))
            && !bytes.get(end).is_some_and(|next| next.is_ascii_alphabetic() && !next.eq_ignore_ascii_case(&b's'))
    });
    found.max_by_key(|(phrase, _)| phrase.len()).map(|(phrase, sign)| (*sign, at + phrase.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_sorted_and_found_at_the_start_of_words() {
        assert!(PHRASES.is_sorted_by(|a, b| a.0 < b.0));
        let text = "µ. Nature. [Epub ahead of print], unsubmitted; Personal communications";
        let found: Vec<_> = find(text).into_iter().map(|(sign, range)| (sign, &text[range])).collect();
        assert_eq!(found, [(OnlineFirst, "Epub ahead of print"), (Unpublished, "Personal communication")]);
    }
}

//! Telling the name of a reviewer from other words.

/// Whether words can be the name of a person or a board. With a date behind them they may be less sure.
pub(super) fn is_name(words: &str, dated: bool) -> bool {
    let count = words.split_whitespace().count();
    if !(1..=30).contains(&count) || STUDY_BOARDS.iter().any(|board| words.contains(board)) {
        return false;
    }
    let article = words.split_once(' ').is_some_and(|(first, _)| ARTICLES.iter().any(|article| first.eq_ignore_ascii_case(article)));
    if !words.starts_with(char::is_uppercase) && !article {
        return false;
    }
    let small =
        words.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).filter(|word| !PARTICLES.contains(word)).count();
    let allowed = if dated || has_degree(words) || article && is_board(words) {
        8
    } else if article {
        0
    } else {
        2
    };
    small <= allowed
        && (!article
            || dated
            || is_board(words)
            || words.split_whitespace().skip(1).all(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word)))
}

/// A name on a line of its own: with a degree, or two to five words with capitals.
pub(super) fn looks_like_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    has_degree(name) || (2..=5).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Boards that approve a study, not an article.
const STUDY_BOARDS: &[&str] = &["thics", "Institutional Review", "Institutional review", "IRB", "Animal Care"];

const ARTICLES: &[&str] = &["a", "an", "the", "our", "la", "el", "il", "le", "der", "die"];

const PARTICLES: &[&str] =
    &["of", "the", "and", "for", "de", "van", "von", "der", "da", "di", "du", "la", "le", "in", "at", "al", "bin", "a", "by", "y", "med."];

fn is_board(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    [
        "board",
        "team",
        "expert",
        "staff",
        "panel",
        "committee",
        "physician",
        "doctor",
        "pharmacist",
        "editor",
        "professional",
        "reviewer",
        "nurse",
        "clinician",
        "specialist",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Whether a title or degree marks the words as a person's: "Dr", "MD", "PharmD", "M.D.".
pub(super) fn has_degree(words: &str) -> bool {
    words.split([' ', ',', '\u{a0}', ';', '(', ')', '\n', '/']).any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capitals = bare.chars().filter(|c| c.is_uppercase()).count();
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        matches!(bare, "Dr" | "Prof" | "Professor" | "Doctor" | "Dra" | "Dott")
            || (2..=8).contains(&letters) && capitals >= 2 && DEGREES.binary_search(&bare.replace(['.', '-'], "").as_str()).is_ok()
    })
}

/// Degrees, registrations and memberships that stand behind a name, without their punctuation. Sorted.
const DEGREES: &[&str] = &[
    "AGNP", "AGNPC", "APN", "APRN", "ARNP", "AuD", "BAMS", "BCACP", "BCPS", "BDS", "BPharm", "BSN", "BSc", "BScN", "CDCES", "CDE", "CEDS",
    "CNM", "CNP", "CNS", "CPNP", "CRNA", "CRNP", "CSSD", "DACM", "DBH", "DC", "DCN", "DDS", "DMD", "DNB", "DNP", "DO", "DPM", "DPT", "DVM",
    "DipRACOG", "EdD", "FAAD", "FAAFP", "FAAP", "FACC", "FACOG", "FACP", "FACS", "FNP", "FNPBC", "FNPC", "FRACGP", "FRCGP", "FRCP",
    "FRCPC", "FRCS", "IBCLC", "LCSW", "LD", "LDN", "LMFT", "LMHC", "LPC", "MA", "MB", "MBA", "MBBCh", "MBBS", "MBChB", "MCh", "MD", "MEd",
    "MMSc", "MPH", "MPharm", "MRCGP", "MRCP", "MRCPCH", "MRCPsych", "MS", "MSCP", "MSN", "MSPH", "MSW", "MSc", "NBCHWC", "ND", "NP", "NPC",
    "OD", "OTR", "PA", "PAC", "PT", "PhD", "PharmD", "PsyD", "RD", "RDN", "RGN", "RN", "RPh", "ScD", "WHNP",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_degrees_are_sorted() {
        for pair in DEGREES.windows(2) {
            assert!(pair[0] < pair[1], "{} {}", pair[0], pair[1]);
        }
    }
}

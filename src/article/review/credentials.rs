//! Degrees, titles, professions and boards, from `credentials.tsv`.

use std::sync::LazyLock;

/// What a word says about who reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credential {
    /// A degree that makes a doctor, such as MD or PharmD.
    Doctorate,
    /// Any other degree, registration or membership.
    Degree,
    /// "Dr", "Prof".
    Title,
    /// "pharmacist", "cardiolog…".
    Profession,
    /// "Board", "Team", "Hospital": a body and not a person.
    Board,
}

/// The rows, sorted by word.
static TABLE: LazyLock<Vec<(&str, Credential)>> = LazyLock::new(|| {
    let rows = include_str!("credentials.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).filter_map(|(word, kind)| Some((word, Credential::of(kind)?))).collect()
});

impl Credential {
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "doctorate" => Credential::Doctorate,
            "degree" => Credential::Degree,
            "title" => Credential::Title,
            "profession" => Credential::Profession,
            "board" => Credential::Board,
            _ => return None,
        })
    }
}

/// The degree or title that a word is as a whole; periods and hyphens in it do not count: `M.D.`, `PA-C`.
pub(super) fn whole(word: &str) -> Option<Credential> {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let found = TABLE.binary_search_by(|(known, _)| (*known).cmp(bare.as_str())).ok().map(|i| TABLE[i].1)?;
    matches!(found, Credential::Doctorate | Credential::Degree | Credential::Title).then_some(found)
}

/// The profession or body that a word begins as: `Cardiologist`, `University`. A short name of a body is asked as a whole.
pub(super) fn beginning(word: &str) -> Option<Credential> {
    let lower = word.to_lowercase();
    let end = TABLE.partition_point(|(known, _)| *known <= lower.as_str());
    // A beginning sorts before what it begins, and only beginnings of it and their longer kin stand between.
    let near = TABLE[..end].iter().rev().take_while(|(known, _)| known.chars().next() == lower.chars().next());
    let mut begins = near.filter(|(_, kind)| matches!(kind, Credential::Profession | Credential::Board));
    let holds = |&&(known, kind): &&(&str, Credential)| match lower.strip_prefix(known) {
        Some(rest) => kind == Credential::Profession || known.len() > 4 || matches!(rest, "" | "s"),
        None => false,
    };
    begins.find(holds).map(|&(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_unique_and_every_row_is_read() {
        let rows = include_str!("credentials.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(TABLE.len(), rows);
        for pair in TABLE.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} {}", pair[0].0, pair[1].0);
        }
    }

    #[test]
    fn words_are_known_whole_or_by_their_beginning() {
        use Credential::{Board, Degree, Doctorate, Profession, Title};
        let whole_words = [("M.D.", Some(Doctorate)), ("PA-C", Some(Degree)), ("Dr.", Some(Title)), ("Doe", None), ("Board", None)];
        for (word, want) in whole_words {
            assert_eq!(whole(word), want, "{word}");
        }
        let beginnings = [("Cardiologist", Some(Profession)), ("Universität", Some(Board)), ("Team", Some(Board)), ("Teamer", None)];
        for (word, want) in beginnings {
            assert_eq!(beginning(word), want, "{word}");
        }
        assert_eq!(beginning("Fachärztin"), Some(Profession));
    }
}

//! Medicine names: what is known of each, and the longest known name at a place of a text.
//!
//! The names are rows of data: `medicines.tsv` is made from public registers, `ordinary.tsv` by hand, and the files that
//! are embedded are made from them (`cargo test --test lexicon`). Opening the lexicon parses and builds nothing: the
//! automaton is walked where it lies, and an entry is read when its name has been met.

mod beginnings;
mod embedded;
mod own;
mod spelling;
mod substances;
mod walk;

use std::sync::OnceLock;

use fst::raw::Fst;

pub use beginnings::Beginnings;
pub use own::{BadName, NameProblem, OwnKind, OwnName};
pub use substances::{NameList, Variant, Withdrawal, confusable_pairs};

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A nonproprietary name: INN, USAN, BAN or JAN.
    Generic,
    /// A nonproprietary name with its salt or ester, such as `metoprolol succinate`.
    Salt,
    /// The proper name of a biosimilar with its suffix, such as `adalimumab-atto`.
    Biosimilar,
    /// The proper name of another biological product with its suffix.
    Suffixed,
    Brand,
    /// `5-FU`, `HCTZ`.
    Abbreviation,
    /// A combination known by an acronym, such as `FOLFOX`.
    Regimen,
}

impl Kind {
    /// The name is written in lower case and belongs to no firm.
    pub fn is_nonproprietary(self) -> bool {
        matches!(self, Kind::Generic | Kind::Salt | Kind::Biosimilar | Kind::Suffixed)
    }

    /// The name counts only as printed: `ICE` and `ice` are different words.
    fn is_case_sensitive(self) -> bool {
        matches!(self, Kind::Abbreviation | Kind::Regimen)
    }
}

/// Whether a name is on a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Current,
    /// A brand that is no longer sold.
    Former,
    /// A nonproprietary name of a substance that no regulator has approved.
    Unapproved,
}

/// What a name means besides a medicine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guard {
    /// A word of the language or of medicine, such as `Today` or `Intron`.
    Word,
    /// A given name, such as `Camila`.
    GivenName,
    /// A mineral, a vitamin, a food, a substance of the body.
    Substance,
}

/// What is known of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name as it should be written.
    pub name: String,
    pub kind: Kind,
    pub standing: Standing,
    pub guard: Option<Guard>,
    /// A source shows the capitals; else they are a guess.
    pub case_attested: bool,
    /// What it contains, by keys that all variants of a name share (paracetamol has the key `acetaminophen`);
    /// several lists where different products bear one name.
    pub readings: Vec<Vec<String>>,
}

impl Entry {
    /// Every ingredient of every reading, each once.
    pub fn ingredients(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.readings.iter().flatten().map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether the name is met as written here: acronyms by their exact letters, and a short brand not in capitals,
    /// where it is more likely an abbreviation of something else.
    pub fn is_written_as(&self, words: &str) -> bool {
        if self.kind.is_case_sensitive() {
            return words == self.name;
        }
        let shouted = words.len() <= 5 && !words.bytes().any(|b| b.is_ascii_lowercase());
        !shouted || words == self.name
    }
}

/// Which name was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NameId {
    own: bool,
    at: u32,
}

/// The word lists that rules and readers look things up in.
pub struct Lexicon {
    names: Fst<&'static [u8]>,
    beginnings: Beginnings,
    own: Option<own::OwnNames>,
    /// Made when a first word is asked for.
    spelling: OnceLock<spelling::Spelling>,
}

impl Default for Lexicon {
    /// The embedded lexicon.
    fn default() -> Self {
        Self {
            names: Fst::new(embedded::NAMES).expect("the embedded automaton is checked by the tests"),
            beginnings: Beginnings::embedded(embedded::BEGINNINGS),
            own: None,
            spelling: OnceLock::new(),
        }
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("names", &self.names.len()).field("own", &self.own.as_ref().map(|own| own.names().len())).finish()
    }
}

impl Lexicon {
    /// The embedded lexicon with names of the user, which win over embedded ones.
    ///
    /// # Errors
    /// The first row that is not a name.
    pub fn with_extra(rows: impl IntoIterator<Item = OwnName>) -> Result<Self, BadName> {
        let mut lexicon = Lexicon::default();
        let own = own::OwnNames::new(rows, &lexicon)?;
        lexicon.own = Some(own);
        Ok(lexicon)
    }

    /// The longest name that starts at a byte of the text and ends where a word ends, in any case; its end and its id.
    /// White space of any width counts as one space, and hyphens and apostrophes of any form as one.
    pub fn longest_at(&self, text: &str, at: usize) -> Option<(usize, NameId)> {
        let own = self.own.as_ref().and_then(|own| walk::longest(own.names(), text, at));
        let known = if self.beginnings.may_start(text.as_bytes().get(at..)?) { walk::longest(&self.names, text, at) } else { None };
        match (own, known) {
            (Some((end, row)), known) if known.is_none_or(|(other, _)| other <= end) => Some((end, NameId { own: true, at: row as u32 })),
            (_, known) => known.map(|(end, at)| (end, NameId { own: false, at: at as u32 })),
        }
    }

    /// The generic names that a lower-case word is a single letter away from, in order, where the word is no name and no
    /// word itself.
    pub fn misspelled(&self, word: &str) -> Vec<&'static str> {
        let mut names = self.spelling().misspelled(word);
        if !names.is_empty() && self.longest_at(word, 0).is_some() {
            names.clear();
        }
        names
    }

    /// Whether a lower-case word, itself no name, may misspell a name by so many letters.
    pub fn may_misspell(&self, word: &str, name: &str, edits: usize) -> bool {
        self.spelling().is_near(word, name, edits) && self.longest_at(word, 0).is_none()
    }

    fn spelling(&self) -> &spelling::Spelling {
        self.spelling.get_or_init(spelling::Spelling::new)
    }

    /// What is known of a name.
    pub fn entry(&self, id: NameId) -> Entry {
        match &self.own {
            Some(own) if id.own => own.entry(id.at),
            _ => embedded::entry(id.at),
        }
    }

    /// What is known of a whole name.
    pub fn get(&self, name: &str) -> Option<Entry> {
        let (end, id) = self.longest_at(name, 0)?;
        (end == name.len()).then(|| self.entry(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The written form, kind and ingredients of what starts a text.
    fn met(text: &str) -> String {
        let lexicon = Lexicon::default();
        match lexicon
            .longest_at(text, 0)
            .map(|(end, id)| (end, lexicon.entry(id)))
            .filter(|(end, entry)| entry.is_written_as(&text[..*end]))
        {
            Some((end, entry)) => format!("{} = {} {:?} {}", &text[..end], entry.name, entry.kind, entry.ingredients().join("+")),
            None => "nothing".into(),
        }
    }

    #[test]
    fn names_are_met_whole_and_longest_first() {
        let table = [
            ("Keytruda is", "Keytruda = Keytruda Brand pembrolizumab"),
            ("KEYTRUDA®", "KEYTRUDA = Keytruda Brand pembrolizumab"),
            ("Keytrudas", "nothing"),
            ("insulin\n glargine 5 µg", "insulin\n glargine = insulin glargine Generic insulin glargine"),
            ("co‑amoxiclav", "co‑amoxiclav = co-amoxiclav Generic amoxicillin+clavulanic acid"),
            ("adalimumab-atto.", "adalimumab-atto = adalimumab-atto Biosimilar adalimumab"),
            (
                "fam-trastuzumab deruxtecan-nxki,",
                "fam-trastuzumab deruxtecan-nxki = fam-trastuzumab deruxtecan-nxki Suffixed trastuzumab deruxtecan",
            ),
            ("metoprolol succinate", "metoprolol succinate = metoprolol succinate Salt metoprolol"),
            ("sacubitril/valsartan", "sacubitril = sacubitril Generic sacubitril"),
            ("paracetamol", "paracetamol = paracetamol Generic acetaminophen"),
            ("5-FU", "5-FU = 5-FU Abbreviation fluorouracil"),
            ("folfox", "nothing"),
            ("Tylenol with", "Tylenol = Tylenol Brand acetaminophen+chlorpheniramine+codeine+dextromethorphan+guaifenesin+phenylephrine"),
            ("EMLA cream", "nothing"),
            ("µ", "nothing"),
            ("", "nothing"),
        ];
        for (text, want) in table {
            assert_eq!(met(text), want, "on {text}");
        }
    }

    #[test]
    fn every_entry_can_be_read_and_is_found_by_its_name() {
        use fst::Streamer;
        let lexicon = Lexicon::default();
        let mut stream = lexicon.names.stream();
        while let Some((key, at)) = stream.next() {
            let entry = lexicon.entry(NameId { own: false, at: at.value() as u32 });
            assert_eq!(entry.name.to_lowercase().as_bytes(), key);
            assert!(!entry.readings.is_empty() && entry.readings.iter().all(|reading| !reading.is_empty()), "{}", entry.name);
            assert_eq!(lexicon.get(&entry.name), Some(entry));
        }
    }

    #[test]
    fn opening_builds_nothing() {
        let start = std::time::Instant::now();
        for _ in 0..1000 {
            std::hint::black_box(Lexicon::default());
        }
        // 30 ns each; a table parsed or an automaton built would take milliseconds each.
        assert!(start.elapsed() < std::time::Duration::from_millis(200), "{:?}", start.elapsed());
    }
}

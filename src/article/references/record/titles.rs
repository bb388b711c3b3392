//! How alike titles are, whatever their spelling, markup and subtitles.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest title and entry that are compared, in characters of the folded text.
const LONGEST: usize = 400;

/// Fewer characters of a title without its subtitle say too little, unless they are five words.
const ENOUGH: usize = 25;

/// How alike the title of an entry and those of a record are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    /// From 0 to 1, for the best of the record's titles.
    pub score: f64,
    /// The share of the record's words that stand anywhere in the entry.
    pub shared: f64,
    /// The title has three words or fewer.
    pub is_short: bool,
    /// One of the two is a translation, or in another script, so that a difference says nothing.
    pub is_foreign: bool,
}

/// The likeness of an entry and a record; `None` where one of the two has no title.
pub(super) fn likeness(entry: &str, printed: Option<&str>, titles: &[String]) -> Option<Likeness> {
    let printed = printed?;
    let (own, whole) = (fold(printed), fold(entry));
    let mut best: Option<Likeness> = None;
    for title in titles {
        let theirs = fold(title);
        if own.is_empty() || theirs.is_empty() {
            continue;
        }
        let words: Vec<&str> = theirs.split(' ').collect();
        let in_entry: Vec<&str> = whole.split(' ').collect();
        let shared = words.iter().filter(|word| in_entry.contains(word)).count() as f64 / words.len() as f64;
        let likeness = Likeness {
            score: score(&own, &theirs, &whole),
            shared,
            is_short: words.len() <= 3,
            is_foreign: is_translated(printed) || is_translated(title) || is_of_another_script(printed) || is_of_another_script(title),
        };
        if best.is_none_or(|best| likeness.score > best.score) {
            best = Some(likeness);
        }
    }
    best
}

fn score(own: &str, theirs: &str, whole: &str) -> f64 {
    if own == theirs || is_shorter_form(own, theirs) || is_shorter_form(theirs, own) || is_within(theirs, whole) {
        return 1.0;
    }
    let direct = ratio(own, theirs);
    // Where the title was read wrongly, it still stands in the entry.
    if direct >= super::ACCEPTED { direct } else { direct.max(best_window(theirs, whole)) }
}

/// Whether a title is the other one without its subtitle.
fn is_shorter_form(short: &str, long: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' ')) && says_enough(short)
}

/// Whether a title stands in the entry word for word.
fn is_within(title: &str, whole: &str) -> bool {
    says_enough(title) && format!(" {whole} ").contains(&format!(" {title} "))
}

fn says_enough(title: &str) -> bool {
    title.len() >= ENOUGH || title.split(' ').count() >= 5
}

/// The best likeness of a title and as many characters of the entry, from the beginning of a word.
fn best_window(title: &str, whole: &str) -> f64 {
    let length = title.len();
    let starts = std::iter::once(0).chain(whole.match_indices(' ').map(|(at, _)| at + 1));
    let windows = starts.take_while(|start| start + length * 3 / 4 <= whole.len()).map(|start| {
        let end = (start + length).min(whole.len());
        // Folded text is ASCII but for letters of other scripts.
        whole.get(start..end).map_or(0.0, |window| ratio(title, window))
    });
    windows.fold(0.0, f64::max)
}

/// Twice the longest common run of characters in order, over the sum of both lengths.
pub(super) fn ratio(one: &str, other: &str) -> f64 {
    let [one, other] = [one, other].map(|text| text.chars().take(LONGEST).collect::<Vec<char>>());
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let mut row = vec![0_u16; other.len() + 1];
    for a in &one {
        let mut diagonal = 0;
        for (at, b) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    2.0 * f64::from(row[other.len()]) / (one.len() + other.len()) as f64
}

/// The words of a title in small letters without marks, markup, status and house spelling, a space between them.
pub(super) fn fold(title: &str) -> String {
    let title = without_markup(title);
    let title = without_status(&title);
    let mut out = String::with_capacity(title.len());
    for c in title.chars().take(2 * LONGEST).flat_map(char::to_lowercase).nfkd() {
        if is_combining_mark(c) || matches!(c, '\'' | '’' | '‘' | '`') {
            continue;
        }
        if let Some((_, name)) = GREEK.iter().find(|(letter, _)| *letter == c) {
            out.push_str(name);
            continue;
        }
        match c {
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'æ' | 'œ' => out.push('e'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            c if c.is_alphanumeric() => out.push(c),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    let mut folded = out.trim_end().to_owned();
    for (ours, theirs) in SPELLINGS {
        if folded.contains(ours) {
            folded = folded.replace(ours, theirs);
        }
    }
    folded
}

const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('τ', "tau"),
    ('ω', "omega"),
];

/// British spelling and American, each turned into one that need be neither.
const SPELLINGS: &[(&str, &str)] =
    &[("ae", "e"), ("oe", "e"), ("our", "or"), ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("yse", "yze")];

fn without_markup(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let is_tag = tag[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
        match tag.find('>').filter(|end| is_tag && *end < 40) {
            Some(end) => rest = &tag[end + 1..],
            None => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out + rest
}

/// What registries and journals put before a title, and what they put behind it.
fn without_status(title: &str) -> &str {
    let mut rest = title.trim();
    for status in ["retracted article:", "retracted article", "retracted:", "withdrawn:", "expression of concern:", "removed:"] {
        if rest.get(..status.len()).is_some_and(|start| start.eq_ignore_ascii_case(status)) {
            rest = rest[status.len()..].trim_start();
        }
    }
    if let Some(at) = rest.rfind(" [").filter(|_| rest.trim_end_matches('.').ends_with(']')) {
        rest = rest[..at].trim_end();
    }
    rest
}

/// PubMed prints the translation of a title in brackets; authors tell of the language behind it.
fn is_translated(title: &str) -> bool {
    let title = title.trim();
    let lower = title.to_lowercase();
    title.starts_with('[') || lower.contains("[article in ") || lower.contains("[in ") || lower.contains("(in ")
}

fn is_of_another_script(title: &str) -> bool {
    let letters = title.chars().filter(|c| c.is_alphabetic());
    let (mut all, mut latin) = (0, 0);
    for c in letters {
        all += 1;
        latin += usize::from(c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
    }
    all > 0 && latin * 2 < all
}

/// Openings of titles of works about works.
const COMPANIONS: &[&str] = &[
    "review of ",
    "book review",
    "comment on",
    "commentary on",
    "reply to",
    "response to",
    "authors' reply",
    "author's reply",
    "erratum",
    "corrigendum",
    "correction to",
    "correction:",
    "publisher correction",
    "author correction",
    "addendum",
    "editorial on",
    "retraction",
    "retraction note",
    "notice of retraction",
    "expression of concern",
    "re: ",
    "letter to the editor",
];

pub(super) fn opens_as_companion(title: &str) -> bool {
    let lower = title.trim_start_matches(['[', '"', '“']).to_lowercase().replace('’', "'");
    // An article under an expression of concern often has the words before its own title.
    let is_status = lower.starts_with("expression of concern:");
    !is_status && COMPANIONS.iter().any(|opening| lower.starts_with(opening))
}

/// Whether an entry names such a work itself.
pub(super) fn speaks_of_companion(entry: &str) -> bool {
    let lower = entry.to_lowercase().replace('’', "'");
    COMPANIONS.iter().any(|opening| lower.contains(opening.trim_end()))
}

//! How alike titles are, whatever their spelling, markup and subtitles.

mod pattern;

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(super) use pattern::Pattern;

/// The longest title that is compared, in characters of the folded text.
const LONGEST: usize = 400;

/// So much of an entry is looked at; lists of authors are long.
const LONGEST_ENTRY: usize = 4_000;

/// So many titles of a record are looked at: a title has its subtitle, its translation, and seldom more.
const TITLES: usize = 12;

/// Fewer characters of a title without its subtitle say too little, unless they are five words.
const ENOUGH: usize = 25;

/// How alike the title of an entry and those of a record are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    /// From 0 to 1, for the best of the record's titles: of the title that the entry prints, or of what stands in the entry.
    pub score: f64,
    /// The share of the record's words that stand anywhere in the entry.
    pub shared: f64,
    /// The title has three words or fewer.
    pub is_short: bool,
    /// One of the two is a translation, or in another script, so that a difference says nothing.
    pub is_foreign: bool,
    /// Each has a number or letter that the other one has not, as parts and years of one thing have: `Part I`, `hepatitis C`.
    pub is_sibling: bool,
    /// One of the two holds the other one, and more.
    pub is_part: bool,
    /// Word for word, but for misprints, the printed title is that of the record.
    pub is_exact: bool,
}

/// The likeness of an entry and a record; `None` where one of the two has no title.
pub(super) fn likeness(entry: &str, printed: Option<&str>, titles: &[String]) -> Option<Likeness> {
    let printed = printed?;
    let (own, whole) = (fold(printed), folded(entry, LONGEST_ENTRY));
    let in_entry: HashSet<&str> = whole.split(' ').collect();
    let is_foreign = is_translated(printed) || is_of_another_script(printed);
    let mut best: Option<Likeness> = None;
    for title in titles.iter().take(TITLES) {
        let theirs = fold(title);
        if own.is_empty() || theirs.is_empty() {
            continue;
        }
        let words: Vec<&str> = theirs.split(' ').collect();
        let shared = words.iter().filter(|word| in_entry.contains(*word)).count() as f64 / words.len() as f64;
        let (ours_only, theirs_only) = marks_apart(&own, &theirs);
        let likeness = Likeness {
            score: score(&own, &theirs, &whole, shared),
            shared,
            is_short: words.len() <= 3,
            is_foreign: is_foreign || is_translated(title) || is_of_another_script(title),
            is_sibling: ours_only && theirs_only && !holds(&whole, &theirs),
            is_part: holds(&own, &theirs) || holds(&theirs, &own),
            is_exact: !ours_only && !theirs_only && is_worded_alike(&own, &theirs),
        };
        if best.is_none_or(|best| likeness.score > best.score) {
            best = Some(likeness);
        }
    }
    best
}

fn score(own: &str, theirs: &str, whole: &str, shared: f64) -> f64 {
    if own == theirs || is_shorter_form(own, theirs) || is_shorter_form(theirs, own) || says_enough(theirs) && holds(whole, theirs) {
        return 1.0;
    }
    let pattern = Pattern::new(theirs);
    let direct = pattern.ratio(own);
    // Where the title was read wrongly, it still stands in the entry, most of its words unharmed.
    if direct >= super::ACCEPTED || shared < super::BY_CHANCE {
        return direct;
    }
    let window = best_window(&pattern, theirs.len(), whole);
    if window >= super::ACCEPTED { window } else { direct }
}

/// Whether a title is the other one without its subtitle, or without the name of the column before it.
fn is_shorter_form(short: &str, long: &str) -> bool {
    let rest = long.strip_prefix(short).map(|rest| rest.starts_with(' '));
    let is_part = rest.or_else(|| long.strip_suffix(short).map(|rest| rest.ends_with(' ')));
    is_part == Some(true) && says_enough(short)
}

/// Whether whole words of a text are those of another one.
fn holds(text: &str, words: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| c == ' ');
    text.match_indices(words).any(|(at, _)| is_edge(text[..at].chars().next_back()) && is_edge(text[at + words.len()..].chars().next()))
}

fn says_enough(title: &str) -> bool {
    title.len() >= ENOUGH || title.split(' ').count() >= 5
}

/// Whether two titles have the same words, one after the other, but for a letter astray in long ones and for spaces.
fn is_worded_alike(own: &str, theirs: &str) -> bool {
    let unspaced = |text: &str| text.replace(' ', "");
    let is_like = |(one, other): (&str, &str)| one == other || one.len().min(other.len()) > 4 && strsim::osa_distance(one, other) <= 1;
    let is_same_length = own.split(' ').count() == theirs.split(' ').count();
    let opens = |long: &str, short: &str| long.starts_with(short) && is_shorter_form(short, long);
    opens(theirs, own)
        || opens(own, theirs)
        || unspaced(own) == unspaced(theirs)
        || is_same_length && own.split(' ').zip(theirs.split(' ')).all(is_like)
}

/// Whether either title has numbers or letters of its own.
fn marks_apart(own: &str, theirs: &str) -> (bool, bool) {
    let [own, theirs] = [own, theirs].map(|title| title.split(' ').filter_map(mark).collect::<HashSet<_>>());
    (own.difference(&theirs).next().is_some(), theirs.difference(&own).next().is_some())
}

/// A word that tells parts, years and types of one thing apart: a number, in digits, words or Roman, or a letter.
fn mark(word: &str) -> Option<&str> {
    const NUMBERS: &[(&str, &str)] = &[
        ("i", "1"),
        ("one", "1"),
        ("ii", "2"),
        ("two", "2"),
        ("iii", "3"),
        ("three", "3"),
        ("iv", "4"),
        ("four", "4"),
        ("v", "5"),
        ("five", "5"),
        ("vi", "6"),
        ("six", "6"),
        ("vii", "7"),
        ("seven", "7"),
        ("viii", "8"),
        ("eight", "8"),
        ("ix", "9"),
        ("nine", "9"),
        ("x", "10"),
        ("ten", "10"),
        ("xi", "11"),
        ("xii", "12"),
    ];
    let number = || NUMBERS.iter().find(|(written, _)| *written == word).map(|(_, number)| *number);
    if word.bytes().all(|b| b.is_ascii_digit()) { Some(word) } else { number().or((word.len() == 1).then_some(word)) }
}

/// The best likeness of a title and as many characters of the entry, from the beginning of a word.
fn best_window(title: &Pattern, length: usize, whole: &str) -> f64 {
    let starts = std::iter::once(0).chain(whole.match_indices(' ').map(|(at, _)| at + 1));
    let windows = starts.take_while(|start| start + length * 3 / 4 <= whole.len()).map(|start| {
        let end = (start + length).min(whole.len());
        // Folded text is ASCII but for letters of other scripts.
        whole.get(start..end).map_or(0.0, |window| title.ratio(window))
    });
    windows.fold(0.0, f64::max)
}

/// The words of a title in small letters without marks, markup, status and house spelling, a space between them.
pub(super) fn fold(title: &str) -> String {
    folded(title, 2 * LONGEST)
}

/// A text folded, up to so many characters of it.
fn folded(text: &str, longest: usize) -> String {
    let end = text.char_indices().nth(longest).map_or(text.len(), |(end, _)| end);
    let title = without_markup(&text[..end]);
    let title = without_status(&title);
    let mut out = String::with_capacity(title.len());
    for c in title.chars().flat_map(char::to_lowercase).nfkd() {
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
            '&' => out.push_str(if out.ends_with(' ') { "and " } else { " and " }),
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
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
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

const STATUSES: [&str; 10] = [
    "[retracted]",
    "[withdrawn]",
    "retracted article:",
    "retracted article",
    "retracted:",
    "withdrawn article:",
    "withdrawn:",
    "temporary removal:",
    "removed:",
    "expression of concern:",
];

/// What registries and journals put before a title, and what they put behind it.
fn without_status(title: &str) -> &str {
    let mut rest = title.trim();
    for status in STATUSES {
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
    if STATUSES
        .iter()
        .any(|status| status.starts_with('[') && title.get(..status.len()).is_some_and(|start| start.eq_ignore_ascii_case(status)))
    {
        return false;
    }
    let lower = title.to_lowercase();
    title.starts_with('[') || lower.contains("[article in ") || lower.contains("[in ") || lower.contains("(in ")
}

pub(super) fn is_of_another_script(title: &str) -> bool {
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

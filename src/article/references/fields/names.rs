//! One person's name in the forms that reference lists print.

use super::authors::is_group_word;
use super::tokens::{Token, is_dash};
use crate::article::shapes::WordList;

/// A name that was read: it ends before the token `end`.
pub(super) struct Name {
    pub end: usize,
    /// Surname and initials are one word, as in some exports: `SmithAB`.
    pub glued: bool,
}

/// Reads a name at token `i`; `follows` says that it stands behind another author's.
pub(super) fn name(tokens: &[Token<'_>], i: usize, follows: bool) -> Option<Name> {
    family_first(tokens, i).or_else(|| initials_first(tokens, i, follows)).or_else(|| full_name(tokens, i, follows))
}

static PARTICLES: WordList = WordList::new(&[
    "van", "von", "vom", "de", "der", "den", "des", "del", "della", "dello", "di", "da", "das", "do", "dos", "du", "la", "le", "lo", "el",
    "al", "ten", "ter", "te", "'t", "zu", "zur", "zum", "af", "av", "bin", "ibn", "ben", "abu", "st", "saint", "mac", "mc", "d", "o", "e",
    "y", "i", "tot", "op", "in", "het", "’t",
]);

/// Words that open a title or name a body, and are no surname before a capital letter ("Vitamin D", "Hepatitis B").
#[rustfmt::skip]
static NO_SURNAMES: WordList = WordList::new(&[
    "vitamin", "hepatitis", "type", "class", "group", "part", "phase", "influenza", "factor", "protein", "table", "version", "appendix",
    "category", "grade", "world", "the", "a", "on", "chapter", "section", "series", "omega", "coenzyme", "interleukin", "schedule",
    "plan", "apolipoprotein", "complement", "health", "us", "uk", "in",
]);

/// `Surname AB`, `van der Surname A. B.`, `Surname, A. B.`, `SurnameAB`.
fn family_first(tokens: &[Token<'_>], i: usize) -> Option<Name> {
    let mut k = i;
    // A particle before initials is a surname itself: `Du J`, `De PG`.
    let leads = |k: usize| tokens.get(k + 1).is_some_and(|t| t.is_word() && !is_initials(t.text));
    while tokens.get(k).is_some_and(|t| PARTICLES.holds(t.text)) && leads(k) {
        k += 1;
    }
    let particles = k > i;
    let mut words = 0;
    while let Some(token) = tokens.get(k).filter(|t| t.is_word()) {
        if words > 0
            && is_initials(token.text)
            && !(is_surname(token.text) && tokens.get(k + 1).is_some_and(|t| is_initials(t.text) && t.text.len() <= 3))
        {
            break;
        }
        let grouped = tokens.get(k + 1).is_some_and(|t| is_group_word(t.text));
        if words == 0 && is_name_glued(token.text) && !grouped {
            return Some(Name { end: dotted_initials_end(tokens, k + 1).unwrap_or(k + 1), glued: true });
        }
        if words > 0 && is_name_glued(token.text) {
            return Some(Name { end: dotted_initials_end(tokens, k + 1).unwrap_or(k + 1), glued: true });
        }
        let lower_family = words == 0 && !particles && is_lower_surname(tokens, k);
        let inner = words > 0 && PARTICLES.holds(token.text);
        if !(is_surname(token.text) || lower_family || inner) || words == 0 && NO_SURNAMES.holds(token.text) || words >= 4 {
            return None;
        }
        words += 1;
        k += 1;
        if tokens.get(k).is_some_and(|t| t.is('.')) && token.eq("st") {
            k += 1;
        }
    }
    if words == 0 {
        return None;
    }
    let comma = tokens.get(k).is_some_and(|t| t.is(','));
    let suffix_first = comma && tokens.get(k + 1).is_some_and(|t| is_suffix(t.text));
    let at = match () {
        () if suffix_first => {
            k + 2 + usize::from(tokens.get(k + 2).is_some_and(|t| t.is('.'))) + usize::from(tokens.get(k + 2).is_some_and(|t| t.is(',')))
        }
        () if comma => k + 1,
        () => k,
    };
    let end = if comma { dotted_initials_end(tokens, at).or_else(|| comma_initials_end(tokens, at)) } else { initials_end(tokens, at) }?;
    Some(Name { end: suffix_end(tokens, end), glued: false })
}

/// Whether a word is one that surnames begin with in small letters, such as `van`.
pub(in super::super) fn is_particle(word: &str) -> bool {
    PARTICLES.holds(word)
}

/// A surname that lost its capital, as in `lenz H-J`: a lower-case word before initials, among other authors.
fn is_lower_surname(tokens: &[Token<'_>], i: usize) -> bool {
    let among = || i > 0 || tokens.get(2).is_some_and(|t| t.is(',')) && family_first(tokens, 3).is_some();
    among()
        && tokens[i].text.chars().all(char::is_lowercase)
        && tokens.get(i + 1).is_some_and(|t| is_initials(t.text))
        && tokens.get(i + 2).is_some_and(|t| t.is_any(&[',', '.', ';', ':']))
}

/// `A. B. Surname`, and among other authors `AB Surname`.
fn initials_first(tokens: &[Token<'_>], i: usize, follows: bool) -> Option<Name> {
    let dotted = dotted_initials_end(tokens, i);
    let mut k = match dotted {
        Some(end) => end,
        None if follows && tokens.get(i).is_some_and(|t| is_initials(t.text) && t.text.len() <= 4) => i + 1,
        None => return None,
    };
    while tokens.get(k).is_some_and(|t| PARTICLES.holds(t.text)) {
        k += 1;
    }
    let first = k;
    while tokens.get(k).is_some_and(|t| t.is_word() && is_surname(t.text) && k - first < 3) {
        k += 1;
    }
    let closed =
        tokens.get(k).is_none_or(|t| t.is_any(&[',', ';', ':', '(', '.', '&']) || t.any(&["and", "et", "eds", "editors"]) || t.is_gap());
    (k > first && closed).then(|| Name { end: suffix_end(tokens, k), glued: false })
}

/// `Surname, Given M.`, and among other authors `Given M. Surname`: only where what follows shows that it is a name.
fn full_name(tokens: &[Token<'_>], i: usize, follows: bool) -> Option<Name> {
    let word = |k: usize| tokens.get(k).filter(|t| is_given(t.text) && !NO_SURNAMES.holds(t.text) && !is_group_word(t.text));
    let is = |k: usize, marks: &[char]| tokens.get(k).is_some_and(|t| t.is_any(marks));
    let joined = |k: usize| is(k, &['&']) || tokens.get(k).is_some_and(|t| t.eq("and"));
    word(i)?;
    let inverted = is(i + 1, &[',']);
    let end = if inverted {
        word(i + 2)?;
        initials_end(tokens, i + 3).unwrap_or(i + 3)
    } else if follows {
        let initial = usize::from(tokens.get(i + 1).is_some_and(|t| is_initials(t.text)));
        let family = i + 1 + initial + usize::from(initial == 1 && is(i + 2, &['.']));
        word(family)?;
        family + 1
    } else {
        return None;
    };
    let closed = is(end, &[';', '(', '.']) || joined(end) || is(end, &[',']) && (follows || joined(end + 1));
    closed.then_some(Name { end, glued: false })
}

/// A capital letter, then lower-case ones: a given name or a surname written out.
fn is_given(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase)
        && word.chars().count() >= 3
        && chars.all(|c| c.is_lowercase() || is_dash(c) || c == '’' || c == '\'' || c.is_uppercase())
        && word.chars().any(char::is_lowercase)
        && word.chars().filter(|c| c.is_uppercase()).count() <= 2
}

/// One to four capitals, hyphens allowed: `A`, `AB`, `H-J`, `ÉM`.
pub(super) fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|&c| !is_dash(c)).count();
    (1..=4).contains(&letters) && word.chars().all(|c| c.is_uppercase() || is_dash(c))
        || matches!(word, "Ch" | "Yu" | "Th" | "Ph" | "Sh" | "Zh" | "Iu" | "Ya" | "Kh" | "Dj" | "Ye" | "Yo" | "Ju" | "Jr") && word != "Jr"
}

fn is_surname(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_uppercase() || matches!(c, 'd' | 'o') && word.contains(['’', '\'']))
        && word.chars().all(|c| c.is_alphabetic() || is_dash(c) || matches!(c, '’' | '\'' | 'ʼ' | '`' | '‘' | '´' | '\u{300}'..='\u{36f}'))
        && word.chars().count() >= 2
}

/// A surname with its initials glued behind it, once or several times.
pub(super) fn is_name_glued(word: &str) -> bool {
    let mut last_lower = false;
    let mut humps = 0;
    for (n, c) in word.chars().enumerate() {
        if !(c.is_alphabetic() || is_dash(c) || matches!(c, '’' | '\'')) || n == 0 && !c.is_uppercase() {
            return false;
        }
        if c.is_uppercase() && last_lower {
            humps += 1;
        }
        last_lower = c.is_lowercase();
    }
    let tail = word.chars().rev().take_while(|c| c.is_uppercase() || is_dash(*c)).count();
    let scottish =
        (word.starts_with("Mc") || word.starts_with("Mac") || word.starts_with("De") || word.starts_with("La") || word.starts_with("Di"))
            && humps == 1
            && tail == 0;
    humps > 0 && !scottish && (tail > 0 && tail <= 4 || humps > 2)
}

/// The end of initials without a comma before them: `AB`, `A B`, `A. B.`, `A.B.`.
fn initials_end(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    if let Some(end) = dotted_initials_end(tokens, i) {
        // The dot of a last single letter closes the list: `Surname A. Title`.
        let single = end == i + 2 && tokens.get(end).is_none_or(|t| !t.is_any(&[',', ';', '&', ':', '(']) && !t.any(&["and", "et"]));
        return Some(if single { i + 1 } else { end });
    }
    let mut k = i;
    while tokens.get(k).is_some_and(|t| is_initials(t.text) && k - i < 4) {
        k += 1;
    }
    (k > i).then_some(k)
}

/// The end of `A.`, `A. B.`, `A.-B.`, `Ch. B.`.
fn dotted_initials_end(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let mut k = i;
    loop {
        if tokens.get(k).is_some_and(|t| t.text.chars().all(is_dash)) && k > i {
            k += 1;
        }
        if tokens.get(k).is_some_and(|t| is_initials(t.text)) && tokens.get(k + 1).is_some_and(|t| t.is('.')) {
            k += 2;
        } else {
            break;
        }
    }
    (k > i).then_some(k)
}

/// The end of undotted initials behind a comma, where what follows shows that they are: `Surname, AB, …`.
fn comma_initials_end(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let end = (i..i + 3).take_while(|&k| tokens.get(k).is_some_and(|t| is_initials(t.text))).last()? + 1;
    tokens.get(end).is_none_or(|t| t.is_any(&[',', ';', '&', '.', ':', '(']) || t.any(&["and"])).then_some(end)
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Sr" | "II" | "III" | "IV" | "2nd" | "3rd" | "4th" | "JR" | "SR")
}

/// The end of a name with its suffix: `Smith JA Jr`, `Smith, J. A., III`.
fn suffix_end(tokens: &[Token<'_>], i: usize) -> usize {
    let comma = usize::from(tokens.get(i).is_some_and(|t| t.is(',')) && tokens.get(i + 1).is_some_and(|t| is_suffix(t.text)));
    if !tokens.get(i + comma).is_some_and(|t| is_suffix(t.text)) {
        return i;
    }
    let end = i + comma + 1;
    let dot = tokens.get(end).is_some_and(|t| t.is('.')) && tokens.get(end + 1).is_some_and(|t| t.is_any(&[',', '(', ';', '&']));
    end + usize::from(dot)
}

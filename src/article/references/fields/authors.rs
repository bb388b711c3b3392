//! The names an entry begins with.

use std::ops::Range;

use super::tokens::{Token, is_dash};

/// The authors of an entry.
#[derive(Debug, Default)]
pub(super) struct Authors {
    /// Each name as a range of the text.
    pub names: Vec<Range<usize>>,
    /// A group named among or behind the persons.
    pub group: Option<Range<usize>>,
    pub et_al: bool,
    /// The first token behind the authors and the mark that closes them.
    pub end: usize,
    /// The names are closed by a comma, as in "A. B. Smith, Title, Journal 3 (2001) 4".
    pub comma: bool,
}

/// Reads the persons at the start of `tokens`.
pub(super) fn read(tokens: &[Token<'_>]) -> Authors {
    let mut out = Authors::default();
    let mut i = 0;
    while let Some(name) = name(tokens, i, !out.names.is_empty()) {
        out.names.push(tokens[i].start..tokens[name.end - 1].end());
        i = name.end;
        out.comma = false;
        let glued = name.glued;
        let separated = separator(tokens, i);
        if let Some(end) = et_al(tokens, i).or_else(|| et_al(tokens, separated)) {
            out.et_al = true;
            i = end;
            let next = separator(tokens, i);
            if let Some(end) = group(tokens, next).filter(|_| next > i) {
                out.group = Some(tokens[next].start..tokens[end - 1].end());
                i = end;
            }
            break;
        }
        if separated > i {
            if self::name(tokens, separated, true).is_some() {
                i = separated;
                continue;
            }
            if let Some(end) = group(tokens, separated) {
                out.group = Some(tokens[separated].start..tokens[end - 1].end());
                i = end;
                break;
            }
            out.comma = tokens[i].is(',');
            break;
        }
        // `PenaL. L.ApsteinC. S.` of some exports: the next name is glued to the dot.
        let dot = usize::from(tokens.get(i).is_some_and(|t| t.is('.')));
        if !(glued && tokens.get(i + dot).is_some_and(|t| is_name_glued(t.text) && (dot == 0 || !t.spaced))) {
            break;
        }
        i += dot;
    }
    let dated = tokens.get(i).is_some_and(|t| super::is_year(t.text));
    if out.names.len() == 1 && !out.et_al && !dated && !is_closed(tokens, i) {
        return Authors::default();
    }
    out.end = skip_editors(tokens, i);
    out
}

/// Whether a single name is closed as a list of authors is, and does not run on into words.
fn is_closed(tokens: &[Token<'_>], i: usize) -> bool {
    tokens.get(i).is_none_or(|t| t.is_any(&['.', ':', ',', ';', '(', '&', '[']) || t.is_gap() || t.is_capital() || t.any(&["and"]))
}

struct Name {
    end: usize,
    /// Surname and initials are one word, as in some exports: `SmithAB`.
    glued: bool,
}

fn name(tokens: &[Token<'_>], i: usize, follows: bool) -> Option<Name> {
    let end = family_first(tokens, i).or_else(|| initials_first(tokens, i, follows)).or_else(|| full_name(tokens, i, follows))?;
    Some(end)
}

const PARTICLES: &[&str] = &[
    "van", "von", "vom", "de", "der", "den", "des", "del", "della", "dello", "di", "da", "das", "do", "dos", "du", "la", "le", "lo", "el",
    "al", "ten", "ter", "te", "'t", "zu", "zur", "zum", "af", "av", "bin", "ibn", "ben", "abu", "st", "saint", "mac", "mc", "d", "o", "e",
    "y", "i", "tot", "op", "in", "het", "’t",
];

/// Words that open a title or name a body, and are no surname before a capital letter ("Vitamin D", "Hepatitis B").
const NO_SURNAMES: &[&str] = &[
    "vitamin",
    "hepatitis",
    "type",
    "class",
    "group",
    "part",
    "phase",
    "influenza",
    "factor",
    "protein",
    "table",
    "version",
    "appendix",
    "category",
    "grade",
    "world",
    "the",
    "a",
    "on",
    "chapter",
    "section",
    "series",
    "omega",
    "coenzyme",
    "interleukin",
    "schedule",
    "plan",
    "apolipoprotein",
    "complement",
    "health",
    "us",
    "uk",
    "in",
];

/// `Surname AB`, `van der Surname A. B.`, `Surname, A. B.`, `SurnameAB`.
fn family_first(tokens: &[Token<'_>], i: usize) -> Option<Name> {
    let mut k = i;
    // A particle before initials is a surname itself: `Du J`, `De PG`.
    let leads = |k: usize| tokens.get(k + 1).is_some_and(|t| t.is_word() && !is_initials(t.text));
    while tokens.get(k).is_some_and(|t| t.any(PARTICLES)) && leads(k) {
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
        let inner = words > 0 && token.any(PARTICLES);
        if !(is_surname(token.text) || lower_family || inner) || words == 0 && token.any(NO_SURNAMES) || words >= 4 {
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

/// A surname that lost its capital, as in `lenz H-J`: a lower-case word before initials, among other authors.
fn is_lower_surname(tokens: &[Token<'_>], i: usize) -> bool {
    i > 0
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
    while tokens.get(k).is_some_and(|t| t.any(PARTICLES)) {
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

/// `Gary M Abrams,` and `Surname, Given M.`; only where another name or the year shows that it is one.
fn full_name(tokens: &[Token<'_>], i: usize, follows: bool) -> Option<Name> {
    let word = |k: usize| tokens.get(k).filter(|t| is_given(t.text) && !t.any(NO_SURNAMES) && !is_group_word(t.text));
    let (first, second) = (word(i)?, tokens.get(i + 1)?);
    let mut k = if second.is(',') {
        word(i + 2)?;
        i + 3
    } else if second.is_word() && !follows {
        return None;
    } else if second.is_word() && (is_initials(second.text) || is_given(second.text)) {
        i + 1 + usize::from(is_initials(second.text))
    } else {
        return None;
    };
    let _ = first;
    if second.is(',') {
        if let Some(end) = initials_end(tokens, k) {
            k = end;
        }
    } else {
        k += usize::from(tokens.get(k).is_some_and(|t| t.is('.')));
        word(k)?;
        k += 1;
    }
    let closed = tokens
        .get(k)
        .is_some_and(|t| t.is_any(&[';', '&', '(']) || t.any(&["and"]) || t.is(',') || t.is('.') && (follows || second.is(',')));
    let grouped = !second.is(',') || tokens[i..k].iter().all(|t| !is_group_word(t.text));
    let known = follows
        || tokens.get(k).is_some_and(|t| {
            t.is_any(&[';', '(', '.']) || t.any(&["and"]) || t.is(',') && tokens.get(k + 1).is_some_and(|t| t.any(&["and"]) || t.is('&'))
        });
    (closed && grouped && known).then_some(Name { end: k, glued: false })
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
fn is_name_glued(word: &str) -> bool {
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

/// The end of `, `, `; `, ` & `, `, and ` and the like; `i` itself where there is none.
fn separator(tokens: &[Token<'_>], i: usize) -> usize {
    let dot = |k: usize| tokens.get(k).is_some_and(|t| t.is('.'));
    let mut k = i;
    while let Some(token) = tokens.get(k) {
        let dots = dot(k) && (dot(k + 1) || k > i && dot(k - 1));
        let joins = token.is_any(&[',', ';', '&', '…']) || token.any(&["and", "und", "y", "et"]) || dots;
        if !joins || et_al(tokens, k).is_some() {
            break;
        }
        k += 1;
    }
    k
}

/// The end of "et al", "and others", "and colleagues" at `i`.
fn et_al(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let first = tokens.get(i)?;
    let second = tokens.get(i + 1);
    if first.eq("etal") {
        return Some(i + 1);
    }
    let found = first.eq("et") && second.is_some_and(|t| t.any(&["al", "alii", "ai", "coll"]))
        || first.any(&["and", "&"]) && second.is_some_and(|t| t.any(&["others", "colleagues"]))
        || first.is('&') && second.is_some_and(|t| t.eq("others"));
    found.then_some(i + 2)
}

const GROUP_WORDS: &[&str] = &[
    "group",
    "groups",
    "investigators",
    "collaborators",
    "collaboration",
    "collaborative",
    "consortium",
    "committee",
    "network",
    "team",
    "trialists",
    "society",
    "association",
    "initiative",
    "study",
    "trial",
    "federation",
    "council",
    "department",
    "ministry",
    "organization",
    "organisation",
    "agency",
    "institute",
    "institutes",
    "institution",
    "college",
    "academy",
    "administration",
    "board",
    "foundation",
    "centre",
    "center",
    "centers",
    "centres",
    "service",
    "services",
    "office",
    "commission",
    "union",
    "university",
    "hospital",
    "bureau",
    "authority",
    "panel",
    "force",
    "program",
    "programme",
    "inc",
    "ltd",
    "corporation",
    "company",
    "llc",
    "gmbh",
    "ag",
    "plc",
    "pharmaceuticals",
    "nations",
    "bank",
    "government",
    "register",
    "registry",
    "survey",
    "forum",
    "alliance",
    "school",
    "faculty",
    "secretariat",
    "observatory",
    "statistics",
    "treasury",
    "project",
    "laboratories",
    "laboratory",
    "pharma",
    "division",
    "associates",
    "members",
    "workshop",
    "unit",
    "working",
];

/// Whether a word is one that names of bodies are made of.
pub(super) fn is_group_word(word: &str) -> bool {
    GROUP_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The end of a group named behind persons: up to the mark that closes the list, if it is short and reads like a body.
fn group(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let end = (i..tokens.len().min(i + 16)).find(|&k| tokens[k].is_any(&['.', ':', '(']) || tokens[k].is_gap())?;
    let named = tokens[i..end].iter().any(|t| is_group_word(t.text)) && tokens[i..end].iter().any(Token::is_capital);
    (end > i && named).then_some(end)
}

/// Behind the names: `(eds)`, `, editors`, and the marks that close the list.
fn skip_editors(tokens: &[Token<'_>], i: usize) -> usize {
    let mut k = i;
    while let Some(token) = tokens.get(k) {
        let editors = token.any(&["eds", "ed", "editors", "editor", "hrsg"])
            || token.is('(') && tokens.get(k + 1).is_some_and(|t| t.any(&["eds", "ed", "editors", "editor"]));
        let closes = token.is_any(&['.', ':', ',', ';']) || token.is(')') && k > i;
        if !(editors || closes) {
            break;
        }
        k += 1;
    }
    k
}

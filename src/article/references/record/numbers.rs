//! Whether volume and first page agree.

use super::Agreement;
use crate::article::references::Fields;
use crate::world::Work;

/// The volume: by its number, as supplements are written in many ways.
pub(super) fn volume(fields: &Fields, work: &Work) -> Agreement {
    let printed = fields.volume.as_ref().and_then(|volume| numbered(&volume.text));
    let theirs = work.volume.as_deref().and_then(numbered).filter(|volume| *volume != 0);
    let (Some(printed), Some(theirs)) = (printed, theirs) else { return Agreement::Unknown };
    // Volumes that came out together have two numbers, `12-13`, of which an entry prints one.
    let both = |volume: Option<&str>| {
        volume.map_or(Vec::new(), |volume| volume.split(DASHES).flat_map(|part| part.split('/')).filter_map(number).collect())
    };
    let [ours_all, theirs_all]: [Vec<u32>; 2] =
        [both(fields.volume.as_ref().map(|volume| volume.text.as_str())), both(work.volume.as_deref())];
    if ours_all.iter().any(|volume| theirs_all.contains(volume)) {
        return Agreement::Agrees;
    }
    // Some journals have only issues, which one of the two calls volumes; some number volumes by years, and some within a year,
    // which archives count through later.
    let is_issue = |issue: Option<&str>, volume| issue.and_then(number) == Some(volume);
    let is_swapped = is_issue(work.issue.as_deref(), printed) || is_issue(fields.issue.as_ref().map(|issue| issue.text.as_str()), theirs);
    let is_year = [printed, theirs].into_iter().any(|volume| (1900..2100).contains(&volume));
    let is_within_year = printed.min(theirs) <= 2 && printed.max(theirs) > 100;
    if is_swapped || is_year || is_within_year { Agreement::Unknown } else { Agreement::Differs(theirs.to_string()) }
}

/// The first page. Numbers of articles are written with letters or without, and records made before the issue was count from 1.
pub(super) fn first_page(fields: &Fields, work: &Work) -> Agreement {
    let (Some(printed), Some(theirs)) = (fields.pages.as_ref().map(|pages| pages.text.as_str()), work.pages.as_deref()) else {
        return Agreement::Unknown;
    };
    let (Some(own_first), Some(their_first)) = (first(printed), first(theirs)) else { return Agreement::Unknown };
    if own_first == their_first {
        return Agreement::Agrees;
    }
    // Pages of supplements and of what is only online have letters, which one of the two may leave out.
    let is_plain = |pages: &str| pages.contains(DASHES) && pages.trim_start().starts_with(|c: char| c.is_ascii_digit());
    // A page within the work is cited at times.
    let is_within = last(theirs, their_first).is_some_and(|last| (their_first..=last).contains(&own_first));
    let is_comparable = is_plain(printed) && is_plain(theirs) && their_first > 1 && !is_within;
    if is_comparable { Agreement::Differs(theirs.to_owned()) } else { Agreement::Unknown }
}

const DASHES: [char; 5] = ['-', '–', '‐', '‑', '−'];

/// The number that a volume begins with; `Suppl 1` has none.
fn numbered(volume: &str) -> Option<u32> {
    let volume = volume.trim_start();
    let letters = volume.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(volume.len());
    let is_named = volume[..letters].is_empty() || ["v", "vol", "volume"].iter().any(|name| volume[..letters].eq_ignore_ascii_case(name));
    let rest = volume[letters..].trim_start_matches(['.', ' ', '\u{a0}']);
    (is_named && rest.starts_with(|c: char| c.is_ascii_digit())).then(|| number(rest))?
}

/// The first number of a text, up to nine digits.
fn number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

fn first(pages: &str) -> Option<u32> {
    number(pages.split(DASHES).next()?.split(',').next()?)
}

/// The last page, with the digits that `3687-94` leaves out.
fn last(pages: &str, first: u32) -> Option<u32> {
    let (_, last) = pages.split_once(DASHES)?;
    let last = number(last)?;
    let unit = 10_u32.checked_pow(last.checked_ilog10()? + 1)?;
    Some(if last < first { first - first % unit + last } else { last })
}

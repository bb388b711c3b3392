//! Whether volume and first page agree.

use super::Agreement;
use crate::article::references::Fields;
use crate::world::Work;

/// The volume: by its number, as supplements are written in many ways.
pub(super) fn volume(fields: &Fields, work: &Work) -> Agreement {
    let printed = fields.volume.as_ref().and_then(|volume| number(&volume.text));
    let theirs = work.volume.as_deref().and_then(number).filter(|volume| *volume != 0);
    match (printed, theirs) {
        (Some(printed), Some(theirs)) if printed == theirs => Agreement::Agrees,
        // Some journals have only issues, which one of the two calls volumes; some number volumes by years.
        (Some(printed), Some(theirs)) => {
            let is_issue = work.issue.as_deref().and_then(number) == Some(printed);
            let is_year = [printed, theirs].into_iter().any(|volume| (1900..2100).contains(&volume));
            if is_issue || is_year { Agreement::Unknown } else { Agreement::Differs(theirs.to_string()) }
        }
        _ => Agreement::Unknown,
    }
}

/// The first page. Numbers of articles are written with letters or without, and records made before the issue was count from 1.
pub(super) fn first_page(fields: &Fields, work: &Work) -> Agreement {
    let printed = fields.pages.as_ref().and_then(|pages| first(&pages.text));
    let theirs = work.pages.as_deref().and_then(|pages| Some((first(pages)?, pages)));
    match (printed, theirs) {
        (Some(printed), Some((theirs, _))) if printed == theirs => Agreement::Agrees,
        (Some(printed), Some((theirs, pages))) => {
            let is_range = |pages: &str| pages.contains(['-', '–']);
            let comparable = is_range(pages) && fields.pages.as_ref().is_some_and(|own| is_range(&own.text)) && theirs > 1;
            // A page within the work is cited at times.
            let within = last(pages, theirs).is_some_and(|last| (theirs..=last).contains(&printed));
            if comparable && !within { Agreement::Differs(pages.to_owned()) } else { Agreement::Unknown }
        }
        _ => Agreement::Unknown,
    }
}

/// The first number of a text, up to nine digits.
fn number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

fn first(pages: &str) -> Option<u32> {
    number(pages.split(['-', '–', ',']).next().unwrap_or_default())
}

/// The last page, with the digits that `3687-94` leaves out.
fn last(pages: &str, first: u32) -> Option<u32> {
    let (_, last) = pages.split_once(['-', '–'])?;
    let last = number(last)?;
    let unit = 10_u32.checked_pow(last.checked_ilog10()? + 1)?;
    Some(if last < first { first - first % unit + last } else { last })
}

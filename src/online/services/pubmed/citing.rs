//! ECitMatch: numbers of PubMed for journal, year, volume, first page and author. It may give the number of another work where
//! only these fit, so that what comes of it is a record to compare, never a number to believe.

use super::super::words::{escaped, phrase};
use super::super::{each, refused};
use super::{SOUGHT, TOGETHER, records};
use crate::online::questions::Printed;
use crate::online::wire::{Request, Unknown, Wire};
use crate::world::{Answer, Service, Work};

/// How many works are looked at for an entry: as many as one call takes for all the entries that are asked for together.
const OFFERED: usize = TOGETHER / SOUGHT;

/// What PubMed says to one line of a question.
enum Match {
    Pmids(Vec<u32>),
    Nothing,
    Several,
}

/// The works that PubMed offers for entries that have a [`line()`].
pub(in crate::online) async fn by_citation(wire: &Wire, entries: &[&Printed]) -> Vec<Answer<Vec<Work>>> {
    each(entries.len(), offered(wire, entries).await)
}

async fn offered(wire: &Wire, entries: &[&Printed]) -> Result<Vec<Answer<Vec<Work>>>, Unknown> {
    let lines = entries.iter().enumerate().map(|(key, entry)| format!("{}{key}|", line(entry).unwrap_or_default()));
    let lines = lines.collect::<Vec<_>>().join("\r");
    let path = format!("ecitmatch.cgi?db=pubmed&retmode=xml&bdata={}", escaped(&lines));
    // The answer is lines of text, whatever it is asked for.
    let reply = wire.ask(Service::Pubmed, Request { path, form: None, accept: "" }).await?;
    if reply.status != 200 {
        return Err(refused(Service::Pubmed, reply.status));
    }
    let mut matches: Vec<Option<Match>> = entries.iter().map(|_| None).collect();
    for line in String::from_utf8_lossy(&reply.body).lines() {
        if let Some((key, told)) = matched(line)
            && let Some(place) = matches.get_mut(key)
        {
            *place = Some(told);
        }
    }
    let pmids: Vec<u32> = matches.iter().flatten().flat_map(Match::pmids).copied().collect();
    let works = records(wire, &pmids).await?;
    let answer = |told: Option<Match>| match told {
        Some(Match::Pmids(pmids)) => {
            Answer::Found(pmids.iter().filter_map(|pmid| works.iter().find(|work| work.pmid == Some(*pmid))).cloned().collect())
        }
        Some(Match::Nothing) => Answer::NotFound,
        Some(Match::Several) => Answer::Unknown("PubMed finds several works for it".into()),
        None => Answer::Unknown("PubMed left the question out of its answer".into()),
    };
    Ok(matches.into_iter().map(answer).collect())
}

/// What PubMed is asked for an entry: `journal|year|volume|first page|author|`. Without journal, year, volume and page there is
/// nothing to ask.
pub(in crate::online) fn line(entry: &Printed) -> Option<String> {
    let first_page = entry.pages.as_deref()?.split(['-', '–', '—', '‑', ',', ';', ' ']).next().filter(|page| !page.is_empty())?;
    let parts = [entry.container.as_deref()?, entry.year.as_deref()?, entry.volume.as_deref()?, first_page];
    let author = entry.author.as_deref().map(author).unwrap_or_default();
    let parts = parts.map(phrase);
    parts.iter().all(|part| !part.is_empty()).then(|| format!("{}|{author}|", parts.join("|")))
}

/// An author as PubMed writes one: `Marlow AB`, also where `Marlow, Ann B.` is printed.
fn author(printed: &str) -> String {
    match printed.split_once(',') {
        Some((family, given)) => {
            let initials = given.split([' ', '.', '-']).filter_map(|name| name.chars().next()).collect::<String>();
            format!("{} {initials}", phrase(family)).trim_end().to_owned()
        }
        None => phrase(printed),
    }
}

/// The key and the answer of `journal|year|volume|page|author|key|answer`.
fn matched(line: &str) -> Option<(usize, Match)> {
    let mut parts = line.trim_end().rsplitn(3, '|');
    let (told, key) = (parts.next()?.trim(), parts.next()?.trim().parse().ok()?);
    let numbers = |text: &str| text.split([',', ';', ' ']).filter_map(|number| number.parse().ok()).take(OFFERED).collect::<Vec<u32>>();
    let told = match told.strip_prefix("AMBIGUOUS").map(str::trim) {
        // `AMBIGUOUS (3 citations)` tells no numbers.
        Some(several) if several.starts_with('(') || numbers(several).is_empty() => Match::Several,
        Some(several) => Match::Pmids(numbers(several)),
        None if told.starts_with("NOT_FOUND") => Match::Nothing,
        None => Match::Pmids(vec![told.parse().ok()?]),
    };
    Some((key, told))
}

impl Match {
    fn pmids(&self) -> &[u32] {
        match self {
            Match::Pmids(pmids) => pmids,
            Match::Nothing | Match::Several => &[],
        }
    }
}

//! A record of PubMed: an article of a journal, or a chapter of a book on NCBI's shelf.

use jiff::civil::Date;

use super::super::notices::Connection;
use super::super::tree::Element;
use super::super::words::{add, doi, plain, pmcid, pubmed_title, rising, year, years};
use crate::world::{Author, Identifier, Notice, NoticeKind, Work, WorkKind};

/// The stages in the history of a record that are days of publication, or near it.
const PUBLISHED: &[&str] = &["aheadofprint", "ecollection", "epublish", "ppublish", "pubmed"];

/// The work of an element of an answer; `None` for one that is no record, or does not tell its number.
pub(super) fn work(element: &Element) -> Option<Work> {
    match element.name() {
        "PubmedArticle" => article(element),
        "PubmedBookArticle" => chapter(element),
        _ => None,
    }
}

fn article(element: &Element) -> Option<Work> {
    let citation = element.one("MedlineCitation")?;
    let nothing = Element::default();
    let article = citation.one("Article").unwrap_or(&nothing);
    let kinds: Vec<String> = article.all("PublicationTypeList/PublicationType").iter().map(|kind| kind.text()).collect();
    let mut containers = Vec::new();
    for path in ["Article/Journal/Title", "MedlineJournalInfo/MedlineTA", "Article/Journal/ISOAbbreviation"] {
        add(&mut containers, citation.words(path).map(|name| plain(&name)).unwrap_or_default());
    }
    let history = element.all("PubmedData/History/PubMedPubDate").into_iter();
    let dates = [article.all("Journal/JournalIssue/PubDate"), article.all("ArticleDate")].concat();
    let dates =
        dates.into_iter().chain(history.filter(|date| date.attribute("PubStatus").is_some_and(|status| PUBLISHED.contains(&status))));
    let elsewhere = article.all("ELocationID").into_iter().find(|place| place.attribute("EIdType") == Some("doi"));
    let mut work = Work {
        doi: id(element, "PubmedData", "doi").or_else(|| Some(elsewhere?.text())).and_then(|text| doi(&text)),
        pmid: Some(citation.words("PMID")?.parse().ok()?),
        pmcid: id(element, "PubmedData", "pmc").and_then(|text| pmcid(&text)),
        kind: if kinds.iter().any(|kind| kind == "Preprint") { WorkKind::Preprint } else { WorkKind::Article },
        titles: titles(&[article.one("ArticleTitle"), article.one("VernacularTitle")]),
        authors: authors(&article.all("AuthorList/Author")),
        years: rising(dates.flat_map(years_of)),
        containers,
        volume: article.words("Journal/JournalIssue/Volume"),
        issue: article.words("Journal/JournalIssue/Issue"),
        pages: pages(article),
        ..Work::default()
    };
    for connection in citation.all("CommentsCorrectionsList/CommentsCorrections") {
        connect(&mut work, connection);
    }
    if kinds.iter().any(|kind| kind == "Retracted Publication") {
        work.retract();
    }
    Some(work)
}

fn chapter(element: &Element) -> Option<Work> {
    let document = element.one("BookDocument")?;
    let title = document.one("ArticleTitle");
    let own: Vec<&Element> = document.all("AuthorList").into_iter().filter(|list| list.attribute("Type") != Some("editors")).collect();
    let book = || document.all("Book/AuthorList");
    let lists = if own.is_empty() { book() } else { own };
    let mut containers = Vec::new();
    for path in ["Book/BookTitle", "Book/CollectionTitle", "Book/Publisher/PublisherName"] {
        // A book is not within itself.
        let name = document.words(path).filter(|_| title.is_some() || !path.ends_with("BookTitle"));
        add(&mut containers, name.map(|name| plain(&name)).unwrap_or_default());
    }
    let dates = ["Book/PubDate", "Book/BeginningDate", "Book/EndingDate", "ContributionDate", "DateRevised"];
    Some(Work {
        doi: document
            .all("ArticleIdList/ArticleId")
            .into_iter()
            .find(|id| id.attribute("IdType") == Some("doi"))
            .and_then(|id| doi(&id.text())),
        pmid: Some(document.words("PMID")?.parse().ok()?),
        kind: if title.is_some() { WorkKind::Chapter } else { WorkKind::Book },
        titles: titles(&[title.or_else(|| document.one("Book/BookTitle")), document.one("VernacularTitle")]),
        authors: authors(&lists.into_iter().flat_map(|list| list.all("Author")).collect::<Vec<_>>()),
        years: rising(dates.iter().flat_map(|path| document.all(path)).flat_map(years_of)),
        containers,
        pages: pages(document),
        ..Work::default()
    })
}

/// An identifier of the work itself: its references have some too, further below.
fn id(element: &Element, part: &str, kind: &str) -> Option<String> {
    let ids = element.all(&format!("{part}/ArticleIdList/ArticleId"));
    ids.into_iter().find(|id| id.attribute("IdType") == Some(kind)).map(Element::text)
}

fn titles(elements: &[Option<&Element>]) -> Vec<String> {
    let mut titles = Vec::new();
    for title in elements.iter().flatten() {
        add(&mut titles, pubmed_title(&title.text()).unwrap_or_default());
    }
    titles
}

fn authors(elements: &[&Element]) -> Vec<Author> {
    // A spelling that was corrected stays in the record, and is marked so.
    elements
        .iter()
        .filter(|author| author.attribute("ValidYN") != Some("N"))
        .filter_map(|author| {
            if let Some(group) = author.words("CollectiveName") {
                return Some(Author { family: plain(&group).trim_end_matches('.').to_owned(), given: String::new(), is_group: true });
            }
            let given = author.words("ForeName").or_else(|| author.words("Initials")).unwrap_or_default();
            Some(Author { family: plain(&author.words("LastName")?), given: plain(&given), is_group: false })
        })
        .collect()
}

/// The years of a date in parts, or in words, as `<MedlineDate>1998 Dec-1999 Jan</MedlineDate>`.
fn years_of(date: &Element) -> Vec<u16> {
    let told = date.words("Year").and_then(|text| year(text.parse().ok()?));
    let words = date.words("MedlineDate").unwrap_or_default();
    told.into_iter().chain(years(&words)).collect()
}

fn pages(record: &Element) -> Option<String> {
    record.words("Pagination/MedlinePgn").or_else(|| {
        let first = record.words("Pagination/StartPage")?;
        Some(record.words("Pagination/EndPage").map_or_else(|| first.clone(), |last| format!("{first}-{last}")))
    })
}

/// Takes what was published about the work, or what it was published about.
fn connect(work: &mut Work, connection: &Element) {
    let Some(meaning) = connection.attribute("RefType").and_then(Connection::named) else { return };
    let pmid = connection.words("PMID").and_then(|pmid| pmid.parse().ok());
    let source = connection.words("RefSource").unwrap_or_default();
    match meaning {
        // A preprint is updated by its published version.
        Connection::Notice(NoticeKind::NewVersion) if work.kind == WorkKind::Preprint => work.published_as = doi(&source),
        Connection::Notice(kind) => work.notify(Notice { kind, doi: doi(&source), pmid, day: day(&source) }),
        Connection::NoticeOf => {
            if let Some(about) = pmid.map(Identifier::Pmid).or_else(|| doi(&source).map(Identifier::Doi)) {
                work.concerns(about);
            }
        }
    }
}

/// The day in a source such as `Lancet. 2010 Feb 6;375(9713):445`.
fn day(source: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = source.split([' ', ';', '.', ':']).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|words| {
        let month = MONTHS.iter().position(|month| *month == words[1])?;
        Date::new(words[0].parse().ok()?, i8::try_from(month + 1).ok()?, words[2].parse().ok()?).ok()
    })
}

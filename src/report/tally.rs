//! What was read and what was found: one line per article, and one for the run.

use serde::{Deserialize, Serialize};

use super::{Summary, count_of, one_line};
use crate::record::Counts;

/// A file that was asked for and could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub path: String,
    pub message: String,
}

impl Unread {
    /// What is said of it beside findings, on one line.
    pub fn told(&self) -> String {
        format!("This file could not be checked: {}", one_line(&self.message))
    }

    /// What it is known by on every run, as a [finding](crate::record::Remark::fingerprint) is.
    pub fn fingerprint(&self) -> String {
        crate::record::fingerprint(&[super::UNREAD, &self.path])
    }
}

/// What was read and found so far, or in all.
#[derive(Debug, Default)]
pub struct Tally {
    pub articles: Vec<Summary>,
    pub unread: Vec<Unread>,
    /// Which articles were asked for, where not all were: `changed since main`.
    pub only: Option<String>,
}

impl Tally {
    /// The findings of all articles by severity.
    pub fn counts(&self) -> Counts {
        self.articles.iter().map(|article| article.counts).sum()
    }

    /// The sum of a figure over the articles.
    pub fn sum(&self, figure: impl Fn(&Summary) -> usize) -> usize {
        self.articles.iter().map(figure).sum()
    }

    /// The closing line: what was read, and what was found in it.
    pub fn line(&self) -> String {
        let mut found = in_words(self.counts());
        let beside = [
            (self.sum(|article| article.silenced), "silenced by comments"),
            (self.sum(|article| article.accepted), "accepted by the baseline"),
            (self.sum(|article| article.older), "not new"),
        ];
        let beside: Vec<String> =
            beside.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if !beside.is_empty() {
            found += &format!(" ({})", beside.join(", "));
        }
        let fixed = self.sum(|article| article.fixed);
        if fixed > 0 {
            found += &format!("; {fixed} fixed");
        }
        let (looked_up, unchecked) = (self.sum(|article| article.looked_up), self.sum(|article| article.unchecked));
        if looked_up > 0 {
            found += &format!("; {} looked up online", count_of(looked_up, "source"));
        }
        if unchecked > 0 {
            found += &format!(", of which {unchecked} could not be checked in full");
        }
        let unread = match self.unread.len() {
            0 => String::new(),
            count => format!("; {} could not be checked", count_of(count, "file")),
        };
        if self.articles.is_empty() {
            let none = self.only.as_ref().map_or("0 articles".to_owned(), |only| format!("no article {only}"));
            return none + &unread;
        }
        format!("{}; {found}{unread}", self.read())
    }

    fn read(&self) -> String {
        let references = count_of(self.sum(|article| article.references), "reference");
        let groups = count_of(self.sum(|article| article.citations), "citation group");
        let medicines = count_of(self.sum(|article| article.medicines), "medicine");
        let only = self.only.as_ref().map_or(String::new(), |only| format!(" {only}"));
        match self.articles.as_slice() {
            [article] => {
                let style = if article.citations > 0 { format!(" ({})", article.style) } else { String::new() };
                let reviewed = article.reviewed.as_ref().map_or("no review date".into(), |date| format!("reviewed {date}"));
                format!("1 article{only}: {references}, {groups}{style}, {reviewed}, {medicines}")
            }
            articles => {
                let count = |lacks: fn(&Summary) -> bool| articles.iter().filter(|article| lacks(article)).count();
                let listless = count(|article| article.references == 0);
                let undated = count(|article| article.reviewed.is_none());
                format!(
                    "{}{only}: {references}, {groups}, {medicines}; {listless} without a reference list, {undated} without a review date",
                    count_of(articles.len(), "article")
                )
            }
        }
    }
}

/// `9 errors, 21 warnings`; what there is none of is not named.
fn in_words(counts: Counts) -> String {
    let parts: Vec<String> = [(counts.errors, "error"), (counts.warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| count_of(count, noun))
        .chain((counts.infos > 0).then(|| format!("{} info", counts.infos)))
        .collect();
    if parts.is_empty() { "no findings".into() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::document::Format;
    use crate::record::Sources;

    fn article(errors: usize, reviewed: Option<&str>) -> Summary {
        Summary {
            path: "µ.txt".into(),
            format: Format::Text,
            title: None,
            words: 900,
            references: 11,
            citations: 5,
            style: "flattened superscript".into(),
            reviewed: reviewed.map(str::to_owned),
            reviewer: None,
            next_review: None,
            due: None,
            owner: None,
            sources: Sources::default(),
            medicines: 14,
            counts: Counts { errors, warnings: 21, infos: 0 },
            silenced: 0,
            looked_up: 0,
            unchecked: 0,
            fixed: 0,
            accepted: 0,
            older: 0,
        }
    }

    #[test]
    fn the_closing_line_says_what_was_read_and_found() {
        let mut tally = Tally { articles: vec![article(9, Some("2020-05"))], unread: Vec::new(), only: None };
        assert_eq!(
            tally.line(),
            "1 article: 11 references, 5 citation groups (flattened superscript), reviewed 2020-05, 14 medicines; 9 errors, 21 warnings"
        );
        tally.articles.push(Summary { references: 0, silenced: 2, counts: Counts { infos: 1, ..Counts::default() }, ..article(0, None) });
        tally.unread.push(Unread { path: "x".into(), message: "gone".into() });
        assert_eq!(
            tally.line(),
            "2 articles: 11 references, 10 citation groups, 28 medicines; 1 without a reference list, 1 without a review date; \
             9 errors, 21 warnings, 1 info (2 silenced by comments); 1 file could not be checked"
        );
        tally = Tally { only: Some("changed since main".into()), ..Tally::default() };
        assert_eq!(tally.line(), "no article changed since main");
        tally.articles.push(Summary { silenced: 1, accepted: 12, older: 5, counts: Counts::default(), ..article(0, None) });
        assert_eq!(
            tally.line(),
            "1 article changed since main: 11 references, 5 citation groups (flattened superscript), no review date, 14 medicines; \
             no findings (1 silenced by comments, 12 accepted by the baseline, 5 not new)"
        );
    }

    #[test]
    fn a_bar_is_reached_by_its_severity_and_by_worse() {
        let warned = Counts { warnings: 1, ..Counts::default() };
        assert!(warned.reach(Severity::Info) && warned.reach(Severity::Warning) && !warned.reach(Severity::Error));
        assert!(!Counts::default().reach(Severity::Info));
    }
}

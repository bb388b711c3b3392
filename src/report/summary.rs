//! What was read and what was found: one line per article, and one for the run.

use super::count_of;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Format;
use crate::linter::Checked;

/// What remains of an article after it was reported.
#[derive(Debug, Clone)]
pub struct ArticleSummary {
    pub path: String,
    pub format: Format,
    pub references: usize,
    /// Groups of citations, such as `4,5,6`.
    pub citations: usize,
    /// How the article cites, in words.
    pub style: &'static str,
    /// The date of the last review, as precise as it is written: `2020-05`.
    pub reviewed: Option<String>,
    /// Different medicines named in the text.
    pub medicines: usize,
    pub counts: Counts,
    /// Findings that an ignore comment silenced.
    pub silenced: usize,
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

/// A file that was asked for and could not be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub path: String,
    pub message: String,
}

/// The whole run.
#[derive(Debug, Default)]
pub struct Tally {
    pub articles: Vec<ArticleSummary>,
    pub unread: Vec<Unread>,
}

impl ArticleSummary {
    pub fn of(checked: &Checked) -> Self {
        let article = &checked.article;
        Self {
            path: checked.source.name().to_owned(),
            format: checked.document.format,
            references: article.references.entries.len(),
            citations: article.citations.groups.len(),
            style: article.citations.style.name(),
            reviewed: super::parsed::last_review(article),
            medicines: super::parsed::medicine_count(article),
            counts: Counts::of(&checked.diagnostics),
            silenced: checked.silenced,
        }
    }
}

impl Counts {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) }
    }

    /// Whether there is a finding of this severity or a worse one.
    pub fn reach(self, bar: Severity) -> bool {
        let infos = bar <= Severity::Info && self.infos > 0;
        let warnings = bar <= Severity::Warning && self.warnings > 0;
        infos || warnings || self.errors > 0
    }

    /// `9 errors, 21 warnings`; what there is none of is not named.
    pub fn words(self) -> String {
        let parts: Vec<String> = [(self.errors, "error"), (self.warnings, "warning")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| count_of(count, noun))
            .chain((self.infos > 0).then(|| format!("{} info", self.infos)))
            .collect();
        if parts.is_empty() { "no findings".into() } else { parts.join(", ") }
    }
}

impl Tally {
    pub fn counts(&self) -> Counts {
        self.articles.iter().fold(Counts::default(), |sum, article| Counts {
            errors: sum.errors + article.counts.errors,
            warnings: sum.warnings + article.counts.warnings,
            infos: sum.infos + article.counts.infos,
        })
    }

    /// The sum of a figure over the articles.
    pub fn sum(&self, figure: impl Fn(&ArticleSummary) -> usize) -> usize {
        self.articles.iter().map(figure).sum()
    }

    /// The closing line: what was read, and what was found in it.
    pub fn line(&self) -> String {
        let mut found = self.counts().words();
        let silenced = self.sum(|article| article.silenced);
        if silenced > 0 {
            found += &format!(" ({silenced} silenced by comments)");
        }
        let unread = match self.unread.len() {
            0 => String::new(),
            count => format!("; {} could not be checked", count_of(count, "file")),
        };
        if self.articles.is_empty() {
            return format!("0 articles{unread}");
        }
        format!("{}; {found}{unread}", self.read())
    }

    fn read(&self) -> String {
        let references = count_of(self.sum(|article| article.references), "reference");
        let groups = count_of(self.sum(|article| article.citations), "citation group");
        let medicines = count_of(self.sum(|article| article.medicines), "medicine");
        match self.articles.as_slice() {
            [article] => {
                let style = if article.citations > 0 { format!(" ({})", article.style) } else { String::new() };
                let reviewed = article.reviewed.as_ref().map_or("no review date".into(), |date| format!("reviewed {date}"));
                format!("1 article: {references}, {groups}{style}, {reviewed}, {medicines}")
            }
            articles => {
                let count = |lacks: fn(&ArticleSummary) -> bool| articles.iter().filter(|article| lacks(article)).count();
                let listless = count(|article| article.references == 0);
                let undated = count(|article| article.reviewed.is_none());
                format!(
                    "{}: {references}, {groups}, {medicines}; {listless} without a reference list, {undated} without a review date",
                    count_of(articles.len(), "article")
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(errors: usize, reviewed: Option<&str>) -> ArticleSummary {
        ArticleSummary {
            path: "µ.txt".into(),
            format: Format::Text,
            references: 11,
            citations: 5,
            style: "flattened superscript",
            reviewed: reviewed.map(str::to_owned),
            medicines: 14,
            counts: Counts { errors, warnings: 21, infos: 0 },
            silenced: 0,
        }
    }

    #[test]
    fn the_closing_line_says_what_was_read_and_found() {
        let mut tally = Tally { articles: vec![article(9, Some("2020-05"))], unread: Vec::new() };
        assert_eq!(
            tally.line(),
            "1 article: 11 references, 5 citation groups (flattened superscript), reviewed 2020-05, 14 medicines; 9 errors, 21 warnings"
        );
        tally.articles.push(ArticleSummary {
            references: 0,
            silenced: 2,
            counts: Counts { infos: 1, ..Counts::default() },
            ..article(0, None)
        });
        tally.unread.push(Unread { path: "x".into(), message: "gone".into() });
        assert_eq!(
            tally.line(),
            "2 articles: 11 references, 10 citation groups, 28 medicines; 1 without a reference list, 1 without a review date; \
             9 errors, 21 warnings, 1 info (2 silenced by comments); 1 file could not be checked"
        );
    }

    #[test]
    fn a_bar_is_reached_by_its_severity_and_by_worse() {
        let warned = Counts { warnings: 1, ..Counts::default() };
        assert!(warned.reach(Severity::Info) && warned.reach(Severity::Warning) && !warned.reach(Severity::Error));
        assert!(!Counts::default().reach(Severity::Info));
    }
}

//! The facts in front of an article: what it is, where and when it was published, and the history of the manuscript.

use quick_xml::events::BytesStart;

use super::tag::Tag;
use super::{Reading, Slot, Undo, attribute};
use crate::document::Metadata;
use crate::source::Span;

/// A date being read: of the publication, or of a step of the manuscript.
#[derive(Debug, Default)]
pub struct PartialDate {
    key: String,
    key_span: Span,
    year: Option<(String, Span)>,
    month: Option<(String, Span)>,
    day: Option<(String, Span)>,
}

impl Reading<'_> {
    /// An element outside the prose of the article.
    pub(super) fn enter_front(&mut self, tag: Tag, parent: Tag, element: &BytesStart<'_>, span: Span) -> Undo {
        match tag {
            Tag::Article => self.enter_article(element, span),
            Tag::JournalTitle => self.capture(Slot::Metadata { key: "journal-title".into(), key_span: span }),
            Tag::ArticleId => {
                let kind = attribute(element, "pub-id-type").unwrap_or_default();
                self.capture(Slot::Metadata { key: format!("article-id.{kind}"), key_span: span })
            }
            Tag::PubDate => self.enter_date("published".into(), span),
            // `history-received`: a step of the manuscript, never a review of the content.
            Tag::Date if parent == Tag::History => {
                let step = attribute(element, "date-type").unwrap_or_default();
                self.enter_date(format!("history-{step}"), span)
            }
            Tag::Year | Tag::Month | Tag::Day if self.date.is_some() => self.capture(Slot::DatePart(tag)),
            Tag::History => Undo::Nothing,
            Tag::ArticleTitle if parent == Tag::TitleGroup => self.enter_title(),
            Tag::Body | Tag::Back | Tag::FloatsGroup | Tag::FloatsWrap => self.enter_zone(),
            Tag::Abstract => self.enter_abstract(),
            _ if tag.role() == super::tag::Role::Skip => self.hide(),
            _ => Undo::Nothing,
        }
    }

    fn enter_article(&mut self, element: &BytesStart<'_>, span: Span) -> Undo {
        self.articles += 1;
        if self.articles > 1 {
            if self.articles == 2 {
                let help = "Give each article a file of its own";
                self.problem(span, "the file holds several articles; only the first is read".into(), help);
            }
            return self.hide();
        }
        if let Some(kind) = attribute(element, "article-type") {
            self.document.metadata.push(Metadata { key: "article-type".into(), value: kind, key_span: span, value_span: span });
        }
        Undo::Nothing
    }

    fn enter_date(&mut self, key: String, key_span: Span) -> Undo {
        self.date = Some(PartialDate { key, key_span, ..PartialDate::default() });
        Undo::Date
    }

    pub(super) fn take_date_part(&mut self, tag: Tag, part: (String, Span)) {
        let Some(date) = &mut self.date else { return };
        match tag {
            Tag::Year => date.year = Some(part),
            Tag::Month => date.month = Some(part),
            _ => date.day = Some(part),
        }
    }

    /// Year, month and day as one date, in the order of ISO 8601 where they are numbers.
    pub(super) fn leave_date(&mut self) {
        let Some(date) = self.date.take() else { return };
        let Some((year, mut value_span)) = date.year else { return };
        let mut value = year;
        let numbers = [&date.month, &date.day].into_iter().flatten().all(|(part, _)| part.parse::<u8>().is_ok());
        let parts = match (date.month, date.day) {
            (Some(month), Some(day)) => vec![month, day],
            (Some(month), None) => vec![month],
            _ => Vec::new(),
        };
        for (part, span) in parts {
            value = if numbers { format!("{value}-{part:0>2}") } else { format!("{part} {value}") };
            value_span = value_span.cover(span);
        }
        self.document.metadata.push(Metadata { key: date.key, value, key_span: date.key_span, value_span });
    }
}

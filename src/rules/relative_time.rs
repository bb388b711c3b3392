use serde::{Deserialize, Serialize};

use crate::article::dates::Reading;
use crate::article::review::ReviewKind;
use crate::diagnostic::{Finding, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "relative-time",
    category: Category::Text,
    summary: "words such as “currently” in a text whose review is old",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/relative-time.md"),
    make: make::<RelativeTime>,
    defaults: defaults::<RelativeTime>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RelativeTime {
    /// Months after the newest review from which the words are told.
    months: i32,
    /// The words, in small letters.
    words: Vec<String>,
}

impl Default for RelativeTime {
    fn default() -> Self {
        let words = ["at present", "currently", "in recent years", "nowadays", "presently", "recently", "to date"];
        Self { months: 12, words: words.map(str::to_owned).to_vec() }
    }
}

impl Rule for RelativeTime {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let reviews = cx.article.review.iter().filter(|statement| statement.kind == ReviewKind::Reviewed);
        let newest = reviews.filter_map(|statement| statement.reading().and_then(Reading::latest)).max_by_key(|date| date.last_day());
        let Some(newest) = newest.filter(|date| date.months_until(cx.today()) > self.months) else { return };
        let places: Vec<Place> = self.places(cx);
        let Some((first, rest)) = places.split_first() else { return };
        let more = match rest.len() {
            0 => String::new(),
            count => format!(", with {count} more words of its kind"),
        };
        let mut finding = Finding::new(cx.span(*first), format!("“{}” was written by {newest}{more}", cx.words(*first)))
            .help("Give the year, as in “as of 2024”");
        for place in rest {
            finding = finding.label(cx.span(*place), "and here");
        }
        sink.report(finding);
    }
}

impl RelativeTime {
    fn places(&self, cx: &Cx<'_>) -> Vec<Place> {
        let mut out = Vec::new();
        for (index, block) in cx.running_text() {
            let text = block.text();
            for start in block.prose.words().map(|word| word.start) {
                let word =
                    self.words.iter().find(|word| text.get(start..start + word.len()).is_some_and(|at| at.eq_ignore_ascii_case(word)));
                let Some(end) = word.map(|word| start + word.len()) else { continue };
                // Instructions speak of the reader's own time: `if you are currently pregnant`.
                let own = text[..start].trim_end().ends_with("you are") || text[..start].trim_end().ends_with("you have");
                if !text[end..].starts_with(char::is_alphanumeric) && !own {
                    out.push(Place::new(index, start..end));
                }
            }
        }
        out
    }
}

use serde::{Deserialize, Serialize};

use crate::article::dates::{self, PartialDate};
use crate::article::references::{Kind, Reference, Sign};
use crate::article::sentences;
use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "stale-online-first",
    category: Category::References,
    summary: "an entry is still “online first” or “in press” long after it was",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/stale-online-first.md"),
    make: make::<StaleOnlineFirst>,
    defaults: defaults::<StaleOnlineFirst>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct StaleOnlineFirst {
    /// How long an article may wait for its issue, in months.
    months: u32,
}

impl Default for StaleOnlineFirst {
    fn default() -> Self {
        Self { months: 12 }
    }
}

impl Rule for StaleOnlineFirst {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.listed() {
            let Some(status) = entry.sign(Sign::OnlineFirst).filter(|_| is_unplaced(entry)) else { continue };
            let Some((date, end)) = dated(entry, status.end) else { continue };
            if date.months_later(self.months).is_none_or(|limit| limit >= cx.today()) {
                continue;
            }
            let range = status.start..end;
            let months = date.months_until(cx.today());
            let age = if months >= 24 { format!("{} years", months / 12) } else { format!("{months} months") };
            let since = if end > status.end { String::new() } else { format!(" of {date}") };
            let finding = within(entry, range.clone(), format!("“{}”{since} was {age} ago", &entry.text()[range]))
                .help("Complete the entry with year, volume and pages, or with its article number");
            sink.report(finding);
        }
    }
}

/// Whether the entry has no place in a periodical yet.
fn is_unplaced(entry: &Reference) -> bool {
    let fields = entry.fields();
    fields.volume.is_none() && fields.pages.is_none() && fields.kind != Kind::Preprint
}

/// How far behind the words their date is looked for, in bytes.
const NEAR: usize = 40;

/// The date behind the words with its end, or the year of the entry.
fn dated(entry: &Reference, from: usize) -> Option<(PartialDate, usize)> {
    let text = entry.text();
    let near = sentences::near(text, from..from, NEAR).end;
    let stated = dates::find(&text[from..near]).find_map(|mention| Some((mention.reading.latest()?, from + mention.range.end)));
    let year = || entry.fields().year.as_ref()?.text.parse().ok().and_then(PartialDate::from_year);
    stated.or_else(|| Some((year()?, from)))
}

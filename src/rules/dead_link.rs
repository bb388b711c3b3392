use serde::{Deserialize, Serialize};

use crate::article::links::{self, Link};
use crate::article::sentences;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};
use crate::world::{Answer, Snapshot};

pub static RULE: Entry = Entry {
    id: "dead-link",
    category: Category::Online,
    summary: "a link leads to a page that is gone",
    severity: Severity::Warning,
    default: true,
    fix: Some(Safety::Manual),
    spec: include_str!("../../fixtures/rules/dead-link.md"),
    make: make::<DeadLink>,
    defaults: defaults::<DeadLink>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct DeadLink {
    /// The days for which a page must have been gone, by what earlier runs were told; `--dead-for` sets it.
    days: u16,
}

impl Rule for DeadLink {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let links = links::by_address(cx.document);
        let archived: Vec<&str> = links.iter().map(|links| links[0].address).filter(|address| address.matches("://").count() > 1).collect();
        for links in links {
            let address = links[0].address;
            let Some(said) = cx.world.link(address).filter(|said| said.answer == Answer::NotFound) else { continue };
            let gone = said.since.until(said.day).map_or(0, |span| span.get_days());
            if is_archived(&archived, address) {
                continue;
            }
            let telling: Vec<&Link<'_>> = links.iter().filter(|link| !says_so_itself(cx, link)).collect();
            let [first, more @ ..] = telling.as_slice() else { continue };
            if gone < i32::from(self.days) {
                continue;
            }
            let since = if gone > 0 { format!(", first on {}", said.since) } else { String::new() };
            let finding = Finding::new(cx.span(first.place), format!("the page “{address}” is gone: its site knows none there"));
            let finding = more.iter().fold(finding, |finding, link| finding.label(cx.span(link.place), "the same page"));
            let snapshot = cx.world.snapshot(address).and_then(|said| said.answer.found());
            let copy = match snapshot {
                Some(Snapshot { url, day }) => format!("its copy of {day} in the Internet Archive ({url})"),
                None => "its copy in a web archive".into(),
            };
            let help = format!("Link to where the page is now, to {copy}, or to another source (asked on {}{since})", said.day);
            let finding = finding.help(help).asked(said.by.name(), said.day).data("url", address).data("since", said.since.to_string());
            sink.report(match snapshot {
                Some(snapshot) => with_copy(cx, finding.data("copy", snapshot.url.as_str()), &telling, snapshot),
                None => finding,
            });
        }
    }
}

/// Offers the copy of a page in its place. It is for a person to see whether the copy still holds what the link is for.
fn with_copy(cx: &Cx<'_>, finding: Finding, links: &[&Link<'_>], Snapshot { url, day }: &Snapshot) -> Finding {
    let spans = links.iter().filter_map(|link| link.editable(cx.document));
    let edits: Vec<Edit> = spans.map(|span| Edit { span, text: url.clone() }).collect();
    if edits.is_empty() { finding } else { finding.fix(Safety::Manual, format!("Link to the copy of {day}"), edits) }
}

/// Whether one of those addresses is that of a copy of a page: archives have the address of the page at the end of their own.
fn is_archived(archived: &[&str], address: &str) -> bool {
    archived.iter().any(|copy| copy.strip_suffix(address).is_some_and(|before| before.contains("://") && before.ends_with('/')))
}

/// Whether the sentence around a link tells that it leads nowhere any more.
fn says_so_itself(cx: &Cx<'_>, link: &Link<'_>) -> bool {
    let text = cx.document.block(link.place).text();
    let sentence = text[sentences::around(text, link.place.range().start)].to_lowercase();
    [
        "no longer available",
        "no longer online",
        "no longer accessible",
        "no longer exists",
        "no longer works",
        "taken offline",
        "taken down",
        "internet archive",
        "wayback machine",
        "not available any more",
        "archived from",
        "archived at",
        "archived on",
        "dead link",
        "defunct",
    ]
    .iter()
    .any(|words| sentence.contains(words))
}

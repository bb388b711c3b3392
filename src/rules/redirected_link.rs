use serde::{Deserialize, Serialize};

use crate::article::links;
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "redirected-link",
    category: Category::Online,
    summary: "a link leads to a page that has moved for good",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/redirected-link.md"),
    make: make::<RedirectedLink>,
    defaults: defaults::<RedirectedLink>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct RedirectedLink {}

impl Rule for RedirectedLink {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for links in links::by_address(cx.document) {
            let address = links[0].address;
            let Some(said) = cx.world.link(address) else { continue };
            let Some(reached) = said.answer.found().filter(|reached| reached.for_good) else { continue };
            let Some(target) = reached.moved_to.as_deref().filter(|target| is_new_place(address, target)) else { continue };
            let finding = Finding::new(cx.span(links[0].place), format!("the page “{address}” has moved for good"));
            let mut finding = links[1..].iter().fold(finding, |finding, link| finding.label(cx.span(link.place), "the same page"));
            let edits: Vec<Edit> =
                links.iter().filter_map(|link| link.editable(cx.document)).map(|span| Edit { span, text: target.to_owned() }).collect();
            if edits.len() == links.len() {
                finding = finding.fix(Safety::Unsafe, format!("Link to {target}"), edits);
            }
            let help = format!("Look whether {target} still gives what the link is for, and link there (asked on {})", said.day);
            sink.report(finding.help(help).asked(said.by.name(), said.day).data("url", address).data("target", target));
        }
    }
}

/// Whether a page has moved to another address, and its reader was not sent to the front of the site or to a door.
fn is_new_place(address: &str, target: &str) -> bool {
    let (from, to) = (plain(address), plain(target));
    let has_path = |plain: &str| plain.trim_end_matches('?').contains('/');
    let is_door =
        ["login", "signin", "sign-in", "consent", "captcha", "cookie", "sso"].iter().any(|word| to.contains(word) && !from.contains(word));
    let is_front = has_path(&from) && !has_path(&to);
    from != to && !is_front && !is_door
}

/// An address without what changes nothing for its reader: the scheme, `www.`, the last slash, a fragment, and marks of trackers.
fn plain(address: &str) -> String {
    let lower = address.split_once("://").map_or(address, |(_, rest)| rest).to_lowercase();
    let bare = lower.strip_prefix("www.").unwrap_or(&lower);
    let bare = bare.split('#').next().unwrap_or_default();
    let (path, query) = bare.split_once('?').unwrap_or((bare, ""));
    let is_tracker = |part: &&str| ["utm_", "fbclid=", "gclid=", "mc_cid="].iter().any(|mark| part.starts_with(mark));
    let query: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !is_tracker(part)).collect();
    format!("{}?{}", path.trim_end_matches('/'), query.join("&"))
}

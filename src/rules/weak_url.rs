use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make, within};

pub static RULE: Entry = Entry {
    id: "weak-url",
    category: Category::References,
    summary: "a link leads to a home page, through a tracker, or nowhere",
    severity: Severity::Info,
    default: false,
    fix: None,
    spec: include_str!("../../fixtures/rules/weak-url.md"),
    make: make::<WeakUrl>,
    defaults: defaults::<WeakUrl>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct WeakUrl {
    /// Whether links without encryption are reported too.
    https: bool,
}

impl Rule for WeakUrl {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        for entry in cx.article.references.listed() {
            if let Some(at) = entry.text().find("<>") {
                sink.report(within(entry, at..at + 2, "“<>” holds no link").help("Put the link back, or take the brackets away"));
            }
            // A site named in the title is what the source is about.
            let title = entry.fields().title.as_ref().map_or(0..0, |title| title.range.clone());
            let Some(url) = entry.fields().url.as_ref().filter(|url| !title.contains(&url.range.start)) else { continue };
            if let Some(why) = self.weakness(&url.text) {
                sink.report(
                    within(entry, url.range.clone(), format!("the link “{}” {why}", url.text))
                        .help("Link to the page itself, or give its DOI"),
                );
            }
        }
    }
}

impl WeakUrl {
    /// What is wrong with a link, as the end of a sentence.
    fn weakness(&self, url: &str) -> Option<&'static str> {
        let lower = url.to_ascii_lowercase();
        let bare = ["https://", "http://", "ftp://"].iter().find_map(|scheme| lower.strip_prefix(scheme)).unwrap_or(&lower);
        let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
        let host = host.strip_prefix("www.").unwrap_or(host);
        let is = |known: &&str| host == *known || host.strip_suffix(*known).is_some_and(|rest| rest.ends_with('.'));
        if SHORTENERS.iter().any(is) {
            return Some("goes through a link shortener");
        }
        if host.contains("proxy") || path.contains("sessionid=") || path.contains("jsessionid") {
            return Some("works for the author alone");
        }
        if ["utm_", "fbclid=", "gclid=", "mc_cid="].iter().any(|mark| path.contains(mark)) {
            return Some("carries the marks of a tracker");
        }
        if host.starts_with("google.") && path.starts_with("search") {
            return Some("is a search, and no page");
        }
        if self.https && lower.starts_with("http://") {
            return Some("is not secure");
        }
        let home = path.trim_end_matches('/').split(['?', '#']).next().unwrap_or("");
        matches!(home, "" | "home" | "index.html" | "index.htm" | "index.php" | "default.aspx" | "home.html" | "en")
            .then_some("is a home page")
    }
}

/// Hosts whose links say nothing of where they lead.
const SHORTENERS: &[&str] = &["bit.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "t.co", "tinyurl.com"];

//! What every place that explains a rule says of it.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::precision::{self, Precision};
use crate::rule::Entry;

/// The comment that accepts a finding of a rule, in formats that have comments.
pub fn ignore_comment(id: &str) -> String {
    format!("<!-- medproof-ignore-next-line {id} -- the reason -->")
}

/// The lines of `medproof.toml` that turn a rule off for some files.
pub fn ignore_setting(id: &str) -> [String; 2] {
    ["[paths.\"content/archive/**\"]".into(), format!("ignore = [\"{id}\"]")]
}

/// How often a rule was right, where that was measured.
pub fn measured(id: &str) -> Option<String> {
    let Precision { read, right } = precision::of(id)?;
    Some(format!("{right} of {read} alarms on real articles were right"))
}

/// What the page of a rule says before its examples: what is wrong, why, and by which guideline.
pub fn why(entry: &Entry) -> &'static str {
    let text = entry.spec.split_once('\n').map_or("", |(_, text)| text);
    text.split("\n## ").next().unwrap_or_default().trim()
}

/// In which readings a finding is no defect, by the page of the rule.
pub fn doubts(entry: &Entry) -> Option<&'static str> {
    let (_, doubts) = entry.spec.split_once("\n## When it may be wrong\n")?;
    doubts.split("\n## ").next().map(str::trim)
}

/// A part of a page as HTML, its links to other files left out. Pages are our own, so nothing in them is feared.
pub fn html(markdown: &str) -> String {
    let is_web = |address: &str| address.starts_with("https://");
    let mut dropped = 0;
    let events = Parser::new(markdown).filter(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) if !is_web(dest_url) => {
            dropped += 1;
            false
        }
        Event::End(TagEnd::Link) if dropped > 0 => {
            dropped -= 1;
            false
        }
        _ => true,
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    #[test]
    fn every_page_says_why_and_when_it_may_be_wrong() {
        for entry in RULES {
            assert!(why(entry).len() > 80 && !why(entry).contains("```"), "{}", entry.id);
            // What medproof says of itself is not measured.
            let exempt = ["internal-error", "unreadable-part", "unused-ignore"].contains(&entry.id);
            assert!(exempt || doubts(entry).is_some_and(|doubts| doubts.len() > 40), "{}", entry.id);
        }
        assert_eq!(html("a *µ* [b](../x.md) [c](https://c.test)"), "<p>a <em>µ</em> b <a href=\"https://c.test\">c</a></p>\n");
    }
}

//! What stands on a page and is no article: menus, banners, forms, hidden parts.

use super::content::Measure;
use super::page::{Element, Page};
use crate::formats::margins::mentions_review;
use crate::formats::markup::Tag;

/// Elements whose words no reader sees.
pub fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "title"
            | "textarea"
            | "select"
            | "datalist"
            | "option"
            | "iframe"
            | "object"
            | "svg"
            | "canvas"
            | "video"
            | "audio"
            | "map"
            | "noembed"
            | "xmp"
            | "rt"
            | "rp"
            | "annotation"
            | "annotation-xml"
    )
}

/// By element, whether it is furniture wherever it stands: what is unseen, hidden, or a part to click.
pub fn always(page: &Page) -> Vec<bool> {
    let opened = opened_by_click(page);
    page.elements
        .iter()
        .map(|element| {
            let tag = &element.tag;
            is_unseen(&tag.name)
                || matches!(tag.name.as_str(), "nav" | "button" | "dialog" | "input")
                || tag.value("role").is_some_and(|role| {
                    matches!(role, "navigation" | "search" | "menu" | "menubar" | "dialog" | "alertdialog" | "toolbar" | "doc-backlink")
                })
                || is_hidden(tag) && !opened.iter().any(|id| Some(id.as_str()) == tag.value("id")) && !folds(tag)
                || has_word(tag, HIDDEN)
        })
        .collect()
}

/// The ids of parts that a click opens: hidden at first, article all the same.
fn opened_by_click(page: &Page) -> Vec<String> {
    let targets = page.elements.iter().filter_map(|element| {
        let tag = &element.tag;
        tag.value("aria-controls").or_else(|| tag.value("data-target")).or_else(|| tag.value("href").filter(|_| has_word(tag, FOLDS)))
    });
    targets.map(|target| target.trim_start_matches('#').to_owned()).filter(|target| !target.is_empty()).collect()
}

fn is_hidden(tag: &Tag) -> bool {
    let style = tag.value("style").unwrap_or_default();
    tag.value("hidden").is_some_and(|value| value != "until-found")
        || tag.value("aria-hidden") == Some("true")
        || style.contains("none") && declares(style, "display", "none")
        || style.contains("hidden") && declares(style, "visibility", "hidden")
}

/// Whether an inline style gives a property this value.
pub fn declares(style: &str, property: &str, value: &str) -> bool {
    style.split(';').any(|declaration| {
        declaration
            .split_once(':')
            .is_some_and(|(name, given)| name.trim().eq_ignore_ascii_case(property) && given.trim().to_ascii_lowercase().starts_with(value))
    })
}

/// Classes of parts that open on a click.
const FOLDS: &[&str] =
    &["accordion", "collapse", "collapsible", "expandable", "panel", "references", "sources", "tab", "tabpanel", "toggle"];

fn folds(tag: &Tag) -> bool {
    matches!(tag.value("role"), Some("tabpanel" | "region")) || has_word(tag, FOLDS)
}

/// Classes of what only screen readers say, and of the way back from a note.
const HIDDEN: &[&str] =
    &["backlink", "backref", "reversefootnote", "screenreaderonly", "screenreadertext", "sro", "sronly", "visuallyhidden"];

/// Classes of furniture, by a word of the class name.
const FURNITURE: &[&str] = &[
    "ad",
    "ads",
    "adslot",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "carousel",
    "cookie",
    "cookies",
    "gdpr",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "pagination",
    "popup",
    "promo",
    "promotion",
    "recirculation",
    "recommendedarticles",
    "recommendedcontent",
    "recommendedreading",
    "related",
    "rss",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "teaser",
    "toc",
    "toolbar",
    "outbrain",
    "widgetarea",
    "comments",
    "disqus",
];

/// Classes of boxes that speak of other articles: a review line in them is not this article's.
const OF_OTHERS: &[&str] = &["card", "carousel", "promo", "recirculation", "related", "teaser"];

/// Classes of the authors and where they work, whose raised numbers are no citations.
const AUTHORS: &[&str] = &["affiliations", "affs", "authorgroup", "authorlist", "authorslist", "contribgroup"];

/// Ids of furniture, whole: an id is often the slug of a heading.
const FURNITURE_IDS: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "cookie-banner",
    "cookie-consent",
    "cookie-notice",
    "disqus_thread",
    "footer",
    "header",
    "masthead",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "onetrust-banner-sdk",
    "onetrust-consent-sdk",
    "related",
    "sidebar",
    "site-footer",
    "site-header",
    "toc",
    "top-nav",
];

/// Whether one of the words of the element's class is in the list: `sr-only` and `srOnly` are `sronly`.
fn has_word(tag: &Tag, words: &[&str]) -> bool {
    let Some(class) = tag.value("class") else { return false };
    let mut folded = String::new();
    let mut starts: Vec<usize> = Vec::new();
    class.split_ascii_whitespace().any(|name| {
        folded.clear();
        starts.clear();
        for part in name.split(['-', '_']).filter(|part| !part.is_empty()) {
            starts.push(folded.len());
            folded.extend(part.chars().map(|c| c.to_ascii_lowercase()));
        }
        starts.push(folded.len());
        let has = |from: usize, to: usize| words.contains(&&folded[from..to]);
        has(0, folded.len()) || starts.windows(2).any(|ends| has(ends[0], ends[1])) || starts.windows(3).any(|ends| has(ends[0], ends[2]))
    })
}

/// Marks the furniture of the site: headers, footers, asides, forms, and boxes named so, unless they hold the article.
pub fn of_site(page: &Page, measure: &Measure, root: Option<usize>, dropped: &mut [bool]) {
    let inside = |element: &Element| root.is_some_and(|root| page.elements[root].holds(element.open));
    let largest = largest_article(page, measure, root);
    for (i, element) in page.elements.iter().enumerate() {
        if dropped[i] || root == Some(i) {
            continue;
        }
        let tag = &element.tag;
        let part = measure.text(page, i);
        let most = part * 3 > measure.whole() || root.is_some_and(|root| element.holds(page.elements[root].open));
        let in_article = || inside(element) || page.ancestors(i).take(64).any(|around| around.name() == "article");
        dropped[i] = match tag.name.as_str() {
            _ if most => false,
            "header" => !in_article() && !has_title(page, element) && !keeps_review_line(page, measure, i),
            "footer" => !in_article() && !keeps_review_line(page, measure, i),
            "aside" => !is_kept_aside(page, i),
            "form" => true,
            "article" if root != Some(i) && inside(element) => is_card(measure.text(page, i), largest),
            "ul" | "ol" => is_table_of_contents(page, measure, i) || is_named_furniture(tag) && !keeps_review_line(page, measure, i),
            _ => {
                let role = matches!(tag.value("role"), Some("complementary" | "contentinfo" | "banner")) && !in_article();
                (role || is_named_furniture(tag))
                    && !has_title(page, element)
                    && (has_word(tag, OF_OTHERS) || !keeps_review_line(page, measure, i))
            }
        };
    }
}

fn is_named_furniture(tag: &Tag) -> bool {
    // A word inside a line is no box, whatever its class says.
    let boxed =
        !super::page::is_inline(&tag.name) && !matches!(tag.name.as_str(), "body" | "html" | "main" | "article" | "p" | "td" | "tr");
    boxed && (has_word(tag, FURNITURE) || has_word(tag, AUTHORS) || tag.value("id").is_some_and(|id| FURNITURE_IDS.contains(&id)))
}

/// A box of links to share that also says who reviewed the article.
fn keeps_review_line(page: &Page, measure: &Measure, element: usize) -> bool {
    measure.text(page, element) < 400 && mentions_review(&page.words(element, 600))
}

/// How many elements are looked at to judge one around them: boxes nested without end must not cost more.
const SCAN: usize = 1024;

fn has_title(page: &Page, header: &Element) -> bool {
    let tags = || page.tags(header).take(SCAN);
    let searches = |tag: &Tag| matches!(tag.name.as_str(), "nav" | "form") || tag.value("role") == Some("search");
    tags().any(|tag| tag.name == "h1") && !tags().any(searches)
}

/// Notes, bylines and lists of references are set apart as asides too.
fn is_kept_aside(page: &Page, element: usize) -> bool {
    let tag = &page.elements[element].tag;
    const KEPT: &[&str] = &[
        "author",
        "byline",
        "endnote",
        "endnotes",
        "footnote",
        "footnotes",
        "notes",
        "reference",
        "references",
        "review",
        "reviewer",
        "sources",
    ];
    tag.value("role").is_some_and(|role| role.starts_with("doc-")) || has_word(tag, KEPT) || mentions_review(&page.words(element, 400))
}

/// The length of the fullest article inside the root.
fn largest_article(page: &Page, measure: &Measure, root: Option<usize>) -> u32 {
    let Some(root) = root else { return 0 };
    let articles = page
        .elements
        .iter()
        .enumerate()
        .filter(|(i, element)| *i != root && element.name() == "article" && page.elements[root].holds(element.open));
    articles.map(|(i, _)| measure.text(page, i)).max().unwrap_or(0)
}

/// An `<article>` beside a far longer one is the card of another article.
fn is_card(length: u32, largest: u32) -> bool {
    length * 8 < largest && length < 600
}

/// A list whose items are nothing but links into this page.
fn is_table_of_contents(page: &Page, measure: &Measure, list: usize) -> bool {
    if measure.running(page, list) * 20 > measure.text(page, list) || measure.text(page, list) == 0 {
        return false;
    }
    let mut links = page.tags(&page.elements[list]).take(SCAN).filter_map(|tag| tag.value("href"));
    links.all(|href| href.starts_with('#'))
}

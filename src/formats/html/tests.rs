use super::*;
use crate::document::{BlockKind, MarkKind};

fn read(html: &str) -> Document {
    parse(&Source::new("page.html", html))
}

/// The blocks of a page, each with a letter for its kind.
fn blocks(html: &str) -> Vec<String> {
    let source = Source::new("page.html", html);
    let document = parse(&source);
    let shown = document.blocks.iter().map(|block| {
        let kind = match &block.kind {
            BlockKind::Heading(level) => format!("h{level} "),
            BlockKind::ListItem { marker, .. } => match marker {
                Some(marker) => format!("{}. ", marker.number.map_or("?".into(), |number| number.to_string())),
                None => "- ".into(),
            },
            BlockKind::TableCell { row, column, head, .. } => format!("{}{row}{column} ", if *head { "th" } else { "td" }),
            BlockKind::Code => "code ".into(),
            BlockKind::Paragraph | BlockKind::Footnote { .. } | BlockKind::Reference { .. } => String::new(),
        };
        format!("{}{kind}{}", if block.quoted { "> " } else { "" }, block.text())
    });
    shown.collect()
}

/// The marks of the first block.
fn marks(html: &str) -> Vec<(String, MarkKind)> {
    let document = read(html);
    let block = &document.blocks[0];
    block.marks.iter().map(|mark| (block.text()[mark.range.clone()].to_owned(), mark.kind.clone())).collect()
}

fn keys(html: &str) -> Vec<(String, String, String)> {
    let document = read(html);
    document.metadata.into_iter().map(|entry| (entry.key, entry.value, html[entry.value_span.range()].to_owned())).collect()
}

const PAGE: &str = r##"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Caf&eacute; and sleep | Example Health</title>
<script>var x = "<p>not text</p>";</script><style>p:before{content:"no"}</style></head>
<body>
<div class="cookie-consent">We use cookies &#8212; <button>Accept</button></div>
<header class="site-header"><a href="/"><h1>Example Health</h1></a><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<main>
<div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/sleep">Sleep</a></div>
<article>
<header><h1>Café and sleep</h1><p class="byline">Medically reviewed by Jane Doe, MD on 3&nbsp;May&nbsp;2026</p></header>
<div class="toc"><ul><li><a href="#a">Coffee</a></li><li><a href="#references">References</a></li></ul></div>
<h2 id="a">Coffee</h2>
<p>Coffee delays sleep&shy;iness for
   hours.<sup><a href="#ref1">1</a>,<a href="#ref2">2</a></sup> A dose of 5&nbsp;&micro;g is small.<br>It passes.
<figure><img src="x.png" alt="A cup"><figcaption>A cup of coffee</figcaption></figure>
<aside class="promo">Sign up for our newsletter!</aside>
<blockquote><p>I slept badly</p></blockquote>
<table><tr><th>Drink<th>Caffeine<tr><td><p>Tea</p><p>green</p><td>30 mg</table>
<h2 id="references">References</h2>
<ol class="references">
<li id="ref1">Author A. One. J Test. 2001;1:1-2. <a href="#back1">↑</a></li>
<li id="ref2" value="3"><a href="#b" role="doc-backlink">^</a> Author B. Two. J Test. 2002;2:3-4. [<a href="#c">Go to ref</a>]</li>
</ol>
</article>
<article class="card"><h3><a href="/other">Ten foods to avoid</a></h3><p>Read more</p></article>
</main>
<aside><h3>Related</h3><ol><li>Sleep better</li></ol></aside>
<footer>© 2026 Example Health</footer>
</body></html>"##;

#[test]
fn a_page_gives_its_article() {
    assert_eq!(
        blocks(PAGE),
        [
            "h1 Café and sleep",
            "Medically reviewed by Jane Doe, MD on 3\u{a0}May\u{a0}2026",
            "h2 Coffee",
            "Coffee delays sleepiness for hours.1,2 A dose of 5\u{a0}µg is small.\nIt passes.",
            "A cup of coffee",
            "> I slept badly",
            "th00 Drink",
            "th01 Caffeine",
            "td10 Tea\ngreen",
            "td11 30 mg",
            "h2 References",
            "1. Author A. One. J Test. 2001;1:1-2.",
            "3. Author B. Two. J Test. 2002;2:3-4.",
        ]
    );
    assert!(read(PAGE).problems.is_empty());
}

#[test]
fn places_are_exact_through_entities_and_markup() {
    let document = read(PAGE);
    let block = &document.blocks[3];
    let at = block.text().find("5\u{a0}µg").unwrap();
    assert_eq!(&PAGE[block.prose.span(at..at + "5\u{a0}µg".len()).range()], "5&nbsp;&micro;g");
    let cited = block.text().find("1,2").unwrap();
    assert!(PAGE[block.prose.span(cited..cited + 3).range()].ends_with(">2"));
    let word = block.text().find("hours").unwrap();
    assert_eq!(block.prose.editable(word..word + 5).map(|span| &PAGE[span.range()]), Some("hours"));
    assert!(block.prose.editable(at..at + 4).is_none());
}

#[test]
fn marks_hold_words_and_no_white_space() {
    let html = "<p>µ <b> bold </b><sup> 1 </sup> x<span style='vertical-align: super'>2</span> <a href='#r3'>3</a> <i>e<sub>m</sub></i>";
    let want = [
        ("bold", MarkKind::Strong),
        ("1", MarkKind::Superscript),
        ("2", MarkKind::Superscript),
        ("3", MarkKind::Link("#r3".into())),
        ("em", MarkKind::Emphasis),
        ("m", MarkKind::Subscript),
    ];
    assert_eq!(marks(html), want.map(|(words, kind)| (words.to_owned(), kind)));
    assert_eq!(read(html).blocks[0].text(), "µ bold 1 x2 3 em");
    let own = "<link rel=canonical href='https://example.org/a'><p>µ<a href='https://example.org/a#r1'>1</a>";
    assert_eq!(marks(own), [("1".to_owned(), MarkKind::Link("#r1".into()))]);
}

#[test]
fn boxes_and_breaks_are_paragraphs() {
    assert_eq!(blocks("<div>µ one<br><br>two<div>three</div>four</div>"), ["µ one", "two", "three", "four"]);
    assert_eq!(blocks("<pre>µ  a\n  b</pre><p>c  d"), ["code µ  a\n  b", "c d"]);
    assert_eq!(blocks("<dl><dt>µ term<dd><p>one<p>two</dl>"), ["µ term", "one\ntwo"]);
    assert_eq!(blocks("<ul><li><p>µ one</p><p>more</p><ul><li>inner</ul>rest</ul>"), ["- µ one\nmore", "- inner", "- rest"]);
}

#[test]
fn numbers_of_entries_in_every_dress() {
    let want = ["1. Author A. µ. 2001.", "2. Author B. Two. 2002."];
    for html in [
        "<ol><li>Author A. µ. 2001.<li>Author B. Two. 2002.</ol>",
        "<ul><li>[1] Author A. µ. 2001.<li>[2] Author B. Two. 2002.</ul>",
        "<ol style='list-style:none'><li><span>1.</span> Author A. µ. 2001.</li><li><span>2.</span> Author B. Two. 2002.</li></ol>",
        "<div><div>1.</div><div>Author A. µ. 2001.</div></div><div><div>2.</div><div>Author B. Two. 2002.</div></div>",
        "<dl><dt>[1]</dt><dd>Author A. µ. 2001.</dd><dt>[2]</dt><dd>Author B. Two. 2002.</dd></dl>",
        "<table><tr><td>1.</td><td>Author A. µ. 2001.</td></tr><tr><td>2.</td><td>Author B. Two. 2002.</td></tr></table>",
    ] {
        assert_eq!(blocks(html), want, "{html}");
    }
}

#[test]
fn the_article_is_found_without_landmarks() {
    let words = "A long sentence of running text about a µ condition and its care, as articles have them. ".repeat(4);
    let html = format!(
        "<body><table><tr><td class=left><a href=/a>Home</a> <a href=/b>Topics</a></td><td><h1>Title</h1><p>{words}</p><p>{words}</p></td></tr></table><div id=footer>© Example</div>"
    );
    let found = blocks(&html);
    assert_eq!((found.len(), found[0].as_str()), (3, "h1 Title"), "{found:?}");
    let form =
        format!("<form id=aspnetForm><div class=main-menu><ul><li><a href=/>Home</a></ul></div><div><h2>Title</h2><p>{words}</div></form>");
    assert_eq!(blocks(&form).len(), 2);
}

#[test]
fn what_belongs_to_the_article_is_taken_in_from_outside() {
    let words = "A long sentence of running text about a µ condition and its care, as articles have them. ".repeat(4);
    let html = format!(
        "<body><header><h1>A title</h1><nav><a href=/>Home</a></nav></header><div class=meta>Last reviewed: May 2026</div><main><p>{words}</p></main><section><h2>References</h2><ol><li>Author A. 2001.</ol></section><footer>© Example</footer>"
    );
    let found = blocks(&html);
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!((found[0].as_str(), found[1].as_str(), found[4].as_str()), ("h1 A title", "Last reviewed: May 2026", "1. Author A. 2001."));
}

#[test]
fn a_footer_may_date_the_page_and_a_banner_may_name_it() {
    let words = "A long sentence of running text about a µ condition and its care, as articles have them. ".repeat(4);
    let html = format!(
        "<body><div class=hero-banner><h1>A title</h1></div><div class=elementor-widget><p>{words}</p></div><div class=elementor-widget><p>Short.</p></div>\
         <div class=related><p>Medically reviewed by A. Other, MD</p></div><footer><p>Last updated: 3 May 2026</p><p>© Example</p></footer>"
    );
    let found = blocks(&html);
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!((found[0].as_str(), found[2].as_str(), found[3].as_str()), ("h1 A title", "Short.", "Last updated: 3 May 2026"));
}

#[test]
fn hidden_words_are_not_read_and_folded_ones_are() {
    let html = "<p>µ<span hidden>no</span><span class=sr-only>no</span><span aria-hidden=true>no</span></p>\
        <div style='display: none'>no</div><noscript><p>no</p></noscript><button aria-controls=refs>Show</button><div id=refs hidden><p>yes</p></div>\
        <div class='accordion-panel' aria-hidden=true><p>yes too</p></div><template><p>no</p></template>";
    assert_eq!(blocks(html), ["µ", "yes", "yes too"]);
}

#[test]
fn raised_numbers_of_authors_are_no_words() {
    let html = "<h1>µ</h1><p>Ada Author<sup>1,2</sup>, Bo van Writer<sup>1*</sup> and C. D. Élan</p><p>It works in Rome.<sup>3</sup></p><h2>More</h2>";
    assert_eq!(blocks(html), ["h1 µ", "Ada Author, Bo van Writer and C. D. Élan", "It works in Rome.3", "h2 More"]);
}

#[test]
fn links_to_databases_are_cut_off_entries() {
    let links = "[<a href=x>DOI</a>] [<a href=y>PMC free article</a>] [<a href=z>PubMed</a>]";
    let html = format!(
        "<ol><li>Author A. µ one. J Test. 2001;1:1–2. {links}</li><li><a href=z>PubMed</a></li></ol><p>We searched the database <a href=z>PubMed</a></p>"
    );
    assert_eq!(blocks(&html), ["1. Author A. µ one. J Test. 2001;1:1–2.", "2. PubMed", "We searched the database PubMed"]);
}

#[test]
fn computed_numbers_point_at_nothing_and_wrong_ones_at_their_value() {
    let html = "<ol><li>µ one<li value=99999999999>two</ol>";
    let document = read(html);
    let spans = document.blocks.iter().map(|block| block.marker().map(|marker| &html[marker.span.range()]));
    assert_eq!(spans.collect::<Vec<_>>(), [Some(""), Some("99999999999")]);
}

#[test]
fn metadata_of_every_kind() {
    let html = r#"<html lang=de><title> &micro; title </title>
<meta property="article:modified_time" content="2026-02-03"><meta name=citation_doi content=10.1/x>
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
 {"@type":"Organization","name":"µ","dateModified":"1999"},
 {"@type":["WebPage","MedicalWebPage"],"lastReviewed" : "2026-01-02","reviewedBy":[{"@type":"Person","name":"J\u00f6rg D"}],
  "mainEntity":{"@type":"Article","datePublished":"2020"}}]}</script>
<p>µ <time itemprop="dateModified" datetime="2026-03-04">4 March</time>
<div itemscope itemtype="https://schema.org/Comment"><time itemprop="datePublished">2019</time></div>"#;
    let want = [
        ("lang", "de", "de"),
        ("title", "µ title", "&micro; title"),
        ("article:modified_time", "2026-02-03", "2026-02-03"),
        ("citation_doi", "10.1/x", "10.1/x"),
        ("lastReviewed", "2026-01-02", "2026-01-02"),
        ("reviewedBy", "Jörg D", "J\\u00f6rg D"),
        ("datePublished", "2020", "2020"),
        ("dateModified", "2026-03-04", "2026-03-04"),
    ];
    assert_eq!(keys(html), want.map(|(key, value, raw)| (key.to_owned(), value.to_owned(), raw.to_owned())));
    let document = read(html);
    let reviewed = document.metadata.iter().find(|entry| entry.key == "lastReviewed").unwrap();
    assert_eq!(&html[reviewed.key_span.range()], "lastReviewed");
}

#[test]
fn what_could_not_be_read_is_told() {
    let message = |html: &str| read(html).problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("; ");
    assert_eq!(message("<p>µ<script type=application/ld+json>{\"a\": [1,]}</script>"), "the JSON-LD is not valid JSON: expected value");
    assert_eq!(message("<div id=root></div><script>µ()</script>"), "the page shows no text");
    assert_eq!(message("<meta charset=iso-8859-1><p>µ"), "the page says that its encoding is “iso-8859-1”, and it was read as UTF-8");
    assert_eq!(message("<meta charset=utf-8><p>µ"), "");
    assert!(message("<p>µ<!-- open").contains("never closed"));
    assert_eq!(message(" "), "");
}

#[test]
fn comments_are_kept() {
    let document = read("<p>µ<!-- medproof-ignore-next-line reference-gap -- why --></p><nav><!-- b --></nav>");
    assert_eq!(document.comments[0].text, " medproof-ignore-next-line reference-gap -- why ");
    assert_eq!(document.comments.len(), 2);
}

#[test]
fn hostile_pages_take_linear_time() {
    let n = 5_000;
    for html in [
        "<div><p>µ".repeat(n),
        "<ol><li>1. µ".repeat(n / 2),
        "<table><tr><td>µ".repeat(n / 2),
        "<b><i>µ".repeat(n),
        "<a href='#x'>[".repeat(n),
        "<sup>1</sup>".repeat(n),
        "<header><aside>µ reviewed".repeat(n / 2),
        format!("<ul>{}", "<li><ul>".repeat(n / 2)),
        "[".repeat(n),
        "<div itemscope><b itemprop=dateModified>µ".repeat(n / 2),
    ] {
        let start = std::time::Instant::now();
        read(&html);
        assert!(start.elapsed().as_secs() < 20, "{} took {:?}", html.chars().take(20).collect::<String>(), start.elapsed());
    }
}

proptest::proptest! {
    #[test]
    fn mutated_pages_do_no_harm(cuts in proptest::collection::vec((0usize..3000, 0usize..40, "[<>/&;\"'=a-z0-9 \\u{0}é!-]{0,6}"), 0..12)) {
        let mut html = PAGE.to_owned();
        for (at, length, text) in cuts {
            let floor = |i: usize| (0..=i.min(html.len())).rev().find(|&i| html.is_char_boundary(i)).unwrap_or(0);
            let (start, end) = (floor(at), floor(at + length));
            html.replace_range(start..end, &text);
        }
        let document = read(&html);
        for block in &document.blocks {
            let text = block.text();
            let span = block.prose.span(0..text.len());
            assert!(html.get(span.range()).is_some());
            for (i, c) in text.char_indices() {
                let end = i + c.len_utf8();
                if let Some(span) = block.prose.editable(i..end) {
                    assert_eq!(&html[span.range()], &text[i..end]);
                }
                assert!(html.get(block.prose.span(i..end).range()).is_some());
            }
            for mark in &block.marks {
                assert!(text.get(mark.range.clone()).is_some_and(|words| !words.is_empty()));
            }
        }
        for entry in &document.metadata {
            assert!(html.get(entry.value_span.range()).is_some() && html.get(entry.key_span.range()).is_some());
        }
        for problem in &document.problems {
            assert!(html.get(problem.span.range()).is_some());
        }
    }
}

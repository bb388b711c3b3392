//! JATS: what is prose and what is not, citations and references by their marks, and XML that is not in order.

mod support;

use medproof::article::citations::Form;
use medproof::article::references::Kind;
use medproof::document::{Block, BlockKind, Document, Format};
use medproof::formats;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked};
use medproof::source::Source;
use proptest::prelude::*;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

fn document(xml: &str) -> Document {
    formats::parse(&Source::new("article.xml", xml), Format::Jats)
}

fn checked(xml: &str) -> Checked {
    linter::check(Source::new("article.xml", xml), Format::Jats, &linter::default_rules(), &Lexicon::default(), TODAY)
}

/// Each block as a letter for its kind and its words.
fn blocks(document: &Document) -> Vec<String> {
    document.blocks.iter().map(|block| format!("{} {}", kind(block), block.text())).collect()
}

fn kind(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph if block.quoted => "q".into(),
        BlockKind::Paragraph => "p".into(),
        BlockKind::ListItem { marker, depth } => {
            format!("li{depth}:{}", marker.as_ref().and_then(|marker| marker.number).map_or("-".into(), |n| n.to_string()))
        }
        BlockKind::TableCell { row, column, head, .. } => format!("{}{row}.{column}", if *head { "th" } else { "td" }),
        BlockKind::Footnote { label } => format!("fn:{label}"),
        BlockKind::Reference { ids, .. } => format!("ref:{}", ids.join("+")),
        BlockKind::Code => "code".into(),
    }
}

fn article(body: &str) -> String {
    format!("<article><front/><body>{body}</body></article>")
}

const WHOLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" "none.dtd">
<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML">
<front>
<journal-meta><journal-title-group><journal-title>Test &amp; Trial</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/t.1</article-id>
<title-group><article-title>Sleep in <italic>µ</italic>-units</article-title></title-group>
<contrib-group><contrib><name><surname>Author</surname><given-names>A</given-names></name><xref ref-type="aff" rid="a1"><sup>1</sup></xref></contrib></contrib-group>
<aff id="a1"><label>1</label>Somewhere</aff>
<author-notes><fn><p>Reviewed by: nobody</p></fn></author-notes>
<pub-date pub-type="epub"><day>5</day><month>2</month><year>2019</year></pub-date>
<history><date date-type="accepted"><month>January</month><year>2019</year></date></history>
<abstract><title>Abstract</title><sec><title>Aims</title><p>To sleep.</p></sec></abstract>
<funding-group><funding-statement>Money.</funding-statement></funding-group>
</article-meta></front>
<body>
<sec><label>1</label><title>Introduction</title>
<p>Before<fig id="f1"><label>Figure 1</label><caption><title>A bed.</title><p>Seen from above.</p></caption><graphic/></fig> and after
  the figure, with <inline-formula><mml:math><mml:mi>x</mml:mi></mml:math></inline-formula> hours<fn id="n1"><label>a</label><p>A note.</p></fn>.</p>
<list list-type="order"><list-item><p>One</p><p>more</p></list-item><list-item><p>Two</p>
<list list-type="bullet"><list-item><p>Deep</p></list-item></list></list-item></list>
<disp-quote><p>Said.</p></disp-quote>
<table-wrap><label>Table 1.</label><caption><title>Hours</title></caption>
<table><thead><tr><th>Group</th><th>Hours<break/>slept</th></tr></thead><tbody><tr><td><p>A</p><p>B</p></td><td>7&nbsp;&#177;&thinsp;1</td></tr></tbody></table>
<table-wrap-foot><fn><label>*</label><p>Per night.</p></fn></table-wrap-foot></table-wrap>
</sec></body>
<back><ack><title>Thanks</title><p>To all.</p></ack>
<ref-list><title>References</title><ref id="B1"><label>1.</label><mixed-citation>Author A. Sleep. J Test. 2001;1:1.</mixed-citation></ref></ref-list></back>
<sub-article><body><p>Another.</p></body></sub-article>
</article>"#;

#[test]
fn prose_is_read_in_the_order_of_the_page() {
    let document = document(WHOLE);
    assert_eq!(
        blocks(&document),
        [
            "h1 Sleep in µ-units",
            "h2 Abstract",
            "h3 Aims",
            "p To sleep.",
            "h2 Introduction",
            "p Before and after the figure, with \u{fffc} hours.",
            "p Figure 1. A bed.",
            "p Seen from above.",
            "fn:a A note.",
            "li0:1 One",
            "li0:- more",
            "li0:2 Two",
            "li1:- Deep",
            "q Said.",
            "p Table 1. Hours",
            "th0.0 Group",
            "th0.1 Hours slept",
            "td1.0 A B",
            "td1.1 7\u{a0}±\u{2009}1",
            "p Per night.",
            "h2 Thanks",
            "p To all.",
            "h2 References",
            "ref:B1 Author A. Sleep. J Test. 2001;1:1.",
        ]
    );
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    let facts: Vec<(&str, &str)> = document.metadata.iter().map(|entry| (entry.key.as_str(), entry.value.as_str())).collect();
    assert_eq!(
        facts,
        [
            ("article-type", "research-article"),
            ("journal-title", "Test & Trial"),
            ("article-id.doi", "10.1000/t.1"),
            ("published", "2019-02-05"),
            ("history-accepted", "January 2019"),
        ]
    );
}

#[test]
fn the_history_of_a_manuscript_is_no_review() {
    let checked = checked(WHOLE);
    assert!(checked.article.review.iter().all(|statement| statement.kind.name() == "published"));
    assert!(checked.diagnostics.iter().all(|d| !d.rule.contains("review")), "{:?}", checked.diagnostics);
}

#[test]
fn words_lead_back_to_their_place() {
    let source = Source::new("a", WHOLE);
    let document = formats::parse(&source, Format::Jats);
    for (words, quote) in [("7\u{a0}±", "7&nbsp;&#177;"), ("µ-units", "µ</italic>-units"), ("after the", "after\n  the"), ("Two", "Two")]
    {
        let block = document.blocks.iter().find(|block| block.text().contains(words)).unwrap();
        let at = block.text().find(words).unwrap();
        assert_eq!(source.slice(block.prose.span(at..at + words.len())), quote);
    }
}

/// Groups as their numbers, with the words at their place.
fn cited(body: &str, entries: u32) -> Vec<(Vec<u32>, String)> {
    let refs: String = (1..=entries)
        .map(|n| format!("<ref id=\"B{n}\"><label>{n}</label><mixed-citation>Author {n}. 2001.</mixed-citation></ref>"))
        .collect();
    let checked = checked(&format!("<article><body>{body}</body><back><ref-list>{refs}</ref-list></back></article>"));
    let groups = &checked.article.citations.groups;
    groups.iter().map(|group| (group.numbers.clone(), checked.document.words(group.place).to_owned())).collect()
}

fn xref(rid: &str, words: &str) -> String {
    format!("<xref ref-type=\"bibr\" rid=\"{rid}\">{words}</xref>")
}

#[test]
fn marked_citations_are_read_by_what_they_point_at() {
    let (one, three, five) = (xref("B1", "1"), xref("B3", "3"), xref("B5", "5"));
    let cases = [
        (format!("<p>µ <sup>{one}</sup></p>"), vec![1], "1"),
        (format!("<p>µ [{one}, {three}]</p>"), vec![1, 3], "[1, 3]"),
        (format!("<p>µ <sup>{three}</sup>&#x2013;<sup>{five}</sup></p>"), vec![3, 4, 5], "3–5"),
        (format!("<p>µ [{one}]–[{three}]</p>"), vec![1, 2, 3], "[1]–[3]"),
        (format!("<p>µ {}</p>", xref("B1 B2 B3", "(1-3)")), vec![1, 2, 3], "(1-3)"),
        (format!("<p>µ {}</p>", xref("B2", "[2–4]")), vec![2, 3, 4], "[2–4]"),
        (format!("<p>µ {}{}{}</p>", xref("B1", "1"), xref("B2", ""), xref("B3", "–3")), vec![1, 2, 3], "1–3"),
        (format!("<p>µ ({}) but 2, (3) and [4] are none</p>", xref("B5", "<sup>5</sup>")), vec![5], "(5)"),
    ];
    for (body, numbers, words) in cases {
        assert_eq!(cited(&body, 5), [(numbers, words.to_owned())], "{body}");
    }
}

#[test]
fn other_links_and_table_notes_do_not_cite() {
    let body = format!(
        "<p>µ {} <xref ref-type=\"fig\" rid=\"f2\">2</xref> <xref ref-type=\"table-fn\" rid=\"t1\"><sup>3</sup></xref></p>",
        xref("B1", "1")
    );
    assert_eq!(cited(&body, 3).len(), 1);
}

#[test]
fn entries_without_labels_are_counted_where_the_text_counts_them() {
    let list = "<back><ref-list><ref id=\"a\"><mixed-citation>Author A. 2001.</mixed-citation></ref><ref id=\"b\"><mixed-citation>Writer B. 2002.</mixed-citation></ref></ref-list></back>";
    let numbered = checked(&format!("<article><body><p>µ {} {}</p></body>{list}</article>", xref("a", "1"), xref("b", "2")));
    let numbers = |checked: &Checked| checked.article.references.entries.iter().map(|entry| entry.number).collect::<Vec<_>>();
    assert_eq!(numbers(&numbered), [Some(1), Some(2)]);
    let named = checked(&format!("<article><body><p>µ ({})</p></body>{list}</article>", xref("a", "Author, 2001")));
    assert_eq!(numbers(&named), [None, None]);
    assert!(named.article.citations.style.author_year && named.article.citations.groups.is_empty());
    assert_eq!(named.article.citations.pointers[0].entry, Some(0));
}

#[test]
fn a_list_of_thousands_is_cited_to_its_end() {
    let entry = |n: u32| format!("<ref id=\"B{n}\"><label>{n}</label><mixed-citation>Author {n}. 2001.</mixed-citation></ref>");
    let text: String = (1..=2100).map(|n| format!("µ [{}] ", xref(&format!("B{n}"), &n.to_string()))).collect();
    let list: String = (1..=2100).map(entry).collect();
    let checked = checked(&format!("<article><body><p>{text}</p></body><back><ref-list>{list}</ref-list></back></article>"));
    assert_eq!(checked.article.citations.groups.last().map(|group| group.numbers.clone()), Some(vec![2100]));
}

#[test]
fn a_second_list_that_starts_again_does_not_share_numbers() {
    let entry = |id: &str, n: u32| format!("<ref id=\"{id}\"><label>{n}</label><mixed-citation>Author {id}. 2001.</mixed-citation></ref>");
    let xml = format!(
        "<article><body><p>µ {}{}</p></body><back><ref-list><title>References</title>{}{}</ref-list><ref-list><title>Studies</title>{}</ref-list></back></article>",
        xref("a", "1"),
        xref("b", ", 2"),
        entry("a", 1),
        entry("b", 2),
        entry("s", 1)
    );
    let checked = checked(&xml);
    let numbers: Vec<_> = checked.article.references.entries.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [Some(1), Some(2), None]);
    assert!(checked.diagnostics.iter().all(|d| d.rule != "misnumbered-reference"));
}

#[test]
fn tagged_parts_stand_over_what_is_guessed() {
    let xml = r#"<article><body/><back><ref-list>
<ref id="r1"><label>1</label><element-citation publication-type="journal"><person-group person-group-type="author"><name><surname>de Écrit</surname><given-names>Anna-Lena</given-names></name><name><surname>Writer</surname><given-names>B</given-names></name><etal/></person-group><article-title>Sleep of <italic>µ</italic> mice?</article-title><source>J Test Med</source><year>2004</year><volume>12</volume><issue>3</issue><fpage>101</fpage><lpage>9</lpage><pub-id pub-id-type="doi">10.1000/x.4</pub-id><pub-id pub-id-type="pmid">1234567</pub-id></element-citation></ref>
<ref id="r2"><label>[2]</label><citation-alternatives><element-citation><source>Alone</source></element-citation><mixed-citation publication-type="book"><string-name><given-names>C</given-names> <surname>Éditor</surname></string-name>, <source>Handbook of µ</source> (<publisher-name>Test Press</publisher-name>, <year>1999a</year>).</mixed-citation></citation-alternatives></ref>
<ref id="r3"><label>3</label><nlm-citation citation-type="journal"><person-group><name><surname>Older</surname><given-names>D</given-names></name></person-group><article-title>Dreams</article-title><source>Test</source><year>1990</year><fpage>7</fpage></nlm-citation></ref>
<ref id="r4"><label>4</label><mixed-citation id="r4a">First É. Work one. J Test. 2001;1:1.</mixed-citation><mixed-citation id="r4b">Second F. Work two. J Test. 2002;2:2.</mixed-citation></ref>
<ref id="r5"><label>5</label></ref>
</ref-list></back></article>"#;
    let checked = checked(xml);
    let entries = &checked.article.references.entries;
    let texts: Vec<&str> = entries.iter().map(|entry| entry.text()).collect();
    assert_eq!(
        texts,
        [
            "de Écrit Anna-Lena, Writer B, et al. Sleep of µ mice? J Test Med. 2004;12(3):101-9. doi:10.1000/x.4. PMID: 1234567",
            "C Éditor, Handbook of µ (Test Press, 1999a).",
            "Older D. Dreams. Test. 1990:7",
            "First É. Work one. J Test. 2001;1:1. Second F. Work two. J Test. 2002;2:2.",
            "",
        ]
    );
    let first = entries[0].fields();
    let words = |field: &Option<medproof::article::references::Field>| field.as_ref().map(|field| field.text.clone()).unwrap_or_default();
    assert_eq!(first.authors.iter().map(|author| author.text.as_str()).collect::<Vec<_>>(), ["de Écrit AL", "Writer B"]);
    assert_eq!([words(&first.title), words(&first.container), words(&first.pages)], ["Sleep of µ mice?", "J Test Med", "101-9"]);
    assert_eq!([words(&first.doi), words(&first.pmid), words(&first.issue)], ["10.1000/x.4", "1234567", "3"]);
    let pages = entries[0].span_of(first.pages.as_ref().unwrap().range.clone());
    assert_eq!(checked.source.slice(pages), "101</fpage><lpage>9");
    let book = entries[1].fields();
    assert_eq!([words(&book.title), words(&book.container), words(&book.year)], ["Handbook of µ", "Test Press", "1999"]);
    assert_eq!((book.kind, book.authors[0].text.as_str(), entries[1].number), (Kind::Book, "Éditor C", Some(2)));
    assert_eq!(entries[3].ids, ["r4", "r4a", "r4b"]);
}

#[test]
fn forms_are_told_apart() {
    let form = |body: &str| {
        let xml = format!(
            "<article><body><p>µ {body}</p></body><back><ref-list><ref id=\"B1\"><label>1</label><mixed-citation>A. 2001.</mixed-citation></ref></ref-list></back></article>"
        );
        checked(&xml).article.citations.groups[0].form
    };
    assert_eq!(form(&format!("<sup>[{}]</sup>", xref("B1", "1"))), Form::Superscript);
    assert_eq!(form(&xref("B1", "[1]")), Form::Bracket);
    assert_eq!(form(&format!("( {} )", xref("B1", "1"))), Form::Parenthesis);
    assert_eq!(form(&format!("(see {})", xref("B1", "1"))), Form::Link);
}

#[test]
fn no_edit_parts_a_number_from_its_link() {
    let body = format!("µ [{}, {}]", xref("B2", "2"), xref("B1", "1"));
    let entry = |n: u32| format!("<ref id=\"B{n}\"><label>{n}</label><mixed-citation>Author {n}. 2001.</mixed-citation></ref>");
    let xml = format!("<article><body><p>{body}</p></body><back><ref-list>{}{}</ref-list></back></article>", entry(1), entry(2));
    let checked = checked(&xml);
    let finding = checked.diagnostics.iter().find(|d| d.rule == "unsorted-citation").expect("2 stands before 1");
    assert!(finding.fix.is_none());
}

#[test]
fn comments_and_instructions_are_kept() {
    let document =
        document(&article("<?medproof ignore-next-line doubled-word -- µ?><!-- medproof-ignore-file all -- x --><?other thing?><p>A</p>"));
    let texts: Vec<&str> = document.comments.iter().map(|comment| comment.text.trim()).collect();
    assert_eq!(texts, ["medproof-ignore-next-line doubled-word -- µ", "medproof-ignore-file all -- x"]);
}

/// The message of the first problem, and the blocks read all the same.
fn problem(xml: &str) -> (String, Vec<String>) {
    let document = document(xml);
    let first = document.problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
    (first, blocks(&document))
}

#[test]
fn what_is_not_well_formed_is_told_and_read_on() {
    let cases = [
        ("<p>µ <bold>a <italic>b</bold> c</italic> d</p><p>e</p>", "<italic> is still open where </bold> ends what is around it", 2),
        ("<p>µ a</q> b</p><p>c</p>", "</q> ends no element that is open", 2),
        ("<p>µ a < 5 mg</p><p>c</p>", "“<” begins no tag here", 2),
        ("<p>µ AT&T &unknown; b</p><p>c</p>", "“&unknown;” stands for nothing that is known", 2),
        ("<p>µ \0</p><p>c</p>", "a NUL character, which XML does not allow", 2),
        ("<p>µ <!-- open</p><p>c</p>", "“<” begins no tag here", 2),
    ];
    for (body, message, count) in cases {
        let (told, blocks) = problem(&article(body));
        assert!(told.starts_with(message), "{body}: {told}");
        assert_eq!(blocks.len(), count, "{body}: {blocks:?}");
    }
    let (told, blocks) = problem("<article><body><p>µ one</p><p>two");
    assert_eq!((told.as_str(), blocks.len()), ("the file ends, and <p> is still open", 2));
    assert_eq!(problem("<html><body><p>µ</p></body></html>"), ("the XML holds no <article>, and so nothing was read".into(), Vec::new()));
    assert!(problem("").0.starts_with("the XML holds no <article>"));
}

#[test]
fn nothing_is_expanded() {
    let bomb = "<!DOCTYPE article [<!ENTITY a \"µ\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]><article><body><p>&b; &x;</p></body></article>";
    let document = document(bomb);
    assert_eq!(blocks(&document), ["p &b; &x;"]);
    assert_eq!(document.problems.len(), 2);
}

#[test]
fn a_wrong_declaration_of_the_encoding_is_told() {
    let told = |bytes: &[u8]| {
        let source = Source::decode("a.xml", bytes.to_vec()).unwrap();
        formats::parse(&source, Format::Jats).problems.first().map(|problem| problem.message.clone())
    };
    let with = |declared: &str, word: &[u8]| {
        [format!("<?xml version=\"1.0\" encoding=\"{declared}\"?><article><body><p>").as_bytes(), word, b"</p></body></article>"].concat()
    };
    assert_eq!(told(&with("UTF-8", "µ".as_bytes())), None);
    assert_eq!(told(&with("ISO-8859-1", b"\xb5")), None);
    assert_eq!(told(&with("ISO-8859-1", b"a")), None);
    assert_eq!(told(&with("utf-8", b"caf\xe9 au lait")).unwrap(), "the file says that it is in utf-8, and was read as Windows-1252");
    assert_eq!(told(&with("ISO-8859-1", "µ".as_bytes())).unwrap(), "the file says that it is in ISO-8859-1, and was read as UTF-8");
}

#[test]
fn depth_and_size_cost_no_more_than_their_bytes() {
    for tag in ["sec", "bold", "list", "fig", "p", "disp-quote", "xref ref-type=\"bibr\" rid=\"a\"", "fn"] {
        let name = tag.split(' ').next().unwrap();
        let deep =
            format!("<article><body>{}µ{}</body></article>", format!("<{tag}>").repeat(100_000), format!("</{name}>").repeat(100_000));
        assert_eq!(document(&deep).blocks.len(), 1, "{tag}");
    }
    let crossed = format!("<article><body>{}{}</body></article>", "<i>µ".repeat(50_000), "</b>".repeat(50_000));
    assert!(document(&crossed).problems.len() <= 21);
    let stray = format!("<article><body><p>{}</p></body></article>", "µ < ".repeat(50_000));
    assert!(!document(&stray).problems.is_empty());
    let entry = format!("<article><back><ref-list><ref>{}</ref></ref-list></back></article>", "<year>µ</year>".repeat(50_000));
    assert_eq!(document(&entry).blocks.len(), 1);
}

proptest! {
    #![proptest_config(support::cases(200))]

    /// Whatever is cut out of an article or put into it: no panic, and every span holds.
    #[test]
    fn damaged_xml_is_read(cut in 0usize..4000, length in 0usize..300, put in "[<>/&;\"'= a-z\\x00µ!?\\[\\]-]{0,12}") {
        let whole = WHOLE;
        let floor = |mut at: usize| { at = at.min(whole.len()); while !whole.is_char_boundary(at) { at -= 1; } at };
        let xml = format!("{}{put}{}", &whole[..floor(cut)], &whole[floor(cut + length)..]);
        let checked = checked(&xml);
        for block in &checked.document.blocks {
            let text = block.text();
            for (at, c) in text.char_indices() {
                let span = block.prose.span(at..at + c.len_utf8());
                prop_assert!(checked.source.text().get(span.range()).is_some());
            }
            for mark in &block.marks {
                prop_assert!(text.get(mark.range.clone()).is_some());
            }
        }
        for d in &checked.diagnostics {
            prop_assert!(checked.source.text().get(d.span.range()).is_some());
        }
        for problem in &checked.document.problems {
            prop_assert!(checked.source.text().get(problem.span.range()).is_some());
        }
    }
}

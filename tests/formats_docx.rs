//! Word files made from XML of our own: what Word shows is read, at its place, and nothing else.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use medproof::article::{self, Article};
use medproof::document::{Block, BlockKind, Document, Format, MarkKind};
use medproof::formats::{self, docx};
use medproof::lexicon::Lexicon;
use medproof::source::{Source, Unreadable};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

/// A package of parts by name.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn part(root: &str, inner: &str) -> String {
    format!(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMESPACES}>{inner}</w:{root}>"#)
}

fn document(body: &str) -> String {
    part("document", &format!("<w:body>{body}<w:sectPr/></w:body>"))
}

/// A file with a body and further parts, given by the names of their root elements.
fn word_file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut all = vec![("word/document.xml".to_owned(), document(body))];
    all.extend(parts.iter().map(|(root, inner)| (format!("word/{root}.xml"), part(root, inner))));
    package(&all.iter().map(|(name, xml)| (name.as_str(), xml.as_str())).collect::<Vec<_>>())
}

fn read(body: &str, parts: &[(&str, &str)]) -> (Source, Document, docx::Trace) {
    let read = docx::read("a.docx", &word_file(body, parts)).expect("a Word file");
    check_spans(&read.0, &read.1);
    read
}

/// Every span is in bounds, and the source at it holds the words.
fn check_spans(source: &Source, document: &Document) {
    for block in &document.blocks {
        assert!(source.text().get(block.span.range()).is_some());
        assert_eq!(source.slice(block.prose.span(0..block.text().len())), block.text());
        for mark in &block.marks {
            assert!(block.text().get(mark.range.clone()).is_some(), "{mark:?} of {:?}", block.text());
        }
    }
}

fn text(body: &str) -> String {
    read(body, &[]).0.text().to_owned()
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

/// A paragraph with a style and a list.
fn styled(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

fn item(list: u32, level: u32, words: &str) -> String {
    styled(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), words)
}

fn marks(block: &Block) -> Vec<(&str, &MarkKind)> {
    block.marks.iter().map(|mark| (&block.text()[mark.range.clone()], &mark.kind)).collect()
}

fn understood(source: &Source, document: &Document) -> Article {
    article::read(source, document, &Lexicon::default())
}

fn cited(source: &Source, document: &Document) -> Vec<Vec<u32>> {
    understood(source, document).citations.groups.into_iter().map(|group| group.numbers).collect()
}

#[test]
fn the_text_is_what_word_shows() {
    for (run, want) in [
        ("<w:t>5 µg &amp; more &lt; 7&#8217;</w:t>", "5 µg & more < 7’"),
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:br w:type=\"page\"/>", "a\tb\nc"),
        ("<w:t>anti</w:t><w:noBreakHyphen/><w:t>µ</w:t><w:softHyphen/><w:t>x</w:t>", "anti‑µx"),
        ("<w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t>5</w:t>", "≥5"),
        ("<w:t>\n  trimmed µ\n </w:t>", "trimmed µ"),
        ("<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>", ""),
        ("<w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>shown</w:t>", "shown"),
    ] {
        assert_eq!(text(&format!("<w:p><w:r>{run}</w:r></w:p>")), format!("{want}\n"), "{run}");
    }
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">Give µ </w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins><w:r><w:t>10</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t xml:space="preserve"> mg</w:t></w:r></w:moveTo></w:p>"#;
    assert_eq!(text(body), "Give µ 10 mg\n");
    let joined =
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">One µ </w:t></w:r></w:p>{}", p("line"));
    assert_eq!(text(&joined), "One µ line\n");
    let row = |change: &str, words: &str| format!("<w:tr><w:trPr>{change}</w:trPr><w:tc>{}</w:tc><w:tc><w:p/></w:tc></w:tr>", p(words));
    let table = format!("<w:tbl>{}{}</w:tbl>", row("", "kept µ"), row("<w:del/>", "deleted"));
    assert_eq!(text(&table).trim(), "kept µ");
}

#[test]
fn a_text_box_is_read_once_and_controls_are_read() {
    let boxed = format!(
        "<w:p><w:r><w:t>before µ</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t xml:space=\"preserve\"> and after</w:t></w:r></w:p>",
        p("in the box")
    );
    assert_eq!(text(&boxed), "before µ and after\nin the box\n");
    let control = format!("<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", p("in a control µ"));
    assert_eq!(text(&control), "in a control µ\n");
}

#[test]
fn superscript_comes_from_the_run_its_style_or_the_paragraph() {
    let styles = r#"<w:style w:type="character" w:styleId="Base"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style><w:style w:type="character" w:styleId="Cite"><w:basedOn w:val="Base"/></w:style><w:style w:type="paragraph" w:styleId="High"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>"#;
    let run = |properties: &str, words: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"High\"/></w:pPr>{}{}</w:p>",
        run("", "µ"),
        run(r#"<w:vertAlign w:val="superscript"/>"#, "1,"),
        run(r#"<w:vertAlign w:val="superscript"/>"#, "2"),
        run(r#"<w:rStyle w:val="Cite"/>"#, "3"),
        run("", "4"),
        run(r#"<w:vertAlign w:val="baseline"/>"#, "low"),
    );
    let (_, document, _) = read(&body, &[("styles", styles)]);
    assert_eq!(marks(&document.blocks[0]), [("1,23", &MarkKind::Superscript)]);
    assert_eq!(marks(&document.blocks[1]), [("4", &MarkKind::Superscript)]);
}

#[test]
fn headings_are_known_in_every_language() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My section"/><w:basedOn w:val="berschrift2"/></w:style><w:style w:type="paragraph" w:styleId="Niveau"><w:name w:val="Niveau"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Verz"><w:name w:val="toc 1"/></w:style>"#;
    let style = |id: &str, words: &str| styled(&format!(r#"<w:pStyle w:val="{id}"/>"#), words);
    let body = [
        style("Titel", "µ title"),
        style("Verz", "Section\t3"),
        style("berschrift2", "two"),
        style("Own", "own"),
        style("Niveau", "three"),
        style("Heading4", "without a style"),
        styled(r#"<w:outlineLvl w:val="0"/>"#, "direct"),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>By hand</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold sentence.</w:t></w:r></w:p>".to_owned(),
    ]
    .concat();
    let (_, document, trace) = read(&body, &[("styles", styles)]);
    let kinds: Vec<_> = document.blocks.iter().map(|block| (block.text(), block.kind.clone())).collect();
    let heading = |words, level| (words, BlockKind::Heading(level));
    assert_eq!(
        kinds,
        [
            heading("µ title", 1),
            heading("two", 2),
            heading("own", 2),
            heading("three", 3),
            heading("without a style", 4),
            heading("direct", 1),
            heading("By hand", 2),
            ("Bold sentence.", BlockKind::Paragraph)
        ]
    );
    let place = trace.place(document.blocks[7].span.start).unwrap();
    assert_eq!((place.heading, place.paragraph), (Some(document.blocks[6].span), 1));
}

const LISTS: &str = r#"
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/><w:suff w:val="space"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:lvlText w:val="%1-%2"/><w:isLgl/><w:lvlRestart w:val="0"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="3"/></w:num>"#;

#[test]
fn lists_have_the_numbers_that_word_prints() {
    let body: String = [
        item(1, 0, "µ one"),
        item(1, 0, "two"),
        item(1, 1, "letter"),
        item(1, 1, "letter"),
        item(2, 0, "bullet"),
        item(1, 0, "three"),
        item(1, 1, "letter again"),
        item(1, 2, "deep"),
        item(4, 0, "goes on"),
        item(5, 0, "restarted"),
        item(5, 0, "and on"),
        item(1, 0, "the definition counts"),
        item(3, 0, "four"),
        item(0, 0, "none"),
        item(9, 0, "unknown"),
        item(6, 0, "roman"),
        item(6, 1, "legal"),
        item(6, 0, "roman"),
        item(6, 1, "never restarts"),
    ]
    .concat();
    let (source, document, _) = read(&body, &[("numbering", LISTS)]);
    let lines: Vec<_> = source.text().lines().collect();
    assert_eq!(
        lines,
        [
            "1.\tµ one",
            "2.\ttwo",
            "a)\tletter",
            "b)\tletter",
            "•\tbullet",
            "3.\tthree",
            "a)\tletter again",
            "3.1\tdeep",
            "4.\tgoes on",
            "7.\trestarted",
            "8.\tand on",
            "9.\tthe definition counts",
            "[4] four",
            "none",
            "unknown",
            "III.\troman",
            "3-1\tlegal",
            "IV.\troman",
            "4-2\tnever restarts"
        ]
    );
    let marker = |i: usize| document.blocks[i].marker().map(|marker| (marker.number, source.slice(marker.span)));
    assert_eq!(marker(1), Some((Some(2), "2.")));
    assert_eq!(marker(12), Some((Some(4), "[4]")));
    assert_eq!([marker(2), marker(4), marker(7), marker(15)], [None; 4]);
    assert!(matches!(document.blocks[4].kind, BlockKind::ListItem { marker: None, depth: 0 }));
    assert_eq!(document.blocks[13].kind, BlockKind::Paragraph);
}

#[test]
fn a_style_may_carry_the_list_and_an_empty_item_keeps_its_number() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="Ref"><w:name w:val="Ref"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Ref2"><w:basedOn w:val="Ref"/></w:style>"#;
    let entry = |words: &str| styled(r#"<w:pStyle w:val="Ref2"/>"#, words);
    let off = styled(r#"<w:pStyle w:val="Ref"/><w:numPr><w:numId w:val="0"/></w:numPr>"#, "off");
    let (source, document, _) = read(&[entry("µ"), entry(""), off, entry("three")].concat(), &[("styles", styles), ("numbering", LISTS)]);
    assert_eq!(source.text(), "1.\tµ\n2.\t\noff\n3.\tthree\n");
    assert_eq!(document.blocks.len(), 3);
}

fn entries(list: impl Fn(&str) -> String) -> String {
    (1..=4).map(|n| list(&format!("Author {n}. Title µ of work {n}. J Test. 200{n};{n}:10-1{n}."))).collect()
}

#[test]
fn an_article_numbered_by_word_is_read() {
    let up = |n: &str| format!(r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{n}</w:t></w:r>"#);
    let body = format!(
        "{}<w:p><w:r><w:t>Text µ ends.</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> Area is 5 m</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\">. More text</w:t></w:r>{}</w:p>{}{}",
        styled(r#"<w:pStyle w:val="Heading1"/>"#, "An µ article"),
        up("1,3"),
        up("2"),
        up("4"),
        styled(r#"<w:pStyle w:val="Heading1"/>"#, "References"),
        entries(|words| item(1, 0, words))
    );
    let (source, document, _) = read(&body, &[("numbering", LISTS)]);
    assert_eq!(cited(&source, &document), [vec![1, 3], vec![4]]);
    let article = understood(&source, &document);
    assert_eq!(article.references.entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [Some(1), Some(2), Some(3), Some(4)]);
    assert!(source.slice(article.references.entries[2].span).starts_with("3.\tAuthor 3"));
}

#[test]
fn typed_numbers_stay_as_typed() {
    for (before, behind) in [("[", "]\t"), ("", ".\t"), ("", "\t"), ("", ". "), ("", ") ")] {
        let numbers = std::cell::Cell::new(0);
        let list = entries(|words| {
            numbers.set(numbers.get() + 1);
            if numbers.get() == 3 { String::new() } else { p(&format!("{before}{}{behind}{words}", numbers.get())) }
        });
        let (source, document, _) = read(&format!("{}{}{list}", p("Text µ [1, 2] and on [4]."), p("References")), &[]);
        let article = understood(&source, &document);
        assert_eq!(article.references.entries.iter().filter_map(|entry| entry.number).collect::<Vec<_>>(), [1, 2, 4], "{behind:?}");
        assert!(article.references.entries[0].text().starts_with("Author 1"));
        assert_eq!(cited(&source, &document), [vec![1, 2], vec![4]]);
    }
}

const NOTES: &str = r#"<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote><w:endnote w:id="7"><w:p><w:r><w:endnoteRef/></w:r><w:r><w:t xml:space="preserve"> Author B. Two µ. J Test. 2002;2:3-4.</w:t></w:r></w:p></w:endnote><w:endnote w:id="5"><w:p><w:r><w:t>Author A. One. J Test. 2001;1:1-2.</w:t></w:r></w:p></w:endnote>"#;

fn note(id: u32) -> String {
    format!(r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:endnoteReference w:id="{id}"/></w:r>"#)
}

#[test]
fn notes_come_in_the_order_of_their_references() {
    let body = format!("<w:p><w:r><w:t>Text µ</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> and on</w:t></w:r>{}</w:p>", note(5), note(7));
    let arabic = r#"<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>"#;
    let (source, document, trace) = read(&body, &[("endnotes", NOTES), ("settings", arabic)]);
    assert_eq!(source.text(), "Text µ1 and on2\n1 Author A. One. J Test. 2001;1:1-2.\n2 Author B. Two µ. J Test. 2002;2:3-4.\n");
    assert_eq!(document.blocks[1].kind, BlockKind::Footnote { label: "1".into() });
    assert!(marks(&document.blocks[0]).contains(&("2", &MarkKind::FootnoteReference("2".into()))));
    assert_eq!(cited(&source, &document), [[1], [2]]);
    let run = trace.runs(document.blocks[2].prose.span(0..6)).next().unwrap();
    assert_eq!((run.part, source.slice(run.text)), (docx::Part::Endnotes, "Author"));
    // Without the setting Word prints small Roman numbers.
    assert!(text_with_notes(&body).starts_with("Text µi and onii\ni Author A."));
}

#[test]
fn headers_and_footers_tell_of_the_review_and_of_nothing_else() {
    let margin = |root: &str, words: &[&str]| part(root, &words.iter().map(|words| p(words)).collect::<String>());
    let relation = |id: u32, kind: &str, target: &str| format!(r#"<Relationship Id="rId{id}" Type="x/{kind}" Target="{target}"/>"#);
    let relations =
        [relation(1, "header", "header1.xml"), relation(2, "footer", "footer1.xml"), relation(3, "footer", "/word/footer2.xml")];
    let last = "Last reviewed: 3 May 2020";
    let read = |body: &str| {
        let file = package(&[
            ("word/document.xml", &document(body)),
            ("word/_rels/document.xml.rels", &format!("<Relationships>{}</Relationships>", relations.concat())),
            ("word/numbering.xml", &part("numbering", LISTS)),
            ("word/header1.xml", &margin("hdr", &["The the µ weekly [99]"])),
            ("word/footer1.xml", &margin("ftr", &["Page 1", last])),
            ("word/footer2.xml", &margin("ftr", &[last, "© 2026 µ"])),
        ]);
        docx::read("a.docx", &file).unwrap()
    };
    for list in [entries(|words| item(1, 0, words)), entries(|words| p(&format!("{}. {words}", &words[7..8])))] {
        let (source, document, trace) = read(&format!("{}{}{list}", p("Text µ [1-4]"), p("References")));
        check_spans(&source, &document);
        assert!(source.text().ends_with("2004;4:10-14.\nLast reviewed: 3 May 2020\n"), "{}", source.text());
        assert!(!source.text().contains("weekly") && !source.text().contains("2026"));
        let article = understood(&source, &document);
        assert_eq!(article.review.iter().map(|statement| source.slice(statement.span)).collect::<Vec<_>>(), [last]);
        assert!(article.references.entries.iter().all(|entry| !entry.text().contains("reviewed")));
        assert_eq!(trace.runs(document.blocks[6].span).next().unwrap().part, docx::Part::Margin);
    }
}

fn text_with_notes(body: &str) -> String {
    read(body, &[("endnotes", NOTES)]).0.text().to_owned()
}

#[test]
fn notes_beside_a_list_of_references_explain() {
    let body = format!("<w:p><w:r><w:t>Text µ [1-4]</w:t></w:r>{}</w:p>{}{}", note(5), p("References"), entries(|words| item(1, 0, words)));
    let settings = r#"<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>"#;
    let explains = r#"<w:endnote w:id="5"><w:p><w:r><w:t>Both authors did the same work.</w:t></w:r></w:p></w:endnote>"#;
    let (source, document, _) = read(&body, &[("endnotes", explains), ("settings", settings), ("numbering", LISTS)]);
    assert_eq!(cited(&source, &document), [[1, 2, 3, 4]]);
}

/// A field with an instruction and a result.
fn field(instruction: &str, result: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    )
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

#[test]
fn fields_show_their_results() {
    let data = r#"{"citationItems":[{"title":"µ 12"}]}"#;
    let nested = format!("{}{}", run("("), field(" HYPERLINK \\l \"_ENREF_2\" ", &run("2")));
    let body = format!(
        "<w:p>{}{}{}{}{}{}<w:fldSimple w:instr=\" CITATION Doe20 \">{}</w:fldSimple>{}</w:p>",
        run("Text µ "),
        field(&format!(" ADDIN ZOTERO_ITEM CSL_CITATION {data} "), &run("[1]")),
        run(" and "),
        field(" ADDIN EN.CITE &lt;EndNote&gt; ", &format!("{nested}{}", run(")"))),
        run(" on page "),
        field(" PAGE ", &run("3")),
        run("(4)"),
        field(" ADDIN CSL_CITATION {} ", &run("(Doe, 2019)")),
    );
    let (source, document, _) = read(&body, &[]);
    assert_eq!(source.text(), "Text µ [1] and (2) on page 3(4)(Doe, 2019)\n");
    let cites = MarkKind::Link("#citation".into());
    let found = marks(&document.blocks[0]);
    assert_eq!(found, [("[1]", &cites), ("(2)", &cites), ("2", &MarkKind::Link("#_ENREF_2".into())), ("(4)", &cites)]);
}

#[test]
fn a_field_that_never_ends_hides_one_paragraph_at_most() {
    let open = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF µ</w:instrText></w:r>"#;
    assert_eq!(text(&format!("<w:p>{}{open}</w:p>{}", run("µ one"), p("two"))), "µ one\ntwo\n");
    assert_eq!(text(r#"<w:p><w:r><w:fldChar w:fldCharType="end"/><w:t>µ</w:t></w:r></w:p>"#), "µ\n");
    let inside =
        r#"<w:t>µ   <w:fldChar w:fldCharType="begin"/><w:instrText>NOTEREF a</w:instrText><w:fldChar w:fldCharType="separate"/></w:t>"#;
    text(&format!("<w:p><w:r>{inside}<w:t>éééé</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"));
}

#[test]
fn links_inside_the_file_cite_only_entries() {
    let link = |anchor: &str, words: &str| format!(r#"<w:hyperlink w:anchor="{anchor}">{}</w:hyperlink>"#, run(words));
    let mark = |name: &str| format!(r#"<w:bookmarkStart w:id="1" w:name="{name}"/>"#);
    let reference = field(" REF entry \\r \\h ", &run("1"));
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p><w:p>{}{}</w:p><w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}{}</w:p>",
        run("µ as in Figure "),
        link("fig", "1"),
        run(" and ["),
        reference,
        link("gone", "2"),
        mark("fig"),
        run("Figure 1. A picture"),
        mark("entry"),
        run("Author")
    );
    let (_, document, _) = read(&body, &[("numbering", LISTS)]);
    assert_eq!(marks(&document.blocks[0]), [("1", &MarkKind::Link("#entry".into())), ("2", &MarkKind::Link("#gone".into()))]);
}

#[test]
fn tables_have_rows_and_columns() {
    let cell = |properties: &str, inner: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>");
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", &p("µ in")), cell("", &p("in 2")));
    let body = format!(
        "<w:tbl><w:tblPr/><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:tbl><w:tr>{}</w:tr></w:tbl>",
        cell(r#"<w:gridSpan w:val="2"/>"#, &p("wide")),
        cell("", &p("third")),
        cell("", &format!("{}{inner}", p("a"))),
        cell("", &p("b")),
        cell("", &p("a frame")),
    );
    let (_, document, _) = read(&body, &[]);
    let cells: Vec<_> = document
        .blocks
        .iter()
        .map(|block| match block.kind {
            BlockKind::TableCell { table, row, column, .. } => (block.text(), Some((table, row, column))),
            _ => (block.text(), None),
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("wide", Some((0, 0, 0))),
            ("third", Some((0, 0, 2))),
            ("a", Some((0, 1, 0))),
            ("µ in", Some((1, 0, 0))),
            ("in 2", Some((1, 0, 1))),
            ("b", Some((0, 1, 1))),
            ("a frame", None)
        ]
    );
}

#[test]
fn properties_are_metadata_and_only_an_editors_word_is_a_review() {
    let core = r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>µ &amp; more</dc:title><dcterms:created>2019-01-01T00:00:00Z</dcterms:created><dcterms:modified>2020-05-01T00:00:00Z</dcterms:modified></cp:coreProperties>"#;
    let custom = r#"<Properties xmlns="p" xmlns:vt="v"><property name="Last reviewed"><vt:filetime>2024-05-01T00:00:00Z</vt:filetime></property><property name="Modified"><vt:lpwstr>2021-01-01</vt:lpwstr></property><property name="Reviewed by"><vt:lpwstr/></property></Properties>"#;
    let file = package(&[("word/document.xml", &document(&p("Text µ."))), ("docProps/core.xml", core), ("docProps/custom.xml", custom)]);
    let (source, document, _) = docx::read("a.docx", &file).unwrap();
    let found: Vec<_> = document.metadata.iter().map(|entry| (entry.key.as_str(), entry.value.as_str())).collect();
    assert_eq!(
        found,
        [
            ("docx:title", "µ & more"),
            ("docx:created", "2019-01-01T00:00:00Z"),
            ("docx:modified", "2020-05-01T00:00:00Z"),
            ("Last reviewed", "2024-05-01T00:00:00Z"),
            ("docx:Modified", "2021-01-01")
        ]
    );
    let review = understood(&source, &document).review;
    assert_eq!(review.len(), 1);
    assert_eq!(review[0].reading().and_then(|reading| reading.exact()).map(|date| date.to_string()).as_deref(), Some("2024-05-01"));
}

#[test]
fn every_word_leads_back_to_its_bytes() {
    let body = format!("{}<w:p>{}{}</w:p>", p("First µ"), run("a &amp; b µ"), run("second run"));
    let (source, found, trace) = read(&body, &[]);
    let xml = document(&body);
    let words = |range: std::ops::Range<usize>| {
        let runs: Vec<_> = trace.runs(found.blocks[1].prose.span(range)).collect();
        runs.into_iter().map(|run| (run.paragraph, run.run, xml[run.xml].to_owned(), source.slice(run.text).to_owned())).collect::<Vec<_>>()
    };
    let at = |words: &str| {
        let start = found.blocks[1].text().find(words).unwrap();
        start..start + words.len()
    };
    assert_eq!(words(at("b µ")), [(1, 0, "b µ".into(), "b µ".into())]);
    assert_eq!(words(at("µsec")), [(1, 0, "µ".into(), "µ".into()), (1, 1, "sec".into(), "sec".into())]);
    assert_eq!(words(at("&"))[0].2, "&amp;");
    // An edit at an offset of the text would destroy the file.
    assert!(!source.is_exact());
    assert_eq!(text(&p("\u{feff}µ")), "\u{feff}µ\n");
}

#[test]
fn the_one_door_knows_formats_by_their_bytes() {
    let file = word_file(&p("Text µ."), &[]);
    let (_, document) = formats::open("renamed.txt", file, None).unwrap();
    assert_eq!(document.format, Format::Docx);
    assert_eq!(formats::open("a.md", "# µ".into(), None).unwrap().1.format, Format::Markdown);
    assert_eq!(formats::open("a.md", "# µ".into(), Some(Format::Text)).unwrap().1.format, Format::Text);
}

#[test]
fn what_other_programs_write_is_read() {
    const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let bare = format!("<document xmlns=\"{TRANSITIONAL}\"><body><p><r><t>µ</t></r></p></body></document>");
    let prefixed = format!("<x:document xmlns:x=\"{STRICT}\"><x:body><x:p><x:r><x:t>µ</x:t></x:r></x:p></x:body></x:document>");
    for xml in [bare, prefixed, format!("\u{feff}{}", document(&p("µ")))] {
        assert_eq!(docx::read("a", &package(&[("word/document.xml", &xml)])).unwrap().0.text(), "µ\n", "{xml}");
    }
    let relations = r#"<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
    let renamed = package(&[("_rels/.rels", relations), ("word/document2.xml", &document(&p("µ")))]);
    assert_eq!(docx::read("a", &renamed).unwrap().0.text(), "µ\n");
    for no_article in ["", "garbage µ"] {
        let (_, document, _) = docx::read("a", &package(&[("word/document.xml", no_article)])).unwrap();
        assert_eq!(document.problems.len(), 1, "{no_article}");
    }
}

fn refusal(bytes: &[u8]) -> String {
    match formats::open("a.docx", bytes.to_vec(), None) {
        Err(error) => error.to_string(),
        Ok(_) => "read".into(),
    }
}

fn ole(stream: &str) -> Vec<u8> {
    let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0; 64]).chain(name).collect()
}

#[test]
fn what_is_no_word_file_is_refused_by_name() {
    for (bytes, want) in [
        (ole("WordDocument"), "old Word file"),
        (ole("EncryptedPackage"), "password"),
        (b"{\\rtf1 text}".to_vec(), "is RTF"),
        (b"plain text \xc2\xb5".to_vec(), "no Word file"),
        (Vec::new(), "no Word file"),
        (package(&[("xl/workbook.xml", "<a/>")]), "Excel"),
        (package(&[("content.xml", "<a/>")]), "OpenDocument"),
        (package(&[("a.txt", "a")]), "without a Word document"),
        (package(&[]), "without a Word document"),
        (package(&[("word/document.xml", "<a/>"), ("../../etc/passwd", "a")]), "leads out of the package"),
        (package(&[("word/document.xml", "<a/>"), ("Word/Document.xml", "<b/>")]), "same name"),
    ] {
        let found = refusal(&bytes);
        assert!(found.contains(want), "{found} instead of {want}");
    }
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let bomb = document(&p(&" ".repeat(24 << 20)));
    assert!(refusal(&package(&[("word/document.xml", &bomb)])).contains("unpacks to more"));
    let names: Vec<String> = (0..10_000).map(|i| format!("word/media/{i}.xml")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert!(refusal(&package(&parts)).contains("more than 4096 parts"));
    let lol = format!(
        "<!DOCTYPE w:document [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>{}",
        "ha".repeat(100),
        document("<w:p><w:r><w:t>µ&b;</w:t></w:r></w:p>").split_once("?>").unwrap().1
    );
    let (source, ..) = docx::read("a", &package(&[("word/document.xml", &lol)])).unwrap();
    assert_eq!(source.text(), "µ\u{fffd}\n");
}

#[test]
fn damage_is_told_and_what_stands_before_it_is_read() {
    for broken in ["<w:p><w:r><w:t>AT&T", "<w:p></w:r>", "<w:p><w:r><w:t>cut off"] {
        let xml = document("|").replace('|', &format!("{}{broken}", p("whole µ")));
        for xml in [xml.clone(), xml.split("<w:sectPr").next().unwrap().to_owned()] {
            let (source, document, _) = docx::read("a", &package(&[("word/document.xml", &xml)])).unwrap();
            assert!(source.text().starts_with("whole µ\n"), "{broken}: {}", source.text());
            assert_eq!(document.problems.len(), 1, "{broken}");
        }
    }
    let file = word_file(&entries(p), &[]);
    for cut in [file.len() - 1, file.len() / 2, 40, 4] {
        assert!(refusal(&file[..cut]).contains("damaged or cut off"), "cut at {cut}: {}", refusal(&file[..cut]));
    }
}

#[test]
fn deep_nesting_and_long_lists_take_linear_time() {
    let depth = 100_000;
    let boxes = format!("{}{}{}", "<w:p><w:r><w:txbxContent>".repeat(depth), p("µ deep"), "</w:txbxContent></w:r></w:p>".repeat(depth));
    let tables = format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(depth), p("µ deep"), "</w:tc></w:tr></w:tbl>".repeat(depth));
    let fields = format!("<w:p>{}{}</w:p>", r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#.repeat(depth), run("µ hidden"));
    let mut list = String::new();
    (0..10_000).for_each(|i| list.push_str(&item(1, i % 3, "µ")));
    let started = std::time::Instant::now();
    for (body, words) in [(boxes, "µ deep"), (tables, "µ deep"), (fields, ""), (list, "µ")] {
        let (source, ..) = read(&body, &[("numbering", LISTS)]);
        assert!(source.text().contains(words));
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// A body with a little of everything.
fn rich_body() -> String {
    let mut body = String::new();
    write!(body, "{}{}", item(1, 0, "µ &amp; é"), item(1, 1, "two")).unwrap();
    write!(body, "<w:p>{}{}{}</w:p>", run("Text [1]"), note(5), field(" ADDIN EN.CITE ", &run("[2]"))).unwrap();
    write!(body, "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p><w:del>{}</w:del><w:r><w:tab/></w:r></w:p>", p("cell µ"), run("x"))
        .unwrap();
    body
}

#[test]
fn mutated_files_never_panic_and_keep_their_spans() {
    let xml = document(&rich_body()).into_bytes();
    let file = word_file(&rich_body(), &[("endnotes", NOTES), ("numbering", LISTS)]);
    let mut seed = 7u32;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for _ in 0..600 {
        let mut bytes = xml.clone();
        for _ in 0..=random(3) {
            let at = random(bytes.len());
            match random(3) {
                0 => bytes[at] = random(256) as u8,
                1 => {
                    let end = (at + random(60)).min(bytes.len());
                    bytes.drain(at..end);
                }
                _ => bytes.insert(at, b"<>&/\"\0w"[random(7)]),
            }
        }
        let damaged =
            package(&[("word/document.xml", &String::from_utf8_lossy(&bytes)), ("word/numbering.xml", &part("numbering", LISTS))]);
        if let Ok((source, document, trace)) = docx::read("a", &damaged) {
            check_spans(&source, &document);
            for run in trace.runs(medproof::source::Span::new(0, source.text().len())) {
                assert!(source.text().get(run.text.range()).is_some());
            }
        }
        let mut zipped = file.clone();
        let at = random(zipped.len());
        zipped[at] = random(256) as u8;
        match formats::open("a.docx", zipped, None) {
            Ok((source, document)) => check_spans(&source, &document),
            Err(Unreadable::NotText(_) | Unreadable::Package(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

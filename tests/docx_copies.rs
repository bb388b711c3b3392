//! Copies of Word files: findings as comments, fixes as tracked changes, and nothing else that changes.
#![cfg(feature = "cli")]

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use folder::{Folder, Ran};
use medproof::formats::docx;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RULES: &str = "capitalized-generic,dangerous-dose,doubled-word,uncollapsed-citation";

/// A Word file whose main part is `document`, in a folder of its own name, with further parts.
fn word_file(document: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let roots = format!(
        r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="text/main.xml"/></Relationships>"#
    );
    let types = format!(r#"<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>"#);
    let all = [("[Content_Types].xml", &*types), ("_rels/.rels", &*roots), ("text/main.xml", document), ("text/picture.bin", "µ\0µ")];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in all.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>"#)
}

fn p(runs: &str) -> String {
    format!("<w:p><w:pPr><w:jc/></w:pPr>{runs}</w:p>")
}

fn r(words: &str) -> String {
    let kept = if words.trim() == words { "" } else { r#" xml:space="preserve""# };
    format!(r#"<w:r w:rsidR="7"><w:rPr><w:i/></w:rPr><w:t{kept}>{words}</w:t></w:r>"#)
}

fn part(file: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(file)).unwrap().by_name(name).unwrap_or_else(|_| panic!("{name}")).read_to_string(&mut text).unwrap();
    text
}

/// The packed bytes of each part, in order.
fn packed(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index_raw(i).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    parts
}

fn run(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["check", "--today", "2026-11-23", "-o", "concise", "--fail-on", "never", "--select", RULES], args].concat())
}

fn copy_of(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text_of(file: &[u8]) -> String {
    let (source, document, _) = docx::read("a.docx", file).unwrap();
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    source.text().to_owned()
}

/// The main part after all tracked changes of medproof are taken, or turned down.
fn settled(xml: &str, is_taken: bool) -> String {
    let (drop, keep) = if is_taken { ("del", "ins") } else { ("ins", "del") };
    let mut out = xml.to_owned();
    while let Some(start) = out.find(&format!("<w:{drop} ")) {
        let end = start + out[start..].find(&format!("</w:{drop}>")).unwrap() + format!("</w:{drop}>").len();
        out.replace_range(start..end, "");
    }
    while let Some(start) = out.find(&format!("<w:{keep} ")) {
        let end = start + out[start..].find('>').unwrap() + 1;
        out.replace_range(start..end, "");
    }
    out.replace(&format!("</w:{keep}>"), "").replace("w:delText", "w:t")
}

/// The comments by their anchored words, without tags.
fn anchored(xml: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(xml).unwrap();
    let is = |node: &roxmltree::Node<'_, '_>, name: &str| node.tag_name().name() == name;
    let id = |node: roxmltree::Node<'_, '_>| node.attributes().find(|a| a.name() == "id").map(|a| a.value().to_owned());
    let starts = tree.descendants().filter(|node| is(node, "commentRangeStart"));
    let words = |start: roxmltree::Node<'_, '_>| {
        let inside = tree.descendants().skip_while(|node| *node != start);
        let inside = inside.take_while(|node| !(is(node, "commentRangeEnd") && id(*node) == id(start)));
        inside.filter(|node| is(node, "t")).filter_map(|node| node.text()).collect::<String>()
    };
    starts.map(words).collect()
}

#[test]
fn findings_stand_at_their_words_and_nothing_else_changes() {
    let folder = Folder::new("comments");
    let field = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>AUTHOR the the</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>in in</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
    let shape = format!(
        r#"<w:r><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing><w:t xml:space="preserve"> beside</w:t></w:r>"#,
        p(&r("at at"))
    );
    let body = [
        p(&format!("{}{}", r("Take "), r("Ibuprofen with &amp; the the food"))),
        p(&format!("{}<w:proofErr/>{}", r("It is i"), r("s so"))),
        p(field),
        p(&shape),
        p(
            r#"<w:hyperlink><w:r><w:t xml:space="preserve">of of</w:t></w:r></w:hyperlink><w:ins w:id="41"><w:r><w:t xml:space="preserve"> to to</w:t><w:tab/><w:t>µ</w:t></w:r></w:ins>"#,
        ),
    ];
    let file = word_file(&document(&body.concat()), &[]);
    folder.file("a.docx", &file);
    let ran = run(&folder, &["a.docx", "--docx-comments", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let copy = copy_of(&folder, "out/a.docx");
    assert_eq!(text_of(&copy), text_of(&file));
    let (old, new) = (packed(&file), packed(&copy));
    let changed = ["[Content_Types].xml", "text/main.xml"];
    for (i, (name, bytes)) in old.iter().enumerate() {
        assert_eq!(new[i].0, *name);
        assert!(changed.contains(&&**name) || new[i].1 == *bytes, "{name}");
    }
    let names: Vec<&str> = new[old.len()..].iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["text/_rels/main.xml.rels", "text/comments.xml", "text/commentsExtended.xml"]);
    let xml = part(&copy, "text/main.xml");
    assert_eq!(anchored(&xml), ["the the", "is is", "in in", "at at beside", "of of", "to to"], "{xml}");
    assert!(xml.contains(r#"<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>"#), "{xml}");
    assert!(xml.contains(r#"<w:r w:rsidR="7"><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">Ibuprofen with &amp; </w:t></w:r>"#), "{xml}");
    let comments = part(&copy, "text/comments.xml");
    for words in ["“the” stands twice", "medproof: doubled-word “the the”", r#"w:author="medproof""#, r#"w:initials="mp""#] {
        assert!(comments.contains(words), "{words}: {comments}");
    }
    // The same findings again; and the copy gets no comment twice.
    folder.file("back/a.docx", &copy);
    assert_eq!(run(&folder, &["back/a.docx"]).stdout.replace("back/", ""), run(&folder, &["a.docx"]).stdout);
    let ran = run(&folder, &["back/a.docx", "--docx-comments", "again"]);
    assert!(ran.stderr.contains("0 comments beside 6 there already"), "{}", ran.stderr);
    assert_eq!(copy_of(&folder, "again/a.docx"), copy);
}

#[test]
fn a_resolved_comment_accepts_its_finding_while_the_text_around_it_is_edited() {
    let folder = Folder::new("resolved");
    folder.file("a.docx", word_file(&document(&[p(&r("µ and the the food")), p(&r("so is is it, is is it"))].concat()), &[]));
    run(&folder, &["a.docx", "--docx-comments", "out"]);
    let copy = copy_of(&folder, "out/a.docx");
    let edit = |name: &str, from: &str, to: &str| {
        let mut parts: BTreeMap<String, String> =
            packed(&copy).iter().map(|(name, _)| (name.clone(), part(&copy, name))).filter(|(name, _)| !name.ends_with(".bin")).collect();
        let extended = parts.get_mut("text/commentsExtended.xml").unwrap();
        // Word resolves the first and the third.
        let ids: Vec<usize> = extended.match_indices(r#"done="0""#).map(|(at, _)| at).collect();
        for i in [ids[0], ids[2]] {
            extended.replace_range(i + 6..i + 7, "1");
        }
        let part = parts.get_mut(name).unwrap();
        assert!(part.contains(from), "{from}: {part}");
        *part = part.replacen(from, to, 1);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &parts {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    for (from, to, left, silenced) in [("µ and", "With words before it", vec!["2:4"], 2), ("the the", "for for", vec!["1:7", "2:4"], 1)] {
        folder.file("back.docx", edit("text/main.xml", from, to));
        let ran = run(&folder, &["back.docx"]);
        let places: Vec<String> =
            ran.stdout.lines().filter_map(|line| Some(line.strip_prefix("back.docx:")?.split(' ').next()?.into())).collect();
        assert_eq!(places, left, "{}", ran.stdout);
        let told = format!("{silenced} silenced by comments");
        assert!(ran.stdout.contains(&told) || ran.stderr.contains(&told), "{}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn fixes_are_tracked_changes_that_can_be_taken_or_turned_down() {
    let folder = Folder::new("tracked");
    let raised = |words: &str| {
        format!(
            r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/><w:rPrChange w:id="50"><w:rPr/></w:rPrChange></w:rPr><w:t>{words}</w:t></w:r>"#
        )
    };
    let list: String = (1..=4).map(|i| p(&r(&format!("{i}. Author A. Title of µ. J Made. 200{i};1:{i}-9.")))).collect();
    let changed = r#"<w:moveTo w:id="77" w:author="É"><w:r><w:t>With 20mg of it</w:t></w:r></w:moveTo>"#;
    let body = [
        p(&format!("{}{}{}", r("Take with water &amp; "), r("10mg of the the food"), raised("1,2,3"))),
        p(&format!("{}{}", r("So it is said in many places."), raised("4").replace("50", "51"))),
        p(changed),
        p(&r("References")),
        list,
    ];
    // What is a change already takes none; all doses are one fix.
    folder.file("b.docx", word_file(&document(&body.concat()), &[]));
    let ran = run(&folder, &["b.docx", "--docx-track", "out"]);
    let told = "the fix of dangerous-dose where “10mg” has no space before the unit, and 2 doses in all is left out: its place";
    assert!(ran.stderr.contains(told) && ran.stderr.contains("1 fix as"), "{}", ran.stderr);
    let file = word_file(&document(&body.concat().replace("20mg", "20 mg")), &[]);
    folder.file("a.docx", &file);
    let ran = run(&folder, &["a.docx", "--docx-track", "out"]);
    let copy = copy_of(&folder, "out/a.docx");
    let (before, after) = (text_of(&file), text_of(&copy));
    assert_eq!(after, before.replace("10mg", "10 mg").replace("1,2,3", "1-3"), "{}", ran.stderr);
    let xml = part(&copy, "text/main.xml");
    let read = |xml: &str| text_of(&word_file(xml, &[]));
    assert_eq!(read(&settled(&xml, false)), before);
    assert_eq!(read(&settled(&xml, true)), after);
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let changes = tree.descendants().filter(|node| ["ins", "del", "rPrChange"].contains(&node.tag_name().name()));
    let mut ids: Vec<&str> = changes.map(|node| node.attribute((WORD, "id")).unwrap()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{xml}");
    assert!(
        xml.contains(r#"<w:ins w:id="78" w:author="medproof" w:date="2026-11-23T00:00:00Z"><w:r w:rsidR="7"><w:rPr><w:i/></w:rPr>"#),
        "{xml}"
    );
    // Chosen fixes, and both in one copy.
    let ran = run(&folder, &["a.docx", "--docx-track", "two", "--docx-comments", "two", "--unsafe-fixes", "--fix-only", "doubled-word"]);
    let copy = copy_of(&folder, "two/a.docx");
    assert_eq!(text_of(&copy), before.replace("the the", "the"), "{}", ran.stderr);
    let xml = part(&copy, "text/main.xml");
    assert_eq!(anchored(&xml).len(), part(&copy, "text/comments.xml").matches("<w:comment ").count());
    assert_eq!(read(&settled(&xml, false)), before);
}

#[test]
fn comments_go_on_behind_those_that_are_there() {
    let folder = Folder::new("append");
    let comments = format!(
        r#"<x:comments xmlns:x="{WORD}"><x:comment x:id="6" x:author="É"><x:p><x:r><x:t>µ</x:t></x:r></x:p></x:comment></x:comments>"#
    );
    let rels = format!(
        r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="said.xml"/></Relationships>"#
    );
    let main = document(&p(&r("µ and and"))).replace("w:", "v:").replace("xmlns:w=", "xmlns:v=").replace(WORD, STRICT);
    folder.file("a.docx", word_file(&main, &[("text/_rels/main.xml.rels", &rels), ("text/said.xml", &comments)]));
    let ran = run(&folder, &["a.docx", "--docx-comments", "out"]);
    assert!(ran.stderr.contains("1 comment,"), "{}", ran.stderr);
    let copy = copy_of(&folder, "out/a.docx");
    let said = part(&copy, "text/said.xml");
    assert!(said.contains(r#"x:author="É"><x:p>"#) && said.contains(r#"<x:comment x:id="7" x:author="medproof""#), "{said}");
    let xml = part(&copy, "text/main.xml");
    assert!(xml.contains(r#"<v:commentRangeStart v:id="7"/>"#), "{xml}");
    let rels = part(&copy, "text/_rels/main.xml.rels");
    assert!(rels.contains(r#"Id="rId2""#) && rels.matches("/comments\"").count() == 1, "{rels}");
}

#[test]
fn what_cannot_be_written_is_told_and_nothing_is_overwritten() {
    let folder = Folder::new("refused");
    let good = word_file(&document(&p(&r("µ and and"))), &[]);
    let cut = document(&p(&r("µ and and"))).replace("</w:body></w:document>", "");
    let bare = document(&p(&r("µ and and"))).replace("<w:", "<").replace("</w:", "</").replace("w:", "").replace("xmlns:w", "xmlns");
    folder.file("in/good.docx", &good).file("in/cut.docx", word_file(&cut, &[])).file("in/bare.docx", word_file(&bare, &[]));
    folder.file("in/notes.md", "µ\n").file("in/sub/other.docx", &good);
    let ran = run(&folder, &["in", "--docx-comments", "out"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    for words in
        ["in/cut.docx: no copy is written to out: its part “text/main.xml” is damaged", "1 article is no Word file, and has no copy"]
    {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
    assert!(folder.0.join("out/good.docx").exists() && folder.0.join("out/other.docx").exists());
    assert!(!folder.0.join("out/cut.docx").exists());
    // In the folder of the article itself.
    let ran = run(&folder, &["in/good.docx", "--docx-comments", "in"]);
    assert!(ran.status == 2 && ran.stderr.contains("lies in that folder itself"), "{}", ran.stderr);
    assert_eq!(copy_of(&folder, "in/good.docx"), good);
    // Of two files with one name, the folders are kept.
    folder.file("in/sub/good.docx", &good);
    run(&folder, &["in/good.docx", "in/sub", "--docx-comments", "kept"]);
    assert!(folder.0.join("kept/good.docx").exists() && folder.0.join("kept/sub/good.docx").exists());
    let ran = run(&folder, &["in/good.docx", "--docx-comments", "out", "--fix"]);
    assert!(ran.status == 2 && ran.stderr.contains("cannot be used with"), "{}", ran.stderr);
}

#[test]
fn mutated_files_give_a_copy_that_can_be_read_or_none() {
    let body = [p(&format!("{}{}", r("µ and and &amp; so"), r(" is is it"))), p("<w:ins><w:r><w:t>of of</w:t></w:r></w:ins>")].concat();
    let xml = document(&body).into_bytes();
    let mut seed = 7u32;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    let mut written = 0;
    for _ in 0..1500 {
        let mut bytes = xml.clone();
        for _ in 0..=random(2) {
            let at = random(bytes.len());
            match random(3) {
                0 => bytes[at] = b"<>&/\"w \n"[random(8)],
                1 => drop(bytes.drain(at..(at + random(30)).min(xml.len() - 60).max(at))),
                _ => bytes.insert(at, b"<>&/\"w"[random(6)]),
            }
        }
        let file = word_file(&String::from_utf8_lossy(&bytes), &[]);
        let Ok((source, ..)) = docx::read("a", &file) else { continue };
        let text = source.text();
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        if bounds.len() < 2 {
            continue;
        }
        let (a, b) = (bounds[random(bounds.len())], bounds[random(bounds.len())]);
        let span = medproof::source::Span::new(a.min(b), a.max(b));
        let comment = docx::Comment { rule: "doubled-word", span, words: source.slice(span), lines: vec!["µ\u{1}<".into()] };
        let edit = medproof::diagnostic::Edit { span, text: "new & µ".into() };
        for edits in [&[][..], &[edit]] {
            if let Ok(copy) = docx::copy(&file, std::slice::from_ref(&comment), edits, jiff::civil::date(2026, 11, 23)) {
                written += 1;
                let xml = part(&copy.bytes, "text/main.xml");
                assert!(text_of(&copy.bytes) == medproof::diagnostic::edited(text, edits), "{xml}");
            }
        }
    }
    assert!(written > 500, "{written}");
}

//! Files that are broken, hostile or not what their names say, `fixtures/bad`: each is read as far as it goes or refused in
//! clear words, and the others are checked all the same. `BLESS=1 cargo test --test bad_input` writes what is said of each.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked, File};
use medproof::source::Unreadable;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn check(name: &str, bytes: Vec<u8>) -> Result<Checked, Unreadable> {
    let file = File { name: name.into(), bytes, format: None };
    linter::check_file(file, &linter::default_rules(), (&Lexicon::default()).into(), jiff::civil::date(2026, 11, 23))
}

#[test]
fn every_bad_file_is_answered_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let mut told = String::new();
    for name in names.iter().filter(|name| *name != GOLDEN) {
        let answer = answer(name, std::fs::read(folder.join(name)).unwrap());
        assert!(!answer.contains("internal-error"), "{name}: {answer}");
        write!(told, "== {name}\n{answer}").unwrap();
    }
    let golden = folder.join(GOLDEN);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &told).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&golden).unwrap(), told);
}

const GOLDEN: &str = "answers";

/// What is said of a file: why it is refused, or what is found in it, with the words that were read.
fn answer(name: &str, bytes: Vec<u8>) -> String {
    let checked = match check(name, bytes) {
        Ok(checked) => checked,
        Err(refusal) => return format!("refused: {refusal}\n"),
    };
    let mut out = String::new();
    for d in &checked.diagnostics {
        let at = checked.source.position(d.span.start);
        writeln!(out, "{}:{} {}: {}", at.line, at.column, d.rule, d.message.escape_debug()).unwrap();
    }
    let words: Vec<&str> = checked.document.blocks.iter().map(|block| block.text()).collect();
    writeln!(out, "read: {}", words.iter().take(4).map(|words| format!("{words:?}")).collect::<Vec<_>>().join(", ")).unwrap();
    out
}

#[test]
fn a_hundred_thousand_deep_costs_no_more_than_its_bytes() {
    let deep = |open: &str, close: &str| format!("{}5 µg a a day{}", open.repeat(100_000), close.repeat(100_000));
    let word = |inner: String| {
        let xml = format!(
            r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{inner}</w:body></w:document>"#
        );
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let jats = |inner: String| format!("<article article-type=\"x\"><body>{inner}</body></article>").into_bytes();
    let page = |inner: String| format!("<!DOCTYPE html><body>{inner}").into_bytes();
    for (name, bytes) in [
        ("a.html", page(deep("<div>", "</div>"))),
        ("b.html", page(deep("<b>", ""))),
        ("c.html", page(deep("<ul><li>", "</li></ul>"))),
        ("d.html", page(deep("<table><tr><td>", "</td></tr></table>"))),
        ("a.xml", jats(deep("<sec>", "</sec>"))),
        ("b.xml", jats(deep("<p>", ""))),
        ("a.docx", word(deep("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"))),
        ("b.docx", word(deep("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"))),
        ("a.md", deep("> ", "\n").into_bytes()),
        ("b.md", deep("- ", "\n").into_bytes()),
        ("c.md", deep("*[", "](x)*").into_bytes()),
        ("d.md", deep("<div>", "</div>\n").into_bytes()),
        ("a.txt", deep("((", "))").into_bytes()),
        ("a.json.html", page(format!("<script type=\"application/ld+json\">{}</script>", deep("[", "]")))),
        ("front.md", format!("---\nx: {}\n---\n5 µg\n", deep("[", "]")).into_bytes()),
    ] {
        let started = Instant::now();
        let checked = check(name, bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert!(checked.diagnostics.iter().all(|d| d.rule != "internal-error"), "{name}");
        assert!(started.elapsed() < Duration::from_secs(20), "{name} took {:?}", started.elapsed());
    }
}

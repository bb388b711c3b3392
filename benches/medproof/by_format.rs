//! What reading a format costs beside its bare parser over the same bytes: read the ratios, which hardly move with the
//! machine. Each must stay below three.
//!
//! `cargo bench --bench medproof -- by_format`

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use medproof::document::Format;
use medproof::formats;
use medproof::formats::docx;
use medproof::source::Source;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::articles::{self, Form};
use super::events;

/// Bytes of the Markdown that the other formats are made from.
const SIZE: usize = 1 << 20;

static MARKDOWN: LazyLock<String> = LazyLock::new(|| articles::of_bytes(Form::Markdown, SIZE));

#[divan::bench_group]
mod markdown {
    use super::*;

    #[divan::bench]
    fn bare_parser(bencher: Bencher) {
        bencher.counter(BytesCount::of_str(MARKDOWN.as_str())).bench(|| events(&MARKDOWN));
    }

    #[divan::bench]
    fn document(bencher: Bencher) {
        read(bencher, &MARKDOWN, Format::Markdown);
    }
}

#[divan::bench_group]
mod html {
    use super::*;

    #[divan::bench]
    fn bare_parser(bencher: Bencher) {
        let html = HTML.as_str();
        bencher.counter(BytesCount::of_str(html)).bench(|| html5gum::Tokenizer::new(html).count());
    }

    #[divan::bench]
    fn document(bencher: Bencher) {
        read(bencher, &HTML, Format::Html);
    }
}

#[divan::bench_group]
mod jats {
    use super::*;

    #[divan::bench]
    fn bare_parser(bencher: Bencher) {
        bencher.counter(BytesCount::of_str(JATS.as_str())).bench(|| xml_events(&JATS));
    }

    #[divan::bench]
    fn document(bencher: Bencher) {
        read(bencher, &JATS, Format::Jats);
    }
}

/// Bytes are those of the unpacked text.
#[divan::bench_group]
mod word {
    use super::*;

    #[divan::bench]
    fn bare_parser(bencher: Bencher) {
        let (file, length) = &*DOCX;
        bencher.counter(BytesCount::new(*length)).bench(|| {
            let mut archive = ZipArchive::new(Cursor::new(file.as_slice())).unwrap();
            let mut xml = String::new();
            archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
            xml_events(&xml)
        });
    }

    #[divan::bench]
    fn document(bencher: Bencher) {
        let (file, length) = &*DOCX;
        bencher.counter(BytesCount::new(*length)).bench(|| docx::read("article.docx", file));
    }
}

fn read(bencher: Bencher, text: &str, format: Format) {
    let source = Source::new("article", text);
    bencher.counter(BytesCount::of_str(text)).bench(|| formats::parse(&source, format));
}

fn xml_events(xml: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut events = 0usize;
    while !matches!(reader.read_event(), Ok(Event::Eof) | Err(_)) {
        events += 1;
    }
    events
}

/// The article as a page, with links to its entries, entities, and the furniture of a site around it.
static HTML: LazyLock<String> = LazyLock::new(|| {
    let mut html = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Care</title><style>p { margin: 0 }</style></head><body><nav><ul><li><a href=\"/\">Home</a></li></ul></nav><main><article>\n",
    );
    for (kind, words) in lines(&MARKDOWN) {
        let words = words.replace('&', "&amp;").replace('–', "&ndash;").replace('µ', "&micro;");
        match kind {
            Kind::Title => writeln!(html, "<h1>{words}</h1>").unwrap(),
            Kind::Heading => writeln!(html, "<h2 class=\"title\">{words}</h2>").unwrap(),
            Kind::Paragraph => writeln!(html, "<p>{}</p>", linked(&words, |n| format!("<a href=\"#ref-{n}\">{n}</a>"))).unwrap(),
            Kind::Entry(n) => writeln!(html, "<ol start=\"{n}\"><li id=\"ref-{n}\">{words}</li></ol>").unwrap(),
        }
    }
    html + "</article></main><footer><p>&copy; 2026</p></footer></body></html>\n"
});

/// The article as a Word file, with the length of its text part.
static DOCX: LazyLock<(Vec<u8>, usize)> = LazyLock::new(|| {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
    );
    for (kind, words) in lines(&MARKDOWN) {
        let style = match kind {
            Kind::Title => "<w:pStyle w:val=\"Title\"/>".to_owned(),
            Kind::Heading => "<w:pStyle w:val=\"Heading2\"/>".to_owned(),
            Kind::Paragraph => "<w:pStyle w:val=\"BodyText\"/>".to_owned(),
            Kind::Entry(_) => {
                "<w:pStyle w:val=\"ListParagraph\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>".to_owned()
            }
        };
        write!(xml, "<w:p w:rsidR=\"00A77B3E\" w:rsidRDefault=\"00A77B3E\"><w:pPr>{style}</w:pPr>").unwrap();
        // Word cuts a sentence into runs wherever it was edited or checked.
        for sentence in words.replace('&', "&amp;").replace('<', "&lt;").split_inclusive(". ") {
            write!(
                xml,
                "<w:r w:rsidRPr=\"00B12C4D\"><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr><w:t xml:space=\"preserve\">{sentence}</w:t></w:r>"
            )
            .unwrap();
        }
        xml.push_str("</w:p>");
    }
    xml.push_str("<w:sectPr/></w:body></w:document>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(xml.as_bytes()).unwrap();
    (zip.finish().unwrap().into_inner(), xml.len())
});

/// What a line of the Markdown is.
enum Kind {
    Title,
    Heading,
    Paragraph,
    Entry(u32),
}

fn lines(markdown: &str) -> impl Iterator<Item = (Kind, &str)> {
    markdown.lines().filter(|line| !line.is_empty()).map(|line| {
        let entry = line.split_once(". ").and_then(|(number, words)| Some((Kind::Entry(number.parse().ok()?), words)));
        let heading = || line.strip_prefix("## ").map(|words| (Kind::Heading, words));
        let title = || line.strip_prefix("# ").map(|words| (Kind::Title, words));
        entry.or_else(heading).or_else(title).unwrap_or((Kind::Paragraph, line))
    })
}

/// Words with the numbers in brackets as links.
fn linked(words: &str, link: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(words.len() * 2);
    for (i, piece) in words.split(['[', ']']).enumerate() {
        match i % 2 {
            1 => {
                let numbers: Vec<String> = piece.split('-').map(&link).collect();
                write!(out, "[{}]", numbers.join("-")).unwrap();
            }
            _ => out.push_str(piece),
        }
    }
    out
}

/// An article of about 1 MB: 400 paragraphs with links, markup and entities, 40 tables, and 1,200 entries.
static JATS: LazyLock<String> = LazyLock::new(|| {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<article article-type=\"research-article\"><front><article-meta><title-group><article-title>Sleep</article-title></title-group></article-meta></front>\n<body>\n",
    );
    for i in 0..400 {
        let (a, b) = (3 * i + 1, 3 * i + 3);
        writeln!(xml, "<sec><title>Part {i}</title>\n<p>The dose of 5&#x02009;&#x003bc;g was given to all {i} patients, who slept <italic>well</italic> in most nights of the trial (<italic>P</italic> &lt; 0.05), and reported less pain than those of earlier trials [<xref ref-type=\"bibr\" rid=\"B{a}\">{a}</xref>&#x02013;<xref ref-type=\"bibr\" rid=\"B{b}\">{b}</xref>]. Those who slept badly were asked again after a week, by a nurse who did not know what they had been given, and the answers were kept with the others in the records of the ward.</p></sec>").unwrap();
        if i % 10 == 0 {
            xml.push_str("<table-wrap><label>Table</label><table><tbody>");
            for row in 0..20 {
                write!(xml, "<tr><td align=\"left\">Group {row}</td><td align=\"center\">{row}.5 &#x000b1; 0.2</td><td align=\"center\">12</td></tr>").unwrap();
            }
            xml.push_str("</tbody></table></table-wrap>\n");
        }
    }
    xml.push_str("</body>\n<back><ref-list><title>References</title>\n");
    for i in 1..=1200 {
        writeln!(xml, "<ref id=\"B{i}\"><label>{i}</label><element-citation publication-type=\"journal\"><person-group person-group-type=\"author\"><name><surname>Author</surname><given-names>A</given-names></name><name><surname>Writer</surname><given-names>B</given-names></name></person-group><article-title>Sleep of the {i}th kind in adults</article-title><source>J Test Med</source><year>2001</year><volume>{i}</volume><fpage>1</fpage><lpage>9</lpage><pub-id pub-id-type=\"doi\">10.1000/t.{i}</pub-id></element-citation></ref>").unwrap();
    }
    xml + "</ref-list></back></article>\n"
});

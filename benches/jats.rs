//! Reading JATS against the bare XML parser on the same bytes.

use std::fmt::Write as _;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use medproof::document::Format;
use medproof::lexicon::Lexicon;
use medproof::source::Source;
use medproof::{formats, linter};
use quick_xml::events::Event;

fn main() {
    divan::main();
}

/// An article of about 1 MB: 400 paragraphs with links, markup and entities, 40 tables, and 1,200 entries.
static ARTICLE: LazyLock<String> = LazyLock::new(|| {
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

#[divan::bench]
fn bare_parser(bencher: Bencher) {
    let xml = ARTICLE.as_str();
    bencher.counter(BytesCount::of_str(xml)).bench(|| {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut events = 0usize;
        while !matches!(reader.read_event(), Ok(Event::Eof) | Err(_)) {
            events += 1;
        }
        events
    });
}

#[divan::bench]
fn document(bencher: Bencher) {
    let source = Source::new("article.xml", ARTICLE.as_str());
    bencher.counter(BytesCount::of_str(source.text())).bench(|| formats::parse(&source, Format::Jats).blocks.len());
}

#[divan::bench]
fn whole_check(bencher: Bencher) {
    let (rules, lexicon) = (linter::default_rules(), Lexicon::default());
    let today = jiff::civil::date(2026, 11, 23);
    let source = || Source::new("article.xml", ARTICLE.as_str());
    bencher
        .counter(BytesCount::of_str(ARTICLE.as_str()))
        .with_inputs(source)
        .bench_values(|source| linter::check(source, Format::Jats, &rules, &lexicon, today).diagnostics.len());
}

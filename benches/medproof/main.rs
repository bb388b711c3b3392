//! What medproof costs: each stage alone, and whole checks at three sizes.
//!
//! Read the throughputs as ratios to `bare_parser`, the Markdown parser alone over the same bytes in the same run: it moves
//! with the machine and its load, and the ratios hardly do.
//!
//! `cargo bench --bench medproof` runs everything but the slow ones in `linear`, where time must grow as the input does, tenfold:
//! `cargo bench --bench medproof -- linear --ignored`.

mod articles;
mod by_format;

use articles::Form;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use medproof::article::{self, Article};
use medproof::document::{Document, Format};
use medproof::formats;
use medproof::lexicon::Lexicon;
use medproof::linter;
use medproof::rule::{Cx, Enabled, Sink};
use medproof::source::Source;
use pulldown_cmark::{Options, Parser};

fn main() {
    divan::main();
}

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// A short page, a journal article, and a book in one file.
const SIZES: [usize; 3] = [4 << 10, 40 << 10, 4 << 20];

fn format(form: Form) -> Format {
    match form {
        Form::Text => Format::Text,
        Form::Markdown => Format::Markdown,
    }
}

fn source(text: &str) -> Source {
    Source::new("article", text)
}

fn parsed(form: Form, bytes: usize) -> (Source, Document) {
    let source = source(&articles::of_bytes(form, bytes));
    let document = formats::parse(&source, format(form));
    (source, document)
}

fn check(form: Form, text: &str, rules: &[Enabled]) -> linter::Checked {
    linter::check(source(text), format(form), rules, &Lexicon::default(), TODAY)
}

/// The yardstick: pulldown-cmark's events, counted and dropped.
#[divan::bench(args = SIZES)]
fn bare_parser(bencher: Bencher, bytes: usize) {
    let text = articles::of_bytes(Form::Markdown, bytes);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| events(black_box(&text)));
}

fn events(text: &str) -> usize {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    Parser::new_ext(text, options).into_offset_iter().count()
}

/// From a text to blocks of prose.
#[divan::bench_group]
mod parse {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn text(bencher: Bencher, bytes: usize) {
        parse(bencher, Form::Text, bytes);
    }

    #[divan::bench(args = SIZES)]
    fn markdown(bencher: Bencher, bytes: usize) {
        parse(bencher, Form::Markdown, bytes);
    }

    fn parse(bencher: Bencher, form: Form, bytes: usize) {
        let source = source(&articles::of_bytes(form, bytes));
        bencher.counter(BytesCount::of_str(source.text())).bench_local(|| formats::parse(black_box(&source), format(form)));
    }
}

/// From blocks to citations, references, review statements and medicines.
#[divan::bench_group]
mod article_reading {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn text(bencher: Bencher, bytes: usize) {
        read(bencher, Form::Text, bytes);
    }

    #[divan::bench(args = SIZES)]
    fn markdown(bencher: Bencher, bytes: usize) {
        read(bencher, Form::Markdown, bytes);
    }

    fn read(bencher: Bencher, form: Form, bytes: usize) {
        let (source, document) = parsed(form, bytes);
        let lexicon = Lexicon::default();
        bencher.counter(BytesCount::of_str(source.text())).bench_local(|| article::read(&source, black_box(&document), &lexicon));
    }
}

/// Every rule that is on by default, with the fields of the references, which the first rule to ask pays for.
#[divan::bench(args = SIZES)]
fn rules(bencher: Bencher, bytes: usize) {
    let (source, document) = parsed(Form::Text, bytes);
    let (lexicon, rules) = (Lexicon::default(), linter::default_rules());
    bencher
        .counter(BytesCount::of_str(source.text()))
        .with_inputs(|| article::read(&source, &document, &lexicon))
        .bench_local_refs(|article| run(&rules, &source, &document, article, &lexicon));
}

fn run(rules: &[Enabled], source: &Source, document: &Document, article: &Article, lexicon: &Lexicon) -> usize {
    let cx = Cx { source, document, article, lexicon, retractions: &Default::default(), world: &Default::default(), day: &TODAY.into() };
    let mut found = Vec::new();
    for enabled in rules {
        cx.run(&*enabled.rule, enabled.entry.category, &mut Sink::new(enabled.entry, enabled.severity, &mut found));
    }
    found.len()
}

#[divan::bench_group]
mod lexicon {
    use super::*;

    /// Opening it, which must build nothing.
    #[divan::bench]
    fn open() -> Lexicon {
        Lexicon::default()
    }

    /// A look-up at the start of every word, as the reader of medicines does.
    #[divan::bench]
    fn look_up(bencher: Bencher) {
        let text = articles::of_bytes(Form::Text, 40 << 10);
        let starts: Vec<usize> = text
            .char_indices()
            .scan(' ', |last, (at, c)| Some((at, std::mem::replace(last, c), c)))
            .filter(|(_, before, c)| !before.is_alphanumeric() && c.is_alphanumeric())
            .map(|(at, ..)| at)
            .collect();
        let lexicon = Lexicon::default();
        bencher
            .counter(ItemsCount::new(starts.len()))
            .counter(BytesCount::of_str(&text))
            .bench_local(|| starts.iter().filter(|&&at| lexicon.longest_at(black_box(&text), at).is_some()).count());
    }
}

/// From a text to its diagnostics.
#[divan::bench_group]
mod whole_check {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn text(bencher: Bencher, bytes: usize) {
        whole(bencher, Form::Text, bytes);
    }

    #[divan::bench(args = SIZES)]
    fn markdown(bencher: Bencher, bytes: usize) {
        whole(bencher, Form::Markdown, bytes);
    }

    fn whole(bencher: Bencher, form: Form, bytes: usize) {
        let text = articles::of_bytes(form, bytes);
        let rules = linter::default_rules();
        bencher.counter(BytesCount::of_str(&text)).bench_local(|| check(form, black_box(&text), &rules));
    }
}

/// Whole checks of inputs that differ by ten, once each.
#[divan::bench_group(sample_count = 1, sample_size = 1, ignore)]
mod linear {
    use super::*;

    #[divan::bench(args = [1_000, 10_000])]
    fn references(bencher: Bencher, references: usize) {
        once(bencher.counter(ItemsCount::new(references)), &articles::of_references(Form::Text, references));
    }

    #[divan::bench(args = [5, 50])]
    fn megabytes(bencher: Bencher, megabytes: usize) {
        once(bencher.counter(ItemsCount::new(megabytes)), &articles::of_bytes(Form::Text, megabytes << 20));
    }

    fn once(bencher: Bencher, text: &str) {
        let rules = linter::default_rules();
        bencher.counter(BytesCount::of_str(text)).bench_local(|| check(Form::Text, text, &rules));
    }
}

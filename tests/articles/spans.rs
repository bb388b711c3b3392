//! Places: a thousand findings of every format, and as many stretches of prose, lead to their words in the file.

use medproof::document::Format;
use medproof::formats;
use medproof::lexicon::Lexicon;
use medproof::linter::{self, Checked, Enabled};
use medproof::record::Record;
use medproof::rules::RULES;

use super::{ARTICLES, FORMATS, TODAY, fresh, word, words};

/// Findings and stretches of prose looked at in each format.
const ENOUGH: usize = 1000;

#[test]
fn findings_lead_to_their_words() {
    let lexicon = Lexicon::default();
    let rules: Vec<Enabled> = RULES.iter().map(|entry| Enabled { entry, rule: (entry.make)(None).unwrap(), severity: None }).collect();
    for (extension, format) in FORMATS {
        let mut chance = Chance(1);
        let mut seen = 0;
        while seen < ENOUGH {
            let (name, _) = ARTICLES[chance.below(ARTICLES.len())];
            let bytes = with_other_digits(*format, fresh(name, extension), &mut chance);
            let (source, document) = formats::open(name, bytes.clone(), Some(*format)).unwrap();
            let checked = linter::check_document(source, document, &rules, (&lexicon).into(), TODAY);
            seen += look_at_findings(&checked, *format, &bytes);
        }
    }
}

/// Looks at every finding of an article, and says how many there are.
fn look_at_findings(checked: &Checked, format: Format, bytes: &[u8]) -> usize {
    let remarks = Record::of(checked).remarks;
    let letters = |words: &str| letters(format, words);
    for (remark, d) in remarks.iter().zip(&checked.diagnostics) {
        // The text of a Word file is what Word shows: its offsets are none of the file's.
        let file = if format == Format::Docx { checked.source.text().as_bytes() } else { bytes };
        let place = remark.start.offset as usize..remark.end.offset as usize;
        assert_eq!(&file[place], remark.quote.as_bytes(), "{remark:?}");
        let there = letters(&words::shown(format, &remark.quote));
        if let Some(said) = quoted_first(&d.message).map(|said| letters(&said)) {
            assert!(there.contains(&said) || said.contains(&there), "“{said}” is not at {there:?}: {remark:?}");
        }
    }
    remarks.len()
}

/// What is compared of words: in JATS not the punctuation between tagged parts of an entry, which the style sheet prints.
fn letters(format: Format, words: &str) -> String {
    match format {
        Format::Jats => words.chars().filter(|c| c.is_alphanumeric()).collect(),
        _ => words.to_owned(),
    }
}

/// The words that a message quotes first, as far as they go.
fn quoted_first(message: &str) -> Option<String> {
    let (said, _) = message.split_once('“')?.1.split_once('”')?;
    Some(words::plain(said.trim_end_matches('…')))
}

#[test]
fn prose_leads_to_its_words() {
    for (extension, format) in FORMATS {
        let mut chance = Chance(2);
        let articles: Vec<_> =
            ARTICLES.iter().map(|(name, _)| formats::open(*name, fresh(name, extension), Some(*format)).unwrap()).collect();
        for _ in 0..ENOUGH {
            let (source, document) = &articles[chance.below(articles.len())];
            let block = &document.blocks[chance.below(document.blocks.len())];
            let places: Vec<usize> = block.text().char_indices().map(|(at, _)| at).chain([block.text().len()]).collect();
            let (a, b) = (places[chance.below(places.len())], places[chance.below(places.len())]);
            let (start, end) = (a.min(b), a.max(b));
            let there = letters(*format, &words::shown(*format, source.slice(block.prose.span(start..end))));
            assert_eq!(
                there,
                letters(*format, &words::plain(&block.text()[start..end])),
                "{} {start}..{end} of {:?}",
                source.name(),
                block.text()
            );
        }
    }
}

/// The file with a few digits of its words changed: other numbers are cited, other dates and doses said.
fn with_other_digits(format: Format, bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    if format != Format::Docx {
        return changed(format, bytes, chance);
    }
    let mut parts = word::unpack(&bytes);
    for (_, xml) in parts.iter_mut().filter(|(name, _)| matches!(name.as_str(), "word/document.xml" | "word/endnotes.xml")) {
        *xml = String::from_utf8(changed(format, std::mem::take(xml).into_bytes(), chance)).unwrap();
    }
    word::pack(&parts)
}

fn changed(format: Format, mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    let has_tags = !matches!(format, Format::Text | Format::Markdown);
    let mut digits = Vec::new();
    let mut inside = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (inside, byte) {
            (None, b'<') if has_tags => inside = Some(b'>'),
            (None, b'&') if has_tags => inside = Some(b';'),
            (Some(end), byte) if end == *byte => inside = None,
            (None, b'0'..=b'9') => digits.push(at),
            _ => {}
        }
    }
    for _ in 0..digits.len().min(8) {
        bytes[digits[chance.below(digits.len())]] = b'0' + chance.below(10) as u8;
    }
    bytes
}

/// Numbers by chance, the same ones on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

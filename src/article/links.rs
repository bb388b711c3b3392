//! The links of an article: those of its markup, and addresses that stand in its text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::references::identifiers;
use super::sentences;
use crate::document::{BlockKind, Document, MarkKind, Place};
use crate::source::Span;

/// A link to a page of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'d> {
    /// As it is written, with `http://` or `https://` before it.
    pub address: &'d str,
    /// The words that it is behind, or the address itself.
    pub place: Place,
}

impl Link<'_> {
    /// The span to edit where the words of the link are its address.
    pub fn editable(&self, document: &Document) -> Option<Span> {
        let is_shown = document.words(self.place) == self.address;
        is_shown.then(|| document.block(self.place).prose.editable(self.place.range()))?
    }
}

/// The links of a document by their addresses, in the order of their first places.
pub fn by_address(document: &Document) -> Vec<Vec<Link<'_>>> {
    let mut order: HashMap<&str, usize> = HashMap::new();
    let mut all: Vec<Vec<Link<'_>>> = Vec::new();
    for link in links(document) {
        let at = *order.entry(link.address).or_insert(all.len());
        if at == all.len() {
            all.push(Vec::new());
        }
        all[at].push(link);
    }
    all
}

/// The longest address that is read, in bytes.
const LONGEST: usize = 2 << 10;

/// The links of a document in reading order.
pub fn links(document: &Document) -> impl Iterator<Item = Link<'_>> {
    document.blocks.iter().enumerate().filter(|(_, block)| block.kind != BlockKind::Code).flat_map(|(index, block)| {
        let marked = block.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Link(target) if is_address(target) => Some((mark.range.clone(), target.as_str())),
            _ => None,
        });
        let mut found: Vec<(Range<usize>, &str)> = marked.collect();
        found.sort_by_key(|(range, _)| (range.start, range.end));
        // An address that is a link is told once, with the target that the link has.
        let is_marked = |range: &Range<usize>| {
            let before = found.partition_point(|(marked, _)| marked.start <= range.start);
            before > 0 && range.end <= found[before - 1].0.end
        };
        let bare: Vec<Range<usize>> = addresses(block.text()).into_iter().filter(|range| !is_marked(range)).collect();
        found.extend(bare.into_iter().map(|range| (range.clone(), &block.text()[range])));
        found.sort_by_key(|(range, _)| (range.start, range.end));
        found.into_iter().map(move |(range, address)| Link { address, place: Place::new(index, range) })
    })
}

/// The DOI, in lower case, that an address leads to by way of doi.org.
pub fn doi(address: &str) -> Option<Box<str>> {
    let (scheme, rest) = address.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let is_registry = ["doi.org", "dx.doi.org", "www.doi.org"].iter().any(|name| host.eq_ignore_ascii_case(name));
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let doi = identifiers::bare_doi(path.split('#').next().unwrap_or_default()).to_lowercase();
    (is_registry && is_web && doi.starts_with("10.") && doi.contains('/')).then(|| doi.into())
}

fn is_address(target: &str) -> bool {
    target.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"))
        || target.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
}

/// Where addresses stand in a text.
fn addresses(text: &str) -> Vec<Range<usize>> {
    static SCHEMES: LazyLock<AhoCorasick> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(["http://", "https://"]).expect("two short words"));
    let mut found: Vec<Range<usize>> = Vec::new();
    for scheme in SCHEMES.find_iter(text) {
        // An address within one, as archives have them, belongs to it.
        if found.last().is_some_and(|last| scheme.start() < last.end) {
            continue;
        }
        let rest = &text[scheme.end()..sentences::near(text, scheme.range(), LONGEST).end];
        let ends = |c: char| {
            let is_mark = "<>\"“”„«»「」`|\\^—。，、；：（）".contains(c);
            c.is_whitespace() || c.is_control() || is_mark
        };
        let written = &rest[..rest.find(ends).unwrap_or(rest.len())];
        // The words of a link of Markdown, in a text that is none.
        let written = written.split("](").next().unwrap_or_default();
        let address = without_tail(written);
        if (address.contains('.') || address.starts_with("localhost")) && is_whole(address, &written[address.len()..]) {
            found.push(scheme.start()..scheme.end() + address.len());
        }
    }
    found
}

/// Whether an address was neither cut nor broken at the end of a line, and has no place that a reader fills in.
fn is_whole(address: &str, tail: &str) -> bool {
    let is_cut = tail.starts_with('…') || tail.starts_with("...") || address.ends_with(['-', '_']);
    !is_cut && !address.contains(['{', '}'])
}

/// An address without the marks of the sentence around it; brackets that it opens are its own.
fn without_tail(mut address: &str) -> &str {
    // A citation right behind it, `…/page.[12]`.
    let is_citation = |inner: &str| !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit() || b",-".contains(&b));
    if let Some((before, _)) = address.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).filter(|(_, inner)| is_citation(inner)) {
        address = before;
    }
    const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    // By how many brackets more are closed than opened.
    let mut closed = PAIRS.map(|(open, close)| address.matches(close).count().saturating_sub(address.matches(open).count()));
    while let Some(last) = address.chars().next_back() {
        match PAIRS.iter().position(|(_, close)| *close == last) {
            Some(pair) if closed[pair] > 0 => closed[pair] -= 1,
            None if matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*' | '(' | '[' | '{') => {}
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_the_registry_name_dois() {
        for (address, expected) in [
            ("https://doi.org/10.1000/Aé", Some("10.1000/aé")),
            ("http://DX.doi.org/10.1016/S0140-6736%2897%2911096-0", Some("10.1016/s0140-6736(97)11096-0")),
            ("https://doi.org/10.1000/1?nosfx=y#µ", Some("10.1000/1")),
            ("https://doi.org/", None),
            ("https://doi.org/the-identifier/resources", None),
            ("https://example.org/10.1000/1", None),
        ] {
            assert_eq!(doi(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, address) in [
            ("Über (https://example.org/a).", "https://example.org/a"),
            ("Siehe https://example.org/a_(b), dann", "https://example.org/a_(b)"),
            ("é <HTTP://example.org/?q=1&r=2>", "HTTP://example.org/?q=1&r=2"),
            ("é (siehe https://example.org/a_(b)).", "https://example.org/a_(b)"),
            ("**https://example.org/é**: so", "https://example.org/é"),
            ("“https://example.org/a”", "https://example.org/a"),
            ("é https://example.org/a.[3,4]", "https://example.org/a"),
            ("参照：https://example.org/a。次", "https://example.org/a"),
            ("µ https://example.org/a?b=1#c-d_e~f/, so", "https://example.org/a?b=1#c-d_e~f/"),
            ("µ https://web.archive.org/web/2020/http://example.org/x; later", "https://web.archive.org/web/2020/http://example.org/x"),
        ] {
            let found: Vec<&str> = addresses(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, [address], "{text}");
        }
        for text in [
            "µ http:// and https://.",
            "é https://example.org/a/very/long… and more",
            "é https://example.org/a... and more",
            "é https://example.org/broken- at-a-line",
            "é https://example.org/{id}",
        ] {
            assert!(addresses(text).is_empty(), "{text}");
        }
        let words_and_target = "µ [https://example.org/a](https://example.org/b)";
        let found: Vec<&str> = addresses(words_and_target).into_iter().map(|range| &words_and_target[range]).collect();
        assert_eq!(found, ["https://example.org/a", "https://example.org/b"]);
        // Brackets by the thousand.
        let closed = format!("é https://example.org/a{}", ")".repeat(2000));
        assert_eq!(addresses(&closed).len(), 1);
    }
}

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
        let behind = found.len();
        for range in addresses(block.text()) {
            // An address that is a link is told once, with the target that the link has.
            if !found[..behind].iter().any(|(marked, _)| marked.start <= range.start && range.end <= marked.end) {
                found.push((range.clone(), &block.text()[range]));
            }
        }
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
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»' | '|' | '\\' | '^' | '`')
        };
        let address = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let address = without_tail(address);
        if address.contains('.') || address.starts_with("localhost") {
            found.push(scheme.start()..scheme.end() + address.len());
        }
    }
    found
}

/// An address without the marks of the sentence around it; brackets that it opens are its own.
fn without_tail(mut address: &str) -> &str {
    loop {
        let Some(last) = address.chars().next_back() else { return address };
        let opens = |open: char| address.matches(open).count() >= address.matches(last).count();
        let is_its_own = match last {
            ')' => opens('('),
            ']' => opens('['),
            '}' => opens('{'),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*' => false,
            _ => true,
        };
        if is_its_own {
            return address;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
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
            ("µ https://web.archive.org/web/2020/http://example.org/x; later", "https://web.archive.org/web/2020/http://example.org/x"),
        ] {
            let found: Vec<&str> = addresses(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, [address], "{text}");
        }
        assert!(addresses("µ http:// and https://.").is_empty());
    }
}

//! Walking an automaton of lower-case names along a text.

use fst::raw::{Fst, Node, Output};

/// The end and the value of the longest name that starts at `at` and ends at the end of a word.
pub fn longest<D: AsRef<[u8]>>(names: &Fst<D>, text: &str, at: usize) -> Option<(usize, u64)> {
    let mut node = names.root();
    let mut value = Output::zero();
    let mut best = None;
    let mut rest = text.get(at..)?.char_indices().peekable();
    while let Some((offset, c)) = rest.next() {
        if c.is_ascii() {
            let byte = if c.is_ascii_whitespace() { b' ' } else { c.to_ascii_lowercase() as u8 };
            let Some(index) = node.find_input(byte) else { return best };
            let step = node.transition(index);
            value = value.cat(step.out);
            node = names.node(step.addr);
        } else {
            let Some((next, out)) = wide_step(names, node, c) else { return best };
            value = value.cat(out);
            node = next;
        }
        if c.is_whitespace() {
            while rest.next_if(|&(_, next)| next.is_whitespace()).is_some() {}
        }
        let end = at + offset + c.len_utf8();
        if node.is_final() && !c.is_whitespace() && ends_word(&text[at..], end - at) {
            best = Some((end, value.cat(node.final_output()).value()));
        }
    }
    best
}

/// The step for a character beyond ASCII, which may fold into several.
fn wide_step<'f, D: AsRef<[u8]>>(names: &'f Fst<D>, mut node: Node<'f>, c: char) -> Option<(Node<'f>, Output)> {
    let mut out = Output::zero();
    let mut utf8 = [0; 4];
    for folded in fold(c) {
        for &byte in folded.encode_utf8(&mut utf8).as_bytes() {
            let step = node.transition(node.find_input(byte)?);
            out = out.cat(step.out);
            node = names.node(step.addr);
        }
    }
    Some((node, out))
}

/// Whether a name may end at a byte: before no letter or digit, but before a superscript whose markup is gone, as in
/// `tucatinib9` and `YervoyTM`.
fn ends_word(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let flattened = end >= 5 && text[..end].ends_with(|c: char| c.is_ascii_lowercase());
    let behind = rest.strip_prefix("TM").filter(|_| flattened).unwrap_or(rest);
    match behind.chars().next() {
        Some(next) if next.is_ascii_digit() => flattened,
        Some(next) => !next.is_alphanumeric() && next != '_',
        None => true,
    }
}

/// A name as it is kept.
pub fn key(name: &str) -> String {
    name.chars().flat_map(fold).collect()
}

/// The characters under which the names are kept.
fn fold(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
        '’' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    c.to_lowercase()
}

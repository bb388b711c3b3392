//! CommonMark with GFM tables and footnotes, front matter, and inline HTML.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::fragment::{self, Part};
use super::front_matter;
use crate::document::{Block, BlockKind, Comment, Document, Format, Mark, MarkKind, Marker};
use crate::prose::Prose;
use crate::source::Span;

/// Reads Markdown. Numbers of list items come from the source: a parser would count on from the first.
pub fn parse(text: &str) -> Document {
    let mut document = Document::new(Format::Markdown);
    let base = front_matter::read(text, &mut document);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader {
        text,
        base,
        document,
        block: None,
        marks: Vec::new(),
        items: Vec::new(),
        footnote: None,
        table: Table::default(),
        quotes: 0,
        images: 0,
        html: None,
    };
    for (event, range) in Parser::new_ext(&text[base..], options).into_offset_iter() {
        reader.event(event, Span::new(base + range.start, base + range.end));
    }
    reader.close();
    reader.document
}

struct Reader<'t> {
    text: &'t str,
    base: usize,
    document: Document,
    block: Option<Block>,
    /// Inline markup opened and not yet closed: what closes it, the start in the prose, the kind.
    marks: Vec<(Closer, usize, MarkKind)>,
    /// The list items around this place; the marker is taken by the first block of each.
    items: Vec<Option<Marker>>,
    /// The label of the footnote around this place, and where its definition starts until its first block takes it.
    footnote: Option<(String, Option<Span>)>,
    table: Table,
    quotes: u32,
    images: u32,
    /// Where an HTML block started.
    html: Option<Span>,
}

#[derive(Debug, PartialEq)]
enum Closer {
    Markdown,
    Html(String),
}

#[derive(Default)]
struct Table {
    count: u32,
    row: u32,
    column: u32,
    head: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.html.is_none() => self.words(&words, span),
            Event::Code(code) => self.code(&code, span),
            Event::SoftBreak | Event::HardBreak => self.words("\n", span),
            Event::FootnoteReference(label) => {
                let start = self.open(span).prose.text().len();
                self.verbatim(span);
                self.mark(start, MarkKind::FootnoteReference(label.into_string()));
            }
            Event::Html(_) | Event::Text(_) => {
                if let Some(html) = &mut self.html {
                    *html = html.cover(span);
                }
            }
            Event::InlineHtml(_) => self.inline_html(span),
            Event::Rule => self.close(),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => {
                self.close();
                let kind = self.kind_here();
                self.begin(kind, span);
            }
            Tag::Heading { level, .. } => {
                self.close();
                self.begin(BlockKind::Heading(level as u8), span);
            }
            Tag::CodeBlock(_) => {
                self.close();
                self.begin(BlockKind::Code, span);
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::HtmlBlock => {
                self.close();
                self.html = Some(Span::at(span.start as usize));
            }
            Tag::List(_) => self.close(),
            Tag::Item => {
                self.close();
                let marker = self.printed_number(span);
                self.items.push(marker);
            }
            Tag::FootnoteDefinition(label) => {
                self.close();
                self.footnote = Some((label.into_string(), Some(Span::at(span.start as usize))));
            }
            Tag::Table(_) => {
                self.close();
                self.table.row = 0;
            }
            Tag::TableHead | Tag::TableRow => {
                self.table.head = matches!(tag, Tag::TableHead);
                self.table.column = 0;
            }
            Tag::TableCell => {
                self.close();
                let Table { count, row, column, head } = self.table;
                self.begin(BlockKind::TableCell { table: count, row, column, head }, span);
            }
            Tag::Emphasis => self.open_mark(MarkKind::Emphasis, span),
            Tag::Strong => self.open_mark(MarkKind::Strong, span),
            Tag::Link { link_type, dest_url, .. } => {
                // `[1]` with a definition `[1]: …` is a link to the parser and a citation to the reader.
                if link_type == LinkType::Shortcut {
                    self.verbatim(Span::new(span.start as usize, span.start as usize + 1));
                }
                self.open_mark(MarkKind::Link(dest_url.into_string()), span);
                if link_type == LinkType::Shortcut
                    && let Some(mark) = self.marks.last_mut()
                {
                    mark.0 = Closer::Html("]".into());
                }
            }
            Tag::Image { .. } => self.images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => self.close(),
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes -= 1;
            }
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::Item => {
                self.close();
                self.items.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.close();
                self.footnote = None;
            }
            TagEnd::Table => self.table.count += 1,
            TagEnd::TableHead | TagEnd::TableRow => self.table.row += 1,
            TagEnd::TableCell => {
                self.close();
                self.table.column += 1;
            }
            TagEnd::Link if matches!(self.marks.last(), Some((Closer::Html(name), ..)) if name == "]") => {
                self.close_mark(&Closer::Html("]".into()));
                if let Some(end) = self.block.as_ref().map(|block| block.prose.span(0..block.prose.text().len()).end as usize)
                    && self.text[end..].starts_with(']')
                {
                    self.verbatim(Span::new(end, end + 1));
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.close_mark(&Closer::Markdown),
            TagEnd::Image => self.images -= 1,
            _ => {}
        }
    }

    /// The kind of a paragraph at this place.
    fn kind_here(&mut self) -> BlockKind {
        let depth = self.items.len();
        // `14. - Author` is a bullet inside an item: the number belongs to what comes first.
        let marker = self.items.iter_mut().rev().find_map(Option::take);
        match (&self.footnote, depth) {
            (Some((label, _)), _) => BlockKind::Footnote { label: label.clone() },
            (None, 0) => BlockKind::Paragraph,
            (None, _) => BlockKind::ListItem { marker, depth: (depth - 1).min(255) as u8 },
        }
    }

    fn begin(&mut self, kind: BlockKind, span: Span) {
        self.block = Some(Block { kind, prose: Prose::default(), marks: Vec::new(), span, quoted: self.quotes > 0 });
    }

    /// The open block; text of a tight list item or after an HTML block opens one.
    fn open(&mut self, span: Span) -> &mut Block {
        if self.block.is_none() {
            let kind = self.kind_here();
            self.begin(kind, span);
        }
        let block = self.block.as_mut().expect("begun above");
        block.span = block.span.cover(span);
        block
    }

    fn close(&mut self) {
        self.marks.clear();
        if let Some(mut block) = self.block.take()
            && !block.prose.text().trim().is_empty()
        {
            if let Some(marker) = block.marker() {
                block.span = block.span.cover(marker.span);
            }
            if let Some(start) = self.footnote.as_mut().and_then(|(_, start)| start.take()) {
                block.span = block.span.cover(start);
            }
            block.marks.sort_by_key(|mark| mark.range.start);
            self.document.blocks.push(block);
        }
    }

    fn words(&mut self, words: &str, span: Span) {
        if self.images > 0 {
            return;
        }
        if &self.text[span.range()] == words {
            self.verbatim(span);
        } else {
            self.open(span).prose.push_decoded(words, span);
        }
    }

    fn verbatim(&mut self, span: Span) {
        let text = self.text;
        self.open(span).prose.push_verbatim(text, span);
    }

    fn code(&mut self, code: &str, span: Span) {
        let raw = &self.text[span.range()];
        let start = self.open(span).prose.text().len();
        match raw.find(code) {
            Some(i) if !code.is_empty() => self.verbatim(Span::new(span.start as usize + i, span.start as usize + i + code.len())),
            _ => self.open(span).prose.push_decoded(code, span),
        }
        self.mark(start, MarkKind::Code);
    }

    /// Marks the prose from `start` to its end.
    fn mark(&mut self, start: usize, kind: MarkKind) {
        if let Some(block) = &mut self.block {
            let range = start..block.prose.text().len();
            block.marks.push(Mark { range, kind });
        }
    }

    fn open_mark(&mut self, kind: MarkKind, span: Span) {
        let start = self.open(span).prose.text().len();
        self.marks.push((Closer::Markdown, start, kind));
    }

    fn close_mark(&mut self, closer: &Closer) {
        if let Some(i) = self.marks.iter().rposition(|(by, ..)| by == closer) {
            let (_, start, kind) = self.marks.remove(i);
            self.mark(start, kind);
        }
    }

    fn inline_html(&mut self, span: Span) {
        for part in fragment::parts(&self.text[span.range()], span.start as usize) {
            self.part(part, span);
        }
    }

    fn html_block(&mut self) {
        let Some(span) = self.html.take() else { return };
        for part in fragment::parts(&self.text[span.range()], span.start as usize) {
            let breaks = matches!(&part, Part::Open(name) | Part::Close(name) if !is_inline(name));
            if breaks {
                self.close();
            }
            self.part(part, span);
        }
        self.close();
    }

    fn part(&mut self, part: Part, tag: Span) {
        match part {
            Part::Text(words, span) => {
                if self.block.is_some() || !words.trim().is_empty() {
                    self.words(&words, span);
                }
            }
            Part::Comment(text, span) => self.document.comments.push(Comment { text, span }),
            Part::Open(name) if name == "br" => self.words("\n", tag),
            Part::Open(name) => {
                if let Some(kind) = mark_of(&name) {
                    let start = self.open(tag).prose.text().len();
                    self.marks.push((Closer::Html(name), start, kind));
                }
            }
            Part::Close(name) => self.close_mark(&Closer::Html(name)),
        }
    }

    /// The number printed before a list item.
    fn printed_number(&self, item: Span) -> Option<Marker> {
        let raw = &self.text[item.range()];
        let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
        let closed = matches!(raw.as_bytes().get(digits), Some(b'.' | b')'));
        let start = item.start as usize;
        (digits > 0 && closed && start >= self.base)
            .then(|| Marker { number: raw[..digits].parse().ok(), span: Span::new(start, start + digits + 1) })
    }
}

fn mark_of(tag: &str) -> Option<MarkKind> {
    Some(match tag {
        "sup" => MarkKind::Superscript,
        "sub" => MarkKind::Subscript,
        "em" | "i" | "cite" => MarkKind::Emphasis,
        "strong" | "b" => MarkKind::Strong,
        "code" | "kbd" | "samp" => MarkKind::Code,
        _ => return None,
    })
}

fn is_inline(tag: &str) -> bool {
    mark_of(tag).is_some()
        || matches!(tag, "a" | "span" | "small" | "u" | "s" | "br" | "abbr" | "mark" | "time" | "q" | "ins" | "del" | "font" | "wbr")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Block {
        parse(text).blocks.remove(0)
    }

    fn marked(block: &Block) -> Vec<(&str, &MarkKind)> {
        block.marks.iter().map(|mark| (&block.text()[mark.range.clone()], &mark.kind)).collect()
    }

    #[test]
    fn printed_numbers_are_kept() {
        let text = "1. µ one\n2. two\n4. four\n\n   more of four\n\n- bullet\n";
        let document = parse(text);
        let items: Vec<_> = document.blocks.iter().map(|block| (block.marker().map(|m| &text[m.span.range()]), block.text())).collect();
        assert_eq!(items, [(Some("1."), "µ one"), (Some("2."), "two"), (Some("4."), "four"), (None, "more of four"), (None, "bullet")]);
        assert_eq!(&text[document.blocks[2].span.range()].trim(), &"4. four");
    }

    #[test]
    fn citations_keep_their_form() {
        let block = one("µ a<sup>1,2</sup> b^3^ c[^4] d \\[5\\] e [[6](#ref-6)] f [7].\n\n[7]: http://x\n[^4]: note");
        assert_eq!(block.text(), "µ a1,2 b^3^ c[^4] d [5] e [6] f [7].");
        assert_eq!(
            marked(&block),
            [
                ("1,2", &MarkKind::Superscript),
                ("[^4]", &MarkKind::FootnoteReference("4".into())),
                ("6", &MarkKind::Link("#ref-6".into())),
                ("7", &MarkKind::Link("http://x".into()))
            ]
        );
    }

    #[test]
    fn html_blocks_tables_and_comments() {
        let document = parse(
            "<div><p>Last reviewed:&nbsp;May&nbsp;2024</p>\n<p>µ</p></div>\n\n<!-- note -->\n\n| a | b |\n|---|---|\n| c | d<br>e |\n",
        );
        let texts: Vec<_> = document.blocks.iter().map(Block::text).collect();
        assert_eq!(texts, ["Last reviewed:\u{a0}May\u{a0}2024", "µ", "a", "b", "c", "d\ne"]);
        assert_eq!(document.comments[0].text.trim(), "note");
        assert!(matches!(document.blocks[5].kind, BlockKind::TableCell { row: 1, column: 1, head: false, .. }));
    }
}

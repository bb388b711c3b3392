//! CommonMark with GFM tables and footnotes, front matter, and inline HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use self::definitions::NumberedLinks;
use self::tables::Table;
use super::front_matter;
use super::markup::{self, Dialect, Token};
use super::mdx::{self, Masked};
use crate::document::{Block, BlockKind, Comment, Document, Format, Mark, MarkKind, Marker};
use crate::prose::Prose;
use crate::source::Span;

mod definitions;
mod tables;

/// Reads Markdown. Numbers of list items come from the source: a parser would count on from the first.
pub fn parse(text: &str) -> Document {
    let mut document = Document::new(Format::Markdown);
    let base = front_matter::read(text, &mut document);
    let Masked { text: visible, ranges: masked, comments } = mdx::mask(text);
    document.comments = comments;
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader {
        text,
        visible: &visible,
        masked,
        base,
        document,
        block: None,
        marks: Vec::new(),
        items: Vec::new(),
        lists: Vec::new(),
        links: NumberedLinks::default(),
        footnote: None,
        table: Table::default(),
        quotes: 0,
        images: 0,
        html: None,
    };
    let mut events = Parser::new_ext(&visible[base..], options).into_offset_iter();
    for (event, range) in events.by_ref() {
        reader.event(event, Span::new(base + range.start, base + range.end));
    }
    reader.close();
    if reader.links.are_references() {
        for (label, definition) in events.reference_definitions().iter() {
            let span = Span::new(base + definition.span.start, base + definition.span.end);
            reader.document.blocks.extend(definitions::footnote(text, label, span));
        }
        reader.document.blocks.sort_by_key(|block| block.span.start);
    }
    reader.document.comments.sort_by_key(|comment| comment.span);
    reader.document
}

struct Reader<'t> {
    text: &'t str,
    /// The text as the parser sees it: as long, with MDX blanked out.
    visible: &'t str,
    /// Stretches of MDX, in order: no words.
    masked: Vec<Range<usize>>,
    base: usize,
    document: Document,
    block: Option<Block>,
    /// Inline markup opened and not yet closed: what closes it, the start in the prose, the kind.
    marks: Vec<(Closer, usize, MarkKind)>,
    /// The list items around this place; the marker is taken by the first block of each.
    items: Vec<Option<Marker>>,
    links: NumberedLinks,
    /// The lists around this place.
    lists: Vec<List>,
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

/// A list not yet at its end.
struct List {
    /// Where its first item will stand among the blocks.
    block: usize,
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
            Tag::List(_) => {
                self.close();
                self.lists.push(List { block: self.document.blocks.len() });
            }
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
                self.table.unread = span;
            }
            Tag::TableCell => {
                self.close();
                self.table.unread.start = span.end;
                self.begin(self.table.cell(), span);
            }
            Tag::Emphasis => self.open_mark(MarkKind::Emphasis, span),
            Tag::Strong => self.open_mark(MarkKind::Strong, span),
            Tag::Link { link_type, dest_url, id, .. } => {
                let cites = self.links.cites(link_type, &id, &self.text[span.range()]);
                if cites {
                    self.verbatim(Span::new(span.start as usize, span.start as usize + 1));
                }
                self.open_mark(MarkKind::Link(dest_url.into_string()), span);
                if cites && let Some(mark) = self.marks.last_mut() {
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
            TagEnd::List(_) => {
                self.close();
                if let Some(list) = self.lists.pop() {
                    self.count(list);
                }
            }
            TagEnd::Item => {
                self.close();
                self.items.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.close();
                self.footnote = None;
            }
            TagEnd::Table => self.table.count += 1,
            TagEnd::TableHead | TagEnd::TableRow => {
                self.cells_beyond_the_head(self.table.unread);
                self.table.row += 1;
            }
            TagEnd::TableCell => {
                self.close();
                self.table.column += 1;
            }
            TagEnd::Link if matches!(self.marks.last(), Some((Closer::Html(name), ..)) if name == "]") => {
                self.close_mark(&Closer::Html("]".into()));
                let Some(end) = self.block.as_ref().map(|block| block.prose.span(0..block.prose.text().len()).end as usize) else { return };
                self.verbatim(Span::new(end, end + definitions::closing(&self.text[end..])));
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
        } else if self.is_masked(span) {
            self.around_masked(span);
        } else {
            self.open(span).prose.push_decoded(words, span);
        }
    }

    fn verbatim(&mut self, span: Span) {
        let text = self.text;
        self.open(span).prose.push_verbatim(text, span);
    }

    fn is_masked(&self, span: Span) -> bool {
        let next = self.masked.partition_point(|range| range.end <= span.start as usize);
        self.masked.get(next).is_some_and(|range| range.start < span.end as usize)
    }

    /// The words around MDX.
    fn around_masked(&mut self, span: Span) {
        let (mut at, end) = (span.start as usize, span.end as usize);
        let first = self.masked.partition_point(|range| range.end <= at);
        for i in first..self.masked.len() {
            let Range { start, end: behind } = self.masked[i];
            if start >= end {
                break;
            }
            self.verbatim(Span::new(at, start.max(at)));
            at = behind.min(end);
        }
        self.verbatim(Span::new(at, end));
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
        for token in markup::tokens(&self.text[span.range()], span.start as usize, Dialect::Html) {
            self.html_token(token, span);
        }
    }

    fn html_block(&mut self) {
        let Some(span) = self.html.take() else { return };
        // Inside a script or a style nothing is an element, so that one flag is enough.
        let mut unseen = false;
        for token in markup::tokens(&self.text[span.range()], span.start as usize, Dialect::Html) {
            match &token {
                Token::Open(tag) if !is_inline(&tag.name) => {
                    self.close();
                    unseen = matches!(tag.name.as_str(), "script" | "style");
                }
                Token::Close(name, _) if !is_inline(name) => {
                    self.close();
                    unseen = false;
                }
                Token::Text(_) if unseen => continue,
                _ => {}
            }
            self.html_token(token, span);
        }
        self.close();
    }

    fn html_token(&mut self, token: Token, around: Span) {
        match token {
            Token::Text(pieces) => {
                for piece in pieces {
                    if self.block.is_some() || !piece.text.trim().is_empty() {
                        self.words(&piece.text, piece.span);
                    }
                }
            }
            Token::Comment(text, span) => self.document.comments.push(Comment { text, span }),
            Token::Open(tag) if tag.name == "br" => self.words("\n", around),
            Token::Open(tag) => {
                if let Some(kind) = markup::mark_of(&tag.name) {
                    let start = self.open(around).prose.text().len();
                    self.marks.push((Closer::Html(tag.name), start, kind));
                }
            }
            Token::Close(name, _) => self.close_mark(&Closer::Html(name)),
            Token::Doctype(_) => {}
        }
    }

    /// Where every item of a list has the same number, the author left the counting to the program: `1.`, `1.`, `1.`.
    fn count(&mut self, list: List) {
        let mut markers: Vec<&mut Marker> = self.document.blocks[list.block..]
            .iter_mut()
            .filter_map(|block| match &mut block.kind {
                BlockKind::ListItem { marker: Some(marker), depth } if usize::from(*depth) == self.items.len() => Some(marker),
                _ => None,
            })
            .collect();
        if markers.len() > 2 && markers.iter().all(|marker| marker.number == Some(1)) {
            markers.iter_mut().zip(1..).for_each(|(marker, number)| marker.number = Some(number));
        }
    }

    /// The cells of a row that the parser drops, as the head has fewer.
    fn cells_beyond_the_head(&mut self, row: Span) {
        for cell in tables::cells(self.visible, row) {
            let Some(cell) = cell else {
                self.table.column += 1;
                continue;
            };
            self.begin(self.table.cell(), cell);
            let events = Parser::new_ext(&self.visible[cell.range()], Options::ENABLE_STRIKETHROUGH).into_offset_iter();
            for (event, range) in events.filter(|(event, _)| tables::is_inline(event)) {
                self.event(event, Span::new(cell.start as usize + range.start, cell.start as usize + range.end));
            }
            self.close();
            self.table.column += 1;
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

fn is_inline(tag: &str) -> bool {
    markup::mark_of(tag).is_some()
        || matches!(tag, "a" | "span" | "small" | "u" | "s" | "br" | "abbr" | "mark" | "time" | "q" | "ins" | "del" | "font" | "wbr")
}

#[cfg(test)]
mod tests;

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
fn mdx_is_no_text() {
    let text = "---\ntitle: µ\n---\n\nimport Box from './box'\nimport B from \"b\"\n\nexport const meta = {\n  year: 2001\n}\n\n\
        # Title µ\n\n{/* a note [9] */}\n\nOne{/* two */} three [1]. See <Cite ids={[7, 8]} /> and <Ref n={2}/>.\n\n\
        <Box title=\"x\" data={{a: [5]}}>\n\nInside *the* box [2].\n\n</Box>\n\n{/* medproof-ignore-file\n\nstill */}\n\nEnd.\n";
    let document = parse(text);
    let texts: Vec<_> = document.blocks.iter().map(Block::text).collect();
    assert_eq!(texts, ["Title µ", "One three [1]. See  and .", "Inside the box [2].", "End."]);
    assert_eq!(document.comments.len(), 3);
    let block = &document.blocks[1];
    let at = block.text().find("three").unwrap();
    assert_eq!(block.prose.editable(at..at + 5).map(|span| &text[span.range()]), Some("three"));
}

#[test]
fn cells_beyond_the_head_are_read() {
    let text = "| a | b |\n|---|---|\n| µ | c | see *it* [3] | 5 µg<sup>4</sup> \\| d\n| e |\n| f | g | |\n| h | i | | k |\n";
    let document = parse(text);
    let cells: Vec<_> = document.blocks.iter().map(Block::text).collect();
    assert_eq!(cells, ["a", "b", "µ", "c", "see it [3]", "5 µg4 | d", "e", "f", "g", "h", "i", "k"]);
    assert!(matches!(document.blocks[11].kind, BlockKind::TableCell { row: 4, column: 3, .. }));
    let block = &document.blocks[5];
    assert!(matches!(block.kind, BlockKind::TableCell { row: 1, column: 3, .. }));
    assert_eq!(marked(block), [("4", &MarkKind::Superscript)]);
    assert_eq!(&text[block.prose.span(2..6).range()], "µg<sup>4");
}

#[test]
fn html_blocks_tables_and_comments() {
    let document =
        parse("<div><p>Last reviewed:&nbsp;May&nbsp;2024</p>\n<p>µ</p></div>\n\n<!-- note -->\n\n| a | b |\n|---|---|\n| c | d<br>e |\n");
    let texts: Vec<_> = document.blocks.iter().map(Block::text).collect();
    assert_eq!(texts, ["Last reviewed:\u{a0}May\u{a0}2024", "µ", "a", "b", "c", "d\ne"]);
    assert_eq!(document.comments[0].text.trim(), "note");
    assert!(matches!(document.blocks[5].kind, BlockKind::TableCell { row: 1, column: 1, head: false, .. }));
}

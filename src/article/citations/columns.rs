//! Cells of tables that hold numbers and nothing else. They cite under a head such as *Reference*, where each number links to a
//! place in the article, and where a column has what the text leaves out.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Form;
use super::candidates::{self, Candidate, Strength};
use super::numbers;
use crate::article::references::References;
use crate::document::{Block, BlockKind, Document};

/// What columns of citations are headed by, in lower case.
const HEADS: &[&str] = &["citation", "citations", "ref", "ref no", "reference", "reference no", "references", "refs"];

/// Adds the cells that cite to the candidates, which stay in reading order.
pub fn cite(document: &Document, references: &References, found: &mut Vec<Candidate>) {
    let cells = document.blocks.iter().enumerate().filter_map(|(i, block)| Some((i, block, column(block)?)));
    let is_head = |block: &Block| matches!(block.kind, BlockKind::TableCell { head: true, .. });
    let heads: HashSet<_> =
        cells.clone().filter(|(_, block, _)| is_head(block) && names_citations(block.text())).map(|(.., column)| column).collect();
    let listed: HashSet<u32> = references.entries.iter().filter_map(|entry| entry.number).collect();
    let mut cited: Vec<Candidate> = Vec::new();
    for (i, block, column) in cells.filter(|(i, block, _)| !references.holds_block(*i) && !is_head(block)) {
        let Some(candidate) = numbers_of(block) else { continue };
        let links = candidate.list.members.iter().all(|member| {
            block.marks.iter().any(|mark| {
                candidates::is_internal_link(&mark.kind) && mark.range.start <= member.range.start && member.range.end <= mark.range.end
            })
        });
        if (links || heads.contains(&column)) && candidate.list.numbers().all(|n| listed.contains(&n)) {
            cited.push(Candidate { block: i, ..candidate });
        }
    }
    let told: HashSet<usize> =
        found.iter().filter(|candidate| candidate.strength >= Strength::Medium).map(|candidate| candidate.block).collect();
    cited.retain(|cell| !told.contains(&cell.block));
    let cells: HashSet<usize> = cited.iter().map(|cell| cell.block).collect();
    found.retain(|candidate| !cells.contains(&candidate.block));
    found.extend(cited);
    found.sort_by_key(|candidate| (candidate.block, candidate.range.start));
}

/// A column of a table may cite works that nothing else does: cells that hold a number each, three at least, all of them
/// listed, not cited elsewhere, and rising.
pub fn fill(document: &Document, candidates: &[Candidate], kept: &mut [bool], form: Form, listed: &BTreeSet<u32>) {
    const LEAST: usize = 3;
    let cited: BTreeSet<u32> = candidates.iter().zip(&*kept).filter(|(_, kept)| **kept).flat_map(|(c, _)| c.list.numbers()).collect();
    let mut columns: HashMap<_, Vec<(usize, u32)>> = HashMap::new();
    for (i, candidate) in candidates.iter().enumerate().filter(|&(i, c)| c.form == form && !kept[i]) {
        let [number] = candidate.list.numbers().take(2).collect::<Vec<_>>()[..] else { continue };
        let whole = candidate.range == (0..document.blocks[candidate.block].text().len());
        let lost = whole && listed.contains(&number) && !cited.contains(&number);
        if let Some(column) = column(&document.blocks[candidate.block]).filter(|_| lost) {
            columns.entry(column).or_default().push((i, number));
        }
    }
    for cells in columns.values().filter(|cells| cells.len() >= LEAST && cells.windows(2).all(|pair| pair[0].1 < pair[1].1)) {
        cells.iter().for_each(|&(i, _)| kept[i] = true);
    }
}

/// The column that a cell stands in, by its table.
fn column(block: &Block) -> Option<(u32, u32)> {
    match block.kind {
        BlockKind::TableCell { table, column, .. } => Some((table, column)),
        _ => None,
    }
}

/// `Reference`, `Refs.`, `Ref. no.`
fn names_citations(head: &str) -> bool {
    const LONGEST: usize = 20;
    let words = || head.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    head.len() <= LONGEST && HEADS.contains(&words().collect::<Vec<_>>().join(" ").as_str())
}

/// The numbers of a cell that holds nothing else.
fn numbers_of(block: &Block) -> Option<Candidate> {
    const LONGEST: usize = 200;
    let text = block.text();
    let words = text.trim();
    let start = text.len() - text.trim_start().len();
    let list =
        (words.len() <= LONGEST && words.starts_with(|c: char| c.is_ascii_digit())).then(|| numbers::list_in_brackets(text, start))??;
    let range = start..list.end;
    (list.end == start + words.len())
        .then(|| Candidate { linked: true, ..candidates::candidate(range, list, Form::Link, Strength::Strong) })
}

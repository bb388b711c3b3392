//! Cells of tables that hold numbers and nothing else: under a head such as *Reference*, or where each number links to a place
//! in the article, they cite.

use std::collections::HashSet;

use super::Form;
use super::candidates::{self, Candidate, Strength};
use super::numbers;
use crate::article::references::References;
use crate::document::{Block, BlockKind, Document};

/// What columns of citations are headed by, in lower case.
const HEADS: &[&str] = &["citation", "citations", "ref", "ref no", "reference", "reference no", "references", "refs"];

/// Adds the cells that cite to the candidates, which stay in reading order.
pub fn cite(document: &Document, references: &References, found: &mut Vec<Candidate>) {
    let cells = document.blocks.iter().enumerate().filter_map(|(i, block)| match block.kind {
        BlockKind::TableCell { table, column, head, .. } => Some((i, block, (table, column), head)),
        _ => None,
    });
    let heads: HashSet<_> = cells.clone().filter(|(_, block, _, head)| *head && names_citations(block.text())).map(|cell| cell.2).collect();
    let listed: HashSet<u32> = references.entries.iter().filter_map(|entry| entry.number).collect();
    let mut cited: Vec<Candidate> = Vec::new();
    for (i, block, column, head) in cells.filter(|(i, ..)| !references.holds_block(*i)) {
        let Some(candidate) = numbers_of(block).filter(|_| !head) else { continue };
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

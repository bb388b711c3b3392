//! What is written into one part: comments and changes by the bytes of their words.

use std::collections::HashMap;
use std::ops::Range;

use super::super::trace::Part;
use super::changes::Change;
use super::marks::Marks;
use super::runs::{self, Event};
use super::spots::{self, Edge, Spot};

/// A part with what comes into it.
pub struct Patch<'x> {
    pub part: Part,
    xml: &'x str,
    /// The words of comments, by the number of each.
    comments: Vec<(usize, Range<usize>)>,
    deleted: Vec<Range<usize>>,
    inserted: Vec<(usize, String)>,
    /// Changes that are all in one run, or in runs of the same formatting, as new words have that of the first.
    replaced: Vec<(usize, usize)>,
    pub found: spots::Part,
}

impl<'x> Patch<'x> {
    pub fn new(part: Part, xml: &'x str) -> Self {
        let (comments, deleted, inserted, replaced) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { part, xml, comments, deleted, inserted, replaced, found: spots::Part::default() }
    }

    /// Adds a change.
    pub fn change(&mut self, change: &Change) {
        if let (Some((end, _)), Some(first)) = (&change.inserted, change.deleted.first()) {
            self.replaced.push((first.end, *end));
        }
        self.deleted.extend(change.deleted.iter().cloned());
        self.inserted.extend(change.inserted.clone());
    }

    /// Adds a comment on words. It neither starts nor ends among words that are taken out, or it would go with them.
    pub fn comment(&mut self, number: usize, words: Range<usize>) {
        let around = |byte: usize| self.deleted.iter().find(move |piece| piece.start < byte && byte < piece.end);
        let start = around(words.start).map_or(words.start, |piece| piece.start);
        let end = around(words.end).map_or(words.end, |piece| piece.end);
        self.comments.push((number, start..end));
    }

    pub fn is_empty(&self) -> bool {
        self.comments.is_empty() && self.deleted.is_empty() && self.inserted.is_empty()
    }

    /// Goes through the part.
    ///
    /// # Errors
    /// The byte from which it cannot be read.
    pub fn look(&mut self) -> Result<(), usize> {
        let comments = self.comments.iter().flat_map(|(_, words)| ends(words));
        let deleted = self.deleted.iter().flat_map(ends);
        let inserted = self.inserted.iter().map(|(byte, _)| Edge::Behind(*byte));
        let mut edges: Vec<Edge> = comments.chain(deleted).chain(inserted).collect();
        edges.sort_unstable_by_key(|edge| (edge.byte(), *edge));
        edges.dedup();
        self.found = spots::find(self.xml, &edges)?;
        Ok(())
    }

    /// The comments that stand beside what holds their words, such as a text box.
    pub fn beside(&self) -> Vec<usize> {
        let is_beside = |edge: &Edge| matches!(self.found.spots.get(edge), Some(Spot::Beside(_)));
        self.comments.iter().filter(|(_, words)| ends(words).iter().any(is_beside)).map(|(number, _)| *number).collect()
    }

    /// The comments that cannot stand at their words, nor beside them.
    pub fn homeless(&self) -> Vec<usize> {
        let stands = |words: &Range<usize>| ends(words).iter().all(|edge| self.found.spots.contains_key(edge));
        self.comments.iter().filter(|(_, words)| !stands(words)).map(|(number, _)| *number).collect()
    }

    /// The part with everything in it; comments without a place stand in the first paragraph. `None` where a change has none.
    pub fn write(&self, homeless: &[usize], id: impl Fn(usize) -> u32, marks: &mut Marks) -> Option<String> {
        let mut events: HashMap<usize, Vec<(usize, Event)>> = HashMap::new();
        // Ends before starts: by byte, rank and id.
        let mut inserts: Vec<(usize, u8, u32)> = Vec::new();
        for (number, words) in self.comments.iter().filter(|(number, _)| !homeless.contains(number)) {
            let id = id(*number);
            for (edge, event) in ends(words).into_iter().zip([Event::Start(id), Event::End(id)]) {
                match self.found.spots.get(&edge)? {
                    Spot::Run(run) => events.entry(*run).or_default().push((edge.byte(), event)),
                    Spot::Beside(byte) => inserts.push((*byte, u8::from(matches!(event, Event::Start(_))), id)),
                }
            }
        }
        let first = self.found.first;
        for &number in homeless {
            inserts.push((first?, 2, id(number)));
        }
        for piece in &self.deleted {
            for (edge, event) in ends(piece).into_iter().zip([Event::Delete, Event::Undelete]) {
                events.entry(self.editable(edge)?).or_default().push((edge.byte(), event));
            }
        }
        for (byte, words) in &self.inserted {
            events.entry(self.editable(Edge::Behind(*byte))?).or_default().push((*byte, Event::Insert(words.clone())));
        }
        for (first, last) in &self.replaced {
            let formatting = |byte: usize| {
                let run = &self.found.runs[self.editable(Edge::Behind(byte))?];
                Some(run.properties.clone().map(|properties| &self.xml[properties]))
            };
            if formatting(*first)? != formatting(*last)? {
                return None;
            }
        }
        inserts.sort_unstable();
        Some(self.stitched(events, &inserts, marks))
    }

    /// The run at an edge, where it may be edited.
    fn editable(&self, edge: Edge) -> Option<usize> {
        match self.found.spots.get(&edge)? {
            Spot::Run(run) if !self.found.runs[*run].is_tied => Some(*run),
            _ => None,
        }
    }

    fn stitched(&self, mut events: HashMap<usize, Vec<(usize, Event)>>, inserts: &[(usize, u8, u32)], marks: &mut Marks) -> String {
        let mut out = String::with_capacity(self.xml.len() + 200 * (events.len() + inserts.len()));
        let (mut at, mut inserts) = (0, inserts.iter().peekable());
        let runs = self.found.runs.iter().enumerate().map(Some).chain([None]);
        for next in runs {
            let until = next.map_or(self.xml.len(), |(_, run)| run.whole.start);
            while let Some((byte, rank, id)) = inserts.next_if(|insert| insert.0 <= until) {
                out.push_str(&self.xml[at..*byte]);
                at = *byte;
                match rank {
                    0 => out.push_str(&marks.end(*id)),
                    1 => out.push_str(&marks.start(*id)),
                    _ => out.extend([marks.start(*id), marks.end(*id)]),
                }
            }
            out.push_str(&self.xml[at..until]);
            at = until;
            if let Some((index, run)) = next {
                let mut here = events.remove(&index).unwrap_or_default();
                here.sort();
                out.push_str(&runs::rewrite(self.xml, run, &here, marks));
                at = run.whole.end;
            }
        }
        out
    }
}

fn ends(words: &Range<usize>) -> [Edge; 2] {
    [Edge::Before(words.start), Edge::Behind(words.end)]
}

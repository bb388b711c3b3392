//! The edits of a file as a unified diff, as `patch` and `git apply` take it.

use crate::diagnostic::Edit;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// The diff of a text and its edits, which are sorted and apart.
pub fn unified(name: &str, text: &str, edits: &[Edit]) -> String {
    let old: Vec<&str> = text.split_inclusive('\n').collect();
    let changes = changes(text, &old, edits);
    if changes.is_empty() {
        return String::new();
    }
    let mut out = format!("--- {name}\n+++ {name}\n");
    let mut shift = 0isize;
    for hunk in hunks(&changes) {
        let (first, last) = (&hunk[0], &hunk[hunk.len() - 1]);
        let start = first.lines.start.saturating_sub(CONTEXT);
        let end = (last.lines.end + CONTEXT).min(old.len());
        let mut body = String::new();
        let mut at = start;
        let (mut removed, mut added) = (0, 0);
        for change in hunk {
            old[at..change.lines.start].iter().for_each(|line| push(&mut body, ' ', line));
            old[change.lines.clone()].iter().for_each(|line| push(&mut body, '-', line));
            change.new.iter().for_each(|line| push(&mut body, '+', line));
            removed += change.lines.len();
            added += change.new.len();
            at = change.lines.end;
        }
        old[at..end].iter().for_each(|line| push(&mut body, ' ', line));
        let (before, after) = (end - start, end - start + added - removed);
        out += &format!("@@ -{},{before} +{},{after} @@\n{body}", start + 1, (start + 1).saturating_add_signed(shift));
        shift += added as isize - removed as isize;
    }
    out
}

/// Lines that give way to others.
struct Change {
    lines: std::ops::Range<usize>,
    new: Vec<String>,
}

/// The edits by the lines they touch.
fn changes(text: &str, old: &[&str], edits: &[Edit]) -> Vec<Change> {
    let mut starts = vec![0];
    starts.extend(old.iter().scan(0, |at, line| {
        *at += line.len();
        Some(*at)
    }));
    let line_of = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1).min(old.len());
    let mut changes: Vec<Change> = Vec::new();
    let mut rest = edits;
    while let Some(first) = rest.first() {
        let from = line_of(first.span.start as usize);
        let mut to = (line_of(first.span.end as usize) + 1).min(old.len());
        let mut count = 1;
        while let Some(edit) = rest.get(count).filter(|edit| line_of(edit.span.start as usize) < to) {
            to = to.max((line_of(edit.span.end as usize) + 1).min(old.len()));
            count += 1;
        }
        let (start, end) = (starts[from], starts[to]);
        let mut new = String::new();
        let mut at = start;
        for edit in &rest[..count] {
            new += &text[at..edit.span.start as usize];
            new += &edit.text;
            at = edit.span.end as usize;
        }
        new += &text[at..end];
        let change = trimmed(from..to, old, new.split_inclusive('\n').map(str::to_owned).collect());
        match changes.last_mut() {
            Some(last) if last.lines.end == change.lines.start => {
                last.lines.end = change.lines.end;
                last.new.extend(change.new);
            }
            _ => changes.push(change),
        }
        rest = &rest[count..];
    }
    changes
}

/// The change without lines that stay as they are, at its ends.
fn trimmed(lines: std::ops::Range<usize>, old: &[&str], mut new: Vec<String>) -> Change {
    let (mut start, mut end) = (lines.start, lines.end);
    while start < end && new.first().is_some_and(|line| line == old[start]) {
        new.remove(0);
        start += 1;
    }
    while start < end && new.last().is_some_and(|line| line == old[end - 1]) {
        new.pop();
        end -= 1;
    }
    Change { lines: start..end, new }
}

/// Changes whose contexts meet stand together.
fn hunks(changes: &[Change]) -> Vec<&[Change]> {
    changes.chunk_by(|a, b| a.lines.end + CONTEXT * 2 >= b.lines.start).collect()
}

fn push(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    *out += line;
    if !line.ends_with('\n') {
        *out += "\n\\ No newline at end of file\n";
    }
}

//! Applying fixes to a text: sorted by place, none overlapping another, each whole or not at all.

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};

/// Applies every fix that is at least as safe as `least`; of two that overlap the first in the text wins.
/// Returns `None` when nothing changes.
pub fn apply(text: &str, diagnostics: &[Diagnostic], least: Safety) -> Option<String> {
    let mut fixes: Vec<&Fix> =
        diagnostics.iter().filter_map(|d| d.fix.as_ref()).filter(|fix| fix.safety >= least && !fix.edits.is_empty()).collect();
    fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.span.start).min());
    let mut edits: Vec<&Edit> = Vec::new();
    for fix in fixes {
        let free = fix.edits.iter().all(|new| edits.iter().all(|old| !touches(new, old)));
        if free {
            edits.extend(&fix.edits);
        }
    }
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start as usize]);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..]);
    (out != text).then_some(out)
}

/// Two edits at one place cannot both be right: neither their texts nor their order is known to agree.
fn touches(a: &Edit, b: &Edit) -> bool {
    a.span.start <= b.span.end && b.span.start <= a.span.end
}

//! Where the parts of an entry meet: what stands between title, journal, year, volume and pages, and at the end.

use std::ops::Range;

use super::{Field, Reference};

impl Reference {
    /// Where the title meets the journal, or the journal the year or volume behind it, without white space.
    pub fn glued_seams(&self) -> impl Iterator<Item = Range<usize>> {
        let (text, fields) = (self.text(), self.fields());
        let range = |field: &Option<Field>| field.as_ref().map(|field| field.range.clone());
        let (title, journal) = (range(&fields.title), range(&fields.container));
        let behind =
            range(&fields.year).filter(|year| Some(year.start) >= journal.as_ref().map(|journal| journal.end)).or(range(&fields.volume));
        let pairs = [(title, journal.clone()), (journal, behind)];
        pairs.into_iter().filter_map(|(left, right)| between(left?, right?)).filter(move |seam| is_glued(text, seam))
    }

    /// What stands between year and volume, and between volume or issue and pages, where it is `;` and `:`.
    pub fn locator_seams(&self) -> Option<[Range<usize>; 2]> {
        let (text, fields) = (self.text(), self.fields());
        let (year, volume, pages) = (&fields.year.as_ref()?.range, &fields.volume.as_ref()?.range, &fields.pages.as_ref()?.range);
        let before = between(year.clone(), volume.clone())?;
        let colon = volume.end + text.get(volume.end..pages.start)?.rfind(':')?;
        let behind = colon..pages.start;
        (text[before.clone()].trim() == ";" && text[behind.clone()].trim() == ":").then_some([before, behind])
    }

    /// Whether the entry ends with a full stop: `None` where it ends with a link or an identifier, which take none in many
    /// styles, or with another mark; where the format tags the parts and leaves the marks to a style sheet; and where it may
    /// be no entry but a line below the list.
    pub fn is_closed(&self) -> Option<bool> {
        let (text, fields) = (self.text().trim_end(), self.fields());
        let last = text.rsplit(char::is_whitespace).next()?;
        let bare = text.trim_end_matches(['.', ')', ']', '>', ' ']).len();
        let identifiers = [&fields.url, &fields.doi, &fields.pmid, &fields.pmcid];
        let identified = identifiers.iter().any(|field| field.as_ref().is_some_and(|field| field.range.end >= bare));
        let linked = identified
            || last.contains('/')
            || last.contains("doi")
            || last.contains("www.")
            || last.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 6);
        let placed = self.number.is_some() || fields.year.is_some();
        if linked || !placed || !self.tags.parts.is_empty() {
            return None;
        }
        match text.chars().next_back()? {
            '.' => Some(true),
            c if c.is_alphanumeric() || c == ')' => Some(false),
            _ => None,
        }
    }
}

fn between(left: Range<usize>, right: Range<usize>) -> Option<Range<usize>> {
    (left.end <= right.start).then_some(left.end..right.start)
}

/// Nothing, or a lone full stop, between a letter or bracket and the next part; not inside an identifier or address.
fn is_glued(text: &str, seam: &Range<usize>) -> bool {
    let joined = |c: char| c.is_alphanumeric() || matches!(c, ')' | ']');
    matches!(text.get(seam.clone()), Some("" | "."))
        && text[..seam.start].ends_with(joined)
        && text[seam.end..].starts_with(char::is_alphanumeric)
        && !text[..seam.start].rsplit(char::is_whitespace).next().is_some_and(|word| word.contains('/'))
}

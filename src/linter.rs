//! One article from its text to its diagnostics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use crate::article::review::OwnKeys;
use crate::article::review::due::{self, Cycle, Due};
use crate::article::{self, Article, asked};
use crate::diagnostic::{Diagnostic, Finding};
use crate::document::{Document, Format};
use crate::formats;
use crate::lexicon::Lexicon;
use crate::retractions::Retractions;
pub use crate::rule::Enabled;
use crate::rule::{Category, Cx, Entry, Sink};
use crate::rules;
use crate::source::{Source, Span, Unreadable};
use crate::suppress;
use crate::world::World;

/// An article with everything read from it and found in it.
#[derive(Debug)]
pub struct Checked {
    pub source: Source,
    pub document: Document,
    pub article: Article,
    /// Sorted by place, then rule.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings an ignore comment silenced.
    pub silenced: usize,
    /// References and links that were looked up online.
    pub looked_up: usize,
    /// Those that nobody could say anything of.
    pub unchecked: usize,
    /// Whether a rule asked for the day: else the findings hold on any other.
    pub is_dated: bool,
    /// When the next review is due, by the article and by what is known beside it.
    pub due: Option<Due>,
}

/// Reads a source and runs rules over it, with no list of retractions.
pub fn check(source: Source, format: Format, rules: &[Enabled], lexicon: &Lexicon, today: jiff::civil::Date) -> Checked {
    let document = formats::parse(&source, format);
    check_document(source, document, rules, lexicon.into(), today)
}

/// What is known beside the article.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    pub lexicon: &'k Lexicon,
    pub retractions: &'k Retractions,
    /// What was asked of the world.
    pub world: &'k World,
    /// Keys of metadata that the user reads as others.
    pub keys: &'k OwnKeys,
    /// How long reviews hold; `None` where the user lets them be.
    pub cycle: Option<&'k Cycle>,
}

/// The lexicon, no retractions, nothing asked of the world, and the usual keys and limits.
impl<'k> From<&'k Lexicon> for Known<'k> {
    fn from(lexicon: &'k Lexicon) -> Self {
        static USUAL: LazyLock<(Retractions, World, OwnKeys, Cycle)> = LazyLock::new(Default::default);
        Self { lexicon, retractions: &USUAL.0, world: &USUAL.1, keys: &USUAL.2, cycle: Some(&USUAL.3) }
    }
}

/// Runs rules over a document that is read already.
pub fn check_document(source: Source, mut document: Document, rules: &[Enabled], known: Known<'_>, today: jiff::civil::Date) -> Checked {
    let Known { lexicon, retractions, world, keys, cycle } = known;
    keys.rename(&mut document);
    let article = article::read(&source, &document, lexicon);
    let mut diagnostics = Vec::new();
    let day = today.into();
    let cx = Cx { source: &source, document: &document, article: &article, lexicon, retractions, world, day: &day };
    // Of what the world says, nothing can be told where it was not asked.
    let can_speak = |enabled: &&Enabled| !world.is_empty() || enabled.entry.category != Category::Online;
    for enabled in rules.iter().filter(can_speak) {
        cx.run(&*enabled.rule, enabled.entry.category, &mut Sink::new(enabled.entry, enabled.severity, &mut diagnostics));
    }
    let asked = asked::asked(&document, &article, world);
    // What nobody was asked, nobody could tell.
    let is_answered = asked.sources > 0 && asked.unanswered.is_empty();
    let has_spoken = |entry: &Entry| is_answered || !rules::asks(entry.id);
    let silenced = suppress::apply(&source, &document, rules, has_spoken, &mut diagnostics);
    diagnostics.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    let (looked_up, unchecked) = (asked.sources, asked.unanswered.len());
    let is_dated = day.was_asked();
    let due = due::next_review(&article.review, &document, cycle);
    Checked { source, document, article, diagnostics, silenced, looked_up, unchecked, is_dated, due }
}

/// The bytes of a file with what is known of it.
pub struct File {
    /// Shown to the user.
    pub name: String,
    pub bytes: Vec<u8>,
    /// The format, where the user says it.
    pub format: Option<Format>,
}

/// Opens a file and checks it, for a run that one article must not stop: where medproof itself fails, the result is an
/// empty article with one `internal-error`.
///
/// # Errors
/// The file holds nothing that can be read as an article.
pub fn check_file(file: File, rules: &[Enabled], known: Known<'_>, today: jiff::civil::Date) -> Result<Checked, Unreadable> {
    let name = file.name.clone();
    guarded(name, move || {
        let (source, document) = formats::open(file.name, file.bytes, file.format)?;
        Ok(check_document(source, document, rules, known, today))
    })
}

/// Checks an article once more with another text.
pub fn check_again(checked: &Checked, text: String, rules: &[Enabled], known: Known<'_>, today: jiff::civil::Date) -> Checked {
    let source = checked.source.with_text(text);
    let again = guarded(source.name().to_owned(), move || {
        let document = formats::parse(&source, checked.document.format);
        Ok(check_document(source, document, rules, known, today))
    });
    again.expect("a text in memory can be read")
}

// A panic leaves nothing half-changed behind: the source is dropped, and rules and word lists are only read.
fn guarded(name: String, work: impl FnOnce() -> Result<Checked, Unreadable>) -> Result<Checked, Unreadable> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let reason =
            panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        let mut diagnostics = Vec::new();
        let finding = Finding::new(Span::at(0), format!("medproof fails on this article, which is not checked: {reason}"))
            .help("Report this as a bug of medproof, with the article if you may share it");
        Sink::new(&rules::INTERNAL_ERROR, None, &mut diagnostics).report(finding);
        let format = formats::by_name(&name).unwrap_or(Format::Text);
        let (source, document) = (Source::new(name, ""), Document::new(format));
        let article = article::read(&source, &document, &Lexicon::default());
        Ok(Checked { source, document, article, diagnostics, silenced: 0, looked_up: 0, unchecked: 0, is_dated: true, due: None })
    })
}

/// The rules that run when nothing is selected, with their defaults.
pub fn default_rules() -> Vec<Enabled> {
    rules::RULES
        .iter()
        .filter(|entry| entry.default)
        .map(|entry| Enabled { entry, rule: (entry.make)(None).expect("defaults are valid"), severity: None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_becomes_a_finding() {
        let checked = guarded("µ.md".into(), || panic!("the {} is empty", "set")).expect("a result");
        let [finding] = checked.diagnostics.as_slice() else { panic!("one finding") };
        assert_eq!((finding.rule, checked.source.name()), ("internal-error", "µ.md"));
        assert!(finding.message.ends_with("the set is empty"));
    }
}

use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Setting};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::document::Place;
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "inconsistent-trademark",
    category: Category::Medicines,
    summary: "trademark symbols on some brands or mentions and not on others",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Safe),
    spec: include_str!("../../fixtures/rules/inconsistent-trademark.md"),
    make: make::<InconsistentTrademark>,
    defaults: defaults::<InconsistentTrademark>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct InconsistentTrademark {
    /// Where symbols belong: `consistent` (everywhere, at each first mention, or nowhere), `first`, or `none`.
    policy: Policy,
}

#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Policy {
    #[default]
    Consistent,
    First,
    None,
}

impl Rule for InconsistentTrademark {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let brands = brands(&cx.article.medicines);
        match self.policy {
            Policy::Consistent => consistent(cx, &brands, sink),
            Policy::First => brands.iter().filter(|brand| !is_marked_first(brand)).for_each(|brand| report_plain(cx, brand, None, sink)),
            Policy::None => brands.iter().for_each(|brand| report_marked(cx, brand, sink)),
        }
    }
}

/// All mentions of one brand, in reading order.
type Brand<'a> = Vec<&'a Medicine>;

/// The brands of the text. Headings and quotations have their own habits.
fn brands(medicines: &[Medicine]) -> Vec<Brand<'_>> {
    let mut index = std::collections::HashMap::new();
    let mut out: Vec<Brand<'_>> = Vec::new();
    for medicine in medicines {
        if medicine.is_brand() && !medicine.quoted && !matches!(medicine.setting, Setting::Heading | Setting::Footnote) {
            let at = *index.entry(medicine.entry.name.as_str()).or_insert(out.len());
            out.resize_with(out.len().max(at + 1), Vec::new);
            out[at].push(medicine);
        }
    }
    out
}

fn consistent(cx: &Cx<'_>, brands: &[Brand<'_>], sink: &mut Sink<'_>) {
    let Some(marked) = brands.iter().flatten().find(|mention| mention.symbol.is_some()) else { return };
    if brands.iter().all(is_marked_first) {
        return;
    }
    for brand in brands.iter().filter(|brand| brand.iter().any(|mention| mention.symbol.is_none())) {
        let own = brand.iter().find(|mention| mention.symbol.is_some());
        report_plain(cx, brand, Some(own.unwrap_or(marked)), sink);
    }
}

/// The symbol stands at the first mention and at no other.
#[allow(clippy::ptr_arg, reason = "used as a predicate on brands")]
fn is_marked_first(brand: &Brand<'_>) -> bool {
    brand.iter().enumerate().all(|(i, mention)| mention.symbol.is_some() == (i == 0))
}

fn report_plain(cx: &Cx<'_>, brand: &[&Medicine], marked: Option<&Medicine>, sink: &mut Sink<'_>) {
    let Some(plain) = brand.iter().find(|mention| mention.symbol.is_none()) else { return };
    let words = cx.words(plain.place);
    let with_symbol = |mention: &Medicine| Place { end: mention.end() as u32, ..mention.place };
    let message = match marked {
        Some(marked) => format!("“{words}” has no trademark symbol, while “{}” has one", cx.words(with_symbol(marked))),
        None => format!("“{words}” has no trademark symbol at its first mention"),
    };
    let mut finding = Finding::new(cx.span(plain.place), message)
        .help("Leave the symbols out, as most journals do, or set them on every brand")
        .data("brand", plain.entry.name.as_str());
    if let Some(marked) = marked {
        finding = finding.label(cx.span(with_symbol(marked)), "a symbol stands here");
    }
    sink.report(finding);
}

/// Under the policy `none`: one finding a brand, which takes all its symbols away.
fn report_marked(cx: &Cx<'_>, brand: &[&Medicine], sink: &mut Sink<'_>) {
    let marked: Vec<&&Medicine> = brand.iter().filter(|mention| mention.symbol.is_some()).collect();
    let Some(first) = marked.first() else { return };
    let place = Place { end: first.end() as u32, ..first.place };
    let mut finding = Finding::new(cx.span(place), format!("“{}” has a trademark symbol", cx.words(place)))
        .help("Leave the symbol out")
        .data("brand", first.entry.name.as_str());
    let edits: Option<Vec<Edit>> = marked
        .iter()
        .map(|mention| {
            let span = cx.document.block(mention.place).prose.editable(mention.place.end as usize..mention.end())?;
            Some(Edit { span, text: String::new() })
        })
        .collect();
    if let Some(edits) = edits {
        finding = finding.fix(Safety::Safe, "Leave the symbol out", edits);
    }
    sink.report(finding);
}

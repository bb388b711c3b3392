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
            Policy::First => brands.iter().for_each(|brand| report_plain(cx, brand, sink)),
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

/// One finding for the article: whether to set symbols is one decision.
fn consistent(cx: &Cx<'_>, brands: &[Brand<'_>], sink: &mut Sink<'_>) {
    let Some(marked) = brands.iter().flatten().find(|mention| mention.symbol.is_some()) else { return };
    let mut plain: Vec<&Medicine> =
        brands.iter().filter_map(|brand| brand.iter().copied().find(|mention| mention.symbol.is_none())).collect();
    plain.sort_by_key(|mention| mention.place);
    let Some((first, others)) = plain.split_first().filter(|_| !brands.iter().all(is_marked_first)) else { return };
    // The same brand with a symbol shows the difference best.
    let same = brands.iter().flatten().find(|mention| mention.symbol.is_some() && mention.entry.name == first.entry.name);
    let marked = with_symbol(same.unwrap_or(marked));
    let more = match others.len() {
        0 => String::new(),
        1 => " and one more brand".to_owned(),
        n => format!(" and {n} more brands"),
    };
    let lack = if others.is_empty() { "has" } else { "have" };
    let message = format!("“{}”{more} {lack} no trademark symbol, while “{}” has one", cx.words(first.place), cx.words(marked));
    let names = plain.iter().map(|mention| mention.entry.name.clone()).collect::<Vec<_>>();
    let mut finding = Finding::new(first.span, message)
        .label(cx.span(marked), "a symbol stands here")
        .help("Leave the symbols out, as most journals do, or set them on every brand")
        .data("brands", names);
    for other in others {
        finding = finding.label(other.span, "and none here");
    }
    sink.report(finding);
}

fn with_symbol(mention: &Medicine) -> Place {
    Place { end: mention.end() as u32, ..mention.place }
}

/// The symbol stands at the first mention and at no other.
#[allow(clippy::ptr_arg, reason = "used as a predicate on brands")]
fn is_marked_first(brand: &Brand<'_>) -> bool {
    brand.iter().enumerate().all(|(i, mention)| mention.symbol.is_some() == (i == 0))
}

/// Under the policy `first`.
fn report_plain(cx: &Cx<'_>, brand: &[&Medicine], sink: &mut Sink<'_>) {
    let (first, later) = (brand[0], brand[1..].iter().find(|mention| mention.symbol.is_some()));
    let words = cx.words(first.place);
    if first.symbol.is_none() {
        let message = format!("“{words}” has no trademark symbol at its first mention");
        sink.report(Finding::new(first.span, message).help("Set the symbol here").data("brand", first.entry.name.as_str()));
    } else if let Some(later) = later {
        let message = format!("“{}” has a trademark symbol again", cx.words(with_symbol(later)));
        sink.report(
            Finding::new(cx.span(with_symbol(later)), message)
                .label(cx.span(with_symbol(first)), "the first mention has it")
                .help("Leave the symbol out after the first mention")
                .data("brand", first.entry.name.as_str()),
        );
    }
}

/// Under the policy `none`: one finding a brand, which takes all its symbols away.
fn report_marked(cx: &Cx<'_>, brand: &[&Medicine], sink: &mut Sink<'_>) {
    let marked: Vec<&&Medicine> = brand.iter().filter(|mention| mention.symbol.is_some()).collect();
    let Some(first) = marked.first() else { return };
    let place = with_symbol(first);
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

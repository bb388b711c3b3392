use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::article::medicines::{Medicine, Pair, Setting, mismatches, pairs};
use crate::diagnostic::{Finding, Severity};
use crate::document::{BlockKind, Document, Place};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "brand-without-generic",
    category: Category::Medicines,
    summary: "the first mention of a brand does not give its nonproprietary name",
    severity: Severity::Warning,
    default: true,
    fix: None,
    spec: include_str!("../../fixtures/rules/brand-without-generic.md"),
    make: make::<BrandWithoutGeneric>,
    defaults: defaults::<BrandWithoutGeneric>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct BrandWithoutGeneric {
    /// Brands that need no introduction.
    allow: Vec<String>,
    /// Which name stands first where the two are brought together, the other in parentheses.
    order: Order,
}

/// The order of a brand and its nonproprietary name.
#[derive(Debug, Default, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Order {
    /// Either.
    #[default]
    Any,
    /// `pembrolizumab (Keytruda)`
    GenericFirst,
    /// `Keytruda (pembrolizumab)`
    BrandFirst,
}

impl Rule for BrandWithoutGeneric {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        let medicines = &cx.article.medicines;
        let sections = Sections::new(cx.document);
        let pairs = pairs(cx.document, medicines);
        let explained = explained(cx, &pairs);
        self.turned(cx, &pairs, sink);
        // A brand with a wrong name beside it is reported as that by `brand-generic-mismatch`.
        let mismatched: HashSet<usize> = mismatches(cx.document, medicines).into_iter().flat_map(|(name, said)| [name, said]).collect();
        let mut seen: HashSet<&str> = HashSet::new();
        for (i, brand) in medicines.iter().enumerate() {
            let name = brand.entry.name.as_str();
            if !can_be_judged(brand) || self.allows(brand) {
                continue;
            }
            let paired = explained.get(name);
            // A brand that was introduced, or a page on the brand or the substance, needs no more.
            if paired.is_some_and(|&first| first <= i)
                || sections.name(cx, brand)
                || brand.with_maker
                || is_part_of_name(cx, i)
                || mismatched.contains(&i)
            {
                seen.insert(name);
                continue;
            }
            if seen.insert(name) && !neighbours(medicines, i).any(|other| !other.is_brand() && other.shares_ingredient(brand)) {
                self.report(cx, brand, paired.map(|&first| &medicines[first]), sink);
            }
        }
    }
}

impl BrandWithoutGeneric {
    /// Reports the first pair of a brand that stands the other way round than the house writes it.
    fn turned(&self, cx: &Cx<'_>, pairs: &[Pair], sink: &mut Sink<'_>) {
        if self.order == Order::Any {
            return;
        }
        let medicines = &cx.article.medicines;
        let mut seen: HashSet<&str> = HashSet::new();
        for Pair { name, said } in pairs.iter().filter(|pair| pair.said.len() == 1) {
            let (first, second) = (&medicines[*name], &medicines[said.start]);
            let (brand, generic) = if first.is_brand() { (first, second) } else { (second, first) };
            let known = brand.shares_ingredient(generic) && can_be_judged(brand) && !self.allows(brand);
            if !known || !seen.insert(&brand.entry.name) || first.is_brand() == (self.order == Order::BrandFirst) {
                continue;
            }
            let message = format!(
                "“{}” stands before “{}”, its {}",
                cx.words(first.place),
                cx.words(second.place),
                match self.order {
                    Order::BrandFirst => "brand",
                    _ => "nonproprietary name",
                }
            );
            let help = format!("Write “{} ({})”, as the house does", cx.words(second.place), cx.words(first.place));
            let place = Place { end: second.place.end, ..first.place };
            let finding = Finding::new(cx.span(place), message).help(help);
            sink.report(finding.data("brand", brand.entry.name.as_str()).data("generic", generic.entry.name.as_str()));
        }
    }

    fn report(&self, cx: &Cx<'_>, brand: &Medicine, later: Option<&Medicine>, sink: &mut Sink<'_>) {
        let generic = brand.entry.readings[0].join(" and ");
        let words = cx.words(brand.place);
        let mut finding = Finding::new(cx.span(brand.place), format!("“{words}” stands without its nonproprietary name, {generic}"))
            .help(match self.order {
                Order::BrandFirst => format!("Write “{} ({generic})” here", brand.entry.name),
                _ => format!("Write “{generic} ({})” here", brand.entry.name),
            })
            .data("brand", brand.entry.name.as_str())
            .data("generic", generic);
        if let Some(later) = later {
            finding = finding.label(later.span, "the nonproprietary name is given only here");
        }
        sink.report(finding);
    }

    fn allows(&self, brand: &Medicine) -> bool {
        self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(&brand.entry.name))
    }
}

/// Brands in running text that stand for one product of one or two substances: behind larger combinations and families
/// of products under one roof there is no single name to give.
fn can_be_judged(brand: &Medicine) -> bool {
    brand.is_brand()
        && brand.entry.guard.is_none()
        && !brand.quoted
        && matches!(brand.setting, Setting::Running | Setting::ListItem)
        && brand.entry.readings.len() == 1
        && brand.entry.readings[0].len() <= 2
        && !brand.is_described()
}

/// The brands that the text brings together with their own generic, with the first mention that does.
fn explained<'a>(cx: &'a Cx<'_>, pairs: &[Pair]) -> HashMap<&'a str, usize> {
    let medicines = &cx.article.medicines;
    let mut out = HashMap::new();
    let mut note = |brand: usize, generic: usize| {
        if medicines[brand].is_brand() && !medicines[generic].is_brand() && medicines[brand].shares_ingredient(&medicines[generic]) {
            let first = out.entry(medicines[brand].entry.name.as_str()).or_insert(brand);
            *first = brand.min(*first);
        }
    };
    for pair in pairs {
        for said in pair.said.clone() {
            note(pair.name, said);
            note(said, pair.name);
        }
    }
    let row = |medicine: &Medicine| match cx.document.block(medicine.place).kind {
        BlockKind::TableCell { table, row, .. } => Some((table, row)),
        _ => None,
    };
    for (i, brand) in medicines.iter().enumerate().filter(|(_, medicine)| medicine.is_brand()) {
        let Some(place) = row(brand) else { continue };
        let near = i.saturating_sub(NEAR)..(i + NEAR).min(medicines.len());
        near.filter(|&other| row(&medicines[other]) == Some(place)).for_each(|other| note(i, other));
    }
    out
}

/// How many mentions around a brand are looked at.
const NEAR: usize = 40;

/// The mentions in the same block.
fn neighbours(medicines: &[Medicine], i: usize) -> impl Iterator<Item = &Medicine> {
    let block = medicines[i].place.block;
    medicines[i.saturating_sub(NEAR)..(i + NEAR).min(medicines.len())].iter().filter(move |other| other.place.block == block)
}

/// `Procrit Study Group`: the name of something else.
fn is_part_of_name(cx: &Cx<'_>, i: usize) -> bool {
    let brand = &cx.article.medicines[i];
    let text = cx.document.block(brand.place).text();
    let Some(rest) = text[brand.end()..].strip_prefix([' ', '\u{a0}']) else { return false };
    let start = text.len() - rest.len();
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let is_medicine =
        cx.article.medicines.get(i + 1).is_some_and(|next| next.place.block == brand.place.block && next.place.start as usize == start);
    !is_medicine && word.len() > 2 && word.starts_with(char::is_uppercase) && !word.chars().all(char::is_uppercase)
}

/// The headings over each block, as far as they say what a part of the article is about.
struct Sections {
    /// For each block the heading before it.
    heading: Vec<Option<usize>>,
    title: Option<usize>,
}

impl Sections {
    fn new(document: &Document) -> Self {
        let mut last = None;
        let headings = document.blocks.iter().enumerate().map(|(i, block)| {
            last = if block.is_heading() { Some(i) } else { last };
            last
        });
        Self { heading: headings.collect(), title: document.blocks.iter().position(|block| block.is_heading()) }
    }

    /// Whether the title or the heading over a brand names it or its substance, or the part is about interests and money.
    fn name(&self, cx: &Cx<'_>, brand: &Medicine) -> bool {
        const INTERESTS: [&str; 7] = ["acknowledg", "competing", "conflict", "disclosure", "declaration", "funding", "trademark"];
        let heading = self.heading[brand.place.block as usize];
        let blocks = &cx.document.blocks;
        let says = |text: &str| {
            let start: String = text.chars().take(60).collect::<String>().to_lowercase();
            INTERESTS.iter().any(|word| start.contains(word))
        };
        let about = |text: &str| {
            let text = text.to_lowercase();
            text.contains(&brand.entry.name.to_lowercase()) || brand.entry.readings[0].iter().any(|key| text.contains(key.as_str()))
        };
        let titled = cx.document.metadata.iter().filter(|entry| entry.key == "title").any(|entry| about(&entry.value));
        titled
            || [heading, self.title].into_iter().flatten().any(|i| blocks[i].text().len() < 300 && about(blocks[i].text()))
            || heading.is_some_and(|i| says(blocks[i].text()))
            || says(blocks[brand.place.block as usize].text())
    }
}
